"""G3: when the disk fails, fills up or turns read-only, the clerk is told the truth and nothing is half written.

After the first error no further payment is recorded until the database was opened anew and verified, also by the next
program; then the same key records the payment exactly once.
"""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from csr_desk.data import unit_of_work
from csr_desk.data.engine import Store
from csr_desk.data.unit_of_work import Work
from csr_desk.domain.errors import Trouble
from csr_desk.services import recovery
from csr_desk.services.desk import Desk
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
    Story,
    Voice,
    broken,
    doubles_of,
    entries_of,
    fork,
    judge,
    open_window,
    prepared,
)
from proof.counter import new_key
from proof.table import Row, Tier

CALLS = ("pwrite64", "write", "fdatasync", "fsync", "ftruncate", "openat", "pread64", "read", "fcntl")
ERRORS = {
    "pwrite64": ("EIO", "ENOSPC", "EROFS"),
    "write": ("EIO", "ENOSPC"),
    "fdatasync": ("EIO", "ENOSPC"),
    "fsync": ("EIO",),
    "ftruncate": ("EIO", "EROFS"),
    "openat": ("EMFILE", "ENOSPC", "EROFS"),
    "pread64": ("EIO",),
    "read": ("EIO",),
    "fcntl": ("EIO",),
}
"""What each call may come back with."""
POINTS = {Tier.TASTE: 1, Tier.COMMIT: 16, Tier.NIGHT: 100_000}
"""Errors for each act; each one alone, or (every other) from there on."""
ROOM = 80_000
"""Bytes that a full disk still has when the first payment comes."""


def rows(tier: Tier, folder: Path) -> Iterator[Row]:
    """Break the disk."""
    with prepared(folder) as place:
        home, states = day_in_states(place)
        if strace_works():
            yield at_each_call(POINTS[tier], place, home, states)
        elif tier is not Tier.TASTE:
            yield Row("G3", "an error at each call", "sqlite", 0, 0, remark="strace cannot watch processes here")
        sale = next(state for state in states if state.name == "sale")
        yield full_disk(place, home, sale)
        yield read_only(place, home, sale)
        yield from self_tests(place, home, sale)


# ---- a clerk at a broken disk


def clerk_at(place: Place, state: Before, keys: tuple[str, str, str]) -> Callable[[Voice], None]:
    """Do the act; then try two further payments, the first of them with the act's own key if it was a sale."""

    def work(voice: Voice) -> None:
        counter = counter_before(place, state)
        voice.say("ready")
        voice.wait()
        voice.act(state.name, keys[0], act_of(counter, state.name, keys[0]))
        voice.say(f"halted {bool(counter.desk.stopped)}")
        for key in keys[1:]:
            voice.act("sale", key, lambda key=key: counter.sell(key))  # type: ignore[misc]
        counter.desk.close()  # a clean end: the mark must stand all the same

    return work


def judge_broken(place: Place, state: Before, story: Story, outcome: Outcome) -> None:
    """Compare what was told with the ledger; then do the act again with its key, as the clerk would."""
    keys = [key for _, key in story.tried]
    stopped = "halted True" in story.extra
    if stopped:
        outcome.stops += 1
        later = [key for key in keys[1:] if story.told.get(key) == "recorded"]
        outcome.altered += outcome.wrong("a payment was recorded after the disk had failed", len(later))
    desk = open_window(place)
    owed = recovery.was_interrupted(desk)
    desk.close()
    if stopped and not owed:
        outcome.altered += outcome.wrong("the next start knows nothing of the failure")
    judge(place, story, outcome)
    again = counter_before(place, state)
    try:
        if state.name in {"sale", "void", "open"}:
            with contextlib.suppress(Trouble):
                act_of(again, state.name, keys[0])()
            if keys[0] not in entries_of(again.desk):
                outcome.lost += outcome.wrong("the same key again records nothing")
            outcome.doubled += outcome.wrong("the same key again doubled it", doubles_of(again.desk))
    finally:
        again.desk.close()


