"""Whoever changes the database behind the program's back is found out, and told where."""

# ruff: noqa: S608 - the statements are put together from the tables' own names

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from csr_desk.data import models
from csr_desk.data import verify as verification
from csr_desk.data.engine import Store, open_store
from csr_desk.data.ledger_writer import append
from csr_desk.data.models import LEDGER, note_text
from csr_desk.data.unit_of_work import read, write
from csr_desk.data.verify import verify
from csr_desk.domain.errors import Trouble
from csr_desk.domain.ledger import EntryDraft, EventKey, EventKind
from data.office import AT, DAY, sale, seed

SEALED = (*LEDGER, note_text)


def record(store: Store) -> None:
    """Record a small morning: a batch, three sales (the second by check), one of them void."""
    batch: dict[str, Any] = {
        "batch_id": "B1",
        "drawer_id": "HPC-1",
        "business_date": DAY.isoformat(),
        "custodian_id": "clerk1",
    }
    batch |= {"state": "open", "suspended": 0, "attempts": 0, "opened_seq": 1}
    with write(store) as work:
        work.conn.execute(models.batch.insert(), batch)
        opened = EntryDraft("HPC-1", EventKind.BATCH_OPENED, DAY, "clerk1", "open", batch="B1", facts={"float": 20000})
        work.append(opened, AT)
        for key, amount in (("a", 6437), ("b", 12740), ("c", 150)):
            work.append(sale(key, amount, batch="B1"), AT)
        back = sale("v", -150, kind=EventKind.VOID, reverses=EventKey("HPC-1", 4), approver="supervisor1", batch="B1")
        work.append(back, AT)
        work.append(EntryDraft("HPC", EventKind.CLOCK_JUMP, DAY, "clerk1", "jump", facts={"seconds": -90}), AT)


@pytest.fixture
def books(office: Store) -> Store:
    """Record the morning on each engine."""
    record(office)
    return office


@pytest.fixture
def file(sqlite_office: Store) -> Path:
    """Record the morning in a file and close the program."""
    record(sqlite_office)
    sqlite_office.close()
    return Path(str(sqlite_office.address.database))


