"""A field for a few lines of words: Enter says that it is all, Shift with Enter begins a new line."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class WordsEdit(QPlainTextEdit):
    """Enter goes on to whatever the field lies in, Tab to the next field."""

    def __init__(self, name: str, label: str, high: int = 84) -> None:
        """``label`` is the accessible name, ``high`` its height (pixels)."""
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFixedHeight(high)
        self.setObjectName(name)
        self.setAccessibleIdentifier(name)
        self.setAccessibleName(label)

    def words(self) -> str:
        """What stands in it, without blanks around it."""
        return self.toPlainText().strip()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to what the field lies in."""
        if event.key() in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)
