"""The record behind a customer's page: their parts in accounts, the records joined with theirs, the disclosure log."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.ui.page import Page
from csr_desk.ui.pages.customer.record_presenter import RecordPicture, RecordPresenter
from csr_desk.ui.widgets import Card, KeyButton, Label
from csr_desk.ui.widgets.figures_table import Cell, Column, FiguresTable


class RecordPanel(QWidget):
    """Three lists, one below the other, each with what may be done about it; Esc goes back to the page."""

    escaped = Signal()

    def __init__(self, page: Page) -> None:
        """State, widgets, keys (offered while it is in front), assemble."""
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Parts and record"))
        self.setAccessibleIdentifier("record")
        self.presenter = RecordPresenter(page.context, self)
        self.picture = RecordPicture()
        self.parts = FiguresTable("record-parts", self.tr("Parts in accounts"), (
            Column(self.tr("Account"), width=130), Column(self.tr("Service")), Column(self.tr("As"), width=110),
            Column(self.tr("Who"), width=250), Column(self.tr("Since"), width=104), Column(self.tr("Until"), width=104),
        ))  # fmt: skip
        self.joined = FiguresTable("record-joined", self.tr("Joined records"), (
            Column(self.tr("Record"), width=210), Column(self.tr("Name")), Column(self.tr("Joined with"), width=210),
        ))  # fmt: skip
        self.told = FiguresTable("record-told", self.tr("Disclosure log"), (
            Column(self.tr("When"), width=118), Column(self.tr("What was done"), width=180),
            Column(self.tr("What"), width=190), Column(self.tr("To whom"), width=150),
            Column(self.tr("How they proved it, or which paper")), Column(self.tr("By"), width=150),
        ))  # fmt: skip
        self.title = Label("", "head", "record-title")
        self.no_parts = Label(self.tr("Nobody has a part in an account that is in another’s name."), "soft", "no-parts")
        self.no_joined = Label(self.tr("No other record was joined with this one."), "soft", "no-joined")
        self.no_told = Label("", "soft", "no-told")
        go, key = self.presenter, page.key
        self.add = key("record-add-part", self.tr("Add a part…"), "Alt+A", go.add_part)
        self.end = key("record-end-part", self.tr("End it…"), "Alt+Q", self._end)
        self.join = key("record-join", self.tr("Join another record…"), "Alt+J", self._join)
        self.part = key("record-part", self.tr("Part it again…"), "Alt+K", self._part)
        self.back = key("record-back", self.tr("Back"), "Alt+B", self.escaped.emit)
        self.offered = ""
        """The record that is picked in the list beside it: most likely the other one."""
        self._assemble()
        for table in (self.parts, self.joined):
            table.selectionModel().currentRowChanged.connect(lambda *_: self.let_keys(front=self.isVisible()))
        self.let_keys(front=False)

    def _assemble(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(KeyButton.for_action(self.back))
        parts = Card(self.tr("Parts in accounts"), self.tr("owner, tenant, contractor, payer, agent"), flush=True)
        joined = Card(self.tr("Joined records"), self.tr("of the same person"), flush=True)
        told = Card(self.tr("Disclosure log"), self.tr("what was told of a confidential customer"), flush=True)
        _fill(parts, self.parts, self.no_parts, (self.add, self.end))
        _fill(joined, self.joined, self.no_joined, (self.join, self.part))
        _fill(told, self.told, self.no_told, ())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        for card, share in ((parts, 3), (joined, 2), (told, 3)):
            column.addWidget(card, share)

    def show_record(self, picture: RecordPicture) -> None:
        """Show the record of a customer."""
        self.picture = picture
        self.title.setText(self.tr("Record of {0} · {1}").format(picture.name, picture.number))
        self.no_told.setText(
            self.tr("Nothing was told yet.") if picture.confidential
            else self.tr("This customer did not ask to be confidential; nothing needs to be logged.")
        )  # fmt: skip
        self.parts.show_rows([_soft(row, soft=at in picture.ended) for at, row in enumerate(picture.parts)])
        self.joined.show_rows([list(row) for row in picture.joined])
        self.told.show_rows([list(row) for row in picture.told])
        for table, none in ((self.parts, self.no_parts), (self.joined, self.no_joined), (self.told, self.no_told)):
            filled = bool(table.texts())
            table.setVisible(filled)
            none.setVisible(not filled)
            if filled:
                table.go_to(0)
        self.let_keys(front=self.isVisible())

    def first_focus(self) -> QWidget:
        """The first list with something in it."""
        tables = (self.parts, self.joined, self.told)
        return next((table for table in tables if table.texts()), self)

    def let_keys(self, *, front: bool) -> None:
        """Offer what can be done with what is picked; who may not do it does not see it."""
        go = self.presenter
        may = {
            self.add: (go.may_edit, True),
            self.end: (go.may_edit, go.part_at(self.parts.currentIndex().row()) is not None),
            self.join: (go.may_join, True),
            self.part: (go.may_join, bool(self.picture.joined)),
            self.back: (True, True),
        }
        for action, (allowed, now) in may.items():
            action.setEnabled(front and allowed and now)
            action.setVisible(allowed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def _end(self) -> None:
        self.presenter.end_part(self.parts.currentIndex().row())

    def _join(self) -> None:
        self.presenter.join(self.offered)

    def _part(self) -> None:
        self.presenter.part_again(self.joined.currentIndex().row())


def _soft(row: tuple[str, ...], *, soft: bool) -> list[str | Cell]:
    return [Cell(words, tone="text_soft" if soft else "") for words in row]


def _fill(card: Card, table: FiguresTable, none: Label, actions: tuple[QAction, ...]) -> None:
    none.setContentsMargins(12, 4, 12, 12)
    none.setAlignment(Qt.AlignmentFlag.AlignTop)
    card.body.addWidget(table, 1)
    card.body.addWidget(none, 1)
    if actions:
        row = QHBoxLayout()
        row.setContentsMargins(12, 8, 12, 12)
        row.setSpacing(8)
        for action in actions:
            row.addWidget(KeyButton.for_action(action))
        row.addStretch(1)
        card.body.addLayout(row)
