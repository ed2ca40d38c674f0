"""Entries of the ledger: one with its rows, the events of a batch or a day, and the texts beside them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, bindparam, func, select

from csr_desk.data.models import (
    ledger_event,
    ledger_line,
    ledger_note,
    ledger_posting,
    ledger_tender,
    note_text,
    print_outbox,
    staff,
)
from csr_desk.data.queries.approval_requests import one_deferred
from csr_desk.data.queries.office import policy_in_force
from csr_desk.domain.ledger import EventKey, EventKind, LineRow, Posting, TenderRole, TenderRow
from csr_desk.domain.people import reviewed_later


@dataclass(frozen=True, slots=True)
class Event:
    """An entry's own row, read back."""

    key: EventKey
    kind: EventKind
    business_date: date
    batch: str | None
    actor: str
    approver: str | None
    recorded_at: str
    idem_key: str
    content_hash: str
    receipt_no: int | None
    reverses: EventKey | None
    facts: dict[str, Any]
    mac: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry with all its rows and the texts that still exist."""

    event: Event
    lines: tuple[LineRow, ...]
    tenders: tuple[TenderRow, ...]
    postings: tuple[Posting, ...]
    notes: dict[str, str]
    actor_name: str
    approver_name: str


_EVENTS: Select[Any] = select(ledger_event)
_BY_KEY = _EVENTS.where(ledger_event.c.idem_key == bindparam("idem_key"))
"""Built once, because every act asks it."""

_AT_ONCE = 500
"""Keys of one question; more of them have to be asked in parts."""

_TEXTS: Select[Any] = select(ledger_note.c.series_id, ledger_note.c.seq, ledger_note.c.topic, note_text.c.text).join(
    note_text,
    and_(
        note_text.c.series_id == ledger_note.c.series_id,
        note_text.c.seq == ledger_note.c.seq,
        note_text.c.n == ledger_note.c.n,
    ),
)
"""Texts beside the ledger that were not purged."""


def event_row(row: Row[Any]) -> Event:
    """Read an entry's own row."""
    back = None if row.reverses_seq is None else EventKey(row.reverses_series, row.reverses_seq)
    return Event(
        EventKey(row.series_id, row.seq),
        EventKind(row.kind),
        date.fromisoformat(row.business_date),
        row.batch_id,
        row.actor_id,
        row.approver_id,
        row.recorded_at_utc,
        row.idem_key,
        row.content_hash,
        row.receipt_no,
        back,
        json.loads(row.facts),
        bytes(row.mac),
    )


def event_at(conn: Connection, key: EventKey) -> Event | None:
    """Return the entry at a place."""
    return _first(conn, _EVENTS.where(ledger_event.c.series_id == key.series, ledger_event.c.seq == key.seq))


def event_of_key(conn: Connection, idem_key: str) -> Event | None:
    """Return the entry that an idempotency key wrote."""
    row = conn.execute(_BY_KEY, {"idem_key": idem_key}).first()
    return None if row is None else event_row(row)


def keys_used(conn: Connection, idem_keys: Iterable[str]) -> frozenset[str]:
    """Return those of some idempotency keys that wrote an entry."""
    asked, used = list(idem_keys), set[str]()
    for at in range(0, len(asked), _AT_ONCE):
        some = ledger_event.c.idem_key.in_(asked[at : at + _AT_ONCE])
        used |= set(conn.execute(select(ledger_event.c.idem_key).where(some)).scalars())
    return frozenset(used)


def event_of_receipt(conn: Connection, series: str, number: int) -> Event | None:
    """Return the entry that carries a receipt number."""
    return _first(conn, _EVENTS.where(ledger_event.c.series_id == series, ledger_event.c.receipt_no == number))


def reversal_of(conn: Connection, key: EventKey, kind: EventKind) -> Event | None:
    """Return the entry of a kind that takes another one back."""
    return _first(
        conn,
        _EVENTS.where(
            ledger_event.c.reverses_series == key.series,
            ledger_event.c.reverses_seq == key.seq,
            ledger_event.c.kind == kind.value,
        ),
    )


