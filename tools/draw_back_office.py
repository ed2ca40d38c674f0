"""Draws the pictures of the back office for the docs: python tools/draw_back_office.py [FOLDER [light|dark|contrast]].

A busy day of the demo city is played through the services, then the real window is drawn without a display.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["CSR_DESK_HOME"] = tempfile.mkdtemp(prefix="csr-desk-pictures-")

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from csr_desk.data.queries import batches, deposit_items
from csr_desk.domain.drawer import CountSheet, TapeCount
from csr_desk.domain.people import Actor
from csr_desk.services import balancing, drawers, sell, staff
from csr_desk.services.balancing import AcceptBatch
from csr_desk.services.clock import TrainingClock
from csr_desk.services.counting import CountDrawer, expected_of
from csr_desk.services.demo_carts import make_cart, pieces_for
from csr_desk.services.desk import Desk, open_desk
from csr_desk.services.drawers import OpenDrawer
from csr_desk.services.setup import make_demo_office
from csr_desk.ui.app import prepare
from csr_desk.ui.pages.balancing.view import BalancingPage
from csr_desk.ui.pages.drawer.view import DrawerPage
from csr_desk.ui.theme import Look
from csr_desk.ui.window import MainWindow

FLOAT = {2000: 5, 1000: 5, 500: 6, 100: 10, 25: 40}
CLERKS = {"clerk1": "HPC-1", "clerk2": "HPC-2", "clerk4": "HPC-4", "clerk5": "HPC-5", "clerk3": "HPC-3"}
CTRL = Qt.KeyboardModifier.ControlModifier


def key() -> str:
    """Give an idempotency key."""
    return uuid.uuid4().hex


def open_up(desk: Desk, user: str) -> None:
    """Open a person's drawer with its float."""
    drawers.open_drawer(desk, staff.person(desk, user), OpenDrawer(key(), CLERKS[user], FLOAT))


def work(desk: Desk, chance: random.Random) -> None:
    """Sell through the day at every drawer, fewer around noon."""
    clock = desk.clock
    if not isinstance(clock, TrainingClock):
        return
    for customers in (3, 5, 6, 7, 4, 5, 6, 4, 2):
        clock.set(clock.now() + timedelta(minutes=58))
        for user in CLERKS:
            for _ in range(chance.randint(customers - 2, customers)):
                cart = make_cart(chance)
                clerk = staff.person(desk, user)
                priced = sell.quote(desk, clerk, sell.Quote(cart.lines, (), desk.today(), demo_inputs=True))
                tenders = cart.tenders(chance, priced.cart.total)
                command = sell.CompleteSale(key(), None, cart.lines, tenders, cart.customer, demo_inputs=True)
                try:
                    sell.complete_sale(desk, clerk, command)
                except Exception as refused:  # noqa: BLE001 - a full drawer ends a clerk's cash sales; the day goes on
                    print(user, refused)


def sheet(desk: Desk, user: str, off: int = 0) -> CountSheet:
    """Count a drawer as it is, its checks off by ``off`` cents."""
    with desk.read() as look:
        row = batches.unfinished_of(look.conn, user)
        expected = expected_of(look.conn, row) if row is not None else {}
    tapes = {
        kind: TapeCount(held.items, held.amount + (off if kind == "check" else 0))
        for kind, held in expected.items()
        if kind in {"check", "money_order", "cashiers_check", "card"}
    }
    return CountSheet(pieces_for(expected["cash"].amount), tapes)


def swapped(desk: Desk, user: str) -> int:
    """Say by how much the checks are off when two digits of one of them were swapped (cents)."""
    with desk.read() as look:
        row = batches.unfinished_of(look.conn, user)
        items = deposit_items.live_items(look.conn, (row.batch_id,)) if row is not None else ()
    swaps = [
        int(digits[0] + digits[2] + digits[1] + digits[3:]) - item.amount
        for item in items
        if item.kind == "check" and (digits := str(item.amount))[1] > digits[2]
    ]
    return min(swaps)


def count(desk: Desk, user: str, *, off: int = 0, times: int = 1) -> None:
    """Count a drawer and hand it in."""
    clerk = staff.person(desk, user)
    for _ in range(times):
        drawers.count(desk, clerk, CountDrawer(key(), sheet(desk, user, off)))
    drawers.submit_count(desk, clerk, key())


def accept(desk: Desk, user: str) -> None:
    """Accept a drawer that was handed in."""
    batch = drawers.my_batch(desk, staff.person(desk, user))
    if batch is not None:
        balancing.accept_batch(desk, staff.person(desk, "supervisor1"), AcceptBatch(key(), batch.batch_id))


