"""Where tampering is tried: a fresh copy of the office for each change, an administrator's hands, the real verifier."""

# ruff: noqa: S608 - the statements are put together from the tables' own names

from __future__ import annotations

import contextlib
import sqlite3
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol, TypeAlias

import psycopg

from csr_desk.data.models import metadata
from csr_desk.data.verify import verify
from csr_desk.domain.errors import Trouble

Run: TypeAlias = Callable[..., list[tuple[Any, ...]]]
"""Runs a statement with ``?`` marks and its values; gives the rows of a query."""
Rows: TypeAlias = list[dict[str, Any]]

SEARCH = "customer_search"
"""The index that finds customers: each engine's own, no table of the models."""


class Verdict(StrEnum):
    """What came of a change."""

    FOUND = "found"
    """The verifier named a fault, or refused in a sentence."""
    UNNOTICED = "unnoticed"
    """The database was changed and the verifier said that all is well."""
    REFUSED = "refused"
    """The database itself did not take it, from an administrator either, or nothing differs afterwards."""
    BROKE = "broke"
    """The verifier did not end in words."""


@dataclass(frozen=True, slots=True)
class Case:
    """One way to change the database behind the program's back."""

    name: str
    change: Callable[[Run], object]
    tables: tuple[str, ...]
    """What it touches (PostgreSQL puts these back afterwards); none: it changes the schema."""
    column: str = ""
    row: Mapping[str, Any] = field(default_factory=dict)
    """The row as it was, where the case changes one."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A case and what the verifier said."""

    case: Case
    verdict: Verdict
    said: str


class Bench(Protocol):
    """An office on one engine, ready to be changed again and again."""

    engine: str
    key: bytes

    def judge(self, case: Case) -> Outcome:
        """Change a copy, verify it, put everything back."""

    def rows(self, table: str) -> Rows:
        """Return a table as it was before anybody touched it, by its primary key."""


def said_of(url: str, key: bytes) -> tuple[Verdict, str]:
    """Verify as an auditor does, in this process."""
    try:
        report = verify(url, key, processes=1)
    except Trouble as refusal:
        return Verdict.FOUND, str(refusal)
    except Exception:  # noqa: BLE001 - whatever else comes is what this proof looks for
        return Verdict.BROKE, traceback.format_exc(limit=-3)
    return (Verdict.UNNOTICED, "") if report.ok else (Verdict.FOUND, str(report.first_fault))


class SqliteBench:
    """A file in memory, copied for each case; the guards are lifted and put back so that nobody sees."""

    engine = "sqlite"

    def __init__(self, office: Path, key: bytes, folder: Path) -> None:
        """Keep the untouched office."""
        self.key = key
        self.office = office
        self.copy = folder / "tampered.sqlite"
        self._whole = office.read_bytes()
        self._kept: dict[str, list[tuple[Any, ...]]] = {}

    def judge(self, case: Case) -> Outcome:
        """Change a copy, verify it."""
        self.copy.write_bytes(self._whole)
        try:
            with _administrator(self.copy) as run:
                case.change(run)
                if self._same(case, run):
                    return Outcome(case, Verdict.REFUSED, "nothing changed")
        except sqlite3.Error as error:
            return Outcome(case, Verdict.REFUSED, str(error))
        return Outcome(case, *said_of(f"sqlite:///{self.copy}", self.key))

    def _same(self, case: Case, run: Run) -> bool:
        """Say whether all the tables that a case touches hold what they held."""
        for table in case.tables:
            if table not in self._kept:
                self._kept[table] = [tuple(row.values()) for row in self.rows(table)]
            if run(f"SELECT * FROM {table} ORDER BY {order(table)}") != self._kept[table]:
                return False
        return bool(case.tables)

    def rows(self, table: str) -> Rows:
        """Read a table of the untouched file."""
        with contextlib.closing(sqlite3.connect(f"file:{self.office}?mode=ro", uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY {order(table)}")]


@contextlib.contextmanager
def _administrator(path: Path) -> Iterator[Run]:
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for setting in ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF", "ignore_check_constraints=ON"):
            connection.execute(f"PRAGMA {setting}")
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        connection.execute("BEGIN")
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        yield lambda statement, *values: connection.execute(statement, values).fetchall()
        for _, statement in guards:
            connection.execute(statement)
        connection.execute("COMMIT")


class PostgresBench:
    """A database and its superuser with the guards switched off; what a case touched is written back from memory."""

    engine = "postgresql"

    def __init__(self, url: str, key: bytes) -> None:
        """Remember the whole office."""
        self.key = key
        self.url = url
        self.link = psycopg.connect(url, autocommit=True)
        self.link.execute("SET session_replication_role = replica")
        self._kept = {name: self._read(name) for name in (*metadata.tables, SEARCH)}
        guards = self.link.execute(
            "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace"
        ).fetchall()
        self._guards = {table: [name for held, name in guards if held == table] for table in self._kept}

    def close(self) -> None:
        """Let the database go."""
        self.link.close()

    def judge(self, case: Case) -> Outcome:
        """Change the database, verify it, write back what was touched."""
        try:
            with self.link.transaction(), self._unguarded(case.tables):
                case.change(self._run)
        except psycopg.Error as error:
            return Outcome(case, Verdict.REFUSED, str(error).splitlines()[0])
        if case.tables and all(self._read(table) == self._kept[table] for table in case.tables):
            return Outcome(case, Verdict.REFUSED, "nothing changed")
        try:
            return Outcome(case, *said_of(self.url, self.key))
        finally:
            self._write_back(case.tables)

    def rows(self, table: str) -> Rows:
        """Return a table as it was."""
        return self._kept[table]

    @contextlib.contextmanager
    def _unguarded(self, tables: Sequence[str]) -> Iterator[None]:
        """Switch the guards of tables off, and on again just as they were."""
        guarded = [table for table in tables if self._guards[table]]
        for table in guarded:
            self.link.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER".encode())
        yield
        for table in guarded:
            for name in self._guards[table]:
                self.link.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}".encode())

    def _run(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        cursor = self.link.execute(statement.replace("%", "%%").replace("?", "%s").encode(), values)
        return cursor.fetchall() if cursor.description else []

    def _read(self, table: str) -> Rows:
        with self.link.cursor(row_factory=psycopg.rows.dict_row) as cursor:
            return cursor.execute(f"SELECT * FROM {table} ORDER BY {order(table)}".encode()).fetchall()

    def _write_back(self, tables: Sequence[str]) -> None:
        with self.link.transaction(), self._unguarded(tables), self.link.cursor() as cursor:
            for table in tables:
                cursor.execute(f"DELETE FROM {table}".encode())
                if not self._kept[table]:
                    continue
                names = list(self._kept[table][0])
                columns, marks = ", ".join(f'"{name}"' for name in names), ", ".join("%s" for _ in names)
                insert = f"INSERT INTO {table} ({columns}) VALUES ({marks})".encode()
                cursor.executemany(insert, [[row[name] for name in names] for row in self._kept[table]])


def order(table: str) -> str:
    """Name the columns of a table's key."""
    if table == SEARCH:
        return "search_row"
    return ", ".join(column.name for column in metadata.tables[table].primary_key)