def at_each_call(most: int, folder: Path, home: Path, states: list[Before]) -> Row:
    """Let each call of each act fail once, or from there on."""
    outcome, every = Outcome(), 0
    for state in states:
        points = _points(folder, home, state)
        every += len(points)
        for at, (what, number) in enumerate(spread(points, most)):
            _fail_at(folder, home, state, (what, f"{number}{'+' if at % 2 else ''}"), outcome)
    remark = (
        f"{outcome.faults} of {every} errors; {outcome.told_failed} told, {outcome.unknown} as not known yet, "
        f"{outcome.stops} stopped the counter"
    )
    return outcome.row("G3", "an error at each call", "sqlite", remark)


def _points(folder: Path, home: Path, state: Before) -> list[tuple[str, int]]:
    """Do the act once, watched: ``call:error`` and number of everything that may fail."""
    place = fresh(folder, home, "case", state.file)
    log = folder / "calls.txt"
    child = fork(clerk_at(place, state, (new_key(), new_key(), new_key())))
    child.read("ready")
    watch = under_strace(child, CALLS, "", log)
    child.go()
    child.read("halted")
    child.kill()
    child.end()
    watch.communicate()
    counts = calls_in(log)
    return [
        (f"{call}:{error}", number) for call in CALLS for error in ERRORS[call] for number in range(1, counts[call] + 1)
    ]


def _fail_at(folder: Path, home: Path, state: Before, point: tuple[str, str], outcome: Outcome) -> None:
    place = fresh(folder, home, "case", state.file)
    keys = (new_key(), new_key(), new_key())
    child = fork(clerk_at(place, state, keys))
    child.read("ready")
    (call, error), when = point[0].split(":"), point[1]
    watch = under_strace(child, (call,), f"{call}:error={error}:when={when}", folder / "fail.txt")
    child.go()
    story = child.end()
    watch.communicate()
    outcome.faults += 1
    outcome.told_failed += story.told.get(keys[0]) != "recorded"
    before = outcome.first_wrong
    judge_broken(place, state, story, outcome)
    if outcome.first_wrong != before:
        outcome.first_wrong += f" ({state.name}, {error} at {call} {when})"


# ---- full and read-only


