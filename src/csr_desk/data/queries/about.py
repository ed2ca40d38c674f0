"""Finds what the ledger says about an account or a customer; each entry says so itself (``domain.about``)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select, tuple_

from csr_desk.data.models import entry_about, ledger_event
from csr_desk.data.queries.entries import Event, event_row
from csr_desk.domain.ledger import EventKind


def entries_about(
    conn: Connection, subjects: Sequence[str], kinds: Sequence[EventKind] = (), limit: int = 200
) -> tuple[Event, ...]:
    """Return the newest entries about accounts and customers (of some kinds), newest first; each once."""
    places = select(entry_about.c.series_id, entry_about.c.seq).where(entry_about.c.subject.in_(subjects)).distinct()
    wanted = select(ledger_event).where(tuple_(ledger_event.c.series_id, ledger_event.c.seq).in_(places))
    if kinds:
        wanted = wanted.where(ledger_event.c.kind.in_([kind.value for kind in kinds]))
    newest = wanted.order_by(ledger_event.c.recorded_at_utc.desc(), ledger_event.c.series_id, ledger_event.c.seq.desc())
    return tuple(event_row(row) for row in conn.execute(newest.limit(limit)))
