"""The steps of the counter script for requests and complaints."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from csr_desk.data.queries.requests import Wanted
from csr_desk.domain.errors import BadInput
from csr_desk.domain.people import Actor
from csr_desk.domain.request_questions import Question, QuestionKind, answers_in_words
from csr_desk.domain.requests import OPEN_STATES, Channel, Escalation, Kind, Outcome, Request, RequestType
from csr_desk.domain.work_orders import Priority
from csr_desk.services import request_closing, request_lists, request_types, request_work, requests
from csr_desk.services.desk import Desk
from csr_desk.services.lines import read_whole
from csr_desk.services.replay_step import Step, actor_of

Result = Mapping[str, Any]
E = TypeVar("E", bound=StrEnum)


def keep_request_types(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Keep types of requests, each with its questions."""
    given = step.list("types")
    types = tuple(_type(one) for one in given)
    command = request_types.KeepTypes(step.key, types)
    return {"types": list(request_types.keep_types(desk, actor_of(actor), command).value)}


def open_request(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Take a request."""
    command = requests.OpenRequest(
        step.key, step.needed("type"), step.text("summary"),
        _one_of(Channel, step.text("channel") or "counter", "channel"),
        _answers(step), step.text("site"), step.text("place"), step.text("customer_id"), step.text("contact"),
        step.text("reach"), step.flag("anonymous"), step.text("language"), step.text("recurs"),
        _one_of(Priority, step.text("priority"), "priority") if step.text("priority") else None,
        tuple(str(one) for one in step.list("links")),
    )  # fmt: skip
    return of_request(requests.open_request(desk, actor_of(actor), command).value)


def add_note(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Write down what was found out or said."""
    command = request_work.AddNote(step.key, step.needed("request"), step.text("said"), step.text("kind") or "research")
    return of_request(request_work.add_note(desk, actor_of(actor), command).value)


def ask_department(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Give another department a task."""
    command = request_work.AskDepartment(
        step.key, step.needed("request"), step.text("department"), step.text("said"), step.date("due")
    )
    return of_request(request_work.ask_department(desk, actor_of(actor), command).value)


def answer_task(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Enter what a department answered; without ``answer`` the task is called off."""
    command = request_work.AnswerTask(
        step.key, step.needed("request"), read_whole(step.data.get("n"), "n"), step.text("answer")
    )
    return of_request(request_work.answer_task(desk, actor_of(actor), command).value)


def add_caller(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Note a second caller."""
    command = request_work.AddCaller(
        step.key, step.needed("request"), step.text("customer_id"), step.text("name"), step.text("reach"),
        step.text("language"),
    )  # fmt: skip
    return of_request(request_work.add_caller(desk, actor_of(actor), command).value)


def link_request(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Link a request with what it is about."""
    command = request_work.LinkRequest(step.key, step.needed("request"), step.needed("subject"))
    return of_request(request_work.link_request(desk, actor_of(actor), command).value)


def assign_request(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Give a request to a person or a department."""
    command = requests.AssignRequest(step.key, step.needed("request"), step.text("owner"), step.text("department"))
    return of_request(requests.assign_request(desk, actor_of(actor), command).value)


def reclassify_request(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Give a request another type."""
    command = requests.ReclassifyRequest(
        step.key, step.needed("request"), step.needed("type"), step.text("reason"),
        _answers(step), step.text("site"),
    )  # fmt: skip
    return of_request(requests.reclassify_request(desk, actor_of(actor), command).value)


def escalate_request(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Have the department speak to the customer within days."""
    why = _one_of(Escalation, step.text("why") or "by_hand", "why")
    command = requests.EscalateRequest(step.key, step.needed("request"), why, step.text("reason"))
    return of_request(requests.escalate_request(desk, actor_of(actor), command).value)


def close_request(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """End a request with an outcome and an answer."""
    outcome = _one_of(Outcome, step.needed("outcome"), "outcome")
    command = request_closing.CloseRequest(
        step.key, step.needed("request"), outcome, step.text("answer"), not step.flag("no_mail")
    )
    return of_request(request_closing.close_request(desk, actor_of(actor), command).value)


def reopen_request(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Open a request again."""
    command = request_closing.ReopenRequest(step.key, step.needed("request"), step.text("reason"))
    return of_request(request_closing.reopen_request(desk, actor_of(actor), command).value)


def show_request(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Give a request with all that was done about it."""
    view = request_lists.request_of(desk, actor_of(actor), step.needed("request"))
    notes = [
        {"n": note.n, "kind": note.kind, "state": note.state, "said": note.said, "department": note.department or None,
         "answer": note.answer or None, "due": note.due_on.isoformat() if note.due_on else None}
        for note in view.notes
    ]  # fmt: skip
    callers = [
        {"n": one.n, "name": one.name or None, "customer": one.customer_id or None,
         "told": one.told_on.isoformat() if one.told_on else None}
        for one in view.callers
    ]  # fmt: skip
    asked = [list(pair) for pair in answers_in_words(view.request.type.questions, view.request.answers)]
    return {**of_request(view.request), "notes": notes, "callers": callers, "links": list(view.links), "asked": asked,
            "files": [file.number for file in view.files], "work": [order.number for order in view.work],
            "warnings": [note.words for note in view.warnings]}  # fmt: skip


def list_requests(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Give lists: ``mine``, ``overdue``, ``escalated``, of a department, alike at a place, or what to escalate."""
    who = actor_of(actor)
    if step.flag("to_escalate"):
        due = request_lists.to_escalate(desk, who)
        return {"requests": [{"request": one.request.number, "why": one.why.value} for one in due]}
    if step.text("text"):
        return _numbers(request_lists.find_requests(desk, who, step.text("text"), Wanted()))
    if step.flag("restricted"):
        return _numbers(request_lists.restricted_requests(desk, who))
    if step.text("site"):
        return _numbers(request_lists.alike(desk, who, step.text("type"), step.text("site")))
    if step.flag("overdue"):
        late = request_lists.overdue_requests(desk, who, step.text("department"))
        days_off = desk.policy.days_off
        return {
            "requests": [
                {"request": one.number, "days_late": one.days_late(desk.today(), holidays=days_off)} for one in late
            ]
        }
    wanted = Wanted(
        states=OPEN_STATES if step.flag("open") else (), owner=who.user if step.flag("mine") else "",
        department=step.text("department"), escalated=step.flag("escalated"),
        customers=(step.text("customer_id"),) if step.text("customer_id") else (), subject=step.text("subject"),
    )  # fmt: skip
    return _numbers(request_lists.list_requests(desk, who, wanted))


def of_request(one: Request) -> Result:
    """Give a request as the script reads it."""
    return {
        "request": one.number, "type": one.type.code, "state": one.state, "priority": one.priority.value,
        "channel": one.channel.value, "department": one.department, "owner": one.owner or None,
        "due": one.due_on.isoformat(), "summary": one.summary, "site": one.site or None,
        "customer_id": one.customer_id or None, "contact": one.contact or None, "anonymous": one.anonymous,
        "restricted": one.restricted, "escalated": one.escalated.value if one.escalated else None,
        "contact_by": one.contact_by.isoformat() if one.contact_by else None,
        "outcome": one.outcome.value if one.outcome else None, "answer": one.answer or None,
        "reopened": one.reopened, "recurs": one.recurs or None,
        "closed": one.closed_on.isoformat() if one.closed_on else None, "answers": one.answers,
    }  # fmt: skip


def _answers(step: Step) -> Mapping[str, Any]:
    given = step.data.get("answers") or {}
    if not isinstance(given, Mapping):
        raise BadInput("Answers are an object, by the code of each question.", field="answers")
    return given


def _numbers(found: Sequence[Request]) -> Result:
    return {"requests": [one.number for one in found]}


def _type(given: object) -> RequestType:
    if not isinstance(given, Mapping):
        raise BadInput("A type of request is an object.", field="types")
    of = {str(name): value for name, value in given.items()}
    questions = tuple(_question(at, one) for at, one in enumerate(of.get("questions", ()), 1))
    flags: dict[str, Any] = {
        name: bool(of[name]) for name in ("safety", "restricted", "anonymous", "needs_site", "active") if name in of
    }
    return RequestType(
        str(of.get("code", "")), str(of.get("name", "")), _one_of(Kind, str(of.get("kind", "request")), "kind"),
        str(of.get("department", "")), int(of.get("days", 0)), str(of.get("category", "")),
        _one_of(Priority, str(of.get("priority", "normal")), "priority"), description=str(of.get("description", "")),
        keywords=str(of.get("keywords", "")), questions=questions, **flags,
    )  # fmt: skip


def _question(at: int, given: Mapping[str, Any]) -> Question:
    values = tuple((str(key), str(name)) for key, name in dict(given.get("values", {})).items())
    return Question(
        str(given.get("code", "")), str(given.get("description", "")),
        _one_of(QuestionKind, str(given.get("kind", "string")), "kind"), bool(given.get("required", False)),
        int(given.get("order", at)), str(given.get("hint", "")), values, bool(given.get("variable", True)),
    )  # fmt: skip


def _one_of(words: type[E], said: str, field: str) -> E:
    try:
        return words(said.strip())
    except ValueError:
        known = ", ".join(one.value for one in words)
        raise BadInput(f"“{said[:40]}” is none of {known}.", field=field) from None


STEPS: Mapping[str, Callable[[Desk, Actor | None, Step], Result]] = {
    "request_types": keep_request_types,
    "open_request": open_request,
    "request_note": add_note,
    "ask_department": ask_department,
    "answer_task": answer_task,
    "request_caller": add_caller,
    "link_request": link_request,
    "assign_request": assign_request,
    "reclassify_request": reclassify_request,
    "escalate_request": escalate_request,
    "close_request": close_request,
    "reopen_request": reopen_request,
    "request": show_request,
    "requests": list_requests,
}
"""The steps of this module, by their names in a script."""
