"""The panel of permits: what was issued, what is due on it, and what its reader may do about it."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from csr_desk.domain.cart import CartLine
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import permit_amendments, permits, projects, sell
from csr_desk.services.clock import TrainingClock
from csr_desk.ui.pages.projects.permits_panel import PermitsPanel
from csr_desk.ui.pages.sell.view import SellPage
from csr_desk.ui.widgets.key_row import KeyRow
from ui.counter import Counter


@pytest.fixture
def panel(selling: Counter) -> PermitsPanel:
    """The panel on a project with a fence, and a house that was amended upward."""
    desk, clerk = selling.desk, selling.person("clerk3")
    opened = selling.ask(
        lambda: projects.open_project(desk, clerk, projects.OpenProject(uuid4().hex, "House", "40 Elm St"))
    )
    number = opened.value.number
    keyed = {"project_number": number, "service_address": "40 Elm St", "linear_feet": "100", "valuation": "21300"}
    lines = (CartLine("BLD-FENCE", keyed), CartLine("BLD-STRUCT", keyed))
    check = (Tender(TenderKind.CHECK, number="1"),)
    sale = sell.CompleteSale(uuid4().hex, None, lines, check, demo_inputs=True)
    receipt = selling.ask(lambda: sell.complete_sale(desk, clerk, sale)).value
    house = selling.ask(lambda: permits.numbers_of(desk, receipt.key))[1]
    wish = permit_amendments.AmendPermit(uuid4().hex, house, (("valuation", "30000"),), "A garage was added")
    selling.ask(lambda: permit_amendments.amend_permit(desk, clerk, wish))
    made = PermitsPanel(selling.space.context)
    made.setParent(selling.window)
    made.resize(1180, 720)
    made.show()
    made.show_project(number)
    selling.settle()
    picture = os.environ.get("CSR_DESK_PICTURES")
    if picture:
        made.grab().save(str(Path(picture) / "permits-panel.png"))
    return made


def test_permits_say_what_is_due_and_what_happened_since(panel: PermitsPanel, selling: Counter) -> None:
    rows = panel.permits.texts()
    assert [row[5] for row in rows] == ["", "42.88"]
    assert all("40 Elm St" in row[1] for row in rows)
    assert panel.changes.texts() == []
    panel.pick(rows[1][0])
    selling.settle()
    assert [(row[1], row[2], row[3]) for row in panel.changes.texts()] == [
        ("Amended · A garage was added", "due", "42.88"),
    ]


def test_only_what_may_be_done_is_offered(panel: PermitsPanel, selling: Counter) -> None:
    assert [panel.pay.isEnabled(), panel.amend.isEnabled(), panel.move_money.isEnabled()] == [False, True, False]
    panel.pick(panel.permits.texts()[1][0])
    selling.settle()
    assert [panel.pay.isEnabled(), panel.amend.isEnabled(), panel.move_money.isEnabled()] == [True, False, True]
    assert not panel.revoke.isEnabled()  # a supervisor's


def test_a_project_without_a_permit_says_so(panel: PermitsPanel, selling: Counter) -> None:
    panel.show_project("26-999999-0")
    selling.settle()
    assert panel.nothing.isVisible()
    assert not panel.printed.isEnabled()


def test_a_permit_is_renewed_by_one_key_and_the_payment(panel: PermitsPanel, selling: Counter) -> None:
    assert panel.renew.isEnabled()
    number = panel.permits.texts()[0][0]
    panel.permits.setFocus()
    QTest.keyClick(panel.permits, Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    selling.settle()
    sell_page = selling.page
    assert isinstance(sell_page, SellPage)
    [line] = sell_page.presenter.cart.lines
    assert isinstance(line, CartLine)
    assert (line.item, line.inputs["renews"]) == ("BLD-FENCE", number)
    assert selling.text("banner-text").startswith(f"Permit {number} is renewed until ")
    selling.space.context.shell.go("sell", f"renewal:{number}")
    selling.settle()
    assert len(sell_page.presenter.cart.lines) == 1  # a permit is not renewed twice in one cart


def test_one_that_is_not_renewed_any_more_says_so_and_stays_on_its_page(panel: PermitsPanel, selling: Counter) -> None:
    clock = selling.desk.clock
    assert isinstance(clock, TrainingClock)
    selling.ask(lambda: clock.set(datetime(2028, 7, 14, 9, tzinfo=ZoneInfo("America/Chicago"))))
    before = selling.space.page
    panel.renew.trigger()
    selling.settle()
    assert selling.space.page is before
    assert not selling.page.presenter.cart.lines
    assert "a new permit is needed" in selling.text("banner-text")


def test_a_permit_to_which_nothing_happened_says_so(panel: PermitsPanel, selling: Counter) -> None:
    assert panel.quiet.isVisible()
    assert not panel.changes.isVisible()
    panel.pick(panel.permits.texts()[1][0])
    selling.settle()
    assert not panel.quiet.isVisible()
    assert panel.changes.isVisible()


def test_the_lines_of_keys_lie_close_together(panel: PermitsPanel) -> None:
    row = panel.findChild(KeyRow)
    assert isinstance(row, KeyRow)
    tops = sorted({button.y() for button in row.buttons})
    assert len(tops) == 2
    assert tops[1] - tops[0] == row.buttons[0].height() + 6
    assert row.height() <= tops[1] + row.buttons[0].height() + 12
