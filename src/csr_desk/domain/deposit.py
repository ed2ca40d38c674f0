"""Deposits and the closed day, as frozen facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from csr_desk.domain.drawer import BatchSheet, RevenueRow
from csr_desk.domain.money import Cents
from csr_desk.domain.receipt import Office
from csr_desk.domain.witness import NO_SEALS, DayWitness, SealBook


class DepositState(StrEnum):
    """Where a deposit stands."""

    PREPARED = "prepared"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class DepositItem:
    """A check or money order in the bag."""

    kind: str
    number: str
    receipt: str
    from_name: str
    """Who drew it, as far as it was keyed; else the customer of the receipt."""
    amount: Cents
    routing: str = ""
    account_masked: str = ""


@dataclass(frozen=True, slots=True)
class Deposit:
    """One bag for the bank: composition equals receipts ± drops, rounding, over/short (D12–D14)."""

    office: Office
    deposit_id: str
    business_date: date
    state: DepositState
    bag: str
    batches: tuple[str, ...]
    pieces: Mapping[Cents, int] | None
    cash: Cents
    checks: Cents
    """Checks and cashier’s checks."""
    money_orders: Cents
    items: tuple[DepositItem, ...]
    total: Cents
    prepared_by: str
    verified_by: str
    recorded_at: datetime
    bank_date: date | None = None
    bank_amount: Cents | None = None

    @property
    def difference(self) -> Cents | None:
        """Bank minus deposit; None before the bank confirmed."""
        return None if self.bank_amount is None else self.bank_amount - self.total


@dataclass(frozen=True, slots=True)
class DayTie:
    """The three-way tie of a day (control 46), all in cents."""

    receipts: Cents
    """Applied to lines, added lines and taxes by live receipts."""
    counted: Mapping[str, Cents]
    """By tender as counted (cash: received plus float out of the way)."""
    over_short: Cents
    rounding: Cents
    deposited: Cents
    card: Cents
    transfers: Cents
    other: Cents
    """E-checks and on-account."""
    journal: Cents
    """Credits to revenue, taxes and liabilities for those lines."""
    ties: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class DailyRevenue:
    """What a day brought, by every key that people ask for (M2)."""

    office: Office
    first: date
    last: date
    by_item: tuple[RevenueRow, ...]
    by_account: tuple[RevenueRow, ...]
    by_tender: tuple[RevenueRow, ...]
    by_drawer: tuple[RevenueRow, ...]
    by_hour: tuple[RevenueRow, ...]
    total: Cents
    taxes: Cents
    fees: Cents
    rounding: Cents
    over_short: Cents
    tie: DayTie
    witness: DayWitness | None = None
    """The heads at its close and its seal, for one day that is closed."""


@dataclass(frozen=True, slots=True)
class DayBoard:
    """All drawers of a business date for the supervisor (no amount of a drawer still selling)."""

    business_date: date
    sheets: tuple[BatchSheet, ...]
    total: Cents
    """Taken so far, all drawers."""
    by_hour: tuple[tuple[int, int], ...]
    """Hour of the office, number of receipts."""
    closed: bool
    seals: SealBook = NO_SEALS
    """Which closed days the finance officer signed for, and which wait."""
