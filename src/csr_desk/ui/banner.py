"""A sentence above the page: what happened, what to do; never a box to click away after a success."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from csr_desk.ui.context import BannerAction, Tone
from csr_desk.ui.theme import say
from csr_desk.ui.widgets import KeyButton, Label


class Banner(QFrame):
    """One sentence with at most one button; Esc or the next success takes it away."""

    dismissed = Signal()

    def __init__(self) -> None:
        """Start hidden."""
        super().__init__()
        say(self, role="banner", tone="info")
        self.setObjectName("banner")
        self.setAccessibleIdentifier("banner")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 8, 6)
        self.text = Label("", "", "banner-text")
        self.text.setWordWrap(True)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.button = KeyButton("", "", "", "banner-action")
        self.dismiss = KeyButton(self.tr("Dismiss"), "", "quiet", "banner-dismiss")
        row.addWidget(self.text, 1)
        for button in (self.button, self.dismiss):
            button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            row.addWidget(button)
        self._action: BannerAction | None = None
        self.button.clicked.connect(self._do)
        self.dismiss.clicked.connect(self.clear)
        self.hide()

    def sizeHint(self) -> QSize:
        """As tall as the sentence needs."""
        return QSize(400, 48)

    def show_sentence(self, text: str, tone: Tone, action: BannerAction | None = None) -> None:
        """Show a sentence and, if given, a button that mends it."""
        self.text.setText(text)
        self._action = action
        self.button.setVisible(action is not None)
        if action is not None:
            self.button.say_text(action.text)
        say(self, tone=str(tone))
        for label in (self.text,):
            label.style().polish(label)
        self.setAccessibleDescription(text)
        self.show()

    def clear(self) -> None:
        """Take the sentence away."""
        if not self.isHidden():
            self.hide()
            self.dismissed.emit()

    def _do(self) -> None:
        action = self._action
        self.clear()
        if action is not None:
            action.do()
