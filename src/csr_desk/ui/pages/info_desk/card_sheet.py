"""The form in which a supervisor writes a card, in one language at a time."""

from __future__ import annotations

from uuid import uuid4

from PySide6.QtWidgets import QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from csr_desk.domain.cards import KEYWORDS_AFTER, Card, CardText
from csr_desk.domain.errors import Refusal
from csr_desk.services.cards import KeepCard
from csr_desk.ui.pages.info_desk.cards_presenter import CardsPresenter, language_words
from csr_desk.ui.problems import explain
from csr_desk.ui.prompts import line_edit
from csr_desk.ui.widgets import KeyButton, Label, Sheet

_WIDTH = 980


class CardSheet(Sheet):
    """Ctrl+Enter keeps what is written, Esc leaves it; Tab goes from field to field."""

    def __init__(self, parent: QWidget, presenter: CardsPresenter, card: Card | None, text: CardText) -> None:
        """``text`` is what is changed; of a new card it is empty but for its language."""
        words = language_words(text.language)
        title = parent.tr("A new card, in {0}").format(words) if card is None else f"{card.number} · {words}"
        super().__init__(parent, title, "card-form", width=_WIDTH)
        self.presenter, self.known, self.text = presenter, card, text
        self.key = uuid4().hex
        self.fields: dict[str, QLineEdit | QPlainTextEdit] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(4)
        self._lines()
        self.body.addLayout(self._grid)
        back = KeyButton(self.tr("Back"), "Esc", "", "card-form-back")
        back.clicked.connect(self.cancel)
        keep = KeyButton(self.tr("Keep it"), "Ctrl+Return", "primary", "card-form-keep")
        keep.clicked.connect(self.accept)
        self.foot.addWidget(back)
        self.foot.addWidget(keep, 1)

    def _lines(self) -> None:
        card, text = self.known, self.text
        self._field("question", self.tr("Question, as people ask it"), text.question, (0, 0, 2))
        self._field("short_answer", self.tr("Short answer"), text.short_answer, (1, 0, 2), high=56)
        self._field("steps", self.tr("Steps, one a line"), "\n".join(text.steps), (2, 0, 1), high=104)
        self._field("papers", self.tr("What to bring, one a line"), "\n".join(text.papers), (2, 1, 1), high=104)
        self._field("hours", self.tr("Hours"), text.hours, (3, 0, 1))
        self._field("link", self.tr("Page of the city"), text.link, (3, 1, 1))
        self._field("topic", self.tr("Topic"), card.heading if card else "", (4, 0, 1))
        keywords = ", ".join(card.keywords) if card else ""
        self._field("keywords", self.tr("Also called (words with commas between)"), keywords, (4, 1, 1))
        self._field("item", self.tr("Its price: code of the item"), card.item if card else "", (5, 0, 1))
        self._field("owner", self.tr("Owner (empty: you)"), card.owner if card else "", (5, 1, 1))
        self._field("form_no", self.tr("Its form: number on the shelf"), card.form_no if card else "", (6, 0, 1))
        self._field("need_code", self.tr("Who else helps: code of the need"), card.need_code if card else "", (6, 1, 1))

    def _field(self, name: str, words: str, value: str, at: tuple[int, int, int], *, high: int = 0) -> None:
        row, column, wide = at
        if high:
            edit: QLineEdit | QPlainTextEdit = QPlainTextEdit(value)
            edit.setFixedHeight(high)
            edit.setObjectName(f"card-{name}")
            edit.setAccessibleIdentifier(f"card-{name}")
            edit.setAccessibleName(words)
            if isinstance(edit, QPlainTextEdit):
                edit.setTabChangesFocus(True)
        else:
            edit = line_edit(f"card-{name}", words)
            edit.setText(value)
        label = Label(words, "small")
        label.setBuddy(edit)
        self._grid.addWidget(label, 2 * row, column, 1, wide)
        self._grid.addWidget(edit, 2 * row + 1, column, 1, wide)
        self.fields[name] = edit

    def accept(self) -> None:
        """Keep what is written."""
        said = {name: _words(edit) for name, edit in self.fields.items()}
        topic = f"{said['topic']}{KEYWORDS_AFTER} {said['keywords']}" if said["keywords"] else said["topic"]
        text = CardText(
            self.text.language, said["question"], said["short_answer"], tuple(said["steps"].splitlines()),
            tuple(said["papers"].splitlines()), said["hours"], said["link"],
        )  # fmt: skip
        card = self.known
        self.presenter.keep(
            KeepCard(
                self.key, topic, (text,), card.number if card else "", card.version if card else 0,
                said["item"].upper(), said["form_no"], said["need_code"], said["owner"],
            ),
            self,
        )  # fmt: skip

    def refuse(self, error: Exception) -> None:
        """Say why it was not kept, with the cursor in the field that it is about."""
        self.key = uuid4().hex
        self.say_fault(explain(error).text)
        field = error.field if isinstance(error, Refusal) else ""
        if field in self.fields:
            self.fields[field].setFocus()


def _words(edit: QLineEdit | QPlainTextEdit) -> str:
    return (edit.toPlainText() if isinstance(edit, QPlainTextEdit) else edit.text()).strip()
