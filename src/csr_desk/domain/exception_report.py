"""What is out of the ordinary at a counter, by person and kind: cases, rates against peers, twelve months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from csr_desk.domain.money import Cents
from csr_desk.domain.outliers import chance, per_thousand, stands_out
from csr_desk.domain.receipt import Office


class ExceptionKind(StrEnum):
    """The kinds of cases that a supervisor and an auditor look at (M4)."""

    VOID = "void"
    REFUND = "refund"
    OVERRIDE = "override"
    NO_SALE = "no_sale"
    REPRINT = "reprint"
    CANCELLED_CART = "cancelled_cart"
    TENDER_CORRECTED = "tender_corrected"
    RETURNED_ITEM = "returned_item"
    ADJUSTMENT = "adjustment"
    OVER_SHORT = "over_short"
    REOPENED = "reopened"
    BACK_DATED = "back_dated"
    REFUSED = "refused"
    SEQUENCE_GAP = "sequence_gap"
    CLOCK_JUMP = "clock_jump"

    @property
    def words(self) -> str:
        """The kind as people say it."""
        return {
            "void": "Voids",
            "refund": "Refunds",
            "override": "Overrides and waivers",
            "no_sale": "No-sales",
            "reprint": "Reprints",
            "cancelled_cart": "Cancelled carts",
            "tender_corrected": "Tender corrections",
            "returned_item": "Returned items",
            "adjustment": "Adjustments of bills",
            "over_short": "Over and short",
            "reopened": "Reopened batches",
            "back_dated": "Back-dated",
            "refused": "Refused approvals and acts",
            "sequence_gap": "Sequence gaps",
            "clock_jump": "Clock jumps",
        }[self.value]


RATED = (
    ExceptionKind.VOID, ExceptionKind.REFUND, ExceptionKind.OVERRIDE, ExceptionKind.NO_SALE, ExceptionKind.REPRINT,
    ExceptionKind.CANCELLED_CART, ExceptionKind.TENDER_CORRECTED,
)  # fmt: skip
"""The kinds that are compared with the receipts that a person made."""


@dataclass(frozen=True, slots=True)
class Case:
    """One case (cents): the entry, who, who approved, why."""

    kind: ExceptionKind
    user: str
    name: str
    place: str
    """Receipt number, or series and place in it, or batch."""
    business_date: date
    recorded_at: datetime | None
    approver: str
    amount: Cents | None
    reason: str


@dataclass(frozen=True, slots=True)
class Rate:
    """How often a person did something, for so many receipts, against the whole office."""

    kind: ExceptionKind
    user: str
    name: str
    count: int
    receipts: int
    office_count: int
    office_receipts: int

    @property
    def rate(self) -> Decimal:
        """Per 1,000 receipts, one place."""
        return per_thousand(self.count, self.receipts)

    @property
    def office_rate(self) -> Decimal:
        """The office's own rate per 1,000 receipts, one place."""
        return per_thousand(self.office_count, self.office_receipts)

    @property
    def chance(self) -> Decimal:
        """How likely as many are at the office's rate (``domain.outliers``)."""
        return chance(self.count, self.receipts, self.office_count, self.office_receipts)

    @property
    def stands_out(self) -> bool:
        """Whether chance alone would hardly give as many."""
        return stands_out(self.count, self.receipts, self.office_count, self.office_receipts)


@dataclass(frozen=True, slots=True)
class TrendRow:
    """Over and short of a person by month (cents), in the order of the trend's months."""

    user: str
    name: str
    amounts: tuple[Cents, ...]
    batches: int

    @property
    def total(self) -> Cents:
        """All months together."""
        return sum(self.amounts)


@dataclass(frozen=True, slots=True)
class Trend:
    """Over and short of twelve calendar months (``2026-07``), by person; nothing is netted between people."""

    months: tuple[str, ...]
    rows: tuple[TrendRow, ...]

    @property
    def totals(self) -> tuple[Cents, ...]:
        """The office by month."""
        return tuple(sum(row.amounts[at] for row in self.rows) for at in range(len(self.months)))


@dataclass(frozen=True, slots=True)
class ExceptionReport:
    """The exceptions of business dates, both included."""

    office: Office
    first: date
    last: date
    receipts: int
    cases: tuple[Case, ...]
    rates: tuple[Rate, ...]
    trend: Trend

    def count(self, kind: ExceptionKind, user: str | None = None) -> int:
        """How many cases of a kind (of a person)."""
        return sum(case.kind is kind and user in {None, case.user} for case in self.cases)

    @property
    def people(self) -> tuple[tuple[str, str], ...]:
        """Users and names of everybody with receipts or cases, by name."""
        found = {rate.user: rate.name for rate in self.rates} | {
            case.user: case.name for case in self.cases if case.user
        }
        return tuple(sorted(found.items(), key=lambda pair: (pair[1], pair[0])))

    def rate(self, kind: ExceptionKind, user: str) -> Rate | None:
        """A person's rate of a kind, where the person made receipts."""
        return next((rate for rate in self.rates if rate.kind is kind and rate.user == user), None)
