"""Work orders as they stand, and what they may be about; written by ``services.telling`` only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, case, func, null, or_, select

from csr_desk.data.models import (
    account,
    customer,
    ledger_event,
    permit,
    project,
    request,
    service_release,
    work_order,
)
from csr_desk.domain import about
from csr_desk.domain.ledger import EventKey, receipt_number
from csr_desk.domain.work_orders import WAITING, Priority, Source, WorkKind, WorkOrder

_T = work_order.c
_SOONEST = case({one.value: at for at, one in enumerate(Priority)}, value=_T.priority)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which work orders; what is empty does not count."""

    subjects: tuple[str, ...] = ()
    customers: tuple[str, ...] = ()
    """One person's numbers."""
    crew: str = ""
    since: date | None = None
    """Of those that wait no more, what was closed since this day."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is, and whose it is."""

    site: str
    customer: str
    project: str = ""


_ALL = Wanted()


def one(conn: Connection, number: str) -> WorkOrder | None:
    """Return a work order."""
    row = conn.execute(_selected().where(_T.work_order_no == number)).first()
    return None if row is None else _order(row)


def of_state(conn: Connection, state: str, wanted: Wanted = _ALL, limit: int = 200) -> tuple[WorkOrder, ...]:
    """Return the work orders of a state: what waits by priority and day, what is over with the newest first."""
    found = _narrowed(_selected().where(_T.state == state), wanted)
    waits = (_SOONEST, _T.due_on, _T.work_order_no)
    order = waits if state in WAITING else (_T.closed_on.desc(), _T.work_order_no.desc())
    return tuple(_order(row) for row in conn.execute(found.order_by(*order).limit(limit)))


def about_subject(conn: Connection, subject: str) -> tuple[WorkOrder, ...]:
    """Return the work orders about something, by number."""
    found = _selected().where(_T.subject == subject).order_by(_T.work_order_no)
    return tuple(_order(row) for row in conn.execute(found))


def totals(conn: Connection, wanted: Wanted = _ALL) -> dict[str, int]:
    """Count work orders by state."""
    counted = select(_T.state, func.count()).select_from(work_order).group_by(_T.state)
    return {row[0]: row[1] for row in conn.execute(_narrowed(counted, wanted))}


def overdue(conn: Connection, today: date) -> tuple[WorkOrder, ...]:
    """Return what waits although its day is past: the most urgent first, then the oldest."""
    late = and_(_T.state.in_(WAITING), _T.due_on < today.isoformat())
    found = conn.execute(_selected().where(late).order_by(_SOONEST, _T.due_on, _T.work_order_no))
    return tuple(_order(row) for row in found)


def waiting_for(conn: Connection, paid: EventKey) -> tuple[str, ...]:
    """Return the numbers of what waits and was asked for by a payment."""
    of_it = and_(_T.receipt_series == paid.series, _T.receipt_seq == paid.seq, _T.state.in_(WAITING))
    return tuple(conn.execute(select(_T.work_order_no).where(of_it).order_by(_T.work_order_no)).scalars())


def crews(conn: Connection) -> tuple[str, ...]:
    """Return the crews and agencies that got work so far, by name."""
    found = select(_T.crew).where(_T.crew.is_not(None)).distinct().order_by(_T.crew)
    return tuple(conn.execute(found).scalars())


def subjects_of_project(conn: Connection, number: str) -> tuple[str, ...]:
    """Return the subjects under a project: itself, its permits and its releases."""
    permits = conn.execute(select(permit.c.permit_no).where(permit.c.project_no == number)).scalars()
    releases = conn.execute(
        select(service_release.c.release_no).where(service_release.c.project_no == number)
    ).scalars()
    return (about.project(number), *map(about.permit, permits), *map(about.release, releases))


def place_of(conn: Connection, subject: str) -> Place | None:
    """Return where the subject of a work order is (account, permit, project, release, request), or None."""
    kind, _, number = subject.partition(":")
    made = {
        "account": _account, "permit": _permit, "project": _project, "release": _release, "request": _request,
    }.get(kind)  # fmt: skip
    row = None if made is None else conn.execute(made(number)).first()
    return None if row is None else Place(row[0] or "", row[1] or "", row[2] or "")


def _account(number: str) -> Select[Any]:
    site = func.coalesce(account.c.site, customer.c.address)
    joined = account.join(customer, customer.c.customer_id == account.c.customer_id)
    return select(site, account.c.customer_id, null()).select_from(joined).where(account.c.account_no == number)


def _permit(number: str) -> Select[Any]:
    return select(permit.c.site, permit.c.customer_id, permit.c.project_no).where(permit.c.permit_no == number)


def _project(number: str) -> Select[Any]:
    found = select(project.c.site, project.c.customer_id, project.c.project_no)
    return found.where(project.c.project_no == number)


def _release(number: str) -> Select[Any]:
    table = service_release.c
    return select(table.site, table.customer_id, table.project_no).where(table.release_no == number)


def _request(number: str) -> Select[Any]:
    table = request.c
    whose = case((table.restricted == 0, table.customer_id))  # a complaint about an employee is on no time line (H8)
    return select(table.site, whose, null()).where(table.request_no == number)


def _selected() -> Select[Any]:
    paid = and_(ledger_event.c.series_id == _T.receipt_series, ledger_event.c.seq == _T.receipt_seq)
    return select(work_order, ledger_event.c.receipt_no).select_from(work_order.outerjoin(ledger_event, paid))


def _narrowed(found: Select[Any], wanted: Wanted) -> Select[Any]:
    if wanted.subjects:
        found = found.where(_T.subject.in_(wanted.subjects))
    if wanted.customers:
        found = found.where(_T.customer_id.in_(wanted.customers))
    if wanted.crew:
        found = found.where(_T.crew == wanted.crew)
    if wanted.since is not None:
        found = found.where(or_(_T.state.in_(WAITING), _T.closed_on >= wanted.since.isoformat()))
    return found


def _order(row: Row[Any]) -> WorkOrder:
    paid = "" if row.receipt_no is None else receipt_number(row.receipt_series, row.receipt_no)
    return WorkOrder(
        row.work_order_no, WorkKind(row.kind), Priority(row.priority), row.state, Source(row.source),
        row.subject or "", row.customer_id or "", row.crew or "", row.site, row.work, row.result or "",
        date.fromisoformat(row.opened_on), date.fromisoformat(row.due_on),
        None if row.closed_on is None else date.fromisoformat(row.closed_on), row.opened_by, paid,
    )  # fmt: skip
