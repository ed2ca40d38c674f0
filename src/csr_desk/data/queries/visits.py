"""Who waits and who was served; written by ``services.telling`` only."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from csr_desk.data.models import visit
from csr_desk.domain.visits import Visit

_V = visit.c


def one(conn: Connection, number: str) -> Visit | None:
    """Return a visit."""
    row = conn.execute(select(visit).where(_V.visit_no == number)).first()
    return None if row is None else _visit(row)


def of_day(conn: Connection, day: date, states: tuple[str, ...] = ()) -> tuple[Visit, ...]:
    """Return the visits of a business day in the order in which people came."""
    found = select(visit).where(_V.day == day.isoformat())
    rows = conn.execute((found.where(_V.state.in_(states)) if states else found).order_by(_V.came_at, _V.visit_no))
    return tuple(_visit(row) for row in rows)


def between(conn: Connection, first: date, last: date) -> tuple[Visit, ...]:
    """Return the visits of a period."""
    days = _V.day.between(first.isoformat(), last.isoformat())
    return tuple(_visit(row) for row in conn.execute(select(visit).where(days).order_by(_V.came_at, _V.visit_no)))


def tickets_of(conn: Connection, day: date, letter: str) -> int:
    """Count the tickets of a letter on a day, whatever people came for."""
    rules = (_V.day == day.isoformat(), _V.ticket.startswith(letter, autoescape=True), _V.kind == "ticket")
    return int(conn.execute(select(func.count()).select_from(visit).where(*rules)).scalar_one())


def at_counter(conn: Connection, user: str, day: date) -> Visit | None:
    """Return whom a person called or serves."""
    rules = (_V.day == day.isoformat(), _V.served_by == user, _V.state.in_(("called", "serving")))
    row = conn.execute(select(visit).where(*rules).order_by(_V.called_at.desc())).first()
    return None if row is None else _visit(row)


def _visit(row: Row[Any]) -> Visit:
    return Visit(
        row.visit_no, row.kind, row.reason, row.state, _at(row.came_at) or datetime.min.replace(tzinfo=UTC),
        row.ticket or "", bool(row.priority), _at(row.called_at), _at(row.served_at), _at(row.ended_at),
        row.counter or "", row.served_by or "", row.customer_id or "", row.language or "", row.minutes,
        row.memo or "",
    )  # fmt: skip


def _at(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
