"""Days on which a counter works: Monday to Friday. Holidays are not known here, and whoever uses this says so."""

from __future__ import annotations

from datetime import date, timedelta

_SATURDAY = 5


def next_workday(day: date) -> date:
    """Return the first weekday after a date."""
    found = day + timedelta(days=1)
    while found.weekday() >= _SATURDAY:
        found += timedelta(days=1)
    return found


def quarter(day: date) -> tuple[date, date]:
    """Return the first and last day of the calendar quarter of a date."""
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    year, month = (first.year + 1, 1) if first.month == 10 else (first.year, first.month + 3)  # noqa: PLR2004 - October
    return first, date(year, month, 1) - timedelta(days=1)


def quarters(first: date, last: date) -> tuple[tuple[date, date], ...]:
    """Return the calendar quarters that a period touches, in order."""
    found = [quarter(first)]
    while found[-1][1] < last:
        found.append(quarter(found[-1][1] + timedelta(days=1)))
    return tuple(found)
