"""The guards themselves: triggers, indexes, tables, roles; as the owner of the file or the server's superuser."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

import psycopg

from proof.tampering.bench import Case, Outcome, Verdict, said_of

Steps: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
"""Statements with their values, one after the other."""

_QUIET = (
    "CREATE TRIGGER {name} AFTER INSERT ON ledger_tender BEGIN "
    "UPDATE bill SET paid_minor = paid_minor WHERE bill_id = ''; END"
)


def on_sqlite(office: Path, key: bytes, folder: Path, named: str = "") -> Iterator[Outcome]:
    """Change the guards of a file one by one (those with a word in their name); the tables keep what they hold."""
    copy = folder / "guards.sqlite"
    with contextlib.closing(sqlite3.connect(f"file:{office}?mode=ro", uri=True)) as connection:
        parts = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    for name, steps in _sqlite_changes(parts):
        if named not in name:
            continue
        copy.write_bytes(office.read_bytes())
        case = Case(name, lambda _run: None, ())
        try:
            with contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as connection:
                for statement, values in steps:
                    connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            yield Outcome(case, Verdict.REFUSED, str(error))
            continue
        yield Outcome(case, *said_of(f"sqlite:///{copy}", key))


def _sqlite_changes(parts: Sequence[tuple[str, str, str]]) -> Iterator[tuple[str, Steps]]:
    for kind, name, sql in parts:
        if kind in {"trigger", "index"}:
            yield f"{kind} {name} dropped", _steps(f"DROP {kind} {name}")
        if kind == "trigger":
            weak = sql.replace("BEGIN", "WHEN 1 = 0 BEGIN", 1)
            yield f"trigger {name} made deaf", _steps(f"DROP TRIGGER {name}", weak)
        if kind == "table" and name != "alembic_version" and "CHECK" in sql:
            loose = sql.replace("CHECK (", "CHECK (1 = 1 OR ", 1)
            change = "UPDATE sqlite_master SET sql = ? WHERE type = 'table' AND name = ?"
            yield f"table {name}: a rule made true by writable_schema", _in_schema(change, loose, name)
    for name in ("quiet", "sqlitex_quiet", "SQLITEquiet", "customer_search_quiet"):
        yield f"a trigger {name} of one's own added", _steps(_QUIET.format(name=name))
    hidden = "INSERT INTO sqlite_master VALUES ('trigger', 'sqlite_quiet', 'ledger_tender', 0, ?)"
    yield "a trigger sqlite_quiet put in by writable_schema", _in_schema(hidden, _QUIET.format(name="sqlite_quiet"))
    for name, statement in _OTHERS.items():
        yield name, _steps(statement)


def _steps(*statements: str) -> Steps:
    return tuple((statement, ()) for statement in statements)


def _in_schema(statement: str, *values: str) -> Steps:
    """Write into SQLite's own table of the schema."""
    return ("PRAGMA writable_schema=ON", ()), (statement, values), ("PRAGMA writable_schema=RESET", ())


_OTHERS = {
    "a table added": "CREATE TABLE notes_of_mine (x)",
    "a view added": "CREATE VIEW everything AS SELECT * FROM ledger_event",
    "a column added": "ALTER TABLE ledger_tender ADD COLUMN mine INTEGER",
    "an index added": "CREATE INDEX mine ON ledger_tender (amount_minor)",
    "another revision claimed": "UPDATE alembic_version SET version_num = '0002'",
    "no revision at all": "DELETE FROM alembic_version",
}

POSTGRES: dict[str, str] = {
    "all triggers of a table disabled": "ALTER TABLE ledger_event DISABLE TRIGGER ALL",
    "one trigger disabled": "ALTER TABLE note_text DISABLE TRIGGER USER",
    "triggers made to fire on replicas only": "ALTER TABLE ledger_line ENABLE REPLICA TRIGGER ledger_line_update",
    "a trigger dropped": "DROP TRIGGER ledger_tender_delete ON ledger_tender",
    "a guard's function replaced": "CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RETURN COALESCE(NEW, OLD); END $$",
    "a table given to another owner": "ALTER TABLE ledger_event OWNER TO csr_app",
    "the program may update the ledger": "GRANT UPDATE ON ledger_tender TO csr_app",
    "the program may delete from the ledger": "GRANT DELETE ON ledger_event TO csr_app",
    "the program may empty the ledger": "GRANT TRUNCATE ON ledger_posting TO csr_app",
    "everybody may update one column": "GRANT UPDATE (amount_minor) ON ledger_line TO PUBLIC",
    "the program made a member of the owner": "GRANT csr_ledger_owner TO csr_app",
    "a rule that swallows rows": "CREATE RULE quiet AS ON INSERT TO ledger_note DO INSTEAD NOTHING",
    "row security that hides rows": "ALTER TABLE ledger_event ENABLE ROW LEVEL SECURITY",
    "a constraint dropped": "ALTER TABLE ledger_tender DROP CONSTRAINT {check}",
    "an index dropped": "DROP INDEX uq_batch_one_open_per_drawer",
    "a column added": "ALTER TABLE ledger_tender ADD COLUMN mine bigint",
    "a column may be empty": "ALTER TABLE ledger_tender ALTER COLUMN kind DROP NOT NULL",
    "a default given": "ALTER TABLE ledger_tender ALTER COLUMN department SET DEFAULT 'x'",
    "a table added": "CREATE TABLE mine (x bigint)",
    "a table that inherits from the ledger": "CREATE TABLE mine () INHERITS (ledger_tender)",
    "a table no longer logged": "ALTER TABLE print_outbox SET UNLOGGED",
    "a trigger of one's own": "CREATE TRIGGER mine AFTER INSERT ON ledger_tender "
    "FOR EACH ROW EXECUTE FUNCTION {function}()",
    "another revision claimed": "UPDATE alembic_version SET version_num = '0002'",
}
"""What a superuser may do to the guards of a database, and how."""


def on_postgres(url: str, key: bytes, fresh: Callable[[], str]) -> Iterator[Outcome]:
    """Change the guards of fresh copies of a database as its superuser; ``fresh`` makes one and gives its address."""
    with psycopg.connect(url, autocommit=True) as link:
        function = link.execute("SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace "
                                "AND prorettype = 'trigger'::regtype ORDER BY 1 LIMIT 1").fetchone()  # fmt: skip
        check = link.execute("SELECT conname FROM pg_constraint WHERE contype = 'c' "
                             "AND conrelid = 'ledger_tender'::regclass ORDER BY 1 LIMIT 1").fetchone()  # fmt: skip
    assert function is not None
    assert check is not None
    for name, statement in POSTGRES.items():
        copy = fresh()
        case = Case(name, lambda _run: None, ())
        filled = statement.replace("{function}", function[0]).replace("{check}", check[0])
        with psycopg.connect(copy, autocommit=True) as link:
            link.execute(filled.encode())
        try:
            yield Outcome(case, *said_of(copy, key))
        finally:
            if "csr_ledger_owner TO" in statement:  # roles belong to the server, not to the copy
                with psycopg.connect(copy, autocommit=True) as link:
                    link.execute("REVOKE csr_ledger_owner FROM csr_app")
