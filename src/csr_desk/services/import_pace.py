"""How far something long is (a file, a list), for whoever waits, and the moment at which they may stop it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from csr_desk.domain.errors import Refusal

EVERY = 1_000
"""Rows between two looks."""


class Stopped(Refusal):
    """What takes long was stopped; nothing was taken over."""

    code = "stopped"


@dataclass
class Pace:
    """Hears how many of how many steps are done: a row of a file counts when it is read and when it is stored."""

    told: Callable[[int, int], None] | None = None
    stopped: Callable[[], bool] | None = None
    about: int = 0
    """About how many rows the file has."""
    done: int = 0
    times: int = 2
    """How often each row counts."""

    def read(self, rows: int) -> None:
        """Say that a row was read; raise Stopped where somebody asked for it."""
        if not rows % EVERY:
            self._look(rows)

    def parsed(self, rows: int) -> None:
        """Say that all rows are read: from now on their number is known."""
        self.about = rows
        self._look(rows)

    def stored(self, rows: int) -> None:
        """Say that so many more were stored; raise Stopped, and the transaction takes all of it back."""
        self._look(self.done + rows)

    def _look(self, done: int) -> None:
        self.done = done
        if self.stopped is not None and self.stopped():
            raise Stopped
        if self.told is not None:
            every = self.times * self.about
            self.told(min(done, every), every)
