"""The folder of an office's backups: making one, listing them, keeping what must be kept, and the second place."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path

from csr_desk import durable, locations
from csr_desk.data import backup, schema
from csr_desk.data.backup import Stopped, Told
from csr_desk.data.instance_lock import InstanceLock
from csr_desk.domain.backups import (
    MOST_MANIFEST,
    BackupKind,
    Manifest,
    Snapshot,
    is_sealed,
    name_of,
    read_manifest,
    write_manifest,
)
from csr_desk.domain.errors import Trouble

PROOF = "pages, foreign keys, guards, every seal, number and sum; its heads are entries of the database"
PROOF_OLDER = "the same, on a copy of it that was brought up to date"
_BEFORE_ALL = "2000-01-01T00:00:00.000000Z"
_BUSY = "Another backup of this office is being made. Try again in a moment."


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which backup to make of which file, and where to."""

    database: Path
    folder: Path
    kind: BackupKind
    taken_at: str
    """UTC, as the ledger keeps it."""
    key: bytes


@dataclass(frozen=True, slots=True)
class Listed:
    """A manifest in a folder and how it looks from outside: what stands in the file is seen only by verifying it."""

    path: Path
    """Of the backup, not of the manifest."""
    manifest: Manifest
    fault: str = ""
    """Why it cannot be counted on; empty when nothing shows."""


def app_version() -> str:
    """Return the version of the program, for the manifest."""
    try:
        return metadata.version("csr-desk")
    except metadata.PackageNotFoundError:
        return "unknown"


def folder_of(install: str) -> Path:
    """Return where a station keeps the backups of an office."""
    return locations.data_folder() / "backups" / install


