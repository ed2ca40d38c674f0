"""G2: a program that dies loses nothing, and its next start says rightly what came of the payment in flight.

Killed at random moments on both engines, and before every single system call that writes, syncs, cuts or deletes.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from csr_desk.data.notebook import Notebook
from csr_desk.services import drawers, recovery
from postgres_cluster import binaries, cluster
from proof.broken_calls import (
    Before,
    act_of,
    calls_in,
    counter_before,
    day_in_states,
    fresh,
    spread,
    strace_works,
    under_strace,
)
from proof.broken_desk import (
    CARD,
    Outcome,
    Place,
    Voice,
    broken,
    fork,
    judge,
    open_window,
    prepared,
    warm,
)
from proof.counter import Counter, make_office, new_key
from proof.table import Row, Tier

CALLS = ("write", "pwrite64", "fsync", "fdatasync", "ftruncate", "unlink", "openat", "sendto")
RANDOM = {Tier.TASTE: 4, Tier.COMMIT: 160, Tier.NIGHT: 1_000}
POINTS = {Tier.TASTE: 1, Tier.COMMIT: 16, Tier.NIGHT: 10_000}
"""Calls before which each act is killed."""
LONGEST = 0.02
"""Seconds between an act and the kill, at most: three acts of an idle machine."""


def rows(tier: Tier, folder: Path) -> Iterator[Row]:
    """Kill the program."""
    with prepared(folder) as place:
        yield from _rows(tier, place)


def _rows(tier: Tier, folder: Path) -> Iterator[Row]:
    dice = random.Random(2)  # noqa: S311 - the same moments each time, as far as a clock allows
    yield at_random(RANDOM[tier], folder / "sqlite", "sqlite", f"sqlite:///{folder / 'sqlite' / 'office.db'}", dice)
    if binaries() is not None:
        with cluster() as server:
            server.execute("CREATE DATABASE office", "CREATE DATABASE warm")
            warm(Place(server.url("warm"), folder / "warm-server"))
            yield at_random(RANDOM[tier], folder / "postgresql", "postgresql", server.url("office"), dice)
    if strace_works():
        yield at_each_call(POINTS[tier], folder / "calls")
    elif tier is not Tier.TASTE:
        yield Row("G2", "killed before each call", "sqlite", 0, 0, remark="strace cannot watch processes here")
    yield from self_tests(folder, dice)


# ---- at random


def sell_on(place: Place) -> Callable[[Voice], None]:
    """Sell, void and drop until somebody ends it."""

    def work(voice: Voice) -> None:
        counter = Counter(open_window(place))
        recovery.check_first(counter.desk)
        batch = drawers.my_batch(counter.desk, counter.clerk)
        if batch is not None:
            counter.batch = batch.batch_id
        voice.say("ready")
        if batch is None:
            key = new_key()
            voice.act("open", key, lambda: counter.open(key))
        while True:
            for _ in range(3):
                key = new_key()
                voice.act("sale", key, lambda key=key: counter.sell(key, CARD))  # type: ignore[misc]
            key = new_key()
            voice.act("void", key, lambda key=key: counter.void(counter.receipts[-1], key))  # type: ignore[misc]

    return work


def at_random(kills: int, folder: Path, engine: str, url: str, dice: random.Random) -> Row:
    """Kill a selling clerk at random moments, each time on what the deaths before left."""
    place = Place(url, folder)
    folder.mkdir(parents=True, exist_ok=True)
    make_office(place.url, place.keys)
    outcome, known = random_kills(place, kills, dice), 0
    known = outcome.statements
    remark = f"{outcome.recorded_unsaid} recorded unheard, all named at the next start; {known} statements, all right"
    return outcome.row("G2", "killed at random", engine, remark)


def random_kills(place: Place, kills: int, dice: random.Random) -> Outcome:
    """Kill, start again, compare; over and over."""
    outcome = Outcome()
    known: dict[str, str] = {}
    for _ in range(kills):
        child = fork(sell_on(place))
        child.read("ready")
        child.read_acts(dice.randrange(5))
        child.listen(dice.random() * LONGEST)
        child.kill()
        story = child.end()
        outcome.faults += 1
        judge(place, story, outcome, known)
        known |= story.numbers
    return outcome


# ---- before each call


def one_act(place: Place, state: Before, key: str) -> Callable[[Voice], None]:
    """Do one act of the day when the word comes."""

    def work(voice: Voice) -> None:
        counter = counter_before(place, state)
        voice.say("ready")
        voice.wait()
        voice.act(state.name, key, act_of(counter, state.name, key))

    return work


def at_each_call(most: int, folder: Path) -> Row:
    """Kill each act of a day before each of its calls (or some of them, evenly)."""
    folder.mkdir(parents=True, exist_ok=True)
    home, states = day_in_states(folder)
    outcome = Outcome()
    every = 0
    for state in states:
        points = _points(folder, home, state)
        every += len(points)
        for call, number in spread(points, most):
            _kill_at(folder, home, state, (call, number), outcome)
    remark = f"{outcome.faults} of {every} calls of {len(states)} acts; {outcome.statements} statements, all right"
    return outcome.row("G2", "killed before each call", "sqlite", remark)


def _points(folder: Path, home: Path, state: Before) -> list[tuple[str, int]]:
    """Do the act once, watched: every call that writes, by its name and number."""
    place = fresh(folder, home, "case", state.file)
    log = folder / "calls.txt"
    child = fork(one_act(place, state, new_key()))
    child.read("ready")
    watch = under_strace(child, CALLS, "", log)
    child.go()
    child.end()
    watch.communicate()
    counts = calls_in(log)
    return [(call, number) for call in CALLS for number in range(1, counts[call] + 1)]


def _kill_at(folder: Path, home: Path, state: Before, point: tuple[str, int], outcome: Outcome) -> None:
    place = fresh(folder, home, "case", state.file)
    child = fork(one_act(place, state, new_key()))
    child.read("ready")
    call, number = point
    watch = under_strace(child, (call,), f"{call}:signal=KILL:when={number}", folder / "kill.txt")
    child.go()
    story = child.end()
    watch.communicate()
    outcome.faults += 1
    judge(place, story, outcome)


# ---- broken on purpose


def self_tests(folder: Path, dice: random.Random) -> Iterator[Row]:
    """Break the promise and see whether the harness notices."""
    place = Place(f"sqlite:///{folder / 'told.db'}", folder / "told")
    make_office(place.url, place.keys)
    with broken(Voice, "act", _told_first):
        outcome = random_kills_until_found(place, 60, dice)
    yield outcome.row("G2", "told before it is final", "sqlite", "not found", on_purpose=True)
    if strace_works():
        (folder / "late").mkdir()
        home, states = day_in_states(folder / "late")
        sale = next(state for state in states if state.name == "sale")
        outcome = Outcome()
        points = _points(folder / "late", home, sale)
        with broken(Notebook, "note", _noted_late()):
            for point in reversed(points):
                _kill_at(folder / "late", home, sale, point, outcome)
                if outcome.first_wrong:
                    break
        yield outcome.row("G2", "noted on the station after the commit", "sqlite", "not found", on_purpose=True)


def random_kills_until_found(place: Place, kills: int, dice: random.Random) -> Outcome:
    """Kill until something is found wrong."""
    outcome = Outcome()
    for _ in range(kills):
        more = random_kills(place, 1, dice)
        for name in ("attempts", "faults", "lost", "doubled", "altered"):
            setattr(outcome, name, getattr(outcome, name) + getattr(more, name))
        outcome.first_wrong = outcome.first_wrong or more.first_wrong
        if more.first_wrong:
            break
    return outcome


def _told_first(self: Voice, name: str, key: str, act: Callable[[], object]) -> str:
    """The clerk is told “recorded” before the act is begun."""
    self.say("try", name, key)
    self.say("told", key, "recorded", "")
    act()
    return "recorded"


def _noted_late() -> Callable[..., None]:
    """The act is noted on the station only when the next one is."""
    note = Notebook.note
    late: list[tuple[Any, ...]] = []

    def hold(self: Notebook, *what: Any) -> None:
        late.append(what)
        if len(late) > 1:
            note(self, *late.pop(0))

    return hold
