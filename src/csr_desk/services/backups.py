"""Backups of an office: when one is due, making it, keeping the right ones, a second place, and the restore drill.

Everything here is done on connections of its own, away from the window's database thread; a ``Plan`` is all it needs.
"""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from csr_desk.data import backup, backup_folder
from csr_desk.data.backup import Stopped, Told
from csr_desk.data.backup_folder import Listed, Wanted
from csr_desk.domain.backups import (
    BackupKind,
    Behind,
    Copies,
    Manifest,
    SecondPlace,
    Standing,
    Taken,
    due,
    kept,
    standing,
)
from csr_desk.domain.errors import Trouble
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.seal import SealedHead
from csr_desk.services import restoring
from csr_desk.services.clock import Clock, local, read_stamp, stamp
from csr_desk.services.desk import Desk

__all__ = [
    "BackupKind", "Behind", "Copies", "Drilled", "Listed", "Made", "Manifest", "Plan", "Row", "Standing",
    "Stopped", "Told", "back_up", "drill", "due_now", "last_drill", "make", "overview", "plan_of", "standing_of",
]  # fmt: skip

BY_THE_DBA = (
    "This office's database is on a PostgreSQL server; the city's database administrator backs it up. “csr-desk "
    "backup” dumps it where pg_dump is on the PATH; “csr-desk verify --database” checks a restored copy."
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What the backups of an open office need to know; taken on the database thread, used on another."""

    database: Path
    folder: Path
    key: bytes
    key_folder: Path | None
    clock: Clock
    time_zone: str
    fiscal_start: int
    minutes: int
    second: Path | None
    """Where the second copies of this office go."""
    second_root: Path | None
    """The place that the policy names; it is never made, so that a disk that is not plugged in is noticed."""
    second_days: int

    def now(self) -> datetime:
        """The time, in UTC."""
        return self.clock.now()


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made, and why there is no second copy of it, if that failed."""

    one: Listed
    second_fault: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A backup in a list."""

    one: Listed
    at: datetime
    """In the office's own time."""
    second: bool
    """It lies at the second place (as well, or only there)."""


@dataclass(frozen=True, slots=True)
class Drilled:
    """What came of restoring one backup to nowhere."""

    place: str
    """``first`` or ``second``."""
    file: str
    ok: bool
    said: str
    seconds: float
    entries: int = 0


def plan_of(desk: Desk) -> Plan:
    """Say how this office is backed up, without asking its database; raise Trouble where that is on a server."""
    file, key, install = desk.store.file, desk.store.key, desk.store.install_uuid
    if file is None:
        raise Trouble(BY_THE_DBA)
    root = Path(desk.policy.second_backup) if desk.policy.second_backup else None
    return Plan(
        database=file,
        folder=backup_folder.folder_of(install),
        key=key,
        key_folder=desk.store.key_folder,
        clock=desk.clock,
        time_zone=desk.office.time_zone,
        fiscal_start=desk.office.fiscal_year_start,
        minutes=desk.policy.backup_minutes,
        second=root / "csr-desk-backups" / install if root else None,
        second_root=root,
        second_days=desk.policy.second_backup_days,
    )


def _live(plan: Plan) -> tuple[tuple[SealedHead, ...], str]:
    """Read where the database stands, on a connection of its own."""
    return backup.standing(plan.database)


def _newest(plan: Plan) -> Listed | None:
    return next((one for one in _here(plan) if not one.fault), None)


def _here(plan: Plan) -> tuple[Listed, ...]:
    try:
        return backup_folder.listed(plan.folder, plan.key)
    except OSError:
        return ()


def _there(plan: Plan) -> tuple[Listed, ...] | None:
    """Return what lies at the second place; None where it cannot be reached."""
    if plan.second is None or plan.second_root is None:
        return ()
    try:
        return backup_folder.listed(plan.second, plan.key) if plan.second_root.is_dir() else None
    except OSError:
        return None


def due_now(plan: Plan, *, leaving: bool = False) -> BackupKind | None:
    """Say which backup is due now; ``leaving`` asks at the end of the program, where any change is enough."""
    newest = _newest(plan)
    live, closed = _live(plan)
    last = newest.manifest if newest else None
    if leaving:
        fresh = last is not None and live == last.content.heads
        return None if fresh or not any(head.seq for head in live) else BackupKind.EXIT
    return due(live, closed, last, plan.now(), plan.minutes)


def make(plan: Plan, kind: BackupKind, told: Told | None = None) -> Made:
    """Make a verified backup, copy it to the second place, and delete what need not be kept.

    Raises Trouble where there is no backup; a fault of the second place is told in the result.
    """
    at = stamp(plan.now())
    one = backup_folder.take(Wanted(plan.database, plan.folder, kind, at, plan.key), told)
    fault = _second_copy(plan, one)
    _keep(plan, plan.folder)
    return Made(one, fault)


def _second_copy(plan: Plan, one: Listed) -> str:
    if plan.second is None or plan.second_root is None:
        return ""
    if not plan.second_root.is_dir():
        return f"The second place {plan.second_root} cannot be reached."
    try:
        backup_folder.copy_to(one, plan.second, plan.key)
        _keep(plan, plan.second)
    except Trouble as trouble:
        return str(trouble)
    return ""


def _keep(plan: Plan, folder: Path) -> None:
    """Delete what retention does not keep, of the sound ones only, each named by a manifest of ours."""
    try:
        with backup_folder.alone(folder):
            sound = [one for one in backup_folder.listed(folder, plan.key) if not one.fault]
            keep = kept((_taken(plan, one) for one in sound), plan.fiscal_start)
            for one in sound:
                if one.manifest.file not in keep:
                    backup_folder.delete(one)
    except OSError as error:
        raise Trouble(f"Old backups in {folder} could not be deleted: {error.strerror or error}.") from error


def _taken(plan: Plan, one: Listed) -> Taken:
    at = read_stamp(one.manifest.taken_at)
    return Taken(one.manifest.file, one.manifest.taken_at, local(at, plan.time_zone).date(), one.manifest.kind)


def same_disk(one: Path, other: Path) -> bool:
    """Say whether two folders are on one disk, so that they are lost together."""
    return one.stat().st_dev == other.stat().st_dev


def standing_of(plan: Plan) -> Standing:
    """Say how many copies of the ledger there are outside of the database, and how old they are."""
    newest, there = _newest(plan), _there(plan)
    place = SecondPlace(named=plan.second is not None)
    if plan.second_root is not None and there is not None:
        sound = next((one.manifest.taken_at for one in there if not one.fault), "")
        place = SecondPlace(True, True, same_disk(plan.database.parent, plan.second_root), sound)  # noqa: FBT003
    return standing(newest.manifest.taken_at if newest else "", place, plan.now(), plan.second_days)


# ---- what a person does


def back_up(desk: Desk, actor: Actor, told: Told | None = None) -> Made:
    """Make a backup by hand; raise NotPermitted, Stopped, Trouble."""
    actor.require(Act.BACK_UP)
    return make(plan_of(desk), BackupKind.BY_HAND, told)


def overview(desk: Desk, actor: Actor) -> tuple[Row, ...]:
    """List the backups, newest first, each once; raise NotPermitted."""
    actor.require(Act.BACK_UP)
    plan = plan_of(desk)
    here, there = _here(plan), _there(plan) or ()
    second = {one.manifest.file for one in there if not one.fault}
    first = {one.manifest.file for one in here}
    every = [*here, *(one for one in there if one.manifest.file not in first)]
    every.sort(key=lambda one: (one.manifest.taken_at, one.manifest.file), reverse=True)
    return tuple(
        Row(one, local(read_stamp(one.manifest.taken_at), plan.time_zone), one.manifest.file in second) for one in every
    )


def drill(desk: Desk, actor: Actor, told: Told | None = None) -> tuple[Drilled, ...]:
    """Restore the newest backup of each place to a folder that goes away, recompute it, and remember the result.

    The office is left alone. Raises NotPermitted, Stopped.
    """
    actor.require(Act.BACK_UP)
    plan = plan_of(desk)
    places = (("first", _here(plan)), ("second", _there(plan) or ()))
    found = tuple(_drill(plan, name, listed[0], told) for name, listed in places if listed)
    if found:
        said = "; ".join(f"{one.place} {one.file}: {one.said}" for one in found)
        ok = "yes" if all(one.ok for one in found) else "no"
        backup_folder.remember_drill(plan.folder, {"at": stamp(plan.now()), "ok": ok, "said": said})
    return found


def _drill(plan: Plan, place: str, one: Listed, told: Told | None) -> Drilled:
    begun = time.monotonic()
    if told is not None and not told(0, 1):
        raise Stopped
    try:
        with tempfile.TemporaryDirectory(prefix="csr-desk-") as folder:
            checked = restoring.rehearse(one.path, Path(folder), plan.key_folder)
    except Trouble as trouble:
        return Drilled(place, one.manifest.file, ok=False, said=str(trouble), seconds=time.monotonic() - begun)
    words = f"{checked.entries:,} entries recomputed, {checked.receipts:,} receipts, all good"
    return Drilled(
        place, one.manifest.file, ok=True, said=words, seconds=time.monotonic() - begun, entries=checked.entries
    )


def last_drill(plan: Plan) -> dict[str, str]:
    """Return when the last drill was (``at``, UTC), whether it was good (``ok``), and what it said."""
    return backup_folder.last_drill(plan.folder)


def age(plan: Plan, at: str) -> timedelta:
    """Say how long ago a moment of a manifest is."""
    return plan.now() - read_stamp(at).astimezone(UTC)
