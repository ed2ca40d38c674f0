"""Paying off in parts: a down payment and monthly instalments that add up exactly, and when the plan is broken (F6)."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from csr_desk.domain.errors import BadInput
from csr_desk.domain.money import Cents, allocate, shown


@dataclass(frozen=True, slots=True)
class Instalment:
    """One payment of a plan (cents)."""

    number: int
    due: date
    amount: Cents


@dataclass(frozen=True, slots=True)
class Plan:
    """What is agreed: down payment and instalments make the total."""

    total: Cents
    down: Cents
    parts: tuple[Instalment, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """What the city allows."""

    most_parts: int
    least_down_percent: int


def month_later(day: date, months: int) -> date:
    """Return the same day so many months later, the last of the month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def least_down(total: Cents, terms: Terms) -> Cents:
    """Return the least down payment in cents, rounded up so that it is never under the percentage."""
    return -(-total * terms.least_down_percent // 100)


def make_plan(total: Cents, down: Cents, parts: int, first_due: date, terms: Terms) -> Plan:
    """Split what is owed; the cents that do not divide go one each to the first instalments. Raises BadInput."""
    if total <= 0:
        raise BadInput("There is nothing owed to make a plan of.", field="account")
    if not 1 <= parts <= terms.most_parts:
        raise BadInput(f"A plan has 1 to {terms.most_parts} instalments.", field="parts")
    if not least_down(total, terms) <= down < total:
        raise BadInput(f"The down payment is {shown(least_down(total, terms))} at least, and below all.", field="down")
    if total - down < parts:
        raise BadInput("An instalment is a cent at least. Take fewer.", field="parts")
    amounts = allocate(total - down, [1] * parts)
    dues = (month_later(first_due, number) for number in range(parts))
    return Plan(
        total,
        down,
        tuple(Instalment(n, due, cents) for n, (due, cents) in enumerate(zip(dues, amounts, strict=True), 1)),
    )


def behind(plan: Plan, paid: Cents, on: date) -> Cents:
    """Return how much of what is due by a date has not been paid (cents); ``paid`` counts from the plan's making."""
    owed = plan.down + sum(part.amount for part in plan.parts if part.due <= on)
    return max(0, owed - paid)


def is_broken(plan: Plan, paid: Cents, on: date, grace_days: int = 0) -> bool:
    """Say whether an instalment is unpaid more than ``grace_days`` after it was due."""
    return behind(plan, paid, date.fromordinal(on.toordinal() - grace_days - 1)) > 0


def next_due(plan: Plan, paid: Cents) -> Instalment | None:
    """Return the first instalment that what was paid does not cover, or None when all is paid."""
    covered = plan.down
    for part in plan.parts:
        covered += part.amount
        if paid < covered:
            return part
    return None
