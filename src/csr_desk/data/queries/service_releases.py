"""Service releases, their batches, and what their conditions are read from: inspections, fees, contractors’ papers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, union

from csr_desk.data.models import (
    bill,
    company,
    contractor_paper,
    inspection,
    ledger_event,
    outbox,
    permit,
    permit_change,
    release_batch,
    returned_item,
    sales_order,
    service_release,
)
from csr_desk.data.queries.told import Record
from csr_desk.domain.contractor import Paper, PaperKind
from csr_desk.domain.money import Cents

_T, _B = service_release.c, release_batch.c


def inspections_of(conn: Connection, permit_no: str) -> tuple[Record, ...]:
    """Return the inspections of a permit in the order of their numbers."""
    wanted = select(inspection).where(inspection.c.permit_no == permit_no).order_by(inspection.c.inspection_no)
    return tuple(dict(row) for row in conn.execute(wanted).mappings())


def owed_on(conn: Connection, permit_no: str, project_no: str | None, today: date) -> Cents:
    """Return what is due and not paid on a permit: its supplements, and the orders and supplements of its project.

    What the bank sent back of the receipts that paid them was not paid either.
    """
    ours = permit_change.c.permit_no == permit_no
    ordered = sales_order.c.project_no == project_no
    issued = permit.c.permit_no == permit_no
    if project_no is not None:
        of_project = select(permit.c.permit_no).where(permit.c.project_no == project_no)
        ours = or_(ours, permit_change.c.permit_no.in_(of_project))
        issued = or_(issued, permit.c.project_no == project_no)
    due = and_(ours, permit_change.c.state == "due", permit_change.c.amount_minor > 0)
    owed = conn.execute(select(func.coalesce(func.sum(permit_change.c.amount_minor), 0)).where(due)).scalar_one()
    owed += _sent_back(conn, issued, ours)
    if project_no is None:
        return int(owed)
    waits = and_(ordered, sales_order.c.state == "open", sales_order.c.expires_on >= today.isoformat())
    orders = conn.execute(select(func.coalesce(func.sum(sales_order.c.total_minor), 0)).where(waits)).scalar_one()
    return int(owed) + int(orders)


def _sent_back(conn: Connection, issued: ColumnElement[bool], ours: ColumnElement[bool]) -> Cents:
    """Return what is open of items that the bank sent back of receipts that paid permits or what changed of them."""
    paid = union(
        select(permit.c.receipt_series.label("series"), permit.c.receipt_seq.label("seq")).where(issued),
        select(permit_change.c.receipt_series, permit_change.c.receipt_seq).where(
            ours, permit_change.c.state == "done"
        ),
    ).subquery()
    corrected = ledger_event.alias()  # a tender that was corrected comes back on the correction
    same = and_(corrected.c.reverses_series == paid.c.series, corrected.c.reverses_seq == paid.c.seq)
    back = union(
        select(paid.c.series, paid.c.seq),
        select(corrected.c.series_id, corrected.c.seq).join_from(paid, corrected, same),
    ).subquery()
    came = and_(ledger_event.c.reverses_series == back.c.series, ledger_event.c.reverses_seq == back.c.seq)
    item = and_(returned_item.c.series_id == ledger_event.c.series_id, returned_item.c.seq == ledger_event.c.seq)
    open_amount = func.coalesce(func.sum(bill.c.amount_minor - bill.c.paid_minor), 0)
    found = (
        select(open_amount)
        .select_from(back)
        .join(ledger_event, came)
        .join(returned_item, item)
        .join(bill, bill.c.bill_id == returned_item.c.bill_id)
        .where(bill.c.state == "due")
    )
    return int(conn.execute(found).scalar_one())


def papers_of(conn: Connection, contractor_no: str) -> tuple[Paper, ...]:
    """Return the papers of a contractor that stand."""
    rows = conn.execute(
        select(contractor_paper)
        .where(contractor_paper.c.contractor_no == contractor_no, contractor_paper.c.state == "valid")
        .order_by(contractor_paper.c.n)
    )
    return tuple(
        Paper(PaperKind(row.kind), row.trade or "", _day(row.starts_on), _day(row.expires_on), row.amount_minor)
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which releases to list; what is empty asks for nothing."""

    states: tuple[str, ...] = ()
    company: str = ""
    project: str = ""
    permit: str = ""
    customer: str = ""
    batch: str = ""
    limit: int = 2000


def release_rows(conn: Connection, asked: Wanted) -> tuple[Record, ...]:
    """Return releases, the newest number first."""
    wanted = select(service_release).order_by(_T.release_no.desc()).limit(asked.limit)
    if asked.states:
        wanted = wanted.where(_T.state.in_(asked.states))
    for column, value in (
        (_T.company_id, asked.company), (_T.project_no, asked.project), (_T.permit_no, asked.permit),
        (_T.batch_no, asked.batch), (_T.customer_id, asked.customer),
    ):  # fmt: skip
        if value:
            wanted = wanted.where(column == value)
    return tuple(dict(row) for row in conn.execute(wanted).mappings())


