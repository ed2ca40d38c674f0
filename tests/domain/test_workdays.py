"""Days on which a counter works, and the quarters of the year."""

from __future__ import annotations

from datetime import date

import pytest

from csr_desk.domain.workdays import next_workday, quarter, quarters, working_days


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
