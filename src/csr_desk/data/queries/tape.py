"""The virtual tape: entries of all series by time, a page at a time from a fixed place, whatever comes meanwhile."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, and_, func, or_, select, tuple_

from csr_desk.data.models import ledger_event
from csr_desk.data.queries.entries import Event, event_row
from csr_desk.domain.ledger import EventKind

ABOUT_ONESELF = frozenset({EventKind.SIGNED_IN, EventKind.SIGNED_OUT, EventKind.ACT_REFUSED})
"""Entries that the program writes where the person may not write; whom they are about is in their facts."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ended: the next one goes on below it."""

    business_date: str
    recorded_at: str
    series: str
    seq: int


def page(
    conn: Connection,
    span: tuple[date, date],
    people: Sequence[str],
    kinds: Sequence[EventKind],
    below: Place | None,
    limit: int,
) -> tuple[Event, ...]:
    """Return the entries of some business dates, newest first, below a place; of some people and kinds if named.

    The order is date, time, series, sequence: the index on the date carries it, so a page costs what it shows.
    """
    event = ledger_event.c
    wanted = select(ledger_event).where(event.business_date.between(span[0].isoformat(), span[1].isoformat()))
    if people:
        about = or_(*(event.facts.contains(f'"user":{json.dumps(user)}', autoescape=True) for user in people))
        written_for = and_(event.kind.in_([kind.value for kind in ABOUT_ONESELF]), about)
        wanted = wanted.where(or_(event.actor_id.in_(people), event.approver_id.in_(people), written_for))
    if kinds:
        wanted = wanted.where(event.kind.in_([kind.value for kind in kinds]))
    if below is not None:
        # the parts of the place one after the other: a date is searched by its index, the rest sorts within it
        wanted = wanted.where(
            event.business_date <= below.business_date,
            or_(
                event.business_date < below.business_date,
                event.recorded_at_utc < below.recorded_at,
                and_(
                    event.recorded_at_utc == below.recorded_at,
                    or_(event.series_id < below.series, and_(event.series_id == below.series, event.seq < below.seq)),
                ),
            ),
        )
    order = (event.business_date, event.recorded_at_utc, event.series_id, event.seq)
    rows = conn.execute(wanted.order_by(*(column.desc() for column in order)).limit(limit))
    return tuple(event_row(row) for row in rows)


def place_of(event: Event) -> Place:
    """Return the place of an entry on the tape."""
    return Place(event.business_date.isoformat(), event.recorded_at, event.key.series, event.key.seq)


def newest(conn: Connection) -> str:
    """Return when the newest entry of any series was recorded: each series is asked for its head only.

    There is one: an office begins with an entry.
    """
    heads = select(func.max(ledger_event.c.seq).label("seq"), ledger_event.c.series_id).group_by(
        ledger_event.c.series_id
    )
    found = conn.execute(
        select(func.max(ledger_event.c.recorded_at_utc)).where(
            tuple_(ledger_event.c.seq, ledger_event.c.series_id).in_(heads)
        )
    ).scalar_one()
    return str(found)


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
