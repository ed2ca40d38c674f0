"""The role-conflict report: roles and people on both sides of a duty, with the entries that show it (control 2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from csr_desk.data.queries import people, tape
from csr_desk.domain.duties import Deed, DutyConflict, people_conflicts
from csr_desk.domain.duties import role_conflicts as conflicts_of_roles
from csr_desk.domain.errors import BadInput
from csr_desk.domain.ledger import EventKind
from csr_desk.domain.people import PERMISSIONS, Act, Actor
from csr_desk.services.desk import Desk


@dataclass(frozen=True, slots=True)
class RoleConflicts:
    """What was found in a period; nothing of it is refused by this, it is told."""

    first: date
    last: date
    roles: tuple[DutyConflict, ...]
    """Roles whose table of permissions joins a grave pair of duties."""
    people: tuple[DutyConflict, ...]
    """People who did things of a grave pair, whatever their role is now."""
    names: dict[str, str]


def role_conflicts(desk: Desk, actor: Actor, first: date, last: date) -> RoleConflicts:
    """Return who stands on both sides in a period; raise BadInput for one that ends before it begins."""
    actor.require(Act.SEE_EXCEPTIONS)
    if first > last:
        raise BadInput("A period ends after it begins.", field="to")
    with desk.read() as work:
        rows = tape.deeds(work.conn, first, last)
        names = people.names(work.conn)
    deeds = [
        Deed(user, EventKind(row.kind), signed, row.batch, row.number, row.entry)
        for row in rows
        for user, signed in ((row.actor, False), (row.approver, True))
        if user
    ]
    return RoleConflicts(first, last, conflicts_of_roles(PERMISSIONS), people_conflicts(deeds), names)


def as_data(found: RoleConflicts) -> dict[str, Any]:
    """Write the report as plain data."""
    return {
        "conflicts": len(found.roles) + len(found.people),
        "roles": [{"role": one.who, "duties": list(one.duties)} for one in found.roles],
        "people": [
            {
                "person": one.who,
                "name": found.names.get(one.who, one.who),
                "duties": list(one.duties),
                "batch": one.same_batch or None,
                "entries": [
                    {"kind": deed.kind.value, "signed": deed.signed, "number": deed.number, "first": deed.entry}
                    for deed in one.deeds
                ],
            }
            for one in found.people
        ],
    }
