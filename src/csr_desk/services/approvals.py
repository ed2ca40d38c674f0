"""A second person's yes: asked for exactly one act, subject and amount, used once, kept with what it allowed."""

from __future__ import annotations

import uuid

from csr_desk.data.queries import people
from csr_desk.data.unit_of_work import Work
from csr_desk.domain.errors import ApprovalNeeded, SelfApproval
from csr_desk.domain.ledger import Written
from csr_desk.domain.money import Cents, shown
from csr_desk.domain.people import Act, Actor, Approval
from csr_desk.services.clock import stamp
from csr_desk.services.desk import Desk

_ASKED = {
    Act.VOID: "A supervisor must approve the void of {subject} ({amount}).",
    Act.REFUND: "A supervisor must approve the refund on {subject} ({amount}).",
    Act.CORRECT_TENDER: "A supervisor must approve the tender correction of {subject} ({amount}).",
    Act.OVERRIDE_PRICE: "A supervisor must approve the price that was keyed by hand ({amount}).",
    Act.OPEN_DRAWER: "The float of {subject} differs from what is authorized ({amount} counted). A supervisor signs.",
    Act.DROP: "A second person must witness the drop of {amount}.",
    Act.PREPARE_DEPOSIT: "A second person must verify the deposit of {amount}.",
    Act.WAIVE_FEE: "A supervisor must approve the waiver of {amount}.",
    Act.TAKE_LISTED_CHECK: "This account is on the returned-check list. A supervisor must approve taking {amount}.",
    Act.REAPPLY: "A supervisor must approve that {subject} ({amount}) is reversed and applied anew.",
    Act.CHANGE_ORDER: "A second person must witness the change order of {amount}.",
    Act.REPORT_SUSPECT: "A second person must witness the report of a suspect note of {amount}.",
    Act.SURPRISE_COUNT: "The holder of {subject} must sign the count.",
    Act.HAND_OVER: "The person who takes over {subject} must sign for {amount}.",
    Act.ENTER_PAPER: "A second person must witness that paper receipt {subject} is void.",
}


def require(desk: Desk, approval: Approval | None, actor: Actor, asked: tuple[Act, str, Cents]) -> Approval:
    """Return the approval if it covers exactly what is asked (act, subject, amount in cents).

    In an office of one person there is nobody to ask: the act goes on the list that a named outsider reviews (J13).
    Raises ApprovalNeeded, SelfApproval or NotPermitted.
    """
    act, subject, amount = asked
    if approval is None and desk.policy.outside_reviewer:
        now = desk.clock.now()
        return Approval(str(uuid.uuid4()), actor, act, subject, amount, now, now, deferred=True)
    if approval is None:
        sentence = _ASKED.get(act, "A supervisor must approve this.").format(subject=subject, amount=shown(amount))
        raise ApprovalNeeded(sentence, act=act.value, subject=subject, amount=amount)
    if not approval.deferred:
        approval.check(actor, act, subject, amount, desk.clock.now())
        return approval
    raise SelfApproval


def use(work: Work, approval: Approval, actor: Actor, written: Written) -> None:
    """Keep the approval with the entry that it allowed; raise ApprovalNeeded if it was used before."""
    if approval.deferred:
        people.insert_deferred(
            work.conn,
            {
                "series_id": written.key.series,
                "seq": written.key.seq,
                "act": approval.act.value,
                "subject": approval.subject,
                "amount_minor": approval.amount,
                "for_actor": actor.user,
                "reviewed_series": None,
                "reviewed_seq": None,
            },
        )
        return
    if people.approval_used(work.conn, approval.approval_id):
        raise ApprovalNeeded(
            "This approval was used already. Ask for another.",
            act=approval.act.value, subject=approval.subject, amount=approval.amount,
        )  # fmt: skip
    people.insert_approval(
        work.conn,
        {
            "approval_id": approval.approval_id,
            "approver_id": approval.approver.user,
            "act": approval.act.value,
            "subject": approval.subject,
            "amount_minor": approval.amount,
            "for_actor": actor.user,
            "granted_at": stamp(approval.granted_at),
            "expires_at": stamp(approval.expires_at),
            "used_series": written.key.series,
            "used_seq": written.key.seq,
        },
    )
