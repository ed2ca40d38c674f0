"""What payments did to bills and accounts: items, spreads, credit, and where the ledger speaks of an account."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, insert, or_, select, update

from csr_desk.data.models import (
    account,
    bill,
    bill_item,
    customer,
    entry_about,
    ledger_event,
    ledger_line,
    ledger_tender,
)
from csr_desk.domain import about
from csr_desk.domain.ledger import EventKey, EventKind
from csr_desk.domain.money import Cents
from csr_desk.domain.receivable.application import to_credit_of

PAYS = (
    EventKind.SALE.value, EventKind.VOID.value, EventKind.REFUND.value, EventKind.CREDIT_APPLIED.value,
    EventKind.GUARANTEE_ENDED.value,
)  # fmt: skip
"""The kinds whose lines change what is paid on a bill or stands to an account's credit."""


@dataclass(frozen=True, slots=True)
class ItemRecord:
    """An item of a bill as stored; ``shares`` is JSON: account number and amount (cents) of each part."""

    bill: str
    n: int
    description: str
    amount: Cents
    priority: int
    shares: str


@dataclass(frozen=True, slots=True)
class PaidRecord:
    """A line that paid a bill (negative: took a payment back), with the facts of its entry."""

    key: EventKey
    line: int
    bill: str
    amount: Cents
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class CreditRecord:
    """An account with money that no bill has taken yet (cents)."""

    account: str
    service: str
    customer: str
    confidential: bool
    credit: Cents


@dataclass(frozen=True, slots=True)
class MoveRecord:
    """A step of an account's credit (cents, below zero where it was used), by the entry that made it."""

    key: EventKey
    business_date: str
    kind: str
    receipt_no: int | None
    amount: Cents
    reverses: EventKey | None = None
    """The entry that it takes back."""


@dataclass(frozen=True, slots=True)
class AboutRecord:
    """A line of an entry that paid something on an account (cents)."""

    key: EventKey
    business_date: str
    kind: str
    receipt_no: int | None
    reference: str
    name: str
    amount: Cents


def lock_accounts(conn: Connection, numbers: Iterable[str]) -> None:
    """Let nobody else apply a payment to these accounts until the end of the transaction; one order for all."""
    wanted = select(account.c.account_no).where(account.c.account_no.in_(sorted(set(numbers))))
    conn.execute(wanted.order_by(account.c.account_no).with_for_update(key_share=True)).all()


def items_of(conn: Connection, bills: Sequence[str]) -> tuple[ItemRecord, ...]:
    """Return the items of bills."""
    if not bills:
        return ()
    rows = conn.execute(
        select(bill_item).where(bill_item.c.bill_id.in_(bills)).order_by(bill_item.c.bill_id, bill_item.c.n)
    )
    return tuple(
        ItemRecord(row.bill_id, row.n, row.description, row.amount_minor, row.priority, row.shares) for row in rows
    )


def payments_of(
    conn: Connection, account_no: str, bills: Sequence[str], but: EventKey | None = None
) -> tuple[PaidRecord, ...]:
    """Return every line that paid one of an account's bills, or took such a payment back, oldest first.

    ``but`` is left out: an entry that is being taken back, whose reversal is not written yet.
    """
    named = _LINES.join(entry_about, _same(entry_about)).where(entry_about.c.subject == about.account(account_no))
    found = _paid(conn, named, bills, but)
    paid = conn.execute(select(func.sum(bill.c.paid_minor)).where(bill.c.bill_id.in_(bills))).scalar()
    if sum(row.amount for row in found) == int(paid or 0):
        return found
    return _paid(conn, _LINES, bills, but)  # entries of an older version are found by their lines only


_LINES: Select[Any] = select(
    ledger_line.c.series_id,
    ledger_line.c.seq,
    ledger_line.c.n,
    ledger_line.c.reference,
    ledger_line.c.amount_minor,
    ledger_event.c.facts,
).join(ledger_event, and_(ledger_event.c.series_id == ledger_line.c.series_id, ledger_event.c.seq == ledger_line.c.seq))


def _same(table: Any) -> Any:
    return and_(table.c.series_id == ledger_line.c.series_id, table.c.seq == ledger_line.c.seq)


