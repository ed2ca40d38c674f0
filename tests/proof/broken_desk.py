"""A clerk in a process of its own, to be killed or to have its system calls broken; and what the next start says.

Everything is imported once in the parent, which never holds a database open while it forks.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import sys
import tempfile
import time
from collections import Counter as Tally
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from csr_desk.data import postgres, sqlite
from csr_desk.data.queries.office import ReleaseRecord
from csr_desk.data.unit_of_work import UNKNOWN
from csr_desk.data.verify import verify
from csr_desk.domain.catalogue import Catalogue
from csr_desk.domain.errors import Latched
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import recovery, releases
from csr_desk.services.clock import TrainingClock
from csr_desk.services.desk import Desk, open_desk
from postgres_cluster import memory_folder
from proof.counter import MORNING, Counter, make_office
from proof.table import Row

PATIENCE = 20.0
"""Seconds after which a child that says nothing is given up."""
CARD = Tender(TenderKind.CARD, last4="1881", authorization="A7")
"""Cash would lock the drawer after a while."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an office is and what belongs to its station."""

    url: str
    home: Path

    @property
    def keys(self) -> Path:
        """The folder of its chain key."""
        return self.home / "keys"


@contextlib.contextmanager
def prepared(folder: Path) -> Iterator[Path]:
    """Read the catalogue and compile the statements once for all children, and work in memory where there is room.

    A death or an error that is injected asks nothing of the disk; what a disk loses is another proof (G1).
    """
    read, known, compiled = releases.catalogue_of, {}, {}  # type: ignore[var-annotated]
    makers = [(module, module.make_engine) for module in (sqlite, postgres)]

    def once(release: ReleaseRecord) -> Catalogue:
        if release.content_hash not in known:
            known[release.content_hash] = read(release)
        return known[release.content_hash]

    def sharing(make: Callable[..., Engine]) -> Callable[..., Engine]:
        def made(*where: Any, **how: Any) -> Engine:
            engine = make(*where, **how)
            engine._compiled_cache = compiled.setdefault(engine.dialect.name, engine._compiled_cache)
            return engine

        return made

    home = os.environ.get("CSR_DESK_HOME")
    releases.catalogue_of = once
    for module, make in makers:
        setattr(module, "make_engine", sharing(make))  # noqa: B010 - for the length of the proof
    with tempfile.TemporaryDirectory(prefix="proof-", dir=memory_folder() or folder) as name:
        try:
            warm(Place(f"sqlite:///{name}/warm.db", Path(name) / "warm"))
            yield Path(name)
        finally:
            releases.catalogue_of = read
            for module, make in makers:
                setattr(module, "make_engine", make)  # noqa: B010 - as it was
            os.environ.pop("CSR_DESK_HOME", None)
            if home is not None:
                os.environ["CSR_DESK_HOME"] = home


@contextlib.contextmanager
def broken(owner: object, name: str, value: object) -> Iterator[None]:
    """Break a part of the program on purpose; afterwards it is as it was."""
    whole = vars(owner)[name]
    setattr(owner, name, value)
    try:
        yield
    finally:
        setattr(owner, name, whole)


def warm(place: Place) -> None:
    """Play a day once, so that the children start with everything loaded and compiled."""
    make_office(place.url, place.keys)
    counter = Counter(open_window(place))
    for _, _, act in counter.acts():
        act()
    counter.desk.close()


def open_window(place: Place) -> Desk:
    """Open the office as a window does."""
    os.environ["CSR_DESK_HOME"] = str(place.home)
    return open_desk(place.url, clock=TrainingClock(MORNING), key_folder=place.keys, running=True)


@dataclass
class Story:
    """What a child said before it ended."""

    tried: list[tuple[str, str]] = field(default_factory=list)
    """Names and keys of the acts that were begun, in order."""
    told: dict[str, str] = field(default_factory=dict)
    """What the clerk was told of each: ``recorded``, ``not``, ``unknown`` or ``stopped``."""
    numbers: dict[str, str] = field(default_factory=dict)
    """Receipt numbers that were told, by key."""
    extra: list[str] = field(default_factory=list)

    def take(self, lines: str) -> None:
        """Read what came out of the pipe; a last line that is not whole was not told."""
        for line in lines.split("\n")[:-1]:
            word, *rest = json.loads(line)
            if word == "try":
                self.tried.append((rest[0], rest[1]))
            elif word == "told":
                self.told[rest[0]] = rest[1]
                self.numbers[rest[0]] = rest[2]
            else:
                self.extra.append(word)


