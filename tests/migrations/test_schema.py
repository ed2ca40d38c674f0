"""The migrations make what the models say, guarded as the ledger needs, all at once or not at all."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import create_engine

from csr_desk import locations
from csr_desk.data import fingerprint, schema
from csr_desk.data.engine import Store, open_store, parse_address
from csr_desk.data.models import LEDGER, metadata
from csr_desk.domain.errors import Trouble
from migrations.first_revision import empty_at
from postgres_cluster import Cluster, cluster

TABLES = [table.name for table in metadata.sorted_tables]


def made_by_models(address: str) -> list[tuple[str, ...]]:
    """Make the models' tables in an empty database and give its shape."""
    engine = create_engine(parse_address(address))
    with engine.begin() as connection:
        metadata.create_all(connection)
        rows = plain_shape(connection)
    engine.dispose()
    return rows


def plain_shape(connection: Any) -> list[tuple[str, ...]]:
    """Give the shape without triggers, functions, owners and the search index, which models do not know."""
    rows = [row for row in fingerprint.shape(connection) if "customer_search" not in row]
    if connection.dialect.name == "sqlite":
        return [(row[0], *row[1:4], in_order(row[4])) for row in rows if row[1] != "trigger"]
    return [row for row in rows if row[0] in {"0", "1", "2"}]


def in_order(statement: str) -> str:
    """Write a statement with its columns and rules in one order: SQLite adds a later column behind the rules."""
    head, _, rest = statement.partition("(")
    body, _, tail = rest.rpartition(")")
    parts, depth, part = [], 0, ""
    for mark in body:
        depth += {"(": 1, ")": -1}.get(mark, 0)
        if mark == "," and not depth:
            parts.append(part)
            part = ""
        else:
            part += mark
    parts.append(part)
    ordered = sorted("".join(each.split()) for each in parts)
    return "".join(head.split()) + "(" + ",".join(ordered) + ")" + "".join(tail.split())


@pytest.fixture
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give an address with nothing in it, on the engine that the test asks for."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'bare.db'}"
        return
    server: Cluster = request.getfixturevalue("postgres")
    server.execute("CREATE DATABASE bare")
    yield server.url("bare")
    server.execute("DROP DATABASE bare WITH (FORCE)")


on_both = pytest.mark.parametrize("bare_url", ["sqlite", "postgresql"], indirect=True)


@on_both
def test_the_migrations_make_exactly_the_tables_of_the_models(bare_url: str, request: pytest.FixtureRequest) -> None:
    engine = parse_address(bare_url).get_backend_name()
    store = open_store(request.getfixturevalue("sqlite_url" if engine == "sqlite" else "postgres_url"))
    with store.engine.connect() as connection:
        migrated = plain_shape(connection)
    store.close()
    assert len(migrated) > len(TABLES)
    assert migrated == made_by_models(bare_url)


def test_the_committed_fingerprint_is_that_of_a_fresh_database(store: Store) -> None:
    with store.engine.connect() as connection:
        found = fingerprint.hash_of(fingerprint.shape(connection))
    assert found == schema.FINGERPRINTS[schema.HEAD, store.dialect]


@on_both
@pytest.mark.parametrize("revision", schema.KNOWN[:-1])
def test_a_database_of_any_older_revision_ends_up_just_like_a_fresh_one(bare_url: str, revision: str) -> None:
    empty_at(bare_url, revision).close()
    store = open_store(bare_url)
    with store.engine.connect() as connection:
        assert schema.revision_of(connection) == schema.HEAD
        found = fingerprint.hash_of(fingerprint.shape(connection))
    store.close()
    assert found == schema.FINGERPRINTS[schema.HEAD, store.dialect]


@pytest.mark.parametrize("statement", ["reference = ?", "reference IN (?, ?)"])
def test_payments_are_found_by_the_bill_that_they_name(sqlite_url: str, statement: str) -> None:
    query = f"EXPLAIN QUERY PLAN SELECT seq FROM ledger_line WHERE {statement}"  # noqa: S608 - written here
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as connection:
        plan = connection.execute(query, ["B-1001"] * statement.count("?")).fetchall()
    assert "ix_ledger_line_reference" in str(plan)


def test_the_newest_revision_of_the_folder_is_the_one_the_program_expects() -> None:
    files = sorted(path.name for path in (locations.migrations() / "versions").glob("[0-9]*.py"))
    assert [name.split("_")[0] for name in files] == list(schema.KNOWN)
    assert schema.KNOWN[-1] == schema.HEAD


def test_nothing_cascades_and_every_reference_restricts() -> None:
    for table in metadata.sorted_tables:
        for constraint in table.foreign_key_constraints:
            assert constraint.ondelete == "RESTRICT", f"{table.name}: {constraint.name}"
            assert constraint.onupdate is None


def test_every_table_of_sqlite_is_strict(sqlite_url: str) -> None:
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as connection:
        rows = connection.execute("PRAGMA table_list").fetchall()
    strict = {name for _, name, kind, _, _, strict in rows if kind == "table" and strict}
    assert strict == set(TABLES)


@pytest.mark.parametrize("wrong", ["'abc'", "12.5", "1e19", "10000000000001"])
def test_money_is_whole_cents_within_bounds_or_nothing(sqlite_url: str, wrong: str) -> None:
    columns = "deposit_id, office_id, business_date, bag, state, cash_minor, checks_minor, other_minor, prepared_by"
    values = f"'1', 'HPC', '2026-07-14', '1', 'prepared', {wrong}, 0, 0, 'a', 'b', 'HPC', 1"
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as connection:
        with pytest.raises(sqlite3.IntegrityError, match=r"CHECK|cannot store"):
            connection.execute(f"INSERT INTO deposit ({columns}, verified_by, series_id, seq) VALUES ({values})")  # noqa: S608
        fine = values.replace(wrong, "10000000000000")
        connection.execute(f"INSERT INTO deposit ({columns}, verified_by, series_id, seq) VALUES ({fine})")  # noqa: S608


