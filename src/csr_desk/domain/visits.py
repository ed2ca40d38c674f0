"""Who waits, who is served, who was helped without money; waiting and serving times by hour and reason (I6, I7)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from csr_desk.domain.errors import BadInput
from csr_desk.domain.receipt import Office

MOST_TICKETS = 999
"""A day's tickets of one letter."""
USUAL_MINUTES, LONGEST_GUESS = 5, 30
"""What a conversation is taken to have lasted where nothing says so, and beyond what the last act says nothing."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody at the counter; instants are UTC."""

    number: str
    kind: str
    """``ticket`` or ``contact``."""
    reason: str
    state: str
    came_at: datetime
    ticket: str = ""
    priority: bool = False
    called_at: datetime | None = None
    served_at: datetime | None = None
    ended_at: datetime | None = None
    counter: str = ""
    served_by: str = ""
    customer_id: str = ""
    language: str = ""
    minutes: int | None = None
    memo: str = ""

    def waited(self, now: datetime) -> timedelta:
        """Say how long they waited to be served, or wait already."""
        return max((self.served_at or self.ended_at or now) - self.came_at, timedelta())

    def counted_on(self, came: datetime, today: date) -> Visit:
        """Return it as reports count it: at the office's own time, and gone where its day ended while it waited."""
        gone = self.state in {"waiting", "called"} and came.date() < today
        return replace(self, came_at=came, state="left" if gone else self.state)

    @property
    def served_for(self) -> timedelta | None:
        """Say how long serving took; None while it goes on, or for who left."""
        if self.minutes is not None:
            return timedelta(minutes=self.minutes)
        return None if self.served_at is None or self.ended_at is None else self.ended_at - self.served_at


@dataclass(frozen=True, slots=True)
class Reason:
    """Why people come, with the letter of its tickets."""

    code: str
    letter: str
    words: str


@dataclass(frozen=True, slots=True)
class TicketSlip:
    """What somebody who waits takes along."""

    office: Office
    ticket: str
    reason: str
    came_at: datetime
    """In the office's time."""
    ahead: int
    """How many are called before."""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Volume:
    """What happened in an hour, or about a reason."""

    key: str
    came: int
    served: int
    left: int
    waited_seconds: int
    """The mean wait of those with a ticket who were served (whole seconds)."""
    served_seconds: int
    """The mean time of serving (whole seconds)."""
    half_waited: int = 0
    """Half of those with a ticket who were served waited no longer (whole seconds)."""
    most_waited: int = 0
    """Nine of ten of them waited no longer (whole seconds)."""


def read_reasons(lines: Iterable[str]) -> tuple[Reason, ...]:
    """Read the reasons of the policy, each ``A permits Permits and fees``; raise BadInput for a line that is none."""
    found: list[Reason] = []
    for line in lines:
        parts = line.split(maxsplit=2)
        letter, code = (parts[0].upper(), parts[1].lower()) if len(parts) > 1 else ("", "")
        if len(letter) != 1 or not letter.isascii() or not letter.isalpha():
            raise BadInput(f"“{line[:40]}” is no reason: write “A permits Permits and fees”.", field="visit_reasons")
        if any(one.letter == letter or one.code == code for one in found):
            raise BadInput(f"“{line[:40]}” has a letter or a code that stands above.", field="visit_reasons")
        found.append(Reason(code, letter, parts[2] if len(parts) > len(("A", "b")) else code))
    return tuple(found)


def ticket(letter: str, serial: int) -> str:
    """Write the ticket that people read off the display: ``A017``; it begins anew after 999."""
    return f"{letter}{(serial - 1) % MOST_TICKETS + 1:03d}"


def next_up(waiting: Iterable[Visit]) -> Visit | None:
    """Return who is called next: with priority first, then whoever came first."""
    return min(waiting, key=_turn, default=None)


def _turn(one: Visit) -> tuple[bool, datetime, str]:
    return not one.priority, one.came_at, one.number


def minutes_since(began: datetime | None, now: datetime) -> int:
    """Guess how many minutes a conversation took, from what was done last: at least one."""
    if began is None or now - began > timedelta(minutes=LONGEST_GUESS):
        return USUAL_MINUTES
    return max(round((now - began).total_seconds() / 60), 1)


def percentile(spans: Iterable[timedelta], hundredths: int) -> timedelta:
    """Return the nearest-rank percentile: so many of a hundred waited no longer; nothing for nobody."""
    ordered = sorted(spans)
    if not ordered:
        return timedelta()
    return ordered[max(-(-len(ordered) * hundredths // 100), 1) - 1]


def in_turn(waiting: Iterable[Visit]) -> tuple[Visit, ...]:
    """Put those who wait into the order in which they are called."""
    return tuple(sorted(waiting, key=_turn))


def ahead(waiting: Iterable[Visit], of: Visit) -> int:
    """Count who is called before somebody."""
    return sum(_turn(one) < _turn(of) for one in waiting)


def volumes(visits: Iterable[Visit], key: str) -> tuple[Volume, ...]:
    """Count visits by ``hour`` (as handed over), ``reason`` or ``served_by``; by ``all`` they are one group."""
    grouped: dict[str, list[Visit]] = {}
    for one in visits:
        name = f"{one.came_at.hour:02d}" if key == "hour" else key if key == "all" else str(getattr(one, key))
        grouped.setdefault(name, []).append(one)
    return tuple(_volume(name, those) for name, those in sorted(grouped.items()))


def _volume(name: str, visits: list[Visit]) -> Volume:
    served = [one for one in visits if one.served_at is not None or one.kind == "contact"]
    times = [took for one in served if (took := one.served_for) is not None]
    queued = [one.waited(one.came_at) for one in served if one.kind == "ticket"]
    half, most = (int(percentile(queued, at).total_seconds()) for at in (50, 90))
    left = sum(one.state == "left" for one in visits)
    return Volume(name, len(visits), len(served), left, _mean(queued), _mean(times), half, most)


def _mean(spans: list[timedelta]) -> int:
    """The mean in whole seconds, rounded down."""
    return int(sum(spans, timedelta()).total_seconds()) // len(spans) if spans else 0
