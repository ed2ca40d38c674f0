"""The virtual tape: entries of all series by time, a page at a time from a fixed place, whatever comes meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, and_, or_, select

from csr_desk.data.models import ledger_event
from csr_desk.data.queries.entries import Event, event_row
from csr_desk.domain.ledger import EventKind


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
        wanted = wanted.where(or_(event.actor_id.in_(people), event.approver_id.in_(people)))
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
