"""Checks at the sell page: a reader's burst, keys, what is refused, and the warning of the returned-check list."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from csr_desk.devices.scanner import ScanReader
from csr_desk.services import check_list
from csr_desk.ui import prompts
from ui.counter import Counter

ENTER, ESC, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab
F5, F6 = Qt.Key.Key_F5, Qt.Key.Key_F6
MICR = "d113000023d 4471900253c 5512"


@pytest.fixture
def to_pay(selling: Counter, monkeypatch: pytest.MonkeyPatch) -> Counter:
    """1.20 of copies in the cart; line ends follow one another faster in a test than a person keys them."""
    monkeypatch.setattr(prompts, "ECHO_MS", -1)
    monkeypatch.setattr(selling.page.search, "_scans", ScanReader(echo_ms=-1))
    selling.press("cop", ENTER, "12", ENTER)
    selling.keys = 0
    return selling


def test_a_check_through_the_reader_and_enter_finish_the_sale(to_pay: Counter) -> None:
    to_pay.scan(MICR)
    assert to_pay.text("still-to-pay") == "$0.00"
    assert to_pay.text("tender-1-details") == "no. 5512 · RTN ✓ · ••••0253"
    to_pay.press(ENTER)
    assert to_pay.keys == 1  # the budget of field 3: scan, feed, Enter
    receipt = to_pay.last_receipt()
    assert receipt is not None
    (row,) = receipt.tenders
    assert (row.check_number, row.routing, row.account_masked) == ("5512", "113000023", "••••0253")
    assert row.account_hash
    assert receipt.endorse[0] == "FOR DEPOSIT ONLY"


def test_the_reader_fills_the_fields_of_f6_and_one_enter_takes_the_check(to_pay: Counter) -> None:
    to_pay.press("1", F6)
    to_pay.scan(MICR)
    assert (to_pay.text("field-number"), to_pay.text("field-routing")) == ("5512", "113000023")
    assert to_pay.focused_name() == "field-check_date"
    to_pay.press(ENTER)
    assert to_pay.text("still-to-pay") == "$0.20"
    assert not to_pay.shown("fields")


def test_the_second_line_end_of_a_reader_does_not_take_the_check(
    to_pay: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prompts, "ECHO_MS", 10_000)
    to_pay.press("1", F6)
    to_pay.scan(MICR, "\r\n")
    assert to_pay.shown("fields")
    assert to_pay.focused_name() == "field-check_date"


def test_a_misread_line_takes_nothing_and_says_why(to_pay: Counter) -> None:
    to_pay.scan(MICR.replace("113000023", "113000032"))
    assert to_pay.text("still-to-pay") == "$1.20"
    assert "misread" in to_pay.text("search-hint")
    to_pay.press(F6)
    to_pay.scan(MICR.replace("113000023", "113000032"))
    to_pay.press(ENTER)
    assert "misread" in to_pay.text("fields-fault")


def test_a_check_by_hand_is_its_number_and_two_enters(to_pay: Counter) -> None:
    to_pay.press(F6, "1042", ENTER, ENTER)
    assert to_pay.keys == 7
    assert to_pay.text("still-to-pay") == "$0.00"


@pytest.mark.parametrize(
    ("keyed", "why"),
    [
        ("7/15/2026", "after today"),
        ("1/2/2026", "days old"),
        ("soon", "is not a date"),
    ],
)
def test_the_date_on_a_check_is_held_against_today(to_pay: Counter, keyed: str, why: str) -> None:
    to_pay.press(F6, "1042", TAB, TAB, TAB, keyed, ENTER, ENTER)
    assert why in to_pay.text("fields-fault")
    to_pay.press(ESC)
    assert to_pay.text("still-to-pay") == "$1.20"


def test_what_is_wrong_with_a_check_is_keyed_by_its_digit(to_pay: Counter) -> None:
    to_pay.press(F6, "1042", TAB, TAB, TAB, TAB, TAB, "9", ENTER)
    assert "by its digit" in to_pay.text("fields-fault")
    to_pay.press(Qt.Key.Key_Backspace, "1", ENTER)
    assert "made out to somebody else" in to_pay.text("fields-fault")


def test_a_listed_account_warns_at_once_and_a_supervisor_lets_it_pass(to_pay: Counter) -> None:
    desk, accountant = to_pay.desk, to_pay.person("accountant1")
    listed = check_list.ListCheck("l", "stolen_checks", routing="113000023", account="4471900253")
    to_pay.ask(lambda: check_list.list_check(desk, accountant, listed))
    to_pay.scan(MICR)
    assert "••••0253 came back" in to_pay.text("banner-text")
    to_pay.press(ENTER)
    assert to_pay.shown("approval")
    assert "returned-check list" in to_pay.text("approval-sentence")
    to_pay.press("1", "supervisor1-demo", ENTER)
    receipt = to_pay.last_receipt()
    assert receipt is not None
    assert receipt.approver


def test_a_price_by_hand_and_a_listed_check_are_approved_one_after_the_other(to_pay: Counter) -> None:
    desk, accountant = to_pay.desk, to_pay.person("accountant1")
    listed = check_list.ListCheck("l", "stolen_checks", routing="113000023", account="4471900253")
    to_pay.ask(lambda: check_list.list_check(desk, accountant, listed))
    to_pay.page.presenter.cart.override(0, "1.00", "Court order")
    to_pay.page.presenter.changed()
    to_pay.scan(MICR)
    to_pay.press(ENTER)
    assert "price" in to_pay.text("approval-sentence")
    to_pay.press("1", "supervisor1-demo", ENTER)
    assert "returned-check list" in to_pay.text("approval-sentence")
    to_pay.press("supervisor1-demo", ENTER)  # the same person signs all of a sale, so nobody is chosen
    receipt = to_pay.last_receipt()
    assert receipt is not None
    assert receipt.total == 100
