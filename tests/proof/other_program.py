"""Another program that gets at the database file behind the desk's back; a process of its own, told by lines of JSON.

It knows nothing of CSR Desk. Each line is ``[wait, act, *paths]``: after so many seconds the act is done; the answer
is the two moments (monotonic, seconds) between which it was done.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

_HELD: list[sqlite3.Connection] = []


def unlink(live: str) -> None:
    """Delete the file."""
    Path(live).unlink()


def rename(live: str) -> None:
    """Move the file aside."""
    Path(live).rename(f"{live}.aside")


def replace(live: str, other: str) -> None:
    """Move a copy of another file to the path, as a restore program does."""
    shutil.copyfile(other, f"{live}.new")
    Path(f"{live}.new").replace(live)


def overwrite(live: str, other: str) -> None:
    """Copy another file over this one in place, as ``cp`` does."""
    shutil.copyfile(other, live)


def restore(live: str, other: str) -> None:
    """Restore another database into this one, with all the locks that SQLite wants."""
    with contextlib.closing(sqlite3.connect(other)) as source, contextlib.closing(sqlite3.connect(live)) as target:
        source.backup(target)


def cut(live: str, keep: str) -> None:
    """Cut the file to so many hundredths of its size."""
    os.truncate(live, Path(live).stat().st_size * int(keep) // 100)


def switch(live: str, mode: str) -> None:
    """Switch the journal mode."""
    with contextlib.closing(sqlite3.connect(live, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA journal_mode={mode}").fetchall()
        if mode == "WAL":  # an open connection keeps the mode, as a viewer in which somebody looks at the tables
            _HELD.append(sqlite3.connect(live, isolation_level=None))
            _HELD[-1].execute("SELECT COUNT(*) FROM sqlite_master").fetchall()


def switch_and_unlink(live: str) -> None:
    """Switch to WAL, then delete the file: SQLite alone goes on acknowledging into it."""
    switch(live, "WAL")
    unlink(live)


def journal(live: str, other: str) -> None:
    """Lay the unfinished journal of another database beside this one."""
    with contextlib.closing(sqlite3.connect(other, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE").fetchall()
        _spoil(connection)
        shutil.copyfile(f"{other}-journal", f"{live}-journal")
        connection.execute("ROLLBACK")


def _spoil(connection: sqlite3.Connection) -> None:
    """Begin a transaction that has written to the file already, as one that is about to die."""
    connection.execute("PRAGMA ignore_check_constraints=ON")
    connection.execute("PRAGMA cache_size=2")
    connection.execute("BEGIN IMMEDIATE")
    for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f'DROP TRIGGER "{trigger}"')
    for table, column in (("series", "last_seq"), ("ledger_line", "amount_minor"), ("ledger_posting", "amount_minor")):
        connection.execute(f"UPDATE {table} SET {column} = {column} + 1")  # noqa: S608 - the names above
    connection.execute("CREATE TABLE scratch (filler)")
    connection.executemany("INSERT INTO scratch VALUES (?)", [("x" * 900,)] * 400)


def mode_bits(path: str, bits: str) -> None:
    """Change who may do what."""
    Path(path).chmod(int(bits, 8))


def hold(live: str) -> None:
    """Hold the write lock from now on."""
    connection = sqlite3.connect(live, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    _HELD.append(connection)


def hold_writing(live: str) -> None:
    """Hold the write lock, some pages written already."""
    connection = sqlite3.connect(live, isolation_level=None)
    _spoil(connection)
    _HELD.append(connection)


def let_go() -> None:
    """Give everything back."""
    while _HELD:
        _HELD.pop().close()


ACTS: dict[str, Callable[..., None]] = {
    act.__name__: act
    for act in (unlink, rename, replace, overwrite, restore, cut, switch, switch_and_unlink, journal, mode_bits)
} | {"hold": hold, "hold_writing": hold_writing, "let_go": let_go}


class OtherProgram:
    """The process, seen from the proof."""

    def __init__(self) -> None:
        """Start it."""
        command = [sys.executable, "-I", str(Path(__file__).resolve())]
        self._child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __enter__(self) -> Self:
        """Be there."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End it, whatever it holds."""
        self.kill()

    def order(self, act: str, *words: object, wait: float = 0.0) -> None:
        """Have something done soon."""
        assert self._child.stdin is not None
        self._child.stdin.write(json.dumps([wait, act, *map(str, words)]) + "\n")
        self._child.stdin.flush()

    def done(self) -> tuple[float, float]:
        """Wait until it was done; raise RuntimeError if it could not be."""
        assert self._child.stdout is not None
        answer = json.loads(self._child.stdout.readline())
        if len(answer) == 1:
            raise RuntimeError(answer[0])
        begun, ended = answer
        return begun, ended

    def do(self, act: str, *words: object) -> tuple[float, float]:
        """Have something done now."""
        self.order(act, *words)
        return self.done()

    def kill(self) -> None:
        """Kill it."""
        self._child.kill()
        with self._child:
            pass


def main() -> None:
    """Do what is asked for, line by line."""
    for line in sys.stdin:
        wait, act, *words = json.loads(line)
        threading.Event().wait(wait)  # the moment is chosen by chance: there is nothing to wait for
        begun = time.monotonic()
        try:
            ACTS[act](*words)
            answer: object = (begun, time.monotonic())
        except (OSError, sqlite3.Error) as error:
            answer = (f"{act}: {type(error).__name__}: {error}",)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
