"""Draws the queue for the docs: python tools/draw_queue.py [FOLDER [light|dark|contrast]].

The demo city's morning: the queue with a ticket at the counter, a new ticket, the display of the waiting room, a
contact, a call for help at both screens, the phrases, and the charts of the day.
"""

from __future__ import annotations

import os
from pathlib import Path

from draw_back_office import Pictures, asked, open_up
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from csr_desk.services import demo_queue, help_calls, staff, visits
from csr_desk.services.desk import Desk
from csr_desk.services.setup import make_demo_office
from csr_desk.ui.pages.info_desk.queue_panel import QueuePanel
from csr_desk.ui.pages.info_desk.view import InfoDeskPage
from csr_desk.ui.pages.reports.view import ReportsPage

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


def build(desk: Desk) -> None:
    """Let the morning pass and call somebody."""
    for user in ("clerk1", "clerk2", "clerk3"):
        open_up(desk, user)
    demo_queue.play(desk)
    for user in ("clerk1", "clerk2"):
        visits.call_next(desk, staff.person(desk, user), visits.CallNext(f"call {user}"))


def press(pictures: Pictures, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    """Press a key where the focus is."""
    QTest.keyClick(QApplication.focusWidget() or pictures.window, key, held)
    pictures.rest()


def draw(pictures: Pictures, folder: Path) -> None:
    """Draw everything."""
    page = pictures.go("clerk3", "info_desk")
    if not isinstance(page, InfoDeskPage):
        raise SystemExit("The information desk did not open.")
    page.choose_view("visit")
    pictures.rest()
    panel = page.front
    if not isinstance(panel, QueuePanel):
        raise SystemExit("The queue did not open.")
    press(pictures, Qt.Key.Key_F8, CTRL)
    panel.presenter.move("serve")
    pictures.rest()
    pictures.draw("queue")
    panel.presenter.give()
    pictures.rest()
    pictures.draw("queue-ticket", over=True)
    press(pictures, Qt.Key.Key_Escape)
    panel.open_display()
    pictures.rest()
    if panel.display is not None:
        panel.display.grab().save(str(folder / "queue-display.png"))
        panel.display.close()
    pictures.window.activateWindow()
    pictures.rest()
    press(pictures, Qt.Key.Key_F9, CTRL)
    press(pictures, Qt.Key.Key_1)
    pictures.draw("contact", over=True)
    press(pictures, Qt.Key.Key_Escape)
    press(pictures, Qt.Key.Key_Escape)
    press(pictures, Qt.Key.Key_F1, CTRL)
    pictures.draw("help-called")
    press(pictures, Qt.Key.Key_F1, SHIFT)
    pictures.draw("phrases", over=True)
    press(pictures, Qt.Key.Key_F3)
    press(pictures, Qt.Key.Key_Return)
    pictures.draw("phrase-whole", over=True)
    press(pictures, Qt.Key.Key_Escape)
    press(pictures, Qt.Key.Key_Escape)


def call(desk: Desk) -> None:
    """A second clerk calls."""
    help_calls.call_help(desk, staff.person(desk, "clerk1"), help_calls.CallHelp("second call"))


def main() -> None:
    """Make the office and draw it."""
    folder, _app = asked()
    url = f"sqlite:///{Path(os.environ['CSR_DESK_HOME']) / 'pictures.db'}"
    make_demo_office(url)
    pictures = Pictures(folder, url)
    pictures.do(build)
    draw(pictures, folder)
    pictures.go("supervisor1", "info_desk")
    pictures.do(call)
    QTest.qWait(2_500)
    pictures.rest()
    pictures.draw("help-supervisor")
    reports = pictures.go("supervisor1", "reports")
    if isinstance(reports, ReportsPage):
        reports.cuts.pick("visits")
        reports.cuts.picked.emit("visits")
        pictures.rest()
        pictures.draw("reports-visits")
    pictures.window.close()


if __name__ == "__main__":
    main()
