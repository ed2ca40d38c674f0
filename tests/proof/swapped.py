"""An open desk whose file is swapped, and what it then said against what is stored."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from csr_desk.data import backup
from csr_desk.data.verify import verify
from csr_desk.domain.errors import Refusal, Trouble
from proof.counter import Counter, make_office, new_key, open_counter
from proof.other_program import OtherProgram

RECORDED, NOT_RECORDED, NOT_KNOWN, CRASHED = "recorded", "not recorded", "not known", "crashed"


def told(error: Exception | None) -> str:
    """Say what a clerk understands from what an act gave."""
    if error is None:
        return RECORDED
    if not isinstance(error, Trouble | Refusal):
        return CRASHED
    said = str(error)
    if "nobody knows yet" in said or "in the very moment" in said:
        return NOT_KNOWN
    nothing = ("not recorded", "nothing is recorded", "nothing more is recorded")
    plain = isinstance(error, Refusal) or any(words in said for words in nothing)
    return NOT_RECORDED if plain else CRASHED


@dataclass
class Said:
    """One act and what was told about it."""

    key: str
    outcome: str
    words: str
    begun: float
    ended: float


@dataclass
class Bench:
    """The files that are put in each other's place; all of one office but ``stranger``."""

    folder: Path
    base: Path
    older: Path
    branch: Path
    """The older copy with other sales, more of them than ``base`` has."""
    stranger: Path
    changed: Path
    """As ``base``, but for one guard of the ledger."""
    keys: Path
    other: OtherProgram

    def fresh(self, name: str) -> Path:
        """Give a copy of the office in a folder of its own; nobody has it open."""
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return Path(shutil.copyfile(self.base, folder / "desk.db"))


@contextlib.contextmanager
def bench(folder: Path) -> Iterator[Bench]:
    """Make the files and start the other program."""
    keys = folder / "keys"
    names = ("base", "older", "branch", "stranger", "changed")
    base, older, branch, stranger, changed = (folder / f"{name}.db" for name in names)
    make_office(f"sqlite:///{stranger}", keys)
    make_office(f"sqlite:///{base}", keys)
    _sales(base, keys, 3, first=True)
    backup.copy_file(base, older)
    shutil.copyfile(older, branch)
    _sales(branch, keys, 9)
    _sales(base, keys, 3)
    changed.write_bytes(_with_a_guard_turned(base))
    with OtherProgram() as other:
        yield Bench(folder, base, older, branch, stranger, changed, keys, other)


def _with_a_guard_turned(path: Path) -> bytes:
    """Change what no payment touches: a page that our COMMIT does not write anew."""
    return path.read_bytes().replace(b"BEFORE UPDATE ON ledger_line", b"BEFORE DELETE ON ledger_line")


def _sales(path: Path, keys: Path, count: int, *, first: bool = False) -> None:
    counter = open_counter(f"sqlite:///{path}", keys)
    if first:
        counter.open()
    for _ in range(count):
        counter.sell()
    counter.desk.close()


@dataclass
class Case:
    """A desk at work while something happens to its file."""

    path: Path
    counter: Counter
    before: list[str] = field(default_factory=list)
    """Keys that were acknowledged before."""
    said: list[Said] = field(default_factory=list)
    """What was told of the acts after that."""

    def act(self) -> Said:
        """Sell once and note what was told."""
        key = new_key()
        fault: Exception | None = None
        begun = time.monotonic()
        try:
            self.counter.sell(key)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what the clerk gets
            fault = error
        self.said.append(Said(key, told(fault), str(fault or ""), begun, time.monotonic()))
        return self.said[-1]


def open_case(at: Bench, name: str) -> Case:
    """Open a desk on a fresh copy and sell once."""
    path = at.fresh(name)
    case = Case(path, open_counter(f"sqlite:///{path}", at.keys))
    case.before.append(case.act().key)
    case.said.clear()
    return case


def at_moment(engine: Engine, moment: str, swap: Callable[[], object]) -> None:
    """Do the swap once: before or after the next BEGIN, at the insert of an entry, or as COMMIT is about to be sent."""
    pending = [swap]

    def at_insert(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("INSERT INTO ledger_event") and pending:
            pending.pop()()

    def at_other(_connection: Any) -> None:
        if pending:
            pending.pop()()

    if moment == "insert":
        event.listen(engine, "after_cursor_execute", at_insert)
    else:
        event.listen(engine, "commit" if moment == "commit" else "begin", at_other, insert=moment == "before BEGIN")


def as_it_grows(case: Case, swap: Callable[[], object]) -> None:
    """Sell until a COMMIT is about to write behind the end of the file, and do the swap then."""
    pending = [swap]

    def at_commit(connection: Any) -> None:
        pages, size = (
            connection.exec_driver_sql(f"PRAGMA {what}").scalar_one() for what in ("page_count", "page_size")
        )
        if pending and pages * size > case.path.stat().st_size:
            pending.pop()()

    event.listen(case.counter.desk.store.write_engine, "commit", at_commit)
    while pending and case.act().outcome == RECORDED:
        pass


def stored(path: Path, key: str) -> bool:
    """Look a key up in the file at a path, by SQLite alone."""
    if not path.exists():
        return False
    with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        try:
            found = connection.execute("SELECT 1 FROM ledger_event WHERE idem_key = ?", (key,)).fetchone()
        except sqlite3.Error:
            return False
    return found is not None


def sound(path: Path, at: Bench) -> bool:
    """Verify the file at a path."""
    try:
        return verify(f"sqlite:///{path}", key_folder=at.keys, processes=1).ok
    except Trouble:
        return False


@dataclass
class Verdict:
    """What was wrong in some cases."""

    attempts: int = 0
    faults: int = 0
    lost: int = 0
    altered: int = 0
    first: str = ""
    """The first wrong thing, in words."""

    def wrong(self, what: str, *, lost: bool = False) -> None:
        """Note something."""
        self.lost += lost
        self.altered += not lost
        self.first = self.first or what

    def judge(self, at: Bench, case: Case, name: str, wanted: str = "") -> None:
        """Compare what was told with the file that stands at the path; ``wanted`` is a word of the sentence.

        Without ``wanted`` the desk may go on, as long as what it says is true.
        """
        self.attempts += len(case.said)
        self.faults += 1
        latched = case.counter.desk.store.latched or ""
        case.counter.desk.close()
        good = sound(case.path, at)
        for said in case.said:
            there = stored(case.path, said.key)
            if said.outcome == RECORDED and not (there and good and all(stored(case.path, k) for k in case.before)):
                self.wrong(f"{name}: acknowledged into a file that is not the ledger", lost=True)
            elif (said.outcome == NOT_RECORDED and there) or said.outcome == CRASHED:
                self.wrong(f"{name}: told “{said.outcome}: {said.words[:60]}”, stored: {there}")
        if wanted and (wanted not in latched or any(said.outcome == RECORDED for said in case.said)):
            self.wrong(f"{name}: went on, or did not say why it stopped: {latched[:80]!r}")
