"""The steps of the counter script for Open311 GeoReport v2: files stand in the script as their text, or as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from csr_desk.domain.errors import BadInput, MissingInput
from csr_desk.domain.open311 import Form, request_rows, service_rows
from csr_desk.domain.people import Actor
from csr_desk.services import request_exchange, service_exchange
from csr_desk.services.desk import Desk
from csr_desk.services.replay_step import Step, actor_of

Result = Mapping[str, Any]


def take_in(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Take services, a definition or requests in (``what``)."""
    who, what, form, content = actor_of(actor), step.needed("what"), _form(step), _content(step)
    if what == "services":
        services = service_exchange.ImportServices(step.key, content, form)
        return {"codes": list(service_exchange.import_services(desk, who, services).value)}
    if what == "definition":
        definition = service_exchange.ImportDefinition(step.key, content, form)
        return {"codes": list(service_exchange.import_definition(desk, who, definition).value)}
    _refuse_other(what)
    done = request_exchange.import_requests(desk, who, request_exchange.ImportRequests(content, form)).value
    return {
        "added": dict(done.added), "changed": list(done.changed), "same": list(done.same),
        "refused": [number for number, _why in done.refused],
    }  # fmt: skip


def give_out(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Write services, a definition or the requests of a period (``what``); the rows are given as they were written."""
    who, what, form = actor_of(actor), step.needed("what"), _form(step)
    if what == "services":
        return {"rows": list(service_rows(service_exchange.export_services(desk, who, form), form))}
    if what == "definition":
        content = service_exchange.export_definition(desk, who, step.needed("code"), form)
        return {"definition": json.loads(content) if form is Form.JSON else content.decode()}
    _refuse_other(what)
    first, last = step.date("from") or desk.today(), step.date("to") or desk.today()
    done = request_exchange.export_requests(desk, who, first, last, form)
    rows = list(request_rows(done.content, form))
    return {"rows": rows, "count": done.count, "held_back": done.held_back}


def _refuse_other(what: str) -> None:
    if what != "requests":
        raise BadInput("“what” is services, definition or requests.", field="what")


def _form(step: Step) -> Form:
    text = step.text("form") or "json"
    if text not in {one.value for one in Form}:
        raise BadInput("“form” is json or xml.", field="form")
    return Form(text)


def _content(step: Step) -> bytes:
    given = step.data.get("file")
    if given is None:
        raise MissingInput("The step needs “file”.", field="file")
    return (given if isinstance(given, str) else json.dumps(given)).encode()


STEPS: Mapping[str, Callable[[Desk, Actor | None, Step], Result]] = {
    "open311_import": take_in,
    "open311_export": give_out,
}
"""The steps of this module, by their names in a script."""
