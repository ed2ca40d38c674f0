"""How long requests take: the middle, the nine tenths, and the share that was answered in time (H3).

Counted in working days from the day on which one was taken to the day on which it was closed; one that was closed on
the same day took none. The percentile is that of the nearest rank, so that it is a time that somebody waited.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from csr_desk.domain.requests import Request
from csr_desk.domain.workdays import working_days

MIDDLE, TAIL = 50, 90


@dataclass(frozen=True, slots=True)
class Times:
    """Of one type or department: how many were closed, and how long they took (working days)."""

    name: str
    closed: int
    middle: int
    tail: int
    """Nine of ten took no longer."""
    in_time: int
    """So many were closed by the day that was promised, and had never to be opened again."""

    @property
    def share(self) -> int:
        """How many of a hundred were closed in time, rounded down: never better than it was."""
        return self.in_time * 100 // self.closed


def times_of(
    closed: Iterable[Request], by: Callable[[Request], str], *, holidays: AbstractSet[date]
) -> tuple[Times, ...]:
    """Return the times of closed requests, by whatever ``by`` names; the slowest first. What is open does not count."""
    taken: dict[str, list[int]] = defaultdict(list)
    kept: dict[str, int] = defaultdict(int)
    for one in closed:
        if one.closed_on is None:
            continue
        name = by(one)
        taken[name].append(working_days(one.opened_on, one.closed_on, holidays=holidays))
        kept[name] += one.closed_on <= one.due_on and not one.reopened
    found = [
        Times(name, len(days), nearest_rank(days, MIDDLE), nearest_rank(days, TAIL), kept[name])
        for name, days in taken.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.middle, -one.tail, one.name)))


def nearest_rank(values: Iterable[int], percent: int) -> int:
    """Return the smallest value that at least so many of a hundred do not exceed; the values are not empty."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]
