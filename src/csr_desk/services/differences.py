"""Why a counted drawer is off: the ledger's facts of its batch laid out for the difference finder (D1-D8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from csr_desk.data.queries import Connection, batches, drawer_entries, entries
from csr_desk.data.queries.batches import BatchRecord
from csr_desk.data.queries.drawer_entries import Numbered, Taken
from csr_desk.data.queries.entries import Event
from csr_desk.domain.difference import CASH, DrawerFacts, DropFact, Explanation, ReceiptFact, TenderPart, explain
from csr_desk.domain.drawer import BatchState, cash_total
from csr_desk.domain.errors import Counting, Ineligible, MissingInput, NotFound, SelfApproval
from csr_desk.domain.ledger import EventKey, EventKind, TenderRole
from csr_desk.domain.people import Act, Actor
from csr_desk.services.batch_sheets import counted_sheets
from csr_desk.services.counting import expected_of
from csr_desk.services.desk import Desk, moment

ENOUGH_COUNTS = 2
"""A drawer is counted twice before anybody looks for causes: the second count finds most errors of the first."""

_HANDED = EventKind.CUSTODY_HANDED
_BACK = (EventKind.BATCH_REJECTED, EventKind.BATCH_REOPENED)
_KINDS = (
    *_BACK, EventKind.BATCH_OPENED, _HANDED, EventKind.DROP, EventKind.COUNT, EventKind.CHANGE_ORDER,
    EventKind.CART_CANCELLED,
)  # fmt: skip


def explain_difference(desk: Desk, actor: Actor, batch: str | None = None, drawer: str | None = None) -> Explanation:
    """Return what may have made a counted drawer over or short, the likeliest cause first.

    Without a batch: the last one of the drawer; without either, the only one that waits with a difference.
    Raises NotPermitted, SelfApproval for the custodian's own, NotFound, MissingInput where several wait, Ineligible
    while it sells, Counting before the second count.
    """
    actor.require(Act.SEE_EXPECTED)
    with desk.read() as work:
        row = _batch(desk, work.conn, actor, batch, drawer)
        events = entries.batch_events(work.conn, row.batch_id, _KINDS)
        if actor.user in _holders(row, events):
            raise SelfApproval("Nobody looks for the causes in their own drawer. Ask another supervisor.")
        _may_explain(row, _round(events))
        return explain(row.batch_id, _facts(desk, work.conn, row, events))


def _batch(desk: Desk, conn: Connection, actor: Actor, batch: str | None, drawer: str | None) -> BatchRecord:
    if batch is not None:
        row = batches.one_batch(conn, batch)
        if row is None:
            raise NotFound(f"There is no batch “{batch[:40]}”.", field="batch")
        return row
    if drawer is not None:
        row = batches.unfinished_at(conn, desk.drawer(drawer).drawer)
        if row is None:
            raise NotFound(f"No batch is open at drawer {drawer[:40]}.", field="drawer")
        return row
    off = {row.batch_id: (row, _waiting(desk, conn, actor, row)) for row in batches.unfinished(conn)}
    beyond = [row for row, facts in off.values() if facts is not None and facts.beyond]
    waiting = beyond or [row for row, facts in off.values() if facts is not None and any(facts.differences.values())]
    if not waiting:
        raise NotFound("No counted drawer is over or short.", field="batch")
    if len(waiting) > 1:
        names = ", ".join(row.batch_id for row in waiting)
        raise MissingInput(f"Several drawers are over or short: {names}. Name the batch.", field="batch")
    return waiting[0]


def _waiting(desk: Desk, conn: Connection, actor: Actor, row: BatchRecord) -> DrawerFacts | None:
    """Return the facts of somebody else's batch that was counted often enough."""
    events = entries.batch_events(conn, row.batch_id, _KINDS)
    if actor.user in _holders(row, events):
        return None
    try:
        _may_explain(row, _round(events))
    except (Counting, Ineligible):
        return None
    return _facts(desk, conn, row, events)


