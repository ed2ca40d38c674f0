"""The statement of a made-up account: a water bill, a penalty, a payment on two bills, an old bill still open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from csr_desk.domain.receipt import Office
from csr_desk.domain.receivable.penalty import PenaltyRule
from csr_desk.domain.receivable.statement import (
    AccountHead,
    Move,
    MoveKind,
    StatedBill,
    StatedItem,
    Statement,
    Story,
    statement_of,
)

HEAD = AccountHead(
    "0041-2277-9", "Water and sewer", "ÁLVAREZ, María", "4107 Leeland St Unit B, Houston, TX 77023",
    "4107 Leeland St Unit B",
)  # fmt: skip
TEN = PenaltyRule(Decimal(10))
MAY, JUNE, JULY = date(2026, 5, 2), date(2026, 6, 2), date(2026, 7, 2)


def _bill(number: str, issued: date, due: date, *items: tuple[str, int]) -> StatedBill:
    return StatedBill(
        number, "Water and sewer", sum(cents for _, cents in items), due, issued, date(2026, issued.month - 1, 1),
        date(2026, issued.month - 1, 28), "5 thousand gallons", TEN, tuple(StatedItem(*item) for item in items),
    )  # fmt: skip


def story() -> Story:
    """May is open in part and got a penalty, June is paid, July was issued."""
    may = _bill("B-410000001", MAY, date(2026, 5, 18), ("Single-family water charge, 5 thousand gallons", 4556))
    june = _bill("B-410000002", JUNE, date(2026, 6, 18), ("Single-family water charge, 4 thousand gallons", 3809))
    july = _bill(
        "B-410000003", JULY, date(2026, 7, 18), ("Single-family water charge, 5 thousand gallons", 4556),
        ("Single-family wastewater charge, 5 thousand gallons", 5741), ("Drainage charge - curb and gutter", 667),
    )  # fmt: skip
    late = date(2026, 7, 6)
    return Story(
        (may, june, july),
        (
            Move(MAY, MoveKind.BILL, may.amount, may.number, may.words),
            Move(JUNE, MoveKind.BILL, june.amount, june.number, june.words),
            Move(JULY, MoveKind.BILL, july.amount, july.number, july.words),
            Move(late, MoveKind.PENALTY, 456, may.number, "Late payment penalty, due 2026-05-18"),
            Move(date(2026, 7, 10), MoveKind.PAYMENT, -3809, june.number, "", "HPC3-0000902"),
            Move(date(2026, 7, 10), MoveKind.PAYMENT, -1191, may.number, "", "HPC3-0000902"),
        ),
    )


def statement_for(office: Office, told: Story | None = None) -> Statement:
    """The statement of July 2026."""
    return statement_of(office, HEAD, told or story(), (date(2026, 7, 1), date(2026, 7, 14)))


def in_credit(office: Office) -> Statement:
    """The statement of somebody who paid too much."""
    told = story()
    more = Move(date(2026, 7, 12), MoveKind.PAID_AHEAD, -20_000, "", "", "HPC3-0000911")
    return statement_for(office, replace(told, moves=(*told.moves, more)))
