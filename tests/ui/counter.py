"""The real window on a demo office, and hands that press keys and count them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, cast
from uuid import uuid4

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from csr_desk.domain.drawer import OpeningSlip
from csr_desk.domain.errors import Trouble
from csr_desk.domain.people import Actor
from csr_desk.domain.receipt import Receipt
from csr_desk.services import drawers, sell, staff
from csr_desk.services.desk import Desk, open_desk
from csr_desk.services.papers import PaperFacts
from csr_desk.ui.app import prepare
from csr_desk.ui.pages.sell.view import SellPage
from csr_desk.ui.window import MainWindow
from csr_desk.ui.workspace import Workspace

T = TypeVar("T")
FLOAT = {2000: 5, 1000: 5, 500: 6, 100: 10, 25: 40}
"""200.00: the authorized float of a demo drawer."""


@dataclass
class Tray:
    """Takes papers; out of paper while ``broken``."""

    broken: bool = False
    came_out: list[PaperFacts] = field(default_factory=list)
    first_tries: list[bool] = field(default_factory=list)

    def facts(self, facts: PaperFacts, *, first_try: bool) -> None:
        """Print or fail."""
        self.first_tries.append(first_try)
        if self.broken:
            raise Trouble("The printer is out of paper.")
        self.came_out.append(facts)

    def paper(self, title: str, pdf: bytes) -> None:
        """Reports are not looked at here."""

    def receipts(self) -> list[Receipt]:
        """The receipts that came out."""
        return [paper for paper in self.came_out if isinstance(paper, Receipt)]


@dataclass
class Counter:
    """A clerk's place: the window, the printer, the keys pressed so far."""

    bot: QtBot
    url: str
    window: MainWindow
    tray: Tray
    keys: int = 0

    def leave(self) -> None:
        """Close the window and take it away: a new style sheet would dress every window that is left lying."""
        self.window.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def settle(self) -> None:
        """Wait until the database and the printer have answered everything."""

        def quiet() -> bool:
            return self.window.worker.pending == 0 and self.window.printing.pending == 0

        self.bot.waitUntil(quiet, timeout=10_000)
        QApplication.processEvents()
        self.bot.waitUntil(quiet, timeout=10_000)

    def ask(self, job: Callable[[], T]) -> T:
        """Do something on the database thread and give its result."""
        found: list[T] = []
        faults: list[Exception] = []
        self.window.worker.run(job, found.append, faults.append)
        self.settle()
        if faults:
            raise faults[0]
        return found[0]

    def press(self, *keys: Qt.Key | str, ctrl: bool = False, shift: bool = False) -> None:
        """Press keys one after the other where the focus is; a text is one key a character."""
        held = Qt.KeyboardModifier.NoModifier
        if ctrl:
            held |= Qt.KeyboardModifier.ControlModifier
        if shift:
            held |= Qt.KeyboardModifier.ShiftModifier
        for key in keys:
            for one in key if isinstance(key, str) else (key,):
                strike(self.focus(), one, held)
                self.keys += 1
                self.settle()

    def scan(self, code: str, ends: str = "\r") -> None:
        """What a scanner does: the code and its line ends, faster than anybody types."""
        for char in code + ends:
            strike(self.focus(), Qt.Key.Key_Return if char in "\r\n" else char)
        self.settle()

    def focus(self) -> QWidget:
        """The widget that has the keys."""
        return QApplication.focusWidget() or self.window

    def focused_name(self) -> str:
        """Its identifier."""
        return self.focus().accessibleIdentifier()

    def text(self, name: str) -> str:
        """What a label or a field shows, by its identifier."""
        for widget in self.window.findChildren(QWidget):
            if widget.accessibleIdentifier() == name and isinstance(widget, QLabel | QLineEdit):
                return widget.text()
        raise AssertionError(f"nothing is called {name}")

    def shown(self, name: str) -> bool:
        """Whether the widget with this identifier is seen."""
        found = [one for one in self.window.findChildren(QWidget) if one.accessibleIdentifier() == name]
        return any(one.isVisible() for one in found)

    def click(self, name: str) -> None:
        """Click the widget with this identifier."""
        found = [one for one in self.window.findChildren(QWidget) if one.accessibleIdentifier() == name]
        seen = next(one for one in found if one.isVisible())
        QTest.mouseClick(seen, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(5, 5))
        self.settle()

    @property
    def desk(self) -> Desk:
        """The open desk."""
        assert self.window.desk is not None
        return self.window.desk

    @property
    def space(self) -> Workspace:
        """What the signed-in person works in."""
        assert self.window.workspace is not None
        return self.window.workspace

    @property
    def page(self) -> SellPage:
        """The sell page."""
        return cast("SellPage", self.space.page)

    def person(self, user: str) -> Actor:
        """A person of the office."""
        return self.ask(lambda: staff.person(self.desk, user))

    def work_as(self, user: str, drawer: str = "") -> None:
        """Let somebody work without the sign-in page, with an open drawer if one is named."""
        actor = self.person(user)
        if drawer:
            self.open_drawer(actor, drawer)
        self.window.work_as(actor)
        self.settle()

    def open_drawer(self, actor: Actor, drawer: str) -> OpeningSlip:
        """Open a drawer with its float."""
        command = drawers.OpenDrawer(uuid4().hex, drawer, FLOAT)
        return self.ask(lambda: drawers.open_drawer(self.desk, actor, command)).value

    def last_receipt(self) -> Receipt | None:
        """The last receipt of the person at the window."""
        actor = self.space.context.actor
        return self.ask(lambda: sell.last_receipt(self.desk, actor))


def strike(widget: QWidget, key: Qt.Key | str, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press one key, given as itself or as its character."""
    if isinstance(key, str):
        QTest.keyClicks(widget, key, held)
    else:
        QTest.keyClick(widget, key, held)


def open_counter(bot: QtBot, url: str, tray: Tray | None = None) -> Counter:
    """Open the window on a database and wait for the sign-in page."""
    window = MainWindow(lambda: open_desk(url))
    papers = tray or Tray()
    window.printing.papers = papers
    window.show()
    counter = Counter(bot, url, window, papers)
    counter.settle()
    return counter


@pytest.fixture
def office_url(office_template: Path, tmp_path: Path) -> str:
    """A demo office of the test's own, nothing sold yet."""
    path = tmp_path / "office.db"
    shutil.copyfile(office_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def counter(qtbot: QtBot, qapp: QApplication, office_url: str) -> Iterator[Counter]:
    """The window at its sign-in page."""
    if not qapp.styleSheet():
        prepare(qapp)
    opened = open_counter(qtbot, office_url)
    yield opened
    opened.leave()


@pytest.fixture
def selling(counter: Counter) -> Counter:
    """clerk3 at the sell page with drawer HPC-3 open."""
    counter.work_as("clerk3", "HPC-3")
    counter.keys = 0
    return counter