class Pictures:
    """The real window, and the day behind it."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self.window = MainWindow(lambda: open_desk(url))
        self.window.resize(1366, 768)
        self.window.show()
        self.rest()

    def rest(self) -> None:
        """Let the window come to rest."""
        for _ in range(2000):
            QApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            if not self.window.worker.pending and not self.window.printing.pending:
                break
            time.sleep(0.005)
        QApplication.processEvents()

    def do(self, job: Callable[[Desk], object]) -> object:
        """Do a job on the database thread."""
        found: list[object] = []
        desk = self.window.desk
        if desk is None:
            raise SystemExit("The office did not open.")
        self.window.worker.run(lambda: job(desk), found.append, found.append)
        self.rest()
        if isinstance(found[0], Exception):
            raise found[0]
        return found[0]

    def go(self, user: str, page: str) -> object:
        """Let a person look at a page."""
        actor = self.do(lambda desk: staff.person(desk, user))
        if isinstance(actor, Actor):
            self.window.work_as(actor)
        if self.window.workspace is not None:
            self.window.workspace.go(page)
        self.rest()
        return self.window.workspace.page if self.window.workspace else None

    def press(self, what: Qt.Key) -> None:
        """Press Ctrl and a key."""
        QTest.keyClick(QApplication.focusWidget() or self.window, what, CTRL)
        self.rest()

    def draw(self, name: str, *, over: bool = False) -> None:
        """Write a picture; a sheet is seen in it only where ``over`` says so."""
        self.rest()
        if not over and self.window.workspace is not None and self.window.workspace.sheet is not None:
            raise SystemExit(f"A sheet lies over the page of {name}: {self.window.workspace.sheet.title.text()}")
        self.window.grab().save(str(self.folder / f"{name}.png"))
        print(self.folder / f"{name}.png")


def opening(pictures: Pictures) -> None:
    """Draw the float being counted at the third drawer."""
    for user in list(CLERKS)[:-1]:
        pictures.do(lambda desk, user=user: open_up(desk, user))  # type: ignore[misc]  # bound by its default
    page = pictures.go("clerk3", "drawer")
    if isinstance(page, DrawerPage):
        page.opening.grid.set_pieces({**FLOAT, 25: 39})
        page.opening.grid.field(25).setFocus()
        pictures.draw("drawer-opening")
        page.opening.grid.set_pieces(FLOAT)
        pictures.press(Qt.Key.Key_Return)


def counting(pictures: Pictures) -> None:
    """Draw the count of the third drawer, two digits of a check swapped."""
    page = pictures.go("clerk3", "drawer")
    pictures.press(Qt.Key.Key_End)
    made = pictures.do(lambda desk: sheet(desk, "clerk3", swapped(desk, "clerk3")))
    if not isinstance(page, DrawerPage) or not isinstance(made, CountSheet):
        return
    panel = page.counting
    panel.grid.set_pieces(made.cash)
    for kind, tape in made.others.items():
        row = panel.check_row if kind == "check" else panel.others.row(kind)
        row.items.setText(str(tape.items))
        row.total.set_cents(tape.total)
    for check in panel.checks.rows:
        check.tick.setChecked(True)
    panel.grid.field(500).setFocus()
    pictures.draw("count")
    pictures.press(Qt.Key.Key_Return)
    pictures.draw("count-verdict")
    page.count_again()
    pictures.press(Qt.Key.Key_Return)
    pictures.press(Qt.Key.Key_Return)


def asked() -> tuple[Path, QApplication]:
    """Return the folder that was asked for, and the application in the colours that were; it must be held."""
    arguments = [*sys.argv[1:], *("docs/images", "light")[len(sys.argv) - 1 :]]
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    prepare(app, Look(arguments[1]))
    return folder, app


def main() -> None:
    """Draw everything."""
    folder, _app = asked()
    url = f"sqlite:///{Path(os.environ['CSR_DESK_HOME']) / 'pictures.db'}"
    make_demo_office(url)
    pictures = Pictures(folder, url)
    opening(pictures)
    pictures.do(lambda desk: work(desk, random.Random(14)))  # noqa: S311 - lifelike, not secret
    counting(pictures)
    for user in ("clerk1", "clerk2"):
        pictures.do(lambda desk, user=user: count(desk, user))  # type: ignore[misc]  # bound by its default
        pictures.do(lambda desk, user=user: accept(desk, user))  # type: ignore[misc]  # the same
    pictures.do(lambda desk: drawers.stop_selling(desk, staff.person(desk, "clerk4"), key()))
    page = pictures.go("supervisor1", "balancing")
    if isinstance(page, BalancingPage):
        pictures.draw("balancing")
        pictures.press(Qt.Key.Key_D)
        QTest.keyClick(page.sheet.causes.list, Qt.Key.Key_Return)
        pictures.draw("difference-finder")
        page.list.pick("day")
        page.presenter.choose("day")
        page.show_chosen()
        pictures.draw("balancing-day")
    pictures.go("supervisor1", "reports")
    pictures.draw("reports")
    pictures.go("admin1", "setup")
    pictures.draw("setup")
    pictures.window.close()


if __name__ == "__main__":
    main()
