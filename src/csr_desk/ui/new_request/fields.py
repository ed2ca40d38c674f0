"""The fields that a type's own questions are answered in, one for each question, in its order."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from csr_desk.domain.request_questions import Question, QuestionKind
from csr_desk.ui.prompts import line_edit
from csr_desk.ui.widgets import Label
from csr_desk.ui.widgets.flow import FlowRow
from csr_desk.ui.widgets.tick import Tick

Answer = str | list[str]


class QuestionFields(QWidget):
    """What is only read out stands there as a sentence."""

    changed = Signal()

    def __init__(self) -> None:
        """No question yet."""
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._asked: tuple[Question, ...] = ()
        self._fields: dict[str, QLineEdit | QComboBox | FlowRow] = {}

    def ask(self, questions: Sequence[Question]) -> None:
        """Ask these; those that are asked already keep what was answered."""
        if tuple(questions) == self._asked:
            return
        self._asked = tuple(questions)
        self._fields = {}
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()  # it is deleted only when the event loop comes round
                old.deleteLater()
        for one in self._asked:
            words = f"{one.description} *" if one.required and one.variable else one.description
            label = Label(words, "small" if one.variable else "soft")
            label.setWordWrap(True)
            self._column.addWidget(label)
            if one.variable:
                self._fields[one.code] = made = _field(one)
                label.setBuddy(made)
                self._column.addWidget(made)

    def answers(self) -> dict[str, Answer]:
        """What was answered, by the code of the question."""
        found: dict[str, Answer] = {}
        for code, made in self._fields.items():
            said: Answer
            if isinstance(made, QLineEdit):
                said = made.text().strip()
            elif isinstance(made, QComboBox):
                said = str(made.currentData() or "")
            else:
                said = [tick.objectName().partition(":")[2] for tick in made.findChildren(Tick) if tick.isChecked()]
            if said:
                found[code] = said
        return found

    def field(self, code: str) -> QWidget | None:
        """The widget that answers a question."""
        made = self._fields.get(code)
        return next(iter(made.findChildren(Tick)), None) if isinstance(made, FlowRow) else made


def _field(one: Question) -> QLineEdit | QComboBox | FlowRow:
    name = f"question-{one.code}"
    if one.kind is QuestionKind.SINGLE:
        box = QComboBox()
        box.setObjectName(name)
        box.setAccessibleIdentifier(name)
        box.setAccessibleName(one.description)
        box.addItem("–", "")
        for code, words in one.values:
            box.addItem(words, code)
        return box
    if one.kind is QuestionKind.MULTI:
        row = FlowRow(beside=14)
        for code, words in one.values:
            tick = Tick(words)
            tick.setObjectName(f"{name}:{code}")
            tick.setAccessibleIdentifier(f"{name}-{code}")
            tick.setAccessibleName(f"{one.description}: {words}")
            row.add(tick)
        return row
    edit = line_edit(name, one.description)
    edit.setPlaceholderText("2026-07-14T10:30" if one.kind is QuestionKind.DATETIME else one.hint)
    return edit
