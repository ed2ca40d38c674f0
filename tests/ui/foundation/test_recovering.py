"""What the window says after it was ended in the middle, and how a stopped counter is set going again."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import Connection, event
from sqlalchemy.exc import OperationalError

from csr_desk.data.verify import Report
from csr_desk.services.desk import open_desk
from csr_desk.ui.app import prepare
from csr_desk.ui.window import MainWindow
from ui.counter import Counter, Tray

ENTER = Qt.Key.Key_Return
F5 = Qt.Key.Key_F5


@pytest.fixture
def url(office_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, station_home: Path) -> str:
    """The demo office at a station of the test's own, with the keys of the session."""
    monkeypatch.setenv("CSR_DESK_KEYS", str(station_home / "keys"))
    monkeypatch.setenv("CSR_DESK_HOME", str(tmp_path / "home"))
    return office_url


def start(bot: QtBot, app: QApplication, url: str, tray: Tray | None = None) -> Counter:
    """Start the program as bootstrap does: a running desk."""
    if not app.styleSheet():
        prepare(app)
    window = MainWindow(lambda: open_desk(url, running=True))
    counter = Counter(bot, url, window, tray or Tray())
    window.printing.papers = counter.tray
    window.show()
    counter.settle()
    return counter


def kill(counter: Counter) -> None:
    """End it as a kill would: what is left is what stands on the disk."""
    book = counter.desk.store.notebook
    assert book is not None
    book.left = (book.page,)  # as if nobody had closed: the page stays
    counter.window.workspace = None
    counter.leave()


def banner(counter: Counter) -> str:
    """The sentence above the page, empty where none is shown."""
    return counter.text("banner-text") if counter.shown("banner") else ""


def break_the_disk(counter: Counter) -> None:
    """Let the COMMIT of the next sale fail as a disk does."""
    broken = [True]

    def fail(_connection: Connection) -> None:
        book = counter.desk.store.notebook
        if broken and book is not None and book.page.act is not None and book.page.act.kind == "sale":
            broken.clear()
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = sqlite3.SQLITE_IOERR
            raise OperationalError("COMMIT", {}, error)

    event.listen(counter.desk.store.write_engine, "commit", fail)


def sold(counter: Counter) -> None:
    """Sell twelve pages of copies for cash."""
    counter.press("cop", ENTER, "12", ENTER, "2", F5)


def test_the_next_start_names_the_payment_and_its_receipt(qtbot: QtBot, qapp: QApplication, url: str) -> None:
    first = start(qtbot, qapp, url)
    first.work_as("clerk3", "HPC-3")
    sold(first)
    kill(first)
    again = start(qtbot, qapp, url)
    assert "all sound" in again.text("sign-in-news")
    again.work_as("clerk3")
    assert "The program was ended in the middle. The last payment, 1.20 at " in banner(again)
    assert "WAS recorded as HPC3-0000001." in banner(again)
    assert not again.shown("banner-action"), "its receipt came out before"
    again.window.sign_out()
    again.settle()
    again.work_as("clerk3")
    assert banner(again) == "", "it is told once"
    again.leave()


def test_a_receipt_that_did_not_come_out_is_told_and_comes_out_for_its_clerk(
    qtbot: QtBot, qapp: QApplication, url: str
) -> None:
    first = start(qtbot, qapp, url, Tray(broken=True))
    first.work_as("clerk3", "HPC-3")
    sold(first)
    kill(first)
    again = start(qtbot, qapp, url)
    again.work_as("clerk4")
    assert "Its receipt is not printed yet; it comes out when its clerk signs in." in banner(again)
    assert again.tray.receipts() == []
    again.work_as("clerk3")
    assert "Its receipt is being printed now." in banner(again)
    assert [paper.number for paper in again.tray.receipts()] == ["HPC3-0000001"]
    again.leave()


def test_a_cart_that_was_not_sold_is_still_there_and_the_banner_says_so(
    qtbot: QtBot, qapp: QApplication, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = start(qtbot, qapp, url)
    first.work_as("clerk3", "HPC-3")
    first.press("cop", ENTER, "12", ENTER)

    def killed(*_: object) -> None:
        raise KeyError("as if the program were gone")

    with monkeypatch.context() as patch:
        patch.setattr("csr_desk.services.sell._finish", killed)
        first.press("2", F5)
    kill(first)
    again = start(qtbot, qapp, url)
    again.work_as("clerk3")
    assert "was NOT recorded. The cart is still here." in banner(again)
    assert again.text("total-due") == "$1.20"
    again.press(ENTER)
    assert [paper.number for paper in again.tray.receipts()] == ["HPC3-0000001"]
    again.leave()


def test_a_stopped_counter_says_so_and_goes_on_after_its_check(qtbot: QtBot, qapp: QApplication, url: str) -> None:
    at = start(qtbot, qapp, url)
    at.work_as("clerk3", "HPC-3")
    at.press("cop", ENTER, "12", ENTER)
    break_the_disk(at)
    at.press("2", F5)
    assert "nothing more is recorded" in banner(at)
    at.press(ENTER)
    assert "nothing more is recorded" in banner(at)
    assert at.last_receipt() is None
    at.press("L", ctrl=True)
    at.press("clerk3-demo", ENTER)
    assert "nothing more is recorded" in banner(at), "whoever comes back is told again"
    at.click("banner-action")
    assert "The database was checked: " in banner(at)
    assert "was NOT recorded. Payments go on." in banner(at)
    at.press(ENTER)
    receipt = at.last_receipt()
    assert receipt is not None
    assert receipt.number == "HPC3-0000001"
    at.leave()


def test_a_ledger_that_does_not_verify_is_named_and_stays_closed(
    qtbot: QtBot, qapp: QApplication, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = start(qtbot, qapp, url)
    first.work_as("clerk3", "HPC-3")
    sold(first)
    kill(first)
    bad = Report(ok=False, checked=3, receipts=1, first_fault="entry 2 was changed")
    monkeypatch.setattr("csr_desk.data.verify.verify", lambda *_, **__: bad)
    again = start(qtbot, qapp, url)
    assert "entry 2 was changed" in again.text("sign-in-news")
    again.press("clerk3", ENTER, "clerk3-demo", ENTER)
    assert "The ledger does not verify: entry 2 was changed." in banner(again)
    sold(again)
    receipt = again.last_receipt()
    assert receipt is not None
    assert receipt.number == "HPC3-0000001", "nothing was added"
    again.click("banner-action")
    assert "entry 2 was changed" in banner(again)
    again.leave()


def test_a_quiet_start_checks_the_open_days_after_the_first_page(qtbot: QtBot, qapp: QApplication, url: str) -> None:
    first = start(qtbot, qapp, url)
    first.work_as("clerk3", "HPC-3")
    first.leave()
    again = start(qtbot, qapp, url)
    assert again.desk.first_check is not None
    qtbot.waitUntil(lambda: again.desk.first_check is None, timeout=5_000)
    again.settle()
    assert again.desk.checked is not None
    assert not again.desk.checked.whole
    assert again.desk.checked.entries > 0
    assert again.text("sign-in-news") == ""
    again.leave()
