"""The steps of the counter script about people: requests for approval, training, reviews, sign-ins, roles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from csr_desk.domain.approval_request import Answer, Request
from csr_desk.domain.errors import BadInput, MissingInput
from csr_desk.domain.ledger import EventKind
from csr_desk.domain.money import plain
from csr_desk.domain.people import Act, Actor, Role
from csr_desk.services import (
    approval_requests,
    deferred,
    people_changes,
    people_journal,
    staff,
    training_records,
    virtual_tape,
)
from csr_desk.services.desk import Desk
from csr_desk.services.lines import read_whole
from csr_desk.services.replay_step import Step, actor_of

Result = Mapping[str, Any]


def ask_approval(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Ask a supervisor at another screen."""
    command = approval_requests.AskApproval(
        step.key,
        _act(step),
        step.needed("subject"),
        step.cents("amount"),
        step.text("sentence") or "A supervisor must approve this.",
    )
    return _of_request(approval_requests.ask(desk, actor_of(actor), command).value)


def decide_approval(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Say yes or no."""
    command = approval_requests.Decide(step.key, step.needed("request"), step.flag("yes"), step.text("answer"))
    return _of_request(approval_requests.decide(desk, actor_of(actor), command).value)


def withdraw_approval(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Take a request back."""
    command = approval_requests.Withdraw(step.key, step.needed("request"))
    return _of_request(approval_requests.withdraw(desk, actor_of(actor), command).value)


def answer(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Look how a request stands."""
    return _of_answer(approval_requests.answer_of(desk, actor_of(actor), step.needed("request")))


def waiting_approvals(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """List what waits for the person."""
    del step
    found = approval_requests.waiting(desk, actor_of(actor))
    return {"count": len(found), "requests": [_of_request(one) for one in found]}


def record_training(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Put a training on file."""
    trained_on = step.date("trained_on") or desk.today()
    score = read_whole(step.data.get("score"), "score")
    command = training_records.RecordTraining(step.key, step.needed("user"), trained_on, score)
    done = training_records.record_training(desk, actor_of(actor), command).value
    until = done.trained_until.isoformat() if done.trained_until else None
    return {"user": done.user, "trained_on": trained_on.isoformat(), "trained_until": until, "score": done.score}


def review_deferred(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Look at what was done without a second person."""
    command = deferred.Review(step.key, step.needed("entry"), step.flag("ok"), step.text("words"))
    done = deferred.review(desk, actor_of(actor), command).value
    return {"entry": done.entry, "act": done.act.value, "reviewed_by": done.reviewed_by}


def deferred_list(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """List what waits for the outside reviewer."""
    found = deferred.deferred(desk, actor_of(actor), reviewed=step.flag("reviewed"))
    rows = [
        {
            "entry": one.entry,
            "act": one.act.value,
            "subject": one.subject,
            "amount": plain(one.amount),
            "by": one.user,
            "receipt": one.receipt or None,
            "reviewed_by": one.reviewed_by or None,
        }
        for one in found
    ]
    return {"count": len(rows), "rows": rows}


def sign_in(desk: Desk, _actor: Actor | None, step: Step) -> Result:
    """Let a person in by the own secret."""
    done = staff.enter(desk, step.needed("user"), step.needed("secret"), step.key)
    jump = None if done.jump is None else done.jump.seconds
    return {"user": done.actor.user, "role": done.actor.role.value, "clock_jump": jump}


def sign_out(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Put the work away."""
    who = actor_of(actor)
    people_journal.sign_out(desk, who, step.key)
    return {"user": who.user}


def set_person(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Add a person (with a secret), change role or supervisor, or retire one (``"active": false``)."""
    who, user = actor_of(actor), step.needed("user")
    if step.data.get("active") is False:
        people_changes.deactivate(desk, who, user, step.key)
        return {"user": user, "active": False}
    role = _role(step)
    supervisor = step.text("supervisor") if "supervisor" in step.data else None
    if step.text("secret"):
        if role is None:
            raise MissingInput("The step needs “role”.", field="role")
        words = (step.needed("name"), step.text("title"))
        new = people_changes.AddPerson(step.key, user, *words, role, step.needed("secret"), supervisor or "")
        done = people_changes.add_person(desk, who, new).value
    else:
        done = people_changes.change_person(
            desk, who, people_changes.ChangePerson(step.key, user, role, supervisor)
        ).value
    return {"user": done.user, "role": done.role.value, "supervisor": done.supervisor or None, "active": done.active}


def read_journal(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Read the virtual tape of a day, in the order it happened."""
    day = step.date("business_date") or desk.today()
    query = virtual_tape.TapeQuery(day, day, kinds=tuple(_kind(kind) for kind in step.list("kinds")))
    found = virtual_tape.page(desk, actor_of(actor), query, virtual_tape.ALL)
    rows = [
        {
            "entry": row.entry,
            "kind": row.kind.value,
            "words": row.told,
            "by": row.user,
            "receipt": row.receipt or None,
            "amount": None if row.amount is None else plain(row.amount),
            "second_person": row.approver or None,
        }
        for row in reversed(found.rows)
    ]
    return {"count": len(rows), "rows": rows}


def _kind(text: object) -> EventKind:
    try:
        return EventKind(str(text))
    except ValueError:
        raise BadInput(f"There is no kind of entry “{str(text)[:40]}”.", field="kinds") from None


def _act(step: Step) -> Act:
    try:
        return Act(step.needed("act"))
    except ValueError:
        raise BadInput("“act” is no act.", field="act") from None


def _role(step: Step) -> Role | None:
    if not step.text("role"):
        return None
    try:
        return Role(step.text("role"))
    except ValueError:
        raise BadInput("“role” is no role.", field="role") from None


def _of_request(request: Request) -> Result:
    details = request.details
    return {
        "request": request.request_id,
        "act": request.act.value,
        "subject": request.subject,
        "amount": plain(request.amount),
        "by": request.user,
        "state": request.state.value,
        "before": None if details.before is None else plain(details.before),
        "after": None if details.after is None else plain(details.after),
        "decided_by": request.decided_by or None,
        "answer": request.answer or None,
    }


def _of_answer(found: Answer) -> Result:
    return {**_of_request(found.request), "expired": found.expired, "used": found.used}


STEPS: dict[str, Callable[[Desk, Actor | None, Step], Result]] = {
    "ask_approval": ask_approval,
    "decide_approval": decide_approval,
    "withdraw_approval": withdraw_approval,
    "approval_answer": answer,
    "waiting_approvals": waiting_approvals,
    "record_training": record_training,
    "review_deferred": review_deferred,
    "deferred_list": deferred_list,
    "sign_in": sign_in,
    "sign_out": sign_out,
    "set_person": set_person,
    "journal": read_journal,
}
"""The steps about people, by their names."""
