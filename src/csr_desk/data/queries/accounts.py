"""Customers, their accounts and the bills on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, case, func, insert, or_, select, update

from csr_desk.data.models import account, bill, bill_item, customer, ledger_line, ledger_posting
from csr_desk.domain.ledger import EventKey
from csr_desk.domain.money import Cents


@dataclass(frozen=True, slots=True)
class BillRecord:
    """A bill as stored; ``shares`` is JSON: account number and amount (cents) of each part."""

    bill: str
    account: str
    service: str
    description: str
    amount: Cents
    paid: Cents
    due: str | None
    shares: str
    authority: str
    state: str
    returned_item: str | None = None
    """What the bank sent back and this bill claims again."""
    stage: str | None = None
    """Where the account stands in collection."""


_BILLS: Select[Any] = select(bill, account.c.service, account.c.stage).join(
    account, account.c.account_no == bill.c.account_no
)


def _record(row: Row[Any]) -> BillRecord:
    return BillRecord(
        row.bill_id, row.account_no, row.service, row.description, row.amount_minor, row.paid_minor, row.due_date,
        row.shares, row.authority, row.state, row.returned_item, row.stage,
    )  # fmt: skip


def insert_customer(conn: Connection, values: Mapping[str, Any]) -> None:
    """Add a customer."""
    conn.execute(insert(customer), [dict(values)])


def has_customer(conn: Connection, customer_id: str) -> bool:
    """Say whether there is a customer of this number."""
    return conn.execute(select(customer.c.customer_id).where(customer.c.customer_id == customer_id)).first() is not None


def insert_account(conn: Connection, values: Mapping[str, Any]) -> None:
    """Add an account."""
    conn.execute(insert(account), [dict(values)])


def has_account(conn: Connection, account_no: str) -> bool:
    """Say whether there is an account of this number."""
    return conn.execute(select(account.c.account_no).where(account.c.account_no == account_no)).first() is not None


def owner_of(conn: Connection, account_no: str) -> str | None:
    """Return the customer of an account, or None where there is no such account."""
    return conn.execute(select(account.c.customer_id).where(account.c.account_no == account_no)).scalar()


def site_of(conn: Connection, account_no: str) -> str:
    """Return the service address of an account; empty where it has none or there is no such account."""
    return str(conn.execute(select(account.c.site).where(account.c.account_no == account_no)).scalar() or "")


def rate_of(conn: Connection, account_no: str) -> tuple[str | None, str | None, str] | None:
    """Return rate class, meter size and service of an account, or None where there is no such account."""
    columns = select(account.c.rate_class, account.c.meter_size, account.c.service)
    found = conn.execute(columns.where(account.c.account_no == account_no)).first()
    return None if found is None else (found.rate_class, found.meter_size, found.service)


def insert_bill(conn: Connection, values: Mapping[str, Any]) -> None:
    """Add a bill."""
    conn.execute(insert(bill), [dict(values)])


def one_bill(conn: Connection, bill_id: str, *, lock: bool = False) -> BillRecord | None:
    """Return a bill; with ``lock`` nobody else pays it until the end of the transaction."""
    row = conn.execute(_locked(_BILLS.where(bill.c.bill_id == bill_id), lock=lock)).first()
    return None if row is None else _record(row)


def added_later(conn: Connection, bill_id: str) -> Cents:
    """Return what penalties, fees and adjustments added to a bill after it was issued."""
    added = select(func.sum(bill_item.c.amount_minor)).where(
        bill_item.c.bill_id == bill_id, bill_item.c.series_id.is_not(None)
    )
    return int(conn.execute(added).scalar() or 0)


def bills_of(conn: Connection, account_no: str, *, lock: bool = False) -> tuple[BillRecord, ...]:
    """Return the bills of an account, the one due first in front."""
    wanted = _locked(_BILLS.where(bill.c.account_no == account_no).order_by(bill.c.bill_id), lock=lock)
    rows = [_record(row) for row in conn.execute(wanted)]
    return tuple(sorted(rows, key=lambda row: (row.due or "9999", row.bill)))


def _locked(wanted: Select[Any], *, lock: bool) -> Select[Any]:
    return wanted.with_for_update(of=bill) if lock else wanted


def booked_for(conn: Connection, bill_id: str, but: EventKey | None = None) -> dict[str, Cents]:
    """Return what the payments of a bill, less those taken back, have brought each posting account (cents).

    ``but`` is left out: an entry that is being taken back, whose reversal is not written yet.
    """
    line, posting = ledger_line.c, ledger_posting.c
    left_out = () if but is None else (or_(line.series_id != but.series, line.seq != but.seq),)
    rows = conn.execute(
        select(posting.account, func.sum(-posting.amount_minor).label("cents"))
        .select_from(ledger_line)
        .join(
            ledger_posting,
            and_(posting.series_id == line.series_id, posting.seq == line.seq, posting.line_n == line.n),
        )
        .where(line.reference == bill_id, *left_out)
        .group_by(posting.account)
    )
    return {row.account: int(row.cents) for row in rows if row.cents}


def add_paid(conn: Connection, bill_id: str, cents: Cents) -> None:
    """Note a payment on a bill (negative when a payment was taken back)."""
    paid = bill.c.paid_minor + cents
    conn.execute(
        update(bill)
        .where(bill.c.bill_id == bill_id)
        .values(paid_minor=paid, state=case((paid >= bill.c.amount_minor, "paid"), else_="due"))
    )
