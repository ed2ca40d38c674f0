"""Sums of the ledger over business dates, for reports; every figure is added up by the database, in cents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, select

from csr_desk.data.models import (
    batch,
    deposit,
    drawer,
    ledger_event,
    ledger_line,
    ledger_posting,
    ledger_tender,
    series,
)
from csr_desk.domain.cart import LineKind
from csr_desk.domain.ledger import NUMBERED, EventKind, TenderRole
from csr_desk.domain.money import Cents

_KINDS = tuple(kind.value for kind in NUMBERED)
_BRINGS = (
    *_KINDS, EventKind.CREDIT_APPLIED.value, EventKind.GUARANTEE_ENDED.value, EventKind.PERMIT_MONEY_MOVED.value,
)  # fmt: skip
"""What brings an account revenue: receipts, credits and deposits that are used for a bill (the liability goes), and a
fee that is moved from one permit to another (what the one brings, the other loses)."""


@dataclass(frozen=True, slots=True)
class Sum:
    """One row of a summary."""

    code: str
    name: str
    count: int
    amount: Cents


def _between(first: date, last: date) -> ColumnElement[bool]:
    return ledger_event.c.business_date.between(first.isoformat(), last.isoformat())


def _of_event(table: Any) -> ColumnElement[bool]:
    return and_(table.c.series_id == ledger_event.c.series_id, table.c.seq == ledger_event.c.seq)


def _sums(conn: Connection, wanted: Select[Any]) -> tuple[Sum, ...]:
    return tuple(Sum(str(row[0]), str(row[1]), int(row[2]), int(row[3] or 0)) for row in conn.execute(wanted))


def by_item(conn: Connection, first: date, last: date) -> tuple[Sum, ...]:
    """Return what each item brought, service fees left out; voids and refunds count against it."""
    return _sums(
        conn,
        select(ledger_line.c.item, func.min(ledger_line.c.name), func.count(), func.sum(ledger_line.c.amount_minor))
        .join(ledger_event, _of_event(ledger_line))
        .where(_between(first, last), ledger_line.c.kind != LineKind.TENDER_FEE.value)
        .group_by(ledger_line.c.item)
        .order_by(ledger_line.c.item),
    )


def by_account(conn: Connection, first: date, last: date) -> tuple[Sum, ...]:
    """Return the credits that receipts brought each account, service fees left out."""
    amount = -func.sum(ledger_posting.c.amount_minor)
    return _sums(
        conn,
        select(ledger_posting.c.account, func.max(""), func.count(), amount)
        .join(ledger_event, _of_event(ledger_posting))
        .join(
            ledger_line,
            and_(
                ledger_line.c.series_id == ledger_posting.c.series_id,
                ledger_line.c.seq == ledger_posting.c.seq,
                ledger_line.c.n == ledger_posting.c.line_n,
            ),
        )
        .where(
            _between(first, last),
            ledger_event.c.kind.in_(_BRINGS),
            ledger_line.c.kind != LineKind.TENDER_FEE.value,
        )
        .group_by(ledger_posting.c.account)
        .order_by(ledger_posting.c.account),
    )


def by_tender(conn: Connection, first: date, last: date) -> tuple[Sum, ...]:
    """Return what came in by tender (change deducted, service fees left out), and how many pieces."""
    given = case((ledger_tender.c.role == TenderRole.TAKEN.value, 1), else_=0)
    return _sums(
        conn,
        select(ledger_tender.c.kind, ledger_tender.c.kind, func.sum(given), func.sum(ledger_tender.c.amount_minor))
        .join(ledger_event, _of_event(ledger_tender))
        .where(_between(first, last), ledger_tender.c.role != TenderRole.FEE.value)
        .group_by(ledger_tender.c.kind)
        .order_by(ledger_tender.c.kind),
    )


def fees(conn: Connection, first: date, last: date) -> Cents:
    """Return the service fees taken."""
    return _total(
        conn,
        select(func.sum(ledger_tender.c.amount_minor))
        .join(ledger_event, _of_event(ledger_tender))
        .where(_between(first, last), ledger_tender.c.role == TenderRole.FEE.value),
    )


def taxes(conn: Connection, first: date, last: date) -> Cents:
    """Return the tax added by lines of its own."""
    return _total(
        conn,
        select(func.sum(ledger_line.c.amount_minor))
        .join(ledger_event, _of_event(ledger_line))
        .where(_between(first, last), ledger_line.c.kind == LineKind.TAX.value),
    )


def by_drawer(conn: Connection, first: date, last: date) -> tuple[Sum, ...]:
    """Return what each register receipted, and how many receipts."""
    receipts = (
        select(ledger_event.c.series_id, func.count().label("receipts"))
        .where(_between(first, last), ledger_event.c.kind.in_(_KINDS))
        .group_by(ledger_event.c.series_id)
        .subquery()
    )
    sold = (
        select(ledger_event.c.series_id, func.sum(ledger_line.c.amount_minor).label("amount"))
        .join(ledger_line, _of_event(ledger_line))
        .where(_between(first, last), ledger_line.c.kind != LineKind.TENDER_FEE.value)
        .group_by(ledger_event.c.series_id)
        .subquery()
    )
    return _sums(
        conn,
        select(receipts.c.series_id, drawer.c.name, receipts.c.receipts, func.coalesce(sold.c.amount, 0))
        .join(drawer, drawer.c.series_id == receipts.c.series_id)
        .outerjoin(sold, sold.c.series_id == receipts.c.series_id)
        .order_by(receipts.c.series_id),
    )


def by_utc_hour(conn: Connection, first: date, last: date) -> tuple[Sum, ...]:
    """Return receipts and amounts by hour in UTC (``2026-07-14T13``); the caller knows the office's own time."""
    hour = func.substr(ledger_event.c.recorded_at_utc, 1, 13)
    receipts = (
        select(hour.label("hour"), func.count().label("receipts"))
        .where(_between(first, last), ledger_event.c.kind.in_(_KINDS))
        .group_by(hour)
        .subquery()
    )
    sold = (
        select(hour.label("hour"), func.sum(ledger_line.c.amount_minor).label("amount"))
        .join(ledger_line, _of_event(ledger_line))
        .where(_between(first, last), ledger_line.c.kind != LineKind.TENDER_FEE.value)
        .group_by(hour)
        .subquery()
    )
    return _sums(
        conn,
        select(receipts.c.hour, receipts.c.hour, receipts.c.receipts, func.coalesce(sold.c.amount, 0))
        .outerjoin(sold, sold.c.hour == receipts.c.hour)
        .order_by(receipts.c.hour),
    )


