"""Requests looked up: one with all that was done about it, lists, what is alike, what has to be escalated."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from csr_desk.data.queries import Connection, customers
from csr_desk.data.queries import requests as rows
from csr_desk.data.queries.requests import Wanted
from csr_desk.domain.errors import NotPermitted
from csr_desk.domain.masking import seen_by
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.requests import OPEN_STATES, Caller, Escalation, Note, Request, why_escalated
from csr_desk.domain.sites import site_key
from csr_desk.services.desk import Desk
from csr_desk.services.requests import SERIES, one
from csr_desk.services.typed_numbers import typed_number

MOST_ALIKE = 20


@dataclass(frozen=True, slots=True)
class RequestView:
    """A request with all that was done about it."""

    request: Request
    notes: tuple[Note, ...]
    callers: tuple[Caller, ...]
    links: tuple[str, ...]
    customer_name: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """A request that has to be escalated, and why."""

    request: Request
    why: Escalation


def request_of(desk: Desk, actor: Actor, typed: str) -> RequestView:
    """Return a request with its notes, callers and links; raise NotFound, BadInput, NotPermitted (restricted)."""
    actor.require(Act.SEE_REQUESTS)
    with desk.read() as work:
        found = one(work.conn, typed_number(SERIES, typed))
        if found.restricted and not actor.may(Act.SEE_RESTRICTED) and found.opened_by != actor.user:
            raise NotPermitted(act=Act.SEE_RESTRICTED.value)
        whose = customers.one(work.conn, found.customer_id) if found.customer_id else None
        view = RequestView(
            found, rows.notes_of(work.conn, found.number), rows.callers_of(work.conn, found.number),
            rows.links_of(work.conn, found.number), whose.name if whose else "",
        )  # fmt: skip
    return seen_by(actor.role, view)


def list_requests(desk: Desk, actor: Actor, wanted: Wanted) -> tuple[Request, ...]:
    """Return requests, the most urgent first; complaints about employees only for those who may see them.

    Those of a customer are those of every record that was joined with theirs.
    """
    actor.require(Act.SEE_REQUESTS)
    with desk.read() as work:
        roots = {customers.root_of(work.conn, number) for number in wanted.customers}
        person = tuple(customers.persons_of(work.conn, roots))
        return seen_by(actor.role, rows.listed(work.conn, _allowed(actor, replace(wanted, customers=person))))


def overdue_requests(desk: Desk, actor: Actor, department: str = "") -> tuple[Request, ...]:
    """Return what should have been answered: the most urgent first, then the oldest (H3)."""
    return list_requests(desk, actor, Wanted(due_before=desk.today(), department=department))


def alike(desk: Desk, actor: Actor, type_code: str, site: str) -> tuple[Request, ...]:
    """Return open requests of a type at an address: a second caller is noted there, not twice (H7)."""
    actor.require(Act.SEE_REQUESTS)
    if not site.strip():
        return ()
    wanted = Wanted(states=OPEN_STATES, type_code=type_code, site_key=site_key(site), limit=MOST_ALIKE)
    with desk.read() as work:
        return seen_by(actor.role, rows.listed(work.conn, _allowed(actor, wanted)))


def to_escalate(desk: Desk, actor: Actor) -> tuple[Due, ...]:
    """Return what has to be escalated and is not yet, with the weightiest reason (H6)."""
    actor.require(Act.SEE_REQUESTS)
    today, policy = desk.today(), desk.policy
    with desk.read() as work:
        found = []
        for request in rows.listed(work.conn, _allowed(actor, Wanted(states=OPEN_STATES, limit=5000))):
            if request.escalated is not None:
                continue
            closed = _closed_before(work.conn, request)
            why = why_escalated(
                request, today, policy.recurrence_months, holidays=policy.days_off, closed_before=closed
            )
            if why is not None:
                found.append(Due(request, why))
    return seen_by(actor.role, tuple(found))


def _allowed(actor: Actor, wanted: Wanted) -> Wanted:
    return replace(wanted, restricted=actor.may(Act.SEE_RESTRICTED))


def _closed_before(conn: Connection, request: Request) -> date | None:
    before = rows.one(conn, request.recurs) if request.recurs else None
    return before.closed_on if before else None
