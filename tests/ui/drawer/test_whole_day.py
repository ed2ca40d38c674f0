"""A drawer's whole day by keys alone: the real window, the database thread, the papers; from the float to the bank."""

from __future__ import annotations

from PySide6.QtCore import Qt

from csr_desk.domain.deposit import Deposit
from csr_desk.domain.drawer import OpeningSlip, ZReport
from csr_desk.domain.receipt import Receipt
from ui.counter import Counter, counter, office_url

__all__ = ["counter", "office_url"]

ENTER, F5, END, UP, TAB = Qt.Key.Key_Return, Qt.Key.Key_F5, Qt.Key.Key_End, Qt.Key.Key_Up, Qt.Key.Key_Tab


def key_pieces(at: Counter, pieces: str) -> None:
    """Key pieces from $100 down to the penny: words of figures, a dash for none; Enter for the next."""
    for number in pieces.split():
        if number != "-":
            at.press(number)
        at.press(ENTER)


def to_deposits(at: Counter) -> None:
    """From the last line of the board up to the deposits."""
    at.press(END)
    while not at.shown("deposits"):
        at.press(UP)


def test_a_day_from_the_float_to_the_bank_by_keys_alone(counter: Counter) -> None:
    # the clerk counts the float of 200.00 and opens the first drawer
    counter.work_as("clerk1")
    counter.press("6", ctrl=True)
    counter.press(ENTER)
    key_pieces(counter, "- - 5 5 6 - 10 - 40 - - -")
    assert counter.text("float-counted") == "$200.00"
    counter.press(ENTER)
    # twelve pages for 1.20, two dollars given; the window had gone to the sell page by itself
    counter.press("cop", ENTER, "12", ENTER, "2", F5)
    # stop selling from the sell page: once to the drawer, once to stop
    counter.press(END, ctrl=True)
    counter.press(END, ctrl=True)
    key_pieces(counter, "- - 5 5 6 - 11 - 40 2 - -")
    assert counter.text("count-cash") == "$201.20"
    counter.press(ENTER, ctrl=True)
    assert counter.text("verdict-0") == "Cash OK"
    counter.press(ENTER, ctrl=True)
    # the supervisor accepts what stands picked
    counter.work_as("supervisor1")
    counter.press(ENTER, ctrl=True)
    assert counter.text("banner-text") == "HPC-1 is accepted: Z report 1."
    # the clerk puts 1.20 into a bag; the supervisor looks into it and signs
    counter.work_as("clerk1")
    counter.press("6", ctrl=True)
    counter.press("b", ctrl=True)
    key_pieces(counter, "- - - - - - 1 - - 2 - -")
    assert counter.text("deposit-verdict") == "Cash complete"
    counter.press("TB-771", ENTER)
    counter.press("1", "supervisor1-demo", ENTER)
    assert "Bag TB-771 with 1.20 is ready for the bank" in counter.text("banner-text")
    # the accountant hears from the bank
    counter.work_as("accountant1")
    to_deposits(counter)
    counter.press(TAB, TAB)
    while counter.focused_name() != "bank-date":
        counter.press(TAB)
    counter.press("7/14", ENTER, "120", ENTER)
    assert counter.text("banner-text").endswith("to the cent.")
    # the supervisor closes the day: it ties
    counter.work_as("supervisor1")
    counter.press(END)
    assert counter.text("tie-chip") == "It ties"
    counter.press(ENTER, ctrl=True)
    counter.press("1")
    assert counter.text("banner-text") == "14 July is closed with 1.20."
    # what came out of the printer by itself
    kinds = [type(paper) for paper in counter.tray.came_out]
    assert kinds == [OpeningSlip, Receipt, ZReport, Deposit]
