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
_ALL = {
    "sqlite": "SELECT rowid FROM customer_search",
    "postgresql": "SELECT search_row FROM customer_search",
}
_WORDS = {
    "sqlite": "SELECT rowid, words FROM customer_search WHERE rowid IN ({rows})",
    "postgresql": "SELECT search_row, tsvector_to_array(words) FROM customer_search WHERE search_row IN ({rows})",
}
SHORT = 3
"""Letters of a question, all terms together, up to which nearly everybody fits."""


def file(conn: Connection, rows: Iterable[tuple[int, Sequence[str]]]) -> None:
    """File customers under their words (``domain.customer_words``); they are not on file yet."""
    values = [(row, " ".join(words)) for row, words in rows]
    if values:
        conn.exec_driver_sql(_FILE[conn.dialect.name], values)


def forget(conn: Connection, row: int) -> None:
    """Take a customer out of the index (before they are filed anew)."""
    conn.exec_driver_sql(_FORGET[conn.dialect.name], (row,))


def find(conn: Connection, terms: Sequence[str], most: int, *, whole: bool = False) -> tuple[int, ...]:
    """Return the rows of customers of whom every term begins a word (``whole``: is one); at most ``most``, unordered.

    On PostgreSQL a question of one to three letters fits so many customers that reading the table from its beginning
    until there are enough is quicker than to put all of them together first.
    """
    if not terms:
        return ()
    sqlite = conn.dialect.name == "sqlite"
    if sqlite:
        question = " AND ".join(f'"{term}"' if whole else f'"{term}" *' for term in terms)
    else:
        question = " & ".join(f"'{term}'" if whole else f"'{term}':*" for term in terms)
    short = not sqlite and sum(map(len, terms)) <= SHORT
    if short:
        conn.exec_driver_sql("SET LOCAL enable_bitmapscan = off")
    rows = conn.exec_driver_sql(_FIND[conn.dialect.name], (question, most)).all()
    if short:
        conn.exec_driver_sql("SET LOCAL enable_bitmapscan = on")
    return tuple(int(row[0]) for row in rows)


def find_any(conn: Connection, words: Sequence[str], most: int) -> tuple[int, ...]:
    """Return the rows of customers who have one of these words whole; at most ``most``, unordered."""
    if not words:
        return ()
    sqlite = conn.dialect.name == "sqlite"
    question = " OR ".join(f'"{word}"' for word in words) if sqlite else " | ".join(f"'{word}'" for word in words)
    return tuple(int(row[0]) for row in conn.exec_driver_sql(_FIND[conn.dialect.name], (question, most)))


def all_rows(conn: Connection) -> frozenset[int]:
    """Return the rows of all who are on file."""
    return frozenset(int(row[0]) for row in conn.exec_driver_sql(_ALL[conn.dialect.name]))


def words_of(conn: Connection, rows: Sequence[int]) -> dict[int, frozenset[str]]:
    """Return what some customers are filed under, as the index itself keeps it."""
    marks = ", ".join(str(int(row)) for row in rows)
    found = conn.exec_driver_sql(_WORDS[conn.dialect.name].format(rows=marks)) if rows else ()
    return {int(row): frozenset(words.split(" ") if isinstance(words, str) else words) - {""} for row, words in found}
