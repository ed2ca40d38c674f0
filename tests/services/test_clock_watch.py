"""A clock that somebody moves while the program runs: told once, and it carries nobody into another business day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from csr_desk.data.queries import entries
from csr_desk.domain.drawer import CountSheet
from csr_desk.domain.errors import DayClosed, Trouble
from csr_desk.domain.evidence import Status
from csr_desk.domain.ledger import EventKind
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import balancing, drawers, staff
from csr_desk.services.clock import SystemClock, TrainingClock
from csr_desk.services.clock_watch import ClockWatch
from csr_desk.services.setup import demo_secret
from csr_desk.services.tape_words import DETAILS
from demo_city import City
from proof.moved_clock import MovedClock
from services.evidence.planting import finding, plant

DAY = date(2026, 7, 14)
MORNING = datetime(2026, 7, 14, 13, 0, tzinfo=UTC)


@pytest.fixture
def clock(sqlite_city: City) -> MovedClock:
    """Put a clock that can be moved into the city, and look at it once."""
    clock = MovedClock(MORNING)
    sqlite_city.desk.clock = clock
    sqlite_city.desk.watch.trust(clock)
    return clock


def jumps(city: City) -> list[int]:
    """Return the seconds of every jump that the ledger knows."""
    with city.desk.read() as work:
        events = entries.day_events(work.conn, date(1900, 1, 1), date(2999, 1, 1), (EventKind.CLOCK_JUMP,))
    return [int(str(event.facts["seconds"])) for event in events]


@pytest.mark.parametrize(
    ("by", "told"),
    [
        (timedelta(seconds=-60), []),
        (timedelta(seconds=-61), [-61]),
        (timedelta(hours=24), []),
        (timedelta(hours=24, seconds=1), [86_401]),
        (timedelta(days=-1), [-86_400]),
        (timedelta(days=3653), [3653 * 86_400]),
    ],
)
def test_a_clock_that_was_moved_between_two_sales_is_told_once_and_refuses_neither(
    sqlite_city: City, clock: MovedClock, by: timedelta, told: list[int]
) -> None:
    sqlite_city.open()
    sqlite_city.sell()
    clock.move(by)
    for _ in range(3):
        sqlite_city.sell()
        clock.go(timedelta(hours=9))
    assert jumps(sqlite_city) == told


def test_a_jump_that_cannot_be_written_now_refuses_nothing_and_is_told_by_the_next_act(
    sqlite_city: City, clock: MovedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    sqlite_city.open()
    clock.move(timedelta(days=2))
    with monkeypatch.context() as patch:

        def locked(*_: object) -> None:
            raise Trouble("The database is busy.")

        patch.setattr("csr_desk.services.people_journal._append_jump", locked)
        sqlite_city.sell()
    assert jumps(sqlite_city) == []
    sqlite_city.sell()
    assert jumps(sqlite_city) == [2 * 86_400]


def test_time_that_passes_is_no_jump_however_long_nobody_came(sqlite_city: City, clock: MovedClock) -> None:
    sqlite_city.open()
    clock.go(timedelta(days=4))
    sqlite_city.sell()
    assert jumps(sqlite_city) == []


def test_a_moved_clock_keeps_the_business_date_until_somebody_signs_in(sqlite_city: City, clock: MovedClock) -> None:
    desk = sqlite_city.desk
    clock.move(timedelta(days=3653))
    sqlite_city.open()
    assert desk.today() == DAY
    clock.go(timedelta(days=1))
    assert desk.today() == DAY + timedelta(days=1)
    news = desk.watch.news
    assert news is not None
    assert (news.seconds, news.running) == (3653 * 86_400, True)
    assert staff.enter(desk, "clerk2", demo_secret("clerk2")).jump == news
    assert desk.today().year == 2036
    assert jumps(sqlite_city) == [3653 * 86_400]  # not once more because of the sign-in
    assert desk.watch.news is None


def test_a_clock_that_is_set_right_again_is_gone_by_at_once(sqlite_city: City, clock: MovedClock) -> None:
    sqlite_city.open()
    clock.move(timedelta(days=-2))
    sqlite_city.sell()
    clock.move(timedelta(days=2))
    sqlite_city.sell()
    assert jumps(sqlite_city) == [-172_800, 172_800]
    assert sqlite_city.desk.watch.steady(clock) == clock.now()


def test_a_check_is_not_stale_or_of_tomorrow_because_of_a_clock(sqlite_city: City, clock: MovedClock) -> None:
    sqlite_city.open()
    check = Tender(TenderKind.CHECK, number="17", check_date=DAY)
    for by in (timedelta(days=-3), timedelta(days=3653)):
        clock.move(by)
        sqlite_city.desk.watch.trust(clock)  # somebody signed in meanwhile
        sqlite_city.sell(check)


def test_a_closed_day_ahead_of_the_clock_keeps_nobody_out(sqlite_city: City, clock: MovedClock) -> None:
    city = sqlite_city
    batch = city.open()
    clerk, supervisor = city.who("clerk1"), city.who("supervisor1")
    drawers.count(city.desk, clerk, drawers.CountDrawer(city.key(), CountSheet({2000: 10}, {})))
    drawers.submit_count(city.desk, clerk, city.key())
    balancing.accept_batch(city.desk, supervisor, balancing.AcceptBatch(city.key(), batch))
    balancing.close_day(city.desk, supervisor, balancing.CloseDay(city.key(), DAY))
    with pytest.raises(DayClosed):
        city.open()  # the clock is right: the day is over
    clock.go(timedelta(hours=20))
    clock.move(timedelta(days=-1))
    city.desk.watch.trust(clock)  # the next morning, the clock a day behind
    assert city.open() == "HPC-1-20260715-1"


def test_a_training_clock_that_a_script_sets_is_never_a_moved_one(sqlite_city: City) -> None:
    sqlite_city.open()
    clock = sqlite_city.desk.clock
    assert isinstance(clock, TrainingClock)
    clock.set(clock.now() - timedelta(hours=1))
    sqlite_city.sell()
    assert jumps(sqlite_city) == []


def test_the_computers_own_clock_and_its_counter_go_alike() -> None:
    watch, clock = ClockWatch(), SystemClock()
    watch.trust(clock)
    assert watch.gone(clock) is None
    assert 0 <= clock.ticks() <= clock.ticks()


def test_the_tape_says_how_a_jump_was_noticed() -> None:
    assert DETAILS[EventKind.CLOCK_JUMP]({"seconds": -90}) == "-90 seconds against the newest entry"
    assert DETAILS[EventKind.CLOCK_JUMP]({"seconds": -90, "running": True}) == "-90 seconds while the program ran"


def test_a_recorded_jump_explains_the_instants_of_every_series_to_the_auditor(
    sqlite_city: City, clock: MovedClock
) -> None:
    sqlite_city.open()
    sqlite_city.sell()
    clock.move(timedelta(hours=-1))
    sqlite_city.sell()
    # the register's own instants go back an hour; the jump that says so stands in the office's series
    assert finding(sqlite_city, 56).status is Status.EXCEPTION
    clock.move(timedelta(seconds=-30))
    sqlite_city.sell()
    assert finding(sqlite_city, 56).status is Status.EXCEPTION
    plant(sqlite_city, EventKind.NO_SALE, at="2026-07-14T09:00:00.000000Z", notes={"reason": "Coins"})
    assert finding(sqlite_city, 56).status is Status.NOT_MET
