"""Projects, as they stand, and what hangs beneath them."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select

from csr_desk.data.models import contractor, customer, permit, project
from csr_desk.domain.projects import Project, ProjectState

_T = project.c


def one_project(conn: Connection, number: str) -> Project | None:
    """Return a project by its number."""
    return next(iter(_found(conn, _T.project_no == number)), None)


def has_customer(conn: Connection, number: str) -> bool:
    """Say whether there is such a customer."""
    return conn.execute(select(customer.c.customer_id).where(customer.c.customer_id == number)).first() is not None


def name_of(conn: Connection, number: str) -> str:
    """Return the name of a customer; nothing for who is not known, or is confidential."""
    row = conn.execute(
        select(customer.c.name, customer.c.confidential).where(customer.c.customer_id == number)
    ).one_or_none()
    return "" if row is None or row.confidential else str(row.name)


def has_contractor(conn: Connection, number: str) -> bool:
    """Say whether there is such a contractor."""
    return (
        conn.execute(select(contractor.c.contractor_no).where(contractor.c.contractor_no == number)).first() is not None
    )


def open_permits(conn: Connection, project_no: str) -> tuple[str, ...]:
    """Return the permits of a project under which work may still go on, in the order of their numbers."""
    wanted = select(permit.c.permit_no).where(
        permit.c.project_no == project_no, permit.c.state.in_(("issued", "inspected"))
    )
    return tuple(conn.execute(wanted.order_by(permit.c.permit_no)).scalars())


def _found(conn: Connection, wanted: ColumnElement[bool]) -> tuple[Project, ...]:
    rows = conn.execute(
        select(project, customer.c.name.label("owner"))
        .select_from(project.outerjoin(customer, customer.c.customer_id == _T.customer_id))
        .where(wanted)
    )
    return tuple(_project(row) for row in rows)


def _project(row: Row[Any]) -> Project:
    return Project(
        row.project_no,
        row.title,
        row.site,
        row.site_key,
        row.customer_id or "",
        row.owner or "",
        row.contractor_no or "",
        ProjectState(row.state),
        date.fromisoformat(row.opened_on),
        date.fromisoformat(row.closed_on) if row.closed_on else None,
        row.opened_by,
    )
