"""What the bank sent back, and the bank accounts whose checks need an override."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, insert, select, update

from csr_desk.data.models import account, bill, check_list, customer, ledger_event, returned_item, staff
from csr_desk.domain.ledger import EventKey
from csr_desk.domain.money import Cents


@dataclass(frozen=True, slots=True)
class ReturnedRecord:
    """A returned item as stored, with its bill and its customer (cents)."""

    item: str
    receipt: str
    tender: int
    amount: Cents
    fee: Cents
    bill: str
    account: str
    paid: Cents
    customer: str
    address: str
    event: EventKey
    mail_number: str
    mailed_on: str | None
    received_on: str | None


@dataclass(frozen=True, slots=True)
class ListRecord:
    """A line of the returned-check list as stored."""

    list_id: str
    account_hash: str
    account_masked: str
    reason: str
    listed_at: str
    listed_by: str
    event: EventKey
    cleared: EventKey | None


_ITEMS: Select[Any] = (
    select(returned_item, bill.c.account_no, bill.c.paid_minor, customer.c.name, customer.c.address)
    .join(bill, bill.c.bill_id == returned_item.c.bill_id)
    .join(account, account.c.account_no == bill.c.account_no)
    .join(customer, customer.c.customer_id == account.c.customer_id)
)
_LISTED: Select[Any] = (
    select(check_list, staff.c.name.label("listed_by"))
    .join(
        ledger_event,
        and_(ledger_event.c.series_id == check_list.c.series_id, ledger_event.c.seq == check_list.c.seq),
    )
    .join(staff, staff.c.user_id == ledger_event.c.actor_id)
)


def insert_item(conn: Connection, values: Mapping[str, Any]) -> None:
    """Add a returned item."""
    conn.execute(insert(returned_item), [dict(values)])


def one_item(conn: Connection, item_id: str) -> ReturnedRecord | None:
    """Return a returned item by its id."""
    row = conn.execute(_ITEMS.where(returned_item.c.item_id == item_id)).first()
    return None if row is None else _item(row)


def all_items(conn: Connection) -> tuple[ReturnedRecord, ...]:
    """Return every returned item, the newest first."""
    rows = conn.execute(_ITEMS.order_by(returned_item.c.seq.desc(), returned_item.c.item_id))
    return tuple(_item(row) for row in rows)


def note_mail(conn: Connection, item_id: str, values: Mapping[str, Any]) -> None:
    """Note when the letter of an item was mailed or received."""
    conn.execute(update(returned_item).where(returned_item.c.item_id == item_id).values(**values))


def open_items_of(conn: Connection, account_no: str) -> int:
    """Return how many returned items the customer of an account still owes, on whatever account."""
    mine = select(account.c.customer_id).where(account.c.account_no == account_no).scalar_subquery()
    rows = conn.execute(
        select(bill.c.bill_id)
        .join(account, account.c.account_no == bill.c.account_no)
        .where(account.c.customer_id == mine, bill.c.returned_item.is_not(None), bill.c.state == "due")
    )
    return len(rows.all())


def _item(row: Row[Any]) -> ReturnedRecord:
    return ReturnedRecord(
        row.item_id, row.receipt, row.tender_n, row.amount_minor, row.fee_minor, row.bill_id, row.account_no,
        row.paid_minor, row.name, row.address, EventKey(row.series_id, row.seq), row.mail_number, row.mailed_on,
        row.received_on,
    )  # fmt: skip


def insert_listed(conn: Connection, values: Mapping[str, Any]) -> None:
    """Put a bank account on the list."""
    conn.execute(insert(check_list), [dict(values)])


def listed_accounts(conn: Connection, hashes: Collection[str]) -> tuple[ListRecord, ...]:
    """Return the live lines of the list for some accounts."""
    if not hashes:
        return ()
    wanted = _LISTED.where(check_list.c.account_hash.in_(hashes), check_list.c.cleared_seq.is_(None))
    return tuple(_listed(row) for row in conn.execute(wanted.order_by(check_list.c.seq)))


def one_listed(conn: Connection, list_id: str) -> ListRecord | None:
    """Return a line of the list by its id."""
    row = conn.execute(_LISTED.where(check_list.c.list_id == list_id)).first()
    return None if row is None else _listed(row)


def all_listed(conn: Connection) -> tuple[ListRecord, ...]:
    """Return the whole list, the newest first."""
    rows = conn.execute(_LISTED.order_by(check_list.c.listed_at.desc(), check_list.c.list_id))
    return tuple(_listed(row) for row in rows)


def clear_listed(conn: Connection, list_id: str, by: EventKey) -> None:
    """Take a bank account off the list; the line stays, with the entry that cleared it."""
    conn.execute(
        update(check_list).where(check_list.c.list_id == list_id).values(cleared_series=by.series, cleared_seq=by.seq)
    )


def _listed(row: Row[Any]) -> ListRecord:
    cleared = None if row.cleared_seq is None else EventKey(row.cleared_series, row.cleared_seq)
    return ListRecord(
        row.list_id, row.account_hash, row.account_masked, row.reason, row.listed_at, row.listed_by,
        EventKey(row.series_id, row.seq), cleared,
    )  # fmt: skip
