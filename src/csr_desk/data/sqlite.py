"""SQLite as this program uses it: a durable journal, explicit transactions, a local disk (reliability recipe 4.5)."""

from __future__ import annotations

import os
import sqlite3
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL

from csr_desk.domain.errors import Trouble

BUSY_SECONDS = 5
"""How long a writer waits for another one."""

WAL_MENDED = (3, 51, 3)
"""The first SQLite without the WAL-reset fault; an older one never opens a file in WAL mode."""

PRAGMAS: tuple[tuple[str, str, object], ...] = (
    ("journal_mode", "TRUNCATE", "truncate"),
    ("synchronous", "EXTRA", 3),
    ("foreign_keys", "ON", 1),
    ("recursive_triggers", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    ("mmap_size", "0", 0),
    ("secure_delete", "ON", 1),
    ("cache_spill", "OFF", 0),
)
"""Name, what is asked for, what must be read back. Without spilling the file changes at COMMIT only, so a change before
it is somebody else's (``data.same_ledger``)."""

NETWORK_FILE_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afs", "9p", "ceph", "glusterfs", "davfs", "fuse.sshfs"}
    | {"fuse.davfs2", "fuse.glusterfs", "fuse.rclone", "fuse.gvfsd-fuse", "ncpfs", "lustre", "beegfs"}
)
SYNC_FOLDERS = ("onedrive", "dropbox", "google drive", "googledrive", "icloud drive", "nextcloud", "owncloud")
_SYNC_MARKS = (".stfolder", ".dropbox", ".sync", ".nextcloudsync.log")
_REMOTE_DRIVE = 4


def make_engine(path: Path, *, writing: bool) -> Engine:
    """Make an engine whose connections all carry the pragmas; a writer begins IMMEDIATE, a reader cannot write.

    The file must be there: a deleted database never comes back as an empty one.
    """
    address = f"{path.resolve().as_uri()}?mode=rw"

    def connect() -> sqlite3.Connection:
        # one connection at a time goes through the hands of several threads, as with SQLAlchemy's own pool of a file
        return sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, check_same_thread=False)

    url = URL.create("sqlite", database=str(path))
    # what people keyed is in the parameters: an error that goes to the log does not carry them
    engine = create_engine(url, creator=connect, hide_parameters=True)
    begin = "BEGIN IMMEDIATE" if writing else "BEGIN"

    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        set_pragmas(connection)
        if not writing:
            connection.execute("PRAGMA query_only=ON")

    def open_transaction(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", open_transaction)
    return engine


def set_pragmas(connection: sqlite3.Connection) -> None:
    """Set each pragma and read it back; raise Trouble where SQLite did not take it."""
    mode = str(connection.execute("PRAGMA journal_mode").fetchone()[0])
    if mode == "wal" and sqlite3.sqlite_version_info < WAL_MENDED:
        raise Trouble(
            f"The database file is in WAL mode, which this SQLite ({sqlite3.sqlite_version}) may damage; "
            "nothing is recorded in it. Convert it with a SQLite of 3.51.3 or newer: PRAGMA journal_mode=TRUNCATE."
        )
    for name, asked, expected in PRAGMAS:
        connection.execute(f"PRAGMA {name}={asked}").fetchall()
        got = connection.execute(f"PRAGMA {name}").fetchone()
        if got is None or got[0] != expected:
            raise Trouble(f"SQLite did not take {name}={asked}; nothing can be recorded safely with this installation.")
    if not _explicit_transactions(connection):
        raise Trouble("This Python's SQLite module commits by rules of its own; nothing can be recorded safely.")


def _explicit_transactions(connection: sqlite3.Connection) -> bool:
    """Tell whether BEGIN and COMMIT mean what they say (Python 3.12 brought a mode where commit() does nothing)."""
    legacy = getattr(sqlite3, "LEGACY_TRANSACTION_CONTROL", -1)
    return connection.isolation_level is None and getattr(connection, "autocommit", legacy) == legacy


def refuse_unsafe_place(path: Path) -> None:
    """Raise Trouble for a network disk or a folder that a cloud program copies: both break SQLite's locks."""
    folder = path.resolve().parent
    kind = file_system(folder)
    if kind in NETWORK_FILE_SYSTEMS:
        raise Trouble(
            f"The database {path} is on a network disk ({kind}). Use a local disk, or PostgreSQL for several stations."
        )
    named = next((part for part in folder.parts if part.lower().startswith(SYNC_FOLDERS)), None)
    marked = any((place / mark).exists() for place in (folder, *folder.parents) for mark in _SYNC_MARKS)
    if named or marked:
        raise Trouble(
            f"The database {path} is in a folder that is copied to a cloud. Use one that no other program touches."
        )


def file_system(folder: Path) -> str:
    """Return the type of the file system that holds a folder (``ext4``, ``nfs4`` …; empty where it is not known)."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - Windows only

        remote = ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == _REMOTE_DRIVE
        return "smb" if remote or folder.anchor.startswith("\\\\") else "ntfs"
    mounts = Path("/proc/self/mounts")
    if not mounts.exists():
        return ""
    best, kind = "", ""
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        _, where, fs_type, *_ = line.split(" ")
        point = where.replace("\\040", " ")
        inside = str(folder) == point or str(folder).startswith(point.rstrip(os.sep) + os.sep)
        if inside and len(point) >= len(best):
            best, kind = point, fs_type
    return kind
