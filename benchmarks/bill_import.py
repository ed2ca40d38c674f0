"""100,000 bills from a CSV file into SQLite, against ``sqlite3``’s own ``.import`` of the rows that come of it."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import tempfile
from pathlib import Path

from benchmarks import bill_file, counter
from benchmarks.measure import Measured, by_turns

BAR = 12.0
ROUNDS = 3


def run() -> Measured:
    """Take the file in through the service; let the shell import the finished rows into the same two tables."""
    with tempfile.TemporaryDirectory(prefix="csr-desk-import-") as place:
        folder = Path(place)
        template, path, bare = folder / "template.db", folder / "ours.db", folder / "bare.db"
        counter.new_counter(template)
        with sqlite3.connect(template) as connection:
            bill_file.fill_accounts_sqlite(connection)
        connection.close()
        file = bill_file.make()
        shutil.copyfile(template, path)
        bill_file.take_in(counter.url(path), file)
        rehearsed = _rows_of(path, folder)

        def fresh() -> None:
            shutil.copyfile(template, path)
            _bare_tables(rehearsed, template, bare)

        ours, base = by_turns(
            lambda: bill_file.take_in(counter.url(path), file),
            lambda: _import(bare, folder),
            rounds=ROUNDS, warm_up=1, before=fresh,
        )  # fmt: skip
    return Measured(
        f"taking in {bill_file.COUNT:,} bills (CSV, SQLite)", "sqlite3’s .import of the same rows", BAR, ours, base,
        ROUNDS, note=f"{bill_file.COUNT / ours * 60:,.0f} bills a minute; {bill_file.NOTE}",
    )  # fmt: skip


def _rows_of(path: Path, folder: Path) -> list[str]:
    """Write the two tables as the shell imports them; return the statements that make their indexes."""
    indexes = []
    with sqlite3.connect(path) as connection:
        for table in bill_file.TABLES:
            bill_file.write_csv(folder / f"{table}.csv", connection.execute(f"SELECT * FROM {table}"))  # noqa: S608
            found = connection.execute("SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ?", (table,))
            indexes += [str(row[0]) for row in found if row[0]]
    connection.close()
    return indexes


def _bare_tables(indexes: list[str], template: Path, bare: Path) -> None:
    """Make the two tables with their columns, keys and indexes, and nothing else."""
    bare.unlink(missing_ok=True)
    with sqlite3.connect(bare) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("ATTACH ? AS full", (str(template),))
        for table, key in bill_file.TABLES.items():
            connection.execute(f"CREATE TABLE {table} AS SELECT * FROM full.{table} WHERE 0")  # noqa: S608
            connection.execute(f"CREATE UNIQUE INDEX pk_{table} ON {table} ({key})")
        for index in indexes:
            connection.execute(index)
    connection.close()


def _import(bare: Path, folder: Path) -> None:
    """Run the shell; each import is one transaction."""
    script = "PRAGMA synchronous = FULL;\n.mode csv\n"
    script += "".join(f".import {folder / table}.csv {table}\n" for table in bill_file.TABLES)
    subprocess.run(["sqlite3", str(bare)], input=script, text=True, check=True, capture_output=True)  # noqa: S603, S607
