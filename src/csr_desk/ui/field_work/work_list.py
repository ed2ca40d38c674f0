"""The list of work orders that a panel shows, with what may be done about each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from csr_desk.domain.work_orders import Priority, WorkOrder
from csr_desk.ui.field_work.presenter import WorkPicture, WorkPresenter
from csr_desk.ui.field_work.words import due_words, priority_words, standing, tone_of, work_words
from csr_desk.ui.widgets import Card, EmptyState, Label
from csr_desk.ui.widgets.figures_table import Cell, Column, FiguresTable, Row
from csr_desk.ui.widgets.key_row import KeyRow

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from csr_desk.ui.panel import Panel

_PRESSING = {Priority.EMERGENCY: "bad", Priority.URGENT: "warn"}


class WorkList(QWidget):
    """By state as on the board: what waits first; its keys are those of the panel that it stands on."""

    def __init__(self, panel: Panel) -> None:
        """State, widgets, assemble."""
        super().__init__()
        self.presenter = WorkPresenter(panel.context, self)
        self._picked = ""
        self._numbers: list[str] = []
        self.orders = FiguresTable("work-orders", self.tr("Work orders"), (
            Column(self.tr("Number"), width=150), Column(self.tr("What")), Column(self.tr("How soon"), width=110),
            Column(self.tr("Stands"), width=160), Column(self.tr("Crew"), width=170),
            Column(self.tr("Due"), width=220),
        ))  # fmt: skip
        self.nothing = EmptyState(
            self.tr("No work order"), self.tr("What a crew or an agency is to do here stands in this list.")
        )
        self.words = Label("", "soft", "work-order-words")
        self.words.setWordWrap(True)
        do = self.presenter
        self.open = panel.key("work-open", self.tr("New work order…"), "Alt+N", do.open)
        self.assign = panel.key("work-assign", self.tr("Give to a crew…"), "Alt+G", lambda: do.assign(self.at))
        self.start = panel.key("work-start", self.tr("Begun"), "Alt+E", lambda: do.start(self.at))
        self.done = panel.key("work-done", self.tr("Done…"), "Alt+D", lambda: do.close(self.at, done=True))
        self.undone = panel.key("work-undone", self.tr("Not done…"), "Alt+U", lambda: do.close(self.at, done=False))
        self.cancel = panel.key("work-cancel", self.tr("Call off…"), "Alt+C", lambda: do.cancel(self.at))
        self.again = panel.key("work-again", self.tr("Open again…"), "Alt+O", lambda: do.reopen(self.at))
        self.slip = panel.key("work-slip", self.tr("Print the slip"), "Alt+P", lambda: do.print_slip(self.at))
        self._assemble()
        self.show_picture(WorkPicture())

    def _assemble(self) -> None:
        card = Card(self.tr("Work orders"), self.tr("what crews and agencies are to do"), flush=True)
        card.body.addWidget(self.orders, 1)
        card.body.addWidget(self.nothing, 1)
        card.body.addWidget(self.words)
        card.body.addWidget(KeyRow(self.open, self.assign, self.start, self.slip, *self._ends()))
        self.words.setContentsMargins(12, 8, 12, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card, 1)
        self.orders.selectionModel().currentRowChanged.connect(lambda *_rows: self._moved())

    def _ends(self) -> tuple[QAction, ...]:
        return (self.done, self.undone, self.cancel, self.again)

    @property
    def at(self) -> int:
        """The row of the cursor."""
        return self.orders.currentIndex().row()

    def first_focus(self) -> QWidget:
        """The table."""
        return self.orders

    def pick(self, number: str) -> None:
        """Put the cursor on one of them, as soon as they were read."""
        self._picked = number
        self._go_to()

    def show_picture(self, picture: WorkPicture) -> None:
        """Show what the presenter read."""
        before = self._numbers[self.at] if 0 <= self.at < len(self._numbers) else ""
        self._numbers = [one.number for one in picture.orders]
        self.orders.setVisible(bool(picture.orders))
        self.nothing.setVisible(not picture.orders)
        self.orders.show_rows([self._row(picture, one) for one in picture.orders])
        self.open.setEnabled(picture.may and bool(picture.about))
        self._go_to(before)
        self._moved()

    def _go_to(self, before: str = "") -> None:
        """Put the cursor on what was picked, else leave it on the order it was on, wherever that stands now."""
        wanted = self._picked or before
        if wanted in self._numbers:
            self._picked = ""
            self.orders.go_to(self._numbers.index(wanted))

    def _moved(self) -> None:
        """Offer what the order of the cursor allows, and say what it is about."""
        order = self.presenter.order_at(self.at)
        steps = {
            self.assign: "assign", self.start: "start", self.done: "finish", self.undone: "fail",
            self.cancel: "cancel", self.again: "open_again",
        }  # fmt: skip
        for action, step in steps.items():
            action.setEnabled(self.presenter.can(step, self.at))
        self.slip.setEnabled(order is not None)
        self.words.setVisible(order is not None)
        if order is not None:
            self.words.setText(f"{order.site}: {order.work}{f' → {order.result}' if order.result else ''}")

    def _row(self, picture: WorkPicture, one: WorkOrder) -> Row:
        late = picture.late(one)
        return [
            one.number, work_words(one.kind), Cell(priority_words(one.priority), tone=_PRESSING.get(one.priority, "")),
            Cell(standing(one.state), tone=tone_of(one.state, 0)), one.crew or self.tr("nobody"),
            Cell(due_words(one.due_on, late), tone=tone_of(one.state, late), strong=bool(late)),
        ]  # fmt: skip
