"""What entries about requests, cards, notices, forms, referrals and visits say: impersonal, as they are kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from csr_desk.domain.ledger import EventKind
from csr_desk.domain.telling import SETS

Facts: TypeAlias = Mapping[str, Any]

_STEPS = {
    "assign": "given to somebody", "reclassify": "is of another type", "escalate": "escalated", "close": "closed",
    "reopen": "opened again", "note": "noted", "ask": "asked another department", "answer": "a department answered",
    "cancel": "a task was called off", "caller": "another caller", "link": "linked", "wait": "waits",
    "go_on": "goes on",
}  # fmt: skip
_BACK = {"back": "came back", "missing": "did not come back"}
_FOLLOWED = {"reached": "it helped", "not_reached": "it did not help", "unknown": "nobody could say"}
_VISITED = {
    "waiting": "waits", "called": "called", "serving": "served", "done": "finished", "left": "left unserved",
}  # fmt: skip


def _request(facts: Facts) -> str:
    """Say what became of a request: its type and its last day where they are set, how it was closed."""
    said = _values(facts, "request")
    step = str(facts["step"])
    words = [f"{facts['request']}" if step == "open" else f"{facts['request']} {_STEPS.get(step, _spelled(step))}"]
    words += [str(said["type_code"])] if said.get("type_code") else []
    words += [_spelled(said["channel"])] if said.get("channel") else []
    words += [_spelled(said["outcome"])] if said.get("outcome") else []
    words += [f"({_spelled(said['escalated'])})"] if step == "escalate" and said.get("escalated") else []
    words += [f"due {said['due_on']}"] if said.get("due_on") else []
    return ", ".join(words)


def _shown(facts: Facts) -> str:
    return f"{facts['card']}, in {_values(facts, 'card_showing')['language']}"


def _notice(facts: Facts) -> str:
    said = _values(facts, "notice")
    if said.get("state") == "withdrawn":
        return f"{facts['notice']}, withdrawn"
    return f"{facts['notice']}, from {said['effective_on']}" if said.get("effective_on") else str(facts["notice"])


def _handed(facts: Facts) -> str:
    """Say which revision of which form was handed out and how, or that it came back."""
    said = _values(facts, "form_handout")
    if said.get("form_no"):
        copies = "" if said.get("copies", 1) == 1 else f", {said['copies']} copies"
        form = f"{said['form_no']} of {said['revision']} ({said['language']})"
        return f"{facts['handout']}, form {form}, {_spelled(said['how'])}{copies}"
    return f"{facts['handout']}, {_BACK.get(str(said.get('state')), _spelled(said.get('state', 'changed')))}"


def _referred(facts: Facts) -> str:
    said = _values(facts, "referral")
    return f"{facts['referral']}, for {said['need_code']} to {said['company_id']}, {said['kind']}"


def _followed(facts: Facts) -> str:
    return f"{facts['referral']}, {_FOLLOWED[str(_values(facts, 'referral')['state'])]}"


def _visit(facts: Facts) -> str:
    """Say why somebody came and how far they are; a contact says how long it took."""
    said = _values(facts, "visit")
    words = [str(said["ticket"]) if said.get("ticket") else str(facts["visit"])]
    words += [_spelled(said["reason"])] if said.get("reason") else []
    words += [f"{said['minutes']} min"] if said.get("minutes") else []
    words += [_VISITED[str(said["state"])]] if said.get("state") and said.get("kind") != "contact" else []
    words += [f"at {said['counter']}"] if said.get("counter") else []
    return ", ".join(words)


def _values(facts: Facts, table: str) -> Mapping[str, Any]:
    """Return what an entry sets of the first row of a table."""
    found: Mapping[str, Any] = next((row["values"] for row in facts[SETS] if row["table"] == table), {})
    return found


def _spelled(value: object) -> str:
    return str(value).replace("_", " ")


DETAILS: Mapping[EventKind, Callable[[Facts], str]] = {
    EventKind.REQUEST_OPENED: _request,
    EventKind.REQUEST_CHANGED: _request,
    EventKind.REQUEST_CLOSED: _request,
    EventKind.CARD_SHOWN: _shown,
    EventKind.NOTICE_POSTED: _notice,
    EventKind.NOTICE_READ: _notice,
    EventKind.FORM_HANDED: _handed,
    EventKind.REFERRED: _referred,
    EventKind.REFERRAL_FOLLOWED: _followed,
    EventKind.VISIT_CHANGED: _visit,
}
"""What stands behind the name of such a kind."""
