"""What a sale tells the pages: whoever shows work orders, permits or projects looks again after it."""

from __future__ import annotations

import pytest

from csr_desk.domain.cart_lines import CartLine
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.people import Act
from csr_desk.domain.receipt import Receipt
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import corrections, policies, sell
from demo_city import City


@pytest.fixture
def open_city(sqlite_city: City) -> City:
    """The drawer of clerk1 is open; a container sends a crew."""
    sqlite_city.open()
    rule = policies.SetPolicy(sqlite_city.key(), {"work_order_items": ["SWM-XCAP = container normal"]})
    policies.set_policy(sqlite_city.desk, sqlite_city.who("admin1"), rule)
    return sqlite_city


def sold(city: City, item: str, **inputs: str) -> Done[Receipt]:
    """Sell one thing for cash."""
    command = sell.CompleteSale(
        city.key(), None, (CartLine(item, inputs),), (Tender(TenderKind.CASH),), demo_inputs=True,
    )  # fmt: skip
    return sell.complete_sale(city.desk, city.who("clerk1"), command)


def test_a_sale_that_opens_a_work_order_says_so_and_so_does_its_void(open_city: City) -> None:
    city, done = open_city, sold(open_city, "SWM-XCAP", account="none", service_address="9 Oak St", months="1")
    assert Topic.WORK_ORDERS in done.topics
    total = done.value.total
    command = corrections.Void(city.key(), done.value.number, "Wrong house")
    yes = city.yes(Act.VOID, done.value.number, total)
    void = corrections.void(city.desk, city.who("clerk1"), command, yes)
    assert Topic.WORK_ORDERS in void.topics


def test_a_sale_that_issues_a_permit_says_so(open_city: City) -> None:
    assert {Topic.PERMITS, Topic.PROJECTS} <= sold(open_city, "BLD-DRIVE").topics


def test_a_sale_of_anything_else_makes_no_board_look_again(open_city: City) -> None:
    assert not sold(open_city, "WTR-REREAD").topics & {Topic.WORK_ORDERS, Topic.PERMITS, Topic.PROJECTS}
