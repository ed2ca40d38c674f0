"""What customers owe over all their accounts, and whose a bill or a receipt is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select, tuple_

from csr_desk.data.models import account, account_party, bill, customer, ledger_line
from csr_desk.data.queries.customers import root_of
from csr_desk.domain.ledger import EventKey
from csr_desk.domain.money import Cents
from csr_desk.domain.receivable.ageing import Open


@dataclass(frozen=True, slots=True)
class Owing:
    """What somebody owes on the accounts in their own name, and has to credit there (cents); how many those are."""

    due: Cents = 0
    credit: Cents = 0
    accounts: int = 0

    @property
    def owed(self) -> Cents:
        """What is left to pay; below zero where more was paid ahead."""
        return self.due - self.credit


_LEFT = (
    select(func.sum(bill.c.amount_minor - bill.c.paid_minor))
    .where(bill.c.account_no == account.c.account_no, bill.c.state == "due")
    .scalar_subquery()
)
_OWED = (
    select(
        account.c.customer_id,
        func.coalesce(func.sum(_LEFT), 0).label("due"),
        func.coalesce(func.sum(account.c.credit_minor), 0).label("credit"),
        func.count().label("accounts"),
    )
    .where(account.c.customer_id.in_(bindparam("numbers", expanding=True)))
    .group_by(account.c.customer_id)
)
"""Built once: it is asked with every key in the search box."""


def owed_by(conn: Connection, numbers: Sequence[str]) -> dict[str, Owing]:
    """Return what each of some customers owes."""
    found = dict.fromkeys(numbers, Owing())
    for row in conn.execute(_OWED, {"numbers": list(numbers)}):
        found[row.customer_id] = Owing(int(row.due), int(row.credit), int(row.accounts))
    return found


def open_on(conn: Connection, accounts: Sequence[str]) -> dict[str, tuple[Open, ...]]:
    """Return what is open on each of some accounts, bill by bill."""
    rows = conn.execute(
        select(bill.c.account_no, bill.c.amount_minor, bill.c.paid_minor, bill.c.due_date).where(
            bill.c.account_no.in_(accounts), bill.c.state == "due"
        )
    )
    found: dict[str, tuple[Open, ...]] = {}
    for row in rows:
        due = None if row.due_date is None else date.fromisoformat(row.due_date)
        one = Open(row.amount_minor - row.paid_minor, due)
        found[row.account_no] = (*found.get(row.account_no, ()), one)
    return found


def customers_of_bill(conn: Connection, number: str) -> tuple[str, ...]:
    """Return whose bill this is."""
    rows = conn.execute(
        select(account.c.customer_id)
        .join(bill, bill.c.account_no == account.c.account_no)
        .where(bill.c.bill_id.in_({number, number.upper()}))
    )
    return tuple(dict.fromkeys(row.customer_id for row in rows))


def customers_of_entry(conn: Connection, key: EventKey) -> tuple[str, ...]:
    """Return whose bills an entry pays."""
    rows = conn.execute(
        select(account.c.customer_id)
        .join(bill, bill.c.account_no == account.c.account_no)
        .join(ledger_line, ledger_line.c.reference == bill.c.bill_id)
        .where(ledger_line.c.series_id == key.series, ledger_line.c.seq == key.seq)
    )
    return tuple(sorted({root_of(conn, row.customer_id) for row in rows}))


def accounts_in_reach(conn: Connection, numbers: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return the accounts of customers and those they have a part in: number and whose name it is in."""
    parts = select(account_party.c.account_no).where(account_party.c.customer_id.in_(numbers))
    rows = conn.execute(
        select(account.c.account_no, customer.c.name)
        .join(customer, customer.c.customer_id == account.c.customer_id)
        .where(account.c.customer_id.in_(numbers) | account.c.account_no.in_(parts))
        .order_by(account.c.account_no)
    )
    return tuple((row.account_no, row.name) for row in rows)


def newest_bills(conn: Connection, accounts: Sequence[str], limit: int) -> tuple[Row[Any], ...]:
    """Return the newest bills of some accounts that have a date."""
    on = func.coalesce(bill.c.issued_on, bill.c.due_date)
    return tuple(
        conn.execute(
            select(bill)
            .where(bill.c.account_no.in_(accounts), on.is_not(None))
            .order_by(on.desc(), bill.c.bill_id.desc())
            .limit(limit)
        )
    )


def paid_by_entries(
    conn: Connection, keys: Sequence[EventKey], accounts: Sequence[str]
) -> dict[EventKey, tuple[str, Cents]]:
    """Return what each entry paid on the bills of some accounts (below zero: took back), with the first account."""
    line = ledger_line.c
    if not keys:
        return {}
    rows = conn.execute(
        select(line.series_id, line.seq, func.min(bill.c.account_no).label("account"), func.sum(line.amount_minor))
        .join(bill, bill.c.bill_id == line.reference)
        .where(tuple_(line.series_id, line.seq).in_([(key.series, key.seq) for key in keys]))
        .where(bill.c.account_no.in_(accounts))
        .group_by(line.series_id, line.seq)
    )
    return {EventKey(row[0], row[1]): (row[2], int(row[3])) for row in rows}