def _holders(row: BatchRecord, events: Sequence[Event]) -> set[str]:
    """Return who holds the drawer and who held it before it was handed over."""
    return {row.custodian, *(event.actor for event in events if event.kind is _HANDED)}


def _may_explain(row: BatchRecord, counted: Sequence[Event]) -> None:
    if row.state is BatchState.OPEN:
        raise Ineligible("This drawer still sells. It is counted first.")
    if row.state is BatchState.COUNTING and len(counted) < ENOUGH_COUNTS:
        raise Counting("This drawer is being counted. Causes are looked for after the second count.")


def _round(events: Sequence[Event]) -> tuple[Event, ...]:
    """Return the counts since the drawer was last given back."""
    last = max((event.key.seq for event in events if event.kind in _BACK), default=0)
    return tuple(event for event in events if event.kind is EventKind.COUNT and event.key.seq > last)


def _facts(desk: Desk, conn: Connection, row: BatchRecord, events: Sequence[Event]) -> DrawerFacts:
    """Lay the batch out; cash counted at a hand-over is settled, and the holder starts from it as from a float."""
    start = next(event for event in reversed(events) if event.kind in {EventKind.BATCH_OPENED, _HANDED})
    since = [event for event in events if event.key.seq > start.key.seq]
    cancelled = [int(event.facts["total"]) for event in since if event.kind is EventKind.CART_CANCELLED]
    held = drawer_entries.held_totals(conn, row.drawer, start.recorded_at)
    pieces = _pieces(start)
    return DrawerFacts(
        float_authorized=row.authorized,
        float_counted=cash_total(pieces),
        float_pieces=pieces,
        receipts=receipt_facts(drawer_entries.numbered_of(conn, row.batch_id), start.key.seq),
        expected=expected_of(conn, row),
        sheets=counted_sheets(_round(events)),
        tolerance=desk.policy.tolerance,
        drops=tuple(
            DropFact(event.facts["number"], moment(event.recorded_at), event.facts["amount"], _pieces(event))
            for event in since
            if event.kind is EventKind.DROP
        ),
        change_orders=tuple(int(event.facts["amount"]) for event in since if event.kind is EventKind.CHANGE_ORDER),
        carts=(*(total for total in cancelled if total > 0), *held),
    )


def _pieces(event: Event) -> dict[int, int]:
    rows = event.facts["cash" if event.kind is _HANDED else "pieces"]
    return {int(value): int(number) for value, number in rows.items()}


def receipt_facts(numbered: Sequence[Numbered], settled: int = 0) -> tuple[ReceiptFact, ...]:
    """Lay the numbered entries of a batch out as receipts; a corrected tender stands on the receipt it corrects.

    Cash of the entries up to ``settled`` (a hand-over) was counted since; their checks still lie in the drawer.
    """
    facts: dict[EventKey, ReceiptFact] = {}
    for entry in numbered:
        parts = tuple(part for part in _parts(entry.tenders) if part.kind != CASH or entry.key.seq > settled)
        original = facts.get(entry.reverses) if entry.reverses is not None else None
        if original is not None and entry.reverses is not None:
            if entry.kind is EventKind.TENDER_CORRECTED:
                wrong = {part.kind for part in parts if part.amount < 0}
                kept = [part for part in original.parts if part.kind not in wrong]
                right = [part for part in parts if part.amount > 0]
                facts[entry.reverses] = replace(original, parts=(*kept, *right))
                continue
            if entry.kind is EventKind.VOID:
                facts[entry.reverses] = replace(original, voided=True)
        facts[entry.key] = ReceiptFact(entry.number, moment(entry.recorded_at), entry.total, parts, entry.kind)
    return tuple(facts.values())


def _parts(rows: Sequence[Taken]) -> tuple[TenderPart, ...]:
    """Return what each tender counts for; the fees taken with cards are settled apart."""
    change = -sum(row.amount for row in rows if row.role is TenderRole.CHANGE)
    return tuple(
        TenderPart("cash", row.amount - change, row.amount, change)
        if row.kind == "cash"
        else TenderPart(row.kind, row.amount, check_number=row.check_number)
        for row in rows
        if row.role is TenderRole.TAKEN
    )
