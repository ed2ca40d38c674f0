"""Counting by denomination: pieces in, amounts beside them, Tab or ↓ for the next."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QRegularExpression, Qt, Signal
from PySide6.QtGui import QKeyEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QWidget

from csr_desk.domain.drawer import PIECES, cash_total
from csr_desk.domain.money import Cents, shown
from csr_desk.ui.theme import say
from csr_desk.ui.widgets.words import Label

_NOTES = 7
"""$100 to $1 stand on the left, the coins on the right."""


class PiecesGrid(QFrame):
    """Two columns of denominations; ``changed`` whenever a number of pieces changes."""

    changed = Signal()
    finished = Signal()
    """Enter or ↓ on the last denomination."""

    def __init__(self, name: str = "pieces") -> None:
        """``name`` prefixes the identifiers: ``pieces-2000`` is the number of $20 notes."""
        super().__init__()
        self._fields: dict[Cents, QLineEdit] = {}
        self._amounts: dict[Cents, Label] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 0, 12, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(5)
        for block, head in ((0, self.tr("Note or coin")), (4, self.tr("Coin"))):
            for at, text in enumerate((head, self.tr("Pieces"), self.tr("Amount"))):
                label = Label(text, "small")
                label.setAlignment(Qt.AlignmentFlag.AlignRight if at else Qt.AlignmentFlag.AlignLeft)
                grid.addWidget(label, 0, block + at)
        grid.setColumnMinimumWidth(3, 20)
        for column in (2, 6):
            grid.setColumnStretch(column, 1)
        for at, (value, words) in enumerate(PIECES):
            row, block = (at + 1, 0) if at < _NOTES else (at - _NOTES + 1, 4)
            self._add(grid, row, block, value, words, name)

    def _add(self, grid: QGridLayout, row: int, block: int, value: Cents, words: str, name: str) -> None:
        field = QLineEdit()
        field.setObjectName(f"{name}-{value}")
        field.setAccessibleIdentifier(f"{name}-{value}")
        field.setAccessibleName(self.tr("Pieces of {0}").format(words))
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.setValidator(QRegularExpressionValidator(QRegularExpression(r"\d{0,5}"), field))
        field.setPlaceholderText("0")
        field.setFixedWidth(64)
        say(field, role="pieces")
        field.textChanged.connect(lambda _text, of=value: self._changed(of))
        field.installEventFilter(self)
        amount = Label("0.00", "", f"{name}-{value}-amount")
        amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        amount.setMinimumWidth(76)
        label = Label(words)
        label.setBuddy(field)
        grid.addWidget(label, row, block)
        grid.addWidget(field, row, block + 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(amount, row, block + 2)
        self._fields[value] = field
        self._amounts[value] = amount

    def pieces(self) -> dict[Cents, int]:
        """Pieces by value in cents, only those that are there."""
        return {value: int(field.text()) for value, field in self._fields.items() if field.text() not in {"", "0"}}

    def set_pieces(self, pieces: Mapping[Cents, int]) -> None:
        """Show a count."""
        for value, field in self._fields.items():
            number = pieces.get(value, 0)
            field.setText(str(number) if number else "")

    def clear(self) -> None:
        """Start again from nothing."""
        self.set_pieces({})

    def total(self) -> Cents:
        """The sum of all pieces in cents."""
        return cash_total(self.pieces())

    def first_field(self) -> QWidget:
        """Where counting begins: the $100 notes."""
        return next(iter(self._fields.values()))

    def set_read_only(self, read_only: bool) -> None:
        """Freeze or free the numbers."""
        for field in self._fields.values():
            field.setReadOnly(read_only)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """↓ and Enter go to the next denomination, ↑ to the one before."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, QLineEdit):
            plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
            if plain and event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._step(watched, 1)
                return True
            if plain and event.key() == Qt.Key.Key_Up:
                self._step(watched, -1)
                return True
        return super().eventFilter(watched, event)

    def _step(self, field: QLineEdit, by: int) -> None:
        fields = list(self._fields.values())
        at = fields.index(field) + by
        if at == len(fields):
            self.finished.emit()
        elif at >= 0:
            fields[at].setFocus(Qt.FocusReason.TabFocusReason)
            fields[at].selectAll()

    def _changed(self, value: Cents) -> None:
        text = self._fields[value].text()
        self._amounts[value].setText(shown(value * int(text or "0")))
        self.changed.emit()
