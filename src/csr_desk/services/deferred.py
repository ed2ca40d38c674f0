"""What an office of one person did without a second one, looked at later by a named outsider (J13)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from csr_desk.data.queries import Connection, approval_requests, people
from csr_desk.data.queries.approval_requests import DeferredRecord
from csr_desk.data.queries.entries import event_at
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.errors import BadInput, Conflict, Ineligible, MissingInput, NotFound, NotPermitted, SelfApproval
from csr_desk.domain.ledger import EntryDraft, EventKey, EventKind
from csr_desk.domain.money import Cents
from csr_desk.domain.people import Act, Actor, may_sign
from csr_desk.services.desk import Desk, content_of, moment
from csr_desk.services.receipts import earlier_event, number_of
from csr_desk.services.words import plain_words

LONGEST_NUMBER = 9


@dataclass(frozen=True, slots=True)
class Deferred:
    """An act without a second person (cents); ``entry`` names it, like ``HPC-1/17``."""

    entry: str
    act: Act
    subject: str
    amount: Cents
    user: str
    name: str
    receipt: str
    business_date: date
    recorded_at: datetime
    reviewed_by: str
    """Who looked at it; empty while it waits."""


@dataclass(frozen=True, slots=True)
class Review:
    """The outsider's word on one act: in order or not; what is not in order needs words."""

    key: str
    entry: str
    ok: bool
    words: str = ""


def deferred(desk: Desk, actor: Actor, *, reviewed: bool = False) -> tuple[Deferred, ...]:
    """Return what waits for the review, oldest first; with ``reviewed`` also what was looked at."""
    actor.require(Act.SEE_EXCEPTIONS)
    with desk.read() as work:
        return tuple(_of(work.conn, row) for row in approval_requests.deferred_list(work.conn, reviewed=reviewed))


def review(desk: Desk, actor: Actor, command: Review) -> Done[Deferred]:
    """Record that the named outsider looked at an act; the act itself stays as it was posted.

    Raises NotPermitted (not the one whom the policy names), NotFound, SelfApproval, Conflict (looked at already),
    MissingInput (not in order, without words).
    """
    actor.require(Act.REVIEW_DEFERRED)
    if actor.user != desk.policy.outside_reviewer:
        raise NotPermitted(
            "Only the outside reviewer whom the policy names reviews these.", act=Act.REVIEW_DEFERRED.value
        )
    content = content_of(desk, actor.user, command)
    words = plain_words(command.words, "words", 300)
    key = _key(command.entry)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        row = approval_requests.one_deferred(work.conn, key)
        if row is None:
            raise NotFound(f"“{command.entry[:40]}” is no act that waits for a review.", field="entry")
        if earlier_event(work.conn, command.key, content) is not None:
            return Done(_of(work.conn, row), replayed=True)
        if row.user == actor.user:
            raise SelfApproval(act=row.act, subject=row.subject, amount=row.amount)
        if row.reviewed is not None:
            raise Conflict(f"{row.reviewer_name} reviewed this already.")
        if not command.ok and not words:
            raise MissingInput("Say what is not in order.", field="words")
        written = work.append(
            EntryDraft(
                series=desk.office_series,
                kind=EventKind.DEFERRED_REVIEWED,
                business_date=desk.today(),
                actor=actor.user,
                idem_key=command.key,
                content_hash=content,
                reverses=key,
                facts={"act": row.act, "subject": row.subject, "amount": row.amount, "ok": command.ok, "for": row.user},
                notes={"words": words} if words else {},
            ),
            desk.now_text(),
        )
        approval_requests.set_reviewed(work.conn, key, written.key)
        done = _of(work.conn, approval_requests.one_deferred(work.conn, key) or row)
    return Done(done, frozenset({Topic.APPROVALS}))


def check_reviewer(conn: Connection, user: str) -> None:
    """Raise BadInput unless a policy may name this person as outside reviewer: there, active, of that role.

    Raises Ineligible while somebody of the office may sign: then no act needs to wait for an outsider (J13).
    """
    if not user:
        return
    record = people.one_staff(conn, user)
    if record is None or not record.active or not record.actor.may(Act.REVIEW_DEFERRED):
        raise BadInput("The outside reviewer is an active person whose role is reviewer.", field="outside_reviewer")
    signs = [one.actor.name for one in people.all_staff(conn) if one.active and may_sign(one.actor.role)]
    if signs:
        names = ", ".join(signs)
        raise Ineligible(f"{names} can sign here, so nothing waits for an outsider.", field="outside_reviewer")


def _key(entry: str) -> EventKey:
    series, _, seq = entry.strip().rpartition("/")
    if not series or not (seq.isascii() and seq.isdigit()) or len(seq) > LONGEST_NUMBER:
        raise BadInput("An entry is written like HPC-1/17.", field="entry")
    return EventKey(series, int(seq))


def _of(conn: Connection, row: DeferredRecord) -> Deferred:
    event = event_at(conn, row.key)
    return Deferred(
        f"{row.key.series}/{row.key.seq}",
        Act(row.act),
        row.subject,
        row.amount,
        row.user,
        row.name,
        "" if event is None else number_of(event),
        date.fromisoformat(row.business_date),
        moment(row.recorded_at),
        row.reviewer_name,
    )
