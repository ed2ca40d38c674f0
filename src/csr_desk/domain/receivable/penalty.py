"""What lateness costs: a share of what is open, or a fixed amount, by date and by count (F8).

By date: once after the due date, or again for each period. By count: another amount for the first, the second … bill of
an account that is late within some months (Houston Code 47-70(e): 0.00, then 77.00, then 236.12).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from csr_desk.domain.errors import BadInput, Trouble
from csr_desk.domain.money import MAX_CENTS, Cents, shown
from csr_desk.domain.receivable.ageing import days_late
from csr_desk.domain.receivable.instalments import month_later

_MOST_STEPS = 12
_MOST_PERCENT = 100
_MOST_DAYS = 3660


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
    steps: tuple[Cents, ...] = ()
    """In the place of ``least``: for the first, second … late bill of the account, the last one for any further."""
    months: int = 12
    """The months within which late bills are counted, back from the day of the penalty."""

    @property
    def costs(self) -> bool:
        """Say whether lateness costs anything at all under this rule."""
        return bool(self.percent or self.least or any(self.steps))


def due_penalties(rule: PenaltyRule, due: date | None, on: date) -> int:
    """Say how many penalties a bill has earned by a date (the due date itself is in time)."""
    late = days_late(due, on)
    if late <= rule.after_days or not rule.costs:
        return 0
    if not rule.every_days:
        return min(1, rule.most)
    return min(rule.most, 1 + (late - rule.after_days - 1) // rule.every_days)


def penalty(rule: PenaltyRule, open_amount: Cents, occurrence: int = 1) -> Cents:
    """Compute one penalty on what is open, in cents; nothing open costs nothing.

    ``occurrence`` says the how-manieth late bill of its account within ``rule.months`` it is, itself included.
    """
    if open_amount <= 0:
        return 0
    return max(_least(rule, occurrence), _share(rule, open_amount))


def _share(rule: PenaltyRule, open_amount: Cents) -> Cents:
    return int((open_amount * rule.percent / 100).quantize(Decimal(1), ROUND_HALF_UP))


def _least(rule: PenaltyRule, occurrence: int) -> Cents:
    return rule.steps[min(occurrence, len(rule.steps)) - 1] if rule.steps else rule.least


def penalty_words(rule: PenaltyRule, open_amount: Cents, occurrence: int = 1) -> str:
    """Say how a penalty came about: ``10 % of 64.37 = 6.44``."""
    said = []
    if rule.percent:
        said.append(f"{rule.percent.normalize():f} % of {shown(open_amount)} = {shown(_share(rule, open_amount))}")
    least = _least(rule, occurrence)
    if rule.steps:
        said.append(f"late bill {occurrence} within {rule.months} months: {shown(least)}")
    elif least:
        said.append(f"at least {shown(least)}")
    return "; ".join(said)


def counted_since(rule: PenaltyRule, on: date) -> date:
    """Return the day after which late bills count towards the occurrence of one on ``on``."""
    return month_later(on, -rule.months)


def rule_text(rule: PenaltyRule | None) -> str | None:
    """Write a rule as a bill keeps it, or nothing where lateness costs nothing."""
    if rule is None or not rule.costs:
        return None
    told = {
        "percent": f"{rule.percent.normalize():f}", "least": rule.least, "after_days": rule.after_days,
        "every_days": rule.every_days, "most": rule.most, "steps": list(rule.steps), "months": rule.months,
    }  # fmt: skip
    plain = PenaltyRule()
    kept = {name: value for name, value in told.items() if value != _plain(plain, name)}
    return json.dumps(kept, separators=(",", ":"), sort_keys=True)


def _plain(rule: PenaltyRule, name: str) -> object:
    value = getattr(rule, name)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return list(value) if isinstance(value, tuple) else value


def rule_of(text: str | None) -> PenaltyRule | None:
    """Read a rule as a bill keeps it; raise Trouble for anything else: no penalty is guessed."""
    return _read(text) if text else None


@lru_cache(maxsize=256)
def _read(text: str) -> PenaltyRule:
    """Read a text that ``rule_text`` wrote, letter for letter; thousands of bills share a few of them."""
    try:
        told = json.loads(text, parse_float=int)  # cents are whole: a fraction is refused
        if "percent" in told:
            told["percent"] = Decimal(told["percent"])
        if "steps" in told:
            told["steps"] = tuple(told["steps"])
        rule = checked_rule(PenaltyRule(**told))
        if rule_text(rule) == text:
            return rule
    except (ValueError, TypeError, AttributeError, ArithmeticError, RecursionError, BadInput):
        pass  # told below, in words
    raise Trouble("A bill’s penalty rule is not as the program wrote it. “csr-desk verify” says which bill.")


def checked_rule(rule: PenaltyRule) -> PenaltyRule:
    """Return a rule that can be kept; raise BadInput for one that no ordinance could mean."""
    amounts = (rule.least, *rule.steps)
    numbers = (rule.after_days, rule.every_days)
    sound = (
        rule.percent.is_finite()
        and 0 <= rule.percent <= _MOST_PERCENT
        and all(0 <= amount <= MAX_CENTS for amount in amounts)
        and all(0 <= number <= _MOST_DAYS for number in numbers)
        and 1 <= rule.most <= _MOST_DAYS
        and 1 <= rule.months <= _MOST_DAYS
        and len(rule.steps) <= _MOST_STEPS
    )
    if not sound:
        raise BadInput("A penalty has 0 to 100 percent, amounts and days from zero up, and is due once at least.")
    return rule
