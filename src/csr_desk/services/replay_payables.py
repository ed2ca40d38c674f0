"""The steps of the counter script for requests to the city's payables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from csr_desk.domain.money import plain
from csr_desk.domain.payables import PayablesRequest
from csr_desk.domain.people import Actor
from csr_desk.services import payables
from csr_desk.services.desk import Desk
from csr_desk.services.replay_step import Step, actor_of

Result = Mapping[str, Any]


def of_request(request: PayablesRequest) -> dict[str, Any]:
    """Write a request."""
    return {
        "request": request.request_id,
        "state": request.state.value,
        "amount": plain(request.amount),
        "receipt": request.receipt,
        "refund": request.refund,
        "payee": request.payee,
        "address": request.address,
        "prepared_by": request.prepared_by,
        "approved_by": request.approved_by or None,
    }


def complete_payables(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Say who is paid and where."""
    command = payables.CompletePayables(
        step.key, step.needed("request"), step.text("payee"), step.text("address"), step.text("payee_reason")
    )
    return of_request(payables.complete_payables(desk, actor_of(actor), command).value)


def send_payables(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Hand requests over."""
    command = payables.SendPayables(step.key, tuple(str(name) for name in step.list("requests")))
    done = payables.send_payables(desk, actor_of(actor), command).value
    return {
        "list": done.number,
        "total": plain(done.total),
        "requests": [of_request(request) for request in done.requests],
    }


PAYABLES_STEPS: dict[str, Callable[[Desk, Actor | None, Step], Result]] = {
    "complete_payables": complete_payables,
    "send_payables": send_payables,
}
"""The steps of this module, by name."""
