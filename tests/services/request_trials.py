"""The trials of requests and complaints (see ``role_trials``)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from csr_desk.data.queries.requests import Wanted
from csr_desk.domain.people import Act
from csr_desk.domain.requests import Escalation, Kind, Outcome, RequestType
from csr_desk.services import (
    request_closing,
    request_files,
    request_lists,
    request_papers,
    request_start,
    request_times,
    request_types,
    request_views,
    request_work,
    requests,
)
from csr_desk.services.documents_kept import NewDocument
from csr_desk.services.request_views import Look, View
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
        request_closing.close_request(
            city.desk, clerk, request_closing.CloseRequest(f"{name} close", number, Outcome.ANSWERED, "It is right")
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
    "request_closing.close_request": _with(
        Act.TAKE_REQUEST,
        lambda w, n: request_closing.close_request(
            w.city.desk, w.actor,
            request_closing.CloseRequest(w.city.key(), _answered(w, n), Outcome.ANSWERED, "It is right"),
        ),
    ),
    "request_closing.reopen_request": _with(
        Act.TAKE_REQUEST,
        lambda w, n: request_closing.reopen_request(
            w.city.desk, w.actor, request_closing.ReopenRequest(w.city.key(), n, "Too high")
        ),
        closed=True,
    ),
    "request_closing.told_by": _with(
        Act.SEE_REQUESTS, lambda w, n: request_closing.told_by(w.city.desk, w.actor, n)
    ),
    "requests.wait_request": _with(
        Act.TAKE_REQUEST,
        lambda w, n: requests.wait_request(
            w.city.desk, w.actor, requests.WaitRequest(w.city.key(), _answered(w, n), "Their lease")
        ),
    ),
    "request_files.attach_file": _with(
        Act.TAKE_REQUEST,
        lambda w, n: request_files.attach_file(
            w.city.desk, w.actor, request_files.AttachFile(w.city.key(), n, NewDocument("dial.txt", b"4200"))
        ),
    ),
    "request_files.file_of": _with(
        Act.SEE_REQUESTS, lambda w, n: request_files.file_of(w.city.desk, w.actor, _attached(w, n))
    ),
    "request_papers.slip": _with(Act.SEE_REQUESTS, lambda w, n: request_papers.slip(w.city.desk, w.actor, n)),
    "request_papers.visit_sheet": _with(
        Act.SEE_REQUESTS, lambda w, n: request_papers.visit_sheet(w.city.desk, w.actor, n)
    ),
    "request_papers.write_letters": _with(
        Act.TAKE_REQUEST,
        lambda w, n: request_papers.write_letters(
            w.city.desk, w.actor, request_papers.WriteLetters(w.city.key(), n)
        ),
        closed=True,
    ),
    "request_start.beginning": (
        Act.TAKE_REQUEST, lambda w: request_start.beginning(w.city.desk, w.actor, (f"receipt:{w.receipt}",)),
    ),
    "request_lists.find_requests": (
        Act.SEE_REQUESTS, lambda w: request_lists.find_requests(w.city.desk, w.actor, "high", Wanted()),
    ),
    "request_times.times": (Act.SEE_REQUESTS, lambda w: request_times.times(w.city.desk, w.actor, _span(w))),
    "request_times.times_csv": (Act.SEE_REQUESTS, lambda w: request_times.times_csv(w.city.desk, w.actor, _span(w))),
    "request_views.listed": (
        Act.SEE_REQUESTS, lambda w: request_views.listed(w.city.desk, w.actor, Look(View.ALL)),
    ),
    "request_views.departments": (
        Act.SEE_REQUESTS, lambda w: request_views.departments(w.city.desk, w.actor),
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
    "request_lists.restricted_requests": (
        Act.SEE_RESTRICTED, lambda w: request_lists.restricted_requests(w.city.desk, w.actor),
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


def _attached(world: World, number: str) -> str:
    """Leave a file at a request and return its number; whoever may see none asks for one that nobody needs to keep."""
    if not world.actor.may(Act.SEE_REQUESTS):
        return f"{number}/1"
    file = NewDocument("dial.txt", world.city.key().encode())
    command = request_files.AttachFile(world.city.key(), number, file)
    request_files.attach_file(world.city.desk, world.city.who("clerk1"), command)
    return f"{number}/1"


def _span(world: World) -> request_times.Span:
    """Today."""
    return request_times.Span(world.city.desk.today(), world.city.desk.today())
