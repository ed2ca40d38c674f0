"""The suspect notes of a year: a register, and each report once more (B18)."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.domain.changes import Topic
from csr_desk.domain.custody import SuspectReport
from csr_desk.domain.money import shown
from csr_desk.services import suspect_notes
from csr_desk.ui.context import Tone
from csr_desk.ui.dates import us_date
from csr_desk.ui.page import Page
from csr_desk.ui.pages.balancing.places import PlacePanel
from csr_desk.ui.widgets import Card, EmptyState, KeyButton, KeyValues
from csr_desk.ui.widgets.figures_table import Cell, Column, FiguresTable, Row
from csr_desk.ui.widgets.pick_list import Pick

_A_YEAR = timedelta(days=366)


class SuspectsPlace(PlacePanel):
    """Notes above, what is known of the one that is picked below."""

    shows: ClassVar[frozenset[Topic]] = frozenset({Topic.SUSPECTS})

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.reports: tuple[SuspectReport, ...] = ()
        self.table = FiguresTable("suspects", self.tr("Suspect notes"), (
            Column(self.tr("Date"), width=110), Column(self.tr("Note"), figures=True, width=100),
            Column(self.tr("Serial"), width=170), Column(self.tr("Series"), width=90),
            Column(self.tr("Drawer"), width=100), Column(self.tr("Reported by")),
        ))  # fmt: skip
        self.none = EmptyState(
            self.tr("No suspect note within a year"),
            self.tr("Whoever receives one keeps it and reports it on the Sell page with Shift+F12."),
        )
        self.facts = KeyValues("suspect-fact")
        self.paper_key = self.key("suspect-paper", self.tr("Print the report again"), "Ctrl+P", self._paper)
        card = Card(self.tr("Suspect notes"), self.tr("↑ ↓"), flush=True)
        card.body.addWidget(self.table, 1)
        card.body.addWidget(self.none, 1)
        self.about = Card(self.tr("Who passed it"))
        self.about.body.addWidget(self.facts)
        self.about.body.addStretch(1)
        self.about.setFixedHeight(170)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(KeyButton.for_action(self.paper_key, "primary"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(card, 1)
        box.addWidget(self.about)
        box.addLayout(buttons)
        self.table.chosen.connect(lambda _row: self._show_chosen())

    # what the page asks of a place
    def load(self) -> None:
        """Read the notes of a year."""
        desk, actor = self.context.desk, self.context.actor
        today = desk.today()
        self.context.read(lambda: suspect_notes.suspect_notes(desk, actor, today - _A_YEAR, today), self._show)

    def pick(self) -> Pick:
        """How many there are."""
        number = len(self.reports)
        below = self.tr("{0} within a year").format(number) if number else self.tr("none within a year")
        return Pick("suspects", self.tr("Suspect notes"), below)

    def allowed(self, _action: object) -> bool:
        """A report is printed where one is picked."""
        return self.chosen() is not None

    def first_focus(self) -> QWidget:
        """The table."""
        return self.table

    def chosen(self) -> SuspectReport | None:
        """The note that is picked."""
        at = self.table.currentIndex().row()
        return self.reports[at] if 0 <= at < len(self.reports) else None

    def _show(self, reports: tuple[SuspectReport, ...]) -> None:
        self.reports = tuple(reversed(reports))
        self.table.setVisible(bool(reports))
        self.about.setVisible(bool(reports))
        self.none.setVisible(not reports)
        self.table.show_rows([_cells(report) for report in self.reports])
        self._show_chosen()
        self.changed.emit()

    def _show_chosen(self) -> None:
        report = self.chosen()
        facts = [] if report is None else [
            (self.tr("Description"), report.description or "–"), (self.tr("Vehicle"), report.vehicle or "–"),
            (self.tr("Remarks"), report.words or "–"), (self.tr("Witness"), report.witness or self.tr("none")),
        ]  # fmt: skip
        self.facts.show_facts(facts)
        self.let_keys(front=self.isVisible())

    def _paper(self) -> None:
        report = self.chosen()
        if report is not None:
            self.context.shell.print_paper(f"suspect-note-{report.serial}", lambda: _pdf(report))
            self.context.shell.banner(self.tr("The report goes to the printer."), Tone.INFO)


def _cells(report: SuspectReport) -> Row:
    return [
        us_date(report.batch.business_date), Cell(shown(report.denomination), strong=True), report.serial,
        report.series_year, report.batch.drawer_name, report.reported_by,
    ]  # fmt: skip


def _pdf(report: SuspectReport) -> bytes:
    from csr_desk.documents.suspect_report import suspect_report_pdf

    return suspect_report_pdf(report)
