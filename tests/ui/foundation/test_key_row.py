"""A row of keys goes on in the next line where there is no room, and leaves no gap for what is not offered."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from csr_desk.ui.widgets.key_row import KeyRow

WORDS = ("Print the permit", "Sell what is due", "Renew", "Amend", "Revoke")


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """A window for a row."""
    made = QWidget()
    qtbot.addWidget(made)
    return made


def row_in(window: QWidget, width: int) -> KeyRow:
    """A row in a window of a width."""
    actions = [QAction(words, window) for words in WORDS]
    row = KeyRow(*actions)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(row)
    column.addStretch(1)
    window.resize(width, 400)
    window.show()
    return row


def tops(row: KeyRow) -> list[int]:
    """Where its lines begin."""
    return sorted({button.y() for button in row.buttons if button.isVisible()})


def test_what_fits_stands_in_one_line(window: QWidget) -> None:
    assert tops(row_in(window, 1200)) == [8]


def test_what_does_not_fit_stands_close_below(window: QWidget) -> None:
    narrow = row_in(window, 360)
    high = narrow.buttons[0].height()
    lines = tops(narrow)
    assert len(lines) > 1
    assert lines == [8 + at * (high + 6) for at in range(len(lines))]
    assert narrow.height() == lines[-1] + high + 12
    assert all(button.geometry().right() < 360 for button in narrow.buttons)
    assert all(button.width() == button.sizeHint().width() for button in narrow.buttons)  # no word is cut


def test_a_key_that_is_not_offered_leaves_no_gap(window: QWidget, qtbot: QtBot) -> None:
    row = row_in(window, 1200)
    third = row.buttons[2].x()
    window.findChildren(QAction)[1].setVisible(False)
    qtbot.waitUntil(lambda: row.buttons[2].x() < third)
    assert row.buttons[2].x() == row.buttons[0].geometry().right() + 1 + 8


def test_a_row_of_which_nothing_is_offered_is_not_there(window: QWidget, qtbot: QtBot) -> None:
    row = row_in(window, 1200)
    for action in window.findChildren(QAction):
        action.setVisible(False)
    qtbot.waitUntil(lambda: row.height() == 0)


def test_keys_that_are_offered_later_make_their_own_room(window: QWidget, qtbot: QtBot) -> None:
    row = row_in(window, 1200)
    actions = window.findChildren(QAction)
    for action in actions:
        action.setVisible(False)
    qtbot.waitUntil(lambda: row.height() == 0)
    window.hide()
    for action in actions:
        action.setVisible(True)
    window.show()
    qtbot.waitUntil(lambda: tops(row) == [8] and row.height() == 8 + row.buttons[0].height() + 12)
    for action in actions:
        action.setVisible(False)
    qtbot.waitUntil(lambda: row.height() == 0)
    actions[0].setVisible(True)
    qtbot.waitUntil(lambda: row.height() == 8 + row.buttons[0].height() + 12)
