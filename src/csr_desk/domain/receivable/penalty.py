"""What lateness costs: a share of what is open, or a fixed amount, once on a date or again for each period (F8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from csr_desk.domain.money import Cents
from csr_desk.domain.receivable.ageing import days_late


@dataclass(frozen=True, slots=True)
class PenaltyRule:
    """When a penalty is due and how much it is; the source is the city's ordinance, named on the bill item."""

    percent: Decimal = Decimal(0)
    """Of what is open, rounded half up to the cent."""
    least: Cents = 0
    """At least this (cents); alone it is a fixed penalty."""
    after_days: int = 0
    """Days after the due date before the first one."""
    every_days: int = 0
    """Days between further ones; 0 for none."""
    most: int = 1
    """How many there are at most."""


def due_penalties(rule: PenaltyRule, due: date | None, on: date) -> int:
    """Say how many penalties a bill has earned by a date (the due date itself is in time)."""
    late = days_late(due, on)
    if late <= rule.after_days or not (rule.percent or rule.least):
        return 0
    if not rule.every_days:
        return min(1, rule.most)
    return min(rule.most, 1 + (late - rule.after_days - 1) // rule.every_days)


def penalty(rule: PenaltyRule, open_amount: Cents) -> Cents:
    """Compute one penalty on what is open, in cents; nothing open costs nothing."""
    if open_amount <= 0:
        return 0
    share = int((open_amount * rule.percent / 100).quantize(Decimal(1), ROUND_HALF_UP))
    return max(rule.least, share)
