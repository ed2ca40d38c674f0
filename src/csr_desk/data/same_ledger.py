"""The database under an open desk must stay the one that the desk wrote to; any other takes no payment.

Two things are watched. The heads: what this desk saw recorded must still stand there, on either engine. And on SQLite
the file: the same file before and after, in the same journal mode, touched by nobody while we write. Nothing here opens
the file: closing a second handle would drop SQLite's locks (https://www.sqlite.org/howtocorrupt.html, 2.2).
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from sqlalchemy import Connection

from csr_desk.data import sqlite
from csr_desk.data.file_opened import Opened
from csr_desk.domain.errors import Trouble

Mark: TypeAlias = tuple[int, ...]
"""Which file stands at a path and, where the system tells it at once, when it was written last."""

_STOP = (
    "Nothing more is recorded until the right database is back, verified, and the program started again. "
    "Keep every copy as it is and call the administrator."
)
REPLACED = (
    "The database is not the one that this desk wrote to: {series} ends at entry {found}, and this desk saw entry "
    f"{{seen}}. An older or another copy was put in its place. This was not recorded. {_STOP}"
)
OTHER = (
    "The database is not the one that this desk wrote to: it holds something else for entry {seen} of {series}. "
    f"An older or another copy was put in its place. This was not recorded. {_STOP}"
)
EMPTIED = f"The tables of the database are gone: it was emptied, cut or replaced. This was not recorded. {_STOP}"
MOVED = f"The database file was moved, replaced or deleted while this desk was open. This was not recorded. {_STOP}"
MOVED_MEANWHILE = (
    "The database file was moved, replaced or deleted in the very moment in which this was being recorded: it stands "
    f"in the file that was taken away, and maybe not in the one that is there now. Do not key it anew. {_STOP}"
)
TOUCHED = f"Another program wrote over the database file while this desk was writing. This was not recorded. {_STOP}"
OTHER_MODE = (
    "Another program switched the database file to journal mode “{mode}”, in which a payment can be lost with a moved "
    "file. This was not recorded. Close that program, run PRAGMA journal_mode=TRUNCATE, and start CSR Desk again."
)
WRITTEN_OVER = (
    "Another program wrote over the database, or its unfinished journal was played into it; the database does not "
    f"verify any more: {{fault}}. This was not recorded. {_STOP}"
)
WRITING_SECONDS = 0.05
"""A journal that is still there after so long is left over, or belongs to a long piece of work."""

_TELLS_WRITING = os.name == "posix"
"""Windows may note the time of a write only when the file is closed: there it proves nothing."""

_HEADS = "SELECT series_id, last_seq, head_mac FROM series"
_MAC = {
    "sqlite": "SELECT mac FROM ledger_event WHERE series_id = :series AND seq = :seq",
    "postgresql": "SELECT mac FROM ledger_event WHERE series_id = %(series)s AND seq = %(seq)s",
}


@dataclass(slots=True)
class Watch:
    """What one open desk knows of its ledger."""

    file: Path | None = None
    """SQLite's file; None on a server."""
    seen: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    """The newest committed head of each series that this desk has seen: sequence number and MAC."""
    mark: Mark | None = None
    """The file after our last commit."""
    doubtful: bool = False
    """Somebody else's journal lay there, or the file was opened while we committed: verify before the next payment."""
    opened: Opened | None = None
    """Who opens the file while we commit."""
    _looked: Mark | None = None
    """The file when it was looked at last, before a transaction."""
    _room: int = 0
    """Bytes that the file took on the disk when the transaction began."""

    def look(self) -> bool:
        """Look at the file before a transaction; say whether somebody else wrote to it since our last commit."""
        if self.file is None:
            return False
        self.look_for_journal()
        mark = self._looked = mark_of(self.file)
        if self.mark is not None and not _same_file(mark, self.mark):
            raise Trouble(MOVED)
        return mark != self.mark

    def is_stale(self, begun: Mark | None) -> bool:
        """Say whether somebody wrote between the look and the mark: SQLite may read what it remembers, not the file."""
        return self.file is not None and begun != self._looked

    def look_for_journal(self) -> None:
        """Notice a journal that nobody is writing: SQLite is about to play it into the database."""
        if self.file is not None and _journal_size(self.file):
            time.sleep(WRITING_SECONDS)
            self.doubtful = self.doubtful or _journal_size(self.file) > 0

    def begun(self, connection: Connection) -> Mark | None:
        """Check everything that can be checked once nobody else can write; give the file's mark (SQLite)."""
        if self.file is None:
            return None
        mode = str(connection.exec_driver_sql("PRAGMA journal_mode").scalar_one())
        if mode != next(wanted for name, _, wanted in sqlite.PRAGMAS if name == "journal_mode"):
            raise Trouble(OTHER_MODE.format(mode=mode.upper()))
        heads = {str(row[0]): (int(row[1]), bytes(row[2])) for row in connection.exec_driver_sql(_HEADS)}
        for series in self.seen:
            self.check_head(connection, series, *heads.get(series, (0, b"")))
        mark, self._room = _measured(self.file)
        return mark

    def check_head(self, connection: Connection, series: str, seq: int, mac: bytes) -> None:
        """Compare a committed head with what was seen, and see it; raise Trouble where the ledger went back."""
        seen_seq, seen_mac = self.seen.get(series, (0, b""))
        if seq < seen_seq:
            raise Trouble(REPLACED.format(series=series, found=seq, seen=seen_seq))
        if seen_seq:
            here = mac if seq == seen_seq else _mac_at(connection, series, seen_seq)
            if here != seen_mac:
                raise Trouble(OTHER.format(series=series, seen=seen_seq))
        self.seen[series] = (seq, mac)

    def before_commit(self, begun: Mark | None) -> None:
        """Raise Trouble if the file is not as it was when the transaction began: nothing of ours is in it yet."""
        if self.opened is not None:
            self.opened.since_last_asked()  # up to here the file's own mark tells
        if self.file is not None and mark_of(self.file) != begun:
            raise Trouble(TOUCHED if _same_file(mark_of(self.file), begun) else MOVED)

    def committed(self, begun: Mark | None, written: Iterable[tuple[str, int, bytes]]) -> None:
        """See what was recorded; raise Trouble if the file was taken away at that very moment."""
        for series, seq, mac in written:
            if seq > self.seen.get(series, (0, b""))[0]:
                self.seen[series] = (seq, mac)
        if self.file is not None:
            self.mark, room = _measured(self.file)
            opened = self.opened is not None and self.opened.since_last_asked()
            self.doubtful = self.doubtful or opened or self._was_cut(begun, room)
            if not _same_file(self.mark, begun):
                raise Trouble(MOVED_MEANWHILE)

    def _was_cut(self, begun: Mark | None, room: int) -> bool:
        """Say whether the file became shorter, or got holes, in a transaction: what we write never does that.

        Who cuts a file by its name does not open it, and where our COMMIT then wrote behind the cut, the size says
        nothing either; the cut-away pages take no room any more.
        """
        if not _TELLS_WRITING or self.mark is None or begun is None:
            return False
        size = self.mark[2]
        return size < begun[2] or (room < self._room and room < size)

    def prime(self, connection: Connection) -> None:
        """See the heads and the file as they are when the database is opened.

        Opened anew after a stop, it must still hold what this desk saw recorded before; else raise Trouble.
        """
        heads = {str(row[0]): (int(row[1]), bytes(row[2])) for row in connection.exec_driver_sql(_HEADS)}
        for series in (*self.seen, *heads):
            self.check_head(connection, series, *heads.get(series, (0, b"")))
        if self.file is not None:
            self.mark, self.opened = mark_of(self.file), Opened(self.file)


def mark_of(path: Path) -> Mark | None:
    """Tell which file stands at a path, or None where there is none."""
    return _measured(path)[0]


def _measured(path: Path) -> tuple[Mark | None, int]:
    """Give the mark of a file and how many bytes of the disk it takes; 0 where that is not known."""
    try:
        found = path.stat()
    except OSError:
        return None, 0
    which = (found.st_dev, found.st_ino)
    if not _TELLS_WRITING:
        return which, 0
    # POSIX counts blocks of 512 bytes, whatever the disk's are
    return (*which, found.st_size, found.st_mtime_ns), int(getattr(found, "st_blocks", 0)) * 512


def _same_file(one: Mark | None, other: Mark | None) -> bool:
    return one is not None and other is not None and one[:2] == other[:2]


def _journal_size(path: Path) -> int:
    try:
        return path.with_name(f"{path.name}-journal").stat().st_size
    except OSError:
        return 0


def _mac_at(connection: Connection, series: str, seq: int) -> bytes:
    found = connection.exec_driver_sql(_MAC[connection.dialect.name], {"series": series, "seq": seq}).scalar()
    return b"" if found is None else bytes(found)
