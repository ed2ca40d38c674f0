"""The search box of the sell page finds people too: a row of their own kind, Enter and F4."""

from __future__ import annotations

import threading
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt

from csr_desk.domain.customers import CustomerForm, Level
from csr_desk.services import customer_notes, customers_entry
from csr_desk.services import customers as service
from csr_desk.ui.pages.sell.picture import Found
from ui.counter import Counter, strike

ENTER, F4, DOWN = Qt.Key.Key_Return, Qt.Key.Key_F4, Qt.Key.Key_Down
MARIA = CustomerForm("ÁLVAREZ, María", address="4107 Leeland St", phone="713-555-0142")


@pytest.fixture
def with_maria(selling: Counter) -> Counter:
    """A clerk who sells, and María in the files."""
    enter(selling, MARIA, "C-101")
    return selling


def enter(counter: Counter, form: CustomerForm, number: str) -> None:
    """Enter a customer."""
    who = counter.person("clerk1")
    command = customers_entry.EnterCustomer(uuid4().hex, form, number)
    counter.ask(lambda: customers_entry.enter_customer(counter.desk, who, command))


def add_note(counter: Counter, level: Level, words: str) -> None:
    """Write a note on María."""
    who = counter.person("clerk1")
    command = customer_notes.AddNote(uuid4().hex, "C-101", level, words)
    counter.ask(lambda: customer_notes.add_note(counter.desk, who, command))


def kinds(counter: Counter) -> list[Found]:
    """The kinds of the rows under the box."""
    return [one.kind for one in counter.page.suggestions.found.found]


def test_a_person_is_found_and_enter_opens_their_page(with_maria: Counter) -> None:
    with_maria.press("alvarez leel")
    assert kinds(with_maria) == [Found.CUSTOMER]
    assert "F4" in with_maria.text("search-hint")
    with_maria.press(ENTER)
    assert with_maria.shown("customer-name")
    assert with_maria.text("customer-name") == "ÁLVAREZ, María"


def test_with_a_sale_open_enter_puts_them_on_it(with_maria: Counter) -> None:
    with_maria.press("cop", ENTER, "12", ENTER)
    with_maria.press("alvarez", ENTER)
    assert with_maria.text("customer") == "ÁLVAREZ, María · (713) 555-0142"
    assert with_maria.text("search") == ""


def test_f4_on_a_person_puts_them_on_the_sale_and_alone_asks_who_pays(with_maria: Counter) -> None:
    with_maria.press("alvarez", F4)
    assert with_maria.text("customer") == "ÁLVAREZ, María · (713) 555-0142"
    with_maria.press(F4)
    assert with_maria.shown("fields")


def test_what_stops_is_read_before_they_are_on_the_sale_and_what_warns_is_said(with_maria: Counter) -> None:
    add_note(with_maria, Level.WARN, "Dog at the gate")
    with_maria.press("alvarez", F4)
    assert "Dog at the gate" in with_maria.text("banner-text")
    with_maria.page.presenter.take_customer("")
    add_note(with_maria, Level.STOP, "Cash only")
    with_maria.press("alvarez", F4)
    assert with_maria.shown("reason")
    with_maria.press(Qt.Key.Key_Escape)
    assert with_maria.text("customer") == "Walk-in customer"
    with_maria.press(Qt.Key.Key_Escape)
    with_maria.press("alvarez", F4, "1")
    assert with_maria.text("customer").startswith("ÁLVAREZ, María")


def test_a_note_on_tone_is_said_before_the_conversation_with_its_level_in_words(with_maria: Counter) -> None:
    add_note(with_maria, Level.INFO, "Hard of hearing: face her, speak slowly")
    with_maria.press("alvarez", F4)
    assert with_maria.text("banner-text") == "Note: Hard of hearing: face her, speak slowly"
    with_maria.page.presenter.take_customer("")
    add_note(with_maria, Level.WARN, "Shouted in May: two at the counter")
    with_maria.press("alvarez", F4)
    assert with_maria.text("banner-text").startswith("Warning: Shouted in May: two at the counter · Note: Hard")
    with_maria.space.go("customer", "customer:" + with_maria.page.presenter.cart.customer_id)
    with_maria.settle()
    heads = [with_maria.text(f"customer-alert-{at}") for at in (1, 2)]
    assert heads == ["Shouted in May: two at the counter", "Hard of hearing: face her, speak slowly"]


def test_items_stand_before_people_and_the_pick_stays_when_people_join(with_maria: Counter) -> None:
    enter(with_maria, CustomerForm("Copeland, Ruth"), "C-500")
    with_maria.press("cop")
    found = kinds(with_maria)
    assert found[0] is Found.ITEM
    assert found[-1] is Found.CUSTOMER
    with_maria.press(ENTER)
    assert with_maria.text("line-title").startswith("Line 1")


def test_enter_faster_than_the_answer_takes_the_only_person(
    with_maria: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = service.find_customers
    asked: list[str] = []
    typed = threading.Event()

    def slow(*args: object, **words: object) -> service.FoundCustomers:
        asked.append(str(args[2]))
        typed.wait(timeout=5)
        return find(*args, **words)  # type: ignore[arg-type]

    monkeypatch.setattr(service, "find_customers", slow)
    for char in "alvarez leeland":
        strike(with_maria.focus(), char)
    strike(with_maria.focus(), ENTER)
    typed.set()
    with_maria.settle()
    assert with_maria.text("customer-name") == "ÁLVAREZ, María"
    assert asked == ["alv", "alvarez leeland"]
    with_maria.space.go("sell")
    for char in "zzzz":
        strike(with_maria.focus(), char)
    strike(with_maria.focus(), ENTER)
    with_maria.settle()
    assert "Nothing has this name" in with_maria.text("search-hint")
