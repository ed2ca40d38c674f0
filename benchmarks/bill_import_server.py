"""100,000 bills from a CSV file into PostgreSQL, against its own COPY of the rows that come of it."""

from __future__ import annotations

import importlib
import sys
import tempfile
from pathlib import Path
from typing import Any

import psycopg

from benchmarks import bill_file
from benchmarks.measure import Measured, by_turns
from csr_desk.services.setup import make_demo_office

BAR = 15.0
ROUNDS = 3
TESTS = Path(__file__).resolve().parents[1] / "tests"


def run() -> Measured:
    """Take the file in through the service; copy the finished rows into the same two tables."""
    sys.path.append(str(TESTS))
    servers: Any = importlib.import_module("postgres_cluster")
    with servers.cluster() as server, tempfile.TemporaryDirectory(prefix="csr-desk-import-") as place:
        folder = Path(place)
        server.execute("CREATE DATABASE template")
        make_demo_office(server.url("template"))
        with psycopg.connect(server.url("template")) as connection:
            bill_file.fill_accounts_postgres(connection)
        file = bill_file.make()
        _copy_of(server, "ours")
        bill_file.take_in(server.url("ours"), file)
        with psycopg.connect(server.url("ours")) as connection:
            for table in bill_file.TABLES:
                with connection.cursor().copy(f"COPY {table} TO STDOUT".encode()) as copy:
                    (folder / table).write_bytes(b"".join(bytes(part) for part in copy))

        def fresh() -> None:
            _copy_of(server, "ours")
            server.execute("DROP DATABASE IF EXISTS bare WITH (FORCE)", "CREATE DATABASE bare TEMPLATE template")
            for table in bill_file.TABLES:
                server.execute(
                    f"CREATE TABLE bare_{table} (LIKE {table} INCLUDING INDEXES INCLUDING DEFAULTS)", database="bare"
                )

        ours, base = by_turns(
            lambda: bill_file.take_in(server.url("ours"), file),
            lambda: _copy(server.url("bare"), folder),
            rounds=ROUNDS, warm_up=1, before=fresh,
        )  # fmt: skip
    return Measured(
        f"taking in {bill_file.COUNT:,} bills (CSV, PostgreSQL)", "its own COPY of the same rows", BAR, ours, base,
        ROUNDS, note=f"{bill_file.COUNT / ours * 60:,.0f} bills a minute; {bill_file.NOTE}",
    )  # fmt: skip


def _copy_of(server: Any, name: str) -> None:
    server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name} TEMPLATE template")


def _copy(url: str, folder: Path) -> None:
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        for table in bill_file.TABLES:
            with cursor.copy(f"COPY bare_{table} FROM STDIN".encode()) as copy:
                copy.write((folder / table).read_bytes())
