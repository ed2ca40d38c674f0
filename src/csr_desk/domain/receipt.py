"""The numbered proof of one finished transaction, as a frozen fact that any paper or screen can show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from csr_desk.domain.ledger import EventKey, EventKind, LineRow, Posting, TenderRow
from csr_desk.domain.money import Cents
from csr_desk.domain.paper_note import PaperNote

TRAINING_OFFICE = "TRAIN"
"""How the short name of an office made for training days begins."""


@dataclass(frozen=True, slots=True)
class Office:
    """The office as its papers name it."""

    office_id: str
    name: str
    address: tuple[str, ...]
    phone: str
    time_zone: str
    training: bool
    demonstration: bool
    """The catalogue is a demonstration: every screen and paper says so."""
    fiscal_year_start: int = 7
    """First month of the fiscal year (Houston: July; the year is named by its end)."""

    @property
    def training_day(self) -> bool:
        """Say whether the office was made for training days (``csr-desk train``), not to look at or to try things."""
        return self.training and self.office_id.startswith(TRAINING_OFFICE)


@dataclass(frozen=True, slots=True)
class Receipt:
    """A posted sale, void, refund or tender correction (field table A15)."""

    key: EventKey
    kind: EventKind
    number: str
    code: str
    """Ten characters that prove the paper against the ledger."""
    office: Office
    drawer: str
    batch: str
    business_date: date
    recorded_at: datetime
    """UTC, aware."""
    clerk: str
    """Name of the preparer."""
    approver: str
    customer: str
    memo: str
    lines: tuple[LineRow, ...]
    tenders: tuple[TenderRow, ...]
    postings: tuple[Posting, ...]
    inputs: tuple[tuple[int, str, str], ...]
    """Line number, label, value: what was asked for, as printed."""
    total: Cents
    taxes: Cents
    fees: Cents
    rounding: Cents
    change: Cents
    collected: Cents
    grounds: tuple[tuple[int, str, str], ...] = ()
    """Line number, authority, reason: why a price was keyed by hand or a fee waived."""
    waived: tuple[int, ...] = ()
    """Numbers of the lines whose fee was waived."""
    balance_after: Cents | None = None
    """What the customer still owes on the accounts paid, if any."""
    credit_after: Cents | None = None
    """What stands to the credit of these accounts."""
    reverses: str = ""
    """Number of the receipt that this one takes back."""
    voided_by: str = ""
    """Number of the void that took this one back."""
    reason: str = ""
    copy: int = 0
    """0 for the original; n prints DUPLICATE n."""
    printed: bool = False
    endorse: tuple[str, ...] = ()
    """What the back of its checks says, where it took some (for a station without a slip printer)."""
    paper: PaperNote | None = None
    """The paper receipt that this entry brought in later, if any."""
