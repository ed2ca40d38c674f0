"""Calls for the supervisor; written by ``services.telling`` only."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from csr_desk.data.models import customer, help_call, staff
from csr_desk.domain.help_calls import HelpCall

_H = help_call.c
_CALLER, _COMES = staff.alias("caller"), staff.alias("comes")
_CALLS = select(
    help_call,
    _CALLER.c.name.label("caller_name"),
    _COMES.c.name.label("answered_name"),
    customer.c.name.label("customer_name"),
).select_from(
    help_call.join(_CALLER, _CALLER.c.user_id == _H.called_by)
    .outerjoin(_COMES, _COMES.c.user_id == _H.answered_by)
    .outerjoin(customer, customer.c.customer_id == _H.customer_id)
)


def one(conn: Connection, number: str) -> HelpCall | None:
    """Return a call."""
    row = conn.execute(_CALLS.where(_H.call_no == number)).first()
    return None if row is None else _call(row)


def live(conn: Connection, user: str = "") -> tuple[HelpCall, ...]:
    """Return the calls that did not end; of one person where they are named."""
    found = _CALLS.where(_H.state.in_(("open", "answered")))
    rows = conn.execute((found.where(_H.called_by == user) if user else found).order_by(_H.called_at, _H.call_no))
    return tuple(_call(row) for row in rows)


def _call(row: Row[Any]) -> HelpCall:
    return HelpCall(
        row.call_no, row.station, row.state, row.called_by, datetime.fromisoformat(row.called_at),
        row.answered_by or "", datetime.fromisoformat(row.answered_at) if row.answered_at else None,
        row.customer_id or "", row.words or "", row.caller_name, row.answered_name or "", row.customer_name or "",
    )  # fmt: skip
