"""What a second person must approve of a sale, in the order it is asked for, and what the ledger keeps of it."""

from __future__ import annotations

from collections.abc import Sequence

from csr_desk.domain.cart import PricedLine
from csr_desk.domain.money import Cents
from csr_desk.domain.people import Act, Actor
from csr_desk.services import check_list
from csr_desk.services.approvals import Needed


def asked_of(
    actor: Actor, key: str, lines: Sequence[PricedLine], listed: tuple[tuple[str, ...], Cents]
) -> tuple[Needed, ...]:
    """Say what must be approved: prices keyed by hand, fees waived (J9), checks of a listed account (B7); in cents.

    Raises NotPermitted where the actor may not even ask for it.
    """
    by_hand = [line.amount for line in lines if line.overridden and line.waiver is None]
    waived = [(line.catalogue_amount or 0) - line.amount for line in lines if line.waiver is not None]
    asked: list[Needed] = []
    if by_hand:
        actor.require(Act.OVERRIDE_PRICE)
        asked.append((Act.OVERRIDE_PRICE, key, sum(by_hand)))
    if waived:
        actor.require(Act.WAIVE_FEE)
        asked.append((Act.WAIVE_FEE, key, sum(waived)))
    return (*asked, *check_list.approval_needed(actor, key, listed))


def facts_of(lines: Sequence[PricedLine], listed: Sequence[str]) -> dict[str, object]:
    """Which prices were keyed by hand, which fees waived (line, list, charged: cents), which listed checks taken."""
    by_hand = [line.number for line in lines if line.overridden and line.waiver is None]
    waived = [[line.number, line.catalogue_amount, line.amount] for line in lines if line.waiver is not None]
    return {
        **({"overrides": by_hand} if by_hand else {}),
        **({"waivers": waived} if waived else {}),
        **({"listed_checks": list(listed)} if listed else {}),
    }
