"""What a drawer's entries and counts say, frozen for the difference finder: nothing in it that the ledger lacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from csr_desk.domain.count import TAPED, Expected, differences
from csr_desk.domain.drawer import CountSheet
from csr_desk.domain.ledger import EventKind
from csr_desk.domain.money import Cents

CASH = "cash"


@dataclass(frozen=True, slots=True)
class TenderPart:
    """One tender of a receipt as it counts in the drawer (cents; cash with its change taken off)."""

    kind: str
    amount: Cents
    given: Cents = 0
    """What the customer handed over, as keyed (cash)."""
    change: Cents = 0
    """What was given back of it (cash)."""
    check_number: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptFact:
    """A numbered entry of the batch: a sale, or what takes one back (its parts are negative)."""

    number: str
    at: datetime
    total: Cents
    parts: tuple[TenderPart, ...]
    kind: EventKind = EventKind.SALE
    voided: bool = False
    """A void of this batch took it back."""


@dataclass(frozen=True, slots=True)
class DropFact:
    """Cash that was recorded as carried to the safe."""

    number: int
    at: datetime
    amount: Cents
    pieces: Mapping[Cents, int]


@dataclass(frozen=True, slots=True)
class Part:
    """A tender of a receipt, with the receipt that it belongs to."""

    receipt: ReceiptFact
    tender: TenderPart


@dataclass(frozen=True, slots=True)
class DrawerFacts:
    """Everything that the program knows of a counted drawer and that could explain a difference (cents)."""

    float_authorized: Cents
    float_counted: Cents
    float_pieces: Mapping[Cents, int]
    receipts: tuple[ReceiptFact, ...]
    """In the order they were made."""
    expected: Mapping[str, Expected]
    sheets: tuple[CountSheet, ...]
    """The blind counts since the drawer was last given back, oldest first; the last one makes the difference."""
    tolerance: Cents
    drops: tuple[DropFact, ...] = ()
    change_orders: tuple[Cents, ...] = ()
    """What was swapped with the safe."""
    carts: tuple[Cents, ...] = ()
    """Totals of the carts that were cancelled at this drawer or are still held."""

    @property
    def differences(self) -> dict[str, Cents]:
        """Counted minus expected by tender."""
        return differences(self.expected, self.sheets[-1]) if self.sheets else {}

    @property
    def beyond(self) -> dict[str, Cents]:
        """The differences that the city does not tolerate without a reason (D8)."""
        return {tender: off for tender, off in self.differences.items() if abs(off) > self.tolerance}

    def items_off(self, tender: str) -> int:
        """Items counted minus items expected (none for cash, which has no items)."""
        if tender == CASH:
            return 0
        tape, should = self.sheets[-1].others.get(tender), self.expected.get(tender)
        return (tape.items if tape else 0) - (should.items if should else 0)

    def repeated(self, tender: str) -> bool | None:
        """Say whether the last two counts of a tender are the same; None after a single count."""
        if len(self.sheets) < 2:  # noqa: PLR2004 - a pair
            return None
        before, last = self.sheets[-2:]
        if tender == CASH:
            return {v: n for v, n in before.cash.items() if n} == {v: n for v, n in last.cash.items() if n}
        return before.others.get(tender) == last.others.get(tender)

    @property
    def peak(self) -> Cents:
        """The most cash that the drawer should have held at any time of the day."""
        steps = [(receipt.at, part.amount) for receipt in self.receipts for part in receipt.parts if part.kind == CASH]
        steps += [(drop.at, -drop.amount) for drop in self.drops]
        held = most = self.float_counted
        for _, amount in sorted(steps):
            held += amount
            most = max(most, held)
        return most

    def live(self) -> Iterator[Part]:
        """Yield each tender of the sales that stand and that is counted at the close."""
        for receipt in self.receipts:
            if receipt.kind is EventKind.SALE and not receipt.voided:
                for part in receipt.parts:
                    if part.amount > 0 and (part.kind == CASH or part.kind in TAPED):
                        yield Part(receipt, part)
