"""Cards, lists of facts, and what stands where there is nothing yet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from csr_desk.ui.theme import say
from csr_desk.ui.widgets.words import Label


def rule() -> QFrame:
    """A thin line between two parts of a card."""
    line = QFrame()
    say(line, role="rule")
    return line


class Card(QFrame):
    """A white sheet on the ground with an optional title line; put widgets into ``body``."""

    def __init__(self, title: str = "", hint: str = "", *, flush: bool = False) -> None:
        """``hint`` stands softly beside the title; ``flush`` lets a table run to the edges."""
        super().__init__()
        say(self, role="card")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        self.title = Label(title, "title")
        self.hint = Label(hint, "soft")
        self.head = QHBoxLayout()
        self.head.setContentsMargins(12, 10, 12, 4)
        self.head.setSpacing(6)
        self.head.addWidget(self.title)
        self.head.addWidget(self.hint)
        self.head.addStretch(1)
        if title or hint:
            outer.addLayout(self.head)
        self.body = QVBoxLayout()
        edge = 0 if flush else 12
        self.body.setContentsMargins(edge, 4 if title else edge, edge, edge)
        self.body.setSpacing(6)
        outer.addLayout(self.body, 1)


class KeyValues(QWidget):
    """A list of facts: soft words on the left, what they are on the right."""

    def __init__(self, name: str) -> None:
        """Start empty; ``name`` prefixes the identifiers of the values."""
        super().__init__()
        self._name = name
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)

    def show_facts(self, facts: Sequence[tuple[str, str]], *, figures: bool = False) -> None:
        """Show pairs of word and value; ``figures`` puts the values to the right."""
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()  # it is deleted only when the event loop comes round
                old.deleteLater()
        for row, (word, value) in enumerate(facts):
            label = Label(value, "strong" if figures else "", f"{self._name}-{row + 1}")
            label.setWordWrap(not figures)
            if figures:
                label.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(Label(word, "soft"), row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(label, row, 1)


class EmptyState(QWidget):
    """What stands where there is nothing yet: what this place is for, and the key that fills it."""

    def __init__(self, title: str, sentence: str) -> None:
        """Show both, centred and calm."""
        super().__init__()
        box = QVBoxLayout(self)
        box.addStretch(2)
        self._labels = (Label(title, "strong"), Label(sentence, "soft"))
        for label in self._labels:
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
            box.addWidget(label)
        box.addStretch(3)

    def show_words(self, title: str, sentence: str) -> None:
        """Say something else."""
        for label, text in zip(self._labels, (title, sentence), strict=True):
            label.setText(text)


def scrolled(content: QWidget) -> QScrollArea:
    """A thing that may be taller than its place: it scrolls, and follows the focus."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    return area
