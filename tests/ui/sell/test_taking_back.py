"""F8 on the real window: each way back by keys, what it comes to before anybody is asked, and why a way is shut."""

from __future__ import annotations

from PySide6.QtCore import Qt

from csr_desk.services import accounts, payables
from ui.counter import Counter

ENTER, F5, F8, ESC = Qt.Key.Key_Return, Qt.Key.Key_F5, Qt.Key.Key_F8, Qt.Key.Key_Escape
SIGN = ("1", "supervisor1-demo", ENTER)


def permit(selling: Counter) -> None:
    """Sell a structural permit of valuation 21,300: 127.40 and 33.56, by exact cash."""
    selling.press("BLD-STRUCT", ENTER)
    selling.page.presenter.set_input("valuation", "21300")
    selling.press("D", ctrl=True)
    selling.press(F5)
    receipt = selling.last_receipt()
    assert receipt is not None
    assert receipt.total == 16096


def test_a_refund_shows_what_the_rule_gives_before_anybody_is_asked(selling: Counter) -> None:
    permit(selling)
    selling.press(F8, "r")
    assert selling.focused_name() == "refund-line-1"
    assert selling.text("refund-amount") == "$32.70"
    assert "32.70 by Cash" in selling.text("refund-how")
    assert "90 % of the 36.34 above 91.06" in selling.text("refund-how")
    selling.press(Qt.Key.Key_Down)
    assert selling.text("refund-amount") == "–"
    selling.press(ENTER)
    assert selling.shown("refund")  # nothing is picked: Enter goes nowhere
    selling.press(Qt.Key.Key_Up, ENTER, "1")
    assert selling.shown("approval")
    selling.press(*SIGN)
    refund = selling.last_receipt()
    assert refund is not None
    assert (refund.total, refund.reverses, refund.reason) == (-3270, "HPC3-0000001", "Work not begun")
    assert "HPC3-0000002 of HPC3-0000001" in selling.text("banner-text")


def test_a_refund_by_payables_asks_whom_they_pay_and_makes_the_request(selling: Counter) -> None:
    permit(selling)
    selling.press(F8, "r", "p")
    assert "32.70 by City payables" in selling.text("refund-how")
    selling.press(ENTER, "2", "Ana Lopez", ENTER, "1 Pine St", ENTER, ENTER, *SIGN)
    clerk = selling.person("clerk3")
    request = selling.ask(lambda: payables.request_of(selling.desk, clerk, "HPC3-0000002"))
    assert request is not None
    assert (request.payee, request.address, request.state) == ("Ana Lopez", "1 Pine St", "ready")


def test_what_only_payables_pay_back_offers_no_other_way(selling: Counter) -> None:
    selling.press("BLD-STRUCT", ENTER)
    selling.page.presenter.set_input("valuation", "21300")
    selling.press("D", ctrl=True)
    selling.press(Qt.Key.Key_F6, "5512", ENTER, ENTER)  # a check that has not cleared
    selling.page.presenter.finish()  # Enter so soon after the item's burst would be the second line end of a scanner
    selling.settle()
    selling.press(F8, "r")
    assert "by City payables" in selling.text("refund-how")
    assert not selling.shown("refund-payables")
    selling.press("p")
    assert not selling.shown("refund-payables")


def test_a_check_keyed_as_cash_is_corrected_by_keys(selling: Counter) -> None:
    permit(selling)
    selling.press(F8, "t", "1", "77", ENTER, ENTER, "1", *SIGN)
    done = selling.last_receipt()
    assert done is not None
    assert [(row.kind, row.check_number, row.amount) for row in done.tenders] == [
        ("cash", "", -16096),
        ("check", "77", 16096),
    ]


def test_a_receipt_is_applied_to_a_bill_or_to_what_is_in_the_cart(selling: Counter) -> None:
    clerk = selling.person("clerk3")

    def owe() -> None:
        desk = selling.desk
        accounts.add_customer(desk, clerk, accounts.NewCustomer("c", "Rosa Villarreal", number="C-1"))
        accounts.add_account(desk, clerk, accounts.NewAccount("a", "0001", "C-1", "water"))
        accounts.add_bill(
            desk, clerk, accounts.NewBill("b", "0001", (accounts.BillItem(None, "Water", 5000),), number="B-1")
        )

    selling.ask(owe)
    selling.press("ALM-RES", ENTER)
    selling.press("D", ctrl=True)
    selling.press(F5, F8, "a", "1", "B-1", ENTER, "1", *SIGN)
    applied = selling.last_receipt()
    assert applied is not None
    assert (applied.number, applied.lines[0].reference, applied.total) == ("HPC3-0000003", "B-1", 5000)
    assert "HPC3-0000003 stands in its place" in selling.text("banner-text")
    # written otherwise: keys as fast as these are a scan, and the same one twice is one
    selling.press("alm-res", ENTER)
    selling.press("D", ctrl=True)
    selling.press(F8, "a", "3", "1", *SIGN)
    again = selling.last_receipt()
    assert again is not None
    assert (again.number, again.lines[0].item) == ("HPC3-0000005", "ALM-RES")
    assert selling.page.presenter.cart.lines == []


def test_a_way_that_is_shut_says_why(selling: Counter) -> None:
    selling.press("cop", ENTER, "12", ENTER, "2", F5, F8)
    assert "not refundable" in selling.text("reason-R-refused")
    selling.press("r")
    assert "not refundable" in selling.text("reason-fault")
    selling.press("a")
    assert "cart is empty" in selling.text("reason-3-refused")
    selling.press("3", ESC)
    assert not selling.shown("reason")


def test_a_fee_is_waived_by_keys_and_the_receipt_says_on_whose_word(selling: Counter) -> None:
    selling.press("ALM-RES", ENTER)
    selling.press("D", ctrl=True)
    selling.press("W", ctrl=True)
    selling.press(ENTER, ENTER, ENTER)
    assert "authority" in selling.text("fields-fault")
    selling.press("Flood", ENTER)
    assert selling.shown("fields")
    selling.press(Qt.Key.Key_Tab)
    selling.press(ESC)
    selling.press("W", ctrl=True)
    selling.press("1000", ENTER, "Resolution 26-114", ENTER, "Flood", ENTER)
    assert selling.text("total-due") == "$10.00"
    selling.press(Qt.Key.Key_F2)
    selling.press("P", ctrl=True)
    selling.press("2000", ENTER, "Court order", ENTER, "Settlement", ENTER)
    assert selling.text("total-due") == "$30.00"
    selling.press(F5)
    selling.press(*SIGN)
    # the first yes was for the price by hand; the same person is asked for the waiver as well
    selling.bot.waitUntil(lambda: selling.shown("approval"), timeout=10_000)
    selling.press("supervisor1-demo", ENTER)
    receipt = selling.last_receipt()
    assert receipt is not None
    assert (receipt.total, receipt.waived) == (3000, (1,))
    assert set(receipt.grounds) == {(1, "Resolution 26-114", "Flood"), (2, "Court order", "Settlement")}
