"""A batch laid out for the supervisor: tenders expected and counted, drops, voids, its history in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from csr_desk.data.queries import Connection, batch_sums, entries
from csr_desk.data.queries.batches import BatchRecord
from csr_desk.data.queries.entries import Event
from csr_desk.domain.count import sheet_from_facts, ties
from csr_desk.domain.drawer import BatchSheet, BatchState, CountSheet
from csr_desk.domain.ledger import EventKey, EventKind
from csr_desk.domain.money import Cents, plain
from csr_desk.domain.tender import TRAITS, TenderKind
from csr_desk.services.counting import expected_of
from csr_desk.services.custody import batch_value
from csr_desk.services.desk import Desk, moment

_TOLD = {
    EventKind.BATCH_REJECTED: "Rejected",
    EventKind.BATCH_REOPENED: "Reopened",
    EventKind.BATCH_ACCEPTED: "Accepted",
    EventKind.COUNT_SUBMITTED: "Count handed in",
    EventKind.CUSTODY_HANDED: "Handed over",
}
STEPS = tuple(_TOLD)
"""The kinds of entries that a batch's history tells of."""


def sheet_of(desk: Desk, conn: Connection, row: BatchRecord) -> BatchSheet:
    """Lay a batch out; the amounts are for supervisors and auditors, never for its custodian before acceptance."""
    kinds = batch_sums.count_kinds(conn, row.batch_id)
    sums = batch_sums.totals(conn, row.batch_id)
    events = entries.batch_events(conn, row.batch_id, (*STEPS, EventKind.BATCH_OPENED, EventKind.DROP, EventKind.COUNT))
    counts = counted_sheets(events)
    return BatchSheet(
        batch=batch_value(conn, row),
        ties=ties(expected_of(conn, row), counts if row.state is not BatchState.OPEN else ()),
        float_amount=float_of(events),
        drops=drops_of(events),
        rounding=sums.rounding,
        fees=sums.fees,
        voids=kinds.get(EventKind.VOID.value, 0),
        refunds=kinds.get(EventKind.REFUND.value, 0),
        no_sales=kinds.get(EventKind.NO_SALE.value, 0),
        reprints=kinds.get(EventKind.REPRINT.value, 0),
        cancelled=kinds.get(EventKind.CART_CANCELLED.value, 0),
        history=with_reasons(conn, row.series, told(desk, events)),
    )


def counted_sheets(events: Sequence[Event]) -> tuple[CountSheet, ...]:
    """Return the counts of a batch, oldest first."""
    return tuple(sheet_from_facts(event.facts) for event in events if event.kind is EventKind.COUNT)


def float_of(events: Sequence[Event]) -> Cents:
    """Return the float that a batch was opened with (cents)."""
    return sum(int(event.facts["counted"]) for event in events if event.kind is EventKind.BATCH_OPENED)


def drops_of(events: Sequence[Event]) -> Cents:
    """Return what a batch carried to the safe (cents)."""
    return sum(int(event.facts["amount"]) for event in events if event.kind is EventKind.DROP)


def told(desk: Desk, events: Sequence[Event]) -> tuple[tuple[int, str], ...]:
    """Tell what happened to a batch, each step with its place in the series, without anybody's own words."""
    return tuple((event.key.seq, _words(desk, event)) for event in events if event.kind in _TOLD)


def _words(desk: Desk, event: Event) -> str:
    words = f"{desk.local(moment(event.recorded_at)):%H:%M} {_TOLD[event.kind]} by {event.actor}"
    if event.kind is not EventKind.CUSTODY_HANDED:
        return words
    booked = [
        f"{TRAITS[TenderKind(kind)].name.lower()} {plain(amount)}"
        for kind, (amount, _) in event.facts["booked"].items()
        if amount
    ]
    return f"{words} to {event.facts['to']}" + (f"; over/short of {event.actor}: {', '.join(booked)}" if booked else "")


def with_reasons(conn: Connection, series: str, steps: Iterable[tuple[int, str]]) -> tuple[str, ...]:
    """Add to each step the reason that was keyed, if there was one and it was not purged since."""
    places = [(EventKey(series, seq), words) for seq, words in steps]
    reasons = entries.texts_of(conn, [key for key, _ in places], "reason")
    return tuple(f"{words}: {reasons[key]}" if key in reasons else words for key, words in places)
