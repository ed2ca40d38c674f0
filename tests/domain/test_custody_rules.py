"""The rules of custody that need no ledger: swaps, two counts, notes, quarters, the numbers of a paper book."""

from __future__ import annotations

from datetime import date

import pytest

from csr_desk.domain.custody import check_note, check_same, note_letters, note_serial, note_year, swapped
from csr_desk.domain.errors import BadInput, MissingInput
from csr_desk.domain.paper_books import check_book, number_words, open_numbers
from csr_desk.domain.paper_note import PaperNote, paper_note_of


def test_a_swap_is_of_one_amount_whatever_the_pieces() -> None:
    assert swapped({2000: 2}, {500: 8}) == 4000
    assert swapped({100: 1}, {25: 3, 10: 2, 5: 1}) == 100  # 0.75 + 0.20 + 0.05


@pytest.mark.parametrize(
    ("out", "into", "field"), [({2000: 2}, {500: 7}, "in"), ({}, {}, "out"), ({2000: 0}, {500: 0}, "out")]
)
def test_a_swap_that_changes_an_amount_or_swaps_nothing_is_refused(
    out: dict[int, int], into: dict[int, int], field: str
) -> None:
    with pytest.raises(BadInput) as refused:
        swapped(out, into)
    assert refused.value.field == field


def test_two_counts_that_differ_name_the_pieces_but_not_how_many() -> None:
    check_same({2000: 3, 500: 0}, {2000: 3})
    with pytest.raises(BadInput) as refused:
        check_same({2000: 3, 25: 7}, {2000: 3, 25: 8, 1: 5})
    assert refused.value.message == "The two counts differ in: Quarter, Penny. Both count again."


def test_a_note_is_read_as_printed_on_it() -> None:
    assert note_serial(" mb 12345678 a ") == "MB12345678A"
    assert note_year("2017a") == "2017A"
    assert note_year("") == ""
    assert note_letters(" b2   45 ") == "B2 45"
    for value in (100, 200, 500, 1000, 2000, 5000, 10000):
        check_note(value)


def test_what_no_note_has_is_refused() -> None:
    with pytest.raises(MissingInput):
        note_serial("  ")
    for wrong in ("MB-1", "MB123456789012"[:14] + "3", "Ä1"):
        with pytest.raises(BadInput):
            note_serial(wrong)
    for year in ("17", "2117", "2017AB"):
        with pytest.raises(BadInput):
            note_year(year)
    with pytest.raises(BadInput):
        note_letters("B2/45")
    for value in (50, 2500, 0):
        with pytest.raises(BadInput):
            check_note(value)


def test_a_book_has_a_name_a_beginning_and_an_end() -> None:
    check_book("A-1", 1, 1000)
    for book, first, last in (("", 1, 2), ("A 1", 1, 2), ("A", 0, 2), ("A", 3, 2), ("A", 1, 1001), ("A", 1, 10**7)):
        with pytest.raises(BadInput):
            check_book(book, first, last)


def test_numbers_that_are_not_accounted_for_are_named_in_runs() -> None:
    assert open_numbers(1001, 1006, (1001, 1003)) == (1002, 1004, 1005, 1006)
    assert number_words((1006, 1002, 1004, 1005)) == "1002, 1004–1006"
    assert number_words(()) == ""


def test_an_entry_tells_its_paper_receipt() -> None:
    facts = {"paper": {"book": "A", "number": 1001, "written": "2026-07-13", "late": 0}}
    note = paper_note_of(facts)
    assert note == PaperNote("A", 1001, date(2026, 7, 13))
    assert note is not None
    assert note.words() == "Paper receipt 1001 of book A"
    assert paper_note_of({"overrides": [1]}) is None
