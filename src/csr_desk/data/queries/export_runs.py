"""Files that were made once and are given again byte for byte."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, insert, select

from csr_desk.data.models import export_run
from csr_desk.domain.money import Cents


@dataclass(frozen=True, slots=True)
class ExportRecord:
    """An export as stored."""

    export_id: str
    sha256: str
    rows: int
    total: Cents
    content: bytes


def find(conn: Connection, kind: str, business_date: date) -> ExportRecord | None:
    """Return the export of a business date, if it was made."""
    row = conn.execute(
        select(export_run)
        .where(export_run.c.kind == kind, export_run.c.business_date == business_date.isoformat())
        .order_by(export_run.c.export_id)
        .limit(1)
    ).first()
    if row is None:
        return None
    return ExportRecord(row.export_id, row.sha256, row.rows, row.total_minor, bytes(row.content))


def keep(conn: Connection, values: Mapping[str, object]) -> None:
    """Keep an export."""
    conn.execute(insert(export_run), [dict(values)])
