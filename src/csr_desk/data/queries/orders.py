"""Orders for the cashier, as they stand."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select

from csr_desk.data.models import ledger_event, sales_order
from csr_desk.domain.ledger import receipt_number
from csr_desk.domain.orders import Order, OrderState, read_lines

_T = sales_order.c
_PAID_BY = sales_order.outerjoin(
    ledger_event, (ledger_event.c.series_id == _T.paid_series) & (ledger_event.c.seq == _T.paid_seq)
)


def one_order(conn: Connection, number: str) -> Order | None:
    """Return an order by its number."""
    return next(iter(_found(conn, _T.order_no == number)), None)


def orders_of(conn: Connection, project_no: str) -> tuple[Order, ...]:
    """Return the orders of a project, in the order of their numbers."""
    return _found(conn, _T.project_no == project_no)


def open_orders(conn: Connection, before: date | None = None) -> tuple[Order, ...]:
    """Return the orders that are open; only those whose last day lies before a date, where one is given."""
    wanted = _T.state == OrderState.OPEN.value
    return _found(conn, wanted if before is None else wanted & (_T.expires_on < before.isoformat()))


def _found(conn: Connection, wanted: ColumnElement[bool]) -> tuple[Order, ...]:
    rows = conn.execute(
        select(sales_order, ledger_event.c.receipt_no).select_from(_PAID_BY).where(wanted).order_by(_T.order_no)
    )
    return tuple(_order(row) for row in rows)


def _order(row: Row[Any]) -> Order:
    return Order(
        row.order_no,
        row.project_no or "",
        row.customer_id or "",
        row.contractor_no or "",
        OrderState(row.state),
        read_lines(row.lines, row.inputs),
        row.customer_name or "",
        row.memo or "",
        date.fromisoformat(row.price_date),
        date.fromisoformat(row.issued_on),
        date.fromisoformat(row.expires_on),
        row.total_minor,
        row.prepared_by,
        "" if row.receipt_no is None else receipt_number(row.paid_series, row.receipt_no),
    )
