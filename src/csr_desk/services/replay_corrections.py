"""The steps of the counter script that correct: refunds and tender corrections."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from csr_desk.domain.errors import BadInput
from csr_desk.domain.money import plain
from csr_desk.domain.people import Actor
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import payables, reapply, refunds, replay_payables, replay_results, tender_corrections
from csr_desk.services.desk import Desk
from csr_desk.services.lines import read_line, read_tender, read_whole
from csr_desk.services.replay_step import Step, actor_of, approved, approved_in_all

Result = Mapping[str, Any]


def refund(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Give money back by lines."""
    who = actor_of(actor)
    lines = tuple(_line(data) for data in step.list("lines"))
    payee = refunds.Payee(step.text("payee"), step.text("address"), step.text("payee_reason"))
    command = refunds.Refund(
        step.key, step.needed("receipt"), lines, step.text("reason"), step.text("how"), payee, step.text("permit")
    )
    done = approved(desk, step, "approved_by", lambda yes: refunds.refund(desk, who, command, yes)).value
    result = {**replay_results.of_receipt(done), "amount": plain(-done.total)}
    asked = payables.request_of(desk, who, done.number)
    return result if asked is None else {**result, "payables": replay_payables.of_request(asked)}


def _line(data: object) -> tuple[int, Decimal | None]:
    if not isinstance(data, Mapping) or "line" not in data:
        raise BadInput("A line of a refund names its number.", field="lines")
    keyed = read_line({"item": "-", "quantity": data.get("quantity")})
    return read_whole(data["line"], "lines"), getattr(keyed, "quantity", None)


def correct_tender(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Move a tender to its right kind."""
    who = actor_of(actor)
    command = tender_corrections.CorrectTender(
        step.key,
        step.needed("receipt"),
        _tender(step.data.get("from"), "from").kind,
        _tender(step.data.get("to"), "to"),
        step.text("reason"),
    )
    done = approved_in_all(
        desk, step, "approved_by", lambda yes: tender_corrections.correct_tender(desk, who, command, yes)
    )
    return replay_results.of_receipt(done.value)


def _tender(data: object, field: str) -> Tender:
    """Read a kind of tender, or a tender with what it carries."""
    if isinstance(data, Mapping):
        return read_tender(data)
    try:
        return Tender(TenderKind(str(data)))
    except ValueError:
        raise BadInput(f"“{field}” is a kind of tender.", field=field) from None


def reapply_step(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Take a receipt back and apply it to what it was meant for."""
    who = actor_of(actor)
    command = reapply.Reapply(
        step.key,
        step.needed("receipt"),
        step.lines(),
        step.text("reason"),
        step.text("customer"),
        demo_inputs=step.flag("demo_inputs"),
    )
    done = approved(desk, step, "approved_by", lambda yes: reapply.reapply(desk, who, command, yes)).value
    return {**replay_results.of_receipt(done.applied), "taken_back": replay_results.of_receipt(done.taken_back)}
