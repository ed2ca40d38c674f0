"""A computer's clock that somebody moves, beside the counter that nobody can set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass
class MovedClock:
    """Stands still until told; ``go`` is time that passes, ``move`` is a hand on the clock."""

    at: datetime
    passed: timedelta = timedelta()

    def now(self) -> datetime:
        """Return the time that the computer shows, in UTC."""
        return self.at

    def ticks(self) -> float:
        """Return the seconds that truly passed."""
        return self.passed.total_seconds()

    def go(self, gone: timedelta) -> None:
        """Let time pass."""
        self.at += gone
        self.passed += gone

    def move(self, by: timedelta) -> None:
        """Set the clock; no time passes."""
        self.at += by
