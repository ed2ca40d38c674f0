"""Numbers of projects and permits: nobody finds another one by a slip of the finger."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csr_desk.domain.errors import BadInput, Trouble
from csr_desk.domain.numbering import FIXED, check_digit, numbered, read_number, read_pattern
from csr_desk.domain.policy import Policy, changed

PATTERN = "yy-nnnnnn-c"


def test_the_check_digit_is_that_of_the_published_example() -> None:
    assert check_digit("572") == "4"


@given(st.integers(2000, 2099), st.integers(1, 999_999), st.sampled_from([PATTERN, *FIXED.values()]))
def test_a_number_is_read_as_it_was_issued_however_it_is_keyed(year: int, serial: int, pattern: str) -> None:
    serial = min(serial, 10 ** pattern.count("n") - 1)
    number = numbered(pattern, year, serial)
    for keyed in (number, number.replace("-", ""), f" {number.lower()} "):
        found = read_number(pattern, keyed)
        assert found is not None
        assert (found.number, found.year, found.serial, found.checked) == (number, year, serial, True)


@given(st.integers(0, 99_999_999), st.data())
def test_one_wrong_figure_and_two_exchanged_ones_are_always_found(figures: int, data: st.DataObject) -> None:
    right = f"{figures:08d}"
    right += check_digit(right)
    at = data.draw(st.integers(0, 8))
    wrong = right[:at] + str((int(right[at]) + data.draw(st.integers(1, 9))) % 10) + right[at + 1 :]
    with pytest.raises(BadInput, match="a figure is wrong"):
        read_number(PATTERN, wrong)
    at = data.draw(st.integers(0, 7))
    swapped = right[:at] + right[at + 1] + right[at] + right[at + 2 :]
    if swapped != right:
        with pytest.raises(BadInput, match="a figure is wrong"):
            read_number(PATTERN, swapped)


def test_eight_figures_are_enough_at_the_counter_and_say_that_they_were_not_checked() -> None:
    found = read_number(PATTERN, "26118842")
    assert found is not None
    assert (found.number, found.checked) == (numbered(PATTERN, 2026, 118842), False)


@pytest.mark.parametrize("typed", ["", "HPC1-0000021", "0041-2277-9", "26-1188", "SO26-000001", "26-118842-3-1"])
def test_what_is_another_kind_of_number_is_left_to_others(typed: str) -> None:
    assert read_number(PATTERN, typed) is None


def test_a_series_without_check_digit_is_read_too() -> None:
    found = read_number("PRJyyyy-nnnn", "prj 2026 0007")
    assert found is not None
    assert (found.number, found.year, found.checked) == ("PRJ2026-0007", 2026, True)


def test_a_year_that_has_used_up_its_numbers_says_so() -> None:
    with pytest.raises(Trouble, match="one figure more"):
        numbered(PATTERN, 2026, 1_000_000)


@pytest.mark.parametrize("pattern", [
    "", "nnnnnn", "yy", "yy-nnn", "yy-nnnnnnnnnn", "yyy-nnnn", "yy-nnnn-yy", "yy-nnnn-nnnn", "c-yy-nnnn", "yy-nnnn-cc",
    "yy-nnnn*c", "yy-nnnn-xc", "yy-nnnn-ß", "ABCDEFGHIJKLMNOPyy-nnnnn-c", "yy1nnnnnn",
])  # fmt: skip
def test_a_pattern_that_tells_no_numbers_apart_is_refused(pattern: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_pattern(pattern)
    assert refused.value.field == "project_pattern"
    with pytest.raises(BadInput):
        changed(Policy(), {"project_pattern": pattern})


def test_the_city_may_choose_another_pattern() -> None:
    assert changed(Policy(), {"project_pattern": " PRyyyy-nnnnn-c "}).project_pattern == "PRyyyy-nnnnn-c"
    assert all(read_pattern(pattern) == pattern for pattern in FIXED.values())
