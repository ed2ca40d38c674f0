"""Preparing an adjustment for somebody else to decide: tried out, asked for, proved with files, taken back (F4, F5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from csr_desk.data.queries import Connection, adjustments, payments
from csr_desk.data.queries.adjustments import AdjustmentRecord
from csr_desk.data.unit_of_work import Work
from csr_desk.domain import about
from csr_desk.domain.chain import canonical_json
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.errors import BadInput, Conflict, Ineligible, MissingInput, NotPermitted
from csr_desk.domain.ledger import EntryDraft, EventKey, EventKind, Posting, Written
from csr_desk.domain.money import MAX_CENTS, Cents, shown
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.receivable.adjusting import Worksheet
from csr_desk.domain.receivable.adjustment import Adjustment, State, decider_of
from csr_desk.services import documents_kept
from csr_desk.services.adjustment_cases import Prepared, Wanted, asked_bills, prepare
from csr_desk.services.adjustment_records import adjustment, record_of, subject_of
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.documents_kept import NewDocument
from csr_desk.services.numbers import number_from
from csr_desk.services.receipts import earlier_event
from csr_desk.services.words import plain_words

TOPICS = frozenset({Topic.ACCOUNTS, Topic.APPROVALS})
_MOST_EVIDENCE = 12


@dataclass(frozen=True, slots=True)
class RequestAdjustment:
    """What is asked for, why, and the files that prove it."""

    key: str
    wanted: Wanted
    reason: str = ""
    documents: tuple[NewDocument, ...] = ()


@dataclass(frozen=True, slots=True)
class AttachDocuments:
    """Further files for a request that waits."""

    key: str
    adjustment: str
    documents: tuple[NewDocument, ...]


@dataclass(frozen=True, slots=True)
class WithdrawAdjustment:
    """Whoever asked takes the request back."""

    key: str
    adjustment: str
    reason: str = ""


def try_out(desk: Desk, actor: Actor, wanted: Wanted) -> Worksheet:
    """Work a request out without recording anything: every rule with what it found, and what would come off.

    Raises NotFound (account, bill), BadInput (kind), MissingInput (an amount that nothing here computes).
    """
    actor.require(Act.REQUEST_ADJUSTMENT)
    with desk.read() as work:
        return prepare(desk, work.conn, wanted).worksheet


def request(desk: Desk, actor: Actor, command: RequestAdjustment) -> Done[Adjustment]:
    """Ask for an adjustment; nothing that is owed changes before somebody else approves it.

    Raises what ``try_out`` raises, Ineligible (with each rule that does not hold, or above every tier), Conflict (the
    same bill waits for a decision already) and BadInput (evidence, files).
    """
    actor.require(Act.REQUEST_ADJUSTMENT)
    content = content_of(desk, actor.user, command)
    notes = _notes(command)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        number = number_from("ADJ", command.key)
        if earlier_event(work.conn, command.key, content) is not None:
            return Done(adjustment(desk, work.conn, record_of(work.conn, number)), replayed=True)
        prepared = prepare(desk, work.conn, command.wanted)
        _refuse(desk, work.conn, prepared)
        files = documents_kept.numbered(command.key, documents_kept.checked(desk, command.documents))
        facts = _facts(number, prepared)
        draft = {"facts": {**facts, "documents": files}, "notes": notes, "about": command.wanted.account}
        written = record(work, desk, actor, (EventKind.ADJUSTMENT_REQUESTED, command.key, content), draft)
        _keep(work, actor, written, facts)
        pairs = list(zip(command.documents, files, strict=True))
        documents_kept.keep(work, actor, subject_of(number), pairs, written.recorded_at)
        done = adjustment(desk, work.conn, record_of(work.conn, number))
    return Done(done, TOPICS)


def attach(desk: Desk, actor: Actor, command: AttachDocuments) -> Done[Adjustment]:
    """Add files to a request that waits; raise NotFound, Conflict (decided), MissingInput or BadInput (the files)."""
    actor.require(Act.REQUEST_ADJUSTMENT)
    content = content_of(desk, actor.user, command)
    if not command.documents:
        raise MissingInput("Choose a file.", field="documents")
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        before = record_of(work.conn, command.adjustment)
        if earlier_event(work.conn, command.key, content) is not None:
            return Done(adjustment(desk, work.conn, before), replayed=True)
        refuse_decided(before)
        had = [one.sha256 for one in adjustments.files_of(work.conn, subject_of(before.number))]
        files = documents_kept.numbered(command.key, documents_kept.checked(desk, command.documents, had))
        facts = {"change": "documents", "adjustment": before.number, "account": before.account, "documents": files}
        names = {"documents": documents_kept.names_text(command.documents)}
        draft = {"facts": facts, "notes": names, "reverses": before.entry, "about": before.account}
        written = record(work, desk, actor, (EventKind.ADJUSTMENT_REQUESTED, command.key, content), draft)
        pairs = list(zip(command.documents, files, strict=True))
        documents_kept.keep(work, actor, subject_of(before.number), pairs, written.recorded_at)
        done = adjustment(desk, work.conn, before)
    return Done(done, TOPICS)


def withdraw(desk: Desk, actor: Actor, command: WithdrawAdjustment) -> Done[Adjustment]:
    """Take one's own request back; raise NotFound, NotPermitted (another person's), Conflict (decided already)."""
    actor.require(Act.REQUEST_ADJUSTMENT)
    content = content_of(desk, actor.user, command)
    reason = plain_words(command.reason, "reason")
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        before = record_of(work.conn, command.adjustment)
        if earlier_event(work.conn, command.key, content) is not None:
            return Done(adjustment(desk, work.conn, before), replayed=True)
        if before.requested_by != actor.user:
            raise NotPermitted(f"{before.requested_name} asked for this. They take it back, or somebody refuses it.")
        refuse_decided(before)
        facts = {
            "change": State.WITHDRAWN.value, "adjustment": before.number, "account": before.account,
            "amount": before.amount,
        }  # fmt: skip
        draft = {"facts": facts, "notes": {"reason": reason}, "reverses": before.entry, "about": before.account}
        written = record(work, desk, actor, (EventKind.ADJUSTMENT_DECIDED, command.key, content), draft)
        close(work, before, State.WITHDRAWN, actor, written)
        done = adjustment(desk, work.conn, record_of(work.conn, before.number))
    return Done(done, TOPICS)


def refuse_decided(before: AdjustmentRecord) -> None:
    """Raise Conflict unless a request still waits."""
    if before.state != State.REQUESTED.value:
        by = f" by {before.decided_name}" if before.decided_name else ""
        raise Conflict(f"{before.number} was {before.state}{by} already.")


def record(work: Work, desk: Desk, actor: Actor, what: tuple[EventKind, str, str], draft: Mapping[str, Any]) -> Written:
    """Write an entry about an adjustment, and let the account's time line find it.

    ``draft`` has ``facts``, ``about`` (the account), and where there are any ``notes``, ``reverses``, ``postings`` and
    the ``day`` that these are posted to.
    """
    kind, key, content = what
    reverses: EventKey | None = draft.get("reverses")
    postings: Sequence[Posting] = draft.get("postings", ())
    day: date = draft.get("day") or desk.today()
    written = work.append(
        EntryDraft(
            series=desk.office_series,
            kind=kind,
            business_date=day,
            actor=actor.user,
            idem_key=key,
            content_hash=content,
            reverses=reverses,
            facts=draft["facts"],
            notes={topic: text for topic, text in draft.get("notes", {}).items() if text},
            postings=tuple(postings),
        ),
        desk.now_text(),
    )
    payments.note_about(work.conn, written.key, (about.account(draft["about"]),))
    return written


def close(work: Work, before: AdjustmentRecord, state: State, actor: Actor, written: Written) -> None:
    """Note what was decided."""
    values = {
        "state": state.value, "decided_by": actor.user, "decided_series": written.key.series,
        "decided_seq": written.key.seq,
    }  # fmt: skip
    adjustments.update_adjustment(work.conn, before.number, values)


def _notes(command: RequestAdjustment) -> dict[str, str]:
    """Keep what people keyed beside the facts, where it may be purged; raise BadInput."""
    if len(command.wanted.evidence) > _MOST_EVIDENCE:
        raise BadInput(f"At most {_MOST_EVIDENCE} pieces of evidence are kept.", field="evidence")
    told = {plain_words(name, "evidence", 40): plain_words(words, name) for name, words in command.wanted.evidence}
    names = documents_kept.names_text(command.documents)
    return {"evidence": canonical_json(told), "reason": plain_words(command.reason, "reason"), "documents": names}


def _refuse(desk: Desk, conn: Connection, prepared: Prepared) -> None:
    sheet, kind = prepared.worksheet, prepared.case.kind
    if not sheet.eligible:
        told = "; ".join(f"{step.words}: {step.figure}" for step in sheet.failed) or "nothing would come off"
        raise Ineligible(f"{kind.name} ({kind.authority or kind.code}) is not possible. {told}.")
    if abs(sheet.amount) > MAX_CENTS or decider_of(sheet.amount, desk.policy) is None:
        raise Ineligible(f"Nobody of this office decides {shown(abs(sheet.amount))}.")
    wanted = {part.bill for part in prepared.parts}
    for other in adjustments.adjustments_of(conn, prepared.account.account):
        if other.state == State.REQUESTED.value and wanted & {bill for bill, _ in asked_bills(conn, other)}:
            raise Conflict(f"{other.number} waits for a decision about the same bill.")


def _facts(number: str, prepared: Prepared) -> dict[str, Any]:
    """Say what is asked for, impersonally: amounts below zero are for the customer's good (cents)."""
    return {
        "change": State.REQUESTED.value,
        "adjustment": number,
        "account": prepared.account.account,
        "kind": prepared.case.kind.code,
        "amount": -prepared.worksheet.amount,
        "parts": [
            {
                "bill": part.bill,
                "month": part.month.isoformat(),
                "amount": -part.amount,
                "by_account": dict(part.by_account),
            }
            for part in prepared.parts
        ],
        "worksheet": [[step.words, step.figure, step.holds] for step in prepared.worksheet.steps],
    }


def _keep(work: Work, actor: Actor, written: Written, facts: Mapping[str, Any]) -> None:
    amount: Cents = facts["amount"]
    bills = [str(part["bill"]) for part in facts["parts"]]
    adjustments.insert_adjustment(
        work.conn,
        {
            "adjustment_id": facts["adjustment"],
            "account_no": facts["account"],
            "bill_id": bills[0] if len(bills) == 1 else None,
            "kind": facts["kind"],
            "state": State.REQUESTED.value,
            "amount_minor": amount,
            "worksheet": canonical_json(facts["worksheet"]),
            "requested_by": actor.user,
            "decided_by": None,
            "series_id": written.key.series,
            "seq": written.key.seq,
            "decided_series": None,
            "decided_seq": None,
            "reversed_series": None,
            "reversed_seq": None,
        },
    )
