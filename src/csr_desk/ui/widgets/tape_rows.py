"""Checks of a drawer: each one ticked off with its amount, the tape adds them up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from csr_desk.domain.money import Cents, shown
from csr_desk.ui.widgets.money_field import MoneyField
from csr_desk.ui.widgets.words import Label


@dataclass(frozen=True, slots=True)
class TapeItem:
    """One paper in the drawer, without its amount (the count is blind)."""

    number: str
    who: str


class TapeRows(QWidget):
    """A row for each paper; a row counts as ticked once its amount is keyed."""

    changed = Signal()
    finished = Signal()
    """Enter or ↓ on the last row."""

    def __init__(self, name: str = "tape") -> None:
        """``name`` prefixes the identifiers: ``tape-1`` is the first amount."""
        super().__init__()
        self._name = name
        self._fields: list[MoneyField] = []
        self._ticks: list[Label] = []
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        box.addWidget(self._area, 1)
        self._tape = Label("", "strong", f"{name}-total")
        self._tape.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._tape.setContentsMargins(12, 4, 12, 8)
        box.addWidget(self._tape)
        self.show_items(())

    def show_items(self, items: Sequence[TapeItem]) -> None:
        """Show these papers, none ticked yet."""
        self._fields, self._ticks = [], []
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(12, 0, 12, 0)
        grid.setColumnStretch(2, 1)
        heads = (self.tr("✓"), self.tr("Check"), self.tr("From"), self.tr("Amount on the check"))
        for column, text in enumerate(heads):
            grid.addWidget(Label(text, "small"), 0, column)
        for row, item in enumerate(items, start=1):
            field = MoneyField(f"{self._name}-{row}", self.tr("Amount on check {0}").format(item.number))
            field.setFixedWidth(120)
            field.keyed.connect(self._changed)
            field.installEventFilter(self)
            tick = Label("", "good")
            tick.setFixedWidth(18)
            grid.addWidget(tick, row, 0)
            grid.addWidget(Label(item.number), row, 1)
            grid.addWidget(Label(item.who), row, 2)
            grid.addWidget(field, row, 3)
            self._fields.append(field)
            self._ticks.append(tick)
        grid.setRowStretch(len(items) + 1, 1)
        self._area.setWidget(inside)
        self._show_total()

    def items(self) -> int:
        """How many are ticked."""
        return sum(field.cents() is not None for field in self._fields)

    def total(self) -> Cents:
        """The tape (cents)."""
        return sum(field.cents() or 0 for field in self._fields)

    def clear(self) -> None:
        """Untick everything."""
        for field in self._fields:
            field.set_cents(None)
        self._changed()

    def first_field(self) -> QWidget | None:
        """Where ticking begins."""
        return self._fields[0] if self._fields else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """↓ and Enter go to the next check, ↑ to the one before."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, QLineEdit):
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1, Qt.Key.Key_Up: -1}
            step = steps.get(Qt.Key(event.key()))
            if step is not None and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._step(watched, step)
                return True
        return super().eventFilter(watched, event)

    def _step(self, field: QObject, by: int) -> None:
        at = next(index for index, other in enumerate(self._fields) if other is field) + by
        if at == len(self._fields):
            self.finished.emit()
        elif at >= 0:
            self._fields[at].setFocus(Qt.FocusReason.TabFocusReason)
            self._area.ensureWidgetVisible(self._fields[at])

    def _changed(self) -> None:
        for field, tick in zip(self._fields, self._ticks, strict=True):
            tick.setText("✓" if field.cents() is not None else "")
        self._show_total()
        self.changed.emit()

    def _show_total(self) -> None:
        text = self.tr("{0} of {1} ticked   Tape {2}")
        self._tape.setText(text.format(self.items(), len(self._fields), shown(self.total())))
