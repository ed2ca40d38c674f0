"""A verified copy of an SQLite database while it is in use (never a copy of the file: its locks would be lost).

The copy is made by SQLite's own backup in small steps, so that a counter records in between; a commit in between makes
SQLite begin anew, and after a few of those the rest is taken in one go, which keeps a payment waiting for as long as
the disk needs to read the file once.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeAlias

from sqlalchemy import Connection

from csr_desk import durable
from csr_desk.data.verify import Report, verify
from csr_desk.domain.backups import Snapshot
from csr_desk.domain.errors import Trouble
from csr_desk.domain.ledger import receipt_number
from csr_desk.domain.seal import SealedHead

Saver: TypeAlias = Callable[[Connection], None]
"""Makes a copy before a migration begins."""
Told: TypeAlias = Callable[[int, int], bool]
"""Told how many pages of how many are copied; False stops it."""
Fetch: TypeAlias = Callable[[str, Sequence[object]], list[tuple[Any, ...]]]

PAGES = 256
"""Copied in one step: a megabyte."""
PAUSE_SECONDS = 0.002
"""Left to the counters between two steps."""
RESTARTS = 3
"""How often SQLite may begin anew before the copy is taken in one go."""
APART = 5_000
"""From so many entries on the copy is verified in a process of its own, so that the window stays quick."""


class Stopped(Exception):
    """Somebody stopped the backup; nothing of it is left."""


class _TooBusy(Exception):
    """The counters record more often than a copy takes."""


def connect_read_only(path: Path) -> sqlite3.Connection:
    """Open a database file for reading only, by SQLite itself."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=5)


def backup(source: sqlite3.Connection, target: Path, told: Told | None = None) -> Path:
    """Copy by SQLite's own backup, check the copy, give it its name, make it durable; raise Trouble otherwise."""
    with _troubles(target):
        draft = durable.draft_beside(target)
        try:
            copy_in_steps(source, draft, told)
            with contextlib.closing(sqlite3.connect(draft)) as copy:
                check(source, copy)
            durable.take_name(draft, target)
        finally:
            durable.drop_draft(draft)
    return target


def copy_file(source: Path, target: Path) -> Path:
    """Make a checked backup of a database file while it is in use; raise Trouble where that fails."""
    with contextlib.closing(connect_read_only(source)) as connection:
        return backup(connection, target)


