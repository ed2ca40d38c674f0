"""The panel of a new account: the list by a few keys, the utility that was asked, and what it comes to."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from csr_desk.domain.account_check import Item
from csr_desk.domain.company import Channel, CompanyForm, CompanyKind, ContactForm, Purpose
from csr_desk.domain.errors import Conflict
from csr_desk.domain.new_account import Standing
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import accounts, companies, policies, sell, staff
from csr_desk.services import verification_of_accounts as checks
from csr_desk.services.lines import BillLine
from csr_desk.ui.cart.owed_line import OwedLine
from csr_desk.ui.pages.customer.verifying_panel import VerifyingPanel
from csr_desk.ui.pages.customer.verifying_presenter import said
from csr_desk.ui.pages.sell.view import SellPage
from ui.counter import Counter

NUMBER = "0041-2277-9"
ADDRESS = "4107 Leeland St Unit B, Houston, TX 77023"


@pytest.fixture
def panel(selling: Counter) -> VerifyingPanel:
    """The panel on a new account; one utility in the directory."""
    desk, clerk, supervisor = selling.desk, selling.person("clerk3"), selling.person("supervisor1")
    form = accounts.NewCustomer(uuid4().hex, "María Álvarez", address=ADDRESS, number="C-1")
    selling.ask(lambda: accounts.add_customer(desk, clerk, form))
    account = accounts.NewAccount(uuid4().hex, NUMBER, "C-1", "Water", site=ADDRESS)
    selling.ask(lambda: accounts.add_account(desk, clerk, account))
    company = CompanyForm("Pasadena Water", CompanyKind.WATER, Channel.PHONE, "713-555-0142")
    kept = selling.ask(lambda: companies.keep_company(desk, supervisor, companies.KeepCompany("g", company))).value
    desk_there = ContactForm("Credit desk", Channel.PHONE, "713-555-0187", Purpose.VERIFICATION)
    selling.ask(lambda: companies.keep_contact(desk, supervisor, companies.KeepContact("c", kept.number, desk_there)))
    made = VerifyingPanel(selling.space.context)
    made.setParent(selling.window)
    made.resize(1180, 720)
    made.show()
    made.show_account(NUMBER)
    selling.settle()
    return made


def states(panel: VerifyingPanel) -> list[str]:
    """Where each thing stands."""
    return [row[1] for row in panel.table.texts()]


def test_a_list_is_started_looked_into_and_decided(panel: VerifyingPanel, selling: Counter) -> None:
    assert panel.none.isVisible()
    assert panel.begin.isEnabled()
    assert not panel.settle.isEnabled()
    panel.begin.trigger()
    selling.press("1")  # a tenant
    selling.settle()
    assert states(panel) == ["open", "open", "in order", "open", "open"]
    assert "identity, tenure, address, standing" in panel.sentence.text()
    presenter, desk, clerk = panel.presenter, selling.desk, selling.space.context.actor
    found = presenter.picture.found
    assert found is not None
    for item, answer in ((Item.IDENTITY, "Passport"), (Item.TENURE, "Lease to 2027-06-30"), (Item.ADDRESS, ADDRESS)):
        look = checks.LookInto(uuid4().hex, found.number, item, answer, met=True)
        selling.ask(partial(checks.look_into, desk, clerk, look))
    asked = checks.Asked("G26-0001", "Ms. Ortiz", Channel.PHONE, "PW-3391", Standing.GOOD, 14)
    look = checks.LookInto(uuid4().hex, found.number, Item.STANDING, "Never late.", asked=asked)
    selling.ask(lambda: checks.look_into(desk, clerk, look))
    panel.show_account(NUMBER)
    selling.settle()
    assert panel.table.texts()[4][2:4] == ["Never late.", "Ms. Ortiz, Pasadena Water, PW-3391"]
    picture = os.environ.get("CSR_DESK_PICTURES")
    if picture:
        panel.grab().save(str(Path(picture) / "verifying-panel.png"))
    panel.settle.trigger()
    selling.settle()
    assert panel.sentence.text() == "The deposit is waived: 14 months in good standing elsewhere."
    assert not panel.look.isEnabled()
    assert panel.begin.isEnabled()
    facts = [label.text() for label in panel.facts.findChildren(QLabel)]
    assert facts[-4:] == ["By the rule", "good standing with another utility", "Deposit", "waived"]
    assert not panel.sell.isVisible()


def charged(panel: VerifyingPanel, selling: Counter) -> None:
    """Let the account be decided with a deposit: a tenant without another utility."""
    desk, clerk = selling.desk, selling.space.context.actor
    found = selling.ask(lambda: checks.open_for_account(desk, clerk, uuid4().hex, NUMBER, "tenant")).value
    for item, answer in ((Item.IDENTITY, "Passport"), (Item.TENURE, "Lease to 2027-06-30"), (Item.ADDRESS, ADDRESS)):
        look = checks.LookInto(uuid4().hex, found.number, item, answer, met=True)
        selling.ask(partial(checks.look_into, desk, clerk, look))
    nobody = checks.LookInto(
        uuid4().hex, found.number, Item.STANDING, "First home", asked=checks.Asked(standing=Standing.NONE)
    )
    selling.ask(lambda: checks.look_into(desk, clerk, nobody))
    panel.show_account(NUMBER)
    selling.settle()
    panel.settle.trigger()
    selling.settle()


def test_the_deposit_that_was_charged_goes_onto_the_sale_by_one_key_and_once_only(
    panel: VerifyingPanel, selling: Counter
) -> None:
    charged(panel, selling)
    assert "Alt+D sells it" in selling.text("banner-text")
    assert (panel.sell.isVisible(), panel.sell.isEnabled()) == (True, True)
    panel.sell.trigger()
    selling.settle()
    page = selling.space.page
    assert isinstance(page, SellPage)
    (line,) = page.presenter.cart.lines
    assert isinstance(line, OwedLine)
    assert (line.name, line.amount) == (f"Deposit of account {NUMBER}", 15000)
    page.look_at(f"deposit:{NUMBER}")
    selling.settle()
    assert len(page.presenter.cart.lines) == 1
    assert page.presenter.debts.other_amount(0)
    assert selling.space.sheet is None, "a deposit is taken as it was charged"
    page.presenter.debts.look_again(Conflict("Somebody was paid first."))
    selling.settle()
    assert [one.amount for one in page.presenter.cart.lines if isinstance(one, OwedLine)] == [15000]


def test_a_deposit_that_is_held_is_not_sold_again(panel: VerifyingPanel, selling: Counter) -> None:
    charged(panel, selling)
    desk, clerk = selling.desk, selling.space.context.actor
    line = BillLine("deposit", NUMBER, 15000)
    sale = sell.CompleteSale(uuid4().hex, None, (line,), (Tender(TenderKind.CASH),))
    selling.ask(lambda: sell.complete_sale(desk, clerk, sale))
    panel.show_account(NUMBER)
    selling.settle()
    assert (panel.sell.isVisible(), panel.sell.isEnabled()) == (True, False)
    selling.space.go("sell")
    selling.settle()
    front = selling.space.page
    assert isinstance(front, SellPage)
    front.look_at(f"deposit:{NUMBER}")
    selling.settle()
    assert front.presenter.cart.lines == []


def test_what_was_decided_is_said_as_it_was_decided_whatever_the_terms_are_now(
    panel: VerifyingPanel, selling: Counter
) -> None:
    charged(panel, selling)
    change = policies.SetPolicy(uuid4().hex, {"deposit_tenant": 20000})
    selling.ask(lambda: policies.set_policy(selling.desk, staff.person(selling.desk, "admin1"), change))
    panel.show_account(NUMBER)
    selling.settle()
    assert panel.sentence.text() == "A deposit of 150.00 is charged: a tenant without good standing elsewhere."


def test_all_five_things_are_seen_at_once(panel: VerifyingPanel, selling: Counter) -> None:
    charged(panel, selling)
    panel.resize(1234, 530)
    QApplication.processEvents()
    below = panel.table.visualRect(panel.table.figures.index(4, 0)).bottom()
    assert below <= panel.table.viewport().height()


def test_what_was_shown_is_keyed_in_a_sheet(panel: VerifyingPanel, selling: Counter) -> None:
    panel.begin.trigger()
    selling.press("2")  # the owner
    selling.settle()
    panel.look.trigger()
    selling.settle()
    assert selling.space.sheet is not None
    selling.press("Passport", Qt.Key.Key_Return, Qt.Key.Key_Return)
    selling.settle()
    assert states(panel)[0] == "in order"
    assert panel.table.currentIndex().row() == 1  # the next thing that is open


def test_yes_and_no_are_read_and_nothing_else() -> None:
    assert (said("Yes"), said("n"), said("perhaps"), said("")) == (True, False, None, None)
