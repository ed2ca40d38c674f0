"""By which way a refund goes: to the tender that paid by default, never more of it than it paid (E6, E7).

Cash goes back on the day it was taken only, a card's money to that card only; a check, a money order and what was
paid on an earlier day in cash are paid back by the city's payables (Fort Worth XII).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from csr_desk.domain.errors import BadInput, Ineligible
from csr_desk.domain.ledger import TenderRole, TenderRow
from csr_desk.domain.money import Cents, shown
from csr_desk.domain.receipt import Receipt
from csr_desk.domain.tender import PAYABLES
from csr_desk.services.desk import Desk
from csr_desk.services.refund_lines import Before
from csr_desk.services.standing_tenders import Standing, paid_by

HOW = {"cash": "cash", "card": "card", "check": PAYABLES, "payables": PAYABLES}
"""A refund by check is written by the city's payables, not by the counter."""
WAYS = {"cash": "cash", "card": "card", "transfer": "transfer", "on_account": "on_account"}
"""How each tender goes back by default; every other kind by payables."""
HELD = frozenset({"check", "echeck"})
"""What a bank may still send back, so that its refund waits (policy ``check_hold_days``)."""
ROUNDED = 4
"""Cents that rounding to the nickel may have left untaken at most."""


@dataclass(frozen=True, slots=True)
class WayBack:
    """The tender rows of a refund (negative), from which sources they come, and cents that were never taken."""

    rows: tuple[TenderRow, ...]
    sources: tuple[tuple[str, Cents], ...]
    not_taken: Cents = 0
    refused: str = ""
    """Why it cannot go this way: the tender did not pay that much. Said last, after what is wrong with the command."""

    @property
    def by_payables(self) -> Cents:
        """What the city's payables are asked to pay (cents)."""
        return -sum(row.amount for row in self.rows if row.kind == PAYABLES)


def check_how(how: str) -> None:
    """Raise BadInput for a way that there is not."""
    if how and how not in HOW:
        raise BadInput("A refund goes by cash, card, check or payables.", field="how")


def way_back(
    desk: Desk, original: Receipt, rows: Sequence[Standing], what: tuple[str, Cents, Before], day: date
) -> WayBack:
    """Work out the tenders of a refund of an amount (cents) on a business date; ``how`` empty is the original tender.

    Raises Ineligible: cash of an earlier day, a check on hold; ``refused`` says where a tender did not pay that much.
    """
    how, amount, before = what
    paid = [(one, one.row.amount - before.sources.get(one.ref, 0)) for one in paid_by(rows)]
    usable = [(one, left) for one, left in paid if left > 0 and _goes(one, how)]
    taken = _take(usable, amount)
    missing = amount - sum(part for _, part in taken)
    untaken = missing if 0 < missing <= min(ROUNDED, max(-original.rounding, 0)) and _all_used(paid, taken) else 0
    refused = _too_much(how, sum(left for _, left in usable)) if missing - untaken else ""
    ways = [(one, part, HOW[how] if how else WAYS.get(one.row.kind, PAYABLES)) for one, part in taken]
    _refuse_early(desk, original, ways, (how, day))
    return WayBack(_rows(ways), tuple((one.ref, part) for one, part in taken), untaken, refused)


def _goes(one: Standing, how: str) -> bool:
    return not how or HOW[how] == PAYABLES or one.row.kind == how


def _take(usable: Sequence[tuple[Standing, Cents]], amount: Cents) -> list[tuple[Standing, Cents]]:
    """Take from the biggest first, within what each still has."""
    taken = []
    for one, left in sorted(usable, key=lambda pair: -pair[1]):
        part = min(left, amount)
        if part:
            taken.append((one, part))
            amount -= part
    return taken


def _all_used(paid: Sequence[tuple[Standing, Cents]], taken: Sequence[tuple[Standing, Cents]]) -> bool:
    return sum(left for _, left in paid) == sum(part for _, part in taken)


def _too_much(how: str, left: Cents) -> str:
    if how in {"cash", "card"}:
        return f"Only {shown(left)} of this receipt was paid by {how} and not given back yet. Refund it by payables."
    return f"Only {shown(left)} of this receipt was paid and not given back yet."


def _refuse_early(
    desk: Desk, original: Receipt, ways: Sequence[tuple[Standing, Cents, str]], when: tuple[str, date]
) -> None:
    how, day = when
    in_cash = how == "cash" or any(way == "cash" for _, _, way in ways)
    if in_cash and original.business_date != day:
        raise Ineligible(
            "Cash goes back on the day it was taken only. Refund it by payables: the city’s payables pay it to the "
            "customer.",
            field="how",
        )
    free = original.business_date + timedelta(days=desk.policy.check_hold_days)
    if any(one.row.kind in HELD for one, _, _ in ways) and desk.today() < free:
        raise Ineligible(
            f"This was paid by check, and the bank may still send it back. It is refunded from {free} on.", field="how"
        )


def _rows(ways: Sequence[tuple[Standing, Cents, str]]) -> tuple[TenderRow, ...]:
    """Lay the tenders out: one row for cash and one for payables, each card and account by itself."""
    found: list[TenderRow] = []
    for one, part, way in ways:
        same = next((at for at, row in enumerate(found) if row.kind == way and way in {"cash", PAYABLES}), None)
        if same is not None:
            found[same] = replace(found[same], amount=found[same].amount - part)
        elif way in {"cash", PAYABLES}:
            found.append(TenderRow(len(found) + 1, way, TenderRole.TAKEN, -part))
        else:
            found.append(replace(one.row, number=len(found) + 1, amount=-part))
    return tuple(found)
