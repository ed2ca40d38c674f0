"""A durable sale through the service against bare ``sqlite3`` writing the same rows with the same pragmas.

The rows are those of the very sales: a rehearsal on a copy of the database notes each INSERT and UPDATE with its
values, and the bare side sends them again to another copy, one transaction for each sale. The bare copy has the same
tables and indexes but no triggers, and it reads nothing, prices nothing and seals nothing: what is measured is
everything that the program adds to writing.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event

from benchmarks import counter
from benchmarks.measure import Measured, by_turns
from csr_desk.services.desk import Desk
from csr_desk.services.sell import CompleteSale, complete_sale

BAR = 3.0
SALES = 300
WARM_UP = 20
PRAGMAS = (
    "journal_mode=TRUNCATE", "synchronous=EXTRA", "foreign_keys=ON", "recursive_triggers=ON", "trusted_schema=OFF",
    "cell_size_check=ON", "mmap_size=0", "secure_delete=ON",
)  # fmt: skip
"""As reliability recipe 4.5 has them; written out again so that a slip of the program cannot slow both sides."""

Statement = tuple[str, Any, bool]
"""SQL, its values, and whether the values are many rows."""


def run() -> Measured:
    """Rehearse, then sell and write by turns."""
    with tempfile.TemporaryDirectory(prefix="csr-desk-sale-") as folder:
        start, own, rehearsal, bare = (Path(folder) / f"{name}.db" for name in ("start", "own", "rehearsal", "bare"))
        counter.new_counter(start)
        for copy in (own, rehearsal, bare):
            shutil.copyfile(start, copy)
        carts = [counter.sale(counter.key()) for _ in range(SALES + WARM_UP)]
        noted = _rehearse(rehearsal, carts)
        ours, base = _compare(own, bare, carts, noted)
    rows = sum(len(values) if many else 1 for _, values, many in noted[-1])
    return Measured(
        "a durable sale (3 lines, 2 tenders, MAC, postings)", "bare sqlite3 writing the same rows", BAR,
        ours, base, SALES,
        note=f"{rows} rows in {len(noted[-1])} statements a sale; the bare copy has no triggers",
    )  # fmt: skip


def _rehearse(path: Path, carts: list[CompleteSale]) -> list[list[Statement]]:
    """Sell every cart once on a copy and note what each sale wrote."""
    desk = counter.ready(path)
    noted = []
    for cart in carts:
        with _noting(desk) as statements:
            complete_sale(desk, counter.CLERK, cart)
        noted.append(statements)
    desk.close()
    return noted


@contextmanager
def _noting(desk: Desk) -> Iterator[list[Statement]]:
    statements: list[Statement] = []

    def note(_conn: Any, _cursor: Any, sql: str, values: Any, _context: Any, many: bool) -> None:  # noqa: FBT001 - the event's own arguments
        if sql.lstrip().split(None, 1)[0].upper() in {"INSERT", "UPDATE", "DELETE"}:
            statements.append((sql, list(values) if many else values, many))

    event.listen(desk.store.write_engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(desk.store.write_engine, "before_cursor_execute", note)


def _compare(own: Path, bare: Path, carts: list[CompleteSale], noted: list[list[Statement]]) -> tuple[float, float]:
    desk = counter.ready(own)
    sales, writes = iter(carts), iter(noted)
    with closing(sqlite3.connect(bare, isolation_level=None)) as connection:
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").fetchall()
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")

        def sell() -> None:
            complete_sale(desk, counter.CLERK, next(sales))

        def write() -> None:
            connection.execute("BEGIN IMMEDIATE")
            for sql, values, many in next(writes):
                if many:
                    connection.executemany(sql, values)
                else:
                    connection.execute(sql, values)
            connection.execute("COMMIT")

        medians = by_turns(sell, write, rounds=SALES, warm_up=WARM_UP)
        _refuse_difference(own, connection)
    desk.close()
    return medians


def _refuse_difference(own: Path, bare: sqlite3.Connection) -> None:
    """Both sides hold as many rows in every table, or the comparison was not one."""
    with closing(sqlite3.connect(own)) as connection:
        for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            count = f"SELECT COUNT(*) FROM {table}"  # noqa: S608 - names of our own tables
            ours, theirs = (side.execute(count).fetchone()[0] for side in (connection, bare))
            if ours != theirs:
                raise RuntimeError(f"{table} has {ours} rows with us and {theirs} bare.")
