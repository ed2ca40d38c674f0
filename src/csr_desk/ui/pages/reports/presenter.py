"""What happens on the Reports page: a period is chosen, cut, saved, printed; the journal is exported once."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from csr_desk.domain.changes import Done
from csr_desk.domain.deposit import DailyRevenue
from csr_desk.domain.errors import BadInput
from csr_desk.domain.money import shown
from csr_desk.domain.people import Act
from csr_desk.services import exports, reports
from csr_desk.services.exports import ExportFile, ExportJournal
from csr_desk.services.facts import desk_facts
from csr_desk.ui.context import Context, Tone
from csr_desk.ui.dates import us_date
from csr_desk.ui.pages.reports.period import Period, Preset, preset, read_period
from csr_desk.ui.saved_files import save_file
from csr_desk.ui.taken_reports import Taken, take_file
from csr_desk.ui.wording import tr


class ReportsScreen(Protocol):
    """What the view can show."""

    def show_revenue(self, revenue: DailyRevenue, period: Period) -> None:
        """Show what the period brought."""

    def focus_field(self, name: str) -> bool:
        """Put the cursor into the named field, if this page has it."""


class ReportsPresenter:
    """Reads a period and hands it out; adds nothing up by itself."""

    def __init__(self, context: Context, screen: ReportsScreen) -> None:
        self._context = context
        self._screen = screen
        self._key = uuid4().hex
        self.today: date | None = None
        self.period: Period | None = None
        self.revenue: DailyRevenue | None = None

    @property
    def may_export(self) -> bool:
        """Say whether the person may export the journal."""
        return self._context.actor.may(Act.EXPORT_JOURNAL)

    def load(self) -> None:
        """Read the period that is shown: at first the business date."""
        desk, actor, wanted = self._context.desk, self._context.actor, self.period

        def job() -> tuple[date, Period, DailyRevenue]:
            today = desk_facts(desk, actor).business_date
            period = wanted or Period(today, today)
            return today, period, reports.daily_revenue(desk, actor, period.first, period.last)

        self._context.read(job, self._show, self._problem)

    def choose(self, name: Preset) -> None:
        """Show a period by its name."""
        if self.today is not None:
            self.period = preset(name, self.today, self._context.desk.office.fiscal_year_start)
            self.load()

    def choose_dates(self, first: str, last: str) -> None:
        """Show a period as keyed."""
        if self.today is None:
            return
        try:
            self.period = read_period(first, last, self.today)
        except BadInput as problem:
            self._problem(problem)
            return
        self.load()

    def save_csv(self) -> None:
        """Save what is shown as a CSV file."""
        revenue = self.revenue
        if revenue is None:
            return
        name = f"revenue-{revenue.first.isoformat()}-{revenue.last.isoformat()}.csv"
        what = Taken("revenue", revenue.first, revenue.last)
        take_file(
            self._context, what, name, lambda: (reports.revenue_csv(revenue), len(revenue.by_item)), self._problem
        )

    def export_journal(self) -> None:
        """Export the GL journal of the business date shown, once; again gives the same bytes and says so (D18)."""
        period = self.period
        if period is None or not period.one_day:
            self._problem(BadInput(tr("The journal is exported day by day. Choose one day."), field="report-last"))
            return
        desk, actor = self._context.desk, self._context.actor
        command = ExportJournal(self._key, period.first)

        def job() -> Done[tuple[ExportFile, Path]]:
            done = exports.gl_journal(desk, actor, command)
            return Done((done.value, save_file(done.value.name, done.value.content)), done.topics)

        def done(made: tuple[ExportFile, Path]) -> None:
            self._key = uuid4().hex
            file, path = made
            words = (
                tr(
                    "This journal of {day} was exported before: the same bytes. "
                    "{rows} rows, debits and credits {amount} each, saved as {path}."
                )
                if file.again
                else tr("Journal of {day}: {rows} rows, debits and credits {amount} each, saved as {path}.")
            )
            said = words.format(day=us_date(command.business_date), rows=file.rows, amount=shown(file.total), path=path)
            self._context.shell.banner(said, Tone.WARN if file.again else Tone.OK)

        self._context.act(job, done, self._problem)

    def _show(self, found: tuple[date, Period, DailyRevenue]) -> None:
        self.today, self.period, self.revenue = found
        self._screen.show_revenue(self.revenue, self.period)

    def _problem(self, error: Exception) -> None:
        self._context.shell.problem(error, self._screen.focus_field)
