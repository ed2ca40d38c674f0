"""From a scrap of what somebody says to a printed receipt in the real window, keys counted; what holds for them."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt

from csr_desk.domain.customers import Level
from csr_desk.domain.holds import Stops
from csr_desk.domain.receipt import Receipt
from csr_desk.services import accounts, customer_timeline, holds
from ui.counter import Counter
from ui.customer.conftest import MARIA, MARIO, add_account, add_note, enter

ENTER, ESC, F3, F4, F5 = (
    Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_F3, Qt.Key.Key_F4, Qt.Key.Key_F5,
)  # fmt: skip
WORDS = "alvarez leeland"


@pytest.fixture
def owing(selling: Counter) -> Counter:
    """The sell page; María owes 64.37 for water and 50.00 for an alarm, and nothing on a third account."""
    enter(selling, MARIA, "C-101")
    enter(selling, MARIO, "C-204")
    for number in ("0041-2277-9", "ALM-77120", "0041-9999-1"):
        add_account(selling, number, "C-101")
    bill(selling, "0041-2277-9", "W-2606", 6437)
    bill(selling, "ALM-77120", "A-2026", 5000)
    selling.keys = 0
    return selling


def bill(selling: Counter, account: str, number: str, cents: int) -> None:
    """Bill an account, due ten days ago."""
    clerk, due = selling.person("clerk3"), selling.desk.today() - timedelta(days=10)
    command = accounts.NewBill(uuid4().hex, account, (accounts.BillItem(None, "Charge", cents),), due, number)
    selling.ask(lambda: accounts.add_bill(selling.desk, clerk, command))


def hold(selling: Counter, stops: Stops, customer: str) -> None:
    """Stop sales."""
    boss = selling.person("supervisor1")
    command = holds.PlaceHold(uuid4().hex, "Two returned checks", customer, stops=stops)
    selling.ask(lambda: holds.place_hold(selling.desk, boss, command))


def rows(selling: Counter) -> list[tuple[str, int | None]]:
    return [(row.code, row.amount) for row in selling.page.presenter.picture.rows]


def sold(selling: Counter) -> Receipt:
    receipt = selling.last_receipt()
    assert receipt is not None
    return receipt


def test_from_a_scrap_to_a_printed_receipt_takes_three_keys_beside_the_scrap(owing: Counter) -> None:
    owing.press(WORDS, ENTER)
    assert owing.text("customer-name") == "ÁLVAREZ, María"
    assert owing.text("customer-owed") == "$114.37"
    owing.press(F5)
    assert sorted(rows(owing)) == [("A-2026", 5000), ("W-2606", 6437)]
    assert owing.text("customer") == "ÁLVAREZ, María · (713) 555-0142"
    owing.press(F5)
    assert owing.keys == len(WORDS) + 3
    receipt = sold(owing)
    assert (receipt.total, receipt.customer) == (11437, "ÁLVAREZ, María · (713) 555-0142")
    assert [paper.number for paper in owing.tray.receipts()] == [receipt.number]
    owing.space.go("customer")
    owing.settle()
    assert owing.text("customer-owed") == "$0.00"


def test_notes_of_a_hundred_and_twenty_take_three_keys_more(owing: Counter) -> None:
    owing.press(WORDS, ENTER, F5, "120", F5)
    assert owing.keys == len(WORDS) + 6
    assert owing.text("change") == "$5.63"


def test_what_warns_is_said_when_the_debts_come_into_the_cart(owing: Counter) -> None:
    add_note(owing, "C-101", Level.STOP, "Cash only")
    hold(owing, Stops.NEW, "C-101")
    owing.press(WORDS, ENTER, F5)
    assert rows(owing) == []
    owing.press("1")
    assert len(rows(owing)) == 2
    assert "Cash only" in owing.text("banner-text")
    assert "Two returned checks" in owing.text("banner-text")


def test_a_hold_on_what_is_new_lets_a_debt_be_paid_and_stops_an_item(owing: Counter) -> None:
    hold(owing, Stops.NEW, "C-101")
    owing.press(WORDS, ENTER, F5, F5)
    assert sold(owing).total == 11437
    owing.press("cop", ENTER, "12", ENTER)
    owing.press(WORDS, F4)
    assert "Two returned checks" in owing.text("banner-text")
    owing.press(F5)
    assert owing.shown("approval")
    owing.press("1", "supervisor1-demo", ENTER)
    assert sold(owing).total == 120


def test_the_sale_is_on_the_time_line_of_whoever_it_was_for_and_so_is_its_void(owing: Counter) -> None:
    owing.press("cop", ENTER, "12", ENTER)
    owing.press(WORDS, F4)
    owing.press(F5)
    first = sold(owing).number
    owing.press(Qt.Key.Key_F8, "1")
    owing.press("1", "supervisor1-demo", ENTER)
    clerk = owing.person("clerk3")
    told = owing.ask(lambda: customer_timeline.timeline(owing.desk, clerk, "C-101"))
    assert [(one.kind, one.number) for one in told if one.kind in {"sale", "void"}] == [
        ("void", sold(owing).number), ("sale", first)
    ]  # fmt: skip


def test_a_hold_on_everything_asks_for_a_second_person_also_after_the_cart_waited(owing: Counter) -> None:
    hold(owing, Stops.ALL, "C-101")
    owing.press("cop", ENTER, "12", ENTER)
    owing.press(WORDS, F4)
    owing.press(F3)
    assert owing.page.presenter.cart.customer_id == ""
    owing.press(F3, ENTER)
    assert owing.page.presenter.cart.customer_id == "C-101"
    owing.press(F5)
    assert owing.shown("approval")
    owing.press(ESC)
    assert owing.last_receipt() is None


def test_another_telephone_keeps_whose_sale_it_is_and_another_name_does_not(owing: Counter) -> None:
    owing.press("cop", ENTER, "12", ENTER)
    owing.press(WORDS, F4)
    cart = owing.page.presenter.cart
    assert cart.customer_id == "C-101"
    owing.press(F4, ENTER, ENTER)
    assert cart.customer_id == "C-101"
    owing.press(F4)
    owing.press("Somebody", ENTER, ENTER)
    assert (cart.customer_id, cart.customer.startswith("Somebody")) == ("", True)


def test_with_nothing_due_they_are_on_the_sale_all_the_same(owing: Counter) -> None:
    owing.press("alvarez mario", ENTER, F5)
    assert rows(owing) == []
    assert owing.page.presenter.cart.customer_id == "C-204"
    assert owing.text("customer").startswith("Alvarez, Mario")
