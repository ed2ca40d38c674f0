"""What a second person must approve of a sale, in the order it is asked for, and what the ledger keeps of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from csr_desk.data.queries import Connection
from csr_desk.domain.cart import PricedLine
from csr_desk.domain.holds import Hold
from csr_desk.domain.money import Cents
from csr_desk.domain.people import Act, Actor
from csr_desk.services import check_list, holds, orders_sold, permit_sales
from csr_desk.services.approvals import Needed
from csr_desk.services.bills import Owed
from csr_desk.services.lines import BillLine, Line
from csr_desk.services.orders_sold import Ordered


def stopping(
    conn: Connection,
    cart: tuple[str, Sequence[Line]],
    named: tuple[Sequence[Owed], Sequence[Ordered]],
    day: date,
) -> tuple[Hold, ...]:
    """Return the holds that stop a sale of these lines to a customer (a number, or nothing) on a day; raise NotFound.

    Holds on the accounts that are paid and on their customers count as well, and those on the orders that are paid,
    their projects, contractors and customers. What is owed may be paid under a hold that stops new things only.
    """
    customer, lines = cart
    owed, ordered = named
    sells = not all(isinstance(line, BillLine) for line in lines)
    sale = (customer, [one.account for one in owed])
    return holds.stopping(conn, sale, day, sells=sells, also=orders_sold.subjects_of(ordered))


def warnings_of(stopped: Sequence[Hold]) -> tuple[str, ...]:
    """Say what stops a sale, for whoever is about to take money."""
    return holds.warnings(stopped)


def facts_of_holds(stopped: Sequence[Hold]) -> dict[str, object]:
    """Which holds a second person overrode."""
    return {"holds": [hold.hold_id for hold in stopped]} if stopped else {}


def asked_of(
    actor: Actor,
    key: str,
    lines: Sequence[PricedLine],
    listed: tuple[tuple[str, ...], Cents],
    warned: tuple[Sequence[Hold], permit_sales.Plan] = ((), permit_sales.NO_PERMITS),
) -> tuple[Needed, ...]:
    """Say what must be approved (cents): prices keyed by hand, fees waived (J9), holds, listed checks, late papers.

    ``warned`` are the holds and the permits of the sale. Raises PaperExpired where nobody says why a permit is sold
    although a paper of its contractor has run out (G14), NotPermitted where the actor may not even ask for it.
    """
    by_hand = [line.amount for line in lines if line.overridden and line.waiver is None]
    waived = [(line.catalogue_amount or 0) - line.amount for line in lines if line.waiver is not None]
    stopped, plan = warned
    asked: list[Needed] = []
    if by_hand:
        actor.require(Act.OVERRIDE_PRICE)
        asked.append((Act.OVERRIDE_PRICE, key, sum(by_hand)))
    if waived:
        actor.require(Act.WAIVE_FEE)
        asked.append((Act.WAIVE_FEE, key, sum(waived)))
    if stopped:
        actor.require(Act.OVERRIDE_HOLD)
        asked.append((Act.OVERRIDE_HOLD, key, sum(line.amount for line in lines)))
    late = permit_sales.asked_of(actor, key, plan)
    return (*asked, *check_list.approval_needed(actor, key, listed), *late)


def facts_of(lines: Sequence[PricedLine], listed: Sequence[str]) -> dict[str, object]:
    """Say which prices were by hand, which fees waived (line, list, charged: cents), checks listed, orders."""
    by_hand = [line.number for line in lines if line.overridden and line.waiver is None]
    waived = [[line.number, line.catalogue_amount, line.amount] for line in lines if line.waiver is not None]
    return {
        **({"overrides": by_hand} if by_hand else {}),
        **({"waivers": waived} if waived else {}),
        **({"listed_checks": list(listed)} if listed else {}),
        **orders_sold.facts_of(lines),
    }
