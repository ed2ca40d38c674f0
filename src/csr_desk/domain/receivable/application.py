"""Where a payment lands: late debts first, then by due date, then in the set order inside a bill (A10, A12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from csr_desk.domain.errors import BadInput
from csr_desk.domain.money import Cents, shown

ON_ACCOUNT = "account:"
"""How the reference of a line begins that puts money to the credit of an account, or takes it from there."""


def to_credit_of(account: str) -> str:
    """Return the reference of a line for what is paid ahead on an account."""
    return ON_ACCOUNT + account


def credited(reference: str) -> str:
    """Return the account whose credit a line changes; empty for a line of a bill, or of nothing that is owed."""
    return reference.removeprefix(ON_ACCOUNT) if reference.startswith(ON_ACCOUNT) else ""


@dataclass(frozen=True, slots=True)
class Debt:
    """An item of a bill that is still open (cents)."""

    bill: str
    item: int
    open: Cents
    due: date | None
    priority: int = 100
    """Smaller is paid first inside a bill (penalties before charges where the city says so)."""


@dataclass(frozen=True, slots=True)
class Part:
    """What of a payment goes to one debt (cents, above zero)."""

    bill: str
    item: int
    amount: Cents


@dataclass(frozen=True, slots=True)
class Applied:
    """A payment spread; parts and credit add up to it exactly."""

    parts: tuple[Part, ...]
    credit: Cents = 0
    """What is left over: it stands to the account's credit."""


def order(debts: Sequence[Debt], on: date) -> tuple[Debt, ...]:
    """Put debts into the order in which a payment covers them on a date.

    What is past due comes before what is not, older due dates first, a bill as a whole, its items by priority.
    """

    def place(debt: Debt) -> tuple[bool, date, str, int, int]:
        due = debt.due or date.max
        return due >= on, due, debt.bill, debt.priority, debt.item

    return tuple(sorted(debts, key=place))


def apply(payment: Cents, debts: Sequence[Debt], on: date) -> Applied:
    """Spread a payment by the rule; what exceeds all debts is credit. Raises BadInput for nothing or less."""
    if payment <= 0:
        raise BadInput("A payment is above zero.", field="amount")
    left, parts = payment, []
    for debt in order(debts, on):
        taken = min(left, debt.open)
        if taken > 0:
            parts.append(Part(debt.bill, debt.item, taken))
            left -= taken
    return Applied(tuple(parts), left)


def apply_by_hand(payment: Cents, debts: Sequence[Debt], wanted: Sequence[Part]) -> Applied:
    """Spread a payment as a person says, with a reason kept elsewhere; what they leave over is credit.

    Raises BadInput for a debt that is not open, more than is open on it, a part twice, or parts above the payment.
    """
    known = {(debt.bill, debt.item): debt.open for debt in debts}
    seen: set[tuple[str, int]] = set()
    for part in wanted:
        place = (part.bill, part.item)
        if place not in known or place in seen:
            raise BadInput(f"Item {part.item} of bill {part.bill} is not open, or stands twice.", field="parts")
        if not 0 < part.amount <= known[place]:
            said = f"Of item {part.item} of bill {part.bill} {shown(known[place])} is open. Key that or less."
            raise BadInput(said, field="parts")
        seen.add(place)
    spent = sum(part.amount for part in wanted)
    if spent > payment:
        raise BadInput(f"The parts come to {shown(spent)}, the payment is {shown(payment)}.", field="parts")
    return Applied(tuple(wanted), payment - spent)
