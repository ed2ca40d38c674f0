"""Requests as they stand, what was done about them, who called, what they are about; written by ``telling`` only."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, case, func, or_, select

from csr_desk.data.models import (
    account,
    permit,
    project,
    request,
    request_caller,
    request_link,
    request_note,
    request_type,
    sales_order,
    service_release,
    work_order,
)
from csr_desk.domain.request_questions import read_answers, read_questions
from csr_desk.domain.requests import (
    OPEN_STATES,
    Caller,
    Channel,
    Escalation,
    Kind,
    Note,
    Outcome,
    Request,
    RequestType,
)
from csr_desk.domain.tongues import own_words
from csr_desk.domain.work_orders import Priority

_R, _T = request.c, request_type.c
_JOINED = request.join(request_type, _T.type_code == _R.type_code)
_SOONEST = case({one.value: at for at, one in enumerate(Priority)}, value=_R.priority)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which requests; what is empty does not count."""

    states: tuple[str, ...] = ()
    owner: str = ""
    department: str = ""
    due_before: date | None = None
    escalated: bool = False
    customers: tuple[str, ...] = ()
    """One person's numbers."""
    subject: str = ""
    house: str = ""
    """A house, with all units of it (``domain.sites.house_key``)."""
    type_code: str = ""
    opened: tuple[date, date] | None = None
    restricted: bool = False
    """Complaints about employees among them."""
    only_restricted: bool = False
    closed: tuple[date, date] | None = None
    words: tuple[str, ...] = ()
    """Each stands in its number, type, summary, address or contact, in whatever case; or it is of ``whose``."""
    whose: tuple[str, ...] = ()
    """Customers who were found by the same words."""
    limit: int = 200


def types(conn: Connection) -> tuple[RequestType, ...]:
    """Return every type by category and name, those that are not offered any more last."""
    found = conn.execute(select(request_type).order_by(_T.active.desc(), _T.category, _T.name, _T.type_code))
    return tuple(_type(row) for row in found)


def one_type(conn: Connection, code: str) -> RequestType | None:
    """Return a type."""
    row = conn.execute(select(request_type).where(_T.type_code == code)).first()
    return None if row is None else _type(row)


def one(conn: Connection, number: str) -> Request | None:
    """Return a request."""
    row = conn.execute(_selected().where(_R.request_no == number)).first()
    return None if row is None else _request(row)


def listed(conn: Connection, wanted: Wanted) -> tuple[Request, ...]:
    """Return requests: the most urgent first, then what is due soonest."""
    found = _narrowed(_selected(), wanted).order_by(_SOONEST, _R.due_on, _R.request_no).limit(wanted.limit)
    return tuple(_request(row) for row in conn.execute(found))


def counted(conn: Connection, wanted: Wanted) -> dict[tuple[str, str], int]:
    """Count requests by department and state."""
    grouped = select(_R.department, _R.state, func.count()).select_from(_JOINED).group_by(_R.department, _R.state)
    return {(row[0], row[1]): row[2] for row in conn.execute(_narrowed(grouped, wanted))}


def notes_of(conn: Connection, number: str) -> tuple[Note, ...]:
    """Return the notes and tasks of a request, in their order."""
    found = select(request_note).where(request_note.c.request_no == number).order_by(request_note.c.n)
    return tuple(
        Note(
            row.n, row.kind, row.state, row.said, row.at, row.noted_by, row.department or "",
            _day(row.due_on), _day(row.done_on), row.answer or "",
        )
        for row in conn.execute(found)
    )  # fmt: skip


def callers_of(conn: Connection, number: str) -> tuple[Caller, ...]:
    """Return whoever else called about a request, in their order."""
    found = select(request_caller).where(request_caller.c.request_no == number).order_by(request_caller.c.n)
    return tuple(
        Caller(row.n, row.name or "", row.reach or "", row.customer_id or "", row.language or "", _day(row.told_on))
        for row in conn.execute(found)
    )


def links_of(conn: Connection, number: str) -> tuple[str, ...]:
    """Return the subjects that a request is linked with."""
    found = select(request_link.c.subject).where(request_link.c.request_no == number).order_by(request_link.c.subject)
    return tuple(conn.execute(found).scalars())


def _selected() -> Select[Any]:
    return select(request, *(column.label(f"t_{column.name}") for column in _T)).select_from(_JOINED)


