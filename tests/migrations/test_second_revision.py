"""An office of the first release is brought to revision 0002, wholly or not at all; what was sealed stays sealed."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError

from csr_desk.data import backup_folder, fingerprint, schema
from csr_desk.data.engine import Store, open_store
from csr_desk.data.models import LEDGER
from csr_desk.data.unit_of_work import write
from csr_desk.data.verify import verify
from csr_desk.domain.backups import BackupKind
from csr_desk.domain.errors import Trouble
from csr_desk.domain.ledger import TenderRole, TenderRow
from data.office import AT, sale
from migrations.first_revision import REVISION, make, open_as_it_is
from postgres_cluster import Cluster

ENTRIES = 8
"""What the first release had recorded: an opening, five sales, a void, an entry of the office."""


@pytest.fixture(scope="module")
def first_file(tmp_path_factory: pytest.TempPathFactory, station_home: Path) -> Path:
    """Make the office of the first release once on SQLite."""
    path = tmp_path_factory.mktemp("first") / "first.db"
    make(f"sqlite:///{path}")
    return path


@pytest.fixture
def old_file(first_file: Path, tmp_path: Path) -> Path:
    """Give a copy of it."""
    path = tmp_path / "office.db"
    shutil.copyfile(first_file, path)
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def old_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Give the office of the first release on each engine."""
    if request.param == "sqlite":
        yield f"sqlite:///{request.getfixturevalue('old_file')}"
        return
    server: Cluster = request.getfixturevalue("postgres")
    server.execute("CREATE DATABASE first_release")
    make(server.url("first_release"))
    yield server.url("first_release")
    server.execute("DROP DATABASE first_release WITH (FORCE)")


