"""The table of holidays in the policy's form: one line a day, pasted or keyed, with what is missing beneath it."""

from __future__ import annotations

from datetime import date

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from csr_desk.domain.errors import BadInput
from csr_desk.domain.holidays import Holiday, read_holidays
from csr_desk.ui.holiday_words import holiday_words
from csr_desk.ui.theme import say
from csr_desk.ui.widgets import Label

_LINES = 8


class HolidayBox(QWidget):
    """A field of many lines; Tab leaves it, as every other field."""

    def __init__(self, described: str, *, may_set: bool) -> None:
        super().__init__()
        self.edit = QPlainTextEdit()
        self.edit.setObjectName("holidays")
        self.edit.setAccessibleIdentifier("policy-holidays")
        self.edit.setAccessibleName(self.tr("Holidays"))
        self.edit.setAccessibleDescription(described)
        self.edit.setPlaceholderText(self.tr("2026-12-25 Christmas Day"))
        self.edit.setTabChangesFocus(True)
        self.edit.setReadOnly(not may_set)
        self.edit.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.edit.setFixedHeight(self.edit.fontMetrics().lineSpacing() * _LINES + 16)
        self.said = Label("", "soft", "policy-holidays-said")
        self.said.setWordWrap(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(Label(described, "soft"))
        box.addWidget(self.edit)
        box.addWidget(self.said)
        self.setFocusProxy(self.edit)

    def show_holidays(self, text: str, holidays: tuple[Holiday, ...], today: date, *, demonstration: bool) -> None:
        """Show the table in force and say which year is without."""
        self.edit.setPlainText(text)
        say(self.edit, state="")
        self.said.setText(holiday_words(holidays, today, demonstration=demonstration))

    def focus_fault(self, *, faulty: bool) -> None:
        """Mark the field and go to the first line that cannot be read; or take the mark away."""
        say(self.edit, state="fault" if faulty else "")
        if not faulty:
            return
        self.edit.setFocus()
        cursor = QTextCursor(self.edit.document().findBlockByNumber(first_fault(self.edit.toPlainText())))
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        self.edit.setTextCursor(cursor)


def first_fault(text: str) -> int:
    """Return the first line, from 0, with which the table cannot be read."""
    lines = text.splitlines()
    for number in range(len(lines)):
        try:
            read_holidays(lines[: number + 1])
        except BadInput:
            return number
    return 0
