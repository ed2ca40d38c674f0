"""The panel of deposits and holds: who may, settles, places and lifts with few keys."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest

from csr_desk.domain.holds import Stops
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import accounts, guarantees, holds, sell
from csr_desk.services.lines import BillLine
from csr_desk.ui.pages.customer.holding_panel import HoldingPanel
from ui.counter import Counter

NUMBER = "0041-2277-9"


@pytest.fixture
def panel(selling: Counter) -> HoldingPanel:
    """The panel on an account with two deposits, one of them applied, and two holds."""
    desk, clerk = selling.desk, selling.person("clerk3")
    accountant = selling.person("accountant1")
    form = accounts.NewCustomer(uuid4().hex, "María Álvarez", address="4107 Leeland St", number="C-1")
    selling.ask(lambda: accounts.add_customer(desk, clerk, form))
    selling.ask(lambda: accounts.add_account(desk, clerk, accounts.NewAccount(uuid4().hex, NUMBER, "C-1", "Water")))
    for cents in (4000, 15000):
        sale = sell.CompleteSale(
            uuid4().hex, None, (BillLine("deposit", NUMBER, cents),), (Tender(TenderKind.CHECK, number="1"),)
        )
        selling.ask(partial(sell.complete_sale, desk, clerk, sale))
    water = (accounts.BillItem(None, "Water", 6437),)
    selling.ask(lambda: accounts.add_bill(desk, clerk, accounts.NewBill(uuid4().hex, NUMBER, water)))
    first = selling.ask(lambda: guarantees.deposits_of(desk, clerk, NUMBER))[0].deposit_no
    selling.ask(lambda: guarantees.settle_deposit(desk, accountant, guarantees.SettleDeposit(uuid4().hex, first)))
    for hold in (
        holds.PlaceHold(uuid4().hex, "Contractor registration expired 6/30", customer="C-1"),
        holds.PlaceHold(uuid4().hex, "Bankruptcy court: take no payment", account=NUMBER, stops=Stops.ALL),
    ):
        selling.ask(partial(holds.place_hold, desk, accountant, hold))
    made = HoldingPanel(selling.space.context)
    made.setParent(selling.window)
    made.resize(1180, 720)
    made.show()
    made.show_account(NUMBER)
    selling.settle()
    return made


def test_deposits_say_where_they_stand_and_holds_what_they_stop(panel: HoldingPanel) -> None:
    assert [(row[1], row[2]) for row in panel.deposits.texts()] == [
        ("paid what was owed", "40.00"), ("held for the customer", "150.00"),
    ]  # fmt: skip
    assert panel.held.text() == "150.00 held"
    assert sorted(row[0] for row in panel.holds.texts()) == [f"account {NUMBER}", "customer C-1"]
    assert sorted(row[2] for row in panel.holds.texts()) == ["everything", "what is new"]
    picture = os.environ.get("CSR_DESK_PICTURES")
    if picture:
        panel.grab().save(str(Path(picture) / "holding-panel.png"))


def test_a_clerk_reads_and_changes_nothing(panel: HoldingPanel) -> None:
    offered = (panel.settle, panel.close_account, panel.place, panel.lift)
    assert not any(action.isEnabled() for action in offered)


def test_an_account_without_any_says_so_in_words(panel: HoldingPanel, selling: Counter) -> None:
    desk, clerk = selling.desk, selling.person("clerk3")
    selling.ask(lambda: accounts.add_account(desk, clerk, accounts.NewAccount(uuid4().hex, "A-9", "C-1", "Sewer")))
    panel.show_account("A-9")
    selling.settle()
    assert panel.no_deposit.isVisible()
    assert not panel.deposits.isVisible()
    assert [row[0] for row in panel.holds.texts()] == ["customer C-1"]
