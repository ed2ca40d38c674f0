"""The trials of requests and complaints (see ``role_trials``)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from csr_desk.data.queries.requests import Wanted
from csr_desk.domain.people import Act
from csr_desk.domain.requests import Escalation, Kind, Outcome, RequestType
from csr_desk.services import request_lists, request_types, request_work, requests
from demo_city import City

if TYPE_CHECKING:
    from services.role_trials import World

BILL = RequestType("WTR-BILL", "High bill", Kind.COMPLAINT, "Customer Account Services", 5)
NOISE = RequestType("NOISE", "Noise", Kind.COMPLAINT, "Police", 3)


def lay_out(city: City) -> None:
    """Leave two types of requests."""
    command = request_types.KeepTypes("laid out types", (BILL, NOISE))
    request_types.keep_types(city.desk, city.who("supervisor1"), command)


def _taken(world: World, *, closed: bool = False) -> str:
    """Let a clerk take a request, once for whoever may try something with it."""
    city, clerk = world.city, world.city.who("clerk1")
    name = f"trial request {world.actor.user} {world.city.key()}"
    number = requests.open_request(
        city.desk, clerk, requests.OpenRequest(name, "WTR-BILL", "Too high", contact="María")
    ).value.number
    request_work.ask_department(
        city.desk, clerk, request_work.AskDepartment(f"{name} task", number, "Meter shop", "Read it again")
    )
    if closed:
        request_work.answer_task(city.desk, clerk, request_work.AnswerTask(f"{name} answer", number, 1, "Done"))
        requests.close_request(
            city.desk, clerk, requests.CloseRequest(f"{name} close", number, Outcome.ANSWERED, "It is right")
        )
    return number


def _with(
    act: Act, do: Callable[[World, str], object], *, closed: bool = False
) -> tuple[Act, Callable[[World], object]]:
    """Try something with a request; whoever may not tries it with a number that nobody needs to have taken."""

    def trial(world: World) -> object:
        return do(world, _taken(world, closed=closed) if world.actor.may(act) else "SR26-000001-9")

    return act, trial


TRIALS: dict[str, tuple[Act, Callable[[World], object]]] = {
    "request_types.request_types": (Act.SEE_REQUESTS, lambda w: request_types.request_types(w.city.desk, w.actor)),
    "request_types.keep_types": (
        Act.KEEP_REQUEST_TYPES,
        lambda w: request_types.keep_types(w.city.desk, w.actor, request_types.KeepTypes(w.city.key(), (NOISE,))),
    ),
    "requests.open_request": (
        Act.TAKE_REQUEST,
        lambda w: requests.open_request(
            w.city.desk, w.actor, requests.OpenRequest(w.city.key(), "NOISE", "A dog", contact="Ana")
        ),
    ),
    "requests.assign_request": _with(
        Act.TAKE_REQUEST,
        lambda w, n: requests.assign_request(
            w.city.desk, w.actor, requests.AssignRequest(w.city.key(), n, department="Police")
        ),
    ),
    "requests.reclassify_request": _with(
        Act.TAKE_REQUEST,
        lambda w, n: requests.reclassify_request(
            w.city.desk, w.actor, requests.ReclassifyRequest(w.city.key(), n, "NOISE", "It is the dog")
        ),
    ),
    "requests.escalate_request": _with(
        Act.ESCALATE_REQUEST,
        lambda w, n: requests.escalate_request(
            w.city.desk, w.actor, requests.EscalateRequest(w.city.key(), n, Escalation.BY_HAND, "The mayor called")
        ),
    ),
    "requests.close_request": _with(
        Act.TAKE_REQUEST,
        lambda w, n: requests.close_request(
            w.city.desk, w.actor, requests.CloseRequest(w.city.key(), _answered(w, n), Outcome.ANSWERED, "It is right")
        ),
    ),
    "requests.reopen_request": _with(
        Act.TAKE_REQUEST,
        lambda w, n: requests.reopen_request(w.city.desk, w.actor, requests.ReopenRequest(w.city.key(), n, "Too high")),
        closed=True,
    ),
    "request_work.add_note": _with(
        Act.TAKE_REQUEST,
        lambda w, n: request_work.add_note(w.city.desk, w.actor, request_work.AddNote(w.city.key(), n, "Looked")),
    ),
    "request_work.ask_department": _with(
        Act.TAKE_REQUEST,
        lambda w, n: request_work.ask_department(
            w.city.desk, w.actor, request_work.AskDepartment(w.city.key(), n, "Finance", "Is it paid?")
        ),
    ),
    "request_work.answer_task": _with(
        Act.TAKE_REQUEST,
        lambda w, n: request_work.answer_task(w.city.desk, w.actor, request_work.AnswerTask(w.city.key(), n, 1, "Yes")),
    ),
    "request_work.add_caller": _with(
        Act.TAKE_REQUEST,
        lambda w, n: request_work.add_caller(w.city.desk, w.actor, request_work.AddCaller(w.city.key(), n, name="Joe")),
    ),
    "request_work.link_request": _with(
        Act.TAKE_REQUEST,
        lambda w, n: request_work.link_request(
            w.city.desk, w.actor, request_work.LinkRequest(w.city.key(), n, f"receipt:{w.receipt}")
        ),
    ),
    "request_lists.request_of": _with(
        Act.SEE_REQUESTS, lambda w, n: request_lists.request_of(w.city.desk, w.actor, n)
    ),
    "request_lists.list_requests": (
        Act.SEE_REQUESTS, lambda w: request_lists.list_requests(w.city.desk, w.actor, Wanted()),
    ),
    "request_lists.overdue_requests": (
        Act.SEE_REQUESTS, lambda w: request_lists.overdue_requests(w.city.desk, w.actor),
    ),
    "request_lists.alike": (
        Act.SEE_REQUESTS, lambda w: request_lists.alike(w.city.desk, w.actor, "NOISE", "900 Bagby St"),
    ),
    "request_lists.to_escalate": (Act.SEE_REQUESTS, lambda w: request_lists.to_escalate(w.city.desk, w.actor)),
}  # fmt: skip
"""By module and function: the act, and how it is tried."""


def _answered(world: World, number: str) -> str:
    """Enter the answer that a request waits for."""
    if world.actor.may(Act.TAKE_REQUEST):
        command = request_work.AnswerTask(world.city.key(), number, 1, "Read again")
        request_work.answer_task(world.city.desk, world.city.who("clerk1"), command)
    return number
