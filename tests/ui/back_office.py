"""A demo office behind the pages of the back office, with a shell that remembers what pages asked of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from csr_desk.domain.cart_lines import CartLine
from csr_desk.domain.changes import Topic
from csr_desk.domain.drawer import CountSheet
from csr_desk.domain.errors import Refusal
from csr_desk.domain.people import Actor, Approval
from csr_desk.domain.receipt import Receipt
from csr_desk.domain.tender import Tender
from csr_desk.services import drawers, sell, staff
from csr_desk.services.counting import CountDrawer
from csr_desk.services.desk import Desk, open_desk
from csr_desk.services.drawers import OpenDrawer
from csr_desk.services.sell import CompleteSale
from csr_desk.services.setup import make_demo_office
from csr_desk.ui.app import prepare
from csr_desk.ui.context import ApprovalRequest, BannerAction, Choice, Context, Field, Tone
from csr_desk.ui.page import Page

T = TypeVar("T")
FLOAT = {2000: 5, 1000: 5, 500: 6, 100: 10, 25: 40}
"""200.00: five twenties, five tens, six fives, ten ones, a roll of quarters."""


class Now:
    """Runs a job at once, on this thread."""

    def run(self, job: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]) -> None:
        """Do it and tell at once."""
        try:
            value = job()
        except Exception as error:  # noqa: BLE001 - as the database thread does
            failed(error)
            return
        done(value)


@dataclass
class RecordingShell:
    """Says yes with ``signer`` and ``reason`` when it has them, and keeps everything."""

    desk: Desk
    signer: str = ""
    reason: str = ""
    banners: list[tuple[str, Tone]] = field(default_factory=list)
    restored: list[Path] = field(default_factory=list)
    problems: list[Exception] = field(default_factory=list)
    requests: list[ApprovalRequest] = field(default_factory=list)
    reasons_asked: list[str] = field(default_factory=list)
    papers: list[tuple[str, bytes]] = field(default_factory=list)
    topics: set[Topic] = field(default_factory=set)
    gone_to: list[str] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    """What is keyed into the fields of a sheet, by name."""
    fields_asked: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def announce(self, topics: frozenset[Topic]) -> None:
        """Remember what was touched."""
        self.topics |= topics

    def banner(self, text: str, tone: Tone, action: BannerAction | None = None) -> None:
        """Remember the sentence."""
        self.banners.append((text, tone))

    def clear_banner(self) -> None:
        """Nothing to take away."""

    def problem(self, error: Exception, focus: Callable[[str], bool] | None = None) -> None:
        """Remember the error and put the focus as the window does."""
        self.problems.append(error)
        if focus is not None and isinstance(error, Refusal) and error.field:
            focus(error.field)

    def ask_approval(
        self, request: ApprovalRequest, then: Callable[[Approval], None], cancelled: Callable[[], None] | None = None
    ) -> None:
        """Sign with ``signer``, or let the matter rest."""
        self.requests.append(request)
        if self.signer:
            approver = staff.person(self.desk, self.signer)
            then(staff.approval_by(self.desk, approver, request.act, request.subject, request.amount))

    def ask_reason(
        self, title: str, choices: Sequence[Choice], then: Callable[[str], None], *, free_text: bool = False
    ) -> None:
        """Give ``reason``, or none; take the only choice when there is but one."""
        self.reasons_asked.append(title)
        if len(choices) == 1:
            then(choices[0].value)
        elif self.reason:
            then(self.reason)

    def ask_fields(
        self,
        title: str,
        fields: Sequence[Field],
        then: Callable[[dict[str, str]], str | None],
        accept: str = "",
        *,
        keep: bool = False,
    ) -> None:
        """Key ``answers`` over what stands in the fields, and remember what is wrong with them."""
        self.fields_asked.append(title)
        if not self.answers:
            raise AssertionError(title)
        values = {**{one.name: one.value for one in fields}, **self.answers}
        if (fault := then({one.name: values.get(one.name, "") for one in fields})) is not None:
            self.faults.append(fault)

    def open_over(self, make: Callable[[object], object]) -> None:
        """No page of the back office lays a sheet of its own over the window."""
        raise AssertionError(make)

    def go(self, page: str, about: str = "") -> None:
        """Remember where to."""
        self.gone_to.append(f"{page} {about}".strip())

    def restore(self, path: Path) -> None:
        """Remember which backup was to be restored."""
        self.restored.append(path)

    def print_waiting(self) -> None:
        """The outbox is not looked at here."""

    def print_paper(self, title: str, make: Callable[[], bytes]) -> None:
        """Make the paper at once."""
        self.papers.append((title, make()))


@dataclass
class BackOffice:
    """The demo office, and its people at work."""

    desk: Desk

    def actor(self, user: str) -> Actor:
        """A person of the office."""
        return staff.person(self.desk, user)

    def context(self, user: str, *, signer: str = "", reason: str = "") -> tuple[Context, RecordingShell]:
        """What a page of this person gets."""
        shell = RecordingShell(self.desk, signer, reason)
        return Context(self.desk, self.actor(user), Now(), shell), shell

    def open_drawer(self, user: str, drawer: str) -> str:
        """Open a drawer with its float; gives the batch."""
        command = OpenDrawer(uuid4().hex, drawer, FLOAT)
        return drawers.open_drawer(self.desk, self.actor(user), command).value.batch.batch_id

    def sell_copies(self, user: str, pages: int, *tenders: Tender, customer: str = "") -> Receipt:
        """Sell standard paper copies at 0.10 a page."""
        line = CartLine("REC-COPY", {"pages": str(pages)})
        command = CompleteSale(uuid4().hex, None, (line,), tenders, customer=customer)
        return sell.complete_sale(self.desk, self.actor(user), command).value

    def count_and_send(self, user: str, sheet: CountSheet) -> None:
        """Stop selling, count once, hand it in."""
        actor = self.actor(user)
        drawers.stop_selling(self.desk, actor, uuid4().hex)
        drawers.count(self.desk, actor, CountDrawer(uuid4().hex, sheet))
        drawers.submit_count(self.desk, actor, uuid4().hex)


@pytest.fixture(scope="session")
def office_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the demo office once."""
    path = tmp_path_factory.mktemp("office") / "office.db"
    make_demo_office(f"sqlite:///{path}")
    return path


@pytest.fixture
def office(office_template: Path, tmp_path: Path) -> Iterator[BackOffice]:
    """A demo office of the test's own on the morning of 14 July 2026."""
    path = tmp_path / "office.db"
    shutil.copyfile(office_template, path)
    desk = open_desk(f"sqlite:///{path}")
    yield BackOffice(desk)
    desk.close()


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    """The program as it looks at the counter."""
    prepare(qapp)
    return qapp


@contextmanager
def in_front(page: Page) -> Iterator[None]:
    """Show a page as the window does, at the size of the counter's screens, with the keys; then take it away."""
    page.resize(1254, 700)
    page.show()
    QTest.qWaitForWindowExposed(page)
    page.activateWindow()
    page.enter()
    page.first_focus().setFocus()
    yield
    page.close()
    page.deleteLater()
    QCoreApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete)


def press(page: Page, key: Qt.Key, *, ctrl: bool = False) -> None:
    """Press a key where the focus is."""
    with_it = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(focus_of(page), key, with_it)


def type_in(page: Page, text: str) -> None:
    """Type where the focus is (ASCII)."""
    QTest.keyClicks(focus_of(page), text)


def focus_of(page: Page) -> QWidget:
    """The widget that takes the keys; the page itself where none has asked for them."""
    focused: QWidget | None = page.focusWidget()
    return page if focused is None else focused
