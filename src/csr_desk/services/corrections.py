"""Corrections: each is a new entry that points back; nothing that was posted is ever changed (A21)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from csr_desk.data.queries import Connection, batches, entries, sums
from csr_desk.data.queries.batches import BatchRecord
from csr_desk.data.queries.entries import Event
from csr_desk.data.unit_of_work import Work
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.custody import NoSaleSlip
from csr_desk.domain.drawer import BatchState
from csr_desk.domain.errors import (
    AlreadyVoided,
    BatchClosed,
    Counting,
    DrawerNotOpen,
    Ineligible,
    MissingInput,
    NotPermitted,
    SelfApproval,
)
from csr_desk.domain.ledger import EntryDraft, EventKind, LineRow
from csr_desk.domain.people import Act, Actor, Approval
from csr_desk.domain.postings import reverse, tender_postings
from csr_desk.domain.receipt import Receipt
from csr_desk.services import applying, approvals, collection_steps, sale_tells, work_from_sales
from csr_desk.services.bill_items import taken_back
from csr_desk.services.custody import held_then, own_batch
from csr_desk.services.desk import Desk, content_of, moment
from csr_desk.services.receipts import (
    Past,
    People,
    earlier_event,
    event_of_number,
    number_of,
    queue_print,
    receipt_at,
    receipt_from,
)
from csr_desk.services.standing_tenders import Standing, numbered_back, standing_rows
from csr_desk.services.words import plain_words

TOPICS = frozenset({Topic.RECEIPTS, Topic.DRAWER, Topic.BATCHES, Topic.PRINTING})


@dataclass(frozen=True, slots=True)
class Void:
    """Take a whole receipt back within its own batch."""

    key: str
    receipt: str
    reason: str


@dataclass(frozen=True, slots=True)
class NoSale:
    """Open the drawer without a sale."""

    key: str
    reason: str


def void_reasons(desk: Desk) -> tuple[str, ...]:
    """Return what a void may be for; the first goes with the digit 1."""
    return desk.policy.void_reasons


def open_batch_of(conn: Connection, actor: Actor, event: Event) -> BatchRecord:
    """Return the batch of a receipt while its custodian may still correct in it.

    Raises NotPermitted (another person's), BatchClosed, Counting, DrawerNotOpen (locked).
    """
    row = batches.one_batch(conn, event.batch or "")
    if row is None or row.state is BatchState.ACCEPTED:
        raise BatchClosed
    if row.custodian != actor.user:
        raise NotPermitted(f"This receipt is in the drawer of {row.custodian_name}. Only its holder corrects it.")
    if row.state is not BatchState.OPEN:
        raise Counting
    if row.suspended:
        raise DrawerNotOpen("Your drawer is locked. Unlock it first.")
    return row


def void(desk: Desk, actor: Actor, command: Void, approval: Approval | None = None) -> Done[Receipt]:
    """Void a sale of the actor's open batch by an entry that is its exact negative (supervisor approves).

    Raises NotFound, AlreadyVoided, BatchClosed, NotPermitted, ApprovalNeeded, Ineligible, MissingInput.
    """
    actor.require(Act.VOID)
    content = content_of(desk, actor.user, command)
    reason = plain_words(command.reason, "reason", 200)
    with desk.begin() as work:
        event = event_of_number(desk, work.conn, command.receipt)
        work.lock_series(event.key.series)
        earlier = earlier_event(work.conn, command.key, content)
        if earlier is not None:
            return Done(receipt_at(desk, work.conn, earlier, 0), replayed=True)
        refuse_void(work.conn, event)
        row = open_batch_of(work.conn, actor, event)
        if not reason:
            raise MissingInput("Say why the receipt is voided.", field="reason")
        original = receipt_at(desk, work.conn, event, 0)
        applying.refuse_spent(work.conn, lines_back(original.lines))
        asked = (Act.VOID, original.number, original.total)
        approved = approvals.require(desk, approval, actor, asked)
        refuse_taker(event, approved)
        rows = standing_rows(work.conn, event, original.tenders)
        draft = void_draft(event, original, (row, rows), (actor, approved, command.key, content, reason))
        whose = applying.about_customer_of(event.facts)
        draft = applying.told_about(work.conn, replace(draft, facts={**draft.facts, **whose}))
        tells = sale_tells.of_void(work, desk, (event, draft.lines), row.business_date)
        draft = sale_tells.told_draft(draft, tells)
        written = sale_tells.append(work, desk, draft, tells)
        approvals.use(work, approved, actor, written)
        applying.post(work.conn, written.key, draft)
        where = collection_steps.Where(row.series, row.business_date, command.key, row.batch_id)
        collection_steps.put_back(work, desk, actor, (original.lines, original.number), where)
        off = work_from_sales.call_off(work, desk, actor, event.key, where)
        queue_print(work.conn, written.key, desk.now_text())
    people = People(actor.name, approved.signer_name)
    done = receipt_from(desk, draft, written, people, Past(reverses=original.number))
    topics = TOPICS | {Topic.ACCOUNTS} | sale_tells.topics_of(draft)
    return Done(done, topics | {Topic.WORK_ORDERS} if off else topics)


def refuse_void(conn: Connection, event: Event) -> None:
    """Raise AlreadyVoided or Ineligible for what cannot be voided: no sale, given back in part, moved here."""
    refuse_taken_back(conn, event)
    if event.facts.get("moved"):
        raise Ineligible("This receipt moved a payment of a closed batch here. Apply it anew instead of voiding it.")


def refuse_taken_back(conn: Connection, event: Event) -> None:
    """Raise AlreadyVoided or Ineligible for what is no sale or was taken back already, wholly or in part."""
    if event.kind is not EventKind.SALE:
        raise Ineligible("Only a sale can be taken back.")
    for back in entries.reversals_of(conn, event.key):
        if back.kind is EventKind.VOID:
            raise AlreadyVoided(f"This receipt was voided already, by {number_of(back)}.")
        if back.kind not in {EventKind.REPRINT, EventKind.TENDER_CORRECTED}:
            raise Ineligible("This receipt was refunded, applied anew or returned by the bank already.")


def refuse_taker(event: Event, approved: Approval) -> None:
    """Raise SelfApproval where the second person is the one who took the money (a drawer may have changed hands)."""
    if approved.signer == event.actor:
        raise SelfApproval("Who took the money does not approve that it is given back. Ask another supervisor.")


def void_draft(
    event: Event,
    original: Receipt,
    where: tuple[BatchRecord, Sequence[Standing]],
    by: tuple[Actor, Approval, str, str, str],
) -> EntryDraft:
    """Return the exact negative of a sale, its tenders as they stand now (kinds may have been corrected since)."""
    row, standing = where
    actor, approved, key, content, reason = by
    tenders = numbered_back(standing)
    booked = [posting for posting in original.postings if posting.tender is None]
    return EntryDraft(
        series=row.series,
        kind=EventKind.VOID,
        business_date=row.business_date,
        actor=actor.user,
        approver=approved.signer,
        idem_key=key,
        content_hash=content,
        batch=row.batch_id,
        reverses=event.key,
        facts={"receipt": original.number, **taken_back(event.facts, [line.number for line in original.lines])},
        notes={"reason": reason, **({"customer": original.customer} if original.customer else {})},
        lines=lines_back(original.lines),
        tenders=tenders,
        postings=(*tender_postings(tenders), *reverse(booked)),
    )


def lines_back(lines: Sequence[LineRow]) -> tuple[LineRow, ...]:
    """Return the exact negative of lines."""
    return tuple(
        replace(
            line,
            amount=-line.amount,
            tax=-line.tax,
            list_amount=None if line.list_amount is None else -line.list_amount,
        )
        for line in lines
    )


def no_sale(desk: Desk, actor: Actor, command: NoSale) -> Done[str]:
    """Record that the drawer was opened without a sale, with the reason; returns the entry's name (C9)."""
    actor.require(Act.NO_SALE)
    content = content_of(desk, actor.user, command)
    reason = plain_words(command.reason, "reason", 200)
    with desk.begin() as work:
        earlier = earlier_event(work.conn, command.key, content)
        row = own_batch(work, actor) if earlier is None else None
        # the series is locked only now: the same may have been recorded from elsewhere meanwhile
        earlier = earlier or earlier_event(work.conn, command.key, content)
        if earlier is not None:
            return Done(f"{earlier.key.series}/{earlier.key.seq}", replayed=True)
        if row is None:
            raise AssertionError(command.key)
        _refuse_no_sale(row, reason)
        event = _append_no_sale(work, desk, actor, (row, command.key, content, reason))
    return Done(event, frozenset({Topic.DRAWER, Topic.BATCHES, Topic.PRINTING}))


def _refuse_no_sale(row: BatchRecord, reason: str) -> None:
    if row.state is not BatchState.OPEN:
        raise Counting
    if row.suspended:
        raise DrawerNotOpen("Your drawer is locked. Unlock it first.")
    if not reason:
        raise MissingInput("Say why the drawer is opened.", field="reason")


def _append_no_sale(work: Work, desk: Desk, actor: Actor, what: tuple[BatchRecord, str, str, str]) -> str:
    row, key, content, reason = what
    written = work.append(
        EntryDraft(
            series=row.series,
            kind=EventKind.NO_SALE,
            business_date=row.business_date,
            actor=actor.user,
            idem_key=key,
            content_hash=content,
            batch=row.batch_id,
            facts={"number": sums.count_events(work.conn, row.batch_id, EventKind.NO_SALE) + 1},
            notes={"reason": reason},
        ),
        desk.now_text(),
    )
    queue_print(work.conn, written.key, desk.now_text(), document="no_sale_slip")
    return f"{written.key.series}/{written.key.seq}"


def no_sale_slip_of(desk: Desk, conn: Connection, event: Event) -> NoSaleSlip:
    """Read the slip of a no-sale back; its reason is gone once it was purged."""
    entry = entries.entry(conn, event)
    batch = held_then(conn, event, entry.actor_name)
    number = int(event.facts.get("number", 0))
    return NoSaleSlip(desk.office, batch, number, entry.notes.get("reason", ""), moment(event.recorded_at))
