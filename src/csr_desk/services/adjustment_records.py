"""Reading adjustments: of an account, those that wait, one of them, and the files that prove it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from csr_desk.data.queries import Connection, adjustments, entries
from csr_desk.data.queries.adjustments import AdjustmentRecord
from csr_desk.data.queries.entries import Event
from csr_desk.domain.errors import NotFound
from csr_desk.domain.ledger import EventKey
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.receivable.adjusting import KINDS, Step
from csr_desk.domain.receivable.adjustment import (
    Adjustment,
    BillPart,
    Document,
    Mark,
    State,
    decider_of,
    may_decide,
)
from csr_desk.services.desk import Desk, moment
from csr_desk.services.documents_kept import unchanged

TAKEN_OUT = "(deleted)"
"""Stands for words that were purged since."""


@dataclass(frozen=True, slots=True)
class OpenedDocument:
    """A file with its bytes."""

    name: str
    media: str
    content: bytes


def subject_of(number: str) -> str:
    """Name an adjustment as the subject of its files."""
    return f"adjustment:{number}"


def adjustments_of(desk: Desk, actor: Actor, account: str) -> tuple[Adjustment, ...]:
    """Return an account's adjustments, the newest first; raise NotFound for an unknown account."""
    actor.require(Act.SEE_CUSTOMERS)
    with desk.read() as work:
        if adjustments.one_account(work.conn, account) is None:
            raise NotFound(f"There is no account “{account[:40]}”.", field="account")
        return tuple(adjustment(desk, work.conn, one) for one in adjustments.adjustments_of(work.conn, account))


def waiting(desk: Desk, actor: Actor) -> tuple[Adjustment, ...]:
    """Return what waits for this person's decision, the oldest first: within their tier, never their own."""
    actor.require(Act.DECIDE_ADJUSTMENT)
    with desk.read() as work:
        rows = adjustments.adjustments_in(work.conn, State.REQUESTED.value)
        mine = [one for one in rows if one.requested_by != actor.user and may_decide(actor, one.amount, desk.policy)]
        return tuple(adjustment(desk, work.conn, one) for one in mine)


def one_adjustment(desk: Desk, actor: Actor, number: str) -> Adjustment:
    """Return an adjustment; raise NotFound."""
    actor.require(Act.SEE_CUSTOMERS)
    with desk.read() as work:
        return adjustment(desk, work.conn, record_of(work.conn, number))


def document(desk: Desk, actor: Actor, number: str) -> OpenedDocument:
    """Return a file as it was handed in; raise NotFound, or Trouble where it is not the same any more."""
    actor.require(Act.SEE_CUSTOMERS)
    with desk.read() as work:
        found = adjustments.bytes_of(work.conn, number)
        if found is not None and not found[0].subject.startswith(subject_of("")):
            found = None  # a file of a request, a form or a mail has rules of its own about who sees it
        record, content = unchanged(found)
    return OpenedDocument(record.name, record.media, content)


def record_of(conn: Connection, number: str) -> AdjustmentRecord:
    """Return an adjustment as stored; raise NotFound."""
    record = adjustments.one_adjustment(conn, number.strip())
    if record is None:
        raise NotFound(f"There is no adjustment “{number[:40]}”.", field="adjustment")
    return record


def adjustment(desk: Desk, conn: Connection, record: AdjustmentRecord) -> Adjustment:
    """Put together what the row and its entries say."""
    asked = event_of(conn, record.entry)
    notes = entries.notes_of(conn, record.entry)
    parts = tuple(
        BillPart(str(part["bill"]), date.fromisoformat(part["month"]), -int(part["amount"]))
        for part in asked.facts["parts"]
    )
    found = Adjustment(
        number=record.number,
        account=record.account,
        customer=record.customer,
        address=record.address,
        kind=KINDS[record.kind],
        state=State(record.state),
        amount=-record.amount,
        parts=parts,
        steps=tuple(Step(*step) for step in asked.facts["worksheet"]),
        evidence=_evidence(notes),
        reason=notes.get("reason", ""),
        documents=_documents(conn, record.number),
        requested=Mark(record.requested_name, moment(asked.recorded_at)),
        requested_by=record.requested_by,
        decider=decider_of(record.amount, desk.policy),
    )
    if record.decided is not None:
        found = _decided(conn, record.decided, found)
    if record.reversed_ is not None:
        found = _reversed(conn, record.reversed_, found)
    return found


def _decided(conn: Connection, key: EventKey, found: Adjustment) -> Adjustment:
    event = event_of(conn, key)
    given = {str(item["bill"]): int(item["credit"]) for item in event.facts.get("taken", ())}
    return replace(
        found,
        decided=_mark(conn, event),
        parts=tuple(replace(part, credit=given.get(part.bill, 0)) for part in found.parts),
        postings=entries.postings_of(conn, key),
    )


def _reversed(conn: Connection, key: EventKey, found: Adjustment) -> Adjustment:
    return replace(found, reversed_=_mark(conn, event_of(conn, key)), postings=entries.postings_of(conn, key))


def _mark(conn: Connection, event: Event) -> Mark:
    words = entries.notes_of(conn, event.key).get("reason", "")
    return Mark(entries.entry(conn, event).actor_name, moment(event.recorded_at), words)


def event_of(conn: Connection, key: EventKey) -> Event:
    """Return an entry that a row names."""
    event = entries.event_at(conn, key)
    if event is None:
        raise AssertionError(key)
    return event


def _evidence(notes: Mapping[str, str]) -> dict[str, str]:
    told = notes.get("evidence")
    return {TAKEN_OUT: ""} if told is None else {str(name): str(words) for name, words in json.loads(told).items()}


def _documents(conn: Connection, number: str) -> tuple[Document, ...]:
    subject = subject_of(number)
    files = adjustments.files_of(conn, subject)
    twins: Sequence[adjustments.FileRecord] = (
        adjustments.same_files(conn, {one.sha256 for one in files}, subject) if files else ()
    )
    return tuple(
        Document(
            one.number, one.name, one.media, one.size, one.sha256, one.added_by, moment(one.added_at),
            tuple(twin.subject.partition(":")[2] for twin in twins if twin.sha256 == one.sha256),
        )
        for one in files
    )  # fmt: skip
