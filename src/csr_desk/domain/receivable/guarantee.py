"""Refundable deposits of customers: a liability from the moment they are taken until they are applied or given back.

A line of a receipt that takes one names its account (``deposit:0041-2277-9``); one that takes it back or ends it is the
same line below zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from csr_desk.domain.ledger import EventKey
from csr_desk.domain.money import Cents
from csr_desk.domain.receivable.instalments import month_later

DEPOSIT_OF = "deposit:"
"""How the reference of a line begins that takes a deposit for an account."""


class GuaranteeState(StrEnum):
    """Where a deposit stands."""

    HELD = "held"
    APPLIED = "applied"
    """All of it went to what was owed."""
    REFUNDED = "refunded"
    """It was given back, wholly or what was left of it; or its receipt was taken back."""
    UNCLAIMED = "unclaimed"
    """It was handed to the state as unclaimed property."""


@dataclass(frozen=True, slots=True)
class Guarantee:
    """A deposit as it is kept (cents)."""

    deposit_no: str
    account: str
    state: GuaranteeState
    amount: Cents
    taken: EventKey
    ended: EventKey | None = None


def deposit_for(account: str) -> str:
    """Return the reference of a line that takes a deposit for an account."""
    return DEPOSIT_OF + account


def guaranteed(reference: str) -> str:
    """Return the account whose deposit a line takes or ends; empty for any other line."""
    return reference.removeprefix(DEPOSIT_OF) if reference.startswith(DEPOSIT_OF) else ""


def number_of(taken: EventKey, line: int) -> str:
    """Return the number of a deposit: where the ledger says that it was taken, like ``G-HPC1-17-2``."""
    return f"G-{taken.series.replace('-', '')}-{taken.seq}-{line}"


def settled(amount: Cents, due: Cents) -> tuple[Cents, Cents]:
    """Split a deposit: what is owed is paid first, the rest goes back (cents)."""
    applied = min(amount, max(due, 0))
    return applied, amount - applied


def is_dormant(heard: date, months: int, on: date) -> bool:
    """Say whether nothing was heard for so many months (Tex. Prop. Code 72.101: property that nobody claimed)."""
    return month_later(heard, months) <= on
