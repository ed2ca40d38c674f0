"""How long a permit holds: from its issue, anew with each passed inspection and each renewal (G4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

ALIVE = frozenset({"issued", "inspected"})
"""The states in which work may go on."""


@dataclass(frozen=True, slots=True)
class Renewal:
    """Whether a permit may be renewed, and until when it holds then; ``why_not`` is a sentence."""

    possible: bool
    until: date | None = None
    why_not: str = ""


def holds_until(issued: date, days: int, *, passed: date | None = None, renewed: date | None = None) -> date:
    """Return the last day of a permit: so many days after the latest of issue, passed inspection and renewal."""
    return max(day for day in (issued, passed, renewed) if day is not None) + timedelta(days=days)


def list_until(today: date, days: int) -> date:
    """Return the last day of a list of what ends within so many days; the calendar ends, and a list with it."""
    return today + timedelta(days=min(days, (date.max - today).days))


def is_over(state: str, last: date | None, today: date) -> bool:
    """Say whether a permit that may still be worked on has run out by itself."""
    return state in ALIVE and last is not None and last < today


def renewal(state: str, last: date | None, today: date, *, days: int, within: int) -> Renewal:
    """Say whether a permit may be renewed at the renewal price; later it is bought anew.

    A renewal lasts ``days`` from the end of what is still running, or from today where that is over.
    """
    if state not in ALIVE | {"expired"}:
        return Renewal(possible=False, why_not=f"A permit that is {state} is not renewed.")
    if last is None:
        return Renewal(possible=False, why_not="This permit has no end.")
    if last + timedelta(days=within) < today:
        ended = f"It ended on {last.isoformat()}, more than {within} days ago"
        return Renewal(possible=False, why_not=f"{ended}: a new permit is needed.")
    return Renewal(possible=True, until=max(last, today) + timedelta(days=days))


def ends_within(last: date | None, today: date, days: int) -> bool:
    """Say whether the last day lies within so many days from today; a list of reminders is made of these."""
    return last is not None and today <= last <= today + timedelta(days=days)
