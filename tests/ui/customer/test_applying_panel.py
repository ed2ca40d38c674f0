"""The panel of payments on account: order of application, payments, credit used and taken back by keys."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt

from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import accounts, sell
from csr_desk.services.lines import BillLine
from csr_desk.ui.pages.customer.applying_panel import ApplyingPanel
from ui.counter import Counter

NUMBER = "0041-2277-9"


def bill(selling: Counter, number: str, cents: int, days: int) -> None:
    """Bill the account, due so many days from today."""
    clerk, due = selling.person("clerk3"), selling.desk.today() + timedelta(days=days)
    command = accounts.NewBill(uuid4().hex, NUMBER, (accounts.BillItem(None, "Water", cents),), due, number)
    selling.ask(lambda: accounts.add_bill(selling.desk, clerk, command))


@pytest.fixture
def panel(selling: Counter) -> ApplyingPanel:
    """The panel on an account: 50.00 paid ahead, then 41.10 for May and 64.37 for July were billed."""
    clerk = selling.person("clerk3")
    desk = selling.desk

    selling.ask(
        lambda: accounts.add_customer(desk, clerk, accounts.NewCustomer(uuid4().hex, "Rosa Alvarez", number="C-1"))
    )
    selling.ask(lambda: accounts.add_account(desk, clerk, accounts.NewAccount(uuid4().hex, NUMBER, "C-1", "water")))
    line = BillLine("account", NUMBER, 5000)
    command = sell.CompleteSale(uuid4().hex, None, (line,), (Tender(TenderKind.CASH),))
    selling.ask(lambda: sell.complete_sale(desk, clerk, command))
    bill(selling, "W-2607", 6437, 17)
    bill(selling, "W-2605", 4110, -44)
    made = ApplyingPanel(selling.space.context)
    made.setParent(selling.window)
    made.resize(1180, 720)
    made.show()
    made.show_account(NUMBER)
    selling.settle()
    return made


def test_what_is_late_comes_first_and_the_credit_can_be_used(panel: ApplyingPanel) -> None:
    rows = panel.debts.texts()
    assert [(row[0], row[1], row[5]) for row in rows] == [("1", "W-2605", "41.10"), ("2", "W-2607", "64.37")]
    assert rows[0][3].endswith("late")
    assert panel.paid.texts()[0][1:] == ["HPC3-0000001", "Payment", "credit", "50.00"]
    assert panel.use.isEnabled()
    assert not panel.undo.isEnabled()


def test_the_credit_is_used_by_a_key_and_taken_back_by_another(panel: ApplyingPanel, selling: Counter) -> None:
    panel.presenter.use_credit()
    selling.settle()
    assert [(row[1], row[5]) for row in panel.debts.texts()] == [("W-2607", "55.47")]
    assert "50.00 of the credit was used. 55.47 is owed, 0.00 stands to the credit." in selling.text("banner-text")
    assert not panel.use.isEnabled()
    panel.paid.go_to(1)
    assert panel.chosen() is not None
    assert panel.undo.isEnabled()
    panel.undo.trigger()
    selling.settle()
    selling.press("Wrong bill", Qt.Key.Key_Return)
    assert "Taken back: 50.00 stands to the credit again, 105.47 is owed." in selling.text("banner-text")
    assert [row[5] for row in panel.debts.texts()] == ["41.10", "64.37"]
    assert [row[2] for row in panel.paid.texts()][-1] == "Payment"


def test_whoever_only_reads_uses_nothing(panel: ApplyingPanel, selling: Counter) -> None:
    panel.presenter.context.actor = selling.person("auditor1")
    panel.show_account(NUMBER)
    selling.settle()
    assert not panel.use.isEnabled()
    panel.presenter.use_credit()
    panel.presenter.undo(None)
    selling.settle()
    assert [row[5] for row in panel.debts.texts()] == ["41.10", "64.37"]


def test_an_account_with_nothing_says_so(panel: ApplyingPanel, selling: Counter) -> None:
    clerk = selling.person("clerk3")
    selling.ask(
        lambda: accounts.add_account(selling.desk, clerk, accounts.NewAccount(uuid4().hex, "0041-0000-0", "C-1"))
    )
    panel.show_account("0041-0000-0")
    selling.settle()
    assert panel.nothing.isVisible()
    assert panel.unpaid.isVisible()
    assert panel.first_focus() is panel.paid
