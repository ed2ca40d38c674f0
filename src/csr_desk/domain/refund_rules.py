"""What an item's own refund rule gives back of what was paid for it: exact, by difference, floor to the cent.

Sources: "not more than 90 % of the permit fee paid in excess of the minimum fee" (Bldg. Code 109.6, Res. Code R108.5,
Mech. Code 114.6.1); water fees: nothing of 25.00 or less, else 90 % after excluding 25.00 (City Code 47-49).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from csr_desk.domain.catalogue import RefundKind, RefundRule
from csr_desk.domain.money import Cents, shown
from csr_desk.domain.pricing.words import number_words


@dataclass(frozen=True, slots=True)
class Fees:
    """Some fees of one line: what was charged for them together (exact cents), and how many there are."""

    amount: Decimal
    number: Decimal


def excluded(rule: RefundRule, minimum: Cents | None) -> Cents:
    """Return what of each fee is never given back (cents)."""
    if rule.kind is RefundKind.PERCENT_OVER_MINIMUM:
        return minimum or 0
    return (rule.over or 0) if rule.kind is RefundKind.PERCENT_OVER_AMOUNT else 0


def given_back(rule: RefundRule, minimum: Cents | None, paid: Fees, kept: Fees) -> Cents:
    """Return what the rule gives back in all when only ``kept`` is kept of what was ``paid`` (cents).

    It goes by difference: what could be given back of the whole, less what could still be given back of the rest. So
    several refunds in steps, each less what came before, add up to what one refund of everything would have given.
    """
    if rule.kind is RefundKind.NONE:
        return 0
    percent = Decimal(100) if rule.kind is RefundKind.AS_PUBLISHED else rule.percent or Decimal(0)
    fixed = excluded(rule, minimum)
    part = (_above(paid, fixed) - _above(kept, fixed)) * percent / 100
    return int(part.to_integral_value(ROUND_FLOOR))


def _above(fees: Fees, fixed: Cents) -> Decimal:
    return max(fees.amount - fixed * fees.number, Decimal(0))


def explained(rule: RefundRule, minimum: Cents | None, paid: Fees, kept: Fees) -> str:
    """Say how a refund comes about, in figures."""
    fixed = excluded(rule, minimum)
    said = f"{_dollars(paid.amount)} paid"
    if kept.amount:
        said += f", {_dollars(kept.amount)} for what is kept"
    if rule.kind is RefundKind.AS_PUBLISHED:
        return f"{said}: the difference goes back."
    over = _above(paid, fixed) - _above(kept, fixed)
    percent = number_words(rule.percent or Decimal(0))
    back = f"{percent} % of the {_dollars(over)} above {shown(fixed)} for each fee goes back"
    return f"{said}: {back}, rounded down to the cent."


def _dollars(cents: Decimal) -> str:
    whole = int(cents.to_integral_value(ROUND_FLOOR))
    return shown(whole) if whole == cents else f"{cents / 100:f}"
