"""Notes and coins keyed by number of pieces: Tab, Enter or ↓ for the next, ↑ for the one before."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QIntValidator, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from csr_desk.domain.drawer import PIECES
from csr_desk.domain.money import Cents, shown
from csr_desk.ui.theme import colour

_NOTES = tuple(piece for piece in PIECES if piece[0] >= 100)  # noqa: PLR2004 - a dollar
_COINS = tuple(piece for piece in PIECES if piece[0] < 100)  # noqa: PLR2004
ROW_HEIGHT = 37
_MARK_WIDTH = 3
_FORWARD = {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}


class CountedRow(QWidget):
    """A row that is marked while the focus is in one of its fields, by a bar and a tint (not colour alone)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._current = False
        self.setFixedHeight(ROW_HEIGHT)

    def watch(self, field: QLineEdit) -> None:
        """Mark the row while ``field`` has the focus."""
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the focus of the fields of this row."""
        if isinstance(event, QFocusEvent):
            self._current = event.gotFocus()
            self.update()
            if event.gotFocus() and isinstance(watched, QLineEdit):
                watched.selectAll()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Tint the current row, mark its left edge, and draw the line below."""
        painter = QPainter(self)
        if self._current:
            painter.fillRect(self.rect(), colour("select"))
            painter.fillRect(0, 0, _MARK_WIDTH, self.height(), colour("accent"))
        painter.setPen(colour("line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()


class PieceRow(CountedRow):
    """One denomination: its name, the number of pieces, what they make."""

    changed = Signal()

    def __init__(self, value: Cents, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.value = value
        self.field = QLineEdit(self)
        self.field.setValidator(QIntValidator(0, 99_999, self.field))
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.field.setFixedWidth(64)
        self.field.setPlaceholderText("0")
        self.field.setAccessibleName(self.tr("Pieces of %s") % name)
        self.field.setAccessibleIdentifier(f"pieces-{value}")
        self.field.setObjectName(f"pieces-{value}")
        self._amount = QLabel("0.00", self)
        self._amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._amount.setAccessibleIdentifier(f"amount-{value}")
        self._amount.setMinimumWidth(88)
        label = QLabel(name, self)
        label.setBuddy(self.field)
        box = QHBoxLayout(self)
        box.setContentsMargins(12, 0, 12, 0)
        box.addWidget(label, 1)
        box.addWidget(self.field)
        box.addWidget(self._amount)
        self.watch(self.field)
        self.field.textChanged.connect(self._on_text)

    @property
    def number(self) -> int:
        """Pieces keyed; nothing keyed is none."""
        text = self.field.text().strip()
        return int(text) if text.isascii() and text.isdigit() else 0

    def _on_text(self) -> None:
        self._amount.setText(shown(self.value * self.number))
        self.changed.emit()


class PiecesGrid(QWidget):
    """All notes on the left, all coins on the right."""

    changed = Signal()
    finished = Signal()
    """Enter in the last field."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = [PieceRow(value, name, self) for value, name in PIECES]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        halves = ((self.tr("Note"), _NOTES), (self.tr("Coin"), _COINS))
        for column, (title, pieces) in enumerate(halves):
            box = QVBoxLayout()
            box.setSpacing(0)
            box.addWidget(_heads(self, title, self.tr("Pieces"), self.tr("Amount")))
            for row in self._rows:
                if row.value in {value for value, _ in pieces}:
                    box.addWidget(row)
            box.addStretch(1)
            grid.addLayout(box, 0, column)
            grid.setColumnStretch(column, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        for row in self._rows:
            row.field.installEventFilter(self)
            row.changed.connect(self.changed)

    def pieces(self) -> dict[Cents, int]:
        """Pieces by value in cents, without the empty ones."""
        return {row.value: row.number for row in self._rows if row.number}

    def total(self) -> Cents:
        """What all the pieces make (cents)."""
        return sum(row.value * row.number for row in self._rows)

    def set_pieces(self, pieces: Mapping[Cents, int]) -> None:
        """Show these pieces."""
        for row in self._rows:
            number = pieces.get(row.value, 0)
            row.field.setText(str(number) if number else "")

    def clear(self) -> None:
        """Empty every field."""
        self.set_pieces({})

    def field(self, value: Cents) -> QLineEdit:
        """The field of a denomination."""
        return next(row.field for row in self._rows if row.value == value)

    def first_focus(self) -> QLineEdit:
        """The field where keying begins."""
        return self._rows[0].field

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and ↓ go to the next denomination, ↑ to the one before; Enter in the last says finished."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, QLineEdit):
            plain_key = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
            if plain_key and (event.key() in _FORWARD or event.key() == Qt.Key.Key_Up):
                self._step(watched, forward=event.key() in _FORWARD, entered=event.key() != Qt.Key.Key_Down)
                return True
        return super().eventFilter(watched, event)

    def _step(self, at: QLineEdit, *, forward: bool, entered: bool) -> None:
        fields = [row.field for row in self._rows]
        target = fields.index(at) + (1 if forward else -1)
        if 0 <= target < len(fields):
            fields[target].setFocus(Qt.FocusReason.TabFocusReason)
        elif forward and entered:
            self.finished.emit()


def _heads(parent: QWidget, *titles: str) -> QWidget:
    heads = QWidget(parent)
    box = QHBoxLayout(heads)
    box.setContentsMargins(12, 0, 12, 4)
    for at, title in enumerate(titles):
        label = QLabel(title, heads)
        label.setProperty("role", "column")
        if at:
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
            label.setFixedWidth(64 if at == 1 else 88)
        box.addWidget(label, 0 if at else 1)
    return heads
