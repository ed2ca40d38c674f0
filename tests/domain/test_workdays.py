"""Days on which a counter works, and the quarters of the year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csr_desk.domain.workdays import (
    after_workdays,
    is_workday,
    next_workday,
    quarter,
    quarters,
    workdays_left,
    working_days,
)

DAYS = st.dates(date(2025, 12, 1), date(2028, 1, 31))
HOLIDAYS = st.frozensets(DAYS, max_size=25)
LABOR_DAY = frozenset({date(2026, 9, 7)})


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        ("2026-01-01", "2026-01-01", "2026-03-31"),
        ("2026-05-31", "2026-04-01", "2026-06-30"),
        ("2026-07-14", "2026-07-01", "2026-09-30"),
        ("2026-12-31", "2026-10-01", "2026-12-31"),
    ],
)
def test_a_quarter_is_three_whole_months(day: str, first: str, last: str) -> None:
    assert [part.isoformat() for part in quarter(date.fromisoformat(day))] == [first, last]


@pytest.mark.parametrize(
    ("written", "entered", "days"),
    [
        ("2026-07-13", "2026-07-13", 0),
        ("2026-07-13", "2026-07-14", 1),
        ("2026-07-10", "2026-07-13", 1),  # Friday to Monday
        ("2026-07-10", "2026-07-12", 0),  # Friday to Sunday
        ("2026-07-03", "2026-07-14", 7),  # 6, 7, 8, 9, 10, 13, 14
    ],
)
def test_working_days_are_monday_to_friday(written: str, entered: str, days: int) -> None:
    assert working_days(date.fromisoformat(written), date.fromisoformat(entered)) == days


def test_the_next_workday_skips_the_weekend() -> None:
    assert next_workday(date(2026, 7, 14)) == date(2026, 7, 15)
    assert next_workday(date(2026, 7, 17)) == date(2026, 7, 20)
    assert next_workday(date(2026, 7, 18)) == date(2026, 7, 20)


def test_a_period_touches_its_calendar_quarters() -> None:
    assert quarter(date(2026, 12, 31)) == (date(2026, 10, 1), date(2026, 12, 31))
    assert quarters(date(2026, 6, 30), date(2026, 7, 1)) == (
        (date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 7, 1), date(2026, 9, 30)),
    )


def test_a_holiday_is_no_working_day() -> None:
    assert is_workday(date(2026, 9, 7))
    assert not is_workday(date(2026, 9, 7), holidays=LABOR_DAY)
    assert next_workday(date(2026, 9, 4), holidays=LABOR_DAY) == date(2026, 9, 8)
    assert after_workdays(date(2026, 9, 3), 2, holidays=LABOR_DAY) == date(2026, 9, 8)
    assert after_workdays(date(2026, 9, 7), 0, holidays=LABOR_DAY) == date(2026, 9, 8)
    assert working_days(date(2026, 9, 4), date(2026, 9, 8), holidays=LABOR_DAY) == 1
    assert workdays_left(date(2026, 9, 4), date(2026, 9, 8), holidays=LABOR_DAY) == 1
    assert workdays_left(date(2026, 9, 8), date(2026, 9, 4), holidays=LABOR_DAY) == -1


@settings(deadline=None)
@given(DAYS, st.integers(0, 60), HOLIDAYS)
def test_a_deadline_is_a_working_day_with_so_many_of_them_up_to_it(
    day: date, count: int, holidays: frozenset[date]
) -> None:
    last = after_workdays(day, count, holidays=holidays)
    assert is_workday(last, holidays=holidays)
    at_rest = not count and not is_workday(day, holidays=holidays)
    assert working_days(day, last, holidays=holidays) == count + at_rest
    assert workdays_left(day, last, holidays=holidays) == count + at_rest
    assert workdays_left(next_workday(last, holidays=holidays), last, holidays=holidays) == -1


@settings(deadline=None)
@given(DAYS, st.integers(0, 60), HOLIDAYS)
def test_working_days_add_up(day: date, count: int, holidays: frozenset[date]) -> None:
    first = after_workdays(day, 1, holidays=holidays)
    assert after_workdays(first, count, holidays=holidays) == after_workdays(day, count + 1, holidays=holidays)
    middle = day + timedelta(days=count)
    after = middle + timedelta(days=9)
    parts = working_days(day, middle, holidays=holidays) + working_days(middle, after, holidays=holidays)
    assert parts == working_days(day, after, holidays=holidays)


@settings(deadline=None)
@given(DAYS, st.integers(0, 60), HOLIDAYS, DAYS)
def test_one_more_holiday_never_brings_a_deadline_nearer(
    day: date, count: int, holidays: frozenset[date], more: date
) -> None:
    without = after_workdays(day, count, holidays=holidays)
    with_it = after_workdays(day, count, holidays=holidays | {more})
    assert with_it >= without
    if day < more <= without and is_workday(more, holidays=holidays):
        assert with_it > without
    elif more < day or more > without or more.weekday() >= 5:
        assert with_it == without


@settings(deadline=None)
@given(DAYS, DAYS)
def test_without_a_table_the_working_days_are_the_weekdays(day: date, other: date) -> None:
    first, last = sorted((day, other))
    days = [first + timedelta(days=at) for at in range(1, (last - first).days + 1)]
    assert working_days(first, last) == sum(one.weekday() < 5 for one in days)