def contents(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Read every row of every table that revision 0001 had, in its columns of then; sorted."""
    with store.engine.connect() as connection:
        tables = FIRST_COLUMNS or {
            table: [str(name) for name in connection.exec_driver_sql(f"SELECT * FROM {table} LIMIT 0").keys()]  # noqa: S608, SIM118
            for table in sorted(fingerprint.table_names(connection) - {"alembic_version"})
        }
        FIRST_COLUMNS.update(tables)
        return {
            table: sorted(
                (tuple(row) for row in connection.exec_driver_sql(f"SELECT {', '.join(quoted(columns))} FROM {table}")),  # noqa: S608
                key=repr,
            )
            for table, columns in tables.items()
        }


FIRST_COLUMNS: dict[str, list[str]] = {}


def quoted(names: list[str]) -> list[str]:
    """Quote names: one of them is a word of SQL."""
    return [f'"{name}"' for name in names]


def before(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Read what the office holds before it is brought up."""
    store = open_as_it_is(url)
    try:
        return contents(store)
    finally:
        store.close()


def revision_of(path: Path) -> str:
    """Say at which revision a file is, and check that it is wholly that: tables, columns, guards."""
    store = open_as_it_is(f"sqlite:///{path}")
    try:
        with store.engine.connect() as connection:
            revision = schema.revision_of(connection)
            assert revision is not None
            assert schema.schema_fault(connection, revision) is None
            return revision
    finally:
        store.close()


def test_what_was_sealed_before_verifies_and_new_entries_go_on_in_the_same_series(old_url: str) -> None:
    store = open_store(old_url)
    try:
        assert verify(store).first_fault is None
        new = sale("new", 14_582)
        check = TenderRow(1, "check", TenderRole.TAKEN, 14_582, check_number="105", account_hash="ab" * 32)
        with write(store) as work:
            written = work.append(replace(new, tenders=(check,)), AT)
        assert written.receipt == "HPC1-0000007"
        found = verify(store)
        assert (found.first_fault, found.checked, found.receipts) == (None, ENTRIES + 1, 7)
        with store.engine.connect() as connection:
            rows = connection.exec_driver_sql("SELECT chain_version, COUNT(*) FROM ledger_event GROUP BY 1 ORDER BY 1")
            assert [tuple(row) for row in rows] == [(1, ENTRIES), (2, 1)]
    finally:
        store.close()


def test_no_row_and_no_sum_changes_but_the_program_joins_the_staff(old_url: str) -> None:
    old = before(old_url)
    store = open_store(old_url)
    new = contents(store)
    store.close()
    joined = [row for row in new["staff"] if row not in old["staff"]]
    assert [row[0] for row in joined] == ["csr-desk"]
    new["staff"] = old["staff"]
    assert new == old
    at = FIRST_COLUMNS["ledger_tender"].index("amount_minor")
    # 64.37 + 203.11 + 1.31 + 48.60 + 1.50 - 48.60 = 270.29
    assert sum(row[at] for row in new["ledger_tender"]) == 27_029


def test_the_program_is_of_the_staff_but_nobody_can_sign_in_as_it(old_url: str) -> None:
    store = open_store(old_url)
    with store.engine.connect() as connection:
        query = "SELECT active, secret_hash FROM staff WHERE user_id = 'csr-desk'"
        rows = connection.exec_driver_sql(query).all()
    store.close()
    assert [tuple(row) for row in rows] == [(0, "-")]


def test_every_guard_is_there_and_works(old_url: str) -> None:
    store = open_store(old_url)
    try:
        with store.engine.connect() as connection:
            assert schema.schema_fault(connection) is None
            words = {word for row in fingerprint.shape(connection) for word in row}
        for table in LEDGER:
            assert {f"{table.name}_{act}" for act in ("insert", "update", "delete")} <= words
        for statement in (
            "UPDATE ledger_tender SET account_hash = 'x' WHERE seq = 2",
            "DELETE FROM ledger_event WHERE seq = 2",
        ):
            with pytest.raises(DBAPIError), store.write_engine.begin() as connection:
                connection.exec_driver_sql(statement)
    finally:
        store.close()


def test_a_file_is_copied_before_it_is_brought_up_and_the_copy_is_as_it_was(old_file: Path) -> None:
    store = open_store(f"sqlite:///{old_file}")
    one = backup_folder.listed(backup_folder.folder_of(store.install_uuid), store.key)[0]
    store.close()
    assert (one.fault, one.manifest.kind, one.manifest.content.schema) == ("", BackupKind.MIGRATION, REVISION)
    assert revision_of(one.path) == REVISION
    assert revision_of(old_file) == schema.HEAD


def test_an_altered_ledger_is_not_brought_up_to_date_and_stays_as_it_was(old_file: Path) -> None:
    with closing(sqlite3.connect(old_file, isolation_level=None)) as link:
        guard = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name = 'ledger_tender_update'"
        ((name, statement),) = link.execute(guard).fetchall()
        link.execute(f"DROP TRIGGER {name}")
        link.execute("UPDATE ledger_tender SET amount_minor = amount_minor + 1 WHERE series_id = 'HPC-1' AND seq = 3")
        link.execute(statement)
    with pytest.raises(Trouble, match="The backup is not good"):
        open_store(f"sqlite:///{old_file}")
    assert revision_of(old_file) == REVISION


@pytest.mark.parametrize("change", ["account_hash = 'ab'", "check_date = '2026-07-14'"])
def test_an_old_entry_to_which_somebody_adds_what_came_later_is_found_out(old_file: Path, change: str) -> None:
    store = open_store(f"sqlite:///{old_file}")
    store.close()
    with closing(sqlite3.connect(old_file, isolation_level=None)) as link:
        guard = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name = 'ledger_tender_update'"
        ((name, statement),) = link.execute(guard).fetchall()
        link.execute(f"DROP TRIGGER {name}")
        link.execute(f"UPDATE ledger_tender SET {change} WHERE series_id = 'HPC-1' AND seq = 3")  # noqa: S608
        link.execute(statement)
    fault = verify(f"sqlite:///{old_file}").first_fault
    assert fault is not None
    assert "HPC-1, entry 3" in fault
    assert "its seal does not know" in fault


class Stop(Exception):
    """The power fails here."""


@contextmanager
def stopping_at(number: int) -> Iterator[list[int]]:
    """Fail before the statement of that number; count those that were run, but for what only reads a backup anew."""
    seen = [0]

    def watch(connection: Connection, *_arguments: Any) -> None:
        seen[0] += bool(connection.engine.url.database)
        if seen[0] == number and connection.engine.url.database:
            raise Stop

    event.listen(Engine, "before_cursor_execute", watch)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", watch)


def statements(path: Path, first_file: Path) -> int:
    """Count the statements of opening an old file."""
    shutil.copyfile(first_file, path)
    with stopping_at(0) as seen:
        open_store(f"sqlite:///{path}").close()
    return seen[0]


def test_an_error_at_a_statement_leaves_one_revision_or_the_other(first_file: Path, tmp_path: Path) -> None:
    count = statements(tmp_path / "whole.db", first_file)
    assert count > 30
    left = []
    for number in range(1, count + 1, 2):
        path = tmp_path / f"at-{number}.db"
        shutil.copyfile(first_file, path)
        with pytest.raises(Stop), stopping_at(number):
            open_store(f"sqlite:///{path}")
        left.append(revision_of(path))
        store = open_store(f"sqlite:///{path}")
        assert verify(store).first_fault is None
        store.close()
    # once it is brought up it stays so, and most statements are those that bring it up
    assert left == sorted(left)
    assert left.count(REVISION) > 30


KILLER = """
import os, signal, sys
import alembic.command, alembic.config  # once, not in every child
from pathlib import Path
from sqlalchemy import Engine, event
from csr_desk.data.engine import open_store

def at(number):
    seen = [0]
    def watch(connection, *_arguments):
        seen[0] += bool(connection.engine.url.database)  # but for what only reads a backup anew
        if seen[0] == number:
            os.kill(os.getpid(), signal.SIGKILL)
    event.listen(Engine, "before_cursor_execute", watch)

for number, path in (argument.split(" ", 1) for argument in sys.argv[1:]):
    child = os.fork()
    if not child:
        at(int(number))
        open_store(f"sqlite:///{path}").close()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    print(os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is killed where there are processes to fork")
def test_a_process_that_is_killed_at_a_statement_leaves_one_revision_or_the_other(
    first_file: Path, tmp_path: Path
) -> None:
    # deaths at every write of a large office are proved by make prove-night
    numbers = [*range(1, statements(tmp_path / "whole.db", first_file) + 1, 6)]
    paths = [tmp_path / f"killed-{number}.db" for number in numbers]
    for path in paths:
        shutil.copyfile(first_file, path)
    command = [sys.executable, "-c", KILLER, *(f"{number} {path}" for number, path in zip(numbers, paths, strict=True))]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=240)
    assert [int(line) for line in done.stdout.split()] == [signal.SIGKILL] * len(numbers), done.stderr
    left = []
    for path in paths:
        left.append(revision_of(path))
        store = open_store(f"sqlite:///{path}")
        assert verify(store).first_fault is None
        store.close()
    assert left == sorted(left)
    assert left.count(REVISION) > 20


@pytest.mark.parametrize("number", [12, 25, 40])
def test_an_error_in_the_middle_leaves_a_server_at_the_first_revision(postgres: Cluster, number: int) -> None:
    postgres.execute("CREATE DATABASE half_way")
    url = postgres.url("half_way")
    make(url)
    try:
        with pytest.raises((Stop, Trouble)), stopping_at(number):
            open_store(url)
        store = open_as_it_is(url)
        with store.engine.connect() as connection:
            assert schema.revision_of(connection) == REVISION
            assert schema.schema_fault(connection, REVISION) is None
        store.close()
        store = open_store(url)
        assert verify(store).first_fault is None
        store.close()
    finally:
        postgres.execute("DROP DATABASE half_way WITH (FORCE)")
