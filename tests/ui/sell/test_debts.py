"""What is owed is sold from the search box of the real window: a scan, a number, part of it, put by hand."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt

from csr_desk.domain.receivable.scan_line import COUPON, with_check_digit
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import accounts, sell
from csr_desk.services.lines import BillLine
from ui.counter import Counter

ENTER, F5, ESC = Qt.Key.Key_Return, Qt.Key.Key_F5, Qt.Key.Key_Escape
NUMBER = "0041-2277-9"
LINE = with_check_digit(COUPON, {"account": "004122779", "due": "072030", "gross": 7081, "net": 6437})


@pytest.fixture
def owing(selling: Counter) -> Counter:
    """The sell page, and an account that owes 64.37 for June, and 20.00 for July that is not due yet."""
    clerk = selling.person("clerk3")
    selling.ask(
        lambda: accounts.add_customer(
            selling.desk, clerk, accounts.NewCustomer(uuid4().hex, "Rosa Alvarez", number="C-1")
        )
    )
    selling.ask(
        lambda: accounts.add_account(selling.desk, clerk, accounts.NewAccount(uuid4().hex, NUMBER, "C-1", "water"))
    )
    bill(selling, "W-2606", 6437, -10)
    return selling


def bill(selling: Counter, number: str, cents: int, days: int) -> None:
    """Bill the account, due so many days from today."""
    clerk, due = selling.person("clerk3"), selling.desk.today() + timedelta(days=days)
    command = accounts.NewBill(uuid4().hex, NUMBER, (accounts.BillItem(None, "Water", cents),), due, number)
    selling.ask(lambda: accounts.add_bill(selling.desk, clerk, command))


def elsewhere(selling: Counter, cents: int) -> str:
    """Let another counter take a payment on the account; returns its receipt."""
    clerk = selling.person("clerk4")
    selling.open_drawer(clerk, "HPC-4")
    line = BillLine("account", NUMBER, cents)
    command = sell.CompleteSale(uuid4().hex, None, (line,), (Tender(TenderKind.CASH),))
    return selling.ask(lambda: sell.complete_sale(selling.desk, clerk, command)).value.number


def rows(selling: Counter) -> list[tuple[str, int | None]]:
    return [(row.code, row.amount) for row in selling.page.presenter.picture.rows]


def test_a_scanned_coupon_and_exact_cash_take_one_key(owing: Counter) -> None:
    owing.scan(LINE)
    assert rows(owing) == [("W-2606", 6437)]
    assert [owing.text(f"owed-fact-{n}") for n in range(1, 6)] == ["Rosa Alvarez", NUMBER, "water", "64.37", "64.37"]
    owing.keys = 0
    owing.press(F5)
    assert owing.keys == 1
    receipt = owing.last_receipt()
    assert receipt is not None
    assert (receipt.total, receipt.balance_after, receipt.lines[0].reference) == (6437, 0, "W-2606")
    assert owing.page.presenter.cart.lines == []


def test_a_scanned_coupon_and_a_hundred_dollar_note_take_four_keys(owing: Counter) -> None:
    owing.scan(LINE)
    owing.keys = 0
    owing.press("100", F5)
    assert owing.keys == 4
    assert owing.text("change") == "$35.63"


def test_an_account_by_its_nine_figures_and_exact_cash_take_eleven_keys(owing: Counter) -> None:
    owing.press("004122779", ENTER, F5)
    assert owing.keys == 11
    receipt = owing.last_receipt()
    assert receipt is not None
    assert receipt.total == 6437


def test_a_misread_coupon_and_an_unknown_number_are_said_in_the_box(owing: Counter) -> None:
    owing.scan(LINE[:-1] + str((int(LINE[-1]) + 1) % 10))
    assert "misread" in owing.text("search-hint")
    assert rows(owing) == []
    owing.page.presenter.view.set_search("")
    owing.press("0041-2277-8", ENTER)
    assert owing.text("search-hint") == "No account, bill, order or project has the number “0041-2277-8”."


def test_a_bill_is_sold_beside_an_item_and_the_account_once(owing: Counter) -> None:
    owing.press("cop", ENTER, "12", ENTER)
    owing.press("W-2606", ENTER)
    assert [code for code, _ in rows(owing)] == ["REC-COPY", "W-2606"]
    owing.scan(LINE)
    assert owing.text("search-hint") == "Account 0041-2277-9 stands in the cart already"


def test_part_of_it_is_paid_and_more_than_is_due_stands_to_credit(owing: Counter) -> None:
    bill(owing, "W-2607", 2000, 20)
    owing.scan(LINE)
    assert rows(owing) == [("W-2606", 6437)]
    assert "84.37 is due" in owing.text("banner-text")
    owing.press(Qt.Key.Key_P, ctrl=True)
    owing.press("7000", ENTER)
    assert rows(owing) == [("W-2606", 6437), ("W-2607", 563)]
    owing.press(Qt.Key.Key_P, ctrl=True)
    owing.press("9000", ENTER)
    assert rows(owing) == [("W-2606", 6437), ("W-2607", 2000), ("credit", 563)]
    owing.press(F5)
    receipt = owing.last_receipt()
    assert receipt is not None
    assert (receipt.total, receipt.balance_after, receipt.credit_after) == (9000, 0, 563)


def test_a_payment_is_put_on_another_bill_with_a_reason(owing: Counter) -> None:
    bill(owing, "W-2607", 2000, 20)
    owing.scan(NUMBER)
    owing.press(Qt.Key.Key_O, ctrl=True)
    owing.press(ENTER, "1500", ENTER, "Tenant pays July", ENTER)
    assert rows(owing) == [("W-2607", 1500)]
    assert owing.text("owed-fact-6") == "Tenant pays July"
    owing.press(F5)
    receipt = owing.last_receipt()
    assert receipt is not None
    assert (receipt.balance_after, receipt.grounds) == (6937, ((1, "", "Tenant pays July"),))


def test_the_second_counter_is_told_and_shown_what_is_due_now(owing: Counter) -> None:
    owing.scan(LINE)
    first = elsewhere(owing, 2000)
    owing.press(F5)
    assert f"owes 44.37 now. The last payment was receipt {first}." in owing.text("banner-text")
    assert rows(owing) == [("W-2606", 4437)]
    owing.press(F5)
    receipt = owing.last_receipt()
    assert receipt is not None
    assert (receipt.total, receipt.balance_after) == (4437, 0)


def test_the_second_counter_keeps_nothing_where_all_was_paid(owing: Counter) -> None:
    owing.scan(LINE)
    first = elsewhere(owing, 6437)
    owing.press(F5)
    assert f"Nothing is due on account {NUMBER}. The last payment was receipt {first}." in owing.text("banner-text")
    assert rows(owing) == []
    receipt = owing.last_receipt()
    assert receipt is None


def test_a_held_cart_comes_back_with_what_is_due_now(owing: Counter) -> None:
    owing.press("004122779", ENTER)
    owing.press(Qt.Key.Key_F3)
    assert rows(owing) == []
    elsewhere(owing, 2000)
    owing.press(Qt.Key.Key_F3, ENTER)
    assert rows(owing) == [("W-2606", 4437)]


def test_a_payment_of_a_bill_is_given_back_as_a_whole_and_the_bill_is_due_again(owing: Counter) -> None:
    owing.scan(LINE)
    owing.press(F5)
    owing.press(Qt.Key.Key_F8, "r")
    assert owing.text("refund-amount") == "$64.37"
    assert "Bill W-2606 is due again." in owing.text("refund-how")
    owing.press(ENTER, "1", "1", "supervisor1-demo", ENTER)
    refund = owing.last_receipt()
    assert refund is not None
    assert refund.total == -6437
    owing.scan(NUMBER)
    assert rows(owing) == [("W-2606", 6437)]
