"""Corrections: each is a new entry that points back; nothing that was posted is ever changed (A21)."""

from __future__ import annotations

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
)
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.people import Act, Actor, Approval
from csr_desk.domain.postings import reverse
from csr_desk.domain.receipt import Receipt
from csr_desk.services import approvals, bills
from csr_desk.services.custody import held_by, own_batch
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
        _refuse_void(work.conn, event)
        row = open_batch_of(work.conn, actor, event)
        if not reason:
            raise MissingInput("Say why the receipt is voided.", field="reason")
        original = receipt_at(desk, work.conn, event, 0)
        asked = (Act.VOID, original.number, original.total)
        approved = approvals.require(desk, approval, actor, asked)
        draft = _void_draft(event, original, row, (actor, approved, command.key, content, reason))
        written = work.append(draft, desk.now_text())
        approvals.use(work, approved, actor, written)
        bills.take_back(work.conn, original.lines)
        queue_print(work.conn, written.key, desk.now_text())
    people = People(actor.name, approved.signer_name)
    done = receipt_from(desk, draft, written, people, Past(reverses=original.number))
    return Done(done, TOPICS | {Topic.ACCOUNTS})


def _refuse_void(conn: Connection, event: Event) -> None:
    if event.kind is not EventKind.SALE:
        raise Ineligible("Only a sale can be voided.")
    for back in entries.reversals_of(conn, event.key):
        if back.kind is EventKind.VOID:
            raise AlreadyVoided(f"This receipt was voided already, by {number_of(back)}.")
        if back.kind is not EventKind.REPRINT:
            raise Ineligible("This receipt was corrected or refunded already; it cannot be voided any more.")


def _void_draft(
    event: Event, original: Receipt, row: BatchRecord, by: tuple[Actor, Approval, str, str, str]
) -> EntryDraft:
    actor, approved, key, content, reason = by
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
        facts={"receipt": original.number},
        notes={"reason": reason, **({"customer": original.customer} if original.customer else {})},
        lines=tuple(
            replace(
                line,
                amount=-line.amount,
                tax=-line.tax,
                list_amount=None if line.list_amount is None else -line.list_amount,
            )
            for line in original.lines
        ),
        tenders=tuple(replace(tender, amount=-tender.amount) for tender in original.tenders),
        postings=reverse(original.postings),
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
    row = batches.one_batch(conn, event.batch or "")
    if row is None:
        raise DrawerNotOpen
    entry = entries.entry(conn, event)
    batch = held_by(conn, row, event.actor, entry.actor_name)
    number = int(event.facts.get("number", 0))
    return NoSaleSlip(desk.office, batch, number, entry.notes.get("reason", ""), moment(event.recorded_at))
