"""Checks and money orders that lie in a drawer or a bag, one by one; and the deposits."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, ScalarSelect, and_, func, insert, select, update

from csr_desk.data.models import deposit, ledger_event, ledger_note, ledger_tender, note_text
from csr_desk.domain.ledger import EventKind, TenderRole, receipt_number
from csr_desk.domain.money import Cents

LISTED = ("check", "cashiers_check", "money_order")


@dataclass(frozen=True, slots=True)
class PaperItem:
    """A check or money order (cents)."""

    kind: str
    number: str
    receipt: str
    customer: str
    """Who drew the check, or who paid with it."""
    amount: Cents
    routing: str = ""
    account_masked: str = ""


@dataclass(frozen=True, slots=True)
class DepositRecord:
    """A deposit as stored (cents)."""

    deposit: str
    business_date: date
    bag: str
    state: str
    cash: Cents
    checks: Cents
    other: Cents
    prepared_by: str
    verified_by: str
    series: str
    seq: int
    bank_date: date | None
    bank_amount: Cents | None


def live_items(conn: Connection, batch_ids: Sequence[str]) -> tuple[PaperItem, ...]:
    """Return the checks and money orders of some batches that were not taken back, in the order they came."""
    row, event = ledger_tender.c, ledger_event.c
    rows = conn.execute(
        select(
            row.kind,
            row.n,
            row.check_number,
            row.routing,
            row.account_masked,
            row.amount_minor,
            event.series_id,
            event.receipt_no,
            event.seq,
            event.reverses_series,
            event.reverses_seq,
            _note("customer").label("customer"),
            _note("check_names").label("check_names"),
        )
        .select_from(ledger_event)
        .join(ledger_tender, and_(event.series_id == row.series_id, event.seq == row.seq))
        .where(
            event.batch_id.in_(batch_ids),
            row.kind.in_(LISTED),
            row.role == TenderRole.TAKEN.value,
            event.kind != EventKind.REPRINT.value,
        )
        .order_by(event.series_id, event.seq, row.n)
    ).all()
    return _settle(rows)


def _note(topic: str) -> ScalarSelect[str]:
    """The text of a topic beside an entry, while it exists."""
    note, event = ledger_note.c, ledger_event.c
    same = and_(note.series_id == note_text.c.series_id, note.seq == note_text.c.seq, note.n == note_text.c.n)
    return (
        select(note_text.c.text)
        .join(ledger_note, same)
        .where(note_text.c.series_id == event.series_id, note_text.c.seq == event.seq, note.topic == topic)
        .scalar_subquery()
    )


def _name(row: Any) -> str:
    """Who drew a check; where nobody keyed it, the customer of its receipt."""
    drawn = next((name for number, name in json.loads(row.check_names or "[]") if number == row.n), "")
    return str(drawn or row.customer or "")


def _settle(rows: Sequence[Any]) -> tuple[PaperItem, ...]:
    """Take every item that was given back out of the list again.

    It is given back by an entry that points to the one that took it, or to the sale whose correction brought it.
    """
    kept: list[tuple[frozenset[tuple[str, int]], PaperItem]] = []
    for row in rows:
        number = "" if row.receipt_no is None else receipt_number(row.series_id, row.receipt_no)
        bank = (row.routing, row.account_masked)
        item = PaperItem(row.kind, row.check_number, number, _name(row), row.amount_minor, *bank)
        back = (row.reverses_series, row.reverses_seq)
        if row.amount_minor >= 0:
            kept.append((frozenset({(row.series_id, row.seq), back}), item))
            continue
        for at, (known, old) in enumerate(kept):
            same = (old.kind, old.amount) == (item.kind, -item.amount)
            if same and (back in known or not row.reverses_seq):
                del kept[at]
                break
    return tuple(item for _, item in kept)


def insert_deposit(conn: Connection, values: Mapping[str, Any]) -> None:
    """Add a deposit."""
    conn.execute(insert(deposit), [dict(values)])


def update_deposit(conn: Connection, deposit_id: str, values: Mapping[str, Any]) -> None:
    """Note what the bank said of a deposit."""
    conn.execute(update(deposit).where(deposit.c.deposit_id == deposit_id).values(**values))


def _record(row: Row[Any]) -> DepositRecord:
    return DepositRecord(
        row.deposit_id,
        date.fromisoformat(row.business_date),
        row.bag,
        row.state,
        row.cash_minor,
        row.checks_minor,
        row.other_minor,
        row.prepared_by,
        row.verified_by,
        row.series_id,
        row.seq,
        None if row.bank_date is None else date.fromisoformat(row.bank_date),
        row.bank_minor,
    )


def one_deposit(conn: Connection, deposit_id: str) -> DepositRecord | None:
    """Return a deposit by its id."""
    row = conn.execute(select(deposit).where(deposit.c.deposit_id == deposit_id)).first()
    return None if row is None else _record(row)


def deposits_between(conn: Connection, first: date, last: date) -> tuple[DepositRecord, ...]:
    """Return the deposits prepared on some business dates."""
    rows = conn.execute(
        select(deposit)
        .where(deposit.c.business_date.between(first.isoformat(), last.isoformat()))
        .order_by(deposit.c.business_date, deposit.c.deposit_id)
    )
    return tuple(_record(row) for row in rows)


def count_deposits(conn: Connection, business_date: date) -> int:
    """Return how many deposits a business date has."""
    return conn.execute(
        select(func.count()).select_from(deposit).where(deposit.c.business_date == business_date.isoformat())
    ).scalar_one()
