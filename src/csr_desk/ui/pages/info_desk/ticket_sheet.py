"""A ticket in two keys: the key that asks, then the digit of the reason; a letter before it says the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from csr_desk.domain.visits import Reason
from csr_desk.ui.pages.info_desk.queue_presenter import NewTicket
from csr_desk.ui.queue_words import LANGUAGES, language_words
from csr_desk.ui.widgets import KeyButton, Label, Sheet
from csr_desk.ui.widgets.flow import FlowRow

MOST_REASONS = 9


class TicketSheet(Sheet):
    """The digit of a reason gives the ticket; P lets somebody go first, a letter picks the language of the slip."""

    def __init__(self, parent: QWidget, reasons: Sequence[Reason], take: Callable[[NewTicket], None]) -> None:
        """``take`` gets what was keyed."""
        super().__init__(parent, self.tr("New ticket"), "ticket", width=520)
        self._take, self._reasons = take, tuple(reasons[:MOST_REASONS])
        self._first, self._language = False, LANGUAGES[0]
        self.first = KeyButton("", "P", "", "ticket-first")
        self.first.clicked.connect(self._toggle)
        self.languages = FlowRow(edges=(0, 0, 0, 0))
        self._buttons: dict[str, KeyButton] = {}
        for code in LANGUAGES:
            words = language_words(code)
            button = KeyButton(words, words[0], "", f"ticket-language-{code}")
            button.clicked.connect(lambda _checked=False, code=code: self._speak(code))
            self._buttons[code] = button
            self.languages.add(button)
        self.body.addWidget(self.first)
        self.body.addWidget(self.languages)
        self.body.addWidget(Label(self.tr("What for? The digit gives the ticket and prints it."), "small"))
        for at, reason in enumerate(self._reasons, 1):
            row = KeyButton(reason.words, str(at), "primary", f"ticket-reason-{at}")
            row.clicked.connect(lambda _checked=False, code=reason.code: self._give(code))
            self.body.addWidget(row)
        back = KeyButton(self.tr("Back"), "Esc", "", "ticket-back")
        back.clicked.connect(self.cancel)
        self.foot.addWidget(back)
        self.foot.addStretch(1)
        for button in self.findChildren(KeyButton):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._mark()

    def start(self) -> None:
        """Open; digits and letters work at once."""
        self.open(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit gives the ticket, a letter says how."""
        at, letter = event.key() - Qt.Key.Key_1, event.text().upper()
        code = next((code for code in LANGUAGES if letter and language_words(code)[0] == letter), "")
        if 0 <= at < len(self._reasons):
            self._give(self._reasons[at].code)
        elif letter == "P":
            self._toggle()
        elif code:
            self._speak(code)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _toggle(self) -> None:
        self._first = not self._first
        self._mark()

    def _speak(self, code: str) -> None:
        self._language = code
        self._mark()

    def _mark(self) -> None:
        goes = self.tr("Goes first: needs help, or cannot wait")
        self.first.say_text(f"✓ {goes}" if self._first else goes)
        for code in LANGUAGES:
            words = language_words(code)
            self._buttons[code].say_text(f"✓ {words}" if code == self._language else words)

    def _give(self, code: str) -> None:
        self.close_sheet()
        self._take(NewTicket(code, self._first, self._language))
