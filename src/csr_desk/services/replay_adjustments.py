"""The steps of the counter script that prepare and decide adjustments."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from csr_desk.domain.errors import BadInput
from csr_desk.domain.money import plain
from csr_desk.domain.people import Actor
from csr_desk.domain.receivable.adjusting import Worksheet
from csr_desk.domain.receivable.adjustment import Adjustment, kind_named
from csr_desk.services import adjustment_decisions, adjustment_records, adjustments
from csr_desk.services.adjustment_cases import Wanted
from csr_desk.services.clock import read_date
from csr_desk.services.desk import Desk
from csr_desk.services.documents_kept import NewDocument
from csr_desk.services.lines import read_whole
from csr_desk.services.replay_results import of_postings
from csr_desk.services.replay_step import Step, actor_of

Result = Mapping[str, Any]

_SHORT = {"date": "repair_date", "address": "repair_address", "type": "repair_type", "cost": "repair_cost"}
"""What a script may call the evidence of a repaired leak."""
_YES = frozenset({"approve", "approved", "yes", "grant"})
_NO = frozenset({"refuse", "refused", "reject", "rejected", "deny", "denied", "no"})


def adjust(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Ask for an adjustment."""
    command = adjustments.RequestAdjustment(step.key, _wanted(step), step.text("reason"), _documents(step))
    return of_adjustment(adjustments.request(desk, actor_of(actor), command).value)


def try_adjustment(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Work an adjustment out; nothing is recorded."""
    sheet = adjustments.try_out(desk, actor_of(actor), _wanted(step))
    return {"eligible": sheet.eligible, "amount": plain(sheet.amount), "worksheet": _of_sheet(sheet)}


def attach_documents(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Add files to a request."""
    command = adjustments.AttachDocuments(step.key, step.needed("adjustment"), _documents(step))
    return of_adjustment(adjustments.attach(desk, actor_of(actor), command).value)


def withdraw_adjustment(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Take a request back."""
    command = adjustments.WithdrawAdjustment(step.key, step.needed("adjustment"), step.text("reason"))
    return of_adjustment(adjustments.withdraw(desk, actor_of(actor), command).value)


def decide_adjustment(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Approve or refuse a request."""
    who, said = actor_of(actor), step.needed("decision").lower()
    if said not in _YES | _NO:
        raise BadInput("A decision is “approve” or “refuse”.", field="decision")
    number = step.needed("adjustment")
    command = adjustment_decisions.DecideAdjustment(step.key, number, said in _YES, step.text("reason"))
    return of_adjustment(adjustment_decisions.decide(desk, who, command).value)


def reverse_adjustment(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Take an approved adjustment back."""
    command = adjustment_decisions.ReverseAdjustment(step.key, step.needed("adjustment"), step.text("reason"))
    return of_adjustment(adjustment_decisions.reverse(desk, actor_of(actor), command).value)


def list_adjustments(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """List an account's adjustments, or those that wait for this person's decision."""
    who, account = actor_of(actor), step.text("account")
    found = adjustment_records.adjustments_of(desk, who, account) if account else adjustment_records.waiting(desk, who)
    return {"count": len(found), "adjustments": [of_adjustment(one) for one in found]}


def of_adjustment(one: Adjustment) -> dict[str, Any]:
    """Write an adjustment; ``amount`` comes off."""
    return {
        "adjustment": one.number,
        "account": one.account,
        "kind": one.kind.code,
        "state": one.state.value,
        "amount": plain(one.amount),
        "credit": plain(one.credit),
        "bills": [
            {"bill": part.bill, "month": f"{part.month:%Y-%m}", "amount": plain(part.amount)} for part in one.parts
        ],
        "decided_by_role": one.decider.value if one.decider else None,
        "requested_by": one.requested.by,
        "decided_by": one.decided.by or None,
        "reason": (one.reversed_.words or one.decided.words or one.reason),
        "documents": [
            {
                "document": file.number,
                "name": file.name,
                "media": file.media,
                "size": file.size,
                "sha256": file.sha256,
                "seen_elsewhere": list(file.seen_elsewhere),
            }
            for file in one.documents
        ],
        "worksheet": [_of_step(step.words, step.figure, step.holds) for step in one.steps],
        "postings": of_postings(one.postings),
    }


def _of_sheet(sheet: Worksheet) -> list[dict[str, Any]]:
    return [_of_step(step.words, step.figure, step.holds) for step in sheet.steps]


def _of_step(words: str, figure: str, holds: bool | None) -> dict[str, Any]:  # noqa: FBT001 - as a step has it
    return {"step": words, "figure": figure, "holds": holds}


def _wanted(step: Step) -> Wanted:
    amount = step.cents("amount") if step.data.get("amount") is not None else None
    kind = step.needed("kind")
    return Wanted(
        account=step.needed("account"),
        kind=kind,
        months=tuple(_month(month) for month in step.list("months")),
        bills=tuple(str(bill) for bill in step.list("bills")) or _one_bill(step),
        amount=amount,
        evidence=_evidence(step, kind),
        use=_use(step),
        meter_size=step.text("meter_size"),
    )


def _one_bill(step: Step) -> tuple[str, ...]:
    return (step.text("bill"),) if step.text("bill") else ()


def _month(said: object) -> date:
    """Read ``2026-06`` or a day of that month."""
    text = str(said)
    return read_date(f"{text}-01" if text.count("-") == 1 else text, field_name="months").replace(day=1)


def _use(step: Step) -> tuple[tuple[date, int], ...]:
    told = step.data.get("use") or {}
    if not isinstance(told, Mapping):
        raise BadInput("“use” says gallons by month: {“2026-06”: 15000}.", field="use")
    return tuple((_month(month), read_whole(gallons, "use")) for month, gallons in told.items())


def _evidence(step: Step, kind: str) -> tuple[tuple[str, str], ...]:
    """Read evidence by name; words alone are the one piece that the kind asks for."""
    told = step.data.get("evidence")
    known = kind_named(kind)
    alone = known.evidence[0] if known is not None and len(known.evidence) == 1 else "note"
    if isinstance(told, Mapping):
        found = {_SHORT.get(str(name), str(name)): str(words) for name, words in told.items()}
    elif isinstance(told, list):
        found = {alone: ", ".join(map(str, told))}
    else:
        found = {alone: str(told)} if told else {}
    if step.text("reason"):
        found.setdefault(alone, step.text("reason"))
    return tuple(found.items())


def _documents(step: Step) -> tuple[NewDocument, ...]:
    return tuple(_document(one) for one in step.list("documents"))


def _document(told: object) -> NewDocument:
    """Read a file: its name, with its text or its bytes in base64."""
    if not isinstance(told, Mapping) or not {"text", "base64"} & set(told):
        raise BadInput("A document has a name, and a text or its bytes in base64.", field="documents")
    if "text" in told:
        content = str(told["text"]).encode()
    else:
        try:
            content = base64.b64decode(str(told["base64"]), validate=True)
        except (binascii.Error, ValueError):
            raise BadInput("These bytes are not base64.", field="documents") from None
    return NewDocument(str(told.get("name") or "document"), content)


STEPS: dict[str, Callable[[Desk, Actor | None, Step], Result]] = {
    "adjust": adjust,
    "try_adjustment": try_adjustment,
    "attach_documents": attach_documents,
    "withdraw_adjustment": withdraw_adjustment,
    "decide_adjustment": decide_adjustment,
    "reverse_adjustment": reverse_adjustment,
    "adjustments": list_adjustments,
}
"""The steps of this module, by name."""
