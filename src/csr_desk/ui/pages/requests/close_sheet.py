"""A request is closed: how it ended by a digit, then the answer that people will read, with who gets it (H5)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from csr_desk.domain.requests import Outcome, Request
from csr_desk.ui.context import Choice, Context, Tone
from csr_desk.ui.problems import explain
from csr_desk.ui.request_words import language_words, outcome_words
from csr_desk.ui.widgets import KeyButton, Label, Sheet
from csr_desk.ui.widgets.words_edit import WordsEdit
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.services.request_lists import RequestView

_WIDTH, _HIGH = 640, 150
Told = tuple[tuple[str, str], ...]


def close_with_answer(context: Context, view: RequestView | None, reload: Callable[[str], None]) -> None:
    """Ask how it ended, then what people are told."""
    if view is None:
        return
    desk, actor, number = context.desk, context.actor, view.request.number

    def read() -> Told:
        from csr_desk.services import request_closing

        return request_closing.told_by(desk, actor, number)

    def ask(told: Told) -> None:
        def answer(outcome: str) -> None:
            context.shell.open_over(
                lambda shell: CloseSheet(
                    cast("QWidget", shell), context, (view.request, Outcome(outcome), told, reload)
                )
            )

        choices = [Choice(str(at), outcome_words(one).capitalize(), one.value) for at, one in enumerate(Outcome, 1)]
        context.shell.ask_reason(tr("How did {number} end?").format(number=number), choices, answer)

    context.read(read, ask)


def told_words(told: Told) -> str:
    """Who will be told, and by what, in a sentence."""
    by = {"mail": tr("by e-mail at once"), "letter": tr("by letter: print it after closing"),
          "nothing": tr("cannot be reached")}  # fmt: skip
    named = [f"{name or tr('the customer')} {by[how]}" for name, how in told]
    return tr("Who reads this: {people}.").format(people="; ".join(named)) if named else tr("Nobody is told: no names.")


class CloseSheet(Sheet):
    """Enter closes, Shift with Enter begins a new line."""

    def __init__(
        self, parent: QWidget, context: Context, about: tuple[Request, Outcome, Told, Callable[[str], None]]
    ) -> None:
        """``about`` is the request, how it ended, who will be told, and what shows it anew."""
        request, outcome, told, reload = about
        title = parent.tr("{0}: {1}").format(request.number, outcome_words(outcome))
        super().__init__(parent, title, "close-request", _WIDTH)
        self._context, self._request, self._outcome, self._reload = context, request, outcome, reload
        self._key = uuid4().hex
        said = Label(f"“{request.summary}”", "soft", "close-summary")
        said.setWordWrap(True)
        self.answer = WordsEdit("close-answer", self.tr("The answer that they read"), _HIGH)
        label = Label(self.tr("The answer that they read; the frame of the letter is in their language"), "small")
        label.setBuddy(self.answer)
        who = Label(told_words(told), "strong", "close-told")
        who.setWordWrap(True)
        language = Label(self.tr("They read: {0}").format(language_words(request.language or "en")), "soft")
        for widget in (said, label, self.answer, language, who):
            self.body.addWidget(widget)
        back = KeyButton(self.tr("Back"), "Esc", "", "close-back")
        back.clicked.connect(self.cancel)
        take = KeyButton(self.tr("Close it"), "Enter", "primary", "close-take")
        take.clicked.connect(self.accept)
        self.foot.addWidget(back)
        self.foot.addWidget(take, 1)

    def start(self) -> None:
        """Open with the cursor in the answer."""
        self.open(self.answer)

    def accept(self) -> None:
        """Close it."""
        from csr_desk.services import request_closing

        desk, actor = self._context.desk, self._context.actor
        command = request_closing.CloseRequest(self._key, self._request.number, self._outcome, self.answer.words())

        def done(one: Request) -> None:
            self.close_sheet()
            self._context.shell.banner(tr("{number} is closed.").format(number=one.number), Tone.OK)
            self._reload(one.number)

        def refused(error: Exception) -> None:
            self.say_fault(explain(error).text)
            self.answer.setFocus(Qt.FocusReason.OtherFocusReason)

        self._context.act(lambda: request_closing.close_request(desk, actor, command), done, refused)
