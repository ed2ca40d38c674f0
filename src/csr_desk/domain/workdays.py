"""Working days: Monday to Friday without the city's holidays; and quarters.

Whoever counts for the city hands over the holidays of its policy (``Policy.days_off``), as ``holidays=``.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import date, timedelta

_SATURDAY = 5
_NONE: frozenset[date] = frozenset()


def is_workday(day: date, *, holidays: AbstractSet[date] = _NONE) -> bool:
    """Say whether a date is a weekday and no holiday."""
    return day.weekday() < _SATURDAY and day not in holidays


def next_workday(day: date, *, holidays: AbstractSet[date] = _NONE) -> date:
    """Return the first working day after a date."""
    found = day + timedelta(days=1)
    while not is_workday(found, holidays=holidays):
        found += timedelta(days=1)
    return found


def working_days(written: date, entered: date, *, holidays: AbstractSet[date] = _NONE) -> int:
    """Return how many working days lie after ``written``, up to and with ``entered``."""
    days = range(1, (entered - written).days + 1)
    return sum(is_workday(written + timedelta(days=at), holidays=holidays) for at in days)


def quarter(day: date) -> tuple[date, date]:
    """Return the first and last day of the calendar quarter of a date."""
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    after = date(day.year + first.month // 10, (first.month + 2) % 12 + 1, 1)
    return first, after - timedelta(days=1)


def quarters(first: date, last: date) -> tuple[tuple[date, date], ...]:
    """Return the calendar quarters that a period touches, in order."""
    found = [quarter(first)]
    while found[-1][1] < last:
        found.append(quarter(found[-1][1] + timedelta(days=1)))
    return tuple(found)


def after_workdays(day: date, count: int, *, holidays: AbstractSet[date] = _NONE) -> date:
    """Return the date that lies so many working days after another; for none the date itself, or the next one."""
    found = day
    for _ in range(count):
        found = next_workday(found, holidays=holidays)
    return found if is_workday(found, holidays=holidays) else next_workday(found, holidays=holidays)


def workdays_left(today: date, last: date, *, holidays: AbstractSet[date] = _NONE) -> int:
    """Return how many working days are left after today, up to and with the last one; below zero when it is over.

    On the days of rest right after the last one it is none, and not over: nobody could have acted since.
    """
    if last >= today:
        return working_days(today, last, holidays=holidays)
    return -working_days(last, today, holidays=holidays)