def reversals_of(conn: Connection, key: EventKey) -> tuple[Event, ...]:
    """Return everything that points back to an entry, oldest first."""
    return _all(
        conn,
        _EVENTS.where(ledger_event.c.reverses_series == key.series, ledger_event.c.reverses_seq == key.seq).order_by(
            ledger_event.c.seq
        ),
    )


def _first(conn: Connection, wanted: Select[Any]) -> Event | None:
    row = conn.execute(wanted).first()
    return None if row is None else event_row(row)


def _all(conn: Connection, wanted: Select[Any]) -> tuple[Event, ...]:
    return tuple(event_row(row) for row in conn.execute(wanted))


def batch_events(conn: Connection, batch_id: str, kinds: Sequence[EventKind] = ()) -> tuple[Event, ...]:
    """Return the entries of a batch (of some kinds), in the order they happened."""
    wanted = _EVENTS.where(ledger_event.c.batch_id == batch_id)
    if kinds:
        wanted = wanted.where(ledger_event.c.kind.in_([kind.value for kind in kinds]))
    return _all(conn, wanted.order_by(ledger_event.c.series_id, ledger_event.c.seq))


def day_events(conn: Connection, first: date, last: date, kinds: Sequence[EventKind] = ()) -> tuple[Event, ...]:
    """Return the entries of some business dates (of some kinds), by date, series and place."""
    wanted = _EVENTS.where(ledger_event.c.business_date.between(first.isoformat(), last.isoformat()))
    if kinds:
        wanted = wanted.where(ledger_event.c.kind.in_([kind.value for kind in kinds]))
    return _all(conn, wanted.order_by(ledger_event.c.business_date, ledger_event.c.series_id, ledger_event.c.seq))


def last_event_of(conn: Connection, actor: str, kinds: Sequence[EventKind]) -> Event | None:
    """Return the newest entry of a person of some kinds.

    Within a series the newest is the one with the highest number, also where the clock of the station was put back
    meanwhile; only between the drawers that a person worked at does the time decide.
    """
    newest = (
        select(ledger_event.c.series_id, func.max(ledger_event.c.seq).label("seq"))
        .where(ledger_event.c.actor_id == actor, ledger_event.c.kind.in_([kind.value for kind in kinds]))
        .group_by(ledger_event.c.series_id)
        .subquery()
    )
    same = and_(ledger_event.c.series_id == newest.c.series_id, ledger_event.c.seq == newest.c.seq)
    return _first(conn, _EVENTS.join(newest, same).order_by(ledger_event.c.recorded_at_utc.desc()).limit(1))


def did_on(conn: Connection, actor: str, day: date, kind: EventKind) -> bool:
    """Say whether a person has an entry of a kind on a business date."""
    mine = and_(ledger_event.c.business_date == day.isoformat(), ledger_event.c.actor_id == actor)
    found = select(ledger_event.c.seq).where(mine, ledger_event.c.kind == kind.value).limit(1)
    return conn.execute(found).first() is not None


def last_moment_of(conn: Connection, actor: str, day: date) -> str | None:
    """Return when a person's last entry of a day was recorded."""
    rules = (ledger_event.c.actor_id == actor, ledger_event.c.business_date == day.isoformat())
    found: str | None = conn.execute(select(func.max(ledger_event.c.recorded_at_utc)).where(*rules)).scalar_one()
    return found


def entry(conn: Connection, event: Event) -> Entry:
    """Read an entry's rows and texts."""
    key = event.key
    rows = conn.execute(
        select(staff.c.user_id, staff.c.name).where(staff.c.user_id.in_([event.actor, event.approver or ""]))
    )
    names = {row.user_id: row.name for row in rows}
    second = names[event.approver] if event.approver else reviewed_later(_reviewer(conn, key))
    return Entry(
        event,
        lines_of(conn, key),
        tenders_of(conn, key),
        postings_of(conn, key),
        notes_of(conn, key),
        names[event.actor],
        second,
    )