def booked(
    conn: Connection, first: date, last: date, kinds: tuple[EventKind, ...], accounts: tuple[str, ...]
) -> dict[str, Cents]:
    """Return what acts of some kinds booked to some accounts (debits positive)."""
    rows = conn.execute(
        select(ledger_posting.c.account, func.sum(ledger_posting.c.amount_minor))
        .join(ledger_event, _of_event(ledger_posting))
        .where(
            _between(first, last),
            ledger_event.c.kind.in_([kind.value for kind in kinds]),
            ledger_posting.c.account.in_(accounts),
        )
        .group_by(ledger_posting.c.account)
    )
    return {str(account): int(amount) for account, amount in rows}


def deposited(conn: Connection, first: date, last: date, transit: str) -> Cents:
    """Return what the bags with batches of these dates hold, whenever they were packed.

    A bag with batches of several dates counts for the earliest of them.
    """
    earliest = (
        select(batch.c.deposit_id, func.min(batch.c.business_date).label("day"))
        .where(batch.c.deposit_id.is_not(None))
        .group_by(batch.c.deposit_id)
        .subquery()
    )
    return _total(
        conn,
        select(func.sum(ledger_posting.c.amount_minor))
        .join(deposit, and_(deposit.c.series_id == ledger_posting.c.series_id, deposit.c.seq == ledger_posting.c.seq))
        .join(earliest, earliest.c.deposit_id == deposit.c.deposit_id)
        .where(ledger_posting.c.account == transit, earliest.c.day.between(first.isoformat(), last.isoformat())),
    )


