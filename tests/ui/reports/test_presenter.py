"""Periods, files and the journal through the real services, without widgets."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from datetime import date
from uuid import uuid4

from csr_desk.domain.deposit import DailyRevenue
from csr_desk.domain.drawer import CountSheet
from csr_desk.domain.errors import BadInput, Ineligible
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import balancing
from csr_desk.services.balancing import AcceptBatch, CloseDay
from csr_desk.ui.context import Context, Tone
from csr_desk.ui.pages.reports.period import Period, Preset
from csr_desk.ui.pages.reports.presenter import ReportsPresenter
from csr_desk.ui.pages.reports.summary import Cut, summarise
from csr_desk.ui.saved_files import exports_folder
from ui.back_office import FLOAT, BackOffice

DAY_ONE = date(2026, 7, 14)


@dataclass
class Screen:
    """Keeps what the presenter shows."""

    shown: list[tuple[DailyRevenue, Period]] = field(default_factory=list)
    focused: list[str] = field(default_factory=list)

    def show_revenue(self, revenue: DailyRevenue, period: Period) -> None:
        self.shown.append((revenue, period))

    def focus_field(self, name: str) -> bool:
        self.focused.append(name)
        return True


def at_the_reports(context: Context) -> tuple[ReportsPresenter, Screen]:
    screen = Screen()
    presenter = ReportsPresenter(context, screen)
    presenter.load()
    return presenter, screen


def closed_day(office: BackOffice) -> None:
    """One drawer, 1.20 in cash, accepted and the day closed."""
    batch = office.open_drawer("clerk1", "HPC-1")
    office.sell_copies("clerk1", 12, Tender(TenderKind.CASH, 120))
    office.count_and_send("clerk1", CountSheet({**FLOAT, 100: 11, 10: 2}, {}))
    supervisor = office.actor("supervisor1")
    balancing.accept_batch(office.desk, supervisor, AcceptBatch(uuid4().hex, batch))
    balancing.close_day(office.desk, supervisor, CloseDay(uuid4().hex, DAY_ONE))


def test_the_page_begins_with_the_business_date(office: BackOffice) -> None:
    office.open_drawer("clerk1", "HPC-1")
    office.sell_copies("clerk1", 12, Tender(TenderKind.CASH, 500))
    context, _ = office.context("supervisor1")
    _, screen = at_the_reports(context)
    revenue, period = screen.shown[0]
    assert period == Period(DAY_ONE, DAY_ONE)
    assert revenue.total == 120


def test_every_cut_adds_up_to_the_same_total(office: BackOffice) -> None:
    office.open_drawer("clerk1", "HPC-1")
    office.sell_copies("clerk1", 12, Tender(TenderKind.CASH, 120))
    office.sell_copies("clerk1", 900, Tender(TenderKind.CHECK, 9_000, number="1042"))
    context, _ = office.context("supervisor1")
    _, screen = at_the_reports(context)
    revenue = screen.shown[0][0]
    assert [summarise(revenue, cut).total for cut in Cut] == [9_120] * len(Cut)


def test_a_period_by_name_reads_again(office: BackOffice) -> None:
    context, _ = office.context("supervisor1")
    presenter, screen = at_the_reports(context)
    presenter.choose(Preset.FISCAL_YEAR)
    assert screen.shown[-1][1] == Period(date(2026, 7, 1), DAY_ONE)


def test_a_date_that_cannot_be_read_keeps_the_period_and_puts_the_cursor_there(office: BackOffice) -> None:
    context, shell = office.context("supervisor1")
    presenter, screen = at_the_reports(context)
    presenter.choose_dates("7/32", "7/14")
    assert isinstance(shell.problems[0], BadInput)
    assert screen.focused == ["report-first"]
    assert len(screen.shown) == 1


def test_the_csv_carries_every_cut_and_the_total(office: BackOffice) -> None:
    office.open_drawer("clerk1", "HPC-1")
    office.sell_copies("clerk1", 12, Tender(TenderKind.CASH, 120))
    context, shell = office.context("supervisor1")
    presenter, _ = at_the_reports(context)
    presenter.save_csv()
    path = exports_folder() / "revenue-2026-07-14-2026-07-14.csv"
    rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    assert ["summary", "total", "", "", "1.20"] in rows
    assert {row[0] for row in rows[1:]} >= {"by_item", "by_account", "by_tender", "by_drawer", "by_hour"}
    assert shell.banners[-1] == (f"Saved as {path}.", Tone.OK)


def test_the_journal_of_an_open_day_is_refused(office: BackOffice) -> None:
    office.open_drawer("clerk1", "HPC-1")
    context, shell = office.context("accountant1")
    presenter, _ = at_the_reports(context)
    presenter.export_journal()
    assert isinstance(shell.problems[0], Ineligible)


def test_the_journal_again_is_the_same_bytes_and_says_so(office: BackOffice) -> None:
    closed_day(office)
    context, shell = office.context("accountant1")
    presenter, _ = at_the_reports(context)
    presenter.export_journal()
    path = exports_folder() / "TRAINING-gl-HPC-2026-07-14.csv"
    first = path.read_bytes()
    presenter.export_journal()
    assert path.read_bytes() == first
    assert [tone for _, tone in shell.banners] == [Tone.OK, Tone.WARN]
    assert "exported before" in shell.banners[-1][0]


def test_the_journal_is_exported_day_by_day(office: BackOffice) -> None:
    context, shell = office.context("accountant1")
    presenter, _ = at_the_reports(context)
    presenter.choose(Preset.WEEK)
    presenter.export_journal()
    assert isinstance(shell.problems[0], BadInput)


def test_a_supervisor_is_not_offered_the_journal(office: BackOffice) -> None:
    supervisor, _ = office.context("supervisor1")
    accountant, _ = office.context("accountant1")
    assert not at_the_reports(supervisor)[0].may_export
    assert at_the_reports(accountant)[0].may_export
