"""Finds rows of the present that point to nothing: foreign keys do not stop an administrator who switches them off."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from csr_desk.data.models import LEDGER, metadata, note_text

_SEALED = (*LEDGER, note_text)
"""Their own rows are found by the seals, and by whoever looks for rows of no entry."""


def dangling_rows(connection: Connection) -> Iterator[str]:
    """Name the tables with a row whose foreign key is not there, on either engine and whatever switched it off."""
    for table in metadata.tables.values():
        if table in _SEALED:
            continue
        for rule in table.foreign_key_constraints:
            pairs = [(part.parent.name, part.column.name) for part in rule.elements]
            joined = " AND ".join(f"there.{far} = here.{near}" for near, far in pairs)
            filled = " AND ".join(f"here.{near} IS NOT NULL" for near, _ in pairs)
            other = rule.referred_table
            query = (
                f"SELECT 1 FROM {table.name} AS here LEFT JOIN {other.name} AS there ON {joined} "  # noqa: S608
                f"WHERE {filled} AND there.{pairs[0][1]} IS NULL LIMIT 1"
            )
            if connection.exec_driver_sql(query).first():
                yield f"a row of {table.name} points to a row of {other.name} that is not there"
