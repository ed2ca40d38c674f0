"""Who came: volume by hour and by reason, waiting times, and who served how many; for planning who works when."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.domain.visits import Volume
from csr_desk.services import visit_reports
from csr_desk.services.visit_reports import VisitReport
from csr_desk.ui.page import Page
from csr_desk.ui.pages.reports.panels import ReportPanel
from csr_desk.ui.queue_words import span_words
from csr_desk.ui.taken_reports import Taken, take_file
from csr_desk.ui.widgets import Card, EmptyState, KeyValues
from csr_desk.ui.widgets.bar_chart import Bar, BarChart
from csr_desk.ui.widgets.figures_table import Cell, Column, FiguresTable, Row

_CHARTS = 210
_FIGURES = 300


class VisitsPanel(ReportPanel):
    """Charts above, the numbers beside and below them."""

    prints = False

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.report: VisitReport | None = None
        self.hours = BarChart("visits-hours", self.tr("Who came, by hour"))
        self.reasons = BarChart("visits-reasons", self.tr("Who came, by reason"))
        self.figures = KeyValues("visits-figure")
        self.table = FiguresTable("visits-rows", self.tr("Who came"), (
            Column(self.tr("By reason, hour and person")), Column(self.tr("Came"), figures=True, width=70),
            Column(self.tr("Served"), figures=True, width=76), Column(self.tr("Left"), figures=True, width=64),
            Column(self.tr("Half waited"), figures=True, width=130),
            Column(self.tr("9 of 10 waited"), figures=True, width=130),
            Column(self.tr("Served for"), figures=True, width=130),
        ))  # fmt: skip
        self.none = EmptyState(
            self.tr("Nobody came in this period"),
            self.tr("Tickets of the queue and contacts without money (Ctrl F9) count here."),
        )
        self._assemble()

    def _assemble(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        charts = QHBoxLayout()
        charts.setSpacing(12)
        whole = Card(self.tr("In all"))
        whole.body.addWidget(self.figures)
        whole.body.addStretch(1)
        whole.setFixedWidth(_FIGURES)
        charts.addWidget(whole)
        for title, chart, wide in (
            (self.tr("By hour"), self.hours, 3), (self.tr("By reason"), self.reasons, 2),
        ):  # fmt: skip
            card = Card(title)
            card.body.addWidget(chart)
            charts.addWidget(card, wide)
        holder = QWidget()
        holder.setLayout(charts)
        charts.setContentsMargins(0, 0, 0, 0)
        holder.setFixedHeight(_CHARTS)
        box.addWidget(holder)
        rows = Card("", flush=True)
        rows.body.addWidget(self.table, 1)
        rows.body.addWidget(self.none, 1)
        box.addWidget(rows, 1)

    def load(self) -> None:
        """Read the period."""
        period = self.period
        if period is not None:
            desk, actor = self.context.desk, self.context.actor
            self.context.read(lambda: visit_reports.visit_report(desk, actor, period.first, period.last), self._show)

    def save(self) -> None:
        """Save the numbers as CSV."""
        report = self.report
        if report is not None:
            what = Taken("visits", report.first, report.last)
            name = f"visits-{report.first}-{report.last}.csv"
            take_file(self.context, what, name, lambda: (visit_reports.report_csv(report), report.everybody.came))

    def first_focus(self) -> QWidget:
        """The numbers."""
        return self.table

    def _show(self, report: VisitReport) -> None:
        self.report = report
        every = report.everybody
        self.hours.show_bars([Bar(one.key, one.came) for one in _every_hour(report.hours)])
        self.reasons.show_bars([Bar(one.key, one.came) for one in report.reasons])
        self.figures.show_facts([
            (self.tr("Came"), str(every.came)),
            (self.tr("Served"), str(every.served)),
            (self.tr("Left before"), str(every.left)),
            (self.tr("Half waited up to"), _span(every.half_waited)),
            (self.tr("Nine of ten up to"), _span(every.most_waited)),
            (self.tr("Served for, mean"), _span(every.served_seconds)),
        ], figures=True)  # fmt: skip
        hours = tuple(replace(one, key=f"{one.key}:00") for one in report.hours)
        self.table.show_rows([self._row(one) for cut in (report.reasons, hours, report.people) for one in cut])
        self.table.setVisible(bool(every.came))
        self.none.setVisible(not every.came)

    def _row(self, one: Volume) -> Row:
        left = Cell(str(one.left), "warn", strong=True) if one.left else "–"
        waited = [_span(one.half_waited), _span(one.most_waited)] if one.served else ["–", "–"]
        served = _span(one.served_seconds) if one.served else "–"
        return [Cell(one.key, strong=True), str(one.came), str(one.served), left, *waited, served]


def _span(seconds: int) -> str:
    return span_words(timedelta(seconds=seconds))


def _every_hour(found: tuple[Volume, ...]) -> tuple[Volume, ...]:
    """Show the hours in which nobody came as well: a gap in the day is what the chart is looked at for."""
    if not found:
        return ()
    by = {one.key: one for one in found}
    hours = range(int(found[0].key), int(found[-1].key) + 1)
    return tuple(by.get(f"{hour:02d}", Volume(f"{hour:02d}", 0, 0, 0, 0, 0)) for hour in hours)
