"""How an amount is spread over funds and accounts: fixed parts, percentages, the remainder. Always sums exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from csr_desk.domain.errors import BadInput
from csr_desk.domain.money import Cents, allocate

WHOLE_PERCENT = Decimal(100)


@dataclass(frozen=True, slots=True)
class Share:
    """One account that receives a part: ``percent``, or ``fixed_cents`` per unit sold, or (neither) the remainder."""

    fund: str
    cost_center: str
    gl: str
    internal_order: str = ""
    percent: Decimal | None = None
    fixed_cents: Cents | None = None

    @property
    def account(self) -> str:
        """The posting account, fund.cost centre.GL and the internal order where there is one."""
        parts = (self.fund, self.cost_center, self.gl, self.internal_order)
        return ".".join(part for part in parts if part)

    @property
    def is_remainder(self) -> bool:
        """Tell whether this share takes what the others leave."""
        return self.percent is None and self.fixed_cents is None


def distribute(shares: Sequence[Share], amount: Cents, *, units: int = 1) -> tuple[tuple[Share, Cents], ...]:
    """Spread ``amount`` (cents) over the shares; a negative amount gives the exact negative.

    Fixed parts go first (times ``units``; scaled down when the amount does not reach them), then percentages of the
    amount, then the remainder. Where nothing takes a remainder, percentages weigh what is left (largest remainder).
    """
    if not shares:
        raise BadInput("This item has no account to post to.")
    if amount < 0:
        return tuple((share, -part) for share, part in distribute(shares, -amount, units=units))
    return tuple(zip(shares, _parts(shares, amount, units), strict=True))


def _parts(shares: Sequence[Share], amount: Cents, units: int) -> tuple[Cents, ...]:
    fixed = [(share.fixed_cents or 0) * units for share in shares]
    if sum(fixed) >= amount:
        return allocate(amount, fixed) if amount else (0,) * len(shares)
    left = amount - sum(fixed)
    weights = [share.percent or Decimal(0) for share in shares]
    takers = [share.is_remainder for share in shares]
    if any(takers):
        over = min(Decimal(left), amount * sum(weights, Decimal(0)) / WHOLE_PERCENT)
        weighed = int(over)
        spread = allocate(weighed, weights) if weighed else (0,) * len(shares)
        rest = allocate(left - weighed, [int(taker) for taker in takers])
    else:
        spread, rest = allocate(left, weights), (0,) * len(shares)
    return tuple(sum(part) for part in zip(fixed, spread, rest, strict=True))