def _narrowed(found: Select[Any], wanted: Wanted) -> Select[Any]:
    rules: list[Any] = []
    for column, value in (
        (_R.owner, wanted.owner), (_R.department, wanted.department), (_R.type_code, wanted.type_code),
    ):  # fmt: skip
        if value:
            rules.append(column == value)
    rules += _by_customer(wanted)
    for days_of, days in ((_R.opened_on, wanted.opened), (_R.closed_on, wanted.closed)):
        if days is not None:
            rules.append(days_of.between(days[0].isoformat(), days[1].isoformat()))
    if wanted.states:
        rules.append(_R.state.in_(wanted.states))
    if wanted.due_before is not None:
        rules.append(and_(_R.state.in_(OPEN_STATES), _R.due_on < wanted.due_before.isoformat()))
    if wanted.escalated:
        rules.append(_R.escalated.is_not(None))
    if not wanted.restricted or wanted.only_restricted:
        rules.append(_R.restricted == int(wanted.restricted))
    return found.where(*rules)


def _by_customer(wanted: Wanted) -> list[Any]:
    """Narrow to whose it is, where, what it is linked with, and words that stand in it or find whose it is."""
    rules: list[Any] = []
    if wanted.customers:
        called = select(request_caller.c.request_no).where(request_caller.c.customer_id.in_(wanted.customers))
        rules.append(or_(_R.customer_id.in_(wanted.customers), _R.request_no.in_(called)))
    if wanted.subject:
        linked = select(request_link.c.request_no).where(request_link.c.subject == wanted.subject)
        rules.append(_R.request_no.in_(linked))
    if wanted.house:
        units = _R.site_key.startswith(f"{wanted.house} ", autoescape=True)
        rules.append(or_(_R.site_key == wanted.house, units))
    if wanted.words:
        rules.append(or_(and_(*map(_said, wanted.words)), _R.customer_id.in_(wanted.whose)))
    return rules


def _said(word: str) -> Any:
    """One word stands somewhere in a request."""
    places = (_R.request_no, _R.summary, _R.site, _R.contact, _R.reach, _T.name)
    return or_(*(func.lower(place).contains(word.lower(), autoescape=True) for place in places))


def _type(row: Row[Any], prefix: str = "") -> RequestType:
    of = {name: getattr(row, prefix + name) for name in _T.keys()}  # noqa: SIM118 - columns, not a mapping
    return RequestType(
        of["type_code"], own_words(of["name"]), Kind(of["kind"]), of["department"], of["days"], of["category"],
        Priority(of["priority"]), bool(of["safety"]), bool(of["restricted"]), bool(of["anonymous"]),
        bool(of["needs_site"]), bool(of["active"]), of["description"] or "", of["keywords"] or "",
        read_questions(of["questions"]), of["name"],
    )  # fmt: skip


def _request(row: Row[Any]) -> Request:
    return Request(
        number=row.request_no, type=_type(row, "t_"), channel=Channel(row.channel), priority=Priority(row.priority),
        state=row.state, department=row.department, summary=row.summary, opened_at=row.opened_at,
        opened_on=date.fromisoformat(row.opened_on), due_on=date.fromisoformat(row.due_on), opened_by=row.opened_by,
        owner=row.owner or "", outcome=Outcome(row.outcome) if row.outcome else None, answer=row.answer or "",
        escalated=Escalation(row.escalated) if row.escalated else None, contact_by=_day(row.contact_by),
        restricted=bool(row.restricted), anonymous=bool(row.anonymous), language=row.language or "",
        customer_id=row.customer_id or "", contact=row.contact or "", reach=row.reach or "", site=row.site or "",
        place=row.place or "", recurs=row.recurs or "", reopened=row.reopened, closed_on=_day(row.closed_on),
        answers=read_answers(row.answers),
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def exists(conn: Connection, subject: str) -> bool:
    """Say whether there is a row that a subject names (account, permit, project, order, release, work order)."""
    kind, _, number = subject.partition(":")
    column = _KEYS[kind]
    return conn.execute(select(column).where(column == number)).first() is not None


_KEYS = {
    "account": account.c.account_no, "permit": permit.c.permit_no, "project": project.c.project_no,
    "order": sales_order.c.order_no, "release": service_release.c.release_no,
    "work_order": work_order.c.work_order_no,
}  # fmt: skip


def restricted_among(conn: Connection, numbers: Collection[str]) -> frozenset[str]:
    """Return those of some requests that only few people may see."""
    found: set[str] = set()
    wanted = sorted(numbers)
    for at in range(0, len(wanted), _NAMED):
        some = _R.request_no.in_(wanted[at : at + _NAMED])
        found |= set(conn.execute(select(_R.request_no).where(some, _R.restricted == 1)).scalars())
    return frozenset(found)


_NAMED = 500
"""So many requests are named in one question to the database."""
