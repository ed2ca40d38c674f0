"""Counting by denomination: pieces in, amounts beside them; Tab, Enter or ↓ for the next, ↑ for the one before."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRegularExpression, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from csr_desk.domain.drawer import PIECES, cash_total
from csr_desk.domain.money import Cents, shown
from csr_desk.ui.widgets.counted_row import RIGHT, ArrowKeys, CountedRow, column_heads
from csr_desk.ui.widgets.words import Label

_NOTES = 7
"""$100 to $1 stand on the left, the coins on the right."""
_PIECES_WIDTH = 64
_AMOUNT_WIDTH = 92


class PieceRow(CountedRow):
    """One denomination: its name, the number of pieces, what they make."""

    def __init__(self, name: str, value: Cents, words: str) -> None:
        super().__init__()
        self.value = value
        self.field = QLineEdit()
        self.field.setObjectName(f"{name}-{value}")
        self.field.setAccessibleIdentifier(f"{name}-{value}")
        self.field.setAccessibleName(self.tr("Pieces of {0}").format(words))
        self.field.setValidator(QRegularExpressionValidator(QRegularExpression(r"\d{0,5}"), self.field))
        self.field.setPlaceholderText("0")
        self.watch(self.field, _PIECES_WIDTH)
        self._amount = Label("0.00", "", f"{name}-{value}-amount")
        self._amount.setAlignment(RIGHT)
        self._amount.setFixedWidth(_AMOUNT_WIDTH)
        label = Label(words)
        label.setBuddy(self.field)
        self.box.addWidget(label, 1)
        self.box.addWidget(self.field)
        self.box.addWidget(self._amount)
        self.field.textChanged.connect(lambda _text: self._amount.setText(shown(self.value * self.number)))

    @property
    def number(self) -> int:
        """Pieces keyed; nothing keyed is none."""
        text = self.field.text()
        return int(text) if text.isascii() and text.isdigit() else 0


class PiecesGrid(QWidget):
    """Notes on the left, coins on the right; ``changed`` whenever a number of pieces changes."""

    changed = Signal()
    finished = Signal()
    """Enter or ↓ on the last denomination."""

    def __init__(self, name: str = "pieces") -> None:
        """``name`` prefixes the identifiers: ``pieces-2000`` is the number of $20 notes."""
        super().__init__()
        self._rows = [PieceRow(name, value, words) for value, words in PIECES]
        sides = QHBoxLayout(self)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(0)
        for head, rows in ((self.tr("Note or coin"), self._rows[:_NOTES]), (self.tr("Coin"), self._rows[_NOTES:])):
            side = QVBoxLayout()
            side.setSpacing(0)
            side.addWidget(
                column_heads((head, 0), (self.tr("Pieces"), _PIECES_WIDTH), (self.tr("Amount"), _AMOUNT_WIDTH))
            )
            for row in rows:
                side.addWidget(row)
                row.field.textChanged.connect(lambda _text: self.changed.emit())
            side.addStretch(1)
            sides.addLayout(side, 1)
        keys = ArrowKeys([row.field for row in self._rows], self)
        keys.finished.connect(self.finished)

    def pieces(self) -> dict[Cents, int]:
        """Pieces by value in cents, only those that are there."""
        return {row.value: row.number for row in self._rows if row.number}

    def set_pieces(self, pieces: Mapping[Cents, int]) -> None:
        """Show a count."""
        for row in self._rows:
            number = pieces.get(row.value, 0)
            row.field.setText(str(number) if number else "")

    def clear(self) -> None:
        """Start again from nothing."""
        self.set_pieces({})

    def total(self) -> Cents:
        """The sum of all pieces in cents."""
        return cash_total(self.pieces())

    def field(self, value: Cents) -> QLineEdit:
        """The field of a denomination in cents."""
        return next(row.field for row in self._rows if row.value == value)

    def last_field(self) -> QLineEdit:
        """Where counting ends."""
        return self._rows[-1].field

    def first_field(self) -> QLineEdit:
        """Where counting begins: the $100 notes."""
        return self._rows[0].field

    def set_read_only(self, read_only: bool) -> None:
        """Freeze or free the numbers."""
        for row in self._rows:
            row.field.setReadOnly(read_only)
