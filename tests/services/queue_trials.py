"""The trials of the queue and of calls for help (see ``role_trials``)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from csr_desk.domain.open311 import Form
from csr_desk.domain.people import Act
from csr_desk.services import help_calls, request_exchange, service_exchange, visit_reports, visits

if TYPE_CHECKING:
    from services.role_trials import World

SERVICES = b'[{"service_code": "LIGHT", "service_name": "Street light"}]'
DEFINITION = b'{"service_code": "NOISE", "attributes": [{"code": "WHEN", "description": "When?"}]}'
REQUESTS = b'[{"service_request_id": "1", "status": "open", "service_code": "NOISE"}]'


def _waiting(world: World) -> str:
    """Let somebody come, for whoever may serve them."""
    if not world.actor.may(Act.SERVE_QUEUE):
        return "Q26-000001-9"
    city = world.city
    wish = visits.GiveTicket(f"trial visit {world.actor.user} {city.key()}", "permits")
    return visits.give_ticket(city.desk, city.who("clerk1"), wish).value.number


def _called(world: World, act: Act) -> str:
    """Call for help, for whoever may do what is tried: whoever tries where they call, else a clerk."""
    city = world.city
    if not world.actor.may(act):
        return "HC26-000001-9"
    caller = world.actor if act is Act.CALL_SUPERVISOR else city.who("clerk1")
    command = help_calls.CallHelp(f"trial call {world.actor.user} {city.key()}")
    return help_calls.call_help(city.desk, caller, command).value.number


TRIALS: dict[str, tuple[Act, Callable[[World], object]]] = {
    "visits.give_ticket": (
        Act.SERVE_QUEUE,
        lambda w: visits.give_ticket(w.city.desk, w.actor, visits.GiveTicket(w.city.key(), "water")),
    ),
    "visits.log_contact": (
        Act.SERVE_QUEUE,
        lambda w: visits.log_contact(w.city.desk, w.actor, visits.LogContact(w.city.key(), "question", 4)),
    ),
    "visits.call_next": (
        Act.SERVE_QUEUE,
        lambda w: visits.call_next(w.city.desk, w.actor, visits.CallNext(w.city.key(), "1", _waiting(w))),
    ),
    "visits.move_visit": (
        Act.SERVE_QUEUE,
        lambda w: visits.move_visit(w.city.desk, w.actor, visits.MoveVisit(w.city.key(), _waiting(w), "leave")),
    ),
    "visits.at_counter": (Act.SERVE_QUEUE, lambda w: visits.at_counter(w.city.desk, w.actor)),
    "visits.queue": (Act.SEE_REQUESTS, lambda w: visits.queue(w.city.desk, w.actor)),
    "visits.wall": (Act.SEE_REQUESTS, lambda w: visits.wall(w.city.desk, w.actor)),
    "visits.ticket_slip": (
        Act.SERVE_QUEUE,
        lambda w: visits.ticket_slip(w.city.desk, w.actor, _waiting(w)),
    ),
    "visits.volume": (
        Act.SEE_REPORTS,
        lambda w: visits.volume(w.city.desk, w.actor, w.city.desk.today(), w.city.desk.today()),
    ),
    "visit_reports.visit_report": (
        Act.SEE_REPORTS,
        lambda w: visit_reports.visit_report(w.city.desk, w.actor, w.city.desk.today(), w.city.desk.today()),
    ),
    "help_calls.call_help": (
        Act.CALL_SUPERVISOR,
        lambda w: help_calls.call_help(w.city.desk, w.actor, help_calls.CallHelp(w.city.key())),
    ),
    "help_calls.my_call": (Act.CALL_SUPERVISOR, lambda w: help_calls.my_call(w.city.desk, w.actor)),
    "help_calls.settle_call": (
        Act.CALL_SUPERVISOR,
        lambda w: help_calls.settle_call(
            w.city.desk, w.actor, help_calls.EndCall(w.city.key(), _called(w, Act.CALL_SUPERVISOR))
        ),
    ),
    "help_calls.live_calls": (Act.ANSWER_CALL, lambda w: help_calls.live_calls(w.city.desk, w.actor)),
    "help_calls.answer_call": (
        Act.ANSWER_CALL,
        lambda w: help_calls.answer_call(
            w.city.desk, w.actor, help_calls.AnswerCall(w.city.key(), _called(w, Act.ANSWER_CALL))
        ),
    ),
    "help_calls.end_call": (
        Act.ANSWER_CALL,
        lambda w: help_calls.end_call(
            w.city.desk, w.actor, help_calls.EndCall(w.city.key(), _called(w, Act.ANSWER_CALL))
        ),
    ),
    "service_exchange.export_services": (
        Act.EXCHANGE_REQUESTS,
        lambda w: service_exchange.export_services(w.city.desk, w.actor, Form.JSON),
    ),
    "service_exchange.export_definition": (
        Act.EXCHANGE_REQUESTS,
        lambda w: service_exchange.export_definition(w.city.desk, w.actor, "NOISE", Form.XML),
    ),
    "service_exchange.import_services": (
        Act.EXCHANGE_REQUESTS,
        lambda w: service_exchange.import_services(
            w.city.desk, w.actor, service_exchange.ImportServices(w.city.key(), SERVICES, Form.JSON)
        ),
    ),
    "service_exchange.import_definition": (
        Act.EXCHANGE_REQUESTS,
        lambda w: service_exchange.import_definition(
            w.city.desk, w.actor, service_exchange.ImportDefinition(w.city.key(), DEFINITION, Form.JSON)
        ),
    ),
    "request_exchange.export_requests": (
        Act.EXCHANGE_REQUESTS,
        lambda w: request_exchange.export_requests(
            w.city.desk, w.actor, w.city.desk.today(), w.city.desk.today(), Form.JSON
        ),
    ),
    "request_exchange.import_requests": (
        Act.EXCHANGE_REQUESTS,
        lambda w: request_exchange.import_requests(
            w.city.desk, w.actor, request_exchange.ImportRequests(REQUESTS, Form.JSON)
        ),
    ),
}
"""By module and function: the act, and how it is tried."""
