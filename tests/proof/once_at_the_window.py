"""A clerk in a hurry: double clicks, Enter and a click, bouncing keys and scanners, at the real window."""

from __future__ import annotations

import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from csr_desk.services.desk import open_desk
from csr_desk.services.setup import make_demo_office
from csr_desk.ui.app import prepare
from csr_desk.ui.pages.sell.presenter import SellPresenter
from csr_desk.ui.window import MainWindow
from ui.counter import Counter, Tray, strike

ENTER, F5 = Qt.Key.Key_Return, Qt.Key.Key_F5
LEFT = Qt.MouseButton.LeftButton
ITEM = "REC-COPY"
PATIENCE = 20.0


class Waiter:
    """Waits as pytest-qt does, outside of pytest."""

    def waitUntil(self, ready: Callable[[], bool], timeout: int = 5_000) -> None:  # noqa: N802 - its name there
        """Let the window work until something holds; raise TimeoutError (``timeout`` in milliseconds)."""
        ends = time.monotonic() + max(timeout / 1_000, PATIENCE)
        while not ready():
            QApplication.processEvents()
            if time.monotonic() > ends:
                raise TimeoutError("the window did not come to rest")


@dataclass
class Hands:
    """The time by which the search box tells a scanner from a person, in milliseconds; each key takes one."""

    at: int = 0

    def now_ms(self) -> int:
        """Return the time."""
        self.at += 1
        return self.at


def clerk_at_work(folder: Path) -> Counter:
    """Open the real window on a demo office; clerk3 stands at an open drawer."""
    url = f"sqlite:///{folder / 'window.db'}"
    make_demo_office(url)
    app = QApplication.instance() or QApplication(["proof"])
    assert isinstance(app, QApplication)
    if not app.styleSheet():
        prepare(app)
    window = MainWindow(lambda: open_desk(url, running=True))
    window.printing.papers = Tray()
    window.show()
    counter = Counter(Waiter(), url, window, Tray())  # type: ignore[arg-type]
    counter.settle()
    counter.work_as("clerk3", "HPC-3")
    return counter


def bursts(at: Counter) -> Iterator[tuple[int, Callable[[], None]]]:
    """Yield for ever one hurried way after the other to pay once: how many activations it is, and how to do it."""
    cash, finish = at.page.pay.keys["cash"], at.page.pay.finish
    ways: tuple[tuple[str, ...], ...] = (
        ("click cash", "double cash"),
        ("keep", "enter", "click finish", "enter"),
        ("keep", "click finish", "click finish", "double finish"),
        ("keep", "ask", "ask", "ask", "ask"),
        ("F5", "click cash", "F5", "enter", "click finish"),
        ("F5", "F5", "F5", "F5", "F5", "F5"),
    )
    does: dict[str, Callable[[], None]] = {
        "click cash": lambda: QTest.mouseClick(cash, LEFT),
        "double cash": lambda: QTest.mouseDClick(cash, LEFT),
        "click finish": lambda: QTest.mouseClick(finish, LEFT),
        "double finish": lambda: QTest.mouseDClick(finish, LEFT),
        "keep": lambda: QTest.keyClick(at.focus(), F5, Qt.KeyboardModifier.ShiftModifier),
        "enter": lambda: strike(at.focus(), ENTER),
        "F5": lambda: strike(at.focus(), F5),
        "ask": at.page.presenter.finish,
    }

    def do(way: tuple[str, ...]) -> None:
        for name in way:
            does[name]()

    while True:
        yield from ((len(way), partial(do, way)) for way in ways)


def hurry(at: Counter, activations: int) -> tuple[int, int]:
    """Sell once in each burst until so many activations were made; give the sales meant and the activations."""
    done = 0
    clock = Hands()
    at.page.search._clock_ms = clock.now_ms
    for meant, (number, pay) in enumerate(bursts(at)):
        if done >= activations:
            return meant, done
        clock.at += 60_000  # the next customer
        for _ in range(2):  # the scanner bounces
            at.page.search.edit.setFocus()
            at.scan(ITEM)
        at.page.presenter.go_to_fault()
        for key in ("12", ENTER):  # pages
            strike(at.focus(), key)
        clock.at += 2_000  # the hands
        at.page.search.edit.setFocus()
        pay()
        at.settle()
        done += number
    raise AssertionError("the bursts never end")


def sales_in(folder: Path) -> list[tuple[str, int, int]]:
    """Key, number of lines and receipt number of each sale that stands in the ledger."""
    query = (
        "SELECT event.idem_key, COUNT(*), event.receipt_no FROM ledger_event AS event JOIN ledger_line AS line "
        "ON line.series_id = event.series_id AND line.seq = event.seq WHERE event.kind = 'sale' "
        "AND line.item = ? GROUP BY event.series_id, event.seq"
    )
    with closing(sqlite3.connect(folder / "window.db")) as connection:
        return [(str(row[0]), int(row[1]), int(row[2])) for row in connection.execute(query, (ITEM,))]


def shaky_finish() -> Callable[[SellPresenter], None]:
    """Return a way to finish that takes every activation for a payment of its own."""
    finish = SellPresenter.finish

    def again(self: SellPresenter) -> None:
        self.sending = False
        self.cart.key = str(uuid.uuid4())
        finish(self)

    return again
