"""Catches a licence that is scanned into whatever field has the focus, line ends and all, before the field sees it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from csr_desk.devices.card_scans import CardReader, Key
from csr_desk.ui.widgets.search_box import now_ms

QUIET_MS = 150
"""A card has ended when no key has come for so long."""
_ENDS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class CardScans(QObject):
    """``scanned`` tells the whole payload; the field keeps what stood in it."""

    scanned = Signal(str)

    def __init__(self, parent: QObject, clock_ms: Callable[[], int] = now_ms) -> None:
        """Watch nothing yet; ``clock_ms`` tells a scanner from a person."""
        super().__init__(parent)
        self._reader = CardReader()
        self._clock_ms = clock_ms
        self._before: tuple[QLineEdit, str] | None = None
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET_MS)
        self._quiet.timeout.connect(self._ended)

    def watch(self, field: QWidget) -> None:
        """Listen to a field as well; filters that are put on it later hear a key first."""
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of a card, and the shortcuts that its control characters would be."""
        if not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride and self._reader.expects(self._clock_ms()):
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress:
            char = "\n" if event.key() in _ENDS else event.text()
            return bool(char or self._reader.reading) and self._heard(watched, char)
        return super().eventFilter(watched, event)

    def _heard(self, watched: QObject, char: str) -> bool:
        text = watched.text() if isinstance(watched, QLineEdit) else ""
        heard = self._reader.key(char, self._clock_ms())
        if heard is Key.TYPED:
            self._before = (watched, text) if isinstance(watched, QLineEdit) else None
            return False
        if heard is Key.BEGAN and self._before is not None:
            field, stood = self._before
            field.setText(stood)
        self._quiet.start()
        return True

    def _ended(self) -> None:
        self._before = None
        self.scanned.emit(self._reader.take())
