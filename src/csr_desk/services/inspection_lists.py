"""What there is to look at: the board of inspections by state, what is overdue, one inspection."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from csr_desk.data.queries import Connection, customers
from csr_desk.data.queries import inspections as rows
from csr_desk.domain.errors import NotFound
from csr_desk.domain.inspections import LANES, Inspection, InspectionLane, lanes
from csr_desk.domain.masking import seen_by
from csr_desk.domain.people import Act, Actor
from csr_desk.services.desk import Desk
from csr_desk.services.inspections import SERIES, one
from csr_desk.services.typed_numbers import typed_number

LIMIT = 100
"""Inspections that a lane shows."""
RECENT_DAYS = 14
"""How long a result stays on the board of everything."""


@dataclass(frozen=True, slots=True)
class WhichInspections:
    """Whose inspections: of a customer, a project, a permit; of everybody without any of them."""

    customer: str = ""
    project: str = ""
    permit: str = ""


EVERYBODYS = WhichInspections()


def inspection_board(desk: Desk, actor: Actor, which: WhichInspections = EVERYBODYS) -> tuple[InspectionLane, ...]:
    """Return the inspections by state, what waits by its day; raise NotFound (no such customer).

    The board of everybody shows the results of the last two weeks; that of somebody, all.
    """
    actor.require(Act.SEE_PROJECTS)
    since = desk.today() - timedelta(days=RECENT_DAYS) if which == EVERYBODYS else None
    with desk.read() as work:
        wanted = rows.Wanted(which.permit, which.project, _people(work.conn, which.customer), since)
        found = [one for state in LANES for one in rows.of_state(work.conn, state, wanted, LIMIT)]
        board = lanes(found, rows.totals(work.conn, wanted), desk.today(), holidays=desk.policy.days_off)
    return seen_by(actor.role, board)


def overdue_inspections(desk: Desk, actor: Actor) -> tuple[Inspection, ...]:
    """Return the inspections whose day is past, the oldest first."""
    actor.require(Act.SEE_PROJECTS)
    with desk.read() as work:
        return seen_by(actor.role, rows.overdue(work.conn, desk.today()))


def inspection_of(desk: Desk, actor: Actor, number: str) -> Inspection:
    """Return an inspection by its number as keyed; raise NotFound, BadInput."""
    actor.require(Act.SEE_PROJECTS)
    with desk.read() as work:
        return seen_by(actor.role, one(work.conn, typed_number(SERIES, number)))


def _people(conn: Connection, customer: str) -> tuple[str, ...]:
    if not customer:
        return ()
    if customers.one(conn, customer) is None:
        raise NotFound(f"There is no customer “{customer[:40]}”.", field="customer")
    return tuple(customers.same_person(conn, customers.root_of(conn, customer)))
