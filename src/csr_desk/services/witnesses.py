"""What a closed day shows of itself on paper and on the screen: heads to key back, and whether it was sealed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from csr_desk.data.queries import Connection, heads
from csr_desk.data.queries.entries import Event
from csr_desk.domain.seal import SealedHead
from csr_desk.domain.witness import DayWitness, SealBook, SealedDay, SealState
from csr_desk.services.clock import read_stamp


def witness_of(conn: Connection, business_date: date) -> DayWitness | None:
    """Return the heads at the close of a day and its seal, or None for a day that is not closed."""
    event = heads.closed_days(conn, business_date).get(business_date)
    if event is None:
        return None
    closed = SealedHead(event.key.series, event.key.seq, 0, 0, event.mac.hex())
    sealed = heads.seal_events(conn, business_date)
    if not sealed:
        state = SealState.WAITING if heads.key_events(conn) else SealState.NOT_KEPT
        return DayWitness(closed, _registers(event.facts), state)
    by = sealed_day(conn, sealed[-1])
    return DayWitness(closed, _registers(event.facts), SealState.SEALED, by.sealed_by, by.sealed_at, by.key_id)


def _registers(facts: Mapping[str, Any]) -> tuple[SealedHead, ...]:
    return tuple(
        SealedHead(series, one.get("seq", 0), one.get("receipts", 0), one["perpetual"], one["head"])
        for series, one in sorted(facts.get("heads", {}).items())
    )


def sealed_day(conn: Connection, event: Event) -> SealedDay:
    """Tell the entry of a seal."""
    told = heads.entry_told(conn, event.key.series, event.key.seq)
    facts = event.facts
    who = told[1] if told else event.actor
    return SealedDay(
        event.business_date, who, read_stamp(event.recorded_at), str(facts["key_id"]), str(facts["sha256"])
    )


def seal_book(conn: Connection) -> SealBook:
    """Return which closed days were sealed, oldest first, and which wait since the first key was set."""
    keys = heads.key_events(conn)
    if not keys:
        return SealBook(SealState.NOT_KEPT, (), ())
    sealed = tuple(sealed_day(conn, event) for event in heads.seal_events(conn))
    done = {one.business_date for one in sealed}
    since = keys[0].key.seq
    closed = sorted(day for day, event in heads.closed_days(conn).items() if event.key.seq > since)
    waiting = tuple(day for day in closed if day not in done)
    return SealBook(SealState.WAITING if waiting else SealState.SEALED, sealed, waiting)
