"""Training in handling cash: how long it holds, and who may hold a drawer (J11; Fort Worth cash handling IX)."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

from csr_desk.domain.errors import BadInput, Ineligible, TrainingExpired

PASS_MARK = 70
"""Percent that a training needs to count."""
BEST_MARK = 100
WARN_DAYS = 30
"""The window warns so many days before a training runs out."""
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a person's training holds today."""

    asked: bool
    """False where the policy asks for none."""
    until: date | None
    days_left: int
    """Whole days that it still holds, today included not; below zero when it ran out."""

    @property
    def holds(self) -> bool:
        """Say whether the person may open a drawer today."""
        return not self.asked or (self.until is not None and self.days_left >= 0)

    @property
    def soon(self) -> bool:
        """Say whether it runs out within thirty days."""
        return self.asked and self.until is not None and 0 <= self.days_left <= WARN_DAYS


def last_day(trained_on: date, months: int) -> date:
    """Return the last day that a training holds: the same day ``months`` later, or that month's last."""
    at = trained_on.year * _MONTHS + trained_on.month - 1 + months
    year, month = divmod(at, _MONTHS)
    return date(year, month + 1, min(trained_on.day, calendar.monthrange(year, month + 1)[1]))


def standing(trained_until: date | None, today: date, months: int) -> Standing:
    """Say how a training stands on a day; ``months`` of the policy, 0 asks for none."""
    left = -1 if trained_until is None else (trained_until - today).days
    return Standing(months > 0, trained_until, left)


def require(found: Standing) -> None:
    """Raise TrainingExpired where the training does not hold today."""
    if found.holds:
        return
    if found.until is None:
        raise TrainingExpired("No training in handling cash is on file for you. A supervisor records it first.")
    raise TrainingExpired(
        f"Your training in handling cash ran out on {found.until:%-m/%-d/%Y}. A supervisor records the next one first."
    )


def check_record(trained_on: date, today: date, score: int, months: int) -> None:
    """Raise BadInput or Ineligible unless a training of that day and score (percent) counts today."""
    if months == 0:
        raise Ineligible("This office asks for no training in handling cash (see the policy).")
    if trained_on > today:
        raise BadInput("A training cannot lie in the future.", field="trained_on")
    if not 0 <= score <= BEST_MARK:
        raise BadInput(f"A score is 0 to {BEST_MARK} percent.", field="score")
    if score < PASS_MARK:
        raise Ineligible(f"A training counts from {PASS_MARK} percent; this one has {score}. It is repeated.")
    if last_day(trained_on, months) < today:
        raise Ineligible("This training is too long ago and would have run out already.")
