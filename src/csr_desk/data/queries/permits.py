"""Permits, what happened to them since, and the permits that a receipt issued."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, or_, select

from csr_desk.data.models import ledger_event, permit, permit_change, project
from csr_desk.domain.ledger import EventKey, receipt_number
from csr_desk.domain.money import Cents

_T, _C = permit.c, permit_change.c


@dataclass(frozen=True, slots=True)
class PermitRecord:
    """A permit as it stands (cents)."""

    number: str
    project: str
    kind: str
    items: str
    description: str
    trade: str
    inputs: str
    """What was corrected or amended of what was keyed at the sale: JSON, name to value."""
    site: str
    site_key: str
    customer_id: str
    contractor: str
    state: str
    issued_on: date
    expires_on: date | None
    ended_on: date | None
    renewals: int
    paid: Cents
    receipt: EventKey
    receipt_line: int
    signature: str


@dataclass(frozen=True, slots=True)
class ChangeRecord:
    """Something that happened to a permit after its issue (cents)."""

    permit: str
    n: int
    kind: str
    state: str
    on: date
    amount: Cents
    reason: str
    inputs: str
    worksheet: str
    other: str
    expires_on: date | None
    receipt: EventKey | None
    receipt_line: int


def one_permit(conn: Connection, number: str) -> PermitRecord | None:
    """Return a permit by its number, or None."""
    row = conn.execute(select(permit).where(_T.permit_no == number)).first()
    return None if row is None else _permit(row)


def of_receipt(conn: Connection, key: EventKey) -> tuple[PermitRecord, ...]:
    """Return the permits that a receipt issued, by number."""
    return _all(conn, select(permit).where(_T.receipt_series == key.series, _T.receipt_seq == key.seq))


def of_project(conn: Connection, number: str) -> tuple[PermitRecord, ...]:
    """Return the permits of a project, by number."""
    return _all(conn, select(permit).where(_T.project_no == number))


def of_contractor(conn: Connection, number: str, limit: int) -> tuple[PermitRecord, ...]:
    """Return the newest permits that a contractor bought."""
    return _newest(conn, select(permit).where(_T.contractor_no == number), limit)


def of_customer(conn: Connection, number: str, limit: int) -> tuple[PermitRecord, ...]:
    """Return the newest permits of a customer."""
    return _newest(conn, select(permit).where(_T.customer_id == number), limit)


def find(conn: Connection, words: str, limit: int) -> tuple[PermitRecord, ...]:
    """Return the newest permits whose number, place or description contains the words."""
    like = f"%{words.upper().replace('%', '').replace('_', '')}%"
    wanted = or_(_T.permit_no.like(like), func.upper(_T.site).like(like), func.upper(_T.description).like(like))
    return _newest(conn, select(permit).where(wanted), limit)


def ending(conn: Connection, first: date, last: date, limit: int) -> tuple[PermitRecord, ...]:
    """Return the permits that may still be worked on and whose last day lies between two dates, soonest first."""
    wanted = and_(_T.state.in_(("issued", "inspected")), _T.expires_on.between(first.isoformat(), last.isoformat()))
    rows = conn.execute(select(permit).where(wanted).order_by(_T.expires_on, _T.permit_no).limit(limit))
    return tuple(_permit(row) for row in rows)


def over(conn: Connection, today: date, limit: int) -> tuple[str, ...]:
    """Return the numbers of permits that have run out and do not say so yet."""
    wanted = and_(_T.state.in_(("issued", "inspected")), _T.expires_on < today.isoformat())
    return tuple(conn.execute(select(_T.permit_no).where(wanted).order_by(_T.permit_no).limit(limit)).scalars())


def unsigned(conn: Connection, limit: int) -> tuple[str, ...]:
    """Return the numbers of permits in force whose paper cannot be verified yet."""
    wanted = and_(_T.signature.is_(None), _T.state.in_(("issued", "inspected")))
    return tuple(conn.execute(select(_T.permit_no).where(wanted).order_by(_T.permit_no).limit(limit)).scalars())


def changes_of(conn: Connection, number: str) -> tuple[ChangeRecord, ...]:
    """Return what happened to a permit, in order."""
    rows = conn.execute(select(permit_change).where(_C.permit_no == number).order_by(_C.n))
    return tuple(_change(row) for row in rows)


def changes_by_receipt(conn: Connection, key: EventKey) -> tuple[ChangeRecord, ...]:
    """Return what a receipt settled of permits."""
    same = and_(_C.receipt_series == key.series, _C.receipt_seq == key.seq)
    rows = conn.execute(select(permit_change).where(same).order_by(_C.permit_no, _C.n))
    return tuple(_change(row) for row in rows)


def due_of(conn: Connection, numbers: Iterable[str]) -> tuple[ChangeRecord, ...]:
    """Return what is due on some permits: supplements above zero, refunds below."""
    same = and_(_C.permit_no.in_(sorted(set(numbers))), _C.state == "due")
    rows = conn.execute(select(permit_change).where(same).order_by(_C.permit_no, _C.n))
    return tuple(_change(row) for row in rows)


def has_project(conn: Connection, number: str) -> bool:
    """Say whether a project of ours has that number."""
    return conn.execute(select(project.c.project_no).where(project.c.project_no == number)).first() is not None


def receipt_of(conn: Connection, key: EventKey) -> str:
    """Return the printed number of a receipt."""
    same = and_(ledger_event.c.series_id == key.series, ledger_event.c.seq == key.seq)
    number = conn.execute(select(ledger_event.c.receipt_no).where(same)).scalar()
    return "" if number is None else receipt_number(key.series, number)


def _all(conn: Connection, wanted: Select[Any]) -> tuple[PermitRecord, ...]:
    return tuple(_permit(row) for row in conn.execute(wanted.order_by(_T.permit_no)))


def _newest(conn: Connection, wanted: Select[Any], limit: int) -> tuple[PermitRecord, ...]:
    rows = conn.execute(wanted.order_by(_T.issued_on.desc(), _T.permit_no.desc()).limit(limit))
    return tuple(_permit(row) for row in rows)


def _permit(row: Row[Any]) -> PermitRecord:
    return PermitRecord(
        row.permit_no,
        row.project_no or "",
        row.kind,
        row.items,
        row.description,
        row.trade or "",
        row.inputs,
        row.site,
        row.site_key,
        row.customer_id or "",
        row.contractor_no or "",
        row.state,
        date.fromisoformat(row.issued_on),
        _day(row.expires_on),
        _day(row.ended_on),
        row.renewals,
        row.paid_minor,
        EventKey(row.receipt_series, row.receipt_seq),
        row.receipt_line,
        row.signature or "",
    )


def _change(row: Row[Any]) -> ChangeRecord:
    receipt = None if row.receipt_seq is None else EventKey(row.receipt_series, row.receipt_seq)
    return ChangeRecord(
        row.permit_no,
        row.n,
        row.kind,
        row.state,
        date.fromisoformat(row.on_date),
        row.amount_minor,
        row.reason or "",
        row.inputs or "",
        row.worksheet or "",
        row.other_permit or "",
        _day(row.expires_on),
        receipt,
        row.receipt_line or 0,
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
