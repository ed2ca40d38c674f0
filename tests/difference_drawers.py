"""Small drawers for the difference finder, laid out by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from csr_desk.domain.count import Expected
from csr_desk.domain.difference import Candidate, DrawerFacts, Kind, ReceiptFact, TenderPart, candidates
from csr_desk.domain.drawer import CountSheet, TapeCount
from csr_desk.domain.ledger import EventKind

MORNING = datetime(2026, 7, 14, 13, 0, tzinfo=UTC)
COINS = {2000: 5, 1000: 6, 100: 20, 25: 80}
"""A float of 200.00 with 20.00 of it in coins."""


def sale(number: int, *parts: TenderPart, kind: EventKind = EventKind.SALE, voided: bool = False) -> ReceiptFact:
    """A receipt, an hour after the one before."""
    at = MORNING + timedelta(hours=number)
    return ReceiptFact(f"R-{number}", at, sum(part.amount for part in parts), parts, kind, voided)


def cash(amount: int, given: int = 0) -> TenderPart:
    """Cash, exact or with change."""
    return TenderPart("cash", amount, given or amount, (given or amount) - amount)


def check(amount: int, number: str = "1") -> TenderPart:
    """A check."""
    return TenderPart("check", amount, check_number=number)


def drawer(
    *receipts: ReceiptFact,
    off: Mapping[str, int],
    items: Mapping[str, int] | None = None,
    pieces: Mapping[int, int] | None = None,
    **more: object,
) -> DrawerFacts:
    """A drawer of these receipts that was counted twice, off by so much and so many items."""
    expected = {"cash": Expected("cash", 20_000, 0)}
    for part in (part for receipt in receipts for part in receipt.parts):
        before = expected.get(part.kind, Expected(part.kind, 0, 0))
        sign = 1 if part.amount > 0 else -1
        expected[part.kind] = Expected(part.kind, before.amount + part.amount, before.items + sign)
    others = {
        kind: TapeCount(should.items + (items or {}).get(kind, 0), should.amount + off.get(kind, 0))
        for kind, should in expected.items()
        if kind not in {"cash", "transfer"}
    }
    held = expected["cash"].amount + off.get("cash", 0)
    counted = dict(pieces) if pieces is not None else {1: held}
    sheet = CountSheet(counted, others)
    facts: dict[str, object] = {
        "float_authorized": 20_000, "float_counted": 20_000, "float_pieces": COINS, "receipts": receipts,
        "expected": expected, "sheets": (sheet, sheet), "tolerance": 100,
    }  # fmt: skip
    return DrawerFacts(**{**facts, **more})  # type: ignore[arg-type]  # its own fields


def first(facts: DrawerFacts) -> Candidate:
    """The likeliest cause."""
    return candidates(facts)[0]


def told(facts: DrawerFacts) -> tuple[Kind, str, int | None, int | None, int]:
    """Kind, receipt, keyed, likely and amount of the likeliest cause."""
    one = first(facts)
    return one.kind, one.receipt, one.keyed, one.likely, one.amount
