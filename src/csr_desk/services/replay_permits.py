"""The steps of the counter script for contractors and permits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from csr_desk.data.queries.contractors import ContractorRecord, PaperRecord
from csr_desk.data.queries.permits import PermitRecord
from csr_desk.domain.cart import plain_inputs
from csr_desk.domain.contractor import PaperKind
from csr_desk.domain.errors import BadInput
from csr_desk.domain.money import plain
from csr_desk.domain.people import Actor
from csr_desk.services import (
    contractors,
    permit_amendments,
    permit_reminders,
    permit_renewals,
    permit_signing,
    permit_transfers,
    permits,
)
from csr_desk.services.desk import Desk
from csr_desk.services.lines import read_whole, write_line
from csr_desk.services.permits import PermitView
from csr_desk.services.replay_results import of_postings
from csr_desk.services.replay_step import Step, actor_of, approved

Result = Mapping[str, Any]


def contractor(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Register a customer as a contractor, or change one: trades, state."""
    who = actor_of(actor)
    trades = tuple(str(one) for one in step.list("trades"))
    if step.text("contractor"):
        command = contractors.ChangeContractor(
            step.key, step.text("contractor"), step.text("reason"), trades or None, step.text("state")
        )
        return of_contractor(contractors.change_contractor(desk, who, command).value)
    new = contractors.RegisterContractor(step.key, step.needed("customer"), trades)
    number = contractors.register_contractor(desk, who, new).value
    return of_contractor(contractors.contractor_of(desk, who, number))


