"""How often the difference finder is right, by kind of error; the tests and the document use the same figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from csr_desk.domain.difference import Candidate, Kind, candidates, unexplained
from csr_desk.domain.difference.ranking import FINDERS, Finder
from difference_days import Truth
from difference_errors import PLANTS, day_unexplained, day_with, day_without_error

DAYS = 1000
QUIET, UNKNOWN = 200, 400
FIRST, FIRST_THREE = 80, 95
"""The bar, in percent of the days: the true cause is first, and among the first three."""


@dataclass
class Row:
    """What was measured of one kind of error."""

    days: int = 0
    first: int = 0
    in_three: int = 0
    alone: int = 0
    """Days on which the true cause is first and its receipt (if it hangs on one) is the first that is named."""
    named: int = 0
    """Receipts named by the true cause, over the days on which it is first."""


@dataclass
class Measured:
    """All kinds together."""

    kinds: dict[Kind, Row] = field(default_factory=dict)
    strong: int = 0
    """Days whose first candidate is called strong."""
    strong_right: int = 0

    @property
    def days(self) -> int:
        """Days that were looked at."""
        return sum(row.days for row in self.kinds.values())

    @property
    def first(self) -> int:
        """Days on which the true cause is first."""
        return sum(row.first for row in self.kinds.values())

    @property
    def in_three(self) -> int:
        """Days on which the true cause is among the first three."""
        return sum(row.in_three for row in self.kinds.values())


def right(one: Candidate, truth: Truth) -> bool:
    """Say whether a candidate is what was planted: kind, tender, and the receipt among those it names."""
    tenders = {one.tender, one.other} - {""}
    named = {suspect.receipt for suspect in one.suspects}
    return one.kind is truth.kind and tenders == truth.tenders and (not truth.receipt or truth.receipt in named)


def measure(days: int, finders: Iterable[Finder] = FINDERS) -> Measured:
    """Plant one error on each day, every kind in turn, and look where the finder ranks it."""
    kinds, finders, found = list(PLANTS), tuple(finders), Measured()
    for seed in range(days):
        kind = kinds[seed % len(kinds)]
        facts, truth = day_with(kind, seed)
        ranked = candidates(facts, finders)
        place = next((at for at, one in enumerate(ranked) if right(one, truth)), None)
        row = found.kinds.setdefault(kind, Row())
        row.days += 1
        row.in_three += place is not None and place < 3
        if place == 0:
            row.first += 1
            row.named += len(ranked[0].suspects)
            row.alone += not truth.receipt or ranked[0].receipt == truth.receipt
        if ranked and ranked[0].strong:
            found.strong += 1
            found.strong_right += place == 0
    return found


@cache
def measured_days() -> Measured:
    """Measure the finder as it is, once."""
    return measure(DAYS)


@dataclass(frozen=True)
class Beyond:
    """What the finder says where there is nothing to find, or nothing that it knows."""

    quiet: int
    quiet_claimed: int
    unknown: int
    unknown_said: int
    """Days of which it says that no single cause explains the difference."""
    unknown_strong: int
    """Days on which it calls a cause strong all the same."""


@cache
def beyond() -> Beyond:
    """Look at days that agree, and at days with a difference that no error of the list made."""
    quiet = [candidates(day_without_error(seed)) for seed in range(QUIET)]
    unknown = [day_unexplained(seed) for seed in range(UNKNOWN)]
    ranked = [candidates(facts) for facts in unknown]
    return Beyond(
        QUIET,
        sum(bool(found) for found in quiet),
        UNKNOWN,
        sum(bool(unexplained(facts, found)) for facts, found in zip(unknown, ranked, strict=True)),
        sum(any(one.strong for one in found) for found in ranked),
    )
