"""Requests to the city's payables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, update

from csr_desk.data.models import payables_request, staff
from csr_desk.domain.ledger import EventKey
from csr_desk.domain.money import Cents


@dataclass(frozen=True, slots=True)
class RequestRecord:
    """A request as stored (cents), with the names of who prepared and approved it."""

    request_id: str
    receipt: str
    amount: Cents
    payee: str
    address: str
    state: str
    prepared_by: str
    approved_by: str
    entry: EventKey
    sent: EventKey | None


_PREPARED, _APPROVED = staff.alias("prepared"), staff.alias("approved")
_T = payables_request.c
_REQUESTS: Select[Any] = select(
    payables_request, _PREPARED.c.name.label("prepared_name"), _APPROVED.c.name.label("approved_name")
).select_from(
    payables_request.join(_PREPARED, _PREPARED.c.user_id == _T.prepared_by).outerjoin(
        _APPROVED, _APPROVED.c.user_id == _T.approved_by
    )
)


def _record(row: Row[Any]) -> RequestRecord:
    sent = None if row.sent_seq is None else EventKey(row.sent_series, row.sent_seq)
    return RequestRecord(
        row.request_id, row.receipt, row.amount_minor, row.payee, row.address, row.state, row.prepared_name,
        row.approved_name or "", EventKey(row.series_id, row.seq), sent,
    )  # fmt: skip


def insert_request(conn: Connection, values: Mapping[str, Any]) -> None:
    """Add a request."""
    conn.execute(insert(payables_request), [dict(values)])


def one_request(conn: Connection, request_id: str, *, lock: bool = False) -> RequestRecord | None:
    """Return a request; with ``lock`` nobody else changes it until the end of the transaction."""
    wanted = _REQUESTS.where(_T.request_id == request_id)
    row = conn.execute(wanted.with_for_update(of=payables_request) if lock else wanted).first()
    return None if row is None else _record(row)


def requests_in(conn: Connection, states: Sequence[str]) -> tuple[RequestRecord, ...]:
    """Return the requests in some states, by number."""
    rows = conn.execute(_REQUESTS.where(_T.state.in_(list(states))).order_by(_T.request_id))
    return tuple(_record(row) for row in rows)


def requests_sent_with(conn: Connection, key: EventKey) -> tuple[RequestRecord, ...]:
    """Return the requests that one entry handed over, by number."""
    rows = conn.execute(_REQUESTS.where(_T.sent_series == key.series, _T.sent_seq == key.seq).order_by(_T.request_id))
    return tuple(_record(row) for row in rows)


def update_request(conn: Connection, request_id: str, values: Mapping[str, Any]) -> None:
    """Change a request (a rebuild from the entries gives the same)."""
    conn.execute(update(payables_request).where(_T.request_id == request_id).values(**values))
