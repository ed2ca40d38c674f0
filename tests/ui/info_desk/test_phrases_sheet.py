"""Phrases beside every page: found by a word, in the customer's language, and large enough to show."""

from __future__ import annotations

from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont

from csr_desk.domain.customers import CustomerForm
from csr_desk.services import customers_entry
from csr_desk.services.phrases import phrase_book
from csr_desk.ui.glyphs import can_write
from csr_desk.ui.phrases_sheet import PhrasesSheet
from ui.counter import Counter

F1, F3, ENTER, ESC = Qt.Key.Key_F1, Qt.Key.Key_F3, Qt.Key.Key_Return, Qt.Key.Key_Escape


def text_of(code: str, language: str) -> str:
    """A phrase of the book."""
    return next(one for one in phrase_book().phrases if one.code == code).texts[language]


def test_a_phrase_is_found_spoken_in_another_language_and_fills_the_window(selling: Counter) -> None:
    selling.press(F1, shift=True)
    assert selling.shown("phrases")
    assert "call 911" in selling.text("phrases-safety")
    selling.press("cannot pay")
    assert selling.text("phrases-text") == text_of("cannot-pay", "en")
    selling.press(F3)
    assert selling.text("phrases-text") == text_of("cannot-pay", "es")
    assert selling.text("phrases-own") == text_of("cannot-pay", "en")  # the clerk knows what is shown
    selling.press(ENTER)
    assert selling.shown("phrases-whole")
    assert selling.text("phrases-whole") == text_of("cannot-pay", "es")
    selling.press(ESC)
    assert not selling.shown("phrases-whole")
    assert selling.shown("phrases")
    selling.press(ESC)
    assert not selling.shown("phrases")


def test_the_arrows_go_through_the_phrases_from_the_search_box(selling: Counter) -> None:
    selling.press(F1, shift=True)
    selling.press(Qt.Key.Key_Down)
    assert selling.text("phrases-text") == text_of("heard", "en")
    selling.press(Qt.Key.Key_Up, Qt.Key.Key_Up)
    assert selling.text("phrases-text") == text_of("welcome", "en")
    selling.press("zebra")
    assert selling.text("phrases-text") == "No phrase has these words."
    selling.press(ENTER)
    assert not selling.shown("phrases-whole")


def test_the_language_of_the_customer_in_front_is_spoken_first(selling: Counter) -> None:
    desk, clerk = selling.desk, selling.person("clerk3")
    command = customers_entry.EnterCustomer(uuid4().hex, CustomerForm("NGUYỄN, An", language="vi"))
    person = selling.ask(lambda: customers_entry.enter_customer(desk, clerk, command)).value
    selling.space.go("customer", f"customer:{person}")
    selling.settle()
    selling.press(F1, shift=True)
    assert selling.text("phrases-text") == text_of("welcome", "vi")


def test_a_language_that_would_come_out_as_boxes_is_not_offered(selling: Counter) -> None:
    sheet = PhrasesSheet(selling.space, phrase_book(), "zh")
    offered = [code for code in ("en", "es", "vi", "zh") if can_write(text_of("welcome", code), sheet.font())]
    assert offered[:3] == ["en", "es", "vi"]
    assert list(sheet._buttons) == offered
    assert sheet._language == ("zh" if "zh" in offered else "en")
    assert not can_write("\U0010ffff", QFont())
    sheet.close_sheet()
