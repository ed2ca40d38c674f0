"""The time of day: the only place that asks the computer for it, and the clock of a training office."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from csr_desk.domain.errors import BadInput

FIRST_YEAR, LAST_YEAR = 1900, 2999
"""The years that a script may put the training clock to."""


class Clock(Protocol):
    """Something that knows what time it is."""

    def now(self) -> datetime:
        """Return the time, aware, in UTC."""
        ...

    def ticks(self) -> float:
        """Return seconds from some beginning that go on whatever anybody sets ``now`` to: how a jump is noticed."""
        ...


_STEADY = getattr(time, "CLOCK_BOOTTIME", None)
"""Linux's counter that also counts while a notebook sleeps; elsewhere ``monotonic`` must do."""


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        """Return the computer's time in UTC."""
        return datetime.now(UTC)

    def ticks(self) -> float:
        """Return the seconds since the computer was started."""
        return time.monotonic() if _STEADY is None else time.clock_gettime(_STEADY)


@dataclass(slots=True)
class TrainingClock:
    """A clock that stands where it is put; with ``running`` it goes on from there (the window of a demo city)."""

    at: datetime
    running: bool = False
    _since: float = field(default_factory=time.monotonic)

    def now(self) -> datetime:
        """Return the training time in UTC."""
        if not self.running:
            return self.at
        return self.at + timedelta(seconds=time.monotonic() - self._since)

    def ticks(self) -> float:
        """Go with ``now``: a script puts this clock where it wants, and that is no fault of a computer."""
        return self.now().timestamp()

    def set(self, at: datetime) -> None:
        """Put the clock to an aware time."""
        self.at = at.astimezone(UTC)
        self._since = time.monotonic()


def local(moment: datetime, time_zone: str) -> datetime:
    """Show a moment in the office's own time."""
    return moment.astimezone(ZoneInfo(time_zone))


def local_date(clock: Clock, time_zone: str) -> date:
    """Return the date on the office's calendar."""
    return local(clock.now(), time_zone).date()


def stamp(moment: datetime) -> str:
    """Write a moment as the ledger keeps it: ``2026-07-14T13:05:09.000000Z``."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def read_stamp(text: str) -> datetime:
    """Read a moment as the ledger keeps it."""
    return datetime.fromisoformat(text).astimezone(UTC)


def read_moment(text: str, time_zone: str, *, after: datetime | None = None) -> datetime:
    """Read ISO 8601, local to the office when it names no offset; raise BadInput.

    A local time that comes twice (the hour when summer time ends) is the second one where the first is not ``after``.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadInput(f"“{text[:40]}” is not a time. Write it like 2026-07-14T08:05.", field="at") from None
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise BadInput(f"The clock goes from {FIRST_YEAR} to {LAST_YEAR}.", field="at")
    if moment.tzinfo is not None:
        return moment.astimezone(UTC)
    here = moment.replace(tzinfo=ZoneInfo(time_zone))
    once, again = here.astimezone(UTC), here.replace(fold=1).astimezone(UTC)
    return again if after is not None and once < after <= again else once


def read_date(text: str, *, field_name: str = "business_date") -> date:
    """Read a date as ``2026-07-14``; raise BadInput, also for years with which no clock here could reckon on."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"“{text[:40]}” is not a date. Write it like 2026-07-14.", field=field_name) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadInput(f"A date lies between {FIRST_YEAR} and {LAST_YEAR}.", field=field_name)
    return day
