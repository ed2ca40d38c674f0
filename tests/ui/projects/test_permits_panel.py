"""The panel of permits: what was issued, what is due on it, and what its reader may do about it."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import uuid4

import pytest

from csr_desk.domain.cart import CartLine
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import permit_amendments, permits, projects, sell
from csr_desk.ui.pages.projects.permits_panel import PermitsPanel
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
