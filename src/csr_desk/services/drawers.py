"""Drawers: opening with a counted float, locking for lunch, drops to the safe (C1–C8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from csr_desk.data.queries import Connection, batches, entries, sums
from csr_desk.data.queries.batches import BatchRecord
from csr_desk.data.queries.entries import Event
from csr_desk.data.unit_of_work import Work
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.custody import pieces_as_facts
from csr_desk.domain.drawer import Band, Batch, BatchState, DropSlip, OpeningSlip, cash_total
from csr_desk.domain.errors import (
    BadInput,
    Counting,
    DrawerInUse,
    MissingInput,
)
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.money import Cents
from csr_desk.domain.people import Act, Actor, Approval
from csr_desk.domain.postings import HOUSE, move
from csr_desk.services import approvals, days, training_records
from csr_desk.services.counting import (
    CountDrawer,
    count,
    done_before,
    items_to_tick,
    stop_selling,
    submit_count,
)
from csr_desk.services.custody import batch_value, held_cash, held_then, own_batch, selling_batch, written_event
from csr_desk.services.desk import Desk, content_of, moment
from csr_desk.services.receipts import earlier_event, queue_print
from csr_desk.services.words import plain_words

__all__ = [
    "CountDrawer",
    "DrawerCard",
    "DropCash",
    "OpenDrawer",
    "cash_band",
    "count",
    "drawers",
    "drop",
    "items_to_tick",
    "my_batch",
    "open_drawer",
    "stop_selling",
    "submit_count",
    "suspend",
    "unsuspend",
]


@dataclass(frozen=True, slots=True)
class DrawerCard:
    """A drawer and who holds it."""

    drawer: str
    name: str
    float_amount: Cents
    batch: Batch | None


@dataclass(frozen=True, slots=True)
class OpenDrawer:
    """Open a drawer with the counted float (cents of a piece: pieces)."""

    key: str
    drawer: str
    pieces: Mapping[Cents, int]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DropCash:
    """Carry cash to the safe in a numbered bag."""

    key: str
    pieces: Mapping[Cents, int]
    bag: str


def drawers(desk: Desk, actor: Actor) -> tuple[DrawerCard, ...]:
    """Return the drawers of the office with the batch that is open at each."""
    actor.require(Act.QUOTE)
    with desk.read() as work:
        open_now = {row.drawer: row for row in batches.unfinished(work.conn)}
        return tuple(
            DrawerCard(
                row.drawer,
                row.name,
                row.authorized,
                batch_value(work.conn, open_now[row.drawer]) if row.drawer in open_now else None,
            )
            for row in desk.drawers.values()
            if row.active
        )


def my_batch(desk: Desk, actor: Actor) -> Batch | None:
    """Return the batch that a person holds now, if any."""
    with desk.read() as work:
        row = batches.unfinished_of(work.conn, actor.user)
        if row is None:
            desk.selling.pop(actor.user, None)
            return None
        desk.selling[actor.user] = (row.drawer, row.business_date)
        return batch_value(work.conn, row)


def cash_band(desk: Desk, actor: Actor) -> Band:
    """Say how full the actor's drawer is, as a band and never as an amount (C5, blind)."""
    with desk.read() as work:
        row = batches.unfinished_of(work.conn, actor.user)
        held = 0 if row is None else held_cash(desk, work.conn, row)
    if held >= desk.policy.cash_lock:
        return Band.LOCKED
    return Band.WARN if held >= desk.policy.cash_warn else Band.NORMAL


