"""The lists of the requests page: mine, all that is found, late, of a department, escalated, restricted (H3)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from csr_desk.data.queries import requests as rows
from csr_desk.data.queries.requests import Wanted
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.requests import OPEN_STATES, Escalation, Request
from csr_desk.services import request_lists
from csr_desk.services.desk import Desk


class View(StrEnum):
    """Which list."""

    MINE = "mine"
    ALL = "all"
    OVERDUE = "overdue"
    DEPARTMENT = "department"
    ESCALATED = "escalated"
    RESTRICTED = "restricted"


@dataclass(frozen=True, slots=True)
class Look:
    """What is looked for; ``closed`` lists what is over as well."""

    view: View
    text: str = ""
    department: str = ""
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """A request on a list, and why it has to be escalated where it has to and is not yet."""

    request: Request
    escalate: Escalation | None = None


def listed(desk: Desk, actor: Actor, look: Look) -> tuple[Listed, ...]:
    """Return the requests of a list: what has to be escalated first, then the most urgent, then what is due soonest.

    Raises NotPermitted where somebody wants the list of restricted ones who may not see it.
    """
    actor.require(Act.SEE_REQUESTS)
    states = () if look.closed else OPEN_STATES
    if look.text.strip():
        return tuple(map(Listed, request_lists.find_requests(desk, actor, look.text, Wanted())))
    if look.view is View.OVERDUE:
        return tuple(map(Listed, request_lists.overdue_requests(desk, actor)))
    if look.view is View.RESTRICTED:
        return tuple(map(Listed, request_lists.restricted_requests(desk, actor, states)))
    due: tuple[Listed, ...] = ()
    if look.view is View.ESCALATED:
        due = tuple(Listed(one.request, one.why) for one in request_lists.to_escalate(desk, actor))
    wanted = Wanted(
        states=states, owner=actor.user if look.view is View.MINE else "",
        department=look.department if look.view is View.DEPARTMENT else "",
        escalated=look.view is View.ESCALATED,
    )  # fmt: skip
    return (*due, *map(Listed, request_lists.list_requests(desk, actor, wanted)))


def departments(desk: Desk, actor: Actor) -> tuple[tuple[str, int], ...]:
    """Return the departments that have something to answer, each with how many are open, by name."""
    actor.require(Act.SEE_REQUESTS)
    with desk.read() as work:
        counted = rows.counted(work.conn, Wanted(states=OPEN_STATES, restricted=actor.may(Act.SEE_RESTRICTED)))
    found: dict[str, int] = {}
    for (department, _state), number in counted.items():
        found[department] = found.get(department, 0) + number
    return tuple(sorted(found.items()))
