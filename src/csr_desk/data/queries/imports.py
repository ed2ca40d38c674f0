"""Many rows at once: what is known of them already, and how they come in; saved mappings of columns."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any, TypeAlias

from sqlalchemy import Connection, Table, bindparam, func, insert, select, update
from sqlalchemy.exc import DBAPIError

from csr_desk.data.models import account, bill_load, column_mapping, customer

Values: TypeAlias = dict[str, Any]

AT_ONCE = 5_000
"""Rows that go to the database in one statement: often enough to tell how far it is, seldom enough to be fast."""
MASTERS: Mapping[str, tuple[Table, str]] = {
    "customers": (customer, "customer_id"),
    "accounts": (account, "account_no"),
}
"""What is not billed but known by its number."""

_AMONG = {
    "sqlite": "SELECT {columns} FROM {table} WHERE {key} IN (SELECT value FROM json_each(?))",
    "postgresql": "SELECT {columns} FROM {table} WHERE {key} IN (SELECT json_array_elements_text(%s::json))",
}
"""However many numbers there are, they are one parameter."""


def pieces(rows: Sequence[Any], size: int = AT_ONCE) -> Iterator[Sequence[Any]]:
    """Cut rows into pieces of one statement each."""
    for at in range(0, len(rows), size):
        yield rows[at : at + size]


def known(conn: Connection, kind: str, numbers: Sequence[str]) -> dict[str, Values]:
    """Return the rows of some customers or accounts that are known, by number."""
    table, key = MASTERS[kind]
    found: dict[str, Values] = {}
    for part in pieces(numbers):
        found |= {row[key]: dict(row) for row in among(conn, table.name, key, part)}
    return found


def among(conn: Connection, table: str, key: str, numbers: Sequence[str], columns: str = "*") -> Iterable[Any]:
    """Return the rows of a table whose key is one of some numbers; names of table and columns are the program's own."""
    statement = _AMONG[conn.dialect.name].format(table=table, key=key, columns=columns)
    return conn.exec_driver_sql(statement, (json.dumps(list(numbers)),)).mappings()


def numbers_known(conn: Connection, kind: str, numbers: Sequence[str]) -> frozenset[str]:
    """Return those of some numbers of customers or accounts that there are."""
    table, key = MASTERS[kind]
    found: set[str] = set()
    for part in pieces(numbers):
        found |= {row[key] for row in among(conn, table.name, key, part, key)}
    return frozenset(found)


def billed_as(conn: Connection, numbers: Sequence[str]) -> dict[str, tuple[Values, list[Values]]]:
    """Return those of some bills that are known, each with its items as billed, in their order."""
    found: dict[str, tuple[Values, list[Values]]] = {}
    for part in pieces(numbers):
        rows: dict[str, tuple[Values, list[Values]]] = {
            row["bill_id"]: (dict(row), []) for row in among(conn, "bill", "bill_id", part)
        }
        found |= rows
        if rows:
            items = (dict(row) for row in among(conn, "bill_item", "bill_id", list(rows)))
            for item in sorted(items, key=lambda item: int(item["n"])):
                if item["series_id"] is None:
                    found[item["bill_id"]][1].append(item)
    return found


def insert_many(conn: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add rows that all have the same columns; by COPY on PostgreSQL."""
    if not rows:
        return
    names = list(rows[0])
    values = list(map(itemgetter(*names), rows))
    columns = ", ".join(f'"{name}"' for name in names)
    if conn.dialect.name == "sqlite":
        marks = ", ".join("?" * len(names))
        conn.exec_driver_sql(f"INSERT INTO {table.name} ({columns}) VALUES ({marks})", values)  # noqa: S608
        return
    statement = f"COPY {table.name} ({columns}) FROM STDIN"
    driver: Any = conn.connection.driver_connection
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in values:
                copy.write_row(row)
    except driver_errors(conn) as error:  # it went past SQLAlchemy, and is told like every other error of a database
        raise DBAPIError(statement, None, error, hide_parameters=True) from error


def driver_errors(conn: Connection) -> type[Exception]:
    """Return what the driver raises."""
    found: type[Exception] = conn.dialect.dbapi.Error  # type: ignore[union-attr]
    return found


def update_many(conn: Connection, kind: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Change customers or accounts that are known; all rows have the same columns."""
    if not rows:
        return
    table, key = MASTERS[kind]
    names = [name for name in rows[0] if name != key]
    changed = update(table).where(table.c[key] == bindparam("its_key"))
    values = [{"its_key": row[key], **{f"to_{name}": row[name] for name in names}} for row in rows]
    conn.execute(changed.values({name: bindparam(f"to_{name}") for name in names}), values)


def loads(conn: Connection) -> tuple[Values, ...]:
    """Return the loads, the newest first."""
    rows = conn.execute(select(bill_load).order_by(bill_load.c.loaded_at.desc(), bill_load.c.load_id))
    return tuple(dict(row) for row in rows.mappings())


def mapping_named(conn: Connection, name: str) -> Values | None:
    """Return a saved mapping."""
    row = conn.execute(select(column_mapping).where(column_mapping.c.name == name)).mappings().first()
    return None if row is None else dict(row)


def mappings(conn: Connection) -> tuple[Values, ...]:
    """Return the saved mappings by name."""
    rows = conn.execute(select(column_mapping).order_by(func.lower(column_mapping.c.name))).mappings()
    return tuple(dict(row) for row in rows)


def save_mapping(conn: Connection, values: Mapping[str, Any]) -> None:
    """Keep a mapping under its name, in the place of the one before."""
    changed = update(column_mapping).where(column_mapping.c.name == values["name"]).values(**values)
    if not conn.execute(changed).rowcount:
        conn.execute(insert(column_mapping), [dict(values)])