@contextlib.contextmanager
def _troubles(target: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise Trouble(f"The backup {target} could not be made: {error}. Nothing was changed.") from error


def copy_in_steps(source: sqlite3.Connection, draft: Path, told: Told | None = None) -> None:
    """Copy a database that is in use into a draft, a state that really was; raise Stopped where ``told`` says so."""
    least, restarts = 0, 0

    def progress(status: int, remaining: int, total: int) -> None:
        nonlocal least, restarts
        if told is not None and not told(total - remaining, total):
            raise Stopped
        if status == sqlite3.SQLITE_OK:
            restarts += least and remaining >= least
            least = remaining
        if restarts > RESTARTS:
            raise _TooBusy
        if remaining:
            time.sleep(PAUSE_SECONDS)

    try:
        with _draft(draft) as copy:
            source.backup(copy, pages=PAGES, progress=progress, sleep=PAUSE_SECONDS)
    except _TooBusy:
        os.truncate(draft, 0)  # without a journal the broken-off try cannot be rolled back, so it begins from nothing
        with _draft(draft) as copy:
            source.backup(copy, sleep=PAUSE_SECONDS)


@contextlib.contextmanager
def _draft(draft: Path) -> Iterator[sqlite3.Connection]:
    """Open a draft for writing, without a journal: one that fails is thrown away."""
    with contextlib.closing(sqlite3.connect(draft)) as copy:
        copy.execute("PRAGMA journal_mode=OFF").fetchall()
        yield copy


def check(source: sqlite3.Connection, copy: sqlite3.Connection) -> None:
    """Raise DatabaseError unless the pages of a copy are sound and its heads are entries of the source.

    Counters go on meanwhile, so the source may be further on, never otherwise.
    """
    if copy.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
        raise sqlite3.DatabaseError("the copy is not sound")
    tables = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    if copy.execute(tables).fetchall() != source.execute(tables).fetchall():
        raise sqlite3.DatabaseError("the copy has other tables")
    if copy.execute("SELECT 1 FROM sqlite_master WHERE name = 'series'").fetchone():
        _check_heads(source, copy)


def check_references(copy: sqlite3.Connection) -> None:
    """Raise DatabaseError where a row points nowhere; a copy for an auditor is made of such a database all the same."""
    if copy.execute("PRAGMA foreign_key_check").fetchone():
        raise sqlite3.DatabaseError("a row of the copy points to something that is not there")


def _check_heads(source: sqlite3.Connection, copy: sqlite3.Connection) -> None:
    heads = "SELECT series_id, last_seq, head_mac FROM series"
    for series, seq, mac in copy.execute(heads).fetchall():
        at = "SELECT mac FROM ledger_event WHERE series_id = ? AND seq = ?"
        if seq and source.execute(at, (series, seq)).fetchone() != (mac,):
            raise sqlite3.DatabaseError(f"the copy of series {series} ends where the database never did")


def fetch_from(connection: sqlite3.Connection) -> Fetch:
    """Give a way to query an SQLite database."""
    return lambda query, values: connection.execute(query, values).fetchall()


def snapshot_of(fetch: Fetch, tables: Sequence[str]) -> Snapshot | None:
    """Read what a database holds, for the manifest; None where no office was set up in it.

    ``fetch`` takes ``?`` marks; ``tables`` are counted.
    """
    office = fetch("SELECT office_id, install_uuid FROM office ORDER BY office_id", ())
    if not office:
        return None
    ((schema,),) = fetch("SELECT version_num FROM alembic_version", ())
    heads = heads_of(fetch)
    ends = [_recorded(fetch, "seq", head.series, head.seq) for head in heads if head.seq]
    receipts = [
        (_recorded(fetch, "receipt_no", head.series, head.receipts), head.series, head.receipts)
        for head in heads
        if head.receipts
    ]
    last = max(receipts, default=None)
    return Snapshot(
        office=str(office[0][0]),
        install=str(office[0][1]),
        schema=str(schema),
        heads=heads,
        rows={name: int(fetch(f'SELECT COUNT(*) FROM "{name}"', ())[0][0]) for name in tables},  # noqa: S608 - its own
        last_receipt=receipt_number(last[1], last[2]) if last else "",
        last_at=max(ends, default=""),
        closed_through=closed_through(fetch),
    )


def heads_of(fetch: Fetch) -> tuple[SealedHead, ...]:
    """Read where each series stands."""
    rows = fetch(
        "SELECT series_id, last_seq, last_receipt_no, perpetual_minor, head_mac FROM series ORDER BY series_id", ()
    )
    return tuple(SealedHead(str(row[0]), int(row[1]), int(row[2]), int(row[3]), bytes(row[4]).hex()) for row in rows)


def closed_through(fetch: Fetch) -> str:
    """Read the newest business date that is closed; empty before the first."""
    return str(fetch("SELECT MAX(business_date) FROM day WHERE state = 'closed'", ())[0][0] or "")


def standing(path: Path) -> tuple[tuple[SealedHead, ...], str]:
    """Read where a database in use stands: its heads and the newest closed day. Raises Trouble."""
    try:
        with contextlib.closing(connect_read_only(path)) as source:
            fetch = fetch_from(source)
            return heads_of(fetch), closed_through(fetch)
    except sqlite3.Error as error:
        raise Trouble(f"The database cannot be read for a backup: {error}.") from error


def _recorded(fetch: Fetch, column: str, series: str, number: int) -> str:
    query = f"SELECT recorded_at_utc FROM ledger_event WHERE series_id = ? AND {column} = ?"  # noqa: S608 - ours
    return str(fetch(query, (series, number))[0][0])


def tables_of(connection: sqlite3.Connection) -> list[str]:
    """Name the tables of an SQLite database."""
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    return [str(row[0]) for row in rows]


def recompute(path: Path, key: bytes, entries: int) -> Report:
    """Recompute a copy that nobody uses, long ones in a process of their own."""
    if entries < APART:
        return verify(f"sqlite:///{path}", key, processes=1)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_stand_back) as pool:
        return pool.submit(verify, f"sqlite:///{path}", key, processes=1).result()


def _stand_back() -> None:
    """Let the counter go first (POSIX)."""
    if os.name == "posix":
        os.nice(10)
