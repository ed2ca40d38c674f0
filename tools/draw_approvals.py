"""Draws the two ends of an approval for the docs: python tools/draw_approvals.py [FOLDER [light|dark|contrast]].

The clerk's prompt at the station, where the supervisor signs or is asked at their own screen, and the supervisor's
queue with the request that was sent. One window plays both people on a small day of the demo city.
"""

from __future__ import annotations

import os
import random
import sys
from datetime import timedelta
from pathlib import Path

from draw_back_office import CLERKS, Pictures, open_up, work
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from csr_desk.domain.people import Act
from csr_desk.services import approval_requests, sell, staff
from csr_desk.services.approval_requests import AskApproval
from csr_desk.services.approvals import SENTENCES
from csr_desk.services.clock import TrainingClock
from csr_desk.services.desk import Desk
from csr_desk.services.setup import make_demo_office
from csr_desk.ui.app import prepare
from csr_desk.ui.pages.balancing.view import BalancingPage
from csr_desk.ui.theme import Look

ASKED = (("clerk1", 240), ("clerk2", 95))
"""Who asks for the void of their last receipt, and how many seconds before the picture."""


def strike(pictures: Pictures, *keys: Qt.Key) -> None:
    """Press keys where the focus is."""
    for key in keys:
        QTest.keyClick(QApplication.focusWidget() or pictures.window, key)
        pictures.rest()


def prompt(pictures: Pictures) -> None:
    """Draw what the clerk sees after F8 and a reason."""
    pictures.go("clerk3", "sell")
    strike(pictures, Qt.Key.Key_F8, Qt.Key.Key_1, Qt.Key.Key_1)
    space = pictures.window.workspace
    sheet = space.sheet if space is not None else None
    if sheet is None or sheet.objectName() != "approval":
        raise SystemExit("The prompt did not come.")
    pictures.window.grab().save(str(pictures.folder / "approval-prompt.png"))
    print(pictures.folder / "approval-prompt.png")
    sheet.close_sheet()
    pictures.rest()


def ask(desk: Desk) -> None:
    """Two clerks ask for a void, one after the other, and go on with their next customers."""
    clock = desk.clock
    if not isinstance(clock, TrainingClock):
        raise SystemExit("The demo city has a clock of its own.")
    now = clock.now()
    for user, ago in ASKED:
        clock.set(now + timedelta(seconds=max(before for _, before in ASKED) - ago))
        clerk = staff.person(desk, user)
        last = sell.last_receipt(desk, clerk)
        if last is None:
            raise SystemExit(f"{user} has no receipt.")
        words = SENTENCES[Act.VOID].format(subject=last.number, amount=f"{last.total / 100:,.2f}")
        approval_requests.ask(desk, clerk, AskApproval(f"ask-{user}", Act.VOID, last.number, last.total, words))
    clock.set(now + timedelta(seconds=max(before for _, before in ASKED)))


def queue(pictures: Pictures) -> None:
    """Draw the supervisor's queue."""
    page = pictures.go("supervisor1", "balancing")
    if not isinstance(page, BalancingPage):
        raise SystemExit("There is no Balancing page.")
    page.list.pick("approvals")
    page.presenter.choose("approvals")
    page.show_chosen()
    pictures.rest()
    focus: QWidget = page.places["approvals"].first_focus()
    focus.setFocus()
    for _ in range(300):  # the bar above looks for itself every two seconds
        QTest.qWait(10)
        if pictures.window.workspace is not None and pictures.window.workspace.waiting.for_me:
            break
    pictures.draw("approvals")


def main() -> None:
    """Draw both."""
    arguments = [*sys.argv[1:], *("docs/images", "light")[len(sys.argv) - 1 :]]
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    prepare(app, Look(arguments[1]))
    url = f"sqlite:///{Path(os.environ['CSR_DESK_HOME']) / 'approvals.db'}"
    make_demo_office(url)
    pictures = Pictures(folder, url)
    for user in CLERKS:
        pictures.do(lambda desk, user=user: open_up(desk, user))  # type: ignore[misc]  # bound by its default
    pictures.do(lambda desk: work(desk, random.Random(14)))  # noqa: S311 - lifelike, not secret
    prompt(pictures)
    pictures.do(ask)
    queue(pictures)
    pictures.window.close()


if __name__ == "__main__":
    main()