@dataclass(frozen=True, slots=True)
class JournalRow:
    """All that one kind of act booked to one account on one business date (cents, both positive)."""

    kind: str
    account: str
    currency: str
    entries: int
    debit: Cents
    credit: Cents


def journal(conn: Connection, business_date: date) -> tuple[JournalRow, ...]:
    """Return the journal of a business date, every entry in it once."""
    amount = ledger_posting.c.amount_minor
    rows = conn.execute(
        select(
            ledger_event.c.kind,
            ledger_posting.c.account,
            ledger_posting.c.currency,
            func.count(),
            func.sum(case((amount > 0, amount), else_=0)),
            func.sum(case((amount < 0, -amount), else_=0)),
        )
        .join(ledger_event, _of_event(ledger_posting))
        .where(ledger_event.c.business_date == business_date.isoformat())
        .group_by(ledger_event.c.kind, ledger_posting.c.account, ledger_posting.c.currency)
        .order_by(ledger_event.c.kind, ledger_posting.c.account)
    )
    return tuple(JournalRow(str(r[0]), str(r[1]), str(r[2]), int(r[3]), int(r[4]), int(r[5])) for r in rows)


@dataclass(frozen=True, slots=True)
class BookedEntry:
    """An entry with what it booked, in the order of its series."""

    series: str
    seq: int
    kind: str
    business_date: date
    receipt_no: int | None
    actor: str
    postings: tuple[tuple[str, Cents, str], ...]


def entries(conn: Connection, first: date | None = None, last: date | None = None) -> tuple[BookedEntry, ...]:
    """Return every entry that booked money, oldest date first, then by series and sequence."""
    wanted = (
        select(
            ledger_event.c.series_id,
            ledger_event.c.seq,
            ledger_event.c.kind,
            ledger_event.c.business_date,
            ledger_event.c.receipt_no,
            ledger_event.c.actor_id,
            ledger_posting.c.account,
            ledger_posting.c.amount_minor,
            ledger_posting.c.currency,
        )
        .join(ledger_posting, _of_event(ledger_posting))
        .order_by(ledger_event.c.business_date, ledger_event.c.series_id, ledger_event.c.seq, ledger_posting.c.n)
    )
    if first is not None:
        wanted = wanted.where(ledger_event.c.business_date >= first.isoformat())
    if last is not None:
        wanted = wanted.where(ledger_event.c.business_date <= last.isoformat())
    found: dict[tuple[str, int], tuple[Any, list[tuple[str, Cents, str]]]] = {}
    for row in conn.execute(wanted):
        _, postings = found.setdefault((row.series_id, row.seq), (row, []))
        postings.append((row.account, row.amount_minor, row.currency))
    return tuple(
        BookedEntry(
            row.series_id,
            row.seq,
            row.kind,
            date.fromisoformat(row.business_date),
            row.receipt_no,
            row.actor_id,
            tuple(postings),
        )
        for row, postings in found.values()
    )


def heads(conn: Connection) -> tuple[tuple[str, int, int, str], ...]:
    """Return each series with its last entry, its last receipt number and the head of its chain (hexadecimal)."""
    rows = conn.execute(
        select(series.c.series_id, series.c.last_seq, series.c.last_receipt_no, series.c.head_mac).order_by(
            series.c.series_id
        )
    )
    return tuple((r.series_id, r.last_seq, r.last_receipt_no, bytes(r.head_mac).hex()) for r in rows)


def _total(conn: Connection, wanted: Select[Any]) -> Cents:
    return int(conn.execute(wanted).scalar() or 0)
