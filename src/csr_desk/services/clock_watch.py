"""Notices that somebody moved the computer's clock while the program ran (reliability 4.4).

The time is evidence, the sequence gives the order: nothing is refused because of a clock. But a jump is told, in the
ledger and on the screen, and it does not carry the office into another business day.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from csr_desk.services.clock import Clock

BACKWARD, FORWARD = timedelta(seconds=60), timedelta(hours=24)
"""A clock that went back further than this, or on further than that, is told."""


@dataclass(frozen=True, slots=True)
class ClockJump:
    """How the clock stands against the newest entry, or how far it was moved while the program ran."""

    newest: str
    now: str
    seconds: int
    """Below zero when the clock went back."""
    running: bool = False
    """Noticed between two acts, against a counter that nobody sets."""


def is_jump(gone: timedelta) -> bool:
    """Say whether a clock that stands so much too far on (below zero: back) is told."""
    return not -BACKWARD <= gone <= FORWARD


@dataclass(slots=True)
class ClockWatch:
    """Compares a clock with its counter, since somebody last signed in and so looked at it."""

    news: ClockJump | None = None
    """A jump that was noticed and not shown yet."""
    _clock: Clock | None = None
    _then: tuple[datetime, float] | None = None
    _told: timedelta = field(default_factory=timedelta)

    def trust(self, clock: Clock) -> None:
        """Go by what the clock says now."""
        self._clock, self._then, self._told = clock, (clock.now(), clock.ticks()), timedelta()

    def gone(self, clock: Clock) -> timedelta | None:
        """Return how far the clock was moved since that was told last; None while it goes as it should."""
        moved = self._moved(clock) - self._told
        return moved if is_jump(moved) else None

    def told(self, clock: Clock, jump: ClockJump) -> None:
        """Take note that the ledger knows of a jump."""
        self._told = self._moved(clock)
        self.news = jump

    def steady(self, clock: Clock) -> datetime:
        """Return the time; after a jump the time that it would be without, until somebody signs in again."""
        now, moved = clock.now(), self._moved(clock)
        return now - moved if is_jump(moved) else now

    def _moved(self, clock: Clock) -> timedelta:
        if self._then is None or self._clock is not clock:
            self.trust(clock)
            return timedelta()
        at, ticks = self._then
        return clock.now() - at - timedelta(seconds=clock.ticks() - ticks)