def open_drawer(desk: Desk, actor: Actor, command: OpenDrawer, approval: Approval | None = None) -> Done[OpeningSlip]:
    """Open a drawer for the actor; a float that differs needs a reason and a supervisor's signature (C3).

    Raises TrainingExpired, DrawerInUse, DayClosed, NotFound, ApprovalNeeded, MissingInput.
    """
    actor.require(Act.OPEN_DRAWER)
    content = content_of(desk, actor.user, command)
    drawer = desk.drawer(command.drawer)
    counted = cash_total(command.pieces)
    reason = plain_words(command.reason, "reason")
    with desk.begin() as work:
        work.lock_series(drawer.series, desk.office_series)
        if (earlier := earlier_event(work.conn, command.key, content)) is not None:
            slip = opening_slip_of(desk, work.conn, earlier)
            return Done(replace(slip, batch=replace(slip.batch, state=BatchState.OPEN)), replayed=True)
        drawer = batches.one_drawer(work.conn, drawer.drawer)
        _refuse_untrained_or_second(desk, work.conn, actor, drawer.drawer)
        signed = None
        if counted != drawer.authorized:
            signed = approvals.require(desk, approval, actor, (Act.OPEN_DRAWER, drawer.drawer, counted))
            if not reason:
                raise MissingInput("Say why the float differs from what is authorized.", field="reason")
        days.ensure_open(work, desk, actor, today := days.day_to_open(work, desk))
        batch_id = _insert(work.conn, drawer.drawer, today, actor.user)
        written = work.append(
            EntryDraft(
                series=drawer.series,
                kind=EventKind.BATCH_OPENED,
                business_date=today,
                actor=actor.user,
                approver=signed.signer if signed else None,
                idem_key=command.key,
                content_hash=content,
                batch=batch_id,
                facts={"counted": counted, "authorized": drawer.authorized, "pieces": pieces_as_facts(command.pieces)},
                notes={"reason": reason} if reason else {},
                postings=move(HOUSE.change_fund, HOUSE.drawer, counted),
            ),
            desk.now_text(),
        )
        batches.update_batch(work.conn, batch_id, {"opened_seq": written.key.seq})
        if signed:
            approvals.use(work, signed, actor, written)
        queue_print(work.conn, written.key, desk.now_text(), document="opening_slip")
        slip = opening_slip_of(desk, work.conn, written_event(work.conn, written.key))
    desk.selling[actor.user] = (drawer.drawer, slip.batch.business_date)
    return Done(slip, frozenset({Topic.DRAWER, Topic.BATCHES, Topic.DAY, Topic.PRINTING}))


def _refuse_untrained_or_second(desk: Desk, conn: Connection, actor: Actor, drawer: str) -> None:
    training_records.require_trained(desk, conn, actor.user)
    mine = batches.unfinished_of(conn, actor.user)
    if mine is not None:
        raise DrawerInUse(f"You hold drawer {mine.drawer_name} already. One person holds one drawer at a time.")
    other = batches.unfinished_at(conn, drawer)
    if other is not None:
        raise DrawerInUse(f"{other.custodian_name} holds drawer {other.drawer_name}.")


def _insert(conn: Connection, drawer: str, today: date, user: str) -> str:
    """Add the batch and return its id: drawer, business date and the how many-th of that day."""
    batch_id = f"{drawer}-{today:%Y%m%d}-{batches.count_batches(conn, drawer, today) + 1}"
    batches.insert_batch(
        conn,
        {
            "batch_id": batch_id,
            "drawer_id": drawer,
            "business_date": today.isoformat(),
            "custodian_id": user,
            "state": BatchState.OPEN.value,
            "suspended": 0,
            "attempts": 0,
            "submitted_attempt": None,
            "opened_seq": 0,
            "z_number": None,
            "accepted_seq": None,
            "deposit_id": None,
        },
    )
    return batch_id


def opening_slip_of(desk: Desk, conn: Connection, event: Event) -> OpeningSlip:
    """Read the opening slip of an entry back."""
    entry = entries.entry(conn, event)
    return OpeningSlip(
        desk.office,
        held_then(conn, event, entry.actor_name),
        {int(value): number for value, number in event.facts["pieces"].items()},
        event.facts["counted"],
        event.facts["authorized"],
        entry.approver_name,
        entry.notes.get("reason", ""),
        moment(event.recorded_at),
    )


def suspend(desk: Desk, actor: Actor, key: str) -> Done[Batch]:
    """Lock the actor's drawer for a while (C8)."""
    return _set_suspended(desk, actor, key, EventKind.BATCH_LOCKED)


def unsuspend(desk: Desk, actor: Actor, key: str) -> Done[Batch]:
    """Unlock the actor's drawer."""
    return _set_suspended(desk, actor, key, EventKind.BATCH_UNLOCKED)


