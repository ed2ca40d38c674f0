"""Typed text before it is printed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csr_desk.documents.plain_text import clean, grouped
from csr_desk.documents.till_slip import till_rows
from csr_desk.documents.wording import dollars, moment, plural, signed
from documents import samples


@given(st.text(max_size=300), st.integers(min_value=1, max_value=250))
def test_clean_text_holds_nothing_but_letters_to_print(typed: str, limit: int) -> None:
    kept = clean(typed, limit)
    assert len(kept) <= limit
    assert not {"Cc", "Cs"} & {unicodedata.category(char) for char in kept}
    assert not set(kept) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u200b")


@pytest.mark.parametrize("typed", ["plain", "Peña", "Nguyễn Thị Hoa", "a – b · c × d"])
def test_ordinary_names_are_left_as_they_are(typed: str) -> None:
    assert clean(typed) == typed


def test_a_cut_text_ends_in_an_ellipsis() -> None:
    assert clean("a" * 30, 10) == "aaaaaaaaa…"


def test_codes_are_grouped_in_fours() -> None:
    assert grouped("0123456789") == "0123 4567 89"


def test_time_has_its_offset_so_that_the_hour_that_comes_twice_is_told_apart() -> None:
    summer = samples.MOMENT.replace(month=11, day=1, hour=6, minute=30)
    winter = summer.replace(hour=7)
    assert moment(summer, samples.OFFICE) == "1 Nov 2026 01:30:45 −05:00"
    assert moment(winter, samples.OFFICE) == "1 Nov 2026 01:30:45 −06:00"


def test_money_in_words_of_the_papers() -> None:
    assert (dollars(-5), dollars(123456), signed(1), signed(-1), signed(0)) == (
        "−$0.05", "$1,234.56", "+0.01", "−0.01", "0.00",
    )  # fmt: skip
    assert (plural(1, "item"), plural(3, "item"), plural(2, "entry", "entries")) == ("1 item", "3 items", "2 entries")


def test_the_till_slip_says_what_the_receipt_says() -> None:
    rows = till_rows(samples.receipt(copy=1))
    assert rows[0].look == "mark"
    assert rows[0].left == "DUPLICATE 1"
    told = {(row.left, row.right) for row in rows}
    for fact in (
        ("Total", "$187.89"), ("Change", "52.10"), ("Check · no. 1042", "90.00"), ("Water bill", "64.37"),
        ("  COPIES · 12 × 0.10", ""), ("Receipt code K7QM2XWPA4", ""), ("HPC3-0000021", ""),
        ("DEMONSTRATION – not a real receipt · TRAINING", ""),
    ):  # fmt: skip
        assert fact in told, fact
