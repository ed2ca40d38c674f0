"""Carts that are being made: open at a counter, held for later, sold or cancelled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from csr_desk.data.models import draft_cart, staff
from csr_desk.domain.money import Cents


@dataclass(frozen=True, slots=True)
class CartRecord:
    """A cart as stored; ``body`` is JSON."""

    key: str
    drawer: str | None
    owner: str
    owner_name: str
    state: str
    title: str
    body: str
    total: Cents
    updated_at: str
    hold_number: int | None


_CARTS = select(draft_cart, staff.c.name.label("owner_name")).join(staff, staff.c.user_id == draft_cart.c.owner_id)


def _record(row: Row[Any]) -> CartRecord:
    return CartRecord(
        row.cart_key, row.drawer_id, row.owner_id, row.owner_name, row.state, row.title, row.body, row.total_minor,
        row.updated_at, row.hold_number,
    )  # fmt: skip


def one_cart(conn: Connection, key: str) -> CartRecord | None:
    """Return a cart by its key."""
    row = conn.execute(_CARTS.where(draft_cart.c.cart_key == key)).first()
    return None if row is None else _record(row)


def open_cart_of(conn: Connection, owner: str) -> CartRecord | None:
    """Return the newest open cart of a person."""
    row = conn.execute(
        _CARTS.where(draft_cart.c.owner_id == owner, draft_cart.c.state == "open")
        .order_by(draft_cart.c.updated_at.desc())
        .limit(1)
    ).first()
    return None if row is None else _record(row)


def held_cart(conn: Connection, number: int) -> CartRecord | None:
    """Return a cart by its hold number, whatever became of it."""
    row = conn.execute(_CARTS.where(draft_cart.c.hold_number == number)).first()
    return None if row is None else _record(row)


def held_carts(conn: Connection) -> tuple[CartRecord, ...]:
    """Return the held carts, oldest first."""
    wanted = _CARTS.where(draft_cart.c.state == "held").order_by(draft_cart.c.hold_number)
    return tuple(_record(row) for row in conn.execute(wanted))


def next_hold_number(conn: Connection) -> int:
    """Return the number for the next held cart; the unique index refuses a second one of the same."""
    return (conn.execute(select(func.max(draft_cart.c.hold_number))).scalar() or 0) + 1


def put_cart(conn: Connection, values: Mapping[str, Any]) -> None:
    """Write a cart, new or again."""
    key = values["cart_key"]
    rest = {name: value for name, value in values.items() if name != "cart_key"}
    done = conn.execute(update(draft_cart).where(draft_cart.c.cart_key == key).values(**rest))
    if not done.rowcount:
        conn.execute(insert(draft_cart), [dict(values)])


_SET_STATE = update(draft_cart).where(draft_cart.c.cart_key == bindparam("key")).values(state=bindparam("new_state"))


def set_state(conn: Connection, key: str, state: str) -> bool:
    """Note what became of a cart; False if there is none of that key."""
    return conn.execute(_SET_STATE, {"key": key, "new_state": state}).rowcount == 1
