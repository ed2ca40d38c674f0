"""The database itself refuses what would change the ledger, whoever asks and by whatever statement."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, Table
from sqlalchemy.exc import DBAPIError, IntegrityError

from csr_desk import locations
from csr_desk.data import models, schema
from csr_desk.data.engine import Store
from csr_desk.data.ledger_writer import entry_rows, seal
from csr_desk.data.models import LEDGER, ledger_event, ledger_line, ledger_posting, note_text
from csr_desk.data.postgres import APP_ROLE
from csr_desk.data.unit_of_work import read, write
from csr_desk.domain.ledger import ANY_DAY, MONEY, NUMBERED, EntryDraft, EventKey, EventKind
from data.office import AT, DAY, sale
from postgres_cluster import Cluster

SEALED = (*LEDGER, note_text)


@pytest.fixture
def recorded(office: Store) -> Store:
    """Record one sale with a note."""
    with write(office) as work:
        work.append(sale("a"), AT)
    return office


@contextmanager
def refused(store: Store, match: str = "ledger:") -> Iterator[None]:
    """Expect that what is done in here is refused by a guard, and that the books are as before."""
    before = contents(store)
    with pytest.raises(DBAPIError, match=match):
        yield
    assert contents(store) == before


def contents(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Read every row of every ledger table."""
    with read(store) as work:
        return {table.name: sorted(tuple(row) for row in work.conn.execute(table.select())) for table in SEALED}


def first_row(store: Store, table: Table) -> dict[str, Any]:
    """Read one row as it is stored."""
    with read(store) as work:
        return dict(work.conn.execute(table.select()).mappings().first() or {})


BARRED = r"ledger:|permission denied"
"""SQLite's triggers refuse; on PostgreSQL the program's role may not even try."""


@pytest.mark.parametrize("table", SEALED, ids=lambda table: table.name)
def test_a_row_cannot_be_changed(recorded: Store, table: Table) -> None:
    for column in table.columns:
        with refused(recorded, BARRED), write(recorded) as work:
            work.conn.execute(table.update().values({column.name: column}))


@pytest.mark.parametrize("table", LEDGER, ids=lambda table: table.name)
def test_a_row_cannot_be_deleted(recorded: Store, table: Table) -> None:
    with refused(recorded, BARRED), write(recorded) as work:
        work.conn.execute(table.delete())


@pytest.mark.parametrize("table", SEALED, ids=lambda table: table.name)
def test_a_row_cannot_be_added_to_a_sealed_entry(recorded: Store, table: Table) -> None:
    row = first_row(recorded, table)
    if "n" in row:
        row["n"] = 99
    with refused(recorded), write(recorded) as work:
        work.conn.execute(table.insert(), row)


@pytest.mark.parametrize("recursive", ["ON", "OFF"])
@pytest.mark.parametrize("table", SEALED, ids=lambda table: table.name)
def test_a_row_cannot_be_replaced(sqlite_office: Store, table: Table, recursive: str) -> None:
    with write(sqlite_office) as work:
        work.append(sale("a"), AT)
    row = first_row(sqlite_office, table)
    with sqlite_office.write_engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA recursive_triggers={recursive}")
        with refused(sqlite_office):
            connection.execute(table.insert().prefix_with("OR REPLACE"), row)
        connection.rollback()


def draft_rows(store: Store, draft: EntryDraft, **event: Any) -> dict[str, list[dict[str, Any]]]:
    """Lay out an entry rightly sealed for the next place of its series, then alter the event."""
    with read(store) as work:
        head = work.conn.execute(models.series.select().where(models.series.c.series_id == draft.series)).one()
    number = head.last_receipt_no + 1 if draft.kind is not EventKind.NO_SALE else None
    rows = entry_rows(draft, head.last_seq + 1, number, AT, "USD")
    rows["ledger_event"][0] |= {"prev_mac": bytes(head.head_mac), "mac": b"\0" * 32} | event
    rows["ledger_event"][0]["mac"] = seal(store.key, rows["ledger_event"][0]["prev_mac"], rows)
    return rows


