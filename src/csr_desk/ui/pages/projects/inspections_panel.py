"""The inspections of a project's permits, with what may be done about each."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from csr_desk.domain.inspections import Inspection
from csr_desk.ui.context import Context
from csr_desk.ui.dates import us_date
from csr_desk.ui.field_work.words import due_words, look_words, standing, tone_of
from csr_desk.ui.pages.projects.inspections_presenter import InspectionsPicture, InspectionsPresenter
from csr_desk.ui.project_panel import ProjectPanel
from csr_desk.ui.widgets import Card, EmptyState, Label
from csr_desk.ui.widgets.figures_table import Cell, Column, FiguresTable, Row
from csr_desk.ui.widgets.key_row import KeyRow


class InspectionsPanel(ProjectPanel):
    """What waits stands above, by its day; then what was failed, passed and called off."""

    def __init__(self, context: Context) -> None:
        """State, widgets, assemble."""
        super().__init__(context)
        self.presenter = do = InspectionsPresenter(context, self)
        self._picked = ""
        self._numbers: list[str] = []
        self.rows = FiguresTable("project-inspections", self.tr("Inspections"), (
            Column(self.tr("Number"), width=150), Column(self.tr("What")), Column(self.tr("Permit"), width=150),
            Column(self.tr("Stands"), width=140), Column(self.tr("Inspector"), width=150),
            Column(self.tr("Day"), width=220),
        ))  # fmt: skip
        self.nothing = EmptyState(
            self.tr("No inspection"), self.tr("What an inspector is to look at on this project stands here.")
        )
        self.words = Label("", "soft", "inspection-words")
        self.words.setWordWrap(True)
        self.ask = self.key("look-ask", self.tr("Ask for one…"), "Alt+N", do.ask)
        self.schedule = self.key("look-schedule", self.tr("Set a day…"), "Alt+S", lambda: do.schedule(self.at))
        self.passed = self.key("look-passed", self.tr("Passed…"), "Alt+P", lambda: do.record(self.at, passed=True))
        self.failed = self.key("look-failed", self.tr("Failed…"), "Alt+F", lambda: do.record(self.at, passed=False))
        self.cancel = self.key("look-cancel", self.tr("Call off…"), "Alt+C", lambda: do.cancel(self.at))
        self._assemble()
        self.show_picture(InspectionsPicture())

    def _assemble(self) -> None:
        card = Card(self.tr("Inspections"), self.tr("of the permits of this project"), flush=True)
        for widget, share in ((self.rows, 1), (self.nothing, 1), (self.words, 0)):
            card.body.addWidget(widget, share)
        self.words.setContentsMargins(12, 8, 12, 0)
        card.body.addWidget(KeyRow(self.ask, self.schedule, self.passed, self.failed, self.cancel))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card, 1)
        self.rows.selectionModel().currentRowChanged.connect(lambda *_rows: self._moved())

    @property
    def at(self) -> int:
        """The row of the cursor."""
        return self.rows.currentIndex().row()

    def show_project(self, project_no: str) -> None:
        """Show the inspections of a project."""
        self.presenter.show(project_no)

    def pick(self, number: str) -> None:
        """Put the cursor on one of them, as soon as they were read."""
        self._picked = number
        self._go_to()

    def first_focus(self) -> QWidget:
        """The table."""
        return self.rows

    def show_picture(self, picture: InspectionsPicture) -> None:
        """Show what the presenter read."""
        before = self._numbers[self.at] if 0 <= self.at < len(self._numbers) else ""
        self._numbers = [one.number for one in picture.rows]
        self.rows.setVisible(bool(picture.rows))
        self.nothing.setVisible(not picture.rows)
        self.rows.show_rows([self._row(picture, one) for one in picture.rows])
        self.ask.setEnabled(picture.may_ask and bool(picture.permits))
        self._go_to(before)
        self._moved()

    def _go_to(self, before: str = "") -> None:
        """Put the cursor on what was picked, else leave it on the one it was on, wherever that stands now."""
        wanted = self._picked or before
        if wanted in self._numbers:
            self._picked = ""
            self.rows.go_to(self._numbers.index(wanted))

    def _moved(self) -> None:
        """Offer what the inspection of the cursor allows, and say what is known of it."""
        one = self.presenter.row_at(self.at)
        steps = {self.schedule: "schedule", self.passed: "pass", self.failed: "fail", self.cancel: "cancel"}
        for action, step in steps.items():
            action.setEnabled(self.presenter.can(step, self.at))
        self.words.setVisible(one is not None)
        if one is not None:
            redone = self.tr("redoes {0}").format(one.repeats) if one.repeats else ""
            self.words.setText("   ·   ".join(text for text in (one.site, one.contact, redone, one.result) if text))

    def _row(self, picture: InspectionsPicture, one: Inspection) -> Row:
        late = picture.late(one)
        day = us_date(one.inspected_on) if one.inspected_on else due_words(one.due_on, late)
        return [
            one.number, look_words(one.kind), one.permit, Cell(standing(one.state), tone=tone_of(one.state, 0)),
            one.inspector or self.tr("nobody yet"), Cell(day, tone=tone_of(one.state, late), strong=bool(late)),
        ]  # fmt: skip
