"""Journeys at the sell page, by keys alone, on the real window and a real database."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from csr_desk.domain.ledger import TenderRole
from csr_desk.domain.tender import TenderKind
from ui.counter import Counter, open_counter

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape
F1, F2, F3, F4, F5, F6, F7 = (getattr(Qt.Key, f"Key_F{number}") for number in range(1, 8))


def copies(at: Counter, pages: int) -> None:
    at.press("cop", ENTER, str(pages), ENTER)


def test_a_check_and_cash_are_booked_so_that_both_totals_stay_true(selling: Counter) -> None:
    copies(selling, 1000)
    selling.press("9000", F6, "1042", ENTER, "113000609", ENTER, ENTER)
    assert selling.text("still-to-pay") == "$10.00"
    selling.press("20", F5)
    receipt = selling.last_receipt()
    assert receipt is not None
    rows = {(row.kind, row.role): row.amount for row in receipt.tenders}
    assert rows[TenderKind.CHECK.value, TenderRole.TAKEN] == 9000
    assert rows[TenderKind.CASH.value, TenderRole.TAKEN] == 2000
    assert rows[TenderKind.CASH.value, TenderRole.CHANGE] == -1000


def test_a_wrong_routing_number_is_refused_beside_its_field_and_nothing_is_taken(selling: Counter) -> None:
    copies(selling, 10)
    selling.press(F6, "1042", ENTER, "113000600", ENTER, ENTER)
    assert "check digit" in selling.text("fields-fault")
    selling.press(ESC)
    assert selling.text("still-to-pay") == "$1.00"


def test_the_service_fee_of_a_card_is_shown_before_it_is_taken(selling: Counter) -> None:
    copies(selling, 1000)
    selling.press(F7)
    sheet = selling.space.sheet
    assert sheet is not None
    assert sheet.title.text().startswith("Card 100.00 + service fee ")
    selling.press("4242", ENTER, "A12345", ENTER, ENTER)
    assert selling.text("still-to-pay") == "$0.00"
    selling.press(ENTER)
    receipt = selling.last_receipt()
    assert receipt is not None
    assert receipt.collected == 10000 + receipt.fees
    assert receipt.fees > 0


def test_a_whole_card_number_is_refused_wherever_it_is_keyed(selling: Counter) -> None:
    copies(selling, 1000)
    selling.press(F7, "4111111111111111", ENTER, ENTER, ENTER)
    assert "card number" in selling.text("fields-fault")
    selling.press(ESC, F4, "4111 1111 1111 1111", ENTER, ENTER)
    assert "card number" in selling.text("fields-fault")
    selling.press(ESC)
    assert selling.text("customer") == "Walk-in customer"


def test_enter_leads_to_the_first_missing_field_and_money_waits_for_it(selling: Counter) -> None:
    selling.press("ELE-RECON", ENTER)
    assert selling.focused_name() == "input-project_number"
    selling.press(F5)
    assert selling.focused_name() == "input-project_number"
    assert selling.last_receipt() is None
    selling.press("26-118842", ENTER)
    assert selling.focused_name() == "input-service_address"


def test_a_field_says_beside_itself_what_is_wrong_and_the_price_follows_every_key(selling: Counter) -> None:
    selling.press("cop", ENTER, "12")
    assert selling.text("total-due") == "$1.20"
    selling.press("x")
    assert selling.text("input-pages-fault")
    selling.press(Qt.Key.Key_Backspace, "3")
    assert selling.text("total-due") == "$12.30"
    assert not selling.text("input-pages-fault")


def test_lines_that_the_program_adds_say_with_which_line_and_go_with_it(selling: Counter) -> None:
    selling.press("ELE-RECON", ENTER)
    selling.press(Qt.Key.Key_D, ctrl=True)
    rows = selling.page.table.cart.rows
    assert [row.code for row in rows] == ["ELE-RECON", "ADM-114"]
    assert rows[1].added_with == 1
    selling.press(ESC, Qt.Key.Key_Delete)
    assert selling.page.table.cart.rows == ()


def test_typing_anywhere_goes_to_the_search_box(selling: Counter) -> None:
    copies(selling, 3)
    selling.page.table.setFocus()
    selling.press("str")
    assert selling.focused_name() == "search"
    assert selling.page.search.text() == "str"


def test_one_scan_adds_one_line_however_many_line_ends_the_scanner_sends(selling: Counter) -> None:
    selling.page.search.edit.setFocus()
    selling.scan("WTR-REREAD", "\r\n")
    assert [row.code for row in selling.page.table.cart.rows][:1] == ["WTR-REREAD"]
    assert len(selling.page.presenter.cart.lines) == 1


def test_a_bouncing_trigger_adds_no_second_line_and_finishes_nothing(selling: Counter) -> None:
    selling.scan("SWM-TAGS")
    selling.page.search.edit.setFocus()
    selling.scan("SWM-TAGS")
    assert len(selling.page.presenter.cart.lines) == 1
    assert selling.last_receipt() is None


def test_a_double_enter_gives_one_receipt(selling: Counter) -> None:
    copies(selling, 10)
    selling.press(F6, "1042", ENTER, ENTER)
    page = selling.page
    page.presenter.finish()
    page.presenter.finish()
    selling.settle()
    assert [receipt.number for receipt in selling.tray.receipts()] == ["HPC3-0000001"]


def test_the_change_stays_until_the_next_customer_starts(selling: Counter) -> None:
    copies(selling, 12)
    selling.press("2", F5)
    assert selling.focused_name() == "search"
    assert selling.page.pay.change.isVisible()
    selling.press("co")
    assert selling.page.pay.change.isVisible()
    selling.press("p", ENTER)
    assert not selling.page.pay.change.isVisible()


def test_no_modal_box_stands_in_the_way_after_a_sale(selling: Counter) -> None:
    copies(selling, 12)
    selling.press("2", F5)
    assert selling.space.sheet is None
    assert selling.space.notice.isHidden()


def test_the_hint_shows_how_an_amount_is_read_before_it_is_taken(selling: Counter) -> None:
    copies(selling, 250)
    selling.press("100")
    assert selling.text("search-hint") == "100 → 100.00"
    selling.press("00")
    assert selling.text("search-hint") == "10000 → 100.00"


def test_quantities_are_keyed_with_a_star_before_or_after(selling: Counter) -> None:
    selling.press("5*cop", ENTER)
    assert selling.text("total-due") == "$0.50"
    selling.press("*12", ENTER)
    assert selling.text("total-due") == "$1.20"


def test_f1_explains_the_price_step_by_step_and_goes_back(selling: Counter) -> None:
    copies(selling, 12)
    selling.press(F1)
    assert "price in force since" in selling.text("explain-1")
    assert "12 pages × 0.10" in selling.text("explain-2")
    selling.press(F1)
    assert selling.shown("input-pages")


def test_f2_sells_the_last_item_once_more(selling: Counter) -> None:
    copies(selling, 12)
    selling.press(F2)
    assert selling.text("total-due") == "$2.40"


def test_a_held_sale_comes_back_at_another_counter(selling: Counter) -> None:
    copies(selling, 12)
    selling.press(F4, "Okafor", ENTER, ENTER, F3)
    assert "Held as H-" in selling.text("banner-text")
    assert selling.page.table.cart.rows == ()
    selling.work_as("clerk4", "HPC-4")
    selling.press(F3, ENTER)
    assert selling.text("total-due") == "$1.20"
    assert selling.text("customer") == "Okafor"
    selling.press(F5)
    receipt = selling.last_receipt()
    assert receipt is not None
    assert receipt.number == "HPC4-0000001"


def test_a_sale_that_was_open_when_the_program_died_comes_back(selling: Counter, qtbot: QtBot) -> None:
    copies(selling, 12)
    selling.press(F6, "1042", ENTER, ENTER)
    key = selling.page.presenter.cart.key
    again = open_counter(qtbot, selling.url)  # the first window never said good-bye
    again.work_as("clerk3")
    assert "unfinished sale was kept" in again.text("banner-text")
    assert again.text("total-due") == "$1.20"
    assert again.text("still-to-pay") == "$0.00"
    assert again.page.presenter.cart.key == key
    again.leave()


def test_a_printer_without_paper_never_touches_the_sale(selling: Counter) -> None:
    selling.tray.broken = True
    copies(selling, 12)
    selling.press("2", F5)
    receipt = selling.last_receipt()
    assert receipt is not None
    assert "out of paper" in selling.text("banner-text")
    assert selling.text("change") == "$0.80"
    selling.tray.broken = False
    selling.click("banner-action")
    assert [paper.number for paper in selling.tray.receipts()] == [receipt.number]
    assert selling.tray.first_tries[-2:] == [True, False], "the drawer opens on the first try only"


def test_a_reprint_is_marked_as_a_duplicate(selling: Counter) -> None:
    copies(selling, 12)
    selling.press(F5)
    selling.press(Qt.Key.Key_F8, shift=True)
    assert [paper.copy for paper in selling.tray.receipts()] == [0, 1]


def test_without_an_open_drawer_the_cart_stays_and_the_banner_says_what_to_do(counter: Counter) -> None:
    counter.work_as("clerk3")
    copies(counter, 12)
    counter.press(F5)
    assert "open" in counter.text("banner-text")
    assert counter.text("total-due") == "$1.20"
    counter.open_drawer(counter.space.context.actor, "HPC-3")
    counter.press(ENTER)
    assert counter.last_receipt() is not None


def test_a_drawer_opened_without_a_sale_leaves_a_reason(selling: Counter) -> None:
    selling.press(Qt.Key.Key_F12, "1")
    assert "recorded" in selling.text("banner-text")


def test_a_tender_is_given_back_before_the_sale_is_finished(selling: Counter) -> None:
    copies(selling, 1000)
    selling.press("5000", F5)
    assert selling.text("still-to-pay") == "$50.00"
    selling.click("tender-1-back")
    assert selling.text("still-to-pay") == "$100.00"


def test_a_receipt_is_found_by_its_number_and_voided_from_there(selling: Counter) -> None:
    copies(selling, 12)
    selling.press(F5)
    copies(selling, 5)
    selling.press(F5)
    selling.press("HPC3-0000001", ENTER)
    assert "HPC3-0000001" in selling.text("banner-text")
    selling.press(Qt.Key.Key_F8, "1", "1", "supervisor1-demo", ENTER)
    void = selling.last_receipt()
    assert void is not None
    assert void.reverses == "HPC3-0000001"


def test_a_price_keyed_by_hand_needs_a_reason_and_a_supervisor(selling: Counter) -> None:
    copies(selling, 1000)
    selling.press("P", ctrl=True)
    selling.press("5000", ENTER, ENTER, ENTER)
    assert "why" in selling.text("fields-fault")
    selling.press("damaged pages", ENTER)
    assert selling.text("total-due") == "$50.00"
    selling.press(F5)
    assert selling.shown("approval")
    assert selling.last_receipt() is None
    selling.press("2", "supervisor2-demo", ENTER)
    receipt = selling.last_receipt()
    assert receipt is not None
    assert (receipt.total, receipt.approver) == (5000, "Angela Ruiz")


def test_a_refused_approval_leaves_the_cart_open(selling: Counter) -> None:
    copies(selling, 1000)
    selling.press("P", ctrl=True)
    selling.press("5000", ENTER, ENTER, "damaged", ENTER, F5, ESC)
    assert selling.last_receipt() is None
    assert selling.text("total-due") == "$50.00"
    assert not selling.page.presenter.sending


def test_the_field_that_had_the_cursor_shows_the_demonstration_value_as_well(selling: Counter) -> None:
    selling.press("BLD-STRUCT", ENTER)
    named = selling.focused_name()
    selling.press("D", ctrl=True)
    assert selling.text(named)
    assert selling.focused_name() == "search"
