"""The list of permits and contractors' papers that ran out or end soon: whom to remind, by mail or by telephone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from csr_desk.ui.context import Context
from csr_desk.ui.dates import us_date
from csr_desk.ui.pages.projects.endings_presenter import EndingsPicture, EndingsPresenter
from csr_desk.ui.panel import Panel
from csr_desk.ui.widgets import Card, EmptyState, Label
from csr_desk.ui.widgets.figures_table import Cell, Column, FiguresTable, Row
from csr_desk.ui.widgets.key_row import KeyRow

if TYPE_CHECKING:
    from csr_desk.services.permit_reminders import Ending


class EndingsPanel(Panel):
    """One list, the soonest first; Enter opens what the cursor is on."""

    def __init__(self, context: Context) -> None:
        """State, widgets, assemble."""
        super().__init__(context)
        self.presenter = EndingsPresenter(context, self)
        go = self.presenter
        self.table = FiguresTable("endings", self.tr("What ends soon"), (
            Column(self.tr("What"), width=120), Column(self.tr("Number, place or trade")),
            Column(self.tr("Whose"), width=260), Column(self.tr("Telephone"), width=160),
            Column(self.tr("Last day"), width=110), Column(self.tr("Left"), figures=True, width=90),
            Column(self.tr("Reminder"), width=170),
        ))  # fmt: skip
        self.none = EmptyState(
            self.tr("Nothing ends soon"),
            self.tr("Permits and contractors’ papers stand here before their last day, and once it is past."),
        )
        self.head = Label("", "soft", "endings-head")
        self.remind = self.key("endings-remind", self.tr("Remind them"), "Alt+M", go.remind)
        self.ended = self.key("endings-ended", self.tr("Record what ran out"), "Alt+R", go.note_ended)
        self.look = self.key("endings-open", self.tr("Open it"), "Alt+O", lambda: go.open(self.at()))
        self.ahead = self.key("endings-ahead", self.tr("Look further ahead"), "Alt+D", go.look_ahead)
        self._assemble()
        self.table.activated.connect(lambda index: go.open(index.row()))
        self.show_picture(EndingsPicture())

    def _assemble(self) -> None:
        card = Card(self.tr("What ends soon"), self.tr("permits and contractors’ papers"), flush=True)
        card.head.addWidget(self.head)
        card.body.addWidget(self.table, 1)
        card.body.addWidget(self.none, 1)
        card.body.addWidget(KeyRow(self.remind, self.ended, self.look, self.ahead))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)

    def load(self) -> None:
        """Read the list anew."""
        self.presenter.load()

    def first_focus(self) -> QWidget:
        """The list."""
        return self.table

    def at(self) -> int:
        """The row of the cursor; below zero for none."""
        return self.table.currentIndex().row()

    def show_picture(self, picture: EndingsPicture) -> None:
        """Show what the presenter read."""
        self.head.setText(picture.head)
        self.table.setVisible(bool(picture.endings))
        self.none.setVisible(not picture.endings)
        self.table.show_rows([self._row(picture, one) for one in picture.endings])
        for action in (self.remind, self.ended):
            action.setVisible(picture.may)
        self.remind.setEnabled(picture.may and bool(picture.count("not_yet")))
        self.ended.setEnabled(picture.may and bool(picture.expired_permits))
        self.look.setEnabled(bool(picture.endings))

    def _row(self, picture: EndingsPicture, one: Ending) -> Row:
        kinds = {
            "licence": self.tr("Licence"), "insurance": self.tr("Insurance"), "bond": self.tr("Bond"),
            "registration": self.tr("Registration"), "permit": self.tr("Permit"),
        }  # fmt: skip
        told = {
            "queued": Cell(self.tr("in the outbox, or sent"), "text_soft"),
            "not_yet": Cell(self.tr("not yet"), strong=True),
            "no_mail": Cell(self.tr("no mail: call them"), "warn"),
            "over": Cell(self.tr("ran out"), "bad"),
        }[one.told]
        what = kinds["permit" if one.kind is None else one.kind.value]
        days = (one.day - picture.today).days if picture.today is not None else 0
        left = self.tr("over") if days < 0 else self.tr("today") if days == 0 else self.tr("{0} d").format(days)
        said = " · ".join(part for part in (one.number, one.what.replace("_", " ")) if part)
        whose = one.name or self.tr("nobody in the files")
        return [what, said, whose, one.phone, us_date(one.day), Cell(left, "bad" if days < 0 else ""), told]
