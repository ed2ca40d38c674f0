"""How old what is owed is: not due yet and up to 30 days late, then 31–60, 61–90 and more (GFOA; F3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from csr_desk.domain.money import Cents

BOUNDS = (30, 60, 90)
"""Days after the due date at which the next column begins."""


@dataclass(frozen=True, slots=True)
class Open:
    """Something open: what is left of it in cents, and when it was due (None: on demand, never late)."""

    amount: Cents
    due: date | None


@dataclass(frozen=True, slots=True)
class Aged:
    """What is owed by age, in cents; the columns always add up to the total."""

    current: Cents = 0
    """Not due yet, or at most 30 days late."""
    over_30: Cents = 0
    over_60: Cents = 0
    over_90: Cents = 0

    @property
    def columns(self) -> tuple[Cents, Cents, Cents, Cents]:
        """The four columns, the youngest first."""
        return self.current, self.over_30, self.over_60, self.over_90

    @property
    def total(self) -> Cents:
        """All that is owed."""
        return sum(self.columns)

    def __add__(self, other: Aged) -> Aged:
        """Add two accounts up, column by column."""
        return Aged(*(mine + theirs for mine, theirs in zip(self.columns, other.columns, strict=True)))


def days_late(due: date | None, on: date) -> int:
    """Say how many days after its due date something is (0 up to and on the due date)."""
    return 0 if due is None else max(0, (on - due).days)


def age(open_items: Iterable[Open], on: date) -> Aged:
    """Sort what is open on a date into the columns."""
    columns = [0, 0, 0, 0]
    for item in open_items:
        late = days_late(item.due, on)
        columns[sum(late > bound for bound in BOUNDS)] += item.amount
    return Aged(*columns)
