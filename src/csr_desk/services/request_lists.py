"""Requests looked up: one with all that was done about it, lists, what is alike, what has to be escalated."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from csr_desk.data.queries import Connection, adjustments, customers, people, work_orders
from csr_desk.data.queries import requests as rows
from csr_desk.data.queries.adjustments import FileRecord
from csr_desk.data.queries.requests import Wanted
from csr_desk.domain import about
from csr_desk.domain.customers import Level
from csr_desk.domain.customers import Note as CustomerNote
from csr_desk.domain.errors import BadInput, NotPermitted
from csr_desk.domain.masking import seen_by
from csr_desk.domain.numbering import FIXED, read_number
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.requests import OPEN_STATES, Caller, Escalation, Note, Request, why_escalated
from csr_desk.domain.sites import house_key
from csr_desk.domain.work_orders import WorkOrder
from csr_desk.services.customers import find_customers
from csr_desk.services.desk import Desk
from csr_desk.services.requests import SERIES, one
from csr_desk.services.typed_numbers import typed_number

MOST_ALIKE = 20
MOST_WORDS = 8
_LOUDEST = (Level.STOP, Level.WARN, Level.INFO)


@dataclass(frozen=True, slots=True)
class RequestView:
    """A request with all that was done about it."""

    request: Request
    notes: tuple[Note, ...]
    callers: tuple[Caller, ...]
    links: tuple[str, ...]
    customer_name: str = ""
    warnings: tuple[CustomerNote, ...] = ()
    """The notes on the customer that count today, the loudest first: read before anybody speaks to them."""
    files: tuple[FileRecord, ...] = ()
    work: tuple[WorkOrder, ...] = ()
    """Work orders that were opened for it."""
    people: tuple[tuple[str, str], ...] = ()
    """The names of those of the office who did something about it, by user."""


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
        subject = about.request(found.number)
        view = RequestView(
            found, rows.notes_of(work.conn, found.number), rows.callers_of(work.conn, found.number),
            rows.links_of(work.conn, found.number), whose.name if whose else "",
            warnings_of(desk, work.conn, found.customer_id), adjustments.files_of(work.conn, subject),
            work_orders.about_subject(work.conn, subject), tuple(sorted(people.names(work.conn).items())),
        )  # fmt: skip
    return seen_by(actor.role, view)


def warnings_of(desk: Desk, conn: Connection, customer_id: str) -> tuple[CustomerNote, ...]:
    """Return the notes on a customer that count today, the loudest first; none for nobody."""
    if not customer_id:
        return ()
    person = customers.same_person(conn, customers.root_of(conn, customer_id))
    speaking = [note for note in customers.notes_of(conn, person) if note.speaks(desk.today())]
    return tuple(sorted(speaking, key=lambda note: _LOUDEST.index(note.level)))


def find_requests(desk: Desk, actor: Actor, text: str, wanted: Wanted) -> tuple[Request, ...]:
    """Return requests by a number, an address, words of theirs or a customer's name, the most urgent first."""
    actor.require(Act.SEE_REQUESTS)
    words = tuple(text.split())[:MOST_WORDS]
    try:
        exact = read_number(FIXED[SERIES], text) if words else None
    except BadInput:  # a figure of a number is wrong, or they are words that look like one
        exact = None
    found = find_customers(desk, actor, text).hits if words and actor.may(Act.SEE_CUSTOMERS) else ()
    with desk.read() as work:
        if exact is not None and (number := rows.one(work.conn, exact.number)) is not None:
            hidden = number.restricted and not actor.may(Act.SEE_RESTRICTED) and number.opened_by != actor.user
            return () if hidden else seen_by(actor.role, (number,))
        whose = {one for hit in found for one in customers.same_person(work.conn, hit.number)}
        sought = replace(_allowed(actor, wanted), words=words, whose=tuple(sorted(whose)))
        return seen_by(actor.role, rows.listed(work.conn, sought))


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


def restricted_requests(desk: Desk, actor: Actor, states: tuple[str, ...] = OPEN_STATES) -> tuple[Request, ...]:
    """Return the complaints about employees, the most urgent first (H8)."""
    actor.require(Act.SEE_RESTRICTED)
    with desk.read() as work:
        return seen_by(actor.role, rows.listed(work.conn, Wanted(states=states, restricted=True, only_restricted=True)))


def alike(desk: Desk, actor: Actor, type_code: str, site: str, customer_id: str = "") -> tuple[Request, ...]:
    """Return open requests of a type in a house, or of a customer: a second caller is noted there (H7)."""
    actor.require(Act.SEE_REQUESTS)
    wanted = Wanted(states=OPEN_STATES, type_code=type_code, limit=MOST_ALIKE)
    found: dict[str, Request] = {}
    with desk.read() as work:
        if site.strip():
            here = _allowed(actor, replace(wanted, house=house_key(site)))
            found |= {one.number: one for one in rows.listed(work.conn, here)}
        if customer_id:
            person = customers.same_person(work.conn, customers.root_of(work.conn, customer_id))
            theirs = _allowed(actor, replace(wanted, customers=person))
            found |= {one.number: one for one in rows.listed(work.conn, theirs)}
    return seen_by(actor.role, tuple(found.values()))


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
    """Narrow a list to what the actor may see."""
    return replace(wanted, restricted=actor.may(Act.SEE_RESTRICTED))


def _closed_before(conn: Connection, request: Request) -> date | None:
    before = rows.one(conn, request.recurs) if request.recurs else None
    return before.closed_on if before else None
