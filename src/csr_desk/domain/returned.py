"""What the bank sent back, and the clock of its notice: mailed, received, ten days, then the prosecutor (E9–E11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from csr_desk.domain.money import Cents
from csr_desk.domain.receipt import Office
from csr_desk.domain.tender import CERTIFIED, TRAITS, Tender, TenderKind


class NoticeState(StrEnum):
    """Where a returned item stands."""

    LETTER_DUE = "letter_due"
    MAILED = "mailed"
    """The return receipt of the letter is not back yet: the days do not run."""
    RUNNING = "running"
    """The notice was received; its days run."""
    OVERDUE = "overdue"
    """The days are over and it is not paid: it may be referred to the county attorney."""
    OWED = "owed"
    """Owed, without a notice: an e-check is no check in the sense of the Penal Code."""
    PAID = "paid"


class ListReason(StrEnum):
    """Why a bank account stands on the returned-check list."""

    RETURNED_ITEM = "returned_item"
    CLOSED_ACCOUNT = "closed_account"
    STOLEN_CHECKS = "stolen_checks"
    FORGERY = "forgery"
    COURT_ORDER = "court_order"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ReturnedItem:
    """A check or e-check that the bank did not pay, with the bill that claims it again (cents)."""

    item: str
    receipt: str
    tender: int
    kind: str
    number: str
    """Number of the check."""
    routing: str
    account_masked: str
    written_on: date | None
    """The date on the check."""
    taken_on: date
    clerk: str
    """Who took it, a witness if it comes to that."""
    name: str
    address: str
    amount: Cents
    fee: Cents
    bill: str
    account: str
    paid: Cents
    returned_on: date
    reason: str
    """The bank's, in words."""
    listed: str
    """Its line on the returned-check list, if the account could be recognized."""
    mail_number: str = ""
    mailed_on: date | None = None
    received_on: date | None = None
    notice_days: int = 10

    @property
    def owed(self) -> Cents:
        """What is still to pay of item and fee (cents)."""
        return self.amount + self.fee - self.paid

    @property
    def needs_letter(self) -> bool:
        """Say whether the statute's notice belongs to it."""
        return needs_letter(self.kind)

    @property
    def pay_by(self) -> date | None:
        """The last day to pay: the days of the notice after it was received; None while they do not run."""
        return None if self.received_on is None else self.received_on + timedelta(days=self.notice_days)

    def state(self, today: date) -> NoticeState:
        """Say where it stands on a day."""
        if self.owed <= 0:
            return NoticeState.PAID
        if not self.needs_letter:
            return NoticeState.OWED
        if self.mailed_on is None:
            return NoticeState.LETTER_DUE
        if self.pay_by is None:
            return NoticeState.MAILED
        return NoticeState.OVERDUE if today > self.pay_by else NoticeState.RUNNING


@dataclass(frozen=True, slots=True)
class ListedCheck:
    """A bank account on the returned-check list."""

    list_id: str
    account_masked: str
    reason: str
    listed_on: date
    listed_by: str
    words: str
    cleared_on: date | None = None

    @property
    def live(self) -> bool:
        """Say whether a check of it needs an override."""
        return self.cleared_on is None


@dataclass(frozen=True, slots=True)
class Referral:
    """What goes to the county attorney: the overdue items of an office, as of a day."""

    office: Office
    made_on: date
    items: tuple[ReturnedItem, ...]

    @property
    def total(self) -> Cents:
        """What is owed on all of them (cents)."""
        return sum(item.owed for item in self.items)


def needs_letter(kind: str) -> bool:
    """Say whether a kind of tender is a check in the sense of Penal Code 31.06 and 32.41."""
    return kind == TenderKind.CHECK.value


def unfit_for_repayment(tenders: tuple[Tender, ...]) -> str:
    """Return why tenders do not repay a returned item, or nothing: cash and certified funds do (37 TAC 1.211)."""
    for tender in tenders:
        if tender.kind not in CERTIFIED:
            name = TRAITS[tender.kind].name
            return f"{name}: a returned item is repaid in cash, by money order or by cashier’s check only."
    return ""