def _paid(conn: Connection, lines: Select[Any], bills: Sequence[str], but: EventKey | None) -> tuple[PaidRecord, ...]:
    rows = conn.execute(
        lines.where(ledger_line.c.reference.in_(bills), ledger_event.c.kind.in_(PAYS)).order_by(
            ledger_event.c.recorded_at_utc, ledger_line.c.series_id, ledger_line.c.seq, ledger_line.c.n
        )
    )
    return tuple(
        PaidRecord(EventKey(row.series_id, row.seq), row.n, row.reference, row.amount_minor, json.loads(row.facts))
        for row in rows
        if EventKey(row.series_id, row.seq) != but
    )


def note_about(conn: Connection, key: EventKey, subjects: Iterable[str]) -> None:
    """Note that an entry says something of these subjects, so that it is found from each of them."""
    rows = [{"subject": one, "series_id": key.series, "seq": key.seq} for one in sorted(set(subjects))]
    if rows:
        conn.execute(insert(entry_about), rows)


def account_of_bill(conn: Connection, bill_id: str) -> str:
    """Return the account of a bill, or nothing where there is no such bill."""
    return str(conn.execute(select(bill.c.account_no).where(bill.c.bill_id == bill_id)).scalar() or "")


def open_of(conn: Connection, account_no: str) -> Cents:
    """Return what an account owes on all its bills (cents)."""
    owed = func.sum(bill.c.amount_minor - bill.c.paid_minor)
    wanted = select(owed).where(
        bill.c.account_no == account_no, bill.c.state == "due", bill.c.amount_minor > bill.c.paid_minor
    )
    return int(conn.execute(wanted).scalar() or 0)


def credit_of(conn: Connection, account_no: str) -> Cents | None:
    """Return what stands to an account's credit (cents); None where there is no such account."""
    row = conn.execute(select(account.c.credit_minor).where(account.c.account_no == account_no)).first()
    return None if row is None else row.credit_minor or 0


def add_credit(conn: Connection, account_no: str, cents: Cents) -> Cents:
    """Put money to an account's credit (negative: take it from there), and return what stands there now."""
    now = func.coalesce(account.c.credit_minor, 0) + cents
    changed = update(account).where(account.c.account_no == account_no).values(credit_minor=now)
    return int(conn.execute(changed.returning(account.c.credit_minor)).scalar_one())


def last_paid(conn: Connection, account_no: str) -> tuple[str, int | None] | None:
    """Return series and receipt number of the last entry that paid something on an account, if there is one."""
    kinds = (EventKind.SALE.value, EventKind.CREDIT_APPLIED.value, EventKind.GUARANTEE_ENDED.value)
    row = conn.execute(
        select(ledger_event.c.series_id, ledger_event.c.receipt_no)
        .join(
            entry_about,
            and_(entry_about.c.series_id == ledger_event.c.series_id, entry_about.c.seq == ledger_event.c.seq),
        )
        .where(entry_about.c.subject == about.account(account_no), ledger_event.c.kind.in_(kinds))
        .order_by(ledger_event.c.recorded_at_utc.desc())
        .limit(1)
    ).first()
    return None if row is None else (row.series_id, row.receipt_no)


def lines_about(conn: Connection, account_no: str, limit: int) -> tuple[AboutRecord, ...]:
    """Return the lines of the newest entries that paid something on an account or took it back, newest first."""
    event = ledger_event.c
    newest = (
        select(event.series_id, event.seq, event.business_date, event.kind, event.receipt_no, event.recorded_at_utc)
        .join(entry_about, and_(entry_about.c.series_id == event.series_id, entry_about.c.seq == event.seq))
        .where(entry_about.c.subject == about.account(account_no), event.kind.in_(PAYS))
        .order_by(event.recorded_at_utc.desc(), event.series_id, event.seq.desc())
        .limit(limit)
        .subquery()
    )
    mine = select(bill.c.bill_id).where(bill.c.account_no == account_no)
    rows = conn.execute(
        select(newest, ledger_line.c.reference, ledger_line.c.name, ledger_line.c.amount_minor, ledger_line.c.n)
        .join(ledger_line, and_(ledger_line.c.series_id == newest.c.series_id, ledger_line.c.seq == newest.c.seq))
        .where(or_(ledger_line.c.reference.in_(mine), ledger_line.c.reference == to_credit_of(account_no)))
        .order_by(newest.c.recorded_at_utc.desc(), newest.c.series_id, newest.c.seq.desc(), ledger_line.c.n)
    )
    return tuple(
        AboutRecord(
            EventKey(row.series_id, row.seq), row.business_date, row.kind, row.receipt_no, row.reference, row.name,
            row.amount_minor,
        )
        for row in rows
    )  # fmt: skip


