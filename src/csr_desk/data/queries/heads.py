"""Where each series stands, and where it stood at an entry of the past; what was sealed, and with which keys."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, and_, func, select

from csr_desk.data.models import ledger_event, ledger_tender, series, staff
from csr_desk.data.queries.entries import Event, event_row
from csr_desk.domain.ledger import EventKind
from csr_desk.domain.seal import SealedHead

_EVENT = ledger_event.c


def all_heads(conn: Connection) -> tuple[SealedHead, ...]:
    """Return the head of every series: the registers by name, then the office's own."""
    rows = conn.execute(select(series).order_by(series.c.kind.desc(), series.c.series_id))
    return tuple(_head(row) for row in rows)


def head_now(conn: Connection, name: str) -> SealedHead | None:
    """Return the head of a series as its own row has it, or None for a series that is not there."""
    row = conn.execute(select(series).where(series.c.series_id == name)).first()
    return None if row is None else _head(row)


def last_seq(conn: Connection, name: str) -> int:
    """Return the number of the last entry of a series; 0 where there is none."""
    return conn.execute(select(series.c.last_seq).where(series.c.series_id == name)).scalar() or 0


def _head(row: Row[Any]) -> SealedHead:
    mac = bytes(row.head_mac).hex()
    return SealedHead(row.series_id, row.last_seq, row.last_receipt_no, row.perpetual_minor, mac)


def start_of(conn: Connection, name: str) -> bytes:
    """Return what a series starts from."""
    return bytes(conn.execute(select(series.c.genesis).where(series.c.series_id == name)).scalar_one())


def mac_at(conn: Connection, name: str, seq: int) -> bytes | None:
    """Return the MAC of an entry, or None where it is missing; that of entry 0 is the start of the series."""
    if seq == 0:
        return start_of(conn, name)
    found = conn.execute(select(_EVENT.mac).where(_EVENT.series_id == name, _EVENT.seq == seq)).scalar()
    return None if found is None else bytes(found)


def standing(conn: Connection, name: str, seq: int) -> tuple[int, int, int]:
    """Count a series up to an entry from its rows: entries, receipts, and what was taken (cents)."""
    up_to = and_(_EVENT.series_id == name, _EVENT.seq <= seq)
    entries, receipts = conn.execute(select(func.count(), func.count(_EVENT.receipt_no)).where(up_to)).one()
    tenders = ledger_tender.c
    taken = conn.execute(
        select(func.coalesce(func.sum(tenders.amount_minor), 0)).where(tenders.series_id == name, tenders.seq <= seq)
    ).scalar_one()
    return int(entries), int(receipts), int(taken)


def broken_link(conn: Connection, name: str, seq: int) -> int | None:
    """Return the first entry up to ``seq`` that does not follow the one before it, by the MACs as they are stored.

    Nobody needs the chain key for that: rows may have been changed all the same, but no entry was taken out.
    """
    before = ledger_event.alias("before")
    joined = ledger_event.outerjoin(
        before, and_(before.c.series_id == _EVENT.series_id, before.c.seq == _EVENT.seq - 1)
    )
    expected = func.coalesce(before.c.mac, start_of(conn, name)) if seq else before.c.mac
    return conn.execute(
        select(func.min(_EVENT.seq))
        .select_from(joined)
        .where(_EVENT.series_id == name, _EVENT.seq <= seq, _EVENT.prev_mac != expected)
    ).scalar()


def entry_told(conn: Connection, name: str, seq: int) -> tuple[Event, str] | None:
    """Return an entry with the name of who recorded it, or None where it is missing."""
    row = conn.execute(select(ledger_event).where(_EVENT.series_id == name, _EVENT.seq == seq)).first()
    if row is None:
        return None
    who = conn.execute(select(staff.c.name).where(staff.c.user_id == row.actor_id)).scalar()
    return event_row(row), str(who or row.actor_id)


def last_known(conn: Connection, name: str) -> tuple[Event, str] | None:
    """Return the newest entry of a series that is there, with the name of who recorded it."""
    newest = conn.execute(select(func.max(_EVENT.seq)).where(_EVENT.series_id == name)).scalar()
    return None if newest is None else entry_told(conn, name, newest)


def key_events(conn: Connection) -> tuple[Event, ...]:
    """Return the entries that set a seal key, in their order."""
    return _of_kind(conn, EventKind.SEAL_KEY_SET)


def seal_events(conn: Connection, day: date | None = None) -> tuple[Event, ...]:
    """Return the entries of day seals (or those of one day), in their order."""
    return _of_kind(conn, EventKind.DAY_SEALED, day)


def restore_events(conn: Connection) -> tuple[Event, ...]:
    """Return the entries of restores from a backup, in their order."""
    return _of_kind(conn, EventKind.RESTORED)


def _of_kind(conn: Connection, kind: EventKind, day: date | None = None) -> tuple[Event, ...]:
    office = select(series.c.series_id).where(series.c.kind == "office").scalar_subquery()
    wanted = select(ledger_event).where(_EVENT.series_id == office, _EVENT.kind == kind.value)
    if day is not None:
        wanted = wanted.where(_EVENT.business_date == day.isoformat())
    return tuple(event_row(row) for row in conn.execute(wanted.order_by(_EVENT.series_id, _EVENT.seq)))


def closed_days(conn: Connection, day: date | None = None) -> dict[date, Event]:
    """Return the entry that closed each day (or one day), by date."""
    return {event.business_date: event for event in _of_kind(conn, EventKind.DAY_CLOSED, day)}