def insert(connection: Connection, rows: dict[str, list[dict[str, Any]]]) -> None:
    """Insert the rows of an entry as the writer does: the event last."""
    for table in (*LEDGER[1:], note_text, ledger_event):
        if rows[table.name]:
            connection.execute(table.insert(), rows[table.name])


WRONG_EVENTS: list[tuple[str, dict[str, Any]]] = [
    ("numbered without a gap", {"seq": 7}),
    ("receipts are numbered without a gap", {"receipt_no": 5}),
    ("receipt number is missing", {"receipt_no": None}),
    ("does not follow", {"prev_mac": b"\1" * 32}),
    ("business date is not open", {"business_date": "2026-07-13"}),
    ("recorded already", {"idem_key": "a"}),
    ("void names", {"kind": "void"}),
]


@pytest.mark.parametrize(("sentence", "change"), WRONG_EVENTS, ids=[sentence for sentence, _ in WRONG_EVENTS])
def test_an_entry_that_breaks_a_rule_is_refused(recorded: Store, sentence: str, change: dict[str, Any]) -> None:
    rows = draft_rows(recorded, sale("b"), **change)
    if "seq" in change:
        for table in (*LEDGER[1:], note_text):
            for row in rows[table.name]:
                row["seq"] = change["seq"]
    with refused(recorded, sentence), write(recorded) as work:
        insert(work.conn, rows)


def test_an_entry_right_in_everything_is_accepted_by_hand(recorded: Store) -> None:
    with write(recorded) as work:
        insert(work.conn, draft_rows(recorded, sale("b")))
    assert len(contents(recorded)["ledger_event"]) == 2


def test_postings_that_do_not_sum_to_zero_are_refused(recorded: Store) -> None:
    rows = draft_rows(recorded, sale("b"))
    rows["ledger_posting"][0]["amount_minor"] += 1
    with refused(recorded, "sum to zero"), write(recorded) as work:
        insert(work.conn, rows)


@pytest.mark.parametrize(("left_out", "sentence"), [(ledger_posting, "money needs postings"), (ledger_line, "a line")])
def test_a_sale_without_lines_or_postings_is_refused(recorded: Store, left_out: Table, sentence: str) -> None:
    rows = draft_rows(recorded, sale("b"))
    rows[left_out.name] = []
    with refused(recorded, sentence), write(recorded) as work:
        insert(work.conn, rows)


def test_rows_without_their_entry_are_refused_at_the_end(recorded: Store) -> None:
    rows = draft_rows(recorded, sale("b"))
    with refused(recorded, "(?i)foreign key"), write(recorded) as work:
        work.conn.execute(ledger_line.insert(), rows["ledger_line"])


def test_an_entry_is_voided_once(recorded: Store) -> None:
    void = sale("v1", kind=EventKind.VOID, reverses=EventKey("HPC-1", 1))
    with write(recorded) as work:
        work.append(void, AT)
    with refused(recorded, "void already"), write(recorded) as work:
        work.append(sale("v2", kind=EventKind.VOID, reverses=EventKey("HPC-1", 1)), AT)


def test_a_closed_day_takes_no_money_and_is_never_opened_again(recorded: Store) -> None:
    day = models.day
    with write(recorded) as work:
        work.conn.execute(day.update().values(state="closed"))
    with refused(recorded, "not open"), write(recorded) as work:
        work.append(sale("b"), AT)
    with refused(recorded, "stays closed"), write(recorded) as work:
        work.conn.execute(day.update().values(state="open"))
    earlier = {"business_date": "2026-07-13", "office_id": "HPC", "state": "open"}
    with refused(recorded, "before one that is closed"), write(recorded) as work:
        work.conn.execute(day.insert(), earlier)
    with refused(recorded, BARRED), write(recorded) as work:
        work.conn.execute(day.delete())


def test_an_office_act_is_recorded_on_a_closed_day_but_never_money(recorded: Store) -> None:
    with write(recorded) as work:
        work.conn.execute(models.day.update().values(state="closed"))
        reprint = EntryDraft("HPC", EventKind.REPRINT, DAY, "clerk1", "r1")
        assert work.append(reprint, AT).receipt is None
    bare = sale("d", kind=EventKind.DEPOSIT_CONFIRMED, series="HPC", lines=(), tenders=(), notes={})
    with refused(recorded, "not open"), write(recorded) as work:
        work.append(bare, AT)