def contractor_paper(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Put a paper of a contractor on file, or withdraw one (``withdraw``: its place)."""
    who = actor_of(actor)
    if step.text("withdraw"):
        gone = contractors.WithdrawPaper(
            step.key, step.needed("contractor"), read_whole(step.text("withdraw"), "withdraw"), step.text("reason")
        )
        return of_contractor(contractors.withdraw_paper(desk, who, gone).value)
    try:
        kind = PaperKind(step.needed("kind"))
    except ValueError:
        known = ", ".join(kind.value for kind in PaperKind)
        raise BadInput(f"A paper is one of: {known}.", field="kind") from None
    command = contractors.FilePaper(
        step.key,
        step.needed("contractor"),
        kind,
        step.text("number"),
        step.text("trade"),
        step.text("issuer"),
        step.date("starts"),
        step.date("expires"),
        step.cents("amount") if step.text("amount") else None,
        read_whole(step.text("replaces"), "replaces") if step.text("replaces") else None,
    )
    return of_contractor(contractors.file_paper(desk, who, command).value)


def in_order(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Say whether a contractor may buy a permit of a trade today."""
    found = contractors.in_order(desk, actor_of(actor), step.needed("contractor"), step.text("trade"))
    return {"contractor": found.contractor.number, "in_order": not found.missing, "missing": list(found.missing)}


def papers_ending(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """List the papers of contractors that ran out or end soon."""
    days = read_whole(step.text("days"), "days") if step.text("days") else None
    found = contractors.papers_ending(desk, actor_of(actor), days)
    return {"papers": [{"contractor": one.number, "name": one.name, **_paper(paper)} for one, paper in found]}


def permit(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Show a permit."""
    return of_view(permits.permit_of(desk, actor_of(actor), step.needed("permit")))


def find_permits(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Find permits."""
    found = permits.find_permits(desk, actor_of(actor), step.needed("search"))
    return {"permits": [of_permit(one) for one in found]}


def permits_ending(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """List the permits that ran out or end soon."""
    days = read_whole(step.text("days"), "days") if step.text("days") else None
    return {"permits": [of_permit(one) for one in permits.permits_ending(desk, actor_of(actor), days)]}


def correct_permit(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Correct the address of a permit."""
    command = permits.CorrectPermit(step.key, step.needed("permit"), step.text("address"), step.text("reason"))
    return of_view(permits.correct_permit(desk, actor_of(actor), command).value)


def end_permit(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Close a permit as finished, or revoke it."""
    command = permits.EndPermit(step.key, step.needed("permit"), step.text("how"), step.text("reason"))
    return of_view(permits.end_permit(desk, actor_of(actor), command).value)


def expire_permits(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Record which permits ran out."""
    return {"expired": list(permits.expire_permits(desk, actor_of(actor), permits.ExpirePermits(step.key)).value)}


def renewal(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Prepare the renewal of a permit: the line to sell, its price, the new last day."""
    found = permit_renewals.renewal_of(desk, actor_of(actor), step.needed("permit"))
    return {"line": write_line(found.line), "price": plain(found.price), "until": found.until.isoformat()}


def amend_permit(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Amend a permit; with ``try`` only say what it comes to."""
    who = actor_of(actor)
    inputs = step.data.get("inputs") or {}
    if not isinstance(inputs, Mapping):
        raise BadInput("The inputs of an amendment are an object of names and values.", field="inputs")
    command = permit_amendments.AmendPermit(
        step.key, step.needed("permit"), tuple(plain_inputs(inputs).items()), step.text("reason")
    )
    if step.flag("try"):
        found = permit_amendments.try_amendment(desk, who, command)
        return {"amount": plain(found.amount), "fee": [plain(one) for one in found.fee]}
    return of_view(permit_amendments.amend_permit(desk, who, command).value)


def cancel_amendment(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Take an amendment back that is due."""
    command = permit_amendments.CancelAmendment(step.key, step.needed("permit"), step.text("reason"))
    return of_view(permit_amendments.cancel_amendment(desk, actor_of(actor), command).value)


def move_permit_money(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Pay what is due on one permit from what was paid for another."""
    who = actor_of(actor)
    command = permit_transfers.MovePermitMoney(step.key, step.needed("from"), step.needed("to"), step.text("reason"))
    done = approved(desk, step, "approved_by", lambda yes: permit_transfers.move_permit_money(desk, who, command, yes))
    moved = done.value
    return {
        "amount": plain(moved.amount), "from": of_view(moved.source), "to": of_view(moved.target),
        "postings": of_postings(moved.postings),
    }  # fmt: skip


def remind_of_ends(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Queue reminders of permits and papers that end soon."""
    days = read_whole(step.text("days"), "days") if step.text("days") else None
    command = permit_reminders.RemindOfEnds(step.key, days)
    return {"reminded": list(permit_reminders.remind_of_ends(desk, actor_of(actor), command).value)}


def set_permit_key(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Sign permits with a new key from here on."""
    done = permit_signing.set_permit_key(desk, actor_of(actor), permit_signing.SetPermitKey(step.key))
    return {"key": done.value}


def sign_permits(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Sign the permits that were issued while there was no key."""
    done = permit_signing.sign_permits(desk, actor_of(actor), permit_signing.SignPermits(step.key))
    return {"signed": list(done.value)}


def verify_permit(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Verify the code of a permit's paper with the city's public keys."""
    keys = permit_signing.public_keys(desk, actor_of(actor))
    found = permit_signing.check_code(step.needed("code"), keys, desk.today())
    return {"genuine": found.genuine, "permit": found.statement.permit, "over": found.over, "why": found.why}


def of_contractor(one: ContractorRecord) -> dict[str, Any]:
    """Write a contractor."""
    return {
        "contractor": one.number, "customer": one.customer_id, "name": one.name, "trades": list(one.trades),
        "state": one.state, "since": one.since.isoformat(), "papers": [_paper(paper) for paper in one.papers],
    }  # fmt: skip


def _paper(one: PaperRecord) -> dict[str, Any]:
    paper = one.paper
    return {
        "paper": one.n, "kind": paper.kind.value, "trade": paper.trade or None, "number": one.number,
        "expires": paper.expires_on.isoformat() if paper.expires_on else None, "state": one.state,
        "amount": None if paper.amount is None else plain(paper.amount),
    }  # fmt: skip


def of_permit(one: PermitRecord) -> dict[str, Any]:
    """Write a permit of a list."""
    return {
        "permit": one.number, "project": one.project or None, "kind": one.kind, "description": one.description,
        "trade": one.trade or None, "address": one.site, "contractor": one.contractor or None, "state": one.state,
        "issued": one.issued_on.isoformat(), "expires": one.expires_on.isoformat() if one.expires_on else None,
        "ended": one.ended_on.isoformat() if one.ended_on else None, "renewals": one.renewals,
        "paid": plain(one.paid), "signed": bool(one.signature),
    }  # fmt: skip


def of_view(view: PermitView) -> dict[str, Any]:
    """Write a permit with what happened to it."""
    changes = [
        {
            "n": one.n, "kind": one.kind, "state": one.state, "amount": plain(one.amount), "reason": one.reason,
            "other": one.other or None, "expires": one.expires_on.isoformat() if one.expires_on else None,
        }
        for one in view.changes
    ]  # fmt: skip
    return {
        **of_permit(view.record), "receipt": view.receipt, "due": plain(view.due), "changes": changes,
        "inputs": dict(view.inputs), "over": view.over, "code": view.code,
    }  # fmt: skip


STEPS: dict[str, Callable[[Desk, Actor | None, Step], Result]] = {
    "contractor": contractor,
    "contractor_paper": contractor_paper,
    "in_order": in_order,
    "papers_ending": papers_ending,
    "permit": permit,
    "find_permits": find_permits,
    "permits_ending": permits_ending,
    "correct_permit": correct_permit,
    "end_permit": end_permit,
    "expire_permits": expire_permits,
    "renewal": renewal,
    "amend_permit": amend_permit,
    "cancel_amendment": cancel_amendment,
    "move_permit_money": move_permit_money,
    "remind_of_ends": remind_of_ends,
    "set_permit_key": set_permit_key,
    "sign_permits": sign_permits,
    "verify_permit": verify_permit,
}
"""The steps of this module, by name."""
