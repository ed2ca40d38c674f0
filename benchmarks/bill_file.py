"""A file of 100,000 bills for as many accounts, and how it is taken in."""

from __future__ import annotations

import csv
import hashlib
import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks import counter
from csr_desk.domain.import_columns import ImportKind
from csr_desk.services import imports
from csr_desk.services.clock import TrainingClock
from csr_desk.services.desk import open_desk
from csr_desk.services.import_files import ImportFile

COUNT = 100_000
TABLES: Mapping[str, str] = {"bill": "bill_id", "bill_item": "bill_id, n"}
NOTE = (
    "ours parses the file, checks each cell, looks up bills and accounts, hashes what comes in and writes the entry; "
    "the other side is given the finished rows of both tables and checks their keys"
)
_CUSTOMER = (
    "INSERT INTO customer (customer_id, name, language, address, phone, email) VALUES ('C-1', 'City', 'en', '', '', '')"
)
_ACCOUNT = "INSERT INTO account (account_no, customer_id, service) VALUES (?, 'C-1', 'Water')"


def make() -> ImportFile:
    """Write the file: a bill a row, as a billing system would."""
    rows = ["Invoice No,Account No,Amount Due,Due,Bill Date,Description"]
    rows += [
        f"INV-{at:07d},41-{at:07d},{at % 300 + 10}.{at % 100:02d},8/2/2026,7/10/2026,Water and sewer July"
        for at in range(COUNT)
    ]
    content = ("\n".join(rows) + "\n").encode()
    return ImportFile("bills.csv", content, hashlib.sha256(content).hexdigest())


def take_in(url: str, file: ImportFile) -> None:
    """Take the file in as a window or the command line would; raise RuntimeError unless all of it came in."""
    clock = TrainingClock(datetime(2026, 7, 14, 8, tzinfo=ZoneInfo("America/Chicago")))
    desk = open_desk(url, clock=clock)
    try:
        command = imports.LoadFile(str(uuid.uuid4()), ImportKind.BILLS, file)
        taken = imports.load_file(desk, counter.person("accountant1"), command).value
    finally:
        desk.close()
    if taken.new != COUNT:
        raise RuntimeError(f"{taken.new:,} of {COUNT:,} bills came in.")


def write_csv(path: Path, rows: Iterable[Any]) -> None:
    """Write rows as they are stored."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def fill_accounts_sqlite(connection: Any) -> None:
    """Open the accounts, past the services: they are not what is measured."""
    connection.execute(_CUSTOMER)
    connection.executemany(_ACCOUNT, _numbers())


def fill_accounts_postgres(connection: Any) -> None:
    """Do the same on the server."""
    connection.execute(_CUSTOMER.encode())
    with connection.cursor().copy(b"COPY account (account_no, customer_id, service) FROM STDIN") as copy:
        for (number,) in _numbers():
            copy.write_row((number, "C-1", "Water"))


def _numbers() -> Iterator[tuple[str]]:
    return ((f"41-{at:07d}",) for at in range(COUNT))