@contextmanager
def behind_the_back(path: Path) -> Iterator[sqlite3.Connection]:
    """Change a file as its administrator can: the guards lifted, and put back so that nobody sees."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints=ON")
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for _, statement in guards:
            connection.execute(statement)


def fault_of(path: Path) -> str:
    """Verify a file and give the first fault; fail if it finds none."""
    report = verify(str(path))
    assert not report.ok
    assert report.first_fault
    return report.first_fault


def test_books_as_recorded_verify(books: Store) -> None:
    report = verify(books)
    assert (report.ok, report.first_fault, report.training) == (True, None, True)
    assert (report.checked, report.receipts) == (6, 4)
    register = next(head for head in report.heads if head.series == "HPC-1")
    assert (register.seq, register.receipts, register.perpetual) == (5, 4, 6437 + 12740)


def test_an_address_and_the_station_s_key_file_are_enough(books: Store, database_url: str) -> None:
    assert verify(database_url).ok
    assert not verify(database_url, b"x" * 32).ok


def test_several_processes_find_what_one_finds(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("csr_desk.data.verify.SPAN", 1)
    assert verify(str(file), processes=2) == verify(str(file), processes=1)


def columns() -> list[tuple[str, str]]:
    """Every column of every table of the ledger."""
    return [(table.name, column.name) for table in SEALED for column in table.columns]


@pytest.mark.parametrize(("table", "column"), columns())
def test_a_change_of_any_column_is_found(file: Path, table: str, column: str) -> None:
    with behind_the_back(file) as connection:
        kind = models.metadata.tables[table].columns[column].type.python_type
        other = {str: "'9999-12-31'", int: f"COALESCE({column}, 0) + 987654", bytes: "zeroblob(32)"}[kind]
        row = "(series_id, seq) = ('HPC-1', 3)"
        changed = connection.execute(f"UPDATE {table} SET {column} = {other} WHERE {row}").rowcount
    assert changed >= 1
    assert "HPC-1" in fault_of(file) or "9999-12-31" in fault_of(file)


@pytest.mark.parametrize("column", ["batch_id", "receipt_no", "each_minor", "added_with", "list_minor", "line_n"])
def test_emptying_a_column_is_found(file: Path, column: str) -> None:
    table = next(table for table in LEDGER if column in table.columns)
    with behind_the_back(file) as connection:
        filled = f"{column} IS NOT NULL"
        other = "NULL" if connection.execute(f"SELECT 1 FROM {table.name} WHERE {filled}").fetchone() else "1"
        connection.execute(f"UPDATE {table.name} SET {column} = {other} WHERE seq = 3")
    assert "HPC-1, entry 3" in fault_of(file)


def test_the_fault_names_register_entry_receipt_and_what_was_touched(file: Path) -> None:
    with behind_the_back(file) as connection:
        connection.execute("UPDATE ledger_tender SET amount_minor = 1 WHERE seq = 3")
    assert fault_of(file) == (
        "register HPC-1, entry 3 (receipt HPC1-0000002) was changed after it was recorded; "
        "it has tenders that are not what was posted for them"
    )


@pytest.mark.parametrize("table", [table.name for table in SEALED if table.name != "ledger_event"])
def test_a_row_that_was_taken_out_or_put_in_is_found(file: Path, table: str, tmp_path: Path) -> None:
    with behind_the_back(file) as connection:
        columns = [column.name for column in models.metadata.tables[table].columns]
        moved = ", ".join(
            "seq + 0" if name == "seq" else "n + 7" if name == "n" else "'x'" if name == "topic" else name
            for name in columns
        )
        connection.execute(f"INSERT INTO {table} SELECT {moved} FROM {table} WHERE seq = 3")
    if table != "note_text":
        assert "entry 3" in fault_of(file)
    with behind_the_back(file) as connection:
        connection.execute(f"DELETE FROM {table} WHERE seq = 3")
    assert "entry 3" in fault_of(file)


def test_a_removed_entry_is_found_though_its_rows_went_with_it(file: Path) -> None:
    with behind_the_back(file) as connection:
        for table in reversed(SEALED):
            connection.execute(f"DELETE FROM {table.name} WHERE series_id = 'HPC-1' AND seq = 3")
    assert fault_of(file) == "register HPC-1, entry 3 is missing"


def test_a_cut_tail_is_found_by_the_head_of_its_series(file: Path) -> None:
    with behind_the_back(file) as connection:
        for table in reversed(SEALED):
            connection.execute(f"DELETE FROM {table.name} WHERE series_id = 'HPC-1' AND seq = 5")
    assert fault_of(file) == "register HPC-1, entry 5 is missing"


def test_an_entry_moved_to_another_place_is_found(file: Path) -> None:
    with behind_the_back(file) as connection:
        for table in SEALED:
            for old, new in ((3, 99), (4, 3), (99, 4)):
                connection.execute(f"UPDATE {table.name} SET seq = {new} WHERE series_id = 'HPC-1' AND seq = {old}")
        for old, new in ((2, 99), (3, 2), (99, 3)):
            connection.execute(f"UPDATE ledger_event SET receipt_no = {new} WHERE receipt_no = {old}")
    assert "HPC-1, entry 3" in fault_of(file)


def test_a_history_sealed_anew_with_another_key_is_found(file: Path, sqlite_office: Store) -> None:
    with behind_the_back(file) as connection:
        start = connection.execute("SELECT genesis FROM series WHERE series_id = 'HPC-1'").fetchone()[0]
        for table in reversed(SEALED):
            connection.execute(f"DELETE FROM {table.name} WHERE series_id = 'HPC-1'")
        connection.execute(
            "UPDATE series SET last_seq = 0, last_receipt_no = 0, perpetual_minor = 0, head_mac = ? WHERE last_seq = 5",
            (start,),
        )
    sqlite_office.close()
    forger = open_store(str(file))  # the desk that was open would have noticed
    with write(forger) as work:
        append(work.conn, b"f" * 32, sale("forged"), AT)
    forger.close()
    assert "entry 1 (receipt HPC1-0000001) was changed" in fault_of(file)


def test_a_register_of_another_office_cannot_be_spliced_in(file: Path) -> None:
    with behind_the_back(file) as connection:
        connection.execute("UPDATE office SET install_uuid = install_uuid || 'x'")
    with pytest.raises(Trouble, match="key of this office is missing"):
        verify(str(file))


ANOTHER_BATCH = """
INSERT INTO batch SELECT 'B2', drawer_id, business_date, custodian_id, 'accepted', 0, 0, NULL, 1, NULL, NULL, NULL
FROM batch
"""


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("UPDATE series SET perpetual_minor = perpetual_minor + 1 WHERE kind = 'register'", "perpetual total"),
        ("UPDATE series SET last_receipt_no = 9 WHERE kind = 'register'", "9 were numbered"),
        ("UPDATE series SET head_mac = zeroblob(32) WHERE kind = 'register'", "not the last one"),
        ("UPDATE series SET last_seq = last_seq - 1 WHERE kind = 'register'", "entry 4 is not the last"),
        ("UPDATE series SET last_seq = last_seq + 1 WHERE kind = 'register'", "entry 6 is missing"),
        ("UPDATE series SET genesis = zeroblob(32) WHERE kind = 'register'", "does not begin"),
        ("UPDATE batch SET state = 'accepted'", "marked accepted"),
        ("UPDATE batch SET custodian_id = 'nobody'", "points to a row of staff that is not there"),
        (ANOTHER_BATCH, "B2 stands in no entry"),
        ("DELETE FROM staff WHERE user_id = 'supervisor1'", "supervisor1, who is no member"),
        ("UPDATE note_text SET text = 'somebody else' WHERE seq = 2", "is not the one recorded"),
        ("DELETE FROM note_text WHERE seq = 2", "removed, but no redaction"),
        ("DROP INDEX uq_batch_one_open_per_drawer", "open twice"),
        ("DROP INDEX ix_ledger_event_day", "altered"),
        ("CREATE TRIGGER mine AFTER INSERT ON day BEGIN SELECT 1; END", "altered"),
        ("CREATE TABLE mine (a INTEGER)", "altered"),
        ("INSERT INTO ledger_note VALUES ('HPC-9', 1, 1, 'memo', zeroblob(32))", "no series of this office"),
    ],
)
def test_whatever_else_was_touched_is_named(file: Path, change: str, fault: str) -> None:
    with behind_the_back(file) as connection:
        connection.execute(change)
    assert fault in fault_of(file)


def test_a_dropped_guard_is_found(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("DROP TRIGGER ledger_event_update")
    assert "guards were altered" in fault_of(file)


def test_a_recorded_redaction_is_no_fault_and_leaves_no_text(books: Store) -> None:
    with write(books) as work:
        assert work.redact(EventKey("HPC-1", 2), "payer") == 1
        named = {"series": "HPC-1", "seq": 2, "topics": ["payer"]}
        redaction = EntryDraft(
            "HPC", EventKind.NOTE_REDACTED, DAY, "clerk1", "red", approver="supervisor1", facts=named
        )
        work.append(redaction, AT)
    report = verify(books)
    assert (report.first_fault, report.purged) == (None, 1)


def test_a_file_that_is_no_database_is_not_called_sound(file: Path) -> None:
    damaged = bytearray(file.read_bytes())
    damaged[4096:12288] = bytes(8192)
    file.write_bytes(damaged)
    assert "damaged" in fault_of(file)


def ledger_of(path: Path) -> list[object]:
    """Read every row of the ledger, or nothing where that cannot be done."""
    with closing(sqlite3.connect(path)) as connection:
        connection.text_factory = bytes
        return [connection.execute(f"SELECT * FROM {table.name} ORDER BY 1, 2, 3").fetchall() for table in SEALED]


def test_one_flipped_bit_never_changes_the_ledger_unnoticed(file: Path) -> None:
    whole = file.read_bytes()
    before = ledger_of(file)
    noticed = 0
    for place in random.Random(7).sample(range(100, len(whole)), 150):  # noqa: S311 - places
        damaged = bytearray(whole)
        damaged[place] ^= 1 << place % 8
        file.write_bytes(damaged)
        try:
            sound = verify(str(file)).ok
        except Trouble:
            sound = False
        noticed += not sound
        assert not sound or ledger_of(file) == before, f"byte {place}"
    assert noticed


def test_verifying_changes_nothing_in_the_file(file: Path) -> None:
    before = file.read_bytes()
    verify(str(file))
    assert file.read_bytes() == before


def test_a_change_on_postgresql_is_found(postgres_office: Store, postgres_url: str) -> None:
    record(postgres_office)
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("ALTER TABLE ledger_posting DISABLE TRIGGER ALL")
        connection.execute("UPDATE ledger_posting SET account = 'mine' WHERE seq = 3 AND n = 2")
    assert "guards were altered" in (verify(postgres_office).first_fault or "")
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("ALTER TABLE ledger_posting ENABLE TRIGGER ALL")
        for act in ("insert", "update", "delete", "truncate"):
            connection.execute(f"ALTER TABLE ledger_posting ENABLE ALWAYS TRIGGER ledger_posting_{act}".encode())
    assert (verify(postgres_office).first_fault or "").startswith("register HPC-1, entry 3 (receipt HPC1-0000002) was")


def test_what_is_recorded_while_verifying_is_no_fault(books: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    real = verification._check

    def check_while_selling(*arguments: Any) -> Any:
        with write(books) as work:
            work.append(sale("meanwhile"), AT)
        return real(*arguments)

    monkeypatch.setattr(verification, "_check", check_while_selling)
    assert verify(books).first_fault is None
    with read(books) as work:
        assert work.find_by_key("meanwhile") is not None


def test_a_database_without_an_office_cannot_be_verified(database_url: str) -> None:
    with pytest.raises(Trouble, match="no office"):
        verify(database_url)
    with pytest.raises(Trouble, match="There is no database"):
        verify("/nowhere/at/all.db")


def test_two_registers_are_two_chains(store: Store) -> None:
    seed(store, registers=2)
    with write(store) as work:
        first = work.append(sale("a"), AT)
        second = work.append(sale("b", series="HPC-2"), AT)
    assert (first.receipt, second.receipt) == ("HPC1-0000001", "HPC2-0000001")
    assert verify(store).ok
