"""What happens on the Balancing page: the day's drawers, their acceptance, the deposits, the end of the day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol
from uuid import uuid4

from csr_desk.domain.changes import Done
from csr_desk.domain.deposit import DailyRevenue, DayBoard, Deposit
from csr_desk.domain.drawer import Batch, BatchSheet, ZReport
from csr_desk.domain.errors import BadInput
from csr_desk.domain.money import Cents, parse_till, shown
from csr_desk.domain.people import Act
from csr_desk.services import balancing, deposits, reports, z_reports
from csr_desk.services.balancing import AcceptBatch, CloseDay, ReturnBatch
from csr_desk.services.deposits import ConfirmDeposit
from csr_desk.services.facts import desk_facts
from csr_desk.ui.context import Choice, Context, Tone
from csr_desk.ui.dates import long_day
from csr_desk.ui.pages.balancing.board import Offers, first_to_look_at, offers
from csr_desk.ui.wording import tr


@dataclass(frozen=True, slots=True)
class DayFacts:
    """All that the page shows of a business date, read in one go."""

    board: DayBoard
    deposits: tuple[Deposit, ...]
    revenue: DailyRevenue | None
    """With the three-way tie, once somebody who may see reports looks at the day."""
    undeposited: tuple[Batch, ...]
    """Accepted drawers in no bag yet, oldest first (D15)."""


class BalancingScreen(Protocol):
    """What the view can show."""

    def show_day(self, day: DayFacts) -> None:
        """Show the board, the deposits and the day."""

    def show_accepted(self, z_report: ZReport) -> None:
        """A batch was accepted; its paper comes from the outbox."""

    def show_paper(self, z_report: ZReport) -> None:
        """The paper of an accepted batch was asked for again."""

    def show_closed(self, revenue: DailyRevenue) -> None:
        """The day is closed."""

    def focus_field(self, name: str) -> bool:
        """Put the cursor into the named field, if this page has it."""


class BalancingPresenter:
    """Turns what supervisor and accountant do into acts; the services decide."""

    def __init__(self, context: Context, screen: BalancingScreen) -> None:
        self._context = context
        self._screen = screen
        self._key = uuid4().hex
        self.day: date | None = None
        self.facts: DayFacts | None = None
        self.chosen: str | None = None
        self.places: frozenset[str] = frozenset()
        """The other places of the list, which stay picked whatever the day."""

    # reading
    def load(self) -> None:
        """Read the business date that is shown (the office's own when none was chosen)."""
        self._read(self._show)

    def look_again(self) -> None:
        """Other stations go on selling and counting: show the day anew where it is another one now."""
        self._read(lambda found: None if found == self.facts else self._show(found), lambda _error: None)

    def _read(self, then: Callable[[DayFacts], None], failed: Callable[[Exception], None] | None = None) -> None:
        desk, actor, wanted = self._context.desk, self._context.actor, self.day

        def job() -> DayFacts:
            day = wanted or desk_facts(desk, actor).business_date
            board = balancing.day_board(desk, actor, day)
            revenue = reports.daily_revenue(desk, actor, day, day) if actor.may(Act.SEE_REPORTS) else None
            bags, waiting = deposits.deposits(desk, actor, day, day), deposits.undeposited(desk, actor)
            return DayFacts(board, bags, revenue, waiting)

        self._context.read(job, then, failed)

    def step_day(self, days: int) -> None:
        """Look at an earlier or later business date."""
        if self.facts is not None:
            self.day = self.facts.board.business_date + timedelta(days=days)
            self.chosen = None
            self.load()

    def choose(self, batch_id: str) -> None:
        """Look at a drawer."""
        self.chosen = batch_id

    @property
    def sheet(self) -> BatchSheet | None:
        """The sheet of the drawer that is looked at."""
        if self.facts is None:
            return None
        return next((sheet for sheet in self.facts.board.sheets if sheet.batch.batch_id == self.chosen), None)

    @property
    def offered(self) -> Offers | None:
        """What may be done with it."""
        sheet = self.sheet
        return offers(sheet, self._context.actor, self._context.desk.policy.tolerance) if sheet else None

    # drawers
    def accept(self) -> None:
        """Accept the count; beyond tolerance with a reason (D8)."""
        sheet, offered = self.sheet, self.offered
        if sheet is None or offered is None or not offered.accept:
            return
        if offered.needs_reason:
            self.accept_with_reason()
        else:
            self._accept(sheet.batch, "")

    def accept_with_reason(self) -> None:
        """Accept what is over or short, saying why."""
        sheet, offered = self.sheet, self.offered
        if sheet is None or offered is None or not offered.accept:
            return
        self._context.shell.ask_reason(
            why_accepted(sheet.batch.drawer_name, sheet.over_short),
            (),
            lambda reason: self._accept(sheet.batch, reason),
            free_text=True,
        )

    def _accept(self, batch: Batch, reason: str) -> None:
        desk, actor, command = self._context.desk, self._context.actor, AcceptBatch(self._key, batch.batch_id, reason)

        def done(report: ZReport) -> None:
            self._next_key()
            self.chosen = None
            self._screen.show_accepted(report)
            self.load()

        self._context.act(lambda: balancing.accept_batch(desk, actor, command), done, self._problem)

    def send_back(self) -> None:
        """Send the count back; the reason goes with it."""
        sheet, offered = self.sheet, self.offered
        if sheet is None or offered is None or not offered.send_back:
            return
        desk, actor, batch = self._context.desk, self._context.actor, sheet.batch
        names = {"drawer": batch.drawer_name, "custodian": batch.custodian_name}
        self._ask(
            tr("Send {drawer} back to {custodian}: what should be counted again?").format(**names),
            lambda reason: balancing.reject_batch(desk, actor, ReturnBatch(self._key, batch.batch_id, reason)),
            tr("{drawer} went back to {custodian} to be counted again.").format(**names),
        )

    def reopen(self) -> None:
        """Reopen an accepted batch; history keeps it (D10)."""
        sheet, offered = self.sheet, self.offered
        if sheet is None or offered is None or not offered.reopen:
            return
        desk, actor, batch = self._context.desk, self._context.actor, sheet.batch
        self._ask(
            tr("Reopen {drawer}, already accepted: why?").format(drawer=batch.drawer_name),
            lambda reason: balancing.reopen_batch(desk, actor, ReturnBatch(self._key, batch.batch_id, reason)),
            tr("{drawer} is open for balancing again; its history says why.").format(drawer=batch.drawer_name),
        )

    def z_report(self) -> None:
        """Ask for the paper of an accepted batch."""
        sheet, offered = self.sheet, self.offered
        if sheet is None or offered is None or not offered.z_report:
            return
        desk, actor, batch_id = self._context.desk, self._context.actor, sheet.batch.batch_id
        self._context.read(lambda: z_reports.z_report(desk, actor, batch_id), self._screen.show_paper, self._problem)

    # the day and the bank
    def close_day(self) -> None:
        """Ask once, then close the business date: nothing more is posted to it (D11)."""
        if self.facts is None:
            return
        day = long_day(self.facts.board.business_date)
        self._context.shell.ask_reason(
            tr("Close {day}? Nothing can be posted to it afterwards.").format(day=day),
            (Choice("1", tr("Close the day"), "close"),),
            lambda _yes: self._close_day(),
        )

    def _close_day(self) -> None:
        if self.facts is None:
            return
        desk, actor, command = (
            self._context.desk,
            self._context.actor,
            CloseDay(self._key, self.facts.board.business_date),
        )

        def done(revenue: DailyRevenue) -> None:
            self._next_key()
            self._screen.show_closed(revenue)
            self.load()

        self._context.act(lambda: balancing.close_day(desk, actor, command), done, self._problem)

    def confirm(self, deposit: Deposit, bank_date: date, amount: str) -> None:
        """Record what the bank says it received."""
        try:
            cents: Cents = parse_till(amount)
        except BadInput as problem:
            self._problem(BadInput(problem.message, field="bank-amount"))
            return
        desk, actor = self._context.desk, self._context.actor
        command = ConfirmDeposit(self._key, deposit.deposit_id, bank_date, cents)

        def done(confirmed: Deposit) -> None:
            self._next_key()
            self._context.shell.banner(bank_words(confirmed), Tone.WARN if confirmed.difference else Tone.OK)
            self.load()

        self._context.act(lambda: deposits.confirm_deposit(desk, actor, command), done, self._problem)

    def refuse(self, problem: BadInput) -> None:
        """Show a fault found while reading what was keyed."""
        self._problem(problem)

    def _ask(self, title: str, job: Callable[[str], Done[BatchSheet]], after: str) -> None:
        def with_reason(reason: str) -> None:
            def done(_sheet: BatchSheet) -> None:
                self._next_key()
                self._context.shell.banner(after, Tone.OK)
                self.load()

            self._context.act(lambda: job(reason), done, self._problem)

        self._context.shell.ask_reason(title, (), with_reason, free_text=True)

    def _show(self, day: DayFacts) -> None:
        self.facts = day
        known = {sheet.batch.batch_id for sheet in day.board.sheets}
        if self.chosen is None or (self.chosen not in known and self.chosen not in FIXED_PLACES | self.places):
            self.chosen = first_to_look_at(day.board.sheets) or DAY
        self._screen.show_day(day)

    def _problem(self, error: Exception) -> None:
        self._context.shell.problem(error, self._screen.focus_field)

    def _next_key(self) -> None:
        self._key = uuid4().hex


DEPOSITS = "deposits"
DAY = "day"
FIXED_PLACES = frozenset({DEPOSITS, DAY})
"""The lines of the list below the drawers."""


def why_accepted(drawer: str, over_short: Cents) -> str:
    """The question for what is over or short (cents): ``Drawer 1 is 9.25 short. Why is it accepted?``."""
    if not over_short:
        return tr("{drawer} is over and short by the same amount. Why is it accepted?").format(drawer=drawer)
    words = (
        tr("{drawer} is {amount} over. Why is it accepted?")
        if over_short > 0
        else tr("{drawer} is {amount} short. Why is it accepted?")
    )
    return words.format(drawer=drawer, amount=shown(abs(over_short)))


def bank_words(deposit: Deposit) -> str:
    """What the bank received, in a sentence."""
    if not deposit.difference:
        return tr("The bank has deposit {deposit} to the cent.").format(deposit=deposit.deposit_id)
    return tr("The bank has deposit {deposit} with a difference of {amount}.").format(
        deposit=deposit.deposit_id, amount=shown(deposit.difference)
    )