@dataclass(frozen=True, slots=True)
class Voice:
    """How a child speaks to its parent; by ``writev`` and ``readv``, which no proof breaks."""

    to_parent: int
    from_parent: int

    def say(self, *words: str) -> None:
        """Say one line."""
        os.writev(self.to_parent, [json.dumps(words).encode() + b"\n"])

    def wait(self) -> None:
        """Wait for the parent's word."""
        os.readv(self.from_parent, [bytearray(1)])

    def act(self, name: str, key: str, act: Callable[[], object]) -> str:
        """Do an act as the window does it, and say what the clerk is told."""
        self.say("try", name, key)
        try:
            done = act()
        except Exception as error:  # noqa: BLE001 - the window tells of each error in its own sentence
            told = "unknown" if str(error) == UNKNOWN else "stopped" if isinstance(error, Latched) else "not"
            self.say("told", key, told, "")
            return told
        number = str(getattr(getattr(done, "value", None), "number", "")) if name in {"sale", "void"} else ""
        self.say("told", key, "recorded", number)
        return "recorded"


@dataclass
class Child:
    """A forked clerk."""

    pid: int
    pipe: int
    word: int
    said: str = ""

    def read(self, until: str = "", patience: float = PATIENCE) -> bool:
        """Take what it says until it said a word, or until it ended; False where it ended."""
        ends = time.monotonic() + patience
        while not until or until not in self.said:
            if not select.select([self.pipe], [], [], max(0.0, ends - time.monotonic()))[0]:
                self.kill()
                raise TimeoutError(f"a clerk said nothing for {patience:.0f} s after {self.said[-200:]}")
            heard = os.read(self.pipe, 65_536)
            if not heard:
                return False
            self.said += heard.decode()
        return True

    def read_acts(self, number: int, patience: float = PATIENCE) -> None:
        """Take what it says until so many acts were told, or until it ended."""
        ends = time.monotonic() + patience
        while self.said.count('["told"') < number and time.monotonic() < ends:
            heard = os.read(self.pipe, 65_536)
            if not heard:
                return
            self.said += heard.decode()

    def listen(self, seconds: float) -> None:
        """Take what it says for so long."""
        ends = time.monotonic() + seconds
        while (left := ends - time.monotonic()) > 0:
            if select.select([self.pipe], [], [], left)[0]:
                heard = os.read(self.pipe, 65_536)
                if not heard:
                    return
                self.said += heard.decode()

    def go(self) -> None:
        """Give the word it waits for."""
        os.write(self.word, b"!")

    def kill(self) -> None:
        """End it as the system does."""
        os.kill(self.pid, signal.SIGKILL)

    def end(self) -> Story:
        """Take the rest, let it go, give what it said."""
        self.read()
        os.waitpid(self.pid, 0)
        os.close(self.pipe)
        os.close(self.word)
        story = Story()
        story.take(self.said)
        return story


def fork(work: Callable[[Voice], None]) -> Child:
    """Let a child do some work; it ends without closing anything."""
    up, down = os.pipe(), os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid == 0:
        os.close(up[0])
        os.close(down[1])
        status = 1
        try:
            work(Voice(up[1], down[0]))
            status = 0
        except BaseException as error:  # noqa: BLE001 - nothing of a child may come back into the parent
            sys.stderr.write(f"clerk: {type(error).__name__}: {error}\n")
        finally:
            os._exit(status)
    os.close(up[1])
    os.close(down[0])
    return Child(pid, up[0], down[1])


# ---- what the ledger says, asked by SQL of our own


def entries_of(desk: Desk) -> dict[str, tuple[str, int | None]]:
    """Return series and receipt number by idempotency key; raise AssertionError where a key or number is doubled."""
    with desk.store.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT idem_key, series_id, receipt_no FROM ledger_event").all()
    return {str(row[0]): (str(row[1]), row[2]) for row in rows}


