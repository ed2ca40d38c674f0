"""Approvals without walking: a clerk asks, a supervisor answers at their own screen, the act uses the answer up (J4).

A granted request becomes the same kind of approval that a secret at the station gives: for one act, one subject and one
amount, used once, and no longer than the request itself may wait.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from csr_desk.data.queries import Connection, approval_requests, people
from csr_desk.data.unit_of_work import Work
from csr_desk.domain.approval_request import Answer, Details, Request, RequestState
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.errors import BadInput, Conflict, Ineligible, NotFound, NotPermitted
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.money import Cents
from csr_desk.domain.people import Act, Actor, Approval
from csr_desk.services import approvals
from csr_desk.services.clock import read_stamp, stamp
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.receipts import earlier_event, event_of_number, receipt_at
from csr_desk.services.words import plain_words

TOPICS = frozenset({Topic.APPROVALS})
_IDS = uuid.UUID("0b7a4f2e-8f7f-5d0e-9a33-6f4f0d1c2b11")
"""The name space of request ids: the same key always asks the same request."""
_BY_RECEIPT = frozenset({Act.VOID, Act.REFUND, Act.CORRECT_TENDER, Act.REAPPLY})
"""Acts whose subject is a receipt."""
_TAKES_BACK = frozenset({Act.VOID, Act.REFUND, Act.REAPPLY})
"""After these the receipt stands with less by the amount; a tender correction leaves it as it is."""


@dataclass(frozen=True, slots=True)
class AskApproval:
    """What is asked: exactly what ApprovalNeeded named, with its sentence (amount in cents)."""

    key: str
    act: Act
    subject: str
    amount: Cents
    sentence: str
    details: Details = field(default_factory=Details)
    """Where the subject is a receipt, what the ledger says of it stands in the place of this."""


@dataclass(frozen=True, slots=True)
class Decide:
    """A supervisor's answer, with words for the clerk."""

    key: str
    request: str
    yes: bool
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Whoever asked does not need it any more."""

    key: str
    request: str


def ask(desk: Desk, actor: Actor, command: AskApproval) -> Done[Request]:
    """Send a request to those who may approve; it runs out after the minutes of the policy.

    Raises NotPermitted, BadInput (an act that is signed at the station), NotFound (the receipt), Ineligible (an office
    of one person has nobody to ask).
    """
    actor.require(command.act)
    _check_asked(desk, command)
    content = content_of(desk, actor.user, command)
    request_id = str(uuid.uuid5(_IDS, command.key))
    sentence = plain_words(command.sentence, "sentence")
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if earlier_event(work.conn, command.key, content) is not None:
            return Done(_read(work.conn, request_id), replayed=True)
        words = json.dumps(_as_stored(_details(desk, work.conn, command)), ensure_ascii=False, sort_keys=True)
        now = desk.clock.now()
        ends = now + timedelta(minutes=desk.policy.request_minutes)
        facts = {"request": request_id, **_bound(command.act, command.subject, command.amount), "state": "waiting"}
        work.append(
            EntryDraft(
                series=desk.office_series,
                kind=EventKind.APPROVAL_ASKED,
                business_date=desk.today(),
                actor=actor.user,
                idem_key=command.key,
                content_hash=content,
                facts={**facts, "expires": stamp(ends)},
                notes={"sentence": sentence, "details": words},
            ),
            stamp(now),
        )
        row = {
            "request_id": request_id,
            "act": command.act.value,
            "subject": command.subject,
            "amount_minor": command.amount,
            "for_actor": actor.user,
            "sentence": sentence,
            "details": words,
            "state": RequestState.WAITING.value,
            "asked_at": stamp(now),
            "expires_at": stamp(ends),
            "answer": "",
        }
        approval_requests.insert_request(work.conn, row)
        done = _read(work.conn, request_id)
    return Done(done, TOPICS)


def waiting(desk: Desk, actor: Actor) -> tuple[Request, ...]:
    """Return what waits for this person's yes, oldest first: never their own, only those for whom they decide."""
    actor.require(Act.APPROVE)
    now = desk.clock.now()
    with desk.read() as work:
        found = [_request(row) for row in approval_requests.waiting_requests(work.conn)]
        of = people.supervisors(work.conn)
    return tuple(
        one
        for one in found
        if one.runs(now)
        and one.user != actor.user
        and approvals.is_own_supervisor(desk, actor.user, one.user, one.act, of)
    )


def decide(desk: Desk, actor: Actor, command: Decide) -> Done[Request]:
    """Say yes or no to a request; the first answer stands.

    Raises NotFound, SelfApproval, NotPermitted (the role, or not the clerk's own supervisor where the policy asks for
    that), Conflict (decided, taken back or run out).
    """
    actor.require(Act.APPROVE)
    content = content_of(desk, actor.user, command)
    answer = plain_words(command.answer, "answer", 200)
    state = RequestState.GRANTED if command.yes else RequestState.REFUSED
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        request = _read(work.conn, command.request)
        if earlier_event(work.conn, command.key, content) is not None:
            return Done(request, replayed=True)
        request.check_decider(actor)
        approvals.check_own_supervisor(desk, actor, (request.user, request.user_name), request.act)
        request.check_open(desk.clock.now())
        done = _close(work, desk, actor, (request, state, command.key, content, answer))
    return Done(done, TOPICS)