def _reviewer(conn: Connection, key: EventKey) -> str:
    """Name the outsider who looks (or looked) at an entry that had no second person; nothing for any other entry."""
    row = one_deferred(conn, key)
    if row is None or row.reviewer_name:
        return "" if row is None else row.reviewer_name
    user = policy_in_force(conn)[1].get("outside_reviewer")
    return str(conn.execute(select(staff.c.name).where(staff.c.user_id == user)).scalar_one_or_none() or "")


def lines_of(conn: Connection, key: EventKey) -> tuple[LineRow, ...]:
    """Return the lines of an entry."""
    table = ledger_line.c
    rows = conn.execute(
        select(ledger_line).where(table.series_id == key.series, table.seq == key.seq).order_by(table.n)
    )
    return tuple(line_row(row) for row in rows)


def line_row(row: Row[Any]) -> LineRow:
    """Read a line."""
    return LineRow(
        row.n, row.kind, row.item, row.name, row.department, row.quantity, row.each_minor, row.amount_minor,
        row.added_with, row.authority, row.price_from, row.tax_minor, tuple(json.loads(row.explain)),
        row.reference, row.list_minor,
    )  # fmt: skip


def tenders_of(conn: Connection, key: EventKey) -> tuple[TenderRow, ...]:
    """Return the tender rows of an entry."""
    table = ledger_tender.c
    rows = conn.execute(
        select(ledger_tender).where(table.series_id == key.series, table.seq == key.seq).order_by(table.n)
    )
    return tuple(tender_row(row) for row in rows)


def tender_row(row: Row[Any]) -> TenderRow:
    """Read a tender row."""
    return TenderRow(
        row.n, row.kind, TenderRole(row.role), row.amount_minor, row.check_number, row.routing, row.account_masked,
        row.brand, row.last4, row.authorization, row.document, row.department, row.account_hash, row.check_date,
    )  # fmt: skip


def postings_of(conn: Connection, key: EventKey) -> tuple[Posting, ...]:
    """Return the postings of an entry."""
    table = ledger_posting.c
    rows = conn.execute(
        select(ledger_posting).where(table.series_id == key.series, table.seq == key.seq).order_by(table.n)
    )
    return tuple(Posting(row.account, row.amount_minor, row.line_n, row.tender_n) for row in rows)


def notes_of(conn: Connection, key: EventKey) -> dict[str, str]:
    """Return the texts of an entry that still exist, by topic."""
    rows = conn.execute(_TEXTS.where(ledger_note.c.series_id == key.series, ledger_note.c.seq == key.seq))
    return {row.topic: row.text for row in rows}


def texts_of(conn: Connection, keys: Iterable[EventKey], topic: str) -> dict[EventKey, str]:
    """Return the texts of one topic that still exist, for several entries."""
    wanted = set(keys)
    rows = conn.execute(
        _TEXTS.where(
            ledger_note.c.series_id.in_({key.series for key in wanted}),
            ledger_note.c.seq.in_({key.seq for key in wanted}),
            ledger_note.c.topic == topic,
        )
    )
    return {key: row.text for row in rows if (key := EventKey(row.series_id, row.seq)) in wanted}


def reprints(conn: Connection, key: EventKey) -> int:
    """Return how many times the paper of an entry was printed again."""
    return conn.execute(
        select(func.count())
        .select_from(ledger_event)
        .where(
            ledger_event.c.reverses_series == key.series,
            ledger_event.c.reverses_seq == key.seq,
            ledger_event.c.kind == EventKind.REPRINT.value,
        )
    ).scalar_one()


def was_printed(conn: Connection, key: EventKey) -> bool:
    """Say whether the original paper of an entry came out of the printer."""
    table = print_outbox.c
    return (
        conn.execute(
            select(table.job_id).where(
                table.series_id == key.series,
                table.seq == key.seq,
                table.copy_no == 0,
                table.document == "receipt",
                table.state == "printed",
            )
        ).first()
        is not None
    )
