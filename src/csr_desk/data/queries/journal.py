"""The virtual tape: entries of every series in the order they happened, with what they carry."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select, tuple_

from csr_desk.data.models import ledger_event, ledger_posting, ledger_tender, staff
from csr_desk.domain.ledger import EventKey

_ACTOR, _APPROVER = staff.alias("actor"), staff.alias("approver")


@dataclass(frozen=True, slots=True)
class JournalRecord:
    """An entry of the tape (cents); ``amount`` is what its tenders sum to, None where it has none."""

    key: EventKey
    kind: str
    business_date: str
    recorded_at: str
    actor: str
    actor_name: str
    approver_name: str
    batch: str
    receipt_no: int | None
    reverses: EventKey | None
    amount: int | None
    facts: dict[str, Any]


def newest(conn: Connection) -> str | None:
    """Return when the newest entry of any series was recorded: each series is asked for its head only."""
    heads = select(func.max(ledger_event.c.seq).label("seq"), ledger_event.c.series_id).group_by(
        ledger_event.c.series_id
    )
    found = conn.execute(
        select(func.max(ledger_event.c.recorded_at_utc)).where(
            tuple_(ledger_event.c.seq, ledger_event.c.series_id).in_(heads)
        )
    ).scalar_one()
    return None if found is None else str(found)


def tape(
    conn: Connection, first: date, last: date, kinds: Sequence[str], page: tuple[int, int]
) -> tuple[JournalRecord, ...]:
    """Return entries of business dates (of some kinds), by time, series and place; ``page`` is limit and offset."""
    limit, offset = page
    wanted = _entries(first, last, kinds)
    rows = conn.execute(
        wanted.order_by(ledger_event.c.recorded_at_utc, ledger_event.c.series_id, ledger_event.c.seq)
        .limit(limit)
        .offset(offset)
    ).all()
    sums = _sums(conn, [(row.series_id, row.seq) for row in rows])
    return tuple(_record(row, sums.get((row.series_id, row.seq))) for row in rows)


def count(conn: Connection, first: date, last: date, kinds: Sequence[str]) -> int:
    """Return how many entries the same wish gives in all."""
    return int(conn.execute(select(func.count()).select_from(_entries(first, last, kinds).subquery())).scalar_one())


@dataclass(frozen=True, slots=True)
class DeedRecord:
    """What somebody did (and somebody signed) how often, with the first entry of it."""

    kind: str
    actor: str
    approver: str
    batch: str
    number: int
    entry: str


def deeds(conn: Connection, first: date, last: date) -> tuple[DeedRecord, ...]:
    """Return who did and who signed which kind of entry in which batch, over some business dates."""
    table = ledger_event.c
    parts = (table.kind, table.actor_id, table.approver_id, table.batch_id, table.series_id)
    wanted = (
        select(*parts, func.count().label("number"), func.min(table.seq).label("seq"))
        .where(table.business_date.between(first.isoformat(), last.isoformat()))
        .group_by(*parts)
        .order_by(table.series_id, func.min(table.seq))
    )
    return tuple(
        DeedRecord(
            row.kind, row.actor_id, row.approver_id or "", row.batch_id or "", row.number, f"{row.series_id}/{row.seq}"
        )
        for row in conn.execute(wanted)
    )


def _entries(first: date, last: date, kinds: Sequence[str]) -> Select[Any]:
    table = ledger_event.c
    wanted = (
        select(ledger_event, _ACTOR.c.name.label("actor_name"), _APPROVER.c.name.label("approver_name"))
        .join(_ACTOR, _ACTOR.c.user_id == table.actor_id)
        .outerjoin(_APPROVER, _APPROVER.c.user_id == table.approver_id)
        .where(table.business_date.between(first.isoformat(), last.isoformat()))
    )
    return wanted.where(table.kind.in_(list(kinds))) if kinds else wanted


def _sums(conn: Connection, keys: list[tuple[str, int]]) -> dict[tuple[str, int], int]:
    """Return what the tenders of entries sum to; of one without tenders, half of what its postings move."""
    if not keys:
        return {}
    found: dict[tuple[str, int], int] = {}
    moved = func.sum(func.abs(ledger_posting.c.amount_minor)).label("cents")
    for table, cents in ((ledger_posting, moved), (ledger_tender, func.sum(ledger_tender.c.amount_minor))):
        rows = conn.execute(
            select(table.c.series_id, table.c.seq, cents)
            .where(tuple_(table.c.series_id, table.c.seq).in_(keys))
            .group_by(table.c.series_id, table.c.seq)
        )
        for series, seq, total in rows:
            found[series, seq] = int(total) // 2 if table is ledger_posting else int(total)
    return found


def _record(row: Row[Any], amount: int | None) -> JournalRecord:
    back = None if row.reverses_seq is None else EventKey(row.reverses_series, row.reverses_seq)
    return JournalRecord(
        EventKey(row.series_id, row.seq),
        row.kind,
        row.business_date,
        row.recorded_at_utc,
        row.actor_id,
        row.actor_name,
        row.approver_name or "",
        row.batch_id or "",
        row.receipt_no,
        back,
        amount,
        json.loads(row.facts),
    )
