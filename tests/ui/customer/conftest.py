"""The window with a clerk at the customer page, and people in the files."""

from __future__ import annotations

from typing import cast
from uuid import uuid4

import pytest

from csr_desk.domain.customers import CustomerForm, Level
from csr_desk.services import accounts, customer_notes, customers_entry
from csr_desk.ui.pages.customer.view import CustomerPage
from ui.back_office import dressed, office, office_template
from ui.counter import Counter, counter, office_url, selling

__all__ = ["counter", "dressed", "office", "office_template", "office_url", "selling"]

MARIA = CustomerForm(
    "ÁLVAREZ, María", language="es", address="4107 Leeland St Unit B, Houston, TX 77023", phone="713-555-0142",
    email="m.alvarez@example.org",
)  # fmt: skip
MARIO = CustomerForm("Alvarez, Mario", address="4170 Leeland St", phone="713-555-0199")


def enter(counter: Counter, form: CustomerForm, number: str) -> str:
    """Enter a customer as clerk1."""
    who = counter.person("clerk1")
    command = customers_entry.EnterCustomer(uuid4().hex, form, number)
    return counter.ask(lambda: customers_entry.enter_customer(counter.desk, who, command)).value


def add_account(counter: Counter, number: str, owner: str) -> None:
    """Open an account."""
    who = counter.person("clerk1")
    command = accounts.NewAccount(uuid4().hex, number, owner, "Water and sewer", "Public Works", "4107 Leeland St B")
    counter.ask(lambda: accounts.add_account(counter.desk, who, command))


def add_note(counter: Counter, customer: str, level: Level, words: str) -> None:
    """Write a note."""
    who = counter.person("clerk1")
    command = customer_notes.AddNote(uuid4().hex, customer, level, words)
    counter.ask(lambda: customer_notes.add_note(counter.desk, who, command))


def page_of(counter: Counter) -> CustomerPage:
    """The customer page in front."""
    return cast("CustomerPage", counter.space.page)


@pytest.fixture
def people(counter: Counter) -> Counter:
    """clerk3 at the customer page with a drawer open; María with an account, and Mario."""
    enter(counter, MARIA, "C-101")
    enter(counter, MARIO, "C-204")
    add_account(counter, "0041-2277-9", "C-101")
    counter.work_as("clerk3", "HPC-3")
    counter.space.go("customer")
    counter.settle()
    counter.keys = 0
    return counter
