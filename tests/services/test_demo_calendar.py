"""The demo city's holidays are the federal ones and the usual municipal ones; everybody who counts goes by them."""

from __future__ import annotations

from datetime import date, timedelta

from csr_desk.domain.holidays import read_holidays, years_without
from csr_desk.services import demo_calendar, demo_days, policies
from csr_desk.services.verification import verify_desk
from demo_city import City

MONDAY, THURSDAY = 0, 3


def nth(year: int, month: int, weekday: int, number: int) -> date:
    """Return the first, second, … such weekday of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))


def observed(day: date) -> date:
    """Return when a federal holiday is kept: Friday for a Saturday, Monday for a Sunday (5 U.S.C. 6103)."""
    return day + timedelta(days={5: -1, 6: 1}.get(day.weekday(), 0))


def federal(year: int) -> set[date]:
    """Return the eleven federal holidays of a year as they are kept."""
    fixed = [(1, 1), (6, 19), (7, 4), (11, 11), (12, 25)]
    last_of_may = nth(year, 6, MONDAY, 1) - timedelta(days=7)
    moving = {
        nth(year, 1, MONDAY, 3), nth(year, 2, MONDAY, 3), last_of_may, nth(year, 9, MONDAY, 1),
        nth(year, 10, MONDAY, 2), nth(year, 11, THURSDAY, 4),
    }  # fmt: skip
    return {observed(date(year, month, day)) for month, day in fixed} | moving


def test_the_shipped_table_has_the_federal_holidays_and_three_more_of_cities() -> None:
    table = read_holidays(demo_calendar.demo_holidays().splitlines())
    days = {one.day for one in table}
    after_thanksgiving = {nth(year, 11, THURSDAY, 4) + timedelta(days=1) for year in (2026, 2027)}
    christmas_eves = {date(2026, 12, 24), date(2027, 12, 23)}
    new_year = {date(2027, 12, 31)}
    assert observed(date(2028, 1, 1)) in new_year
    assert days == federal(2026) | federal(2027) | after_thanksgiving | christmas_eves | new_year
    assert all(day.weekday() < 5 for day in days)
    assert years_without(table, (2025, 2026, 2027, 2028)) == (2025, 2028)


def test_the_demo_city_gets_the_table_once_and_verifies(sqlite_city: City) -> None:
    assert demo_calendar.fill(sqlite_city.url) == demo_calendar.fill(sqlite_city.url) == 27
    sqlite_city.desk.refresh()
    assert len(sqlite_city.desk.policy.days_off) == 27
    assert sqlite_city.desk.policy_version == 1
    assert verify_desk(sqlite_city.desk).ok


def test_no_day_is_played_on_a_holiday(sqlite_city: City) -> None:
    city = sqlite_city
    lines = ["2026-07-14 Rest", "2026-07-15 Rest"]
    assert demo_days.next_day(city.desk) == date(2026, 7, 14)
    policies.set_policy(city.desk, city.who("admin1"), policies.SetPolicy("p", {"holidays": lines}))
    assert demo_days.next_day(city.desk) == date(2026, 7, 16)
    assert demo_days.workdays_before(city.desk, date(2026, 7, 17), 2) == (date(2026, 7, 13), date(2026, 7, 16))
