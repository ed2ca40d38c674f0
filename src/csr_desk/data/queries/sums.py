"""Sums over the ledger: what a batch should hold, what a period brought."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, and_, bindparam, case, func, select

from csr_desk.data.models import ledger_event, ledger_posting, ledger_tender
from csr_desk.domain.ledger import EventKind, TenderRole
from csr_desk.domain.money import Cents
from csr_desk.domain.postings import HOUSE


@dataclass(frozen=True, slots=True)
class TenderSum:
    """A tender of a batch or a period: its amount (cents) and number of items, voids taken off."""

    kind: str
    role: TenderRole
    amount: Cents
    items: int


_SAME_EVENT = and_(ledger_event.c.series_id == ledger_posting.c.series_id, ledger_event.c.seq == ledger_posting.c.seq)
_SAME_TENDER_EVENT = and_(
    ledger_event.c.series_id == ledger_tender.c.series_id, ledger_event.c.seq == ledger_tender.c.seq
)


def count_events(conn: Connection, batch_id: str, kind: EventKind) -> int:
    """Return how many entries of a kind a batch has."""
    return conn.execute(
        select(func.count())
        .select_from(ledger_event)
        .where(ledger_event.c.batch_id == batch_id, ledger_event.c.kind == kind.value)
    ).scalar_one()


_CASH_SINCE = (
    select(
        func.max(ledger_event.c.seq).label("newest"),
        func.coalesce(func.sum(ledger_posting.c.amount_minor), 0).label("more"),
    )
    .select_from(ledger_event)
    .outerjoin(ledger_posting, and_(_SAME_EVENT, ledger_posting.c.account == HOUSE.drawer))
    .where(
        ledger_event.c.batch_id == bindparam("batch"),
        ledger_event.c.series_id == bindparam("series"),
        ledger_event.c.seq > bindparam("seen"),
    )
)
"""Built once, because every cash sale asks it."""


def cash_since(conn: Connection, batch_id: str, series: str, seq: int) -> tuple[int | None, Cents]:
    """Return the newest entry of a batch after ``seq``, and what all after it put into the drawer (cents).

    Only the batch's own register counts: float, sales, voids, refunds and drops are all entries of it.
    """
    row = conn.execute(_CASH_SINCE, {"batch": batch_id, "series": series, "seen": seq}).one()
    return row.newest, int(row.more)


def batch_tenders(conn: Connection, batch_id: str) -> tuple[TenderSum, ...]:
    """Return what a batch took, by tender and role."""
    sign = case((ledger_tender.c.amount_minor < 0, -1), else_=1)
    rows = conn.execute(
        select(
            ledger_tender.c.kind,
            ledger_tender.c.role,
            func.sum(ledger_tender.c.amount_minor).label("amount"),
            func.sum(sign).label("items"),
        )
        .select_from(ledger_event)
        .join(ledger_tender, _SAME_TENDER_EVENT)
        .where(ledger_event.c.batch_id == batch_id)
        .group_by(ledger_tender.c.kind, ledger_tender.c.role)
        .order_by(ledger_tender.c.kind, ledger_tender.c.role)
    )
    return tuple(TenderSum(row.kind, TenderRole(row.role), int(row.amount), int(row.items)) for row in rows)


def batch_cash(conn: Connection, batch_id: str, series: str) -> Cents:
    """Return the cash that a drawer should hold before it is accepted (cents): all that moved it but acceptances."""
    kept = (EventKind.BATCH_ACCEPTED.value, EventKind.BATCH_REOPENED.value, EventKind.DEPOSIT_PREPARED.value)
    held = conn.execute(
        select(func.coalesce(func.sum(ledger_posting.c.amount_minor), 0))
        .select_from(ledger_event)
        .join(ledger_posting, _SAME_EVENT)
        .where(
            ledger_event.c.batch_id == batch_id,
            ledger_event.c.series_id == series,
            ledger_event.c.kind.not_in(kept),
            ledger_posting.c.account == HOUSE.drawer,
        )
    ).scalar_one()
    return int(held)
