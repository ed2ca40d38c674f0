"""Rates of exceptions by person against their peers, and a plain rule for which of them stand out.

The rule: a person with ``FEWEST`` receipts or more stands out if somebody at the office's own rate would have as many
by chance less often than once in a hundred (the upper tail of the binomial distribution). Everything is exact decimal
arithmetic of 50 figures; the office's rate includes the person, which makes the rule slower to point at anybody.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext

FEWEST = 50
"""Receipts below which nobody is compared: of few, anything can be chance."""
RARE = Decimal("0.01")
_FIGURES = 50
_TENTH = Decimal("0.1")


def per_thousand(count: int, receipts: int) -> Decimal:
    """Return a rate per 1,000 receipts to one place, half up; of no receipts there is no rate (0)."""
    if not receipts:
        return Decimal(0)
    return (Decimal(count) * 1000 / receipts).quantize(_TENTH, ROUND_HALF_UP)


def chance(count: int, receipts: int, office_count: int, office_receipts: int) -> Decimal:
    """Return how likely ``count`` or more of so many receipts are at the office's rate (0 to 1)."""
    if count <= 0:
        return Decimal(1)
    if count > receipts or office_count >= office_receipts:
        return Decimal(1)  # more than one a receipt: the binomial distribution says nothing of that
    with localcontext() as context:
        context.prec = _FIGURES
        rate = Decimal(office_count) / office_receipts
        odds = rate / (1 - rate)
        term = (1 - rate) ** receipts
        below = term
        for at in range(1, count):
            term = term * (receipts - at + 1) / at * odds
            below += term
        return max(1 - below, Decimal(0))


def stands_out(count: int, receipts: int, office_count: int, office_receipts: int) -> bool:
    """Say whether a person stands out by the rule above."""
    return receipts >= FEWEST and chance(count, receipts, office_count, office_receipts) < RARE
