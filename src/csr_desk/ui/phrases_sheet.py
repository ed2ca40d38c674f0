"""Shift+F1: standard phrases for hard moments, large enough to turn the screen round, and how to stay calm (I8)."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.domain.phrases import FIRST, Phrase, PhraseBook
from csr_desk.ui.context import Context, Tone
from csr_desk.ui.glyphs import can_write
from csr_desk.ui.prompts import line_edit
from csr_desk.ui.queue_words import language_words
from csr_desk.ui.widgets import Chip, KeyButton, Label, Sheet
from csr_desk.ui.widgets.flow import FlowRow
from csr_desk.ui.widgets.pick_list import Pick, PickList

_FIRST_KEY = 2
"""English is F2, the next language F3."""
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class PhrasesSheet(Sheet):
    """Search at left, the sentence at right; F2 and on pick the language, Enter fills the window with it."""

    def __init__(self, parent: QWidget, book: PhraseBook, language: str = FIRST) -> None:
        """``language`` is what the customer in front speaks, where we know it."""
        super().__init__(parent, self.tr("Words for hard moments"), "phrases", width=1040)
        self._book, self._found = book, book.phrases
        self._spoken = tuple(code for code in book.languages if can_write(book.phrases[0].text_in(code), self.font()))
        self._language = language if language in self._spoken else FIRST
        self.search = line_edit("phrases-search", self.tr("What happens?"))
        self.search.setPlaceholderText(self.tr("angry, wait, cannot pay …"))
        self.list = PickList("phrases-list", self.tr("Phrases"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.text = Label("", "phrase", "phrases-text")
        self.own = Label("", "soft", "phrases-own")
        self.languages = FlowRow(edges=(0, 0, 0, 0))
        self._buttons: dict[str, KeyButton] = {}
        self.whole = Label("", "phrase-whole", "phrases-whole", self)
        self._assemble()
        self.search.textChanged.connect(self._look)
        self.list.picked.connect(lambda _code: self._show())
        self.list.entered.connect(lambda _code: self._show())
        self._look("")

    def _assemble(self) -> None:
        self.body.addWidget(self._safety())
        row = QHBoxLayout()
        row.setSpacing(16)
        left = QVBoxLayout()
        left.addWidget(self.search)
        left.addWidget(self.list, 1)
        holder = QWidget()
        holder.setLayout(left)
        holder.setFixedWidth(330)
        left.setContentsMargins(0, 0, 0, 0)
        row.addWidget(holder)
        row.addLayout(self._right(), 1)
        self.list.setMinimumHeight(330)
        self.body.addLayout(row)
        back = KeyButton(self.tr("Back"), "Esc", "", "phrases-back")
        back.clicked.connect(self.cancel)
        show = KeyButton(self.tr("Show it to the customer"), "Enter", "primary", "phrases-show")
        show.clicked.connect(self.accept)
        self.foot.addWidget(back)
        self.foot.addWidget(show, 1)
        self._dress()

    def _safety(self) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        words = Label(self._book.safety, "strong", "phrases-safety")
        words.setWordWrap(True)
        row.addWidget(Chip(self.tr("Safety"), Tone.BAD), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1)
        return line

    def _right(self) -> QVBoxLayout:
        right = QVBoxLayout()
        right.setSpacing(10)
        for at, code in enumerate(self._spoken, _FIRST_KEY):
            button = KeyButton(language_words(code), f"F{at}", "", f"phrases-language-{code}")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _checked=False, code=code: self.speak(code))
            self._buttons[code] = button
            self.languages.add(button)
        right.addWidget(self.languages)
        right.addWidget(self.text)
        right.addWidget(self.own)
        right.addStretch(1)
        right.addWidget(Label(self.tr("To keep it calm"), "title"))
        for line in self._book.guide:
            words = Label(f"• {line}")
            words.setWordWrap(True)
            right.addWidget(words)
        return right

    def _dress(self) -> None:
        for label in (self.text, self.own, self.whole):
            label.setWordWrap(True)
        self.whole.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.whole.hide()

    def start(self) -> None:
        """Open with the cursor in the search."""
        self.open(self.search)

    @property
    def phrase(self) -> Phrase | None:
        """The one that is picked."""
        code = self.list.current_key()
        return next((one for one in self._found if one.code == code), None)

    def speak(self, language: str) -> None:
        """Show it in another language."""
        self._language = language
        self._show()

    def _look(self, words: str) -> None:
        self._found = self._book.find(words)
        self.list.show_picks([Pick(one.code, one.when) for one in self._found])
        self.list.setVisible(bool(self._found))
        self._show()

    def _show(self) -> None:
        one = self.phrase
        self.text.setText(one.text_in(self._language) if one is not None else self.tr("No phrase has these words."))
        foreign = one is not None and self._language != FIRST
        self.own.setText(one.text_in(FIRST) if foreign and one is not None else "")
        self.whole.setText(self.text.text())
        for code, button in self._buttons.items():
            words = language_words(code)
            button.say_text(f"✓ {words}" if code == self._language else words)

    def accept(self) -> None:
        """Enter fills the window with the sentence, and gives it back."""
        if self.phrase is not None:
            self.whole.setGeometry(self.rect())
            self.whole.setVisible(self.whole.isHidden())
            self.whole.raise_()

    def cancel(self) -> None:
        """Esc gives the window back, then goes."""
        if self.whole.isHidden():
            super().cancel()
        else:
            self.whole.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The large sentence covers the window in every size."""
        super().resizeEvent(event)
        self.whole.setGeometry(self.rect())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows pick a phrase from the search box, F-keys the language."""
        at = event.key() - Qt.Key.Key_F2
        if 0 <= at < len(self._spoken):
            self.speak(self._spoken[at])
        elif (step := _STEPS.get(Qt.Key(event.key()))) is not None and self._found:
            codes = [one.code for one in self._found]
            now = codes.index(self.list.current_key() or codes[0])
            self.list.pick(codes[max(0, min(now + step, len(codes) - 1))])
            self._show()
        else:
            super().keyPressEvent(event)
            return
        event.accept()


def start(context: Context, about: tuple[str, ...]) -> None:
    """Show the phrases, in the language of the customer in front where we know it."""
    from csr_desk.services.phrases import phrase_book
    from csr_desk.ui.help_call import customer_in

    desk, actor, number = context.desk, context.actor, customer_in(about)

    def language() -> str:
        from csr_desk.services.customer_pages import customer_page

        return customer_page(desk, actor, number).form.language if number else FIRST

    def show(spoken: str) -> None:
        context.shell.open_over(lambda shell: PhrasesSheet(cast("QWidget", shell), phrase_book(), spoken))

    context.read(language, show, lambda _error: show(FIRST))
