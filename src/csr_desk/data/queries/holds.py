"""Holds on customers and accounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from csr_desk.data.models import account, contractor, customer, hold_flag, permit, project
from csr_desk.domain.holds import Hold, Stops, of_account, of_customer
from csr_desk.domain.ledger import EventKey

_T = hold_flag.c


def _hold(row: Row[Any]) -> Hold:
    lifted = None if row.lifted_seq is None else EventKey(row.lifted_series, row.lifted_seq)
    expires = None if row.expires_on is None else date.fromisoformat(row.expires_on)
    return Hold(
        row.hold_id, row.subject, Stops(row.stops), row.words, expires, EventKey(row.series_id, row.seq), lifted
    )


def insert_hold(conn: Connection, values: Mapping[str, Any]) -> None:
    """Add a hold."""
    conn.execute(insert(hold_flag), [dict(values)])


def one_hold(conn: Connection, hold_id: str, *, lock: bool = False) -> Hold | None:
    """Return a hold; with ``lock`` nobody else lifts it until the end of the transaction."""
    wanted = select(hold_flag).where(_T.hold_id == hold_id)
    row = conn.execute(wanted.with_for_update() if lock else wanted).first()
    return None if row is None else _hold(row)


def lift(conn: Connection, hold_id: str, key: EventKey) -> None:
    """Note which entry lifted a hold."""
    conn.execute(update(hold_flag).where(_T.hold_id == hold_id).values(lifted_series=key.series, lifted_seq=key.seq))


def holds_on(conn: Connection, subjects: Iterable[str]) -> tuple[Hold, ...]:
    """Return the holds of some customers and accounts that were not lifted, by number."""
    wanted = select(hold_flag).where(_T.subject.in_(sorted(set(subjects))), _T.lifted_seq.is_(None))
    return tuple(_hold(row) for row in conn.execute(wanted.order_by(_T.hold_id)))


def standing(conn: Connection) -> tuple[Hold, ...]:
    """Return all holds that were not lifted, by number."""
    return tuple(
        _hold(row) for row in conn.execute(select(hold_flag).where(_T.lifted_seq.is_(None)).order_by(_T.hold_id))
    )


def exists(conn: Connection, subject: str) -> bool:
    """Say whether there is what a hold names; an address is known by its hash only, so any may be named."""
    kind, _, number = subject.partition(":")
    if kind == "site":
        return True
    column = {
        "customer": customer.c.customer_id,
        "account": account.c.account_no,
        "project": project.c.project_no,
        "permit": permit.c.permit_no,
        "contractor": contractor.c.contractor_no,
    }[kind]
    return conn.execute(select(column).where(column == number)).first() is not None


def subjects_of(conn: Connection, customers: Iterable[str], accounts: Iterable[str]) -> frozenset[str]:
    """Return who a sale is about: accounts, their customers, and all records that were joined with these."""
    numbers = sorted(set(accounts))
    people = set(customers)
    if numbers:
        people |= set(conn.execute(select(account.c.customer_id).where(account.c.account_no.in_(numbers))).scalars())
    return frozenset({*map(of_account, numbers), *map(of_customer, _records_of(conn, people))})


def _records_of(conn: Connection, people: set[str]) -> set[str]:
    """Return the records of persons: those that stand for them, and those that were joined with them."""
    found: set[str] = set()
    layer = people
    while layer:
        found |= layer
        rows = conn.execute(
            select(customer.c.customer_id, customer.c.merged_into).where(
                customer.c.customer_id.in_(sorted(layer)) | customer.c.merged_into.in_(sorted(layer))
            )
        ).all()
        layer = {name for row in rows for name in (row.customer_id, row.merged_into) if name} - found
    return found
