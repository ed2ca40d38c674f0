"""The ledger of some business dates read whole, for those who go through everything: exceptions and evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Select, Table, Text, and_, func, select

from csr_desk.data.models import (
    catalogue_release,
    ledger_event,
    ledger_line,
    ledger_note,
    ledger_posting,
    ledger_tender,
    metadata,
    note_text,
)
from csr_desk.data.queries.entries import Event, event_row, line_row, tender_row
from csr_desk.data.queries.office import ReleaseRecord
from csr_desk.domain.ledger import EventKey, EventKind, LineRow, Posting, TenderRow

T = TypeVar("T")

KEPT_BACK = frozenset({"secret_hash", "demo_secret", "content", "genesis"})
"""Columns that nobody reads who only looks: secrets, and whole files."""


def _of_period(table: Table, first: date, last: date) -> Select[Any]:
    event = ledger_event.c
    return (
        select(table)
        .join(ledger_event, and_(event.series_id == table.c.series_id, event.seq == table.c.seq))
        .where(event.business_date.between(first.isoformat(), last.isoformat()))
        .order_by(table.c.series_id, table.c.seq, table.c.n)
    )


def _by_entry(conn: Connection, wanted: Select[Any], read: Callable[[Row[Any]], T]) -> dict[EventKey, tuple[T, ...]]:
    found: dict[EventKey, list[T]] = {}
    for row in conn.execute(wanted):
        found.setdefault(EventKey(row.series_id, row.seq), []).append(read(row))
    return {key: tuple(rows) for key, rows in found.items()}


def lines(conn: Connection, first: date, last: date) -> dict[EventKey, tuple[LineRow, ...]]:
    """Return the lines of all entries of some business dates."""
    return _by_entry(conn, _of_period(ledger_line, first, last), line_row)


def tenders(conn: Connection, first: date, last: date) -> dict[EventKey, tuple[TenderRow, ...]]:
    """Return the tender rows of all entries of some business dates."""
    return _by_entry(conn, _of_period(ledger_tender, first, last), tender_row)


def postings(conn: Connection, first: date, last: date) -> dict[EventKey, tuple[Posting, ...]]:
    """Return the postings of all entries of some business dates."""
    return _by_entry(
        conn,
        _of_period(ledger_posting, first, last),
        lambda row: Posting(row.account, row.amount_minor, row.line_n, row.tender_n),
    )


def notes(conn: Connection, first: date, last: date) -> dict[EventKey, dict[str, str | None]]:
    """Return the texts of all entries of some business dates by topic; None where a text was purged."""
    event, note, text = ledger_event.c, ledger_note.c, note_text.c
    rows = conn.execute(
        select(note.series_id, note.seq, note.topic, text.text)
        .join(ledger_event, and_(event.series_id == note.series_id, event.seq == note.seq))
        .outerjoin(note_text, and_(text.series_id == note.series_id, text.seq == note.seq, text.n == note.n))
        .where(event.business_date.between(first.isoformat(), last.isoformat()))
        .order_by(note.series_id, note.seq, note.n)
    )
    found: dict[EventKey, dict[str, str | None]] = {}
    for row in rows:
        found.setdefault(EventKey(row.series_id, row.seq), {})[row.topic] = row.text
    return found


def all_events(conn: Connection, *kinds: EventKind) -> tuple[Event, ...]:
    """Return the entries of some kinds of all times, by series and place."""
    event = ledger_event.c
    wanted = select(ledger_event).where(event.kind.in_([kind.value for kind in kinds]))
    return tuple(event_row(row) for row in conn.execute(wanted.order_by(event.series_id, event.seq)))


def numbers(conn: Connection, series: str) -> tuple[int, ...]:
    """Return every receipt number of a series, in order."""
    event = ledger_event.c
    rows = conn.execute(
        select(event.receipt_no)
        .where(event.series_id == series, event.receipt_no.is_not(None))
        .order_by(event.receipt_no)
    )
    return tuple(int(number) for number in rows.scalars())


def places(conn: Connection, series: str) -> tuple[int, ...]:
    """Return the place of every entry of a series, in order."""
    event = ledger_event.c
    rows = conn.execute(select(event.seq).where(event.series_id == series).order_by(event.seq))
    return tuple(int(seq) for seq in rows.scalars())


def instants(conn: Connection, series: str) -> Iterator[tuple[int, str, str]]:
    """Give place, kind and time of every entry of a series, in order."""
    event = ledger_event.c
    rows = conn.execute(
        select(event.seq, event.kind, event.recorded_at_utc).where(event.series_id == series).order_by(event.seq)
    )
    for row in rows:
        yield int(row.seq), str(row.kind), str(row.recorded_at_utc)


def last_acts(conn: Connection) -> dict[str, str]:
    """Return when each person last did something that was recorded (UTC)."""
    event = ledger_event.c
    rows = conn.execute(select(event.actor_id, func.max(event.recorded_at_utc)).group_by(event.actor_id))
    return {str(user): str(at) for user, at in rows}


def table_rows(conn: Connection, table: str) -> tuple[dict[str, Any], ...]:
    """Return all rows of a small table by its name, in the order of its key, without what is kept back."""
    wanted = metadata.tables[table]
    columns = [column for column in wanted.columns if column.name not in KEPT_BACK]
    rows = conn.execute(select(*columns).order_by(*wanted.primary_key.columns)).mappings()
    return tuple(dict(row) for row in rows)


def releases(conn: Connection) -> tuple[tuple[str, ReleaseRecord], ...]:
    """Return every catalogue release with the time it was loaded, oldest first."""
    rows = conn.execute(select(catalogue_release).order_by(catalogue_release.c.release_id))
    return tuple(
        (
            str(row.loaded_at),
            ReleaseRecord(row.release_id, row.label, bool(row.demonstration), row.content_hash, bytes(row.content)),
        )
        for row in rows
    )


def export_contents(conn: Connection) -> tuple[dict[str, Any], ...]:
    """Return the files that were exported, with their bytes."""
    table = metadata.tables["export_run"]
    rows = conn.execute(select(table).order_by(table.c.business_date, table.c.export_id)).mappings()
    return tuple(dict(row) for row in rows)


def texts(conn: Connection) -> Iterator[tuple[str, str, str]]:
    """Give every text of the database with the names of its table and column."""
    for name in sorted(metadata.tables):
        table = metadata.tables[name]
        for column in table.columns:
            if isinstance(column.type, Text):
                for value in conn.execute(select(column).where(column.is_not(None), column != "")).scalars():
                    yield name, column.name, str(value)
