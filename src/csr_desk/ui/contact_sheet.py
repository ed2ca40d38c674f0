"""A contact without money in three keys: Ctrl+F9, the digit of the reason, Enter; minutes are proposed (I6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QWidget

from csr_desk.domain.visits import Reason
from csr_desk.ui.contact import Contact, ContactStart, begin
from csr_desk.ui.context import Context
from csr_desk.ui.prompts import line_edit
from csr_desk.ui.widgets import KeyButton, Label, Sheet

MOST_REASONS = 9


@dataclass(frozen=True, slots=True)
class _Rows:
    reasons: tuple[Reason, ...]
    buttons: tuple[KeyButton, ...]


class ContactSheet(Sheet):
    """Reasons by digit, then the minutes as they are proposed; a word about it where somebody wants one."""

    def __init__(self, parent: QWidget, begun: ContactStart, take: Callable[[Contact], None]) -> None:
        """``take`` gets the contact once Enter is pressed."""
        super().__init__(parent, self.tr("Contact without money"), "contact", width=520)
        self._take, self._chosen = take, ""
        about = Label(begun.words, "soft", "contact-about")
        about.setWordWrap(True)
        self.body.addWidget(about)
        about.setVisible(bool(begun.words))
        self._rows = self._make_rows(begun.reasons[:MOST_REASONS])
        self.minutes = line_edit("contact-minutes", self.tr("Minutes"))
        self.minutes.setValidator(QIntValidator(1, begun.most_minutes, self))
        self.minutes.setText(str(begun.at.minutes))
        self.memo = line_edit("contact-memo", self.tr("What it was about"))
        self.memo.setPlaceholderText(self.tr("only where it helps the next one"))
        for words, field in ((begun.minutes_words, self.minutes), (self.tr("What it was about"), self.memo)):
            label = Label(words, "small")
            label.setBuddy(field)
            self.body.addWidget(label)
            self.body.addWidget(field)
        back = KeyButton(self.tr("Back"), "Esc", "", "contact-back")
        back.clicked.connect(self.cancel)
        self.take = KeyButton(self.tr("Write it down"), "Enter", "primary", "contact-take")
        self.take.clicked.connect(self.accept)
        self.foot.addWidget(back)
        self.foot.addWidget(self.take, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _make_rows(self, reasons: Sequence[Reason]) -> _Rows:
        buttons = []
        for at, reason in enumerate(reasons, 1):
            button = KeyButton(reason.words, str(at), "", f"contact-reason-{at}")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _checked=False, code=reason.code: self._choose(code))
            self.body.addWidget(button)
            buttons.append(button)
        return _Rows(tuple(reasons), tuple(buttons))

    def start(self) -> None:
        """Open; a digit picks the reason at once."""
        self.open(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit is a reason until one is picked; from then on it is a minute."""
        at = event.key() - Qt.Key.Key_1
        if self.hasFocus() and 0 <= at < len(self._rows.reasons):
            self._choose(self._rows.reasons[at].code)
            event.accept()
            return
        super().keyPressEvent(event)

    def cancel(self) -> None:
        """Esc goes back to the reasons, from there away."""
        if self._chosen and not self.hasFocus():
            self._chosen = ""
            self._mark()
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().cancel()

    def accept(self) -> None:
        """Enter writes it down: a reason and minutes are needed."""
        if not self._chosen:
            self.say_fault(self.tr("Press the digit of the reason."))
        elif not self.minutes.hasAcceptableInput():
            self.say_fault(self.tr("How many minutes did it take?"))
            self.minutes.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            contact = Contact(self._chosen, int(self.minutes.text()), self.memo.text().strip())
            self.close_sheet()
            self._take(contact)

    def _choose(self, code: str) -> None:
        self._chosen = code
        self._mark()
        self.say_fault("")
        self.minutes.setFocus(Qt.FocusReason.TabFocusReason)
        self.minutes.selectAll()

    def _mark(self) -> None:
        for reason, button in zip(self._rows.reasons, self._rows.buttons, strict=True):
            button.say_text(f"{'✓ ' if reason.code == self._chosen else ''}{reason.words}")


def start(context: Context, about: tuple[str, ...]) -> None:
    """Ask for a contact with whoever the page in front looks at."""

    def ask(begun: ContactStart, take: Callable[[Contact], None]) -> None:
        context.shell.open_over(lambda shell: ContactSheet(cast("QWidget", shell), begun, take))

    begin(context, about, ask)
