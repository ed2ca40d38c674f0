"""Writes years of a counter's history quickly: real entries with real seals, for measuring how the program ages.

``python benchmarks/history.py DATABASE --receipts 1000000`` makes an SQLite training office with that many receipts.
The guards are lifted while it writes and put back before it ends, all in one transaction.
"""

from __future__ import annotations

import argparse
import sqlite3
import time
import uuid
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from csr_desk.data import models
from csr_desk.data.engine import open_store
from csr_desk.data.ledger_writer import entry_rows, seal
from csr_desk.data.unit_of_work import write
from csr_desk.domain.chain import genesis
from csr_desk.domain.ledger import EntryDraft, EventKind, LineRow, Posting, TenderRole, TenderRow

PER_DAY = 1_000
WRITTEN_AT = 5_000
TABLES = ("ledger_line", "ledger_tender", "ledger_posting", "ledger_event")
PRICES = (1500, 2932, 4318, 6437, 12740, 14582)


@dataclass(slots=True)
class Register:
    """The head of the series that the history is written to."""

    series: str
    seq: int
    receipt_no: int
    perpetual: int
    mac: bytes
    rows: dict[str, list[tuple[Any, ...]]] = field(default_factory=lambda: {table: [] for table in TABLES})

    def add(self, secret: bytes, draft: EntryDraft, recorded_at: str) -> None:
        """Seal one entry and keep its rows for the next bulk insert."""
        self.seq += 1
        numbered = draft.kind is EventKind.SALE
        self.receipt_no += numbered
        rows = entry_rows(draft, self.seq, self.receipt_no if numbered else None, recorded_at, "USD")
        event = rows["ledger_event"][0]
        event["event_uuid"] = str(uuid.UUID(int=self.seq))
        event["prev_mac"] = self.mac
        event["mac"] = self.mac = seal(secret, self.mac, rows)
        self.perpetual += sum(tender.amount for tender in draft.tenders)
        for table in TABLES:
            self.rows[table].extend(tuple(row.values()) for row in rows[table])


def sale(series: str, batch: str, day: date, clerk: str, number: int) -> EntryDraft:
    """Draft a cash sale: one line, one tender, two postings."""
    amount = PRICES[number % len(PRICES)]
    line = LineRow(
        number=1,
        kind="item",
        item="PLAN-COPY",
        name="Copies of plans",
        department="Permitting Center",
        quantity="1",
        each=amount,
        amount=amount,
        added_with=None,
        authority="City-Wide Fee Schedule",
        price_from="2020-01-01",
        tax=0,
        explain=("one copy",),
    )
    return EntryDraft(
        series=series,
        kind=EventKind.SALE,
        business_date=day,
        actor=clerk,
        idem_key=f"{series} history {number:09d}",
        content_hash=f"{number:064x}",
        batch=batch,
        lines=(line,),
        tenders=(TenderRow(1, "cash", TenderRole.TAKEN, amount),),
        postings=(
            Posting("1000.9900010001.101010", amount, tender=1),
            Posting("1000.1000010001.420010", -amount, line=1),
        ),
    )


def step(series: str, kind: EventKind, batch: str, day: date, clerk: str) -> EntryDraft:
    """Draft a step in the life of a batch, or the close of its day (here in the register's own series)."""
    return EntryDraft(
        series=series,
        kind=kind,
        business_date=day,
        actor=clerk,
        idem_key=f"{batch} {kind}",
        batch=None if kind is EventKind.DAY_CLOSED else batch,
        facts={"attempt": 1} if kind in {EventKind.COUNT, EventKind.COUNT_SUBMITTED} else {},
    )


def days_before(last: date, count: int) -> Iterator[date]:
    """Give that many days that end before ``last``, oldest first."""
    for back in range(count, 0, -1):
        yield last - timedelta(days=back)


