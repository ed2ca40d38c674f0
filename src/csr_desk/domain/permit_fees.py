"""What the program adds to permits: the top-up to the minimum and the administrative fee (City Code 1-14).

A permit is one line (times its quantity); only lines of the category "Permit line" in one division and on one
project make up one permit together. The minimum tops up the permit, never a line; the administrative fee comes
once per permit, strictly above its threshold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from csr_desk.domain.cart_lines import CartLine, LineKind, PricedLine
from csr_desk.domain.catalogue import AdminFeeRule, Catalogue
from csr_desk.domain.line_pricing import Sold, price_item
from csr_desk.domain.money import Cents, plain, shown
from csr_desk.domain.pricing import Facts

PROJECT = "project_number"


@dataclass(frozen=True, slots=True)
class Permit:
    """The lines of one permit with their positions in the cart; ``times`` tells how many such permits are sold."""

    lines: tuple[tuple[int, Sold], ...]
    times: int

    @property
    def first(self) -> int:
        """The position of its first line."""
        return self.lines[0][0]

    @property
    def fee(self) -> Cents:
        """The fee of one permit before any top-up, in cents."""
        return sum(sold.amount for _, sold in self.lines) // self.times

    @property
    def minimum(self) -> Cents:
        """The minimum of one permit; none where a person set the amount, and none where nothing is charged."""
        if any(sold.overridden for _, sold in self.lines) or not self.fee:
            return 0
        return max(sold.version.minimum or 0 for _, sold in self.lines)

    @property
    def top_up(self) -> Cents:
        """What one permit lacks to its minimum, in cents."""
        return max(self.minimum - self.fee, 0)


def permits_of(sold: Sequence[Sold]) -> tuple[Permit, ...]:
    """Group the lines of a cart into permits, in the order of their first lines."""
    groups: dict[tuple[object, ...], list[tuple[int, Sold]]] = {}
    for position, line in enumerate(sold):
        key: tuple[object, ...] = (position,)
        if line.item.shares_a_permit:
            key = (line.item.division, line.inputs.get(PROJECT, "").strip().casefold())
        groups.setdefault(key, []).append((position, line))
    return tuple(Permit(tuple(lines), lines[0][1].times if len(lines) == 1 else 1) for lines in groups.values())


def top_up_line(permit: Permit) -> PricedLine | None:
    """Return the line that lifts a permit to its minimum (number and ``added_with`` are set by the cart)."""
    if not permit.top_up:
        return None
    sold = permit.lines[0][1]
    said = (
        f"The fee of {shown(permit.fee)} is below the minimum of {shown(permit.minimum)}: {shown(permit.top_up)} more"
    )
    times = f" for each of {permit.times}" if permit.times > 1 else ""
    line = sold.line(0, LineKind.MINIMUM)
    return replace(
        line,
        name=f"Top-up to the minimum, {line.name}",
        quantity=Decimal(permit.times),
        amount=permit.top_up * permit.times,
        each_cents=permit.top_up,
        # fixed parts were taken from the fee itself; the top-up goes where the rest goes
        shares=tuple(share for share in line.shares if share.fixed_cents is None) or line.shares,
        explain=(line.explain[0], f"{said}{times}."),
        inputs={},
        document="",
        catalogue_amount=None,
    )


def admin_fee_line(catalogue: Catalogue, permit: Permit, price_date: date) -> PricedLine | None:
    """Return the administrative fee of a permit, if one is due; raise NotInForce when the city has no price for it."""
    item = catalogue.admin_fee_item
    rules = {sold.version.admin_fee for _, sold in permit.lines}
    due = AdminFeeRule.ALWAYS if AdminFeeRule.ALWAYS in rules else AdminFeeRule.AUTO
    if item is None or due not in rules:
        return None
    fee = permit.fee + permit.top_up
    inputs = {"permit_fee": plain(fee), "admin_fee_rule": due.value}
    if not any(version.price.evaluate(Facts(inputs, price_date)).amount for version in item.versions):
        return None  # no version that is known charges such a permit, so none need be in force
    sold = price_item(catalogue, item, CartLine(item.code, inputs), price_date)
    if not sold.amount:
        return None
    said = f"Once for each permit: the permit's fee is {shown(fee)}."
    line = sold.line(0, LineKind.ADMIN_FEE)
    return replace(
        line,
        quantity=line.quantity * permit.times,
        amount=sold.amount * permit.times,
        each_cents=sold.amount,
        explain=(*line.explain, said),
        inputs={},
    )