@contextlib.contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path | None]:
    """Mount a file system in memory of so many bytes; None where this user may not."""
    folder.mkdir(exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode:
        yield None
        return
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def sell_until_told(place: Place, state: Before, prepare: Callable[[Desk], None]) -> Callable[[Voice], None]:
    """Sell until the disk gives in, then twice more."""

    def work(voice: Voice) -> None:
        counter = counter_before(place, state)
        prepare(counter.desk)
        voice.say("ready")
        after = 0
        while after < 3:
            key = new_key()
            told = voice.act("sale", key, lambda key=key: counter.sell(key, CARD))  # type: ignore[misc]
            after += told != "recorded" or after > 0
        voice.say(f"halted {bool(counter.desk.stopped)}")

    return work


def _until_told(place: Place, state: Before, prepare: Callable[[Desk], None], outcome: Outcome) -> None:
    child = fork(sell_until_told(place, state, prepare))
    child.read("halted")
    child.kill()
    story = child.end()
    outcome.faults += 1
    first = next(at for at, (_, key) in enumerate(story.tried) if story.told.get(key) != "recorded")
    later = [key for _, key in story.tried[first + 1 :] if story.told.get(key) == "recorded"]
    outcome.altered += outcome.wrong("a payment was recorded after the disk had failed", len(later))
    if "halted True" not in story.extra:
        outcome.altered += outcome.wrong("the counter did not stop")
    outcome.stories.append(story)


def full_disk(folder: Path, home: Path, state: Before) -> Row:
    """Fill a small disk, the database's and the whole station's; or set a limit where nothing can be mounted."""
    outcome = Outcome()
    how = "tmpfs"
    for station_too in (False, True):
        with small_disk(folder / "small", 4_000_000) as disk:
            if disk is None:
                how = "file size limit (no disk may be mounted here)"
                place = fresh(folder, home, "case", state.file)
                _until_told(place, state, _limit_files, outcome)
                judge(place, outcome.stories[-1], outcome)
                continue
            own = _station(disk, home) if station_too else home
            place = fresh(disk, own, "case", state.file)
            _until_told(place, state, lambda _desk, disk=disk: _fill(disk), outcome)  # type: ignore[misc]
            (disk / "ballast").unlink()
            judge(place, outcome.stories[-1], outcome)
    return outcome.row("G3", "full disk", "sqlite", f"{how}; then emptied, verified, gone on with")


def _station(disk: Path, home: Path) -> Path:
    """Put the station's own folder on the same disk."""
    own = disk / "station"
    (own / "keys").mkdir(parents=True)
    for key in (home / "keys").iterdir():
        (own / "keys" / key.name).write_bytes(key.read_bytes())
    return own


def _fill(disk: Path) -> None:
    """Leave the disk so little room that a few payments fit."""
    with (disk / "ballast").open("wb") as ballast:
        room = os.statvfs(disk)
        ballast.write(b"\0" * max(0, room.f_bavail * room.f_frsize - ROOM))


def _limit_files(desk: Desk) -> None:
    """Let no file grow further (POSIX says EFBIG where a disk would say that it is full)."""
    import signal  # noqa: PLC0415 - where no disk may be mounted

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    size = Path(str(desk.store.address.database)).stat().st_size + 4_096
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def read_only(folder: Path, home: Path, state: Before) -> Row:
    """Turn the database's disk read-only between two payments, as Linux does after an error of its own."""
    outcome = Outcome()
    with small_disk(folder / "turned", 4_000_000) as disk:
        if disk is None:
            return Row("G3", "read-only disk", "sqlite", 1, 0, remark="not tried: no disk may be mounted here")
        place = fresh(disk, home, "case", state.file)

        def turn(desk: Desk) -> None:
            desk.store.close()  # a disk does not turn while it is being written to
            subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)

        _until_told(place, state, turn, outcome)
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
        judge(place, outcome.stories[-1], outcome)
    return outcome.row("G3", "read-only disk", "sqlite", "remounted read-only and back; then verified, gone on with")


# ---- broken on purpose


def self_tests(folder: Path, home: Path, state: Before) -> Iterator[Row]:
    """Tell without looking, and go on after an error."""
    if not strace_works():
        return
    for what, breaking in (
        ("told without looking", broken(unit_of_work, "_settle", _guess)),
        ("gone on after an error", _no_latch()),
    ):
        outcome = Outcome()
        with breaking:
            for what_fails, number in reversed(_points(folder, home, state)):
                if what_fails in {"fdatasync:EIO", "ftruncate:EIO"}:  # the last ones come after the commit is durable
                    _fail_at(folder, home, state, (what_fails, str(number)), outcome)
                if outcome.first_wrong:
                    break
        yield outcome.row("G3", what, "sqlite", "not found", on_purpose=True)


def _guess(store: Store, work: Work, error: DBAPIError) -> None:
    """An error at COMMIT is told as “not recorded” without looking into the ledger."""
    store.latch(unit_of_work.DISK)
    work.conn.invalidate(error)
    raise Trouble(unit_of_work.DISK) from error


@contextlib.contextmanager
def _no_latch() -> Iterator[None]:
    """The counter goes on as if nothing had happened, though it knows better."""
    latch = Store.latch

    def forget(self: Store, reason: str) -> None:
        latch(self, reason)
        self.latched = ""

    known = property(lambda desk: "x" if desk.store.latched is not None else "")
    with broken(Store, "latch", forget), broken(Desk, "stopped", known):
        yield
