"""Inspections as they stand, each with its permit; written by ``services.telling`` only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, or_, select

from csr_desk.data.models import inspection, permit
from csr_desk.domain.inspections import WAITING, Inspection, InspectionKind

_T = inspection.c


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which inspections; what is empty does not count."""

    permit: str = ""
    project: str = ""
    customers: tuple[str, ...] = ()
    """One person's numbers."""
    since: date | None = None
    """Of those that wait no more, what was done (or was due, where called off) since this day."""


_ALL = Wanted()


def one(conn: Connection, number: str) -> Inspection | None:
    """Return an inspection."""
    row = conn.execute(_selected().where(_T.inspection_no == number)).first()
    return None if row is None else _inspection(row)


def of_state(conn: Connection, state: str, wanted: Wanted = _ALL, limit: int = 200) -> tuple[Inspection, ...]:
    """Return the inspections of a state: what waits by its day, what is over with the newest first."""
    found = _narrowed(_selected().where(_T.state == state), wanted)
    order = (_T.due_on, _T.inspection_no) if state in WAITING else (_ended().desc(), _T.inspection_no.desc())
    return tuple(_inspection(row) for row in conn.execute(found.order_by(*order).limit(limit)))


def totals(conn: Connection, wanted: Wanted = _ALL) -> dict[str, int]:
    """Count inspections by state."""
    counted = select(_T.state, func.count()).select_from(_joined()).group_by(_T.state)
    return {row[0]: row[1] for row in conn.execute(_narrowed(counted, wanted))}


def overdue(conn: Connection, today: date) -> tuple[Inspection, ...]:
    """Return what waits although its day is past, the oldest first."""
    late = and_(_T.state.in_(WAITING), _T.due_on < today.isoformat())
    found = conn.execute(_selected().where(late).order_by(_T.due_on, _T.inspection_no))
    return tuple(_inspection(row) for row in found)


def of_permits(conn: Connection, numbers: Sequence[str]) -> tuple[Inspection, ...]:
    """Return the inspections of some permits, in the order in which they were asked for."""
    found = _selected().where(_T.permit_no.in_(list(numbers))).order_by(_T.inspection_no)
    return tuple(_inspection(row) for row in conn.execute(found))


def _joined() -> Any:
    return inspection.join(permit, permit.c.permit_no == _T.permit_no)


def _selected() -> Select[Any]:
    return select(
        inspection, permit.c.site, permit.c.description, permit.c.state.label("permit_state"), permit.c.project_no,
        permit.c.customer_id,
    ).select_from(_joined())  # fmt: skip


def _ended() -> Any:
    return func.coalesce(_T.inspected_on, _T.due_on)


def _narrowed(found: Select[Any], wanted: Wanted) -> Select[Any]:
    if wanted.permit:
        found = found.where(_T.permit_no == wanted.permit)
    if wanted.project:
        found = found.where(permit.c.project_no == wanted.project)
    if wanted.customers:
        found = found.where(permit.c.customer_id.in_(wanted.customers))
    if wanted.since is not None:
        found = found.where(or_(_T.state.in_(WAITING), _ended() >= wanted.since.isoformat()))
    return found


def _inspection(row: Row[Any]) -> Inspection:
    return Inspection(
        row.inspection_no, row.permit_no, InspectionKind(row.kind), row.state, date.fromisoformat(row.requested_on),
        date.fromisoformat(row.due_on), _day(row.scheduled_on), _day(row.inspected_on), row.inspector or "",
        row.result or "", row.contact or "", row.repeats or "", row.site, row.description, row.permit_state,
        row.project_no or "", row.customer_id or "",
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