def in_credit(conn: Connection) -> tuple[CreditRecord, ...]:
    """Return the accounts with money that no bill has taken yet."""
    rows = conn.execute(
        select(
            account.c.account_no, account.c.service, account.c.credit_minor, customer.c.name, customer.c.confidential
        )
        .join(customer, customer.c.customer_id == account.c.customer_id)
        .where(account.c.credit_minor > 0)
        .order_by(account.c.account_no)
    )
    return tuple(
        CreditRecord(row.account_no, row.service, row.name, bool(row.confidential), row.credit_minor) for row in rows
    )


def overpaid(conn: Connection) -> tuple[tuple[str, str, Cents], ...]:
    """Return bill, account and what is too much (cents) of the bills that were lowered after they had been paid."""
    more = bill.c.paid_minor - bill.c.amount_minor
    rows = conn.execute(select(bill.c.bill_id, bill.c.account_no, more.label("more")).where(more > 0))
    return tuple((row.bill_id, row.account_no, int(row.more)) for row in rows)


def moves_of(conn: Connection, account_no: str) -> tuple[MoveRecord, ...]:
    """Return every step of an account's credit, oldest first: what lines brought or took, and what paid by it."""
    event = ledger_event.c
    told = (
        event.series_id, event.seq, event.business_date, event.kind, event.receipt_no, event.recorded_at_utc,
        event.reverses_series, event.reverses_seq,
    )  # fmt: skip
    lines = (
        select(*told, ledger_line.c.amount_minor.label("cents"))
        .join(ledger_line, and_(ledger_line.c.series_id == event.series_id, ledger_line.c.seq == event.seq))
        .where(ledger_line.c.reference == to_credit_of(account_no))
    )
    used = (
        select(*told, (-ledger_tender.c.amount_minor).label("cents"))
        .join(ledger_tender, and_(ledger_tender.c.series_id == event.series_id, ledger_tender.c.seq == event.seq))
        .where(ledger_tender.c.kind == "on_account", ledger_tender.c.document == account_no)
    )
    found: list[Row[Any]] = []
    for wanted in (lines, used):
        named = and_(entry_about.c.series_id == event.series_id, entry_about.c.seq == event.seq)
        found.extend(
            conn.execute(wanted.join(entry_about, named).where(entry_about.c.subject == about.account(account_no)))
        )
    return tuple(
        MoveRecord(
            EventKey(row.series_id, row.seq),
            row.business_date,
            row.kind,
            row.receipt_no,
            row.cents,
            EventKey(row.reverses_series, row.reverses_seq) if row.reverses_series else None,
        )
        for row in sorted(found, key=lambda row: (row.recorded_at_utc, row.series_id, row.seq))
    )


def near_numbers(conn: Connection, figures: str) -> tuple[str, ...]:
    """Return a few account numbers, to see how the city writes its own: the first, the last, those near figures."""
    number = account.c.account_no
    wanted = (
        select(func.min(number)),
        select(func.max(number)),
        select(func.min(number)).where(number >= figures),
        select(func.max(number)).where(number <= figures),
    )
    found = [conn.execute(one).scalar() for one in wanted]
    return tuple(dict.fromkeys(str(one) for one in found if one))


def holder_of(conn: Connection, account_no: str) -> tuple[str, str, bool]:
    """Return service, customer's name, and whether they asked to be kept confidential."""
    row = conn.execute(
        select(account.c.service, customer.c.name, customer.c.confidential)
        .join(customer, customer.c.customer_id == account.c.customer_id)
        .where(account.c.account_no == account_no)
    ).one()
    return row.service, row.name, bool(row.confidential)
