"""What an error of the database means: not recorded, unknown, or a disk that cannot be trusted any more."""

from __future__ import annotations

import sqlite3
from enum import Enum

from sqlalchemy.exc import DBAPIError, OperationalError


class Fault(Enum):
    """What an error says about the transaction and the file."""

    BUSY = "busy"
    """Somebody else was writing; nothing was recorded."""
    DISK = "disk"
    """The disk or the file failed; nothing more may be recorded through this connection."""
    LINK = "link"
    """The connection broke; before COMMIT nothing was recorded, at COMMIT nobody knows yet."""
    OTHER = "other"
    """A fault of the statement itself."""


_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_DISK = frozenset(
    {
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
    }
)
_PG_BUSY = frozenset({"55P03", "40P01", "40001", "57014"})
"""Lock timeout, deadlock, serialization failure, statement timeout."""
_PG_DISK = ("53100", "58", "XX001", "XX002", "25006")
"""Disk full, system error, corruption, read-only server."""
_PG_LINK = ("08", "57P", "25P03")
"""Connection lost, server going down, idle too long."""


def is_moved(error: DBAPIError) -> bool:
    """Tell whether SQLite found that its file does not stand at its path any more."""
    return getattr(error.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_READONLY_DBMOVED


def fault_of(error: DBAPIError) -> Fault:
    """Tell what kind of error the database raised."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        primary = code & 0xFF
        return Fault.BUSY if primary in _BUSY else Fault.DISK if primary in _DISK else Fault.OTHER
    state = getattr(error.orig, "sqlstate", None)
    if state is None:
        broken = error.connection_invalidated or isinstance(error, OperationalError)
        return Fault.LINK if broken else Fault.OTHER
    if state in _PG_BUSY:
        return Fault.BUSY
    if state.startswith(_PG_DISK):
        return Fault.DISK
    return Fault.LINK if error.connection_invalidated or state.startswith(_PG_LINK) else Fault.OTHER


def is_broken(error: DBAPIError) -> bool:
    """Tell whether a read shows that the disk or the file failed; to be refused a write shows nothing."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    refused = code is not None and code & 0xFF in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM}
    return fault_of(error) is Fault.DISK and not refused and getattr(error.orig, "sqlstate", None) != "25006"
