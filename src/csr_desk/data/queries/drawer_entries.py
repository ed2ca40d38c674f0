"""What one drawer's batch holds entry by entry: receipts with their tenders, and the carts that were left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, and_, func, select

from csr_desk.data.models import draft_cart, ledger_event, ledger_line, ledger_tender
from csr_desk.domain.ledger import NUMBERED, EventKey, EventKind, TenderRole, receipt_number
from csr_desk.domain.money import Cents

_EVENT, _LINE, _TENDER = ledger_event.c, ledger_line.c, ledger_tender.c


@dataclass(frozen=True, slots=True)
class Taken:
    """A row of tender of an entry (cents)."""

    kind: str
    role: TenderRole
    amount: Cents
    check_number: str


@dataclass(frozen=True, slots=True)
class Numbered:
    """A numbered entry of a batch with its tenders; ``total`` without the fees of tenders (cents)."""

    key: EventKey
    number: str
    kind: EventKind
    recorded_at: str
    reverses: EventKey | None
    total: Cents
    tenders: tuple[Taken, ...]


def numbered_of(conn: Connection, batch_id: str) -> tuple[Numbered, ...]:
    """Return the numbered entries of a batch in the order they were made, in three statements however many they are."""
    events = conn.execute(
        select(ledger_event)
        .where(_EVENT.batch_id == batch_id, _EVENT.kind.in_([kind.value for kind in NUMBERED]))
        .order_by(_EVENT.series_id, _EVENT.seq)
    ).all()
    totals = _totals(conn, batch_id)
    tenders = _tenders(conn, batch_id)
    return tuple(
        Numbered(
            key := EventKey(row.series_id, row.seq),
            receipt_number(row.series_id, row.receipt_no),
            EventKind(row.kind),
            row.recorded_at_utc,
            None if row.reverses_seq is None else EventKey(row.reverses_series, row.reverses_seq),
            totals.get(key, 0),
            tuple(tenders.get(key, ())),
        )
        for row in events
    )


def _totals(conn: Connection, batch_id: str) -> dict[EventKey, Cents]:
    rows = conn.execute(
        select(_LINE.series_id, _LINE.seq, func.sum(_LINE.amount_minor).label("total"))
        .select_from(ledger_event)
        .join(ledger_line, and_(_EVENT.series_id == _LINE.series_id, _EVENT.seq == _LINE.seq))
        .where(_EVENT.batch_id == batch_id, _LINE.kind != "tender_fee")
        .group_by(_LINE.series_id, _LINE.seq)
    )
    return {EventKey(row.series_id, row.seq): int(row.total) for row in rows}


def _tenders(conn: Connection, batch_id: str) -> dict[EventKey, Sequence[Taken]]:
    rows = conn.execute(
        select(ledger_tender)
        .select_from(ledger_event)
        .join(ledger_tender, and_(_EVENT.series_id == _TENDER.series_id, _EVENT.seq == _TENDER.seq))
        .where(_EVENT.batch_id == batch_id)
        .order_by(_TENDER.series_id, _TENDER.seq, _TENDER.n)
    )
    found: dict[EventKey, list[Taken]] = {}
    for row in rows:
        taken = Taken(row.kind, TenderRole(row.role), row.amount_minor, row.check_number)
        found.setdefault(EventKey(row.series_id, row.seq), []).append(taken)
    return {key: tuple(taken) for key, taken in found.items()}


def held_totals(conn: Connection, drawer_id: str, since: str) -> tuple[Cents, ...]:
    """Return the totals of the carts that were put aside at a drawer since an instant and wait still (cents)."""
    cart = draft_cart.c
    rows = conn.execute(
        select(cart.total_minor)
        .where(cart.drawer_id == drawer_id, cart.state == "held", cart.updated_at >= since, cart.total_minor > 0)
        .order_by(cart.hold_number)
    )
    return tuple(int(row.total_minor) for row in rows)
