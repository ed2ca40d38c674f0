"""Whether a contractor may buy a permit of a trade on a day: licence, insurance, bond, registration (G3, G14)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from csr_desk.domain.money import Cents


class PaperKind(StrEnum):
    """What a contractor shows."""

    LICENCE = "licence"
    INSURANCE = "insurance"
    BOND = "bond"
    REGISTRATION = "registration"


NEEDED: Mapping[str, frozenset[PaperKind]] = {
    "electrical": frozenset({PaperKind.LICENCE, PaperKind.INSURANCE}),
    "plumbing": frozenset({PaperKind.LICENCE, PaperKind.INSURANCE}),
    "mechanical": frozenset({PaperKind.LICENCE, PaperKind.INSURANCE}),
    "driveway": frozenset({PaperKind.BOND}),
    "fire_alarm": frozenset({PaperKind.LICENCE, PaperKind.REGISTRATION}),
}
"""What each trade needs; a city verifies it before it goes live. A trade that is not here needs nothing."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of a contractor that was not replaced or withdrawn."""

    kind: PaperKind
    trade: str
    """Empty for one that covers every trade."""
    starts_on: date | None
    expires_on: date | None
    """The last day on which it holds; None for one without an end."""
    amount: Cents | None = None

    def covers(self, trade: str) -> bool:
        """Say whether it speaks of a trade."""
        return self.trade in {"", trade}

    def holds_on(self, day: date) -> bool:
        """Say whether it is in force on a day."""
        begun = self.starts_on is None or self.starts_on <= day
        return begun and (self.expires_on is None or day <= self.expires_on)


@dataclass(frozen=True, slots=True)
class Standing:
    """A contractor as a sale looks at them."""

    state: str
    """``active``, ``suspended`` or ``closed``."""
    trades: frozenset[str]
    papers: tuple[Paper, ...]


def lacks(contractor: Standing, trade: str, day: date) -> tuple[str, ...]:
    """Say what a contractor lacks to work in a trade on a day, each in a sentence; nothing when all is in order."""
    found = []
    if contractor.state != "active":
        found.append(f"This contractor is {contractor.state}.")
    if trade and trade not in contractor.trades:
        found.append(f"This contractor is not registered for the {_words(trade)} trade.")
    for kind in sorted(NEEDED.get(trade, frozenset())):
        covering = [paper for paper in contractor.papers if paper.kind is kind and paper.covers(trade)]
        if not any(paper.holds_on(day) for paper in covering):
            found.append(_lack(kind, covering, day))
    return tuple(found)


def _lack(kind: PaperKind, covering: Sequence[Paper], day: date) -> str:
    ended = [paper.expires_on for paper in covering if paper.expires_on is not None and paper.expires_on < day]
    if ended:
        return f"The {kind.value} ran out on {max(ended).isoformat()}."
    return f"The {kind.value} is not in force yet." if covering else f"No {kind.value} is on file."


def ends_soon(papers: Iterable[Paper], day: date, days: int) -> tuple[Paper, ...]:
    """Return the papers whose last day lies within so many days from a day, or before it, soonest first."""
    until = day + timedelta(days=days)
    soon = [(paper.expires_on, n, paper) for n, paper in enumerate(papers) if paper.expires_on is not None]
    return tuple(paper for ends, _, paper in sorted(soon, key=lambda each: each[:2]) if ends <= until)


def _words(trade: str) -> str:
    return trade.replace("_", " ")
