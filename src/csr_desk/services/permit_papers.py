"""Lays out the paper of a permit from what the ledger says; the paper itself is made by ``documents.permit``."""

from __future__ import annotations

from csr_desk.data.queries.permits import ChangeRecord
from csr_desk.domain.masking import seen_by
from csr_desk.domain.money import shown
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.permit_paper import PermitPaper
from csr_desk.services.desk import Desk
from csr_desk.services.permits import PermitView, one_permit, view_of

_SAID = {
    "amendment": "Amended: {reason} ({amount})",
    "renewal": "Renewed to {until} ({amount})",
    "extension": "Extended to {until}",
    "transfer_in": "{amount} came from permit {other}",
    "transfer_out": "{amount} went to permit {other}",
    "correction": "Corrected: {reason}",
    "revocation": "Revoked: {reason}",
}


def permit_paper(desk: Desk, actor: Actor, number: str) -> PermitPaper:
    """Return the facts of a permit's paper; raise NotFound, BadInput (a figure is wrong)."""
    actor.require(Act.SEE_PROJECTS)
    with desk.read() as work:
        view = view_of(work.conn, desk, one_permit(work.conn, number))
    return seen_by(actor.role, _paper(desk, view))


def _paper(desk: Desk, view: PermitView) -> PermitPaper:
    record = view.record
    item = desk.catalogue.items.get(record.kind)
    validity = item.latest.validity if item is not None and item.latest is not None else ""
    who = f"{view.contractor_name} ({record.contractor})" if record.contractor else ""
    return PermitPaper(
        office=desk.office,
        number=record.number,
        state="expired" if view.over else record.state,
        what=record.description,
        trade=record.trade,
        site=record.site,
        project=record.project,
        contractor=who,
        issued=record.issued_on,
        expires=record.expires_on,
        validity=validity,
        receipt=view.receipt,
        paid=record.paid,
        renewals=record.renewals,
        inputs=view.inputs,
        changes=tuple((one.on, _said(one)) for one in view.changes if one.state == "done"),
        code=view.code,
    )


def _said(one: ChangeRecord) -> str:
    until = one.expires_on.isoformat() if one.expires_on else ""
    words = {"reason": one.reason or "–", "amount": shown(abs(one.amount)), "until": until, "other": one.other}
    return _SAID[one.kind].format(**words)