def manifest_path(path: Path) -> Path:
    """Return where the manifest of a backup is."""
    return path.with_name(f"{path.name}.json")


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Let nobody else make or delete backups in a folder meanwhile, and remove what a killed program left."""
    durable.make_folder(folder, durable.PRIVATE_FOLDER)
    try:
        lock = InstanceLock(folder / "backups")
    except Trouble:
        raise Trouble(_BUSY) from None
    try:
        durable.sweep(folder)
        yield
    finally:
        lock.release()


def take(wanted: Wanted, told: Told | None = None) -> Listed:
    """Copy, verify, name, and write the manifest; raise Trouble where any of it fails, Stopped where somebody did."""
    try:
        with alone(wanted.folder), contextlib.closing(backup.connect_read_only(wanted.database)) as source:
            return save(wanted, source, told)
    except (sqlite3.Error, OSError) as error:
        raise Trouble(f"The backup could not be made in {wanted.folder}: {error}. Nothing was changed.") from error


def save(
    wanted: Wanted,
    source: sqlite3.Connection,
    told: Told | None = None,
    rehearse: Callable[[Path], None] | None = None,
) -> Listed:
    """Back up from an open connection, the folder held; ``rehearse`` brings a copy of the copy up to date first."""
    draft = durable.draft_beside(wanted.folder / "copy")
    try:
        backup.copy_in_steps(source, draft, told)
        content = _verified(draft, source, wanted, rehearse)
        if told is not None and not told(1, 1):
            raise Stopped
        durable.settle(draft)
        seal, size = durable.hash_file(draft)
        name = _free_name(wanted, content.office)
        proof = PROOF if rehearse is None else f"{PROOF}; {PROOF_OLDER}"
        manifest = Manifest(name, seal, size, wanted.kind, wanted.taken_at, app_version(), "sqlite", content, proof)
        durable.take_name(draft, wanted.folder / name)
        durable.write_file(
            manifest_path(wanted.folder / name), write_manifest(manifest, wanted.key), durable.PRIVATE_FILE
        )
    finally:
        durable.drop_draft(draft)
    return Listed(wanted.folder / name, manifest)


def _verified(
    draft: Path, source: sqlite3.Connection, wanted: Wanted, rehearse: Callable[[Path], None] | None
) -> Snapshot:
    """Check a copy against its source, and recompute it; raise Trouble with the first thing that is not right."""
    with contextlib.closing(sqlite3.connect(draft)) as copy:
        backup.check(source, copy)
        backup.check_references(copy)
        content = backup.snapshot_of(backup.fetch_from(copy), backup.tables_of(copy))
    if content is None:
        raise Trouble("There is no office in this database yet, so there is nothing to back up.")
    judged = draft
    if rehearse is not None:
        judged = durable.draft_beside(wanted.folder / "rehearsal")
    try:
        if rehearse is not None:
            durable.copy_hashed(draft, judged)
            rehearse(judged)
        report = backup.recompute(judged, wanted.key, content.entries)
    finally:
        if judged is not draft:
            durable.drop_draft(judged)
    if not report.ok:
        raise Trouble(f"The backup is not good, so it was thrown away: {report.first_fault}. Verify the database.")
    return content


def _free_name(wanted: Wanted, office: str) -> str:
    number = 1
    while True:
        name = name_of(office, wanted.taken_at, wanted.kind, "sqlite", number)
        if not (wanted.folder / name).exists() and not manifest_path(wanted.folder / name).exists():
            return name
        number += 1


# ---- listing and keeping


def listed(folder: Path, key: bytes) -> tuple[Listed, ...]:
    """Return what the manifests of a folder name, newest first; raise OSError where the folder cannot be read.

    A manifest that this office's key did not seal is somebody else's and is not listed.
    """
    found = []
    for place in folder.glob("*.json"):
        one = _look(place, key)
        if one is not None:
            found.append(one)
    return tuple(sorted(found, key=lambda one: (one.manifest.taken_at, one.manifest.file), reverse=True))


def _look(place: Path, key: bytes) -> Listed | None:
    try:
        if place.stat().st_size > MOST_MANIFEST:
            return None
        manifest, body = read_manifest(place.read_bytes())
    except (OSError, ValueError):
        return None
    if not is_sealed(body, key) or place.name != f"{manifest.file}.json":
        return None
    path = place.with_suffix("")
    try:
        size = path.stat().st_size
    except OSError:
        return Listed(path, manifest, "the file is not there")
    return Listed(path, manifest, "" if size == manifest.size else "the file has another length")


def delete(one: Listed) -> None:
    """Delete a backup: its manifest first, so that what is left after a power cut is a file that nothing counts on."""
    manifest_path(one.path).unlink(missing_ok=True)
    one.path.unlink(missing_ok=True)


def copy_to(one: Listed, second: Path, key: bytes) -> Listed:
    """Copy a backup to the second place and read it back there; raise Trouble where it is not the same."""
    with durable.told_as_trouble(f"The second copy could not be made in {second}"), alone(second):
        target = second / one.path.name
        draft = durable.draft_beside(target)
        try:
            durable.copy_hashed(one.path, draft)
            durable.settle(draft)
            if durable.hash_file(draft) != (one.manifest.sha256, one.manifest.size):
                raise Trouble(f"The second copy in {second} is not the same as the backup. Look at that disk.")
            durable.take_name(draft, target)
        finally:
            durable.drop_draft(draft)
        durable.write_file(manifest_path(target), write_manifest(one.manifest, key), durable.PRIVATE_FILE)
    return replace(one, path=target)


# ---- what is remembered of the drills

_DRILL = "last-drill.txt"


def remember_drill(folder: Path, told: dict[str, str]) -> None:
    """Keep when the last restore drill was and what came of it."""
    durable.make_folder(folder, durable.PRIVATE_FOLDER)
    durable.write_file(
        folder / _DRILL, (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode(), durable.PRIVATE_FILE
    )


def last_drill(folder: Path) -> dict[str, str]:
    """Return when the last restore drill was (``at``) and what came of it; empty when there was none."""
    try:
        told = json.loads((folder / _DRILL).read_bytes())
        return {str(name): str(value) for name, value in dict(told).items()}
    except (OSError, ValueError, TypeError):
        return {}


# ---- before a migration


def save_before(database: Path, key: bytes) -> None:
    """Back a file up before it is brought up to date, and rehearse that on a copy of the copy; raise Trouble.

    It runs inside the migration's transaction, so nobody records anything in between, and no clock is at hand: the
    backup is named by its newest entry.
    """
    with contextlib.closing(backup.connect_read_only(database)) as source:
        content = backup.snapshot_of(backup.fetch_from(source), ())
        if content is None:
            return
        at = content.last_at or _BEFORE_ALL
        wanted = Wanted(database, folder_of(content.install), BackupKind.MIGRATION, at, key)
        try:
            with alone(wanted.folder):
                save(wanted, source, rehearse=schema.rehearse)
        except (sqlite3.Error, OSError) as error:
            raise Trouble(f"The backup before the update failed: {error}. Nothing was changed.") from error
