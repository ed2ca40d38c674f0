"""What waits for an answer, looked at: a digit does what was approved and takes back what was not."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from csr_desk.ui.waiting_approvals import Pending, WaitingApprovals
from csr_desk.ui.widgets import KeyButton, Label, Sheet

_MOST = 9


class WaitingSheet(Sheet):
    """A line for each request, the oldest first."""

    def __init__(self, parent: QWidget, waiting: WaitingApprovals) -> None:
        """Show how each stands."""
        super().__init__(parent, self.tr("Waiting for an answer"), "waiting", width=560)
        self._waiting = waiting
        self._shown: list[Pending] = waiting.pending[:_MOST]
        for at, one in enumerate(self._shown, start=1):
            sentence = Label(one.words, "", f"waiting-sentence-{at}")
            sentence.setWordWrap(True)
            self.body.addWidget(sentence)
            words = self.tr("Do it now") if one.ready else self.tr("Take it back")
            button = KeyButton(words, str(at), "primary" if one.ready else "", f"waiting-{at}")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _checked=False, one=one: self._take(one))
            self.body.addWidget(button)
        if not self._shown:
            self.body.addWidget(Label(self.tr("Nothing waits."), "soft", "waiting-none"))
        back = KeyButton(self.tr("Back"), "Esc", "", "waiting-back")
        back.clicked.connect(self.cancel)
        self.foot.addWidget(back)
        self.foot.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def start(self) -> None:
        """Open; digits work at once."""
        self.open(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit takes its line."""
        at = event.key() - Qt.Key.Key_1
        if 0 <= at < len(self._shown):
            self._take(self._shown[at])
            event.accept()
            return
        super().keyPressEvent(event)

    def _take(self, one: Pending) -> None:
        self.close_sheet()
        if one.ready:
            self._waiting.do(one)
        else:
            self._waiting.withdraw(one)
