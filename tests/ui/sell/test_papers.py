"""Paper receipts and suspect notes at the sell page, by keys alone, on the real window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from csr_desk.services import receipt_books, sell, suspect_notes
from csr_desk.services.receipt_books import IssueBook
from ui.counter import Counter

ENTER, ESC, DELETE = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Delete
F3, F5, F6, F12 = Qt.Key.Key_F3, Qt.Key.Key_F5, Qt.Key.Key_F6, Qt.Key.Key_F12
B = Qt.Key.Key_B


def issue(at: Counter, book: str = "A", first: int = 1001, last: int = 1004) -> None:
    """Give clerk3 a book."""
    desk, boss = at.desk, at.person("supervisor1")
    at.ask(lambda: receipt_books.issue_book(desk, boss, IssueBook(f"book-{book}", book, first, last, "clerk3")))


def enter_paper(at: Counter, number: str, written: str) -> None:
    """Ctrl+B, the book as it stands, number and date."""
    at.press(B, ctrl=True)
    at.press(ENTER, number, ENTER, written, ENTER)


def test_without_a_book_there_is_nothing_to_enter(selling: Counter) -> None:
    selling.press(B, ctrl=True)
    assert selling.text("search-hint") == "You hold no book of paper receipts"


def test_a_paper_receipt_is_entered_by_keys_under_a_mark_and_priced_by_its_date(selling: Counter) -> None:
    issue(selling)
    enter_paper(selling, "1002", "12/31/2025")
    assert selling.text("paper-receipt-mark").startswith("Paper receipt 1002 of book A, written 12/31/2025")
    assert "late" in selling.text("banner-text")
    selling.press("cop", ENTER, "12", ENTER)
    desk, clerk = selling.desk, selling.person("clerk3")
    assert selling.ask(lambda: sell.load_draft(desk, clerk)) is None  # it never comes back as a sale of the day
    selling.press(F3)  # a paper receipt is not held
    assert selling.text("search-hint").startswith("A paper receipt is not held")
    selling.press(F5)
    receipt = selling.last_receipt()
    assert receipt is not None
    assert receipt.paper is not None
    assert receipt.paper.words() == "Paper receipt 1002 of book A"
    assert receipt.business_date.isoformat() == "2026-07-14"
    assert not selling.shown("paper-receipt-mark")  # the next cart is a sale of the day again
    (book,) = selling.ask(lambda: receipt_books.my_books(desk, clerk))
    assert (book.open_numbers, book.gaps, book.late) == ((1001, 1003, 1004), (1001,), 1)


def test_what_cannot_be_is_said_beside_the_fields(selling: Counter) -> None:
    issue(selling)
    for keyed, said in (
        (("Z", "1001", "7/13"), "You do not hold a book of that name."),
        (("A", "1009", "7/13"), "This number is not in the book."),
        (("A", "x", "7/13"), "Key the number as it is printed on the paper."),
        (("A", "1001", ""), "Key the date that is written on the paper."),
        (("A", "1001", "13/13"), "is not a date"),
        (("A", "1001", "7/15"), "A paper receipt cannot be written after today."),
    ):
        selling.press(B, ctrl=True)
        for name, text in zip(("book", "number", "written"), keyed, strict=True):
            field = selling.focus()
            assert isinstance(field, QLineEdit)
            assert field.objectName() == f"field-{name}"
            field.setText(text)
            selling.press(ENTER)
        assert said in selling.text("fields-fault"), keyed
        selling.press(ESC)
    assert not selling.shown("paper-receipt-mark")


def test_the_mode_is_left_with_an_empty_cart_and_its_lines_go_before(selling: Counter) -> None:
    issue(selling)
    enter_paper(selling, "1001", "7/13")
    selling.press("cop", ENTER, "12", ENTER)
    selling.press(B, ctrl=True)
    assert selling.text("search-hint") == "Finish this cart first"
    selling.press(DELETE)
    assert selling.shown("paper-receipt-mark")  # the emptied cart is still that of the paper receipt
    selling.press(B, ctrl=True)
    assert not selling.shown("paper-receipt-mark")
    assert selling.page.presenter.cart.price_date == selling.desk.today()


def test_a_spoilt_number_is_void_before_a_witness(selling: Counter) -> None:
    issue(selling)
    selling.press(B, ctrl=True, shift=True)
    selling.press(ENTER, "1003", ENTER, ENTER)
    assert selling.text("fields-fault") == "Say why the number is void."
    selling.press("Carbon slipped", ENTER)
    selling.press("1", "supervisor1-demo", ENTER)
    assert selling.text("banner-text") == "Number 1003 of book A is void."
    desk, clerk = selling.desk, selling.person("clerk3")
    (book,) = selling.ask(lambda: receipt_books.my_books(desk, clerk))
    assert [(row.number, row.state) for row in book.rows] == [(1003, "void")]


def test_a_suspect_note_is_recorded_and_pays_nothing(selling: Counter) -> None:
    selling.press("cop", ENTER, "100", ENTER)
    selling.press(F12, shift=True)
    selling.press("25", *[ENTER] * 8)
    assert selling.text("fields-fault") == "There is no note of this value."
    selling.press(ESC)
    selling.press(F12, shift=True)
    selling.press("20", ENTER, "MB12345678A", ENTER, "2013", ENTER, ENTER, "Grey cap", ENTER, ENTER, ENTER, ENTER)
    assert "MB12345678A is recorded and pays nothing" in selling.text("banner-text")
    assert selling.text("still-to-pay") == "$10.00"
    desk, boss = selling.desk, selling.person("supervisor1")
    (report,) = selling.ask(lambda: suspect_notes.suspect_notes(desk, boss, desk.today(), desk.today()))
    assert (report.denomination, report.series_year, report.description) == (2000, "2013", "Grey cap")
