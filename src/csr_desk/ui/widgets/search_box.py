"""The one box where everything is found: typing, Enter, arrows, and scanners that type faster than anybody."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit

from csr_desk.devices.scanner import Kind, ScanReader
from csr_desk.ui.icons import pixmap
from csr_desk.ui.theme import say
from csr_desk.ui.widgets.words import Label


def now_ms() -> int:
    """Milliseconds of a clock that never runs backwards, to tell devices from people."""
    return time.monotonic_ns() // 1_000_000


class _Edit(QLineEdit):
    """The line inside the box; keys that move or finish go to the box."""

    def __init__(self, box: SearchBox) -> None:
        super().__init__(box)
        self._box = box

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._box.heard(event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        say(self._box, state="focus")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        say(self._box, state="")


class SearchBox(QFrame):
    """Signals what was typed and what Enter, the arrows, Esc and Del mean here."""

    typed = Signal(str)
    entered = Signal(str)
    """Enter by a person or the end of one scan, never twice for one scan."""
    stepped = Signal(int)
    """↓ is 1, ↑ is −1."""
    escaped = Signal()
    deleted = Signal()
    """Del in the empty box: the page removes its picked line."""

    def __init__(self, name: str, label: str, placeholder: str, clock_ms: Callable[[], int] = now_ms) -> None:
        """``label`` is the accessible name; ``clock_ms`` tells a scanner from a person."""
        super().__init__()
        self._mark = Label()
        say(self, role="searchbox")
        self.setFixedHeight(46)
        self._clock_ms = clock_ms
        self._scans = ScanReader()
        self.edit = _Edit(self)
        self.edit.setObjectName(name)
        self.edit.setAccessibleIdentifier(name)
        self.edit.setAccessibleName(label)
        self.edit.setPlaceholderText(placeholder)
        self.edit.setMaxLength(120)
        say(self.edit, role="search")
        self.hint = Label("", "soft", f"{name}-hint")
        cap = Label("/", "keycap")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(10)
        row.addWidget(self._mark)
        row.addWidget(self.edit, 1)
        row.addWidget(self.hint)
        row.addWidget(cap, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setFocusProxy(self.edit)
        self.edit.textChanged.connect(self.typed)
        self._draw_mark()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the mark in the colours of the look in force."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.StyleChange}:
            self._draw_mark()

    def _draw_mark(self) -> None:
        self._mark.setPixmap(pixmap("search", "text_soft", 18))

    def text(self) -> str:
        """What stands in the box."""
        return self.edit.text()

    def set_text(self, text: str) -> None:
        """Put a text into the box."""
        self.edit.setText(text)

    def show_hint(self, text: str, *, fault: bool) -> None:
        """Say how the text is read, or what is wrong with it."""
        self.hint.setText(text)
        say(self.hint, role="fault" if fault else "soft")
        self.edit.setAccessibleDescription(text)

    def take_key(self, event: QKeyEvent) -> bool:
        """A key that nobody else wanted: a character goes into the box. True when it did."""
        if event.text().isprintable() and event.text() and not _with_control(event):
            self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
            if not self.heard(event):
                self.edit.insert(event.text())
            return True
        return False

    def heard(self, event: QKeyEvent) -> bool:
        """Deal with a key of the box; False leaves it to the line edit."""
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not _with_control(event):
            self._line_end()
        elif key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.stepped.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif key == Qt.Key.Key_Delete and not self.edit.text():
            self.deleted.emit()
        elif event.text() == "/" and not self.edit.text():
            self.edit.setFocus()
        else:
            for char in event.text():
                self._scans.key(char, self._clock_ms())
            return False
        return True

    def _line_end(self) -> None:
        heard = self._scans.key("\r", self._clock_ms())
        if heard.kind is Kind.REPEATED:
            self.edit.clear()
        elif heard.kind in {Kind.ENTER, Kind.SCAN}:
            self.entered.emit(self.edit.text())


def _with_control(event: QKeyEvent) -> bool:
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
    return bool(event.modifiers() & held)
