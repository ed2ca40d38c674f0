"""The index over customers: FTS5 on SQLite, a tsvector with GIN on PostgreSQL, behind the same three functions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

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
"""Shorter beginnings fit nearly everybody."""
_FIND_AMONG = """
SELECT search_row FROM customer_search WHERE words @@ %s::tsquery AND (words || ''::tsvector) @@ %s::tsquery LIMIT %s
"""
"""What is put together anew (``||``) has no index: the second question only looks over what the first found."""


def file(conn: Connection, rows: Iterable[tuple[int, Sequence[str]]]) -> None:
    """File customers under their words (``domain.customer_words``); they are not on file yet."""
    values = [(row, " ".join(words)) for row, words in rows]
    if values:
        conn.exec_driver_sql(_FILE[conn.dialect.name], values)


def forget(conn: Connection, row: int) -> None:
    """Take a customer out of the index (before they are filed anew)."""
    conn.exec_driver_sql(_FORGET[conn.dialect.name], (row,))


def find(conn: Connection, terms: Sequence[str], most: int, *, whole: bool = False) -> tuple[int, ...]:
    """Return the rows of customers of whom every term begins a word (``whole``: is one); at most ``most``."""
    if not terms:
        return ()
    if conn.dialect.name == "sqlite":
        question = " AND ".join(f'"{term}"' if whole else f'"{term}" *' for term in terms)
        return _rows(conn, _FIND["sqlite"], (question, most))
    return _find_on_server(conn, terms, most, "" if whole else ":*")


def _find_on_server(conn: Connection, terms: Sequence[str], most: int, mark: str) -> tuple[int, ...]:
    """Ask PostgreSQL, in the way that its planner cannot see is the quicker one.

    One or two letters begin a word of nearly everybody: beside longer terms they only look over what those found
    (without the index, which would put a million rows together first); alone, and three figures alone (an area code),
    the table is read from its beginning until there are enough. Longer terms always go through the index: a guess that
    they fit many would read the table.
    """
    if len(terms) == 1 and len(terms[0]) == SHORT and terms[0].isdigit():
        with _planned(conn, "enable_bitmapscan"):
            return _rows(conn, _FIND["postgresql"], (f"'{terms[0]}'{mark}", most))
    long = [term for term in terms if len(term) >= SHORT]
    short = [term for term in terms if len(term) < SHORT]
    asked = " & ".join(f"'{term}'{mark}" for term in long or short)
    with _planned(conn, "enable_seqscan" if long else "enable_bitmapscan"):
        if not (long and short):
            return _rows(conn, _FIND["postgresql"], (asked, most))
        return _rows(conn, _FIND_AMONG, (asked, " & ".join(f"'{term}'{mark}" for term in short), most))


@contextmanager
def _planned(conn: Connection, without: str) -> Iterator[None]:
    """Keep PostgreSQL from one way to read a table."""
    conn.exec_driver_sql(f"SET LOCAL {without} = off")
    yield
    conn.exec_driver_sql(f"SET LOCAL {without} = on")


def _rows(conn: Connection, statement: str, values: tuple[object, ...]) -> tuple[int, ...]:
    return tuple(int(row[0]) for row in conn.exec_driver_sql(statement, values).all())


def find_any(conn: Connection, words: Sequence[str], most: int) -> tuple[int, ...]:
    """Return the rows of customers who have one of these words whole; at most ``most``, unordered."""
    if not words:
        return ()
    if conn.dialect.name == "sqlite":
        return _rows(conn, _FIND["sqlite"], (" OR ".join(f'"{word}"' for word in words), most))
    with _planned(conn, "enable_seqscan"):
        return _rows(conn, _FIND["postgresql"], (" | ".join(f"'{word}'" for word in words), most))


def all_rows(conn: Connection) -> frozenset[int]:
    """Return the rows of all who are on file."""
    return frozenset(int(row[0]) for row in conn.exec_driver_sql(_ALL[conn.dialect.name]))


def words_of(conn: Connection, rows: Sequence[int]) -> dict[int, frozenset[str]]:
    """Return what some customers are filed under, as the index itself keeps it."""
    marks = ", ".join(str(int(row)) for row in rows)
    found = conn.exec_driver_sql(_WORDS[conn.dialect.name].format(rows=marks)) if rows else ()
    return {int(row): frozenset(words.split(" ") if isinstance(words, str) else words) - {""} for row, words in found}
