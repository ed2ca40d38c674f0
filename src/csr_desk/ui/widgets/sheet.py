"""A sheet laid over the window: no second window, no nested event loop, keys stay inside until it is gone."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.ui.theme import say
from csr_desk.ui.widgets.words import Label


class Sheet(QWidget):
    """Dims the window and shows one card; Enter accepts, Esc goes one step back."""

    closed = Signal()

    def __init__(self, parent: QWidget, title: str, name: str, width: int = 460) -> None:
        """Cover ``parent``; put widgets into ``body`` and buttons into ``foot``."""
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleIdentifier(name)
        self.setAccessibleName(title)
        self.card = QFrame()
        self.card.setFixedWidth(width)
        say(self.card, role="sheet")
        inner = QVBoxLayout(self.card)
        inner.setContentsMargins(20, 18, 20, 18)
        inner.setSpacing(10)
        self.title = Label(title, "head")
        self.title.setWordWrap(True)
        inner.addWidget(self.title)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        inner.addLayout(self.body, 1)
        self.fault = Label("", "fault", f"{name}-fault")
        self.fault.setWordWrap(True)
        self.fault.hide()
        inner.addWidget(self.fault)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(8)
        inner.addLayout(self.foot)
        row = QHBoxLayout(self)
        column = QVBoxLayout()
        column.addStretch(2)
        column.addWidget(self.card)
        column.addStretch(3)
        row.addStretch(1)
        row.addLayout(column)
        row.addStretch(1)
        parent.installEventFilter(self)

    def open(self, focus: QWidget | None = None) -> None:
        """Cover the window and put the cursor into ``focus`` (or the first field)."""
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self.show()
        self.raise_()
        first = focus or next(iter(self._stops()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def start(self) -> None:
        """Open with the cursor where the next key belongs; a sheet may know better."""
        self.open()

    def close_sheet(self) -> None:
        """Take the sheet away."""
        self.hide()
        self.closed.emit()
        self.deleteLater()

    def accept(self) -> None:
        """Enter was pressed; the owner says what that means."""

    def cancel(self) -> None:
        """Esc was pressed: one step back."""
        self.close_sheet()

    def say_fault(self, text: str) -> None:
        """Say beside the fields what is wrong (an empty text takes it away)."""
        self.fault.setText(text)
        self.fault.setVisible(bool(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter forward, Esc back; nothing reaches the page below."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.accept()
        elif event.key() == Qt.Key.Key_Escape:
            self.cancel()
        event.accept()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab stays inside the sheet."""
        stops = self._stops()
        if not stops:
            return True
        now = self.focusWidget()
        at = stops.index(now) if now in stops else -1
        stops[(at + (1 if forward else -1)) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the whole window when it changes its size."""
        if event.type() == QEvent.Type.Resize and watched is self.parentWidget() and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dim what lies below."""
        QPainter(self).fillRect(self.rect(), QColor(10, 20, 30, 120))

    def _stops(self) -> list[QWidget]:
        return [
            widget
            for widget in self.card.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(self) and widget.isEnabled()
        ]
