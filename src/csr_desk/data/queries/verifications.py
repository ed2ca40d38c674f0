"""Verifications of new accounts and the things on their lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, select

from csr_desk.data.models import account_verification, company, customer, staff, verification_item
from csr_desk.data.queries import guarantees
from csr_desk.domain.account_check import Item, State
from csr_desk.domain.company import Channel
from csr_desk.domain.new_account import ItemRecord, Verification, read_standing

_V, _I = account_verification.c, verification_item.c
_SHOWN = (
    select(account_verification, customer.c.name.label("customer_name"), staff.c.name.label("opener"))
    .join(customer, customer.c.customer_id == _V.customer_id)
    .join(staff, staff.c.user_id == _V.opened_by)
    .order_by(_V.opened_on.desc(), _V.verification_no.desc())
)
_ITEMS = (
    select(verification_item, company.c.name.label("company_name"), staff.c.name.label("checker"))
    .outerjoin(company, company.c.company_id == _I.company_id)
    .outerjoin(staff, staff.c.user_id == _I.checked_by)
)
_ORDER = list(Item)


def one_verification(conn: Connection, number: str) -> Verification | None:
    """Return a verification with its list, or None."""
    return next(iter(_whole(conn, conn.execute(_SHOWN.where(_V.verification_no == number)))), None)


def verifications(
    conn: Connection, *, customers: Iterable[str] = (), open_only: bool = False, limit: int = 200
) -> tuple[Verification, ...]:
    """Return verifications, the newest first: of some customers, or all; ``open_only`` leaves out what was decided."""
    wanted = _SHOWN.limit(limit)
    named = sorted(set(customers))
    if named:
        wanted = wanted.where(_V.customer_id.in_(named))
    if open_only:
        wanted = wanted.where(_V.state == "open")
    return _whole(conn, conn.execute(wanted))


def _whole(conn: Connection, found: Iterable[Row[Any]]) -> tuple[Verification, ...]:
    rows = list(found)
    items: dict[str, list[ItemRecord]] = {}
    for row in conn.execute(_ITEMS.where(_I.verification_no.in_([row.verification_no for row in rows]))):
        items.setdefault(row.verification_no, []).append(_item(row))
    return tuple(_verification(conn, row, items.get(row.verification_no, [])) for row in rows)


def _verification(conn: Connection, row: Row[Any], items: list[ItemRecord]) -> Verification:
    held = guarantees.guarantees_of(conn, row.account_no) if row.account_no else ()
    return Verification(
        row.verification_no, row.customer_id, row.customer_name, row.account_no or "", row.address, row.tenure,
        row.state, row.deposit or "", row.deposit_minor or 0, row.rule or "", row.opened_on, row.decided_on or "",
        row.opener, tuple(sorted(items, key=lambda one: _ORDER.index(one.item))),
        sum(one.amount for one in held if one.ended is None),
    )  # fmt: skip


def _item(row: Row[Any]) -> ItemRecord:
    standing, months = read_standing(row.standing or "")
    return ItemRecord(
        Item(row.item), State(row.state), row.answer or "", row.company_id or "", row.company_name or "",
        Channel(row.channel) if row.channel else None, row.asked or "", row.reference or "", standing, months,
        row.at or "", row.checker or "",
    )  # fmt: skip
