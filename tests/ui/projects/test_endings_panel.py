"""The list of what ends soon: who is reminded, by which key, and where a row leads."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path
from typing import cast
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from csr_desk.domain.cart import CartLine
from csr_desk.domain.contractor import PaperKind
from csr_desk.domain.customers import CustomerForm
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import contractors, customers_entry, outbox_keeping, sell
from csr_desk.services.clock import TrainingClock
from csr_desk.ui.pages.customer.view import CustomerPage
from csr_desk.ui.pages.projects.endings_panel import EndingsPanel
from csr_desk.ui.pages.projects.view import ProjectsPage
from ui.counter import Counter

ENTER = Qt.Key.Key_Return


@pytest.fixture
def panel(selling: Counter) -> EndingsPanel:
    """The list behind F3: a contractor's two papers, one of them over, two permits, and a third that ran out."""
    desk, clerk = selling.desk, selling.person("clerk3")
    selling.window.printing.mailing.stop()  # what goes out here, the test says

    def fill() -> None:
        for number, form in (
            ("C-1", CustomerForm("Bayou Volt Electric", phone="713-555-0142", email="office@volt.example.org")),
            ("C-2", CustomerForm("Tran, Minh", phone="713-555-0143")),
        ):
            customers_entry.enter_customer(desk, clerk, customers_entry.EnterCustomer(uuid4().hex, form, number))
        new = contractors.RegisterContractor(uuid4().hex, "C-1", ("electrical",))
        whose = contractors.register_contractor(desk, clerk, new).value
        for kind, printed, ends in (
            (PaperKind.INSURANCE, "GL-88", date(2026, 7, 8)), (PaperKind.LICENCE, "TECL 30112", date(2026, 8, 1)),
        ):  # fmt: skip
            paper = contractors.FilePaper(uuid4().hex, whose, kind, printed, "electrical", "", None, ends)
            contractors.file_paper(desk, clerk, paper)
        for customer in ("C-1", "C-2"):
            lines = (CartLine("ELE-TCI", {"service_address": "9 Palm St"}),)
            check = (Tender(TenderKind.CHECK, number="4"),)
            sale = sell.CompleteSale(uuid4().hex, None, lines, check, demo_inputs=True, customer_id=customer)
            sell.complete_sale(desk, clerk, sale)

    selling.ask(fill)
    selling.space.go("projects")
    selling.settle()
    selling.press(Qt.Key.Key_F3)
    page = cast("ProjectsPage", selling.space.page)
    made = page.panels["endings"]
    assert isinstance(made, EndingsPanel)
    assert selling.focused_name() == "endings"
    return made


def alt(counter: Counter, key: Qt.Key) -> None:
    """Press Alt and a key."""
    QTest.keyClick(counter.focus(), key, Qt.KeyboardModifier.AltModifier)
    counter.settle()


def keep_picture(counter: Counter, name: str) -> None:
    """Keep what it looks like where somebody wants to see it."""
    folder = os.environ.get("CSR_DESK_PICTURES")
    if folder:
        counter.window.resize(1366, 768)
        counter.settle()
        counter.window.grab().save(str(Path(folder) / name))


def test_they_are_reminded_by_one_key_once_and_the_others_are_called(panel: EndingsPanel, selling: Counter) -> None:
    keep_picture(selling, "endings.png")
    assert [(row[0], row[2], row[4], row[6]) for row in panel.table.texts()] == [
        ("Insurance", "Bayou Volt Electric", "7/8/2026", "ran out"),
        ("Licence", "Bayou Volt Electric", "8/1/2026", "not yet"),
        ("Permit", "Bayou Volt Electric", "8/13/2026", "not yet"),
        ("Permit", "Tran, Minh", "8/13/2026", "no mail: call them"),
    ]
    alt(selling, Qt.Key.Key_M)
    assert selling.text("banner-text") == "2 reminders are in the outbox. 1 has no mail address: call them."
    assert [row[6] for row in panel.table.texts()][1:3] == ["in the outbox, or sent"] * 2
    assert not panel.remind.isEnabled()
    found = outbox_keeping.messages
    who = selling.person("supervisor1")
    assert selling.ask(lambda: found(selling.desk, who)).waiting == 2


def test_the_list_looks_further_ahead_and_permits_that_ran_out_are_recorded(
    panel: EndingsPanel, selling: Counter
) -> None:
    alt(selling, Qt.Key.Key_D)
    selling.press("soon", ENTER)
    assert selling.space.sheet is not None
    selling.press(Qt.Key.Key_Escape)
    alt(selling, Qt.Key.Key_D)
    selling.press("18", ENTER)
    assert len(panel.table.texts()) == 2
    assert not panel.ended.isEnabled()
    clock = selling.desk.clock
    assert isinstance(clock, TrainingClock)
    selling.ask(lambda: clock.set(datetime(2026, 8, 14, 9, tzinfo=ZoneInfo("America/Chicago"))))
    panel.load()
    selling.settle()
    alt(selling, Qt.Key.Key_R)
    assert selling.text("banner-text") == "2 permits ran out."
    assert [row[0] for row in panel.table.texts()] == ["Insurance", "Licence"]


def test_enter_opens_whose_paper_it_is(panel: EndingsPanel, selling: Counter) -> None:
    panel.table.go_to(0)
    selling.press(ENTER)
    assert isinstance(selling.space.page, CustomerPage)


def test_an_auditor_reads_the_list_without_keys_and_without_telephones(panel: EndingsPanel, selling: Counter) -> None:
    assert panel.remind.isVisible()
    selling.work_as("auditor1")
    selling.space.go("projects")
    selling.settle()
    selling.press(Qt.Key.Key_F3)
    page = cast("ProjectsPage", selling.space.page)
    theirs = page.panels["endings"]
    assert isinstance(theirs, EndingsPanel)
    assert not theirs.remind.isVisible()
    assert not theirs.ended.isEnabled()
    assert len(theirs.table.texts()) == 4
    assert not any("555" in row[3] for row in theirs.table.texts())
