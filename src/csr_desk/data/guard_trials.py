"""Trying whether the database really refuses to change the ledger: the newest row of each table, always rolled back."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Table, delete, update
from sqlalchemy.exc import DBAPIError

from csr_desk.data.engine import Store
from csr_desk.data.models import LEDGER


@dataclass(frozen=True, slots=True)
class Attempt:
    """A change that was tried with the program's own role, and what the database said."""

    table: str
    statement: str
    answer: str
    refused: bool


def try_to_change(store: Store) -> tuple[Attempt, ...]:
    """Try UPDATE and DELETE of the newest row of every table of the ledger; nothing stays, whatever the answer.

    A table without a row is left out: its triggers would not be asked.
    """
    found: list[Attempt] = []
    for table in LEDGER:
        with store.engine.connect() as reading:
            newest = _newest(reading, table)
        if newest is not None:
            found += [_attempt(store, table, newest, removing=removing) for removing in (False, True)]
    return tuple(found)


def _newest(connection: Connection, table: Table) -> dict[str, object] | None:
    keys = list(table.primary_key.columns)
    row = connection.execute(table.select().order_by(*(key.desc() for key in keys)).limit(1)).mappings().first()
    return None if row is None else {key.name: row[key.name] for key in keys}


def _attempt(store: Store, table: Table, at: dict[str, object], *, removing: bool) -> Attempt:
    where = [table.c[name] == value for name, value in at.items()]
    change = delete(table) if removing else update(table).values({table.c.series_id: at["series_id"]})
    with store.write_engine.connect() as connection:
        transaction = connection.begin()
        try:
            connection.execute(change.where(*where))
        except DBAPIError as refusal:
            said = str(refusal.orig).strip().splitlines()[0]
            return Attempt(table.name, "DELETE" if removing else "UPDATE", said, refused=True)
        finally:
            transaction.rollback()
    return Attempt(table.name, "DELETE" if removing else "UPDATE", "not refused (rolled back)", refused=False)
