"""The city's table of holidays, as it is keyed or pasted."""

from __future__ import annotations

import string
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csr_desk.domain.errors import BadInput
from csr_desk.domain.holidays import MOST_HOLIDAYS, Holiday, missing_soon, read_holidays, years_without
from csr_desk.domain.policy import Policy, as_text, changed

CHRISTMAS = Holiday(date(2026, 12, 25), "Christmas Day")
NAMES = st.text(string.ascii_letters + "’é .", min_size=1, max_size=60).map(lambda text: " ".join(text.split()))
TABLES = st.dictionaries(st.dates(date(2000, 1, 1), date(2100, 12, 31)), NAMES.filter(bool), max_size=30).map(
    lambda found: tuple(sorted(Holiday(day, name) for day, name in found.items()))
)


@pytest.mark.parametrize(
    "line",
    [
        "2026-12-25 Christmas Day",
        "12/25/2026 Christmas Day",
        "12/25/2026\tChristmas Day",
        "2026-12-25, Christmas Day",
        "  2026-12-25 = Christmas   Day ",
        "2026-12-25 – Christmas Day",
        "| 2026-12-25 | Christmas Day |".strip("| "),
    ],
)
def test_a_pasted_line_is_read(line: str) -> None:
    assert read_holidays([line]) == (CHRISTMAS,)


def test_a_table_is_in_the_order_of_the_days_whatever_was_keyed() -> None:
    read = read_holidays(["12/25/2026 Christmas Day", "", "2026-01-01 New Year’s Day", "   "])
    assert [one.written for one in read] == ["2026-01-01 New Year’s Day", "2026-12-25 Christmas Day"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Christmas Day 12/25/2026", "the day comes first"),
        ("12/25/26 Christmas Day", "the day comes first"),
        ("2026-12-255 Christmas Day", "the day comes first"),
        ("2026-02-30 Nothing", "there is no day 2026-02-30"),
        ("25/12/2026 Christmas Day", "there is no day 25/12/2026"),
        ("2026-12-25", "say what 2026-12-25 is called"),
        ("2026-12-25 -", "say what 2026-12-25 is called"),
        ("1999-12-25 Christmas Day", "1999-12-25 is not between 2000 and 2100"),
        ("2026-12-25 " + "x" * 61, "at most 60 letters"),
        ("2026-12-25 Christmas\x07Day", "all of which can be printed"),
        ("2026-12-25 Christmas Day, 2027-01-01 New Year’s Day", "one day a line"),
        ("2026-12-25 Christmas Day\n1/1/2027 New Year’s Day", "one day a line"),
        ("2026-12-25 4111 1111 1111 1111", "card number"),
    ],
)
def test_a_faulty_line_is_named_by_its_number(line: str, said: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_holidays(["2026-01-01 New Year’s Day", "", line])
    assert refused.value.field == "holidays"
    assert refused.value.message.startswith("Line 3: ")
    assert said in refused.value.message


def test_a_day_that_stands_there_twice_is_refused_with_both_lines() -> None:
    with pytest.raises(BadInput) as refused:
        read_holidays(["2026-12-25 Christmas Day", "12/25/2026 Christmas"])
    assert refused.value.message == "Line 2: 2026-12-25 stands in line 1 already."


def test_many_faults_are_told_in_one_go_but_not_all() -> None:
    with pytest.raises(BadInput) as refused:
        read_holidays(["a", "b", "c"])
    assert refused.value.message.count("Line ") == 3
    assert "more" not in refused.value.message
    with pytest.raises(BadInput) as refused:
        read_holidays(["a", "b", "c", "d", "e"])
    assert refused.value.message.count("Line ") == 3
    assert refused.value.message.endswith("2 more lines cannot be read.")


def test_a_table_has_an_end() -> None:
    first = date(2026, 1, 1).toordinal()
    lines = [f"{date.fromordinal(first + number)} Rest" for number in range(MOST_HOLIDAYS + 1)]
    assert len(read_holidays(lines[1:])) == MOST_HOLIDAYS
    with pytest.raises(BadInput):
        read_holidays(lines)


@settings(deadline=None)
@given(TABLES)
def test_a_table_written_by_the_policy_is_read_back_the_same(table: tuple[Holiday, ...]) -> None:
    policy = changed(Policy(), {"holidays": [one.written for one in table]})
    assert policy.holidays == table
    assert policy.days_off == {one.day for one in table}
    assert changed(Policy(), as_text(policy)) == policy
    lines = "\n".join(f"{one.day.month}/{one.day.day}/{one.day.year}\t{one.name}" for one in table)
    assert changed(Policy(), {"holidays": lines}) == policy


def test_a_table_is_lines_and_nothing_else() -> None:
    with pytest.raises(BadInput) as refused:
        changed(Policy(), {"holidays": 20261225})
    assert refused.value.field == "holidays"


def test_a_table_may_be_emptied() -> None:
    policy = changed(Policy(), {"holidays": [CHRISTMAS.written]})
    assert changed(policy, {"holidays": ""}).holidays == changed(policy, {"holidays": []}).holidays == ()


def test_years_without_a_holiday_are_told_of_in_december() -> None:
    table = (CHRISTMAS,)
    assert years_without(table, (2026, 2027)) == (2027,)
    assert missing_soon(table, date(2026, 11, 30)) == ()
    assert missing_soon(table, date(2026, 12, 1)) == (2027,)
    assert missing_soon((), date(2026, 12, 31)) == (2026, 2027)
    assert missing_soon((*table, Holiday(date(2027, 1, 1), "New Year’s Day")), date(2026, 12, 31)) == ()
    assert missing_soon((), date(2027, 1, 1)) == ()
