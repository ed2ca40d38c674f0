"""The field in which a type of request is found."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from csr_desk.domain.requests import RequestType
from csr_desk.ui.widgets.pick_list import Pick

DIGITS = 9
"""So many types of the list have a figure."""


class TypeEdit(QLineEdit):
    """Words find a type, a digit alone takes it, arrows move in the list beside it, Enter takes the one picked."""

    stepped = Signal(int)
    digit = Signal(str)

    def __init__(self, name: str, label: str, hint: str) -> None:
        """``label`` is the accessible name."""
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleIdentifier(name)
        self.setAccessibleName(label)
        self.setPlaceholderText(hint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and a first digit are not text."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step:
            self.stepped.emit(step)
        elif not self.text() and event.text().isdecimal() and event.text() != "0":
            self.digit.emit(event.text())
        else:
            super().keyPressEvent(event)


def type_pick(at: int, one: RequestType) -> Pick:
    """A type as a line of the list, with its figure where it has one."""
    figure = f"{at}  " if at <= DIGITS else ""
    return Pick(one.code, f"{figure}{one.name}", one.department)
