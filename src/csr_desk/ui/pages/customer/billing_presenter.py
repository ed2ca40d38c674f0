"""The bills of an account, what it owed on a date and how old that was; its statement on paper. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

from csr_desk.domain.errors import BadInput
from csr_desk.domain.money import Cents
from csr_desk.domain.receivable.ageing import Aged, days_late
from csr_desk.services.customer_papers import MakePapers, make_paper
from csr_desk.ui.context import Context
from csr_desk.ui.dates import parse_day, us_date
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.domain.receivable.statement import Move, StatedBill, Story

MONTHS = 12
NOTHING = Aged()


@dataclass(frozen=True, slots=True)
class BillRow:
    """A bill as it stood on the date (cents)."""

    bill: StatedBill
    amount: Cents
    """With what was added to it since."""
    open: Cents
    late: int
    """Days; 0 where nothing is open or nothing is late."""
    added: tuple[Move, ...]
    """Penalties, fees and adjustments."""


@dataclass(frozen=True, slots=True)
class BillingPicture:
    """All that the panel shows (cents)."""

    account: str = ""
    first: date | None = None
    """The first day of a statement."""
    on: date | None = None
    """The day that is looked at, and the last one of a statement."""
    aged: Aged = NOTHING
    bills: tuple[BillRow, ...] = ()
    months: tuple[tuple[date, Cents], ...] = ()
    """What was owed at the end of each of the last months, the oldest first."""

    @property
    def balance(self) -> Cents:
        """What was owed at the end of the day."""
        return self.aged.total


class BillingView(Protocol):
    """What the presenter asks of the panel."""

    def show_picture(self, picture: BillingPicture) -> None:
        """Show it."""

    def show_fault(self, field: str, words: str) -> None:
        """Say what is wrong with a date; no words: nothing is."""


class BillingPresenter:
    """One account at a time, read once for every date that is asked for."""

    def __init__(self, context: Context, view: BillingView) -> None:
        """Nothing is shown yet."""
        self.context, self.view = context, view
        self.picture = BillingPicture()
        self._story: Story | None = None

    def show_account(self, account: str) -> None:
        """Read all that ever changed what the account owes; show it as of today."""
        desk, actor = self.context.desk, self.context.actor
        self.picture = BillingPicture(account)

        def read() -> tuple[Story, date]:
            from csr_desk.services import statements

            return statements.story_of(desk, actor, account)[1], desk.today()

        def show(found: tuple[Story, date]) -> None:
            if self.picture.account != account:
                return  # another account was asked for meanwhile
            self._story, today = found
            self._show(first_of(today), today)

        self.context.read(read, show)

    def look_at(self, first: str, last: str) -> bool:
        """Show another day (as keyed); False where one of the dates is none.

        A first day that nobody keyed goes back with the last one.
        """
        if self._story is None or self.picture.on is None:
            return False
        untouched = self.picture.first is not None and first.strip() == us_date(self.picture.first)
        try:
            begin, end = _span(first, last, self.context.desk.today())
            if begin > end and untouched:
                begin = first_of(end)
            _check(begin, end)
        except BadInput as wrong:
            self.view.show_fault(wrong.field, wrong.message)
            return False
        self.view.show_fault("", "")
        self._show(begin, end)
        return True

    def _show(self, first: date, on: date) -> None:
        if self._story is not None:
            self.picture = replace(picture_of(self._story, on), account=self.picture.account, first=first)
            self.view.show_picture(self.picture)

    def print_statement(self) -> None:
        """Print the statement of the span that is shown."""
        shown = self.picture
        if shown.first is None or shown.on is None:
            return
        desk, actor, span = self.context.desk, self.context.actor, (shown.first, shown.on)
        key = uuid4().hex

        def make() -> bytes:
            from csr_desk.documents.statement import statement_pdf
            from csr_desk.services import statements

            facts = statements.statement(desk, actor, shown.account, span)
            return make_paper(desk, actor, MakePapers(key, (facts,)), statement_pdf)

        title = tr("Statement of account {account}, {first} to {last}")
        named = title.format(account=shown.account, first=us_date(shown.first), last=us_date(shown.on))
        self.context.shell.print_paper(named, make)


def _span(first: str, last: str, today: date) -> tuple[date, date]:
    """Read the two dates; raise BadInput with the field."""
    end = parse_day(last, today, field="last")
    return (parse_day(first, today, field="first") if first.strip() else first_of(end)), end


def _check(begin: date, end: date) -> None:
    if begin > end:
        raise BadInput(tr("The statement ends before it begins."), field="first")


def first_of(last: date) -> date:
    """Return the first day of the month before: where a statement begins unless somebody says otherwise."""
    return (last.replace(day=1) - timedelta(days=1)).replace(day=1)


def picture_of(story: Story, on: date) -> BillingPicture:
    """Show an account at the end of a date: the bills that were out then, the newest first."""
    rows = []
    opened = {bill.number: cents for bill, cents in story.open_on(on)}
    for bill in story.bills:
        if bill.issued is not None and bill.issued > on:
            continue
        about = [move for move in story.moves if move.bill == bill.number and (move.on is None or move.on <= on)]
        added = tuple(move for move in about if move.kind.value in {"penalty", "fee", "adjustment"})
        left = opened.get(bill.number, 0)
        late = days_late(bill.due, on) if left > 0 else 0
        rows.append(BillRow(bill, bill.amount + sum(move.amount for move in added), left, late, added))
    rows.sort(key=lambda row: (row.bill.issued or date.min, row.bill.number), reverse=True)
    return BillingPicture(on=on, aged=story.aged(on), bills=tuple(rows), months=_months(story, on))


def _months(story: Story, on: date) -> tuple[tuple[date, Cents], ...]:
    """Return what was owed at the ends of the last months, and on the day itself."""
    ends = [on]
    while len(ends) < MONTHS:
        ends.append(ends[-1].replace(day=1) - timedelta(days=1))
    return tuple((end, story.balance(end)) for end in reversed(ends))