def doubles_of(desk: Desk) -> int:
    """Count keys and receipt numbers that stand there twice."""
    with desk.store.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT idem_key, series_id, receipt_no FROM ledger_event").all()
    keys = Tally(row[0] for row in rows)
    numbers = Tally((row[1], row[2]) for row in rows if row[2] is not None)
    return sum(count - 1 for tally in (keys, numbers) for count in tally.values())


@dataclass
class Outcome:
    """What came of many cases."""

    attempts: int = 0
    faults: int = 0
    lost: int = 0
    doubled: int = 0
    altered: int = 0
    recorded_unsaid: int = 0
    """Acts that were recorded although the clerk never heard of it: the next start said so."""
    unknown: int = 0
    statements: int = 0
    """Starts that said what came of the last act."""
    told_failed: int = 0
    """Acts that were told as failed."""
    stops: int = 0
    """Counters that stopped recording."""
    stories: list[Story] = field(default_factory=list)
    first_wrong: str = ""

    def wrong(self, what: str, count: int = 1) -> int:
        """Keep the first thing that was wrong in words."""
        if count and not self.first_wrong:
            self.first_wrong = what
        return count

    def row(self, guarantee: str, what: str, engine: str, remark: str, *, on_purpose: bool = False) -> Row:
        """Lay it out for the table."""
        said = self.first_wrong or remark
        counts = (self.attempts, self.faults, self.lost, self.doubled, self.altered)
        return Row(guarantee, what, engine, *counts, remark=said, broken_on_purpose=on_purpose)


def judge(place: Place, story: Story, into: Outcome, known: Mapping[str, str] | None = None) -> None:
    """Start the program again, hear what it says of the last act, and compare everything with the ledger.

    ``known`` are receipt numbers that earlier children told, by key.
    """
    desk = open_window(place)
    try:
        into.attempts += len(story.tried)
        interrupted = recovery.was_interrupted(desk)
        found = recovery.check_first(desk)
        stands = entries_of(desk)
        into.doubled += into.wrong("a key or a number stands there twice", doubles_of(desk))
        for key, told in story.told.items():
            if told == "recorded" and key not in stands:
                into.lost += into.wrong(f"told recorded, but {key} is not there")
            elif told in {"not", "stopped"} and key in stands:
                into.altered += into.wrong(f"told not recorded, but {key} is there")
            into.unknown += told == "unknown"
        for key, number in {**(known or {}), **story.numbers}.items():
            if number and key in stands and receipt_of(stands[key]) != number:
                into.altered += into.wrong(f"{number} was told, {receipt_of(stands[key])} stands there")
            elif number and key not in stands and key not in story.told:
                into.lost += into.wrong(f"{number} is not there any more")
        _statement(story, stands, (found, interrupted), into)
        report = None if found is not None and found.whole else verify(desk.store)  # else the start has done it
        if report is not None and not report.ok:
            into.altered += into.wrong(f"does not verify: {report.first_fault}")
    finally:
        desk.close()


def receipt_of(entry: tuple[str, int | None]) -> str:
    """Return the printed number, or nothing."""
    series, number = entry
    return "" if number is None else f"{series.replace('-', '')}-{number:07d}"


def _statement(
    story: Story,
    stands: Mapping[str, object],
    said: tuple[recovery.Checked | None, bool],
    into: Outcome,
) -> None:
    """Compare what the start says of the last act with the ledger: right always, and never silent about a payment."""
    found, interrupted = said
    last = found.last if found is not None else None
    unheard = [key for _, key in story.tried if key not in story.told and key in stands]
    into.recorded_unsaid += len(unheard)
    if found is None or found.fault:
        into.altered += into.wrong(f"the start does not go on: {found.fault if found else 'no check'}")
    if last is not None:
        into.statements += 1
        if last.recorded is not (last.key in stands):
            into.altered += into.wrong(f"the start says of {last.key} recorded={last.recorded}")
    if unheard and (not interrupted or last is None or last.key != unheard[-1]):
        into.altered += into.wrong(f"the start does not name {unheard[-1]}, which was recorded and never told")
