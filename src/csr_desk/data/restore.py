"""Putting a backup in the place of a database: verified first, the old file kept aside, whole or not at all."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from csr_desk import durable
from csr_desk.data import backup, keys, schema
from csr_desk.data.backup_folder import manifest_path
from csr_desk.domain.backups import MOST_MANIFEST, Manifest, is_sealed, read_manifest
from csr_desk.domain.errors import Trouble
from csr_desk.domain.seal import SealedHead

_COMPANIONS = ("-journal", "-wal", "-shm")
"""What SQLite may leave beside a database; a journal of the old file would spoil the new one."""


def read_sealed(path: Path, key_folder: Path | None) -> tuple[Manifest, bytes]:
    """Read the manifest beside a backup and prove it with the key of its office; raise Trouble with what is wrong."""
    place = manifest_path(path)
    try:
        with place.open("rb") as file:
            manifest, body = read_manifest(file.read(MOST_MANIFEST))
    except OSError:
        raise Trouble(f"There is no manifest {place.name} beside the backup, so nobody can tell what it is.") from None
    except ValueError:
        raise Trouble(f"The manifest {place.name} is damaged. Take another backup.") from None
    if not _plain(manifest.content.install):
        raise Trouble(f"The manifest {place.name} is damaged. Take another backup.")
    key = keys.read_key(manifest.content.install, key_folder)
    if not is_sealed(body, key):
        raise Trouble(
            f"The manifest {place.name} does not carry the seal of this office: it was changed, or it was made with "
            "another key. Take another backup."
        )
    if manifest.content.schema not in schema.KNOWN:
        raise Trouble("The backup was made by a newer version of CSR Desk. Update the program on this station.")
    if manifest.file != path.name:
        raise Trouble(f"The manifest belongs to {manifest.file}. Give the backup its own name back.")
    return manifest, key


def _plain(install: str) -> bool:
    """Say whether an id can be part of a file's name; the manifest is not proved yet when the key is looked for."""
    return bool(install) and install.isascii() and install.replace("-", "").isalnum()


def bring(path: Path, manifest: Manifest, draft: Path) -> None:
    """Copy a backup into a draft; raise Trouble unless it is, byte for byte, what the manifest names."""
    try:
        seal = durable.copy_hashed(path, draft)
    except OSError as error:
        raise Trouble(f"The backup {path} cannot be read: {error.strerror or error}.") from error
    if seal != manifest.sha256:
        raise Trouble(f"The backup {path.name} is damaged: it is not the file that its manifest names.")


@dataclass(frozen=True, slots=True)
class Live:
    """What can be read of the database that is to be replaced."""

    office: str
    install: str
    heads: tuple[SealedHead, ...]
    missing: tuple[tuple[str, int, str, int | None, int, str], ...]
    """Entries after the backup: series, place, kind, receipt number, tenders' sum in cents, when recorded."""


MOST_LISTED = 500
"""Missing entries that are named one by one."""

_AFTER = """
SELECT e.series_id, e.seq, e.kind, e.receipt_no, COALESCE((SELECT SUM(t.amount_minor) FROM ledger_tender t
    WHERE t.series_id = e.series_id AND t.seq = e.seq), 0), e.recorded_at_utc
FROM ledger_event e WHERE e.series_id = ? AND e.seq > ? ORDER BY e.seq LIMIT ?
"""


def look_at_live(database: Path, heads: tuple[SealedHead, ...]) -> Live | None:
    """Read what a database still shows beyond these heads; None where there is none or it cannot be read."""
    if not database.exists():
        return None
    try:
        with contextlib.closing(backup.connect_read_only(database)) as source:
            fetch = backup.fetch_from(source)
            ((office, install),) = fetch("SELECT office_id, install_uuid FROM office ORDER BY office_id LIMIT 1", ())
            live = backup.heads_of(fetch)
            known = {head.series: head.seq for head in heads}
            missing = [
                row for head in live for row in fetch(_AFTER, (head.series, known.get(head.series, 0), MOST_LISTED))
            ]
            return Live(str(office), str(install), live, tuple(missing[:MOST_LISTED]))
    except (sqlite3.Error, ValueError, TypeError, OverflowError):
        return None


@contextlib.contextmanager
def draft_for(database: Path) -> Iterator[Path]:
    """Give a draft in the folder of the database; the caller holds the database's lock, so older drafts go."""
    durable.make_folder(database.parent, durable.PRIVATE_FOLDER)
    durable.sweep(database.parent, f"{database.name}.")
    draft = durable.draft_beside(database)
    try:
        yield draft
    finally:
        durable.drop_draft(draft)


def put_in_place(draft: Path, database: Path, stamp: str) -> Path | None:
    """Give a verified draft the name of the database; return where the old file is now, or None if there was none.

    The old file is never deleted. Where a name can be linked there is no moment without a database under its name.
    """
    drop = draft.with_name(f"{draft.name}-journal")
    drop.unlink(missing_ok=True)
    durable.settle(draft)
    _finish_journal(database)
    aside = _free_aside(database, stamp)
    beside = [part for part in _COMPANIONS if _holds(database.with_name(database.name + part))]
    there = database.exists()
    if there and not (not beside and _link(database, aside)):
        database.rename(aside)
        durable.settle(database.parent)
    for part in beside:
        # the file goes first: what is without its journal then has no name that anybody opens
        database.with_name(database.name + part).rename(aside.with_name(aside.name + part))
    for part in _COMPANIONS:
        database.with_name(database.name + part).unlink(missing_ok=True)
    durable.settle(database.parent)
    draft.replace(database)
    durable.settle(database.parent)
    return aside if there else None


def _finish_journal(database: Path) -> None:
    """Let SQLite end what a killed program left half done in the old file, where it still can."""
    if not database.exists():
        return
    with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(database, timeout=5)) as connection:
        connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()


def _holds(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def _free_aside(database: Path, stamp: str) -> Path:
    number = 1
    while True:
        more = f"-{number}" if number > 1 else ""
        aside = database.with_name(f"{database.name}.before-restore-{stamp}{more}")
        if not aside.exists():
            return aside
        number += 1


def _link(database: Path, aside: Path) -> bool:
    try:
        os.link(database, aside)
    except OSError:
        return False
    durable.settle(database.parent)
    return True