def _set_suspended(desk: Desk, actor: Actor, key: str, kind: EventKind) -> Done[Batch]:
    actor.require(Act.OPEN_DRAWER)
    content = content_of(desk, actor.user, kind)
    locked = kind is EventKind.BATCH_LOCKED
    with desk.begin() as work:
        if (before := done_before(work, key, content, BatchState.OPEN, suspended=locked)) is not None:
            return before
        row = own_batch(work, actor)
        if (before := done_before(work, key, content, BatchState.OPEN, suspended=locked)) is not None:
            return before
        if row.state is not BatchState.OPEN:
            raise Counting
        work.append(
            EntryDraft(
                series=row.series,
                kind=kind,
                business_date=row.business_date,
                actor=actor.user,
                idem_key=key,
                content_hash=content,
                batch=row.batch_id,
            ),
            desk.now_text(),
        )
        batches.update_batch(work.conn, row.batch_id, {"suspended": int(locked)})
        done = batch_value(work.conn, _reread(work.conn, row))
    return Done(done, frozenset({Topic.DRAWER, Topic.BATCHES}))


def _reread(conn: Connection, row: BatchRecord) -> BatchRecord:
    return batches.one_batch(conn, row.batch_id) or row


def drop(desk: Desk, actor: Actor, command: DropCash, approval: Approval | None = None) -> Done[DropSlip]:
    """Carry cash from the actor's drawer to the safe before a witness (C6).

    Raises DrawerNotOpen, Counting, ApprovalNeeded, SelfApproval, BadInput, MissingInput.
    """
    actor.require(Act.DROP)
    content = content_of(desk, actor.user, command)
    amount = cash_total(command.pieces)
    bag = plain_words(command.bag, "bag")
    with desk.begin() as work:
        if (before := _dropped_before(desk, work, command, content)) is not None:
            return before
        row = selling_batch(work, desk, actor, None, locked_too=True)
        # its series is locked only now: the same act may have been recorded from elsewhere meanwhile
        if (before := _dropped_before(desk, work, command, content)) is not None:
            return before
        if amount <= 0:
            raise BadInput("A drop carries something.", field="cash")
        if not bag:
            raise MissingInput("Key the number of the bag.", field="bag")
        witness = approvals.require(desk, approval, actor, (Act.DROP, row.batch_id, amount))
        number = sums.count_events(work.conn, row.batch_id, EventKind.DROP) + 1
        written = work.append(
            EntryDraft(
                series=row.series,
                kind=EventKind.DROP,
                business_date=row.business_date,
                actor=actor.user,
                approver=witness.signer,
                idem_key=command.key,
                content_hash=content,
                batch=row.batch_id,
                facts={
                    "amount": amount,
                    "bag": bag,
                    "number": number,
                    "pieces": pieces_as_facts(command.pieces),
                },
                postings=move(HOUSE.drawer, HOUSE.safe, amount),
            ),
            desk.now_text(),
        )
        approvals.use(work, witness, actor, written)
        queue_print(work.conn, written.key, desk.now_text(), document="drop_slip")
        slip = drop_slip_of(desk, work.conn, written_event(work.conn, written.key))
    return Done(slip, frozenset({Topic.DRAWER, Topic.BATCHES, Topic.PRINTING}))


def _dropped_before(desk: Desk, work: Work, command: DropCash, content: str) -> Done[DropSlip] | None:
    earlier = earlier_event(work.conn, command.key, content)
    return None if earlier is None else Done(drop_slip_of(desk, work.conn, earlier), replayed=True)


def drop_slip_of(desk: Desk, conn: Connection, event: Event) -> DropSlip:
    """Read the drop slip of an entry back."""
    entry = entries.entry(conn, event)
    return DropSlip(
        desk.office,
        held_then(conn, event, entry.actor_name),
        event.facts["number"],
        {int(value): count for value, count in event.facts["pieces"].items()},
        event.facts["amount"],
        event.facts["bag"],
        entry.approver_name,
        moment(event.recorded_at),
    )