def open_for(conn: Connection, kind: str, permit_no: str | None, site_key: str, states: Iterable[str]) -> str:
    """Return the number of a release that is open for the same service already, or nothing."""
    place = _T.permit_no == permit_no if permit_no is not None else _T.site_key == site_key
    wanted = select(_T.release_no).where(place, _T.kind == kind, _T.state.in_(sorted(states)))
    return conn.execute(wanted.order_by(_T.release_no).limit(1)).scalar() or ""


def locked(conn: Connection, numbers: Sequence[str]) -> tuple[Record, ...]:
    """Return releases by number, kept from other writers until this act is final."""
    wanted = select(service_release).where(_T.release_no.in_(list(numbers))).order_by(_T.release_no)
    if conn.dialect.name == "postgresql":
        wanted = wanted.with_for_update(key_share=True)
    return tuple(dict(row) for row in conn.execute(wanted).mappings())


def waiting_since(conn: Connection, before: str) -> tuple[Record, ...]:
    """Return the releases that were sent before an instant and not confirmed, oldest first."""
    wanted = select(service_release).where(_T.state == "sent", or_(_T.sent_at < before, _T.unmatched == 1))
    return tuple(dict(row) for row in conn.execute(wanted.order_by(_T.sent_at, _T.release_no)).mappings())


def run_out(conn: Connection, today: date) -> tuple[Record, ...]:
    """Return the open releases whose move-in order waits no longer."""
    wanted = select(service_release).where(
        _T.state.in_(("eligible", "sent", "confirmed")), _T.expires_on < today.isoformat()
    )
    if conn.dialect.name == "postgresql":
        wanted = wanted.with_for_update(key_share=True)
    return tuple(dict(row) for row in conn.execute(wanted.order_by(_T.release_no)).mappings())


def batch_rows(conn: Connection, *, company: str = "", states: Iterable[str] = (), limit: int = 200) -> tuple[Any, ...]:
    """Return batches with the state of their mail, the newest first."""
    wanted = (
        select(release_batch, outbox.c.state.label("message_state"))
        .join(outbox, outbox.c.message_no == _B.message_no, isouter=True)
        .order_by(_B.batch_no.desc())
        .limit(limit)
    )
    asked = sorted(states)
    if asked:
        wanted = wanted.where(_B.state.in_(asked))
    if company:
        wanted = wanted.where(_B.company_id == company)
    return tuple(dict(row) for row in conn.execute(wanted).mappings())


def batch_row(conn: Connection, number: str) -> Record | None:
    """Return a batch with the state of its mail, or None."""
    wanted = (
        select(release_batch, outbox.c.state.label("message_state"))
        .join(outbox, outbox.c.message_no == _B.message_no, isouter=True)
        .where(_B.batch_no == number)
    )
    row = conn.execute(wanted).mappings().one_or_none()
    return None if row is None else dict(row)


def permits_of(conn: Connection, project_no: str) -> tuple[Record, ...]:
    """Return the permits of a project, the newest number first."""
    wanted = select(permit).where(permit.c.project_no == project_no).order_by(permit.c.permit_no.desc())
    return tuple(dict(row) for row in conn.execute(wanted).mappings())


def companies_of(conn: Connection, kind: str) -> tuple[Record, ...]:
    """Return the companies of a kind that are dealt with, by number."""
    wanted = select(company).where(company.c.kind == kind, company.c.active == 1).order_by(company.c.company_id)
    return tuple(dict(row) for row in conn.execute(wanted).mappings())


def active_companies(conn: Connection) -> tuple[Record, ...]:
    """Return the companies that set meters and are dealt with, by name."""
    sets = company.c.kind.in_(("electric", "gas", "water"))
    wanted = select(company).where(sets, company.c.active == 1).order_by(company.c.name, company.c.company_id)
    return tuple(dict(row) for row in conn.execute(wanted).mappings())


def counts(conn: Connection) -> dict[tuple[str, str, int], int]:
    """Return how many releases are open, by company, state and whether they are of a storm."""
    waits = _T.state.in_(("requested", "eligible", "sent"))
    group = (_T.company_id, _T.state, _T.emergency)
    rows = conn.execute(select(*group, func.count().label("many")).where(waits).group_by(*group))
    return {(row.company_id, row.state, row.emergency): row.many for row in rows}


def last_at(conn: Connection, site_key: str, kind: str) -> Record | None:
    """Return the newest release of a kind at an address, or None: the meter there is known from it."""
    wanted = select(service_release).where(_T.site_key == site_key, _T.kind == kind)
    row = conn.execute(wanted.order_by(_T.release_no.desc()).limit(1)).mappings().first()
    return None if row is None else dict(row)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