def withdraw(desk: Desk, actor: Actor, command: Withdraw) -> Done[Request]:
    """Take one's own request back; raise NotFound, NotPermitted (another person's) or Conflict (decided already)."""
    content = content_of(desk, actor.user, command)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        request = _own(work.conn, actor, command.request)
        if earlier_event(work.conn, command.key, content) is not None:
            return Done(request, replayed=True)
        if request.state is not RequestState.WAITING:
            raise Conflict(f"{request.decided_name} decided this already: {request.state.value}.")
        done = _close(work, desk, actor, (request, RequestState.WITHDRAWN, command.key, content, ""))
    return Done(done, TOPICS)


def answer_of(desk: Desk, actor: Actor, request_id: str) -> Answer:
    """Return how the actor's own request stands, with the approval once it is granted; raise NotFound, NotPermitted."""
    now = desk.clock.now()
    with desk.read() as work:
        request = _own(work.conn, actor, request_id)
        used = people.approval_used(work.conn, request_id)
        decider = people.one_staff(work.conn, request.decided_by) if request.decided_by else None
    approval = None
    if request.state is RequestState.GRANTED and decider is not None and request.decided_at is not None:
        # whoever asked serves the next customer meanwhile: the yes waits as long as the request would have
        ends = max(request.decided_at + timedelta(seconds=desk.policy.approval_seconds), request.expires_at)
        bound = (request.act, request.subject, request.amount)
        approval = Approval(request.request_id, decider.actor, *bound, request.decided_at, ends)
    late = request.state is RequestState.WAITING and not request.runs(now)
    expired = late or (approval is not None and now > approval.expires_at)
    return Answer(request, approval, expired and not used, used)


def _check_asked(desk: Desk, command: AskApproval) -> None:
    if command.act not in approvals.SENTENCES:
        raise BadInput("Nobody needs to approve this.", field="act")
    if not approvals.approves(command.act):
        raise BadInput("This is signed at the station: whoever witnesses it stands beside it.", field="act")
    if desk.policy.outside_reviewer:
        raise Ineligible("Nobody of this office can be asked; the outside reviewer looks at it later.")
    plain_words(command.subject, "subject", 80)


def _details(desk: Desk, conn: Connection, command: AskApproval) -> Details:
    """Return what the supervisor sees; of a receipt only what the ledger says."""
    if command.act not in _BY_RECEIPT:
        return command.details
    receipt = receipt_at(desk, conn, event_of_number(desk, conn, command.subject), 0)
    after = receipt.total - command.amount if command.act in _TAKES_BACK else receipt.total
    return Details(receipt.number, receipt.total, after, tuple((line.name, line.amount) for line in receipt.lines))


def _close(work: Work, desk: Desk, actor: Actor, what: tuple[Request, RequestState, str, str, str]) -> Request:
    request, state, key, content, answer = what
    asked = approval_requests.asking_entry(work.conn, desk.office_series, request.request_id)
    now = desk.now_text()
    work.append(
        EntryDraft(
            series=desk.office_series,
            kind=EventKind.APPROVAL_DECIDED,
            business_date=desk.today(),
            actor=actor.user,
            idem_key=key,
            content_hash=content,
            reverses=asked,
            facts={
                "request": request.request_id,
                **_bound(request.act, request.subject, request.amount),
                "for": request.user,
                "state": state.value,
            },
            notes={"answer": answer} if answer else {},
        ),
        now,
    )
    values = {"state": state.value, "decided_by": actor.user, "decided_at": now, "answer": answer}
    approval_requests.decide_request(work.conn, request.request_id, values)
    return _read(work.conn, request.request_id)


def _bound(act: Act, subject: str, amount: Cents) -> dict[str, object]:
    return {"act": act.value, "subject": subject, "amount": amount}


def _own(conn: Connection, actor: Actor, request_id: str) -> Request:
    request = _read(conn, request_id)
    if request.user != actor.user:
        raise NotPermitted("This request is another person’s.")
    return request


def _read(conn: Connection, request_id: str) -> Request:
    row = approval_requests.one_request(conn, request_id)
    if row is None:
        raise NotFound("There is no such request.", field="request")
    return _request(row)


def _request(row: Mapping[str, object]) -> Request:
    decided = row["decided_at"]
    return Request(
        request_id=str(row["request_id"]),
        act=Act(str(row["act"])),
        subject=str(row["subject"]),
        amount=int(str(row["amount_minor"])),
        user=str(row["for_actor"]),
        user_name=str(row["asker_name"]),
        sentence=str(row["sentence"]),
        details=_from_stored(json.loads(str(row["details"]))),
        state=RequestState(str(row["state"])),
        asked_at=read_stamp(str(row["asked_at"])),
        expires_at=read_stamp(str(row["expires_at"])),
        decided_by=str(row["decided_by"] or ""),
        decided_name=str(row["decider_name"] or ""),
        decided_at=None if decided is None else read_stamp(str(decided)),
        answer=str(row["answer"]),
    )


def _as_stored(details: Details) -> dict[str, object]:
    lines = [[name, amount] for name, amount in details.lines]
    return {"receipt": details.receipt, "before": details.before, "after": details.after, "lines": lines}


def _from_stored(data: Mapping[str, object]) -> Details:
    before, after, lines = data["before"], data["after"], data["lines"]
    return Details(
        str(data["receipt"]),
        before if isinstance(before, int) else None,
        after if isinstance(after, int) else None,
        tuple((str(name), int(amount)) for name, amount in lines) if isinstance(lines, list) else (),
    )
