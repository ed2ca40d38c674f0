"""Working days, Monday to Friday, and quarters. Holidays are not known here, and whoever uses this says so."""

from __future__ import annotations

from datetime import date, timedelta

_SATURDAY = 5


def is_workday(day: date) -> bool:
    """Say whether a date is a weekday."""
    return day.weekday() < _SATURDAY


def next_workday(day: date) -> date:
    """Return the first weekday after a date."""
    found = day + timedelta(days=1)
    while not is_workday(found):
        found += timedelta(days=1)
    return found


def working_days(written: date, entered: date) -> int:
    """Return how many working days lie after ``written``, up to and with ``entered``."""
    days = range(1, (entered - written).days + 1)
    return sum(is_workday(written + timedelta(days=at)) for at in days)


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


def after_workdays(day: date, count: int) -> date:
    """Return the weekday that lies so many working days after a date; the date itself, or the next one, for none."""
    found = day
    for _ in range(count):
        found = next_workday(found)
    return found if is_workday(found) else next_workday(found)


def workdays_left(today: date, last: date) -> int:
    """Return how many working days are left after today, up to and with the last one; below zero when it is over."""
    return working_days(today, last) if last >= today else -working_days(last, today)
