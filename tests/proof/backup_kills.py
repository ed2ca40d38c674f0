"""SIGKILL in the middle of a backup and of a restore: at every call that touches a file, and at random moments.

One process imports everything and opens nothing; each case is forked from it.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from csr_desk.data import backup_folder
from csr_desk.domain.backups import BackupKind
from csr_desk.domain.errors import Trouble
from csr_desk.services import backups, restoring
from proof.backup_office import in_memory, is_good, office_in, whole
from proof.counter import ADMIN, open_counter
from proof.table import Row

TOUCHES = frozenset({"open", "os.rename", "os.remove", "os.link", "sqlite3.connect", "os.truncate", "fsync"})
MOST_CALLS = 400


@dataclass(frozen=True)
class Case:
    """An office with an old backup of it, ready to be copied for each kill."""

    start: Path
    plan: backups.Plan
    backup: str
    """The old backup, by its name."""

    def laid_out(self, folder: Path) -> tuple[Path, backups.Plan]:
        """Copy the office into a folder; give its database and the plan for it."""
        from dataclasses import replace  # noqa: PLC0415 - used here only

        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.start, folder)
        database = folder / "office.sqlite"
        return database, replace(self.plan, database=database, folder=folder / "backups", key_folder=folder / "keys")


Job = Callable[[Path, backups.Plan, str], None]


def back_up(_database: Path, plan: backups.Plan, _backup: str) -> None:
    """Back the office up by hand."""
    backups.make(plan, BackupKind.BY_HAND)


def restore(database: Path, plan: backups.Plan, backup: str) -> None:
    """Restore the old backup over the office."""
    command = restoring.Restore(plan.folder / backup, database, plan.key_folder)
    restoring.restore_backup(ADMIN, command, plan.clock)


def copy_over(database: Path, plan: backups.Plan, backup: str) -> None:
    """Restore as people do without a program: copy the backup over the file. It must be found out."""
    with (plan.folder / backup).open("rb") as taken, database.open("r+b") as file:
        while chunk := taken.read(8_192):
            file.write(chunk)
            file.flush()
            os.fsync(file.fileno())


def _killed_at(job: Job, call: int, seconds: float, args: tuple[Path, backups.Plan, str]) -> bool:
    """Fork, do the job, die before the given call (0: after so many seconds); say whether it was killed."""
    child = os.fork()
    if child == 0:
        try:
            if call:
                _die_at(call)
            job(*args)
        except BaseException:  # noqa: BLE001 - the child says nothing, the parent looks at the disk
            os._exit(3)
        os._exit(0)
    if not call:
        with suppress(ChildProcessError):
            _wait(seconds)
            os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status) and os.WEXITSTATUS(status):
        raise RuntimeError("the job failed by itself")
    return os.WIFSIGNALED(status)


def _wait(seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        os.sched_yield()


def _die_at(call: int) -> None:
    """Count what touches a file, and die before the given one."""
    seen = 0

    def count(event: str) -> None:
        nonlocal seen
        seen += 1
        if seen == call:
            os.kill(os.getpid(), signal.SIGKILL)

    def hook(event: str, _arguments: Any) -> None:
        if event in TOUCHES:
            count(event)

    real = os.fsync

    def fsync(handle: int) -> None:
        count("fsync")
        real(handle)

    os.fsync = fsync  # type: ignore[assignment]
    sys.addaudithook(hook)


def _faults(case: Case, database: Path, plan: backups.Plan, heads: set[str]) -> int:
    """Look at the disk after a kill: half files under a real name, a database that is neither old nor new."""
    found = 0
    for path in plan.folder.iterdir():
        real = not path.name.startswith(".") and path.suffix == ".sqlite"
        found += real and not is_good(path, plan.key)
    found += sum(not whole(one) for one in backup_folder.listed(plan.folder, plan.key))
    found += len(backup_folder.listed(plan.folder, plan.key)) < 1
    copies = [path for path in database.parent.glob("office.sqlite.before-restore-*") if path.suffix != "-journal"]
    standing = [path for path in (database, *copies) if path.exists()]
    found += not all(is_good(path, plan.key) for path in standing)
    found += heads.isdisjoint(_head(path) for path in standing)
    return found + (not database.exists())


def _head(path: Path) -> str:
    from contextlib import closing  # noqa: PLC0415 - used here only

    from csr_desk.data import backup  # noqa: PLC0415 - the same

    with closing(backup.connect_read_only(path)) as link:
        return "".join(head.head for head in backup.heads_of(backup.fetch_from(link)))


def _prepared(folder: Path) -> Case:
    database, plan = office_in(folder, acts=4)
    one = backups.make(plan, BackupKind.CLOSE).one
    counter = open_counter(f"sqlite:///{database}", folder / "keys")
    counter.desk.clock.set(counter.desk.clock.now().replace(day=15))  # type: ignore[attr-defined]
    counter.open()
    counter.sell()
    counter.desk.close()
    return Case(folder, plan, one.path.name)


def _run(case: Case, job: Job, kills: int, *, every: bool) -> tuple[int, int, int]:
    """Kill one job at each call, then at random; give attempts, kills, faults."""
    place = case.start.parent / "case"
    heads = {_head(case.start / "office.sqlite")}
    attempts = killed = faults = 0
    luck = random.Random(2)  # noqa: S311 - no secret
    plans: list[tuple[int, float]] = []
    if every:
        plans += [(call, 0.0) for call in range(1, MOST_CALLS)]
    plans += [(0, luck.uniform(0.0, 0.12)) for _ in range(kills)]
    ended = False
    for call, seconds in plans:
        if call and ended:
            continue
        database, plan = case.laid_out(place)
        died = _killed_at(job, call, seconds, (database, plan, case.backup))
        ended = ended or (bool(call) and not died)
        attempts, killed = attempts + 1, killed + died
        wrong = _faults(case, database, plan, heads)
        if job is not copy_over:
            wrong += _not_again(job, database, plan, case.backup)
        faults += bool(wrong)
    return attempts, killed, faults


def _not_again(job: Job, database: Path, plan: backups.Plan, backup: str) -> int:
    """Do it again after the kill: it must work, and leave no draft behind."""
    try:
        job(database, plan, backup)
    except Trouble:
        return 1
    drafts = [*plan.folder.glob(".*"), *(database.parent.glob(".*") if job is restore else ())]
    return int(bool(drafts) or not is_good(database, plan.key))


def _all(kills: int, folder: Path, every: bool) -> list[tuple[int, int, int]]:
    case = _prepared(folder / "start")
    return [
        _run(case, back_up, kills, every=every),
        _run(case, restore, kills, every=every),
        _run(case, copy_over, max(kills // 3, 3), every=every),
    ]


def rows(kills: int, folder: Path, *, every: bool) -> Iterator[Row]:
    """Kill backups and restores; ``every`` also at each call that touches a file."""
    with (
        in_memory(folder) as place,  # a killed process loses nothing that a disk would keep
        get_context("spawn").Pool(1) as pool,  # a process without threads and without an open database
    ):
        saved, restored, copied = pool.apply(_all, (kills, place, every))
    yield Row("G14", "killed during a backup", "sqlite", saved[0], saved[1], 0, 0, saved[2])
    yield Row("G14", "killed during a restore", "sqlite", restored[0], restored[1], 0, 0, restored[2])
    yield Row(
        "G14", "killed while copying over the file", "sqlite", copied[0], copied[1], 0, 0, copied[2],
        broken_on_purpose=True,
    )  # fmt: skip
