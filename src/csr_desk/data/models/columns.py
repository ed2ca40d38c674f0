"""The column types that mean the same on SQLite and PostgreSQL.

Dates and instants are text (``2026-07-14``, ``2026-07-14T13:05:09.000000Z``), money is whole cents, flags are 0 or 1:
so the bytes that the chain seals are the same on both.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Integer, LargeBinary, MetaData, Table, Text, event
from sqlalchemy import text as sql
from sqlalchemy.sql.schema import SchemaItem

from csr_desk.domain.money import MAX_CENTS

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)
"""All tables of the program."""

WHOLE = BigInteger().with_variant(Integer(), "sqlite")
"""A whole number of 64 bits on both engines."""


def text(name: str, *rules: SchemaItem, null: bool = False, key: bool = False) -> Column[str]:
    """Make a text column."""
    return Column(name, Text(), *rules, nullable=null, primary_key=key)


def whole(name: str, *rules: SchemaItem, null: bool = False, key: bool = False) -> Column[int]:
    """Make a column of whole numbers."""
    return Column(name, WHOLE, *rules, nullable=null, primary_key=key, autoincrement=False)


def cents(name: str, *, null: bool = False) -> Column[int]:
    """Make a column of money in cents, bounded as in ``domain.money``."""
    bound = CheckConstraint(f"{name} BETWEEN -{MAX_CENTS} AND {MAX_CENTS}", name=name)
    return Column(name, WHOLE, bound, nullable=null)


def flag(name: str) -> Column[int]:
    """Make a yes-or-no column (1 or 0)."""
    return Column(name, WHOLE, CheckConstraint(f"{name} IN (0, 1)", name=name), nullable=False)


def date_text(name: str, *rules: SchemaItem, null: bool = False, key: bool = False) -> Column[str]:
    """Make a column for a date as text, ``2026-07-14``."""
    shape = CheckConstraint(f"{name} LIKE '____-__-__'", name=name)
    return Column(name, Text(), shape, *rules, nullable=null, primary_key=key)


def octets(name: str, *, null: bool = False) -> Column[bytes]:
    """Make a column of bytes."""
    return Column(name, LargeBinary(), nullable=null)


def one_of(name: str, *words: str, null: bool = False) -> Column[str]:
    """Make a text column that holds one of a few words."""
    listed = ", ".join(f"'{word}'" for word in words)
    return Column(name, Text(), CheckConstraint(f"{name} IN ({listed})", name=name), nullable=null)


def partial_index(name: str, columns: Sequence[Column[Any]], where: str, *, unique: bool = False) -> Index:
    """Make an index over the rows of one table for which ``where`` holds.

    PostgreSQL learns of the condition when the table is made there: to name it here would load its whole dialect at
    every start of the window.
    """
    condition = sql(where)
    index = Index(name, *columns, unique=unique, sqlite_where=condition)

    def complete(_table: Table, connection: Any, **_more: object) -> None:
        if connection.dialect.name == "postgresql":
            index.dialect_options["postgresql"]["where"] = condition

    event.listen(columns[0].table, "before_create", complete)
    return index
