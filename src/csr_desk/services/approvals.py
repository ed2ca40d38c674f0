"""A second person's yes: asked for exactly one act, subject and amount, used once, kept with what it allowed."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TypeAlias

from csr_desk.data.queries import people
from csr_desk.data.unit_of_work import Work
from csr_desk.domain.chain import approval_seal
from csr_desk.domain.errors import ApprovalNeeded, BadInput, NotPermitted, SelfApproval
from csr_desk.domain.ledger import Written
from csr_desk.domain.money import Cents, shown
from csr_desk.domain.people import SIGNED_BY, Act, Actor, Approval
from csr_desk.services.clock import stamp
from csr_desk.services.desk import Desk

Needed: TypeAlias = tuple[Act, str, Cents]
"""Act, subject and amount (cents) that an approval is asked for."""
Given: TypeAlias = Approval | Sequence[Approval] | None
"""What the second person signed so far: nothing, one approval, or several."""

SENTENCES = {
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
    Act.OVERRIDE_HOLD: "A hold stops this sale. A supervisor must approve that it is made all the same ({amount}).",
    Act.OVERRIDE_CONTRACTOR: "A paper of the contractor has run out. A supervisor must approve the permit ({amount}).",
    Act.MOVE_PERMIT_MONEY: "A supervisor must approve that {amount} of permit {subject} is moved to another one.",
    Act.END_GUARANTEE: "A supervisor must approve that {amount} of deposit {subject} is given back.",
    Act.MANUAL_RELEASE: "A supervisor must approve that service is released without a permit.",
    Act.SKIP_VERIFICATION: "A supervisor must approve that {subject} is not looked into.",
    Act.ENTER_PAPER: "A second person must witness that paper receipt {subject} is void.",
}
"""What a second person is asked for."""


def require(desk: Desk, approval: Approval | None, actor: Actor, asked: Needed) -> Approval:
    """Return the approval if it covers exactly what is asked (act, subject, amount in cents).

    In an office of one person there is nobody to ask: the act goes on the list that a named outsider reviews (J13).
    Raises ApprovalNeeded, SelfApproval or NotPermitted.
    """
    act, subject, amount = asked
    reviewer = desk.policy.outside_reviewer
    if approval is None and reviewer:
        with desk.read() as look:
            name = people.names(look.conn).get(reviewer, reviewer)
        now = desk.clock.now()
        return Approval(str(uuid.uuid4()), actor, act, subject, amount, now, now, deferred=True, reviewer_name=name)
    if approval is None:
        sentence = SENTENCES.get(act, "A supervisor must approve this.").format(subject=subject, amount=shown(amount))
        raise ApprovalNeeded(sentence, act=act.value, subject=subject, amount=amount)
    if approval.deferred:
        raise SelfApproval(act=act.value, subject=subject, amount=amount)
    approval.check(actor, act, subject, amount, desk.clock.now())
    check_own_supervisor(desk, approval.approver, (actor.user, actor.name), act)
    return approval


def approves(act: Act) -> bool:
    """Say whether the second person approves (a supervisor), rather than signs as a witness or a holder."""
    return SIGNED_BY.get(act, Act.APPROVE) is Act.APPROVE


def is_own_supervisor(desk: Desk, approver: str, actor: str, act: Act, of: dict[str, str | None]) -> bool:
    """Say whether a person may approve for another under the policy; ``of`` names everybody's supervisor (J4)."""
    return desk.policy.approvers == "all" or not approves(act) or of.get(actor) == approver


def check_own_supervisor(desk: Desk, approver: Actor, asker: tuple[str, str], act: Act) -> None:
    """Raise NotPermitted where the policy asks for the own supervisor of who asks (user, name) and it is another."""
    if desk.policy.approvers == "all" or not approves(act):
        return
    with desk.read() as look:
        of, names = people.supervisors(look.conn), people.names(look.conn)
    if is_own_supervisor(desk, approver.user, asker[0], act, of):
        return
    own = of.get(asker[0])
    said = f"Only {names[own]} approves for {asker[1]}." if own else f"Nobody is set to approve for {asker[1]} yet."
    raise NotPermitted(f"{said} The administrator sets who approves for whom.", act=act.value)


def require_all(desk: Desk, given: Given, actor: Actor, asked: Sequence[Needed]) -> tuple[Approval, ...]:
    """Return an approval for each thing that is asked of one act, in that order; one person signs them all.

    Raises ApprovalNeeded for the first that is missing, so that they can be asked for one after the other and the
    same command sent again with all of them; BadInput where two people signed; what ``require`` raises.
    """
    signed = (given,) if isinstance(given, Approval) else tuple(given or ())
    found = []
    for act, subject, amount in asked:
        same = [approval for approval in signed if approval.act is act]
        exact = [approval for approval in same if (approval.subject, approval.amount) == (subject, amount)]
        yes = next(iter(exact or same), None)
        if yes is None and len(asked) == 1 and signed:
            yes = signed[0]  # for something else: let it be refused in words
        found.append(require(desk, yes, actor, (act, subject, amount)))
    if len({approval.approver.user for approval in found}) > 1:
        raise BadInput("One person approves all of a sale. Ask the same supervisor again.")
    return tuple(found)


def use_all(work: Work, approved: Sequence[Approval], actor: Actor, written: Written) -> None:
    """Keep the approvals of one entry; an outsider who reviews it later finds it once, with all its facts."""
    for at, approval in enumerate(approved):
        if not approval.deferred or not at:
            use(work, approval, actor, written)


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
    row: dict[str, str | int | bytes | None] = {
        "approver_id": approval.approver.user,
        "act": approval.act.value,
        "subject": approval.subject,
        "amount_minor": approval.amount,
        "for_actor": actor.user,
        "granted_at": stamp(approval.granted_at),
        "expires_at": stamp(approval.expires_at),
        "used_series": written.key.series,
        "used_seq": written.key.seq,
    }
    seal = approval_seal(work.store.key, approval.approval_id, row)
    people.insert_approval(work.conn, {"approval_id": f"{approval.approval_id}.{seal}", **row})
