"""What control 37 asks of adjustments: another person decided, within the tier, and a document was attached."""

from __future__ import annotations

from csr_desk.data.queries.entries import Event
from csr_desk.domain.evidence import Row
from csr_desk.domain.ledger import EventKind
from csr_desk.domain.money import plain
from csr_desk.domain.people import Role
from csr_desk.domain.receivable.adjustment import State, limit_of
from csr_desk.services.evidence.look import Look


def approved(look: Look) -> tuple[Event, ...]:
    """Return the approvals of adjustments in the period."""
    decided = look.of(EventKind.ADJUSTMENT_DECIDED)
    return tuple(event for event in decided if event.facts["change"] == State.APPROVED.value)


def not_in_order(look: Look) -> list[Row]:
    """Return the approvals that break the control, each with what is wrong."""
    added = {event.facts["adjustment"] for event in look.of(EventKind.ADJUSTMENT_REQUESTED) if _documents(event)}
    return [row for event in approved(look) if (row := _faults(look, event, added)) is not None]


def _documents(event: Event) -> bool:
    return bool(event.facts.get("documents"))


def _faults(look: Look, event: Event, added: set[str]) -> Row | None:
    asked, number, amount = look.event(event.reverses), str(event.facts["adjustment"]), int(event.facts["amount"])
    role = Role(look.staff[event.actor]["role"]) if event.actor in look.staff else None
    faults = [
        said
        for said, wrong in (
            ("without its request", asked is None),
            ("decided by whoever asked", asked is not None and asked.actor == event.actor),
            ("above the decider's tier", role is None or abs(amount) > limit_of(role, look.desk.policy)),
            ("without a document", number not in added and not (asked is not None and _documents(asked))),
        )
        if wrong
    ]
    if not faults:
        return None
    who = look.name(asked.actor) if asked is not None else ""
    return (number, who, look.name(event.actor), plain(amount), "; ".join(faults))
