"""How many keys a clerk needs, counted on the real widgets (docs/architecture.md, keys).

The budgets for scanned bills, accounts and projects join this file with the pages that sell them.
"""

from __future__ import annotations

from PySide6.QtCore import Qt

from ui.counter import Counter

ENTER = Qt.Key.Key_Return


def test_twelve_pages_of_copies_for_two_dollars_take_nine_keys(selling: Counter) -> None:
    selling.press("cop", ENTER, "12", ENTER, "2", Qt.Key.Key_F5)
    assert selling.keys == 9
    receipt = selling.last_receipt()
    assert receipt is not None
    assert (receipt.total, receipt.change) == (120, 80)
    assert selling.text("change") == "$0.80"


def test_exact_cash_for_what_is_in_the_cart_is_one_key(selling: Counter) -> None:
    selling.press("WTR-TEST", ENTER)
    selling.press(Qt.Key.Key_D, ctrl=True)
    selling.keys = 0
    selling.press(Qt.Key.Key_F5)
    assert selling.keys == 1
    receipt = selling.last_receipt()
    assert receipt is not None
    assert receipt.change == 0
    assert receipt.collected == receipt.total


def test_a_hundred_dollar_note_for_what_is_in_the_cart_is_four_keys(selling: Counter) -> None:
    selling.press("cop", ENTER, "250", ENTER)
    selling.keys = 0
    selling.press("100", Qt.Key.Key_F5)
    assert selling.keys == 4
    receipt = selling.last_receipt()
    assert receipt is not None
    assert receipt.change == 10000 - 2500


def test_voiding_the_last_receipt_takes_at_most_six_keys_beside_the_approvers_own(selling: Counter) -> None:
    selling.press("cop", ENTER, "12", ENTER, "2", Qt.Key.Key_F5)
    selling.keys = 0
    selling.press(Qt.Key.Key_F8, "1")
    own = selling.keys
    assert own <= 6
    assert selling.shown("approval")
    selling.press("1", "supervisor1-demo", ENTER)
    void = selling.last_receipt()
    assert void is not None
    assert void.reverses == "HPC3-0000001"
    assert "HPC3-0000001 is void" in selling.text("banner-text")
