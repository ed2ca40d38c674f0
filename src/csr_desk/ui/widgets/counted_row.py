"""A row of fields that is marked while one of them has the focus, and the keys that lead from row to row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from csr_desk.ui.theme import colour, say
from csr_desk.ui.widgets.words import Label

ROW_HEIGHT = 37
EDGE = 12
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MARK_WIDTH = 3
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1, Qt.Key.Key_Up: -1}


class PassOn(QObject):
    """Lets Ctrl+End through to the page (stop selling and count); a field would take it to move its cursor."""

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field)
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the key to the shortcuts of the window."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_End
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)


class CountedRow(QWidget):
    """Marked at its left edge and tinted while the focus is in one of its fields (never by colour alone)."""

    def __init__(self) -> None:
        super().__init__()
        self._current = False
        self.setFixedHeight(ROW_HEIGHT)
        self.box = QHBoxLayout(self)
        self.box.setContentsMargins(EDGE, 0, EDGE, 0)
        self.box.setSpacing(10)

    def watch(self, field: QLineEdit, width: int) -> None:
        """Mark the row while ``field`` has the focus; it looks like every counted field."""
        field.setAlignment(RIGHT)
        field.setFixedWidth(width)
        say(field, role="pieces")
        field.installEventFilter(self)
        PassOn(field)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the focus; what stands in a field is replaced by what is keyed."""
        if isinstance(event, QFocusEvent):
            self._current = event.gotFocus()
            self.update()
            if event.gotFocus() and isinstance(watched, QLineEdit):
                watched.selectAll()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Tint the row of the focus, mark its edge, draw the line below."""
        painter = QPainter(self)
        if self._current:
            painter.fillRect(self.rect(), colour("select"))
            painter.fillRect(0, 0, _MARK_WIDTH, self.height(), colour("accent"))
        painter.setPen(colour("line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()


class ArrowKeys(QObject):
    """Enter and ↓ lead to the next field of a series, ↑ to the one before; every other key stays as it is."""

    finished = Signal()
    """Enter or ↓ in the last field."""

    def __init__(self, fields: Sequence[QLineEdit], parent: QObject) -> None:
        super().__init__(parent)
        self._fields = list(fields)
        for field in self._fields:
            field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the plain arrow and Enter keys (Ctrl+Enter is the page's)."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            bare = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
            step = _STEPS.get(Qt.Key(event.key()))
            if bare and step is not None:
                self._step(watched, step)
                return True
        return super().eventFilter(watched, event)

    def _step(self, watched: QObject, step: int) -> None:
        at = next((index for index, field in enumerate(self._fields) if field is watched), -1)
        reach = range(at + 1, len(self._fields)) if step > 0 else range(at - 1, -1, -1)
        for index in reach:
            if self._fields[index].isEnabled():
                self._fields[index].setFocus(Qt.FocusReason.TabFocusReason)
                return
        if step > 0:
            self.finished.emit()


def column_heads(*columns: tuple[str, int]) -> QWidget:
    """Heads of columns (text, width in pixels); a width of 0 takes what is left and stands at the left."""
    line = QWidget()
    box = QHBoxLayout(line)
    box.setContentsMargins(EDGE, 2, EDGE, 6)
    box.setSpacing(10)
    for text, width in columns:
        label = Label(text, "small")
        if width > 0:
            label.setAlignment(RIGHT)
        if width:
            label.setFixedWidth(abs(width))
        box.addWidget(label, 0 if width else 1)
    return line
