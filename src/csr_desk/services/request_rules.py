"""What a type asks of a request, and what follows from it when a request becomes one of that type (H2, H3, H6)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from csr_desk.data.queries import Connection, people, told
from csr_desk.data.queries import about as about_rows
from csr_desk.domain import about
from csr_desk.domain.errors import BadInput, NotFound
from csr_desk.domain.ledger import EventKind
from csr_desk.domain.people import Act
from csr_desk.domain.request_questions import LONGEST, answered, write_answers
from csr_desk.domain.requests import Escalation, RequestType, contact_by, due_on, urgent
from csr_desk.domain.telling import Value
from csr_desk.services.desk import Desk
from csr_desk.services.words import plain_words


def written_answers(kind: RequestType, given: Mapping[str, Any]) -> str:
    """Return the answers to the questions of a type as they are kept.

    Raises MissingInput and BadInput; CardNumberRefused, for an answer is a place where people key what they are told.
    """
    found = answered(kind.questions, given)
    for code, said in found.items():
        for part in said if isinstance(said, list) else [said]:
            plain_words(part, code, LONGEST["text"])
    return write_answers(found)


def reclassified(desk: Desk, conn: Connection, row: told.Record, kind: RequestType) -> dict[str, Value]:
    """Return what the new type sets; what is restricted stays so, and a request of nobody may become of any type."""
    days_off = desk.policy.days_off
    values: dict[str, Value] = {
        "type_code": kind.code, "department": kind.department,
        "due_on": due_on(kind, _begun_on(conn, row), holidays=days_off).isoformat(),
        "priority": urgent(kind).value, "restricted": int(kind.restricted or row["restricted"]),
    }  # fmt: skip
    if kind.safety and row["escalated"] is None:
        values |= escalated(desk, row, Escalation.SAFETY)
    return values


def escalated(desk: Desk, row: told.Record, why: Escalation) -> dict[str, Value]:
    """Return what an escalation sets: to escalate again does not put off a day that is not over yet (H6).

    What was escalated for safety stays that, whatever is said afterwards.
    """
    today = desk.today()
    by = contact_by(today, desk.policy.escalation_days, holidays=desk.policy.days_off)
    promised = row["contact_by"]
    still = date.fromisoformat(promised) if promised else by
    kept = why if row["escalated"] != Escalation.SAFETY.value else Escalation.SAFETY
    return {"escalated": kept.value, "contact_by": (min(by, still) if still >= today else by).isoformat()}


def refuse_owner(conn: Connection, row: told.Record, user: str) -> None:
    """Raise NotFound for who is not here, BadInput for who may not work on this request: nobody would see it then."""
    person = next((one for one in people.all_staff(conn) if one.active and one.actor.user == user), None)
    if person is None:
        raise NotFound(f"Nobody here is called “{user[:40]}”.", field="owner")
    reads = not row["restricted"] or person.actor.may(Act.SEE_RESTRICTED) or row["opened_by"] == user
    if not reads or not person.actor.may(Act.TAKE_REQUEST):
        raise BadInput(f"{person.actor.name} may not work on this request.", field="owner")


def _begun_on(conn: Connection, row: told.Record) -> date:
    """Return the day from which its deadline runs: when it was opened, or opened again."""
    opened = date.fromisoformat(row["opened_on"])
    if not row["reopened"]:
        return opened
    closings = about_rows.entries_about(conn, [about.request(row["request_no"])], (EventKind.REQUEST_CLOSED,))
    return max((one.business_date for one in closings if one.facts["step"] == "reopen"), default=opened)
