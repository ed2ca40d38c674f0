"""What stops a sale to somebody, or the release of a service: a hold, until a day or until it is lifted (F10, G9)."""

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
    RELEASE = "release"
    """The release of a service only: a violation that was found on a permit, a project or an address."""


@dataclass(frozen=True, slots=True)
class Hold:
    """A hold as it is kept."""

    hold_id: str
    subject: str
    """As ``domain.about`` names it: ``customer:C-100``, ``account:0041-2277-9``, ``permit:…``, ``project:…``,
    ``contractor:…``, ``site:…``."""
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
    stops = {Stops.NEW, Stops.ALL} if sells else {Stops.ALL}
    return tuple(hold for hold in holds if hold.holds_on(day) and hold.stops in stops)


def against_release(holds: Iterable[Hold], day: date) -> tuple[tuple[Hold, ...], tuple[Hold, ...]]:
    """Return what stands against a release on a day: violations, then any other hold."""
    standing = tuple(hold for hold in holds if hold.holds_on(day))
    violations = tuple(hold for hold in standing if hold.stops is Stops.RELEASE)
    return violations, tuple(hold for hold in standing if hold.stops is not Stops.RELEASE)


def of_customer(number: str) -> str:
    """Return how a hold names a customer."""
    return f"customer:{number}"


def of_account(number: str) -> str:
    """Return how a hold names an account."""
    return f"account:{number}"