def write_history(path: Path, secret: bytes, *, receipts: int, series: str, clerk: str, until: date) -> None:
    """Append closed days of ``PER_DAY`` sales each to a register, all before the business date ``until``.

    The register must have no entry yet; its drawer has the name of the series.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=TRUNCATE").fetchall()
        connection.execute("PRAGMA cache_size=-200000")
        connection.execute("BEGIN IMMEDIATE")
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        _write_days(connection, secret, series, clerk, list(days_before(until, -(-receipts // PER_DAY))), receipts)
        for _, statement in guards:
            connection.execute(statement)
        connection.execute("COMMIT")
        connection.execute("ANALYZE")


def _write_days(
    connection: sqlite3.Connection, secret: bytes, series: str, clerk: str, days: list[date], receipts: int
) -> None:
    head = "SELECT last_seq, last_receipt_no, perpetual_minor, head_mac, office_id FROM series WHERE series_id = ?"
    *numbers, office = connection.execute(head, (series,)).fetchone()
    register = Register(series, *numbers)
    for z_number, day in enumerate(days, 1):
        batch = f"{series} {day.isoformat()}"
        opened = register.seq + 1
        register.add(secret, step(series, EventKind.BATCH_OPENED, batch, day, clerk), f"{day}T13:00:00.000000Z")
        for number in range(register.receipt_no + 1, min(register.receipt_no + PER_DAY, receipts) + 1):
            register.add(secret, sale(series, batch, day, clerk, number), f"{day}T15:00:00.000000Z")
        for kind in (EventKind.SELLING_STOPPED, EventKind.COUNT, EventKind.COUNT_SUBMITTED):
            register.add(secret, step(series, kind, batch, day, clerk), f"{day}T21:00:00.000000Z")
        accepted = replace(step(series, EventKind.BATCH_ACCEPTED, batch, day, clerk), facts={"z_number": z_number})
        register.add(secret, accepted, f"{day}T22:00:00.000000Z")
        accepted_seq = register.seq
        register.add(secret, step(series, EventKind.DAY_CLOSED, batch, day, clerk), f"{day}T23:00:00.000000Z")
        connection.execute("INSERT INTO day VALUES (?, ?, 'closed')", (day.isoformat(), office))
        made = (batch, series, day.isoformat(), clerk, opened, z_number, accepted_seq)
        connection.execute("INSERT INTO batch VALUES (?, ?, ?, ?, 'accepted', 0, 1, 1, ?, ?, ?, NULL)", made)
        if len(register.rows["ledger_event"]) >= WRITTEN_AT or day == days[-1]:
            _flush(connection, register)
    connection.execute(
        "UPDATE series SET last_seq = ?, last_receipt_no = ?, perpetual_minor = ?, head_mac = ?, last_z = ? "
        "WHERE series_id = ?",
        (register.seq, register.receipt_no, register.perpetual, register.mac, len(days), series),
    )


def _flush(connection: sqlite3.Connection, register: Register) -> None:
    columns = {table: _columns(table) for table in TABLES}
    for table in TABLES:
        rows = register.rows[table]
        marks = ", ".join("?" * len(columns[table]))
        names = ", ".join(f'"{name}"' for name in columns[table])
        connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608 - fixed names
        rows.clear()


def _columns(table: str) -> list[str]:
    """Name a table's columns in the order in which ``entry_rows`` gives them."""
    return [column.name for column in models.metadata.tables[table].columns]


def make_office(path: Path, until: date) -> bytes:
    """Make a training office with one register, one clerk and ``until`` as its open day; give its key."""
    install = str(uuid.uuid4())
    store = open_store(f"sqlite:///{path}", create=True)
    key = store.install(install)
    start = genesis("HPC", "HPC-1", install)
    made = f"{until.isoformat()}T12:00:00.000000Z"
    with write(store) as work:
        work.conn.execute(
            models.office.insert(),
            {"office_id": "HPC", "name": "Permit Counter", "address": "", "phone": "", "time_zone": "America/Chicago"}
            | {"install_uuid": install, "training": 1, "training_clock": None, "currency": "USD", "created_at": made},
        )
        work.conn.execute(
            models.staff.insert(),
            {"user_id": "clerk1", "name": "Clerk One", "title": "CSR", "role": "csr", "secret_hash": "-", "active": 1}
            | {"failures": 0, "delay_until": None, "demo_secret": None},
        )
        work.conn.execute(
            models.series.insert(),
            {"series_id": "HPC-1", "office_id": "HPC", "kind": "register", "genesis": start, "last_seq": 0}
            | {"last_receipt_no": 0, "perpetual_minor": 0, "head_mac": start, "last_z": 0},
        )
        work.conn.execute(
            models.drawer.insert(),
            {"drawer_id": "HPC-1", "office_id": "HPC", "name": "HPC-1", "series_id": "HPC-1"}
            | {"authorized_float_minor": 20000, "active": 1},
        )
    store.close()
    return key


def main() -> None:
    """Make the database that the command line names."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("database", type=Path)
    arguments.add_argument("--receipts", type=int, default=1_000_000)
    asked = arguments.parse_args()
    until = date(2026, 7, 14)
    began = time.perf_counter()
    key = make_office(asked.database, until)
    write_history(asked.database, key, receipts=asked.receipts, series="HPC-1", clerk="clerk1", until=until)
    print(f"{asked.receipts:,} receipts in {time.perf_counter() - began:.0f} s: {asked.database}")


if __name__ == "__main__":
    main()
