"""G12: a wrong clock refuses no payment, moves no business date, is told, and 01:30 twice is told apart on paper."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from csr_desk.data.queries import entries
from csr_desk.data.queries.entries import Event
from csr_desk.data.verify import verify
from csr_desk.documents import receipt_words
from csr_desk.documents.till_slip import till_rows
from csr_desk.domain.errors import Refusal, Trouble
from csr_desk.domain.ledger import EventKind
from csr_desk.services import receipts
from csr_desk.services.clock import local, local_date
from csr_desk.services.clock_watch import ClockWatch
from csr_desk.services.desk import Desk
from proof.counter import Counter, make_office, open_counter
from proof.moved_clock import MovedClock
from proof.places import Place, places
from proof.table import Row, Tier

SALES = {Tier.TASTE: 2, Tier.COMMIT: 3, Tier.NIGHT: 12}
UNTIMED = {EventKind.CLOCK_JUMP, EventKind.POLICY_SET}
"""Entries that belong to no day at the counter: a jump, and the first one, which founded the office before the day."""
EVERY = {Tier.TASTE: 20, Tier.COMMIT: 2, Tier.NIGHT: 1}
"""A clock is moved before every how many-th act of a day."""
NOON = datetime(2026, 7, 14, 17, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
MOVES = {
    "an hour back": timedelta(hours=-1),
    "a day back": timedelta(days=-1),
    "61 seconds back": timedelta(seconds=-61),
    "25 hours on": timedelta(hours=25),
    "ten years on": timedelta(days=3653),
}


@dataclass(frozen=True)
class Case:
    """A day at the counter: when it begins, how the time goes on, and who moves the clock before which act."""

    name: str
    begins: datetime
    step: timedelta = MINUTE
    moves: dict[int, timedelta] = field(default_factory=dict)
    zone: str = ""
    """The time zone that the computer is put to in the middle of the day."""


CALENDAR = (
    # opened at 00:30, then a sale at the first 01:30 and one at the second
    Case("summer time ends", datetime(2026, 11, 1, 5, 30, tzinfo=UTC), timedelta(hours=1)),
    Case("closed past midnight", datetime(2026, 7, 15, 4, 0, tzinfo=UTC), timedelta(minutes=10)),
    Case("summer time begins", datetime(2026, 3, 8, 7, 30, tzinfo=UTC), timedelta(minutes=10)),
    Case("leap day", datetime(2028, 2, 29, 4, 30, tzinfo=UTC), timedelta(minutes=10)),
    Case("out of the leap day", datetime(2028, 3, 1, 5, 30, tzinfo=UTC), timedelta(minutes=10)),
    Case("year end", datetime(2027, 1, 1, 5, 30, tzinfo=UTC), timedelta(minutes=10)),
    Case("another time zone", NOON, MINUTE, {}, "Asia/Tokyo"),
)


@dataclass
class Day(Counter):
    """A counter whose day is the one that it was opened on, whatever the clock says."""

    begun: date = date.min

    @property
    def day(self) -> date:
        """The business day."""
        return self.begun


@dataclass
class Found:
    """What came of the days."""

    attempts: int = 0
    faults: int = 0
    lost: int = 0
    doubled: int = 0
    altered: int = 0
    told: int = 0


def cases(tier: Tier, acts: int) -> Iterator[Case]:
    """Yield the days of a tier."""
    yield from CALENDAR[: 2 if tier is Tier.TASTE else None]
    for name, by in MOVES.items():
        for at in range(0, acts, EVERY[tier]):
            yield Case(f"{name}, act {at}", NOON, MINUTE, {at: by})
    yield Case("back and on again", NOON, MINUTE, {1: timedelta(hours=-3), 3: timedelta(hours=3)})
    yield Case("a minute back is nothing", NOON, timedelta(minutes=2), {2: timedelta(seconds=-60)})


def rows(tier: Tier, folder: Path) -> Iterator[Row]:
    """Prove it on each engine, then break it twice."""
    with places(folder) as engines:
        for place in engines:
            found = Found()
            copy = place.copies(lambda url, keys=place.keys: make_office(url, keys))  # type: ignore[misc]
            for case in cases(tier, acts=SALES[tier] + 9):
                play(place, copy, case, SALES[tier], found)
            yield row(place.engine, "a wrong clock and every odd day", found)
        place = engines[0]
        copy = place.copies(lambda url: make_office(url, place.keys))
        yield broken(
            "the business date is the clock's", place, copy, clock_dates, Case("", NOON, moves={0: MOVES["a day back"]})
        )
        yield broken("paper without the offset", place, copy, no_offset, CALENDAR[0])
        yield broken(
            "nobody compares the clock", place, copy, unwatched, Case("", NOON, moves={3: MOVES["an hour back"]})
        )


def row(engine: str, what: str, found: Found, *, broken: bool = False) -> Row:
    """Lay out what was found."""
    return Row(
        "G12", what, engine, found.attempts, found.faults, found.lost, found.doubled, found.altered,
        f"{found.told} jumps in the ledger", broken_on_purpose=broken,
    )  # fmt: skip


def broken(
    what: str, place: Place, copy: Callable[[], str], change: Callable[[], AbstractContextManager[object]], case: Case
) -> Row:
    """Break the promise and play one day."""
    found = Found()
    with change():
        play(place, copy, case, 2, found)
    return row(place.engine, what, found, broken=True)


def clock_dates() -> AbstractContextManager[object]:
    """Take the business date from the clock as it stands."""
    return patch.object(Desk, "today", lambda desk: local_date(desk.clock, desk.office.time_zone))


def unwatched() -> AbstractContextManager[object]:
    """Look at no clock."""
    return patch.object(ClockWatch, "gone", lambda _watch, _clock: None)


def no_offset() -> AbstractContextManager[object]:
    """Print the time without its offset."""
    return patch.object(receipt_words, "moment", lambda at, office: f"{local(at, office.time_zone):%H:%M:%S}")


def play(place: Place, copy: Callable[[], str], case: Case, sales: int, found: Found) -> None:
    """Work through a day and look at every entry afterwards."""
    url, clock = copy(), MovedClock(case.begins)
    made = open_counter(url, place.keys, clock=clock)
    day = Day(made.desk, begun=local_date(clock, made.desk.office.time_zone))
    acknowledged: list[str] = []
    with _zone(""):
        for at, (name, key, act) in enumerate(day.acts(sales)):
            if by := case.moves.get(at):
                clock.move(by)
                found.faults += 1
            if case.zone and at == 2:
                _set_zone(case.zone)
                found.faults += 1
            found.attempts += 1
            try:
                act()
            except (Refusal, Trouble):
                found.lost += name != ""
            else:
                acknowledged.append(key)
            clock.go(case.step)
    _look(day, case, acknowledged, found)
    day.desk.close()
    place.drop(url)


@contextmanager
def _zone(name: str) -> Iterator[None]:
    before = os.environ.get("TZ")
    try:
        if name:
            _set_zone(name)
        yield
    finally:
        _set_zone(before)


def _set_zone(name: str | None) -> None:
    os.environ.pop("TZ", None)
    if name:
        os.environ["TZ"] = name
    time.tzset()


def _look(day: Day, case: Case, acknowledged: list[str], found: Found) -> None:
    with day.desk.read() as work:
        events = entries.day_events(work.conn, date(1900, 1, 1), date(2999, 12, 31))
        kept = [work.find_by_key(key) for key in acknowledged]
    found.lost += sum(one is None for one in kept)
    of_register = sorted((event for event in events if event.key.series == "HPC-1"), key=lambda one: one.key.seq)
    numbers = [event.receipt_no for event in of_register if event.receipt_no is not None]
    found.doubled += len(numbers) - len(set(numbers))
    found.altered += numbers != sorted(numbers)
    found.altered += sum(event.business_date != day.begun for event in events if event.kind not in UNTIMED)
    jumps = [event for event in events if event.kind is EventKind.CLOCK_JUMP]
    expected = sum(not -60 <= by.total_seconds() <= 86_400 for by in case.moves.values())
    found.told += len(jumps)
    found.altered += abs(len(jumps) - expected)
    found.altered += not verify(day.desk.store).ok
    found.altered += _twice_told(day, of_register)


def _twice_told(day: Day, events: list[Event]) -> int:
    """Count receipts of different moments whose papers show the same time."""
    shown: dict[str, str] = {}
    for event in events:
        if event.kind is EventKind.SALE:
            receipt = receipts.receipt(day.desk, day.clerk, receipts.number_of(event))
            words = " ".join(str(one) for one in till_rows(receipt) if "Time" in str(one))
            if not words:
                return 1
            shown[event.recorded_at] = words
    return len(shown) - len(set(shown.values()))
