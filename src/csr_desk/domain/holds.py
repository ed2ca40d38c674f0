"""What stops a sale to somebody: a hold on a customer or on an account, until a day or until it is lifted (F10)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from csr_desk.domain.ledger import EventKey


class Stops(StrEnum):
    """What a hold stops."""

    NEW = "new"
    """Permits, fees and whatever else is sold; what is owed may always be paid."""
    ALL = "all"
    """Payments as well: an account in bankruptcy, a payment that a court forbids."""


@dataclass(frozen=True, slots=True)
class Hold:
    """A hold as it is kept."""

    hold_id: str
    subject: str
    """``customer:C-100`` or ``account:0041-2277-9``."""
    stops: Stops
    words: str
    """Why, for the person at the counter."""
    expires_on: date | None
    """The last day on which it holds."""
    placed: EventKey
    lifted: EventKey | None = None

    def holds_on(self, day: date) -> bool:
        """Say whether it is in force on a day."""
        return self.lifted is None and (self.expires_on is None or day <= self.expires_on)


def stopping(holds: Iterable[Hold], day: date, *, sells: bool) -> tuple[Hold, ...]:
    """Return the holds that stop a sale; ``sells`` says whether anything but what is owed is in the cart."""
    return tuple(hold for hold in holds if hold.holds_on(day) and (sells or hold.stops is Stops.ALL))


def of_customer(number: str) -> str:
    """Return how a hold names a customer."""
    return f"customer:{number}"


def of_account(number: str) -> str:
    """Return how a hold names an account."""
    return f"account:{number}"
