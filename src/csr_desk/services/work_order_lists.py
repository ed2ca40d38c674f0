"""What there is to do: the board of work orders by state, what is overdue, one order and its slip."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from csr_desk.data.queries import Connection, customers, inspections
from csr_desk.data.queries import work_orders as rows
from csr_desk.data.queries.people import names
from csr_desk.domain import about
from csr_desk.domain.errors import NotFound
from csr_desk.domain.masking import seen_by
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.work_orders import LANES, OverdueList, WorkLane, WorkOrder, WorkSlip, lanes
from csr_desk.services.desk import Desk
from csr_desk.services.new_work import SERIES
from csr_desk.services.typed_numbers import typed_number
from csr_desk.services.work_orders import one

LIMIT = 100
"""Work orders that a lane shows."""
RECENT_DAYS = 14
"""How long a closed work order stays on the board of everything."""


@dataclass(frozen=True, slots=True)
class WhichWork:
    """Whose work orders: of a customer, an account, a project, a permit, a crew; of everybody without any of them."""

    customer: str = ""
    account: str = ""
    project: str = ""
    permit: str = ""
    crew: str = ""


EVERYBODYS = WhichWork()


def work_board(desk: Desk, actor: Actor, which: WhichWork = EVERYBODYS) -> tuple[WorkLane, ...]:
    """Return the work orders by state, what waits by priority and day; raise NotFound (no such customer).

    The board of everybody shows what was closed in the last two weeks; that of somebody, all.
    """
    actor.require(Act.SEE_PROJECTS)
    since = desk.today() - timedelta(days=RECENT_DAYS) if which in {EVERYBODYS, WhichWork(crew=which.crew)} else None
    with desk.read() as work:
        wanted = replace(_wanted(work.conn, which), since=since)
        found = [one for state in LANES for one in rows.of_state(work.conn, state, wanted, LIMIT)]
        board = lanes(found, rows.totals(work.conn, wanted), desk.today(), holidays=desk.policy.days_off)
    return seen_by(actor.role, board)


def overdue_work(desk: Desk, actor: Actor) -> tuple[WorkOrder, ...]:
    """Return the work orders whose day is past, the most urgent first."""
    actor.require(Act.SEE_PROJECTS)
    with desk.read() as work:
        return seen_by(actor.role, rows.overdue(work.conn, desk.today()))


def overdue_list(desk: Desk, actor: Actor) -> OverdueList:
    """Return everything that is late, work orders and inspections, as a list to print."""
    actor.require(Act.SEE_PROJECTS)
    with desk.read() as work:
        late = rows.overdue(work.conn, desk.today()), inspections.overdue(work.conn, desk.today())
    return seen_by(actor.role, OverdueList(desk.office, desk.today(), *late, desk.policy.days_off))


def work_order_of(desk: Desk, actor: Actor, number: str) -> WorkOrder:
    """Return a work order by its number as keyed; raise NotFound, BadInput."""
    actor.require(Act.SEE_PROJECTS)
    with desk.read() as work:
        return seen_by(actor.role, one(work.conn, typed_number(SERIES, number)))


def crews(desk: Desk, actor: Actor) -> tuple[str, ...]:
    """Return the crews and agencies that got work so far, to pick from."""
    actor.require(Act.SEE_PROJECTS)
    with desk.read() as work:
        return rows.crews(work.conn)


def work_slip(desk: Desk, actor: Actor, number: str) -> WorkSlip:
    """Return a work order as the crew carries it; a confidential customer is not named on it. Raises NotFound."""
    actor.require(Act.SEE_PROJECTS)
    with desk.read() as work:
        order = one(work.conn, typed_number(SERIES, number))
        who = customers.one(work.conn, order.customer) if order.customer else None
        by = names(work.conn).get(order.opened_by, order.opened_by)
    slip = WorkSlip(desk.office, order, by, who.name if who and not who.confidential else "")
    return seen_by(actor.role, slip)


def _wanted(conn: Connection, which: WhichWork) -> rows.Wanted:
    subjects = (
        about.account(which.account) if which.account else "",
        about.permit(which.permit) if which.permit else "",
        *(rows.subjects_of_project(conn, which.project) if which.project else ()),
    )
    people: tuple[str, ...] = ()
    if which.customer:
        if customers.one(conn, which.customer) is None:
            raise NotFound(f"There is no customer “{which.customer[:40]}”.", field="customer")
        people = tuple(customers.same_person(conn, customers.root_of(conn, which.customer)))
    return rows.Wanted(tuple(one for one in subjects if one), people, which.crew)
