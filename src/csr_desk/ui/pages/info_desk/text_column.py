"""What a card says in one language: the answer large, the steps numbered, what to bring, hours and link."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from csr_desk.documents.info_card_words import words_for
from csr_desk.domain.cards import CardText
from csr_desk.ui.pages.info_desk.cards_presenter import language_words
from csr_desk.ui.widgets import Label


class TextColumn(QWidget):
    """One language of a card."""

    def __init__(self, name: str) -> None:
        """``name`` is the identifier; it prefixes those of the parts."""
        super().__init__()
        self.setAccessibleIdentifier(name)
        self.language = Label("", "small", f"{name}-language")
        self.question = _wrapped("strong", f"{name}-question")
        self.answer = _wrapped("lead", f"{name}-answer")
        self.steps_title = Label("", "title")
        self.steps = _wrapped("", f"{name}-steps")
        self.papers_title = Label("", "title")
        self.papers = _wrapped("", f"{name}-papers")
        self.hours = _wrapped("soft", f"{name}-hours")
        self.link = _wrapped("soft", f"{name}-link")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (
            self.language, self.question, self.answer, self.steps_title, self.steps, self.papers_title, self.papers,
            self.hours, self.link,
        ):  # fmt: skip
            column.addWidget(part)
        column.addStretch(1)

    def show_text(self, text: CardText | None, *, alone: bool, title: bool) -> None:
        """Show a text; alone it needs not say in which language, and the question may stand above the card already."""
        self.setVisible(text is not None)
        if text is None:
            return
        said = words_for(text.language)
        steps = "\n".join(f"{at}.  {step}" for at, step in enumerate(text.steps, start=1))
        papers = "\n".join(f"•  {paper}" for paper in text.papers)
        hours = said.hours.format(text.hours) if text.hours else ""
        for label, words in (
            (self.language, "" if alone else language_words(text.language)),
            (self.question, text.question if title else ""), (self.answer, text.short_answer),
            (self.steps_title, said.steps if steps else ""), (self.steps, steps),
            (self.papers_title, said.papers if papers else ""), (self.papers, papers),
            (self.hours, hours), (self.link, text.link),
        ):  # fmt: skip
            label.setText(words)
            label.setVisible(bool(words))


def _wrapped(role: str, name: str) -> Label:
    label = Label("", role, name)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return label
