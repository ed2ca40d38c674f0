"""An office with backups, for the proof of the restore: what a copy must hold, and how it is looked at."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from csr_desk import durable
from csr_desk.data import backup, backup_folder
from csr_desk.data.verify import verify
from csr_desk.domain.backups import Manifest, write_manifest
from csr_desk.domain.errors import Trouble
from csr_desk.services import backups, restoring
from postgres_cluster import memory_folder
from proof.counter import Counter, make_office, open_counter


def office_in(folder: Path, acts: int = 6) -> tuple[Path, backups.Plan]:
    """Make a live office in a folder, with a day of work in it, and the plan of its backups."""
    database = folder / "office.sqlite"
    make_office(f"sqlite:///{database}", folder / "keys")
    counter = open_counter(f"sqlite:///{database}", folder / "keys")
    if acts:
        for _name, _key, act in counter.acts(acts):
            act()
    plan = plan_in(folder, counter)
    counter.desk.close()
    return database, plan


@contextmanager
def in_memory(folder: Path) -> Iterator[Path]:
    """Give a folder in memory where there is one, for what needs no disk; else the folder itself."""
    place = memory_folder()
    if place is None:
        folder.mkdir(parents=True)
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="proof-", dir=place) as quick:
        yield Path(quick)


def plan_in(folder: Path, counter: Counter) -> backups.Plan:
    """Keep the backups of an office beside it instead of in the station's folder."""
    return replace(backups.plan_of(counter.desk), folder=folder / "backups")


def keys_of(path: Path) -> set[str]:
    """Name the acts that a database holds."""
    with closing(backup.connect_read_only(path)) as link:
        return {str(row[0]) for row in link.execute("SELECT idem_key FROM ledger_event")}


def is_good(path: Path, key: bytes) -> bool:
    """Recompute a copy with the verifier of the program."""
    try:
        return verify(f"sqlite:///{path}", key, processes=1).ok
    except (Trouble, sqlite3.Error):
        return False


def is_prefix(copy: Path, live: Path) -> bool:
    """Say whether every series of a copy ends at an entry of the database."""
    try:
        with closing(backup.connect_read_only(copy)) as taken, closing(backup.connect_read_only(live)) as source:
            heads = backup.heads_of(backup.fetch_from(taken))
            at = "SELECT mac FROM ledger_event WHERE series_id = ? AND seq = ?"
            return all(
                not head.seq or source.execute(at, (head.series, head.seq)).fetchone() == (bytes.fromhex(head.head),)
                for head in heads
            )
    except sqlite3.Error:
        return False


def whole(one: backup_folder.Listed) -> bool:
    """Say whether a backup is, byte for byte, what its manifest names."""
    return not one.fault and durable.hash_file(one.path) == (one.manifest.sha256, one.manifest.size)


def copied(one: Path, folder: Path) -> Path:
    """Copy a backup with its manifest into another folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in (one, backup_folder.manifest_path(one)):
        (folder / path.name).write_bytes(path.read_bytes())
    return folder / one.name


def sealed_anew(path: Path, manifest: Manifest, key: bytes) -> None:
    """Write the manifest of a changed file as somebody would who has the key."""
    seal, size = durable.hash_file(path)
    changed = replace(manifest, sha256=seal, size=size)
    backup_folder.manifest_path(path).write_bytes(write_manifest(changed, key))


def refused(path: Path, database: Path, keys: Path) -> bool:
    """Say whether the program refuses to restore a backup, and leaves the database as it is."""
    before = database.stat().st_mtime_ns if database.exists() else 0
    try:
        restoring.look_at(restoring.Restore(path, database, keys))
    except Trouble:
        return (database.stat().st_mtime_ns if database.exists() else 0) == before
    return False
