"""What an account owes on any date, how it came to that, and the statement that says so. Amounts in cents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from csr_desk.domain.money import Cents
from csr_desk.domain.receipt import Office
from csr_desk.domain.receivable.ageing import Aged, Open, age
from csr_desk.domain.receivable.penalty import PenaltyRule, due_penalties, penalty
from csr_desk.domain.receivable.scan_line import COUPON, with_check_digit

_RATE = 0
"""The coupon's field for a rate class is not used: what is due is on the coupon."""


class MoveKind(StrEnum):
    """Why a balance changed."""

    BILL = "bill"
    PENALTY = "penalty"
    FEE = "fee"
    ADJUSTMENT = "adjustment"
    PAYMENT = "payment"
    TAKEN_BACK = "taken_back"
    """A payment that was voided or given back."""
    PAID_AHEAD = "paid_ahead"
    CREDIT_USED = "credit_used"


@dataclass(frozen=True, slots=True)
class Move:
    """A change of what an account owes: above zero it owes more; ``bill`` is what it is about, if any."""

    on: date | None
    """None: before the program knew the account."""
    kind: MoveKind
    amount: Cents
    bill: str = ""
    words: str = ""
    number: str = ""
    """The receipt, where there is one."""


@dataclass(frozen=True, slots=True)
class StatedItem:
    """A part of a bill, as the statement shows it."""

    words: str
    amount: Cents


@dataclass(frozen=True, slots=True)
class StatedBill:
    """A bill of an account; ``amount`` as it was issued."""

    number: str
    words: str
    amount: Cents
    due: date | None
    issued: date | None = None
    service_from: date | None = None
    service_to: date | None = None
    usage: str = ""
    rule: PenaltyRule | None = None
    items: tuple[StatedItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Spared:
    """What an account was given, from a day on, that keeps penalties away: more time, or a plan over some bills."""

    since: date
    until: date | None
    """The last day of the time, or the day on which the plan ended; None while it runs."""
    bills: frozenset[str] | None = None
    """The bills that a plan covers; None: all of the account."""


@dataclass(frozen=True, slots=True)
class Story:
    """All that ever changed what an account owes, the oldest first, and what it was given that spares it penalties."""

    bills: tuple[StatedBill, ...]
    moves: tuple[Move, ...]
    spared: tuple[Spared, ...] = ()

    def extended_until(self, day: date) -> date | None:
        """Return until when the account had time, as far as it was given by the end of a date."""
        times = (one.until for one in self.spared if one.bills is None and one.since <= day)
        return max((until for until in times if until is not None), default=None)

    def planned(self, day: date) -> frozenset[str]:
        """Return the bills that a plan covers which ran at the end of a date."""
        plans = [one for one in self.spared if one.since <= day and (one.until is None or day < one.until)]
        return frozenset().union(*(one.bills for one in plans if one.bills is not None))

    def open_on(self, day: date) -> tuple[tuple[StatedBill, Cents], ...]:
        """Return the bills that are not even on a date, with what is open (below zero: paid too much)."""
        sums = {bill.number: 0 for bill in self.bills}
        for move in self.moves:
            if move.bill in sums and _by(move, day):
                sums[move.bill] += move.amount
        return tuple((bill, sums[bill.number]) for bill in self.bills if sums[bill.number])

    def balance(self, day: date) -> Cents:
        """Return what was owed at the end of a date; below zero the account has a credit."""
        return sum(move.amount for move in self.moves if _by(move, day))

    def aged(self, day: date) -> Aged:
        """Sort what was owed into the columns of age; they add up to the balance. Credit counts as current."""
        opened = self.open_on(day)
        items = [Open(cents, bill.due if cents > 0 else None) for bill, cents in opened]
        unapplied = self.balance(day) - sum(cents for _, cents in opened)
        return age([*items, Open(unapplied, None)], day)

    def between(self, first: date, last: date) -> tuple[Move, ...]:
        """Return what changed in a span, both days included."""
        return tuple(move for move in self.moves if move.on is not None and first <= move.on <= last)


def _by(move: Move, day: date) -> bool:
    return move.on is None or move.on <= day


@dataclass(frozen=True, slots=True)
class AccountHead:
    """Whose account it is."""

    account: str
    service: str
    customer_name: str
    address: str = ""
    site: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Statement:
    """The statement of an account for a span of dates."""

    office: Office
    head: AccountHead
    first: date
    last: date
    opening: Cents
    moves: tuple[Move, ...]
    bills: tuple[StatedBill, ...]
    """The bills that are issued in the span, with their items."""
    open_bills: tuple[tuple[StatedBill, Cents], ...]
    aged: Aged
    extended_until: date | None = None
    """Until when the account has more time: no penalty comes before that is over."""
    planned: frozenset[str] = frozenset()
    """Bills under a payment plan: they get no penalty while it runs."""

    @property
    def closing(self) -> Cents:
        """What is owed at the end."""
        return self.opening + sum(move.amount for move in self.moves)

    @property
    def past_due(self) -> Cents:
        """What of it was due before the last day already."""
        late = sum(cents for bill, cents in self.open_bills if bill.due is not None and bill.due < self.last)
        return max(0, min(late, self.closing))

    @property
    def pay_by(self) -> date | None:
        """The day on which the next bill is due; None where nothing is asked for, or all is past due."""
        dues = [bill.due for bill, cents in self.open_bills if bill.due is not None and cents > 0]
        coming = [due for due in dues if due >= self.last]
        return min(coming) if coming and self.closing > 0 else None

    @property
    def late_amount(self) -> Cents:
        """What is owed the day after ``pay_by`` by the rules of the bills that are due then (the first late bill).

        As in the run of penalties nothing is added while the account has time, nor to a bill that a plan covers.
        """
        due = self.pay_by
        if due is None:
            return self.closing
        after = date.fromordinal(due.toordinal() + 1)
        if self.extended_until is not None and after <= self.extended_until:
            return self.closing
        more = 0
        for bill, cents in self.open_bills:
            rule = bill.rule
            if bill.number in self.planned or bill.due != due:
                continue
            if rule is not None and due_penalties(rule, bill.due, after):
                more += penalty(rule, min(cents, bill.amount))
        return self.closing + more

    @property
    def scan_line(self) -> str:
        """The coupon's line of figures; empty where the account's number has too many figures, or nothing is due."""
        figures = "".join(mark for mark in self.head.account if mark.isdigit())
        plain = self.head.account.replace("-", "").replace(".", "").replace("/", "")
        if self.closing <= 0 or figures != plain:
            return ""
        due = self.pay_by.strftime("%m%d%y") if self.pay_by else "000000"
        values: dict[str, int | str] = {
            "account": figures, "due": due, "rate": _RATE, "gross": self.late_amount, "net": self.closing,
        }  # fmt: skip
        try:
            return with_check_digit(COUPON, values)
        except ValueError:
            return ""


def statement_of(office: Office, head: AccountHead, story: Story, span: tuple[date, date]) -> Statement:
    """Make the statement of a span (both days included) from all that ever changed an account."""
    first, last = span
    before = date.fromordinal(first.toordinal() - 1)
    issued = tuple(bill for bill in story.bills if bill.issued is not None and first <= bill.issued <= last)
    return Statement(
        office, head, first, last, story.balance(before), story.between(first, last), issued, story.open_on(last),
        story.aged(last), story.extended_until(last), story.planned(last),
    )  # fmt: skip


def total_aged(statements: Sequence[Statement]) -> Aged:
    """Add the columns of many accounts up."""
    total = Aged()
    for statement in statements:
        total += statement.aged
    return total
