"""Holds on customers and accounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, bindparam, case, insert, or_, select, update

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


_NAMED = (
    select(account.c.customer_id.label("number"))
    .where(account.c.account_no == bindparam("account"))
    .union(select(customer.c.customer_id).where(customer.c.customer_id == bindparam("customer")))
    .subquery()
)
_WHOSE = select(_NAMED.c.number).cte("whose", recursive=True)
_NEXT = case((customer.c.customer_id == _WHOSE.c.number, customer.c.merged_into), else_=customer.c.customer_id)
_PEOPLE = _WHOSE.union(
    select(_NEXT)
    .join(_WHOSE, or_(customer.c.customer_id == _WHOSE.c.number, customer.c.merged_into == _WHOSE.c.number))
    .where(customer.c.merged_into.is_not(None))
)
_ABOUT = select(hold_flag).where(
    _T.lifted_seq.is_(None),
    or_(
        _T.subject == bindparam("subject"),
        _T.subject.in_(select(of_customer("") + _PEOPLE.c.number)),
    ),
)
"""One question of one account or customer, built once: it is asked with every sale of a bill."""


def holds_about(
    conn: Connection, customers: Iterable[str], accounts: Iterable[str], others: Iterable[str] = ()
) -> tuple[Hold, ...]:
    """Return the holds not lifted on customers and accounts, and on whose these are, by number.

    A person is all their records: the one that stands for them, and those that were joined with it. ``others`` are
    subjects that stand for themselves (``domain.about``): projects, permits, contractors, addresses.
    """
    asked = [(number, "") for number in dict.fromkeys(accounts)] + [("", number) for number in dict.fromkeys(customers)]
    found: dict[str, Hold] = {}
    for number, person in asked:
        rows = conn.execute(_ABOUT, {"account": number, "customer": person, "subject": of_account(number)})
        found |= {row.hold_id: _hold(row) for row in rows}
    if named := sorted(set(others)):
        rows = conn.execute(select(hold_flag).where(_T.lifted_seq.is_(None), _T.subject.in_(named)))
        found |= {row.hold_id: _hold(row) for row in rows}
    return tuple(found[name] for name in sorted(found))