def test_a_drawer_cannot_be_open_twice(office: Store) -> None:
    batch = {"drawer_id": "HPC-1", "business_date": DAY.isoformat(), "custodian_id": "clerk1", "suspended": 0}
    batch |= {"attempts": 0, "opened_seq": 1}
    with write(office) as work:
        work.conn.execute(models.batch.insert(), batch | {"batch_id": "1", "state": "accepted"})
        work.conn.execute(models.batch.insert(), batch | {"batch_id": "2", "state": "counting"})
    with pytest.raises(IntegrityError), write(office) as work:
        work.conn.execute(models.batch.insert(), batch | {"batch_id": "3", "state": "open"})


APP_MAY_NOT = (
    *(f"TRUNCATE {table.name} CASCADE" for table in SEALED),
    *(f"DELETE FROM {table.name}" for table in LEDGER),  # noqa: S608 - fixed names
    *(f"UPDATE {table.name} SET seq = seq" for table in SEALED),  # noqa: S608 - fixed names
    "INSERT INTO ledger_event SELECT * FROM ledger_event ON CONFLICT (series_id, seq) DO UPDATE SET mac = '\\x00'",
    "ALTER TABLE ledger_event DISABLE TRIGGER ALL",
    "ALTER TABLE ledger_line ADD COLUMN more TEXT",
    "DROP TABLE ledger_note CASCADE",
    "DROP TRIGGER ledger_event_update ON ledger_event",
    "CREATE TABLE mine (a int)",
    "CREATE OR REPLACE FUNCTION ledger_event_check() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "SET session_replication_role = replica",
    "COPY (SELECT 1) TO PROGRAM 'true'",
    "COPY ledger_event FROM '/etc/passwd'",
    "SET ROLE csr_ledger_owner",
    "DELETE FROM day",
    "DELETE FROM staff",
)


@pytest.fixture
def app_login(postgres: Cluster, postgres_url: str) -> Iterator[psycopg.Connection[Any]]:
    """Sign in as a login that is nothing but a member of the program's role."""
    postgres.execute("DROP ROLE IF EXISTS station_login", f"CREATE ROLE station_login LOGIN IN ROLE {APP_ROLE}")
    address = postgres_url.replace("postgresql://keeper@", "postgresql://station_login@")
    with psycopg.connect(address, autocommit=True) as connection:
        yield connection
    postgres.execute("DROP ROLE station_login")


@pytest.mark.parametrize("statement", APP_MAY_NOT)
def test_the_program_s_role_may_only_add(app_login: psycopg.Connection[Any], statement: str) -> None:
    with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.IntegrityConstraintViolation)):
        app_login.execute(statement.encode())


@pytest.mark.parametrize("role", ["keeper", "csr_ledger_owner"])
@pytest.mark.parametrize("table", SEALED, ids=lambda table: table.name)
def test_even_the_owner_and_a_replica_session_meet_the_guards(
    postgres: Cluster, postgres_url: str, table: Table, role: str
) -> None:
    name = table.name
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        if role == "keeper":
            connection.execute("SET session_replication_role = replica")
        connection.execute(f"SET ROLE {role}".encode())
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="ledger:"):
            connection.execute(f"TRUNCATE {name} CASCADE".encode())
        guards = "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal AND tgenabled = 'A'"
        found = {row[0].removeprefix(f"{name}_") for row in connection.execute(guards, (name,))}
    assert found >= {"insert", "update", "truncate"}


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_the_guards_know_the_same_kinds_as_the_program(engine: str) -> None:
    guards = (locations.migrations() / "sql" / f"{schema.HEAD}_guards_{engine}.sql").read_text(encoding="utf-8")
    lists = {
        frozenset(re.findall(r"'(\w+)'", words)) for words in re.findall(r"NEW\.kind (?:NOT )?IN \(([^)]*)\)", guards)
    }
    assert lists == {frozenset(kind.value for kind in kinds) for kinds in (ANY_DAY, MONEY, NUMBERED)}
