"""What of a bill is still open, item by item, and which account each cent of a payment belongs to.

Penalties and fees stand as items of their own, and an adjustment is an item below zero: it is taken off the items that
it is about before a payment is spread. Each item closes each of its accounts exactly, whatever was paid in between.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from csr_desk.domain.distribution import Share
from csr_desk.domain.money import Cents, allocate, allocate_next
from csr_desk.domain.receivable.application import Debt, Part

REST = 0
"""The number of what a bill has without items of its own."""

Spread = Mapping[int, tuple[Cents, ...]]
"""What a payment brought each account of each item (cents), by the number of the item."""


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An item of a bill: what belongs to each of its accounts, and what payments that stand have brought (cents)."""

    bill: str
    n: int
    name: str
    priority: int
    targets: tuple[tuple[Share, Cents], ...]
    booked: tuple[Cents, ...] = ()
    """One figure an account, as many as ``targets``; empty where nothing was paid."""

    @property
    def amount(self) -> Cents:
        """What it comes to, adjustments taken off."""
        return sum(cents for _, cents in self.targets)

    @property
    def paid(self) -> Cents:
        """What stands paid on it."""
        return sum(self.booked)

    @property
    def open(self) -> Cents:
        """What is still to pay; nothing where more was paid than it comes to now."""
        return max(self.amount - self.paid, 0)

    def debt(self, due: date | None) -> Debt:
        """Give it as the order of application knows it."""
        return Debt(self.bill, self.n, self.open, due, self.priority)

    def take(self, part: Cents) -> tuple[Cents, ...]:
        """Spread a payment over its accounts, one figure each, so that the last payment closes every one exactly.

        The payment goes to what each account still lacks where what is booked is not what the payments so far would
        have made (one was taken back from under a later one, or the item was adjusted), and where the cumulative
        target of an account falls as more is paid (largest remainders: of 6, 6, 2 cents 10 give 4, 4, 2 and 11 give
        5, 5, 1): no payment takes a cent out of an account.
        """
        cents = [amount for _, amount in self.targets]
        booked = self.booked or (0,) * len(cents)
        if booked == allocate(self.paid, cents):
            parts = allocate_next(cents, self.paid, part)
            if min(parts) >= 0:
                return parts
        return allocate(part, [max(amount - had, 0) for amount, had in zip(cents, booked, strict=True)])


def netted(items: Sequence[OpenItem]) -> tuple[OpenItem, ...]:
    """Take what stands below zero off the items above it: off the same accounts first, what is paid last in front."""
    left = {item.n: [cents for _, cents in item.targets] for item in items if item.amount > 0}
    whole = [item for item in items if item.n in left]
    last_first = sorted(whole, key=lambda item: (item.priority, item.n), reverse=True)
    for item in items:
        if item.n in left:
            continue
        for share, cents in item.targets:
            rest = _taken_off(left, last_first, -cents, share.account)
            _taken_off(left, last_first, rest, None)
    return tuple(
        replace(
            item, targets=tuple((share, cents) for (share, _), cents in zip(item.targets, left[item.n], strict=True))
        )
        for item in whole
    )


def _taken_off(left: Mapping[int, list[Cents]], items: Sequence[OpenItem], amount: Cents, account: str | None) -> Cents:
    """Lower what belongs to an account (or to any), and return what could not be taken off."""
    for item in items:
        for at, (share, _) in enumerate(item.targets):
            if account in {None, share.account}:
                part = min(amount, left[item.n][at])
                left[item.n][at] -= part
                amount -= part
    return amount


def with_paid(items: Sequence[OpenItem], spreads: Sequence[Spread], unsaid: Cents) -> tuple[OpenItem, ...]:
    """Note what payments brought; ``unsaid`` was paid by entries that name no item and is taken in the set order."""
    noted = []
    for item in items:
        rows = [spread[item.n] for spread in spreads if item.n in spread]
        booked = tuple(map(sum, zip(*rows, strict=True))) if rows else ()
        noted.append(replace(item, booked=booked if any(booked) else ()))
    done = []
    for item in sorted(noted, key=lambda one: (one.priority, one.n)):
        part = min(unsaid, item.open)
        if part > 0:
            unsaid -= part
            had = item.booked or (0,) * len(item.targets)
            more = item.take(part)
            done.append(replace(item, booked=tuple(a + b for a, b in zip(had, more, strict=True))))
        else:
            done.append(item)
    return tuple(sorted(done, key=lambda one: one.n))


def expanded(items: Sequence[OpenItem], bill: str, amount: Cents) -> tuple[Part, ...]:
    """Spread what a person puts on a bill as a whole over its items in the set order.

    What is more than the bill has open stays on its last item, so that it is refused there.
    """
    parts: list[Part] = []
    ordered = sorted((item for item in items if item.bill == bill and item.open), key=lambda one: (one.priority, one.n))
    for item in ordered:
        part = amount if item is ordered[-1] else min(amount, item.open)
        if part > 0:
            parts.append(Part(bill, item.n, part))
            amount -= part
    return tuple(parts) or (Part(bill, REST, amount),)
