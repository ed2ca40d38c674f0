"""What the projects page shows: a project with everything beneath it, and what is found by a number or an address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, func, literal, null, or_, select

from csr_desk.data.models import (
    company,
    contractor,
    contractor_paper,
    customer,
    inspection,
    permit,
    permit_change,
    project,
    sales_order,
    service_release,
    work_order,
)
from csr_desk.data.queries.told import Record
from csr_desk.domain import about

_P, _M, _O, _R, _I, _W = project.c, permit.c, sales_order.c, service_release.c, inspection.c, work_order.c
_BUILDER = customer.alias("builder")
_RELEASES = select(service_release, company.c.name.label("company")).join(
    company, company.c.company_id == _R.company_id
)
_HEAD = (
    select(
        project,
        customer.c.name.label("owner"),
        customer.c.confidential,
        _BUILDER.c.name.label("builder"),
        contractor.c.state.label("builder_state"),
        contractor.c.trades,
    )
    .outerjoin(customer, customer.c.customer_id == _P.customer_id)
    .outerjoin(contractor, contractor.c.contractor_no == _P.contractor_no)
    .outerjoin(_BUILDER, _BUILDER.c.customer_id == contractor.c.customer_id)
)


def head(conn: Connection, number: str) -> Record | None:
    """Return a project with the names of its owner and its contractor, or None."""
    row = conn.execute(_HEAD.where(_P.project_no == number)).mappings().one_or_none()
    return None if row is None else dict(row)


def papers_of(conn: Connection, contractor_no: str) -> tuple[Record, ...]:
    """Return the papers of a contractor that stand."""
    return _rows(
        conn,
        select(contractor_paper)
        .where(contractor_paper.c.contractor_no == contractor_no, contractor_paper.c.state == "valid")
        .order_by(contractor_paper.c.n),
    )


# ---- what hangs beneath a project


def permits(conn: Connection, number: str) -> tuple[Record, ...]:
    """Return the permits of a project, by number."""
    return _rows(conn, select(permit).where(_M.project_no == number).order_by(_M.permit_no))


def supplements_due(conn: Connection, permit_nos: Sequence[str]) -> tuple[Record, ...]:
    """Return what was charged on permits after their issue and not paid yet."""
    due = and_(permit_change.c.permit_no.in_(permit_nos), permit_change.c.state == "due")
    wanted = select(permit_change).where(due, permit_change.c.amount_minor > 0)
    return _rows(conn, wanted.order_by(permit_change.c.permit_no, permit_change.c.n))


def orders(conn: Connection, number: str) -> tuple[Record, ...]:
    """Return the orders of a project, the newest first."""
    return _rows(conn, select(sales_order).where(_O.project_no == number).order_by(_O.order_no.desc()))


def inspections(conn: Connection, permit_nos: Sequence[str]) -> tuple[Record, ...]:
    """Return the inspections of permits, the newest first."""
    return _rows(conn, select(inspection).where(_I.permit_no.in_(permit_nos)).order_by(_I.inspection_no.desc()))


def releases(conn: Connection, number: str, permit_nos: Sequence[str]) -> tuple[Record, ...]:
    """Return the releases of a project and of its permits, the newest first."""
    ours = or_(_R.project_no == number, _R.permit_no.in_(permit_nos))
    return _rows(conn, _RELEASES.where(ours).order_by(_R.release_no.desc()))


def work_orders(conn: Connection, subjects: Iterable[str]) -> tuple[Record, ...]:
    """Return the work orders about some things, the newest first."""
    wanted = select(work_order).where(_W.subject.in_(sorted(set(subjects))))
    return _rows(conn, wanted.order_by(_W.work_order_no.desc()))


# ---- boards


def board_of_work(conn: Connection, states: Iterable[str], since: date, limit: int) -> tuple[Record, ...]:
    """Return work orders of some states, and of those that ended only what ended since a day: soonest due first."""
    recent = or_(_W.closed_on.is_(None), _W.closed_on >= since.isoformat())
    wanted = select(work_order).where(_W.state.in_(sorted(states)), recent)
    return _rows(conn, wanted.order_by(_W.due_on, _W.work_order_no).limit(limit))


def board_of_releases(conn: Connection, states: Iterable[str], since: date, limit: int) -> tuple[Record, ...]:
    """Return releases of some states, and of those that ended only what ended since a day: the oldest first."""
    recent = or_(_R.ended_on.is_(None), _R.ended_on >= since.isoformat())
    wanted = _RELEASES.where(_R.state.in_(sorted(states)), recent)
    return _rows(conn, wanted.order_by(_R.release_no).limit(limit))


# ---- finding

_NOTHING = null()
_FOUND: Mapping[str, Select[Any]] = {
    "project": select(
        literal("project").label("noun"), _P.project_no.label("number"), _P.title.label("title"),
        _P.site.label("site"), _P.state.label("state"), _P.project_no.label("project"), _NOTHING.label("amount"),
        customer.c.name.label("owner"),
    ).outerjoin_from(project, customer, customer.c.customer_id == _P.customer_id),
    "permit": select(
        literal("permit").label("noun"), _M.permit_no.label("number"), _M.description.label("title"),
        _M.site.label("site"), _M.state.label("state"), _M.project_no.label("project"), _NOTHING.label("amount"),
        customer.c.name.label("owner"),
    ).outerjoin_from(permit, customer, customer.c.customer_id == _M.customer_id),
    "order": select(
        literal("order").label("noun"), _O.order_no.label("number"), _O.memo.label("title"), _P.site.label("site"),
        _O.state.label("state"), _O.project_no.label("project"), _O.total_minor.label("amount"),
        _O.customer_name.label("owner"),
    ).outerjoin_from(sales_order, project, _P.project_no == _O.project_no),
    "release": select(
        literal("release").label("noun"), _R.release_no.label("number"), _R.kind.label("title"),
        _R.site.label("site"), _R.state.label("state"), func.coalesce(_R.project_no, _M.project_no).label("project"),
        _NOTHING.label("amount"), customer.c.name.label("owner"),
    ).outerjoin_from(service_release, permit, _M.permit_no == _R.permit_no)
    .outerjoin(customer, customer.c.customer_id == _R.customer_id),
    "inspection": select(
        literal("inspection").label("noun"), _I.inspection_no.label("number"), _I.kind.label("title"),
        _M.site.label("site"), _I.state.label("state"), _M.project_no.label("project"), _NOTHING.label("amount"),
        _NOTHING.label("owner"),
    ).join_from(inspection, permit, _M.permit_no == _I.permit_no),
    "work_order": select(
        literal("work_order").label("noun"), _W.work_order_no.label("number"), _W.work.label("title"),
        _W.site.label("site"), _W.state.label("state"), _NOTHING.label("project"), _NOTHING.label("amount"),
        _NOTHING.label("owner"),
    ),
}  # fmt: skip
"""Everything that has a number, laid out alike."""
_NUMBER = {
    "project": _P.project_no, "permit": _M.permit_no, "order": _O.order_no, "release": _R.release_no,
    "inspection": _I.inspection_no, "work_order": _W.work_order_no,
}  # fmt: skip
_SITE = {"project": _P.site_key, "permit": _M.site_key, "release": _R.site_key, "work_order": _W.site_key}


def of_numbers(conn: Connection, noun: str, numbers: Sequence[str]) -> tuple[Record, ...]:
    """Return what has one of these numbers."""
    return _rows(conn, _FOUND[noun].where(_NUMBER[noun].in_(numbers)).order_by(_NUMBER[noun]))


def begun_with(conn: Connection, noun: str, begin: str, limit: int) -> tuple[Record, ...]:
    """Return what has a number that begins so, the newest first."""
    found = _FOUND[noun].where(_begins(conn, _NUMBER[noun], begin))
    return _rows(conn, found.order_by(_NUMBER[noun].desc()).limit(limit))


def at_house(conn: Connection, noun: str, house: str, words: Sequence[str], limit: int) -> tuple[Record, ...]:
    """Return what is at a house number and has all these words in its address, the newest first."""
    column = _SITE[noun]
    found = _FOUND[noun].where(_begins(conn, column, f"{house} "), *(_has(column, word) for word in words))
    return _rows(conn, found.order_by(_NUMBER[noun].desc()).limit(limit))


def projects_with(conn: Connection, words: Sequence[str], limit: int) -> tuple[Record, ...]:
    """Return projects that have all these words (folded) in their address or title, the newest first."""
    each = (or_(_has(_P.site_key, word), _has(func.lower(_P.title), word)) for word in words)
    return _rows(conn, _FOUND["project"].where(*each).order_by(_P.project_no.desc()).limit(limit))


def projects_of(conn: Connection, customers: Sequence[str], limit: int) -> tuple[Record, ...]:
    """Return the projects that some customers own or build, the newest first."""
    builds = select(contractor.c.contractor_no).where(contractor.c.customer_id.in_(customers))
    ours = or_(_P.customer_id.in_(customers), _P.contractor_no.in_(builds))
    return _rows(conn, _FOUND["project"].where(ours).order_by(_P.project_no.desc()).limit(limit))


def newest_projects(conn: Connection, limit: int) -> tuple[Record, ...]:
    """Return the newest projects that are open."""
    return _rows(conn, _FOUND["project"].where(_P.state == "open").order_by(_P.project_no.desc()).limit(limit))


_ORDERED = (
    select(_O.project_no, func.sum(_O.total_minor).label("due"))
    .where(
        _O.project_no.in_(bindparam("numbers", expanding=True)), _O.state == "open", _O.expires_on >= bindparam("today")
    )
    .group_by(_O.project_no)
)
_CHARGED = (
    select(_M.project_no, func.sum(permit_change.c.amount_minor).label("due"))
    .join_from(permit_change, permit, _M.permit_no == permit_change.c.permit_no)
    .where(
        _M.project_no.in_(bindparam("numbers", expanding=True)),
        permit_change.c.state == "due",
        permit_change.c.amount_minor > 0,
    )
    .group_by(_M.project_no)
)


def due_on(conn: Connection, numbers: Sequence[str], today: date) -> dict[str, int]:
    """Return what is due on projects (cents): open orders that still hold their prices, and supplements of permits."""
    found = dict.fromkeys(numbers, 0)
    for row in conn.execute(_ORDERED, {"numbers": list(numbers), "today": today.isoformat()}):
        found[row.project_no] += int(row.due)
    for row in conn.execute(_CHARGED, {"numbers": list(numbers)}):
        found[row.project_no] += int(row.due)
    return found


def projects_of_subjects(conn: Connection, subjects: Iterable[str]) -> dict[str, str]:
    """Return the project to which each of some things belongs (``permit:P…``); what belongs to none is left out."""
    asked: dict[str, set[str]] = {}
    for subject in set(subjects):
        noun, _, number = subject.partition(":")
        asked.setdefault(noun, set()).add(number)
    found = {about.project(number): number for number in asked.pop("project", ())}
    for noun in asked.keys() & (_FOUND.keys() - {"work_order"}):
        for row in of_numbers(conn, noun, sorted(asked[noun])):
            if row["project"]:
                found[f"{noun}:{row['number']}"] = row["project"]
    if numbers := asked.get("work_order"):
        held = conn.execute(select(_W.work_order_no, _W.subject).where(_W.work_order_no.in_(sorted(numbers)))).all()
        behind = projects_of_subjects(conn, [row.subject for row in held if row.subject])
        found |= {about.work_order(row.work_order_no): behind[row.subject] for row in held if row.subject in behind}
    return found


def _begins(conn: Connection, column: ColumnElement[str], begin: str) -> ColumnElement[bool]:
    """Say that a text begins so; SQLite finds it by its index through the range around it."""
    if conn.dialect.name == "sqlite":
        return and_(column >= begin, column < begin[:-1] + chr(ord(begin[-1]) + 1))
    return column.startswith(begin, autoescape=True)


def _has(column: ColumnElement[str], word: str) -> ColumnElement[bool]:
    """Say that a word of a folded text begins so."""
    return or_(column.startswith(word, autoescape=True), column.contains(f" {word}", autoescape=True))


def _rows(conn: Connection, wanted: Select[Any]) -> tuple[Record, ...]:
    return tuple(dict(row) for row in conn.execute(wanted).mappings())


def subjects_of(
    number: str, permit_nos: Iterable[str], order_nos: Iterable[str], release_nos: Iterable[str]
) -> tuple[str, ...]:
    """Return what entries about a project name: itself and what hangs beneath it."""
    return (
        about.project(number),
        *map(about.permit, permit_nos),
        *map(about.order, order_nos),
        *map(about.release, release_nos),
    )
