"""Where the cents of an adjustment come off: from what is still open on a bill, what was paid already as credit.

Revenue is booked when it is paid. What comes off of an open bill was never booked and needs no posting; what comes off
of a paid one was, and becomes a debt of the city to the account.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from csr_desk.domain.distribution import Share
from csr_desk.domain.ledger import Posting
from csr_desk.domain.money import Cents, allocate
from csr_desk.domain.postings import HOUSE


@dataclass(frozen=True, slots=True)
class OpenBill:
    """A bill's accounts with what it asks for each, and what payments have brought them so far (cents)."""

    parts: tuple[tuple[Share, Cents], ...]
    paid: Cents
    booked: Mapping[str, Cents]

    @property
    def open(self) -> Cents:
        """What is not paid yet."""
        return max(0, sum(cents for _, cents in self.parts) - self.paid)

    def lacking(self) -> tuple[Cents, ...]:
        """Say what each account still lacks; adds up to what is open."""
        cents = [amount for _, amount in self.parts]
        names = [share.account for share, _ in self.parts]
        lacks = tuple(amount - self.booked.get(name, 0) for name, amount in zip(names, cents, strict=True))
        if len(set(names)) == len(names) and min(lacks, default=0) >= 0 and sum(lacks) == self.open:
            return lacks
        return allocate(self.open, cents)


def spread(off: Cents, bill: OpenBill, wanted: Mapping[str, Cents]) -> tuple[tuple[Share, Cents], ...]:
    """Say which accounts of a bill get less, in all ``off`` (not above what is open); below zero they get more.

    ``wanted`` says by account what the computation takes off; no account goes below what it was paid already.
    """
    shares = [share for share, _ in bill.parts]
    if off < 0:
        asked = [cents for _, cents in bill.parts]
        return tuple(zip(shares, allocate(off, asked if any(asked) else [1] * len(asked)), strict=True))
    room = bill.lacking()
    weights = [min(space, max(0, wanted.get(share.account, 0))) for share, space in zip(shares, room, strict=True)]
    first = min(off, sum(weights))
    parts = allocate(first, weights)
    rest = allocate(off - first, [space - part for space, part in zip(room, parts, strict=True)])
    return tuple((share, one + more) for share, one, more in zip(shares, parts, rest, strict=True))


def credit_postings(amount: Cents, booked: Mapping[str, Cents], wanted: Mapping[str, Cents]) -> tuple[Posting, ...]:
    """Take revenue that was booked back and owe it to the account (cents, above zero).

    ``wanted`` says by account what is still to come off of what was booked; the rest is taken in proportion.
    """
    names = [name for name, cents in booked.items() if cents > 0]
    room = [booked[name] for name in names]
    weights = [min(space, max(0, wanted.get(name, 0))) for name, space in zip(names, room, strict=True)]
    first = allocate(min(amount, sum(weights)), weights)
    rest = allocate(amount - sum(first), [space - part for space, part in zip(room, first, strict=True)])
    back = (Posting(name, one + more) for name, one, more in zip(names, first, rest, strict=True) if one + more)
    return (*back, Posting(HOUSE.on_account, -amount))
