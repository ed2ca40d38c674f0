"""A drawer's day: float, drops, blind count, acceptance; as frozen facts for screens and papers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from csr_desk.domain.errors import BadInput
from csr_desk.domain.money import Cents
from csr_desk.domain.receipt import Office
from csr_desk.domain.seal import SealedHead

PIECES: tuple[tuple[Cents, str], ...] = (
    (10000, "$100"), (5000, "$50"), (2000, "$20"), (1000, "$10"), (500, "$5"), (200, "$2"), (100, "$1"),
    (50, "Half dollar"), (25, "Quarter"), (10, "Dime"), (5, "Nickel"), (1, "Penny"),
)  # fmt: skip
"""Notes and coins of the United States by value in cents; $1 stands for note and coin alike."""

MOST_PIECES = 1_000_000
"""Pieces of one value that anybody counts at a drawer."""


def cash_total(pieces: Mapping[Cents, int]) -> Cents:
    """Add up pieces by denomination; raise BadInput for a piece that does not exist or a negative number."""
    known = {value for value, _ in PIECES}
    for value, number in pieces.items():
        if value not in known:
            raise BadInput(f"There is no note or coin of {value} cents.")
        if not 0 <= number <= MOST_PIECES:
            raise BadInput(f"A number of pieces is from 0 to {MOST_PIECES:,}.")
    return sum(value * number for value, number in pieces.items())


class BatchState(StrEnum):
    """Where a batch stands (D1)."""

    OPEN = "open"
    COUNTING = "counting"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"


class Band(StrEnum):
    """How full the drawer is, never as an amount (C5, blind)."""

    NORMAL = "normal"
    WARN = "warn"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class Batch:
    """The transactions of one custodian at one drawer on one business date."""

    batch_id: str
    drawer: str
    drawer_name: str
    business_date: date
    custodian: str
    """User id."""
    custodian_name: str
    state: BatchState
    suspended: bool
    attempts: int
    receipts: int
    z_number: int | None = None
    deposit: str | None = None
    opened_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TapeCount:
    """A tender other than cash as counted: number of items and adding-machine tape (cents)."""

    items: int
    total: Cents


@dataclass(frozen=True, slots=True)
class CountSheet:
    """One blind count: pieces of cash by value (cents), other tenders by items and tape."""

    cash: Mapping[Cents, int]
    others: Mapping[str, TapeCount]


@dataclass(frozen=True, slots=True)
class CountVerdict:
    """What the custodian learns of a count: agreement by tender and by number of items, never an amount."""

    batch_id: str
    attempt: int
    attempts_left: int
    agrees: Mapping[str, bool]
    items_agree: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class TenderTie:
    """A tender of a batch: what receipts say, what was counted (cents)."""

    tender: str
    name: str
    receipts: int
    """Number of receipts (cash) or of items (checks …)."""
    expected: Cents
    counts: tuple[Cents, ...]
    """By attempt."""
    over_short: Cents | None
    """Counted minus expected of the last attempt; None when the tender is not counted."""
    items_expected: int | None = None
    items_counted: int | None = None


@dataclass(frozen=True, slots=True)
class BatchSheet:
    """A batch before the supervisor (or after acceptance: the frozen snapshot)."""

    batch: Batch
    ties: tuple[TenderTie, ...]
    float_amount: Cents
    drops: Cents
    rounding: Cents
    fees: Cents
    voids: int
    refunds: int
    no_sales: int
    reprints: int
    cancelled: int
    history: tuple[str, ...]
    """Rejections and reopenings in words, oldest first."""

    @property
    def over_short(self) -> Cents:
        """Counted minus expected over all tenders."""
        return sum(tie.over_short or 0 for tie in self.ties)


@dataclass(frozen=True, slots=True)
class OpeningSlip:
    """The opening count against the authorized float."""

    office: Office
    batch: Batch
    pieces: Mapping[Cents, int]
    counted: Cents
    authorized: Cents
    approver: str
    reason: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class DropSlip:
    """Cash carried from the drawer to the safe, by two people."""

    office: Office
    batch: Batch
    number: int
    pieces: Mapping[Cents, int]
    amount: Cents
    bag: str
    witness: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class RevenueRow:
    """One row of a summary by item, account, tender, office or hour (cents)."""

    code: str
    name: str
    count: int
    amount: Cents


@dataclass(frozen=True, slots=True)
class ZReport:
    """The closing totals of a batch, frozen at acceptance, numbered without a gap, with the chain's head."""

    office: Office
    sheet: BatchSheet
    z_number: int
    first_receipt: str
    last_receipt: str
    items: tuple[RevenueRow, ...]
    accounts: tuple[RevenueRow, ...]
    accepted_by: str
    reason: str
    accepted_at: datetime
    perpetual: Cents
    """Everything this register ever took (cents); a missing tail shows here."""
    seal: str
    """Head of the register's chain at acceptance (hexadecimal)."""
    witness: SealedHead
    """The same as it is keyed back: series, entry, receipts of the register so far, perpetual total, head."""
