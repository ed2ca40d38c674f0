"""A verified copy of an SQLite database while it is in use (never a copy of the file: its locks would be lost)."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from sqlalchemy import Connection

from csr_desk import locations
from csr_desk.domain.errors import Trouble

Saver: TypeAlias = Callable[[Connection], None]
"""Makes a copy before a migration begins."""


def connect_read_only(path: Path) -> sqlite3.Connection:
    """Open a database file for reading only, by SQLite itself."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=5)


def backup(source: sqlite3.Connection, target: Path) -> Path:
    """Copy by SQLite's own backup, check the copy, give it its name, make it durable; raise Trouble otherwise."""
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        draft.unlink(missing_ok=True)
        locations.private_file(draft)
        with contextlib.closing(sqlite3.connect(draft)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=TRUNCATE").fetchall()
            _check(source, copy)
        _settle(draft)
        draft.replace(target)
        _settle(target.parent)
    except (sqlite3.Error, OSError) as error:
        raise Trouble(f"The backup {target} could not be made: {error}. Nothing was changed.") from error
    finally:
        draft.unlink(missing_ok=True)
    return target


def _check(source: sqlite3.Connection, copy: sqlite3.Connection) -> None:
    if copy.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
        raise sqlite3.DatabaseError("the copy is not sound")
    for (name,) in source.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        count = f'SELECT COUNT(*) FROM "{name}"'  # noqa: S608 - the name is the database's own
        if source.execute(count).fetchone() != copy.execute(count).fetchone():
            raise sqlite3.DatabaseError(f"the copy of {name} is not whole")


def _settle(path: Path) -> None:
    if path.is_dir() and os.name != "posix":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def copy_file(source: Path, target: Path) -> Path:
    """Make a checked backup of a database file while it is in use; raise Trouble where that fails."""
    with contextlib.closing(connect_read_only(source)) as connection:
        return backup(connection, target)
