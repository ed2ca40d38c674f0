"""Reads and writes rows that entries tell whole (``domain.telling``), and gives out the next number of a series."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

from sqlalchemy import Connection, Table, and_, insert, select, update
from sqlalchemy import text as sql

from csr_desk.data.models import attachment, metadata, number_counter
from csr_desk.domain.errors import Conflict
from csr_desk.domain.ledger import EventKey
from csr_desk.domain.telling import Change, Value

Record: TypeAlias = Mapping[str, Any]

_START = sql("""
INSERT INTO number_counter (name, year, version, series_id, seq) VALUES (:name, :year, 0, :series, :seq)
ON CONFLICT DO NOTHING
""")
"""Two counters that begin a year at once wait for each other here; the row is told before the act is final."""


def record(conn: Connection, table: Table, *key: str | int, lock: bool = False) -> Record | None:
    """Return a row by its key, or None; ``lock`` keeps other writers of it waiting until this act is final."""
    wanted = select(table).where(_is(table, key))
    if lock and conn.dialect.name == "postgresql":
        wanted = wanted.with_for_update(key_share=True)
    row = conn.execute(wanted).mappings().one_or_none()
    return None if row is None else dict(row)


def added(
    table: Table, key: tuple[str | int, ...], values: Mapping[str, Value], words: Mapping[str, str | None] | None = None
) -> Change:
    """Tell a new row: every column that is not empty."""
    return Change(table.name, key, 1, dict(values), dict(words or {}))


def changed(
    table: Table, row: Record, values: Mapping[str, Value], words: Mapping[str, str | None] | None = None
) -> Change:
    """Tell what is new of a row that was read (and locked) in this act."""
    key = tuple(row[column.name] for column in table.primary_key)
    return Change(table.name, key, row["version"] + 1, dict(values), dict(words or {}))


def next_number(conn: Connection, name: str, year: int) -> Change:
    """Give out the next number of a series (its ``version``); other counters wait for it until this act is final.

    The entry that gives the number must tell this change too, so that a series without a gap is what the ledger says.
    """
    conn.execute(_START, {"name": name, "year": year, "series": "", "seq": 0})
    row = record(conn, number_counter, name, year, lock=True)
    if row is None:
        raise Conflict
    return changed(number_counter, row, {})


def write(
    conn: Connection, at: EventKey, changes: Iterable[Change], files: Mapping[str, bytes] = MappingProxyType({})
) -> None:
    """Write the rows that an entry tells; raise Conflict where another act changed one in the meantime.

    ``files`` has the bytes of each new row of ``attachment`` by its key: the entry only tells their hash.
    """
    for change in changes:
        table = metadata.tables[change.table]
        columns: dict[str, Any] = {**change.values, **change.words, **_told(table, at, change.version)}
        if change.version == 1 and table is not number_counter:
            names = [column.name for column in table.primary_key]
            if table is attachment:
                columns["content"] = files[str(change.key[0])]
            conn.execute(insert(table).values(**dict(zip(names, change.key, strict=True)), **columns))
            continue
        held = and_(_is(table, change.key), table.c.version == change.version - 1)
        if conn.execute(update(table).where(held).values(**columns)).rowcount != 1:
            raise Conflict


def _told(table: Table, at: EventKey, version: int) -> dict[str, Value]:
    """Give the columns that say which entry told the row last; a file (``attachment``) never changes and has none."""
    return {"version": version, "series_id": at.series, "seq": at.seq} if "version" in table.c else {}


def _is(table: Table, key: tuple[str | int, ...]) -> Any:
    return and_(*(column == value for column, value in zip(table.primary_key, key, strict=True)))