def test_each_ledger_table_has_its_guards(store: Store) -> None:
    with store.engine.connect() as connection:
        words = {word for row in fingerprint.shape(connection) for word in row}
    for table in LEDGER:
        assert {f"{table.name}_{act}" for act in ("insert", "update", "delete")} <= words


def backups_there() -> set[Path]:
    """Name every backup of this station."""
    return set((locations.data_folder() / "backups").rglob("*.sqlite"))


@on_both
def test_an_empty_database_is_brought_up_at_once_and_gets_no_backup(bare_url: str, tmp_path: Path) -> None:
    before = backups_there()
    if bare_url.startswith("sqlite"):
        (tmp_path / "bare.db").touch()
    open_store(bare_url, create=False).close()
    open_store(bare_url).close()
    assert backups_there() == before


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (a)")
    with pytest.raises(Trouble, match="belongs to another program"):
        open_store(str(path))


def test_a_newer_database_is_refused(store: Store, database_url: str, postgres: Cluster) -> None:
    newer = "UPDATE alembic_version SET version_num = '9999'"
    if store.dialect == "sqlite":
        with closing(sqlite3.connect(database_url.removeprefix("sqlite:///"))) as connection, connection:
            connection.execute(newer)
    else:
        with psycopg.connect(database_url) as link:
            link.execute(newer)
    with pytest.raises(Trouble, match="newer version"):
        open_store(database_url)


@pytest.mark.parametrize("statement", ["DROP TRIGGER ledger_line_update", "DROP INDEX uq_batch_one_open_per_drawer"])
def test_a_database_without_one_of_its_guards_is_not_opened(sqlite_url: str, statement: str) -> None:
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as connection:
        connection.execute(statement)
    with pytest.raises(Trouble, match=r"guards were altered|lost the index"):
        open_store(sqlite_url)


def test_a_switched_off_guard_is_noticed_on_postgresql(postgres_url: str) -> None:
    with psycopg.connect(postgres_url, autocommit=True) as link:
        link.execute("ALTER TABLE ledger_event DISABLE TRIGGER ledger_event_update")
    with pytest.raises(Trouble, match="guards were altered"):
        open_store(postgres_url)


NEXT = """
from alembic import op
import sqlalchemy as sa
revision = "9001"
down_revision = "{before}"
def upgrade():
    op.add_column("ledger_line", sa.Column("{first}", sa.Text()))
    op.add_column("ledger_line", sa.Column("{second}", sa.Text()))
"""


@pytest.fixture
def next_revision(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Pretend that the program has grown a second revision; it adds two columns to the ledger's lines."""
    folder = tmp_path / "migrations"
    shutil.copytree(locations.migrations(), folder, ignore=shutil.ignore_patterns("__pycache__"))
    revision = folder / "versions" / "9001_next.py"
    revision.write_text(NEXT.format(first="color", second="size", before=schema.HEAD), encoding="utf-8")
    monkeypatch.setattr(locations, "migrations", lambda: folder)
    monkeypatch.setattr(schema, "KNOWN", (*schema.KNOWN, "9001"))
    monkeypatch.setattr(schema, "HEAD", "9001")
    monkeypatch.setattr(schema, "refuse_altered", lambda _connection: None)
    return revision


def columns_of(store: Store) -> set[str]:
    """Name the columns of the ledger's lines."""
    query = (
        "SELECT name FROM pragma_table_info('ledger_line')"
        if store.dialect == "sqlite"
        else "SELECT column_name FROM information_schema.columns WHERE table_name = 'ledger_line'"
    )
    with store.engine.connect() as connection:
        return set(connection.exec_driver_sql(query).scalars())


def test_an_older_database_is_brought_up_and_keeps_its_guards(
    database_url: str, next_revision: Path, tmp_path: Path
) -> None:
    store = open_store(database_url)
    assert {"color", "size"} <= columns_of(store)
    with store.engine.connect() as connection:
        words = {word for row in fingerprint.shape(connection) for word in row}
    assert {"ledger_line_insert", "ledger_line_update", "ledger_line_delete"} <= words
    store.close()


def test_a_revision_that_fails_half_way_leaves_the_database_as_it_was(
    store: Store, database_url: str, next_revision: Path
) -> None:
    before = columns_of(store)
    next_revision.write_text(NEXT.format(first="color", second="color", before=schema.KNOWN[-2]), encoding="utf-8")
    with pytest.raises(Trouble):
        open_store(database_url)
    assert columns_of(store) == before


def test_several_databases_of_a_new_server_are_made_at_the_same_time(postgres: Cluster) -> None:
    names = [f"together_{number}" for number in range(4)]
    faults: list[BaseException] = []
    with cluster() as server:
        server.execute(*(f"CREATE DATABASE {name}" for name in names))

        def make(name: str) -> None:
            try:
                open_store(server.url(name)).close()
            except BaseException as error:  # noqa: BLE001 - whatever it is, the test shows it
                faults.append(error)

        threads = [threading.Thread(target=make, args=(name,)) for name in names]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with psycopg.connect(server.url("postgres")) as link:
            roles = link.execute("SELECT rolname, rolcanlogin FROM pg_roles WHERE rolname LIKE 'csr_%'").fetchall()
    assert faults == []
    assert dict(roles) == {"csr_app": False, "csr_ledger_owner": False}
