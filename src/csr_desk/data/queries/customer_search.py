"""The index over customers: FTS5 on SQLite, a tsvector with GIN on PostgreSQL, behind the same three functions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

_FILE = {
    "sqlite": "INSERT INTO customer_search (rowid, words) VALUES (?, ?)",
    "postgresql": (
        "INSERT INTO customer_search (search_row, words) VALUES (%s, array_to_tsvector(string_to_array(%s, ' ')))"
    ),
}
_FORGET = {
    "sqlite": "DELETE FROM customer_search WHERE rowid = ?",
    "postgresql": "DELETE FROM customer_search WHERE search_row = %s",
}
_FIND = {
    "sqlite": "SELECT rowid FROM customer_search WHERE customer_search MATCH ? LIMIT ?",
    "postgresql": "SELECT search_row FROM customer_search WHERE words @@ %s::tsquery LIMIT %s",
}


def file(conn: Connection, rows: Iterable[tuple[int, Sequence[str]]]) -> None:
    """File customers under their words (``domain.customer_words``); they are not on file yet."""
    values = [(row, " ".join(words)) for row, words in rows]
    if values:
        conn.exec_driver_sql(_FILE[conn.dialect.name], values)


def forget(conn: Connection, row: int) -> None:
    """Take a customer out of the index (before they are filed anew)."""
    conn.exec_driver_sql(_FORGET[conn.dialect.name], (row,))


def find(conn: Connection, terms: Sequence[str], most: int) -> tuple[int, ...]:
    """Return the rows of customers of whom every term begins a word; as many as ``most``, in no order."""
    if not terms:
        return ()
    if conn.dialect.name == "sqlite":
        question = " AND ".join(f'"{term}" *' for term in terms)
    else:
        question = " & ".join(f"'{term}':*" for term in terms)
    rows = conn.exec_driver_sql(_FIND[conn.dialect.name], (question, most))
    return tuple(int(row[0]) for row in rows)
