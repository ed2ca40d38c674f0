"""Compares rows of a table of the present with what the entries say of them, in the same words for every table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from sqlalchemy import Connection

Values: TypeAlias = dict[str, Any]
Rows: TypeAlias = Mapping[Any, Values]
"""By their key: a value, or a tuple where it has several columns."""


def rows_of(connection: Connection, query: str) -> list[Values]:
    """Return rows by a query without parameters."""
    return [dict(row) for row in connection.exec_driver_sql(query).mappings()]


def by_key(rows: Iterable[Values], *key: str) -> dict[Any, Values]:
    """Put rows under the values of their key, in their order."""
    return {row[key[0]] if len(key) == 1 else tuple(row[name] for name in key): row for row in rows}


def differing(words: str, rows: Rows, told: Rows) -> Iterator[str]:
    """Name the rows that are not what the entries say, those that stand in none, and those that are missing.

    ``words`` has a place for the key: ``deposit {} of a customer``. What the entries do not say is not compared.
    """
    for key, row in rows.items():
        said, name = told.get(key), words.format(key_words(key))
        if said is None:
            yield f"{name} stands in no entry of the ledger"
            continue
        wrong = first_wrong(row, said)
        if wrong is not None:
            yield f"{name}: its {column_words(wrong)} is {row[wrong]}, but the entries say {said[wrong]}"
    for key in sorted(told.keys() - rows.keys(), key=str):
        yield f"{words.format(key_words(key))} stands in the ledger, but its row is gone"


def first_wrong(row: Mapping[Any, Any], said: Values) -> str | None:
    """Return the first column in which a row is not what is said of it."""
    return next((name for name, value in said.items() if row[name] != value), None)


def column_words(name: str) -> str:
    """Name a column as people say it."""
    return name.removesuffix("_minor").replace("_", " ")


def key_words(key: object) -> str:
    """Write a key out."""
    return "/".join(map(str, key)) if isinstance(key, tuple) else str(key)
