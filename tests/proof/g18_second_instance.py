"""G18, its other half: a second window, a foreign lock, a holder that is killed, and nobody who opens the live file."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from csr_desk.data import backup, sqlite
from csr_desk.data.verify import verify
from csr_desk.domain.errors import Trouble
from csr_desk.services.desk import open_desk
from proof.counter import make_office, open_counter
from proof.other_program import OtherProgram
from proof.swapped import CRASHED, NOT_RECORDED, RECORDED, Bench, Verdict, open_case, stored
from proof.table import Row, Tier

AT_ONCE = 1.0
"""Seconds within which a second window is refused."""
LONGEST_WAIT = 6.5
"""Seconds within which a locked database is told: five of waiting and what a loaded machine adds."""


def in_child(work: Callable[[], list[str]]) -> list[str]:
    """Run something in a forked process; give the words that it found wrong."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            found = work()
        except BaseException as error:  # noqa: BLE001 - the parent must hear of it
            found = [f"{type(error).__name__}: {error}"]
        os.write(writing, "\n".join(found).encode()[:4000])
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        words = pipe.read()
    os.waitpid(child, 0)
    return words.splitlines()


def hold_in_child(url: str, keys: Path) -> int:
    """Open a window's desk in a forked process that stays; give its id."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        desk = open_desk(url, key_folder=keys)
        desk.hold_alone()
        os.write(writing, b"held")
        signal.pause()
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        pipe.read(4)
    return child


def second_windows(at: Bench, verdict: Verdict, rounds: int) -> float:
    """Open a second window on an open file, kill the first, open again; give the longest wait for the refusal."""
    path = at.fresh("windows")
    longest = 0.0
    for _ in range(rounds):
        child = hold_in_child(f"sqlite:///{path}", at.keys)
        desk = open_desk(f"sqlite:///{path}", key_folder=at.keys)
        begun = time.monotonic()
        try:
            desk.hold_alone()
            verdict.wrong("a second window was let in")
        except Trouble as trouble:
            if "open on this database already" not in str(trouble):
                verdict.wrong(f"the refusal says {trouble}")
        longest = max(longest, time.monotonic() - begun)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with contextlib.suppress(Trouble):
            desk.hold_alone()
        if desk.alone is None:
            verdict.wrong("a killed window left its lock")
        desk.close()
        verdict.attempts += 2
        verdict.faults += 1
    if longest > AT_ONCE:
        verdict.wrong(f"a second window waited {longest:.1f} s")
    return longest


def foreign_locks(at: Bench, verdict: Verdict, rounds: int) -> float:
    """Let another program hold the file: for a while, for too long, and until it is killed; give the longest wait."""
    longest = 0.0
    for number in range(rounds):
        for act, held in (("hold", 1.0), ("hold", 60.0), ("hold_writing", 60.0)):
            case = open_case(at, "locks")
            if held < sqlite.BUSY_SECONDS:
                at.other.do(act, case.path)
                at.other.order("let_go", wait=held)
                waited = case.act()
                at.other.done()
                wanted = RECORDED
            else:
                with OtherProgram() as other:
                    other.do(act, case.path)
                    waited = case.act()
                wanted = NOT_RECORDED
            case.act()  # the holder is dead: a journal that it left is played back, and checked
            outcomes = [said.outcome for said in case.said]
            if outcomes != [wanted, RECORDED]:
                verdict.wrong(f"{act} for {held:.0f} s: told {outcomes}: {case.said[-1].words[:80]}")
            longest = max(longest, waited.ended - waited.begun)
            verdict.judge(at, case, f"{act}, round {number}")
    if longest > LONGEST_WAIT:
        verdict.wrong(f"a locked database was told after {longest:.1f} s")
    return longest


def read_only(at: Bench) -> list[str]:
    """Take the right to write from the file, its journal and its folder while a desk is open; as nobody special."""
    found: list[str] = []
    for locked, bits in (("desk.db", "400"), ("desk.db-journal", "400"), (".", "500"), ("desk.db", "000")):
        place = Path(tempfile.mkdtemp(prefix="proof-g18-"))
        try:
            shutil.copyfile(at.base, place / "desk.db")
            shutil.copytree(at.keys, place / "keys")
            if os.geteuid() == 0:
                for one in (place, *place.rglob("*")):
                    os.chown(one, 65534, 65534)
            found += in_child(lambda place=place, locked=locked, bits=bits: _as_nobody(place, locked, bits))  # type: ignore[misc]
        finally:
            shutil.rmtree(place)
    return found


def _as_nobody(place: Path, locked: str, bits: str) -> list[str]:
    if os.geteuid() == 0:
        os.setgid(65534)
        os.setuid(65534)
    os.environ["CSR_DESK_HOME"] = str(place / "home")  # this child's own: the station belongs to who works there
    path = place / "desk.db"
    counter = open_counter(f"sqlite:///{path}", place / "keys")
    counter.sell("first")
    (place / locked).chmod(int(bits, 8))
    outcomes = {}
    for key in ("second", "third"):
        try:
            counter.sell(key)
            outcomes[key] = RECORDED
        except Trouble as trouble:
            outcomes[key] = NOT_RECORDED if "not recorded" in str(trouble) else CRASHED
    counter.desk.close()
    place.chmod(0o700)
    for one in place.glob("desk.db*"):
        one.chmod(0o600)
    return [
        f"chmod {bits} {locked}: told {outcome}, but stored is {stored(path, key)}"
        for key, outcome in {"first": RECORDED, **outcomes}.items()
        if (outcome == RECORDED) is not stored(path, key) or outcome == CRASHED
    ]


def opened_files(at: Bench, *, careless: bool = False) -> list[str]:
    """Name each time that the program itself opens the live file in a whole day's work (SQLite's own do not count)."""
    path = at.fresh("opened").with_name("whole_day.db")
    make_office(f"sqlite:///{path}", at.keys)

    def work() -> list[str]:
        opened: list[str] = []

        def hear(what: str, words: tuple[Any, ...]) -> None:
            if (
                what == "open"
                and isinstance(words[0], str | bytes | os.PathLike)
                and os.fsdecode(words[0]) == str(path)
            ):
                opened.append(f"the live file was opened by hand ({words[1]})")

        counter = open_counter(f"sqlite:///{path}", at.keys)
        sys.addaudithook(hear)
        for _name, _key, act in counter.acts(3):
            act()
        verify(counter.desk.store, processes=1)
        backup.copy_file(path, path.with_name("backup.db"))
        if careless:
            path.open("rb").close()
        counter.desk.close()
        return opened

    return in_child(work)


def rows(tier: Tier, at: Bench) -> Iterator[Row]:
    """Prove it."""
    verdict = Verdict()
    longest = second_windows(at, verdict, {Tier.TASTE: 1, Tier.COMMIT: 10, Tier.NIGHT: 100}[tier])
    yield _row("second window, first one killed", verdict, f"refused within {longest * 1000:.0f} ms")
    if tier is not Tier.TASTE:
        verdict = Verdict()
        longest = foreign_locks(at, verdict, 1 if tier is Tier.COMMIT else 20)
        yield _row("locked by another program, which is killed", verdict, f"told within {longest:.1f} s")
    verdict = Verdict(attempts=12, faults=4)
    for found in read_only(at):
        verdict.wrong(found)
    yield _row("file or folder made read-only", verdict)
    for careless in (False, True):
        verdict = Verdict(attempts=1, faults=int(careless))
        for found in opened_files(at, careless=careless):
            verdict.wrong(found)
        yield _row("nobody opens the live file by hand", verdict, broken=careless)


def _row(what: str, verdict: Verdict, remark: str = "", *, broken: bool = False) -> Row:
    said = remark if not verdict.first or broken else verdict.first[:160]
    return Row(
        "G18",
        what,
        "sqlite",
        verdict.attempts,
        verdict.faults,
        lost=verdict.lost,
        altered=verdict.altered,
        remark=said,
        broken_on_purpose=broken,
    )
