"""The panel of orders: paid one by one, printed again, called off with a reason."""

from __future__ import annotations

from functools import partial
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt

from csr_desk.domain.cart import CartLine
from csr_desk.services import orders, projects
from csr_desk.ui.pages.projects.orders_panel import OrdersPanel
from ui.counter import Counter


@pytest.fixture
def panel(selling: Counter) -> OrdersPanel:
    """The panel on a project with an order for a fence and one for a driveway."""
    desk, clerk = selling.desk, selling.person("clerk3")
    command = projects.OpenProject(uuid4().hex, "House", "40 Elm St")
    number = selling.ask(lambda: projects.open_project(desk, clerk, command)).value.number
    for item, memo in (("BLD-FENCE", "Fence of 100 feet"), ("BLD-DRIVE", "")):
        keyed = {"project_number": number, "service_address": "40 Elm St"}
        keyed |= {"linear_feet": "100"} if item == "BLD-FENCE" else {}
        wish = orders.PrepareOrder(uuid4().hex, (CartLine(item, keyed),), number, memo=memo, demo_inputs=True)
        selling.ask(partial(orders.prepare_order, desk, clerk, wish))
    made = OrdersPanel(selling.space.context)
    made.setParent(selling.window)
    made.resize(1180, 560)
    made.show()
    made.show_project(number)
    selling.settle()
    return made


def test_an_order_shows_what_it_sells_at_the_prices_of_which_day(panel: OrdersPanel, selling: Counter) -> None:
    rows = panel.orders.texts()
    assert [row[1] for row in rows] == ["Fence of 100 feet", "Driveway permit (approach in right-of-way)"]
    assert {(row[2], row[3], row[4]) for row in rows} == {("Open", "7/14/2026", "8/13/2026")}
    assert [row[2] for row in panel.lines.texts()][-1] != ""
    panel.pick(rows[1][0])
    selling.settle()
    assert "BLD-DRIVE" in [row[0] for row in panel.lines.texts()]


def test_one_order_alone_goes_onto_the_sale(panel: OrdersPanel, selling: Counter) -> None:
    row = panel.orders.texts()[1]
    panel.pick(row[0])
    panel.pay.trigger()
    selling.settle()
    assert selling.text("total-due") == f"${row[5]}"


def test_an_order_is_called_off_with_a_reason_and_then_only_read(panel: OrdersPanel, selling: Counter) -> None:
    assert (panel.pay.isEnabled(), panel.printed.isEnabled(), panel.cancel.isEnabled()) == (True, True, True)
    first = panel.orders.texts()[0][0]
    panel.cancel.trigger()
    selling.press("2", Qt.Key.Key_Return)
    selling.settle()
    states = {row[0]: row[2] for row in panel.orders.texts()}
    assert sorted(states.values()) == ["Cancelled", "Open"]
    assert states[first] == "Cancelled"
    panel.pick(first)
    assert (panel.pay.isEnabled(), panel.printed.isEnabled(), panel.cancel.isEnabled()) == (False, False, False)


def test_a_project_without_an_order_says_how_one_is_made(panel: OrdersPanel, selling: Counter) -> None:
    desk, clerk = selling.desk, selling.person("clerk3")
    command = projects.OpenProject(uuid4().hex, "Shed", "41 Elm St")
    empty = selling.ask(lambda: projects.open_project(desk, clerk, command)).value.number
    panel.show_project(empty)
    selling.settle()
    assert panel.nothing.isVisible()
    assert not panel.pay.isEnabled()
