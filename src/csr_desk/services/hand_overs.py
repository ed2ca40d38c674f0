"""Handing an open drawer to another person: two counts, two names, one moment (C4, control 21; decision 0013)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from csr_desk.data.queries import Connection, batches, entries, people
from csr_desk.data.queries.batches import BatchRecord
from csr_desk.data.queries.deposit_items import LISTED
from csr_desk.data.queries.entries import Event
from csr_desk.data.unit_of_work import Work
from csr_desk.domain.catalogue import ItemUse
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.count import Expected, check_sheet, differences, sheet_as_facts, sheet_from_facts
from csr_desk.domain.custody import HandOverSlip, check_same
from csr_desk.domain.drawer import BatchState, CountSheet, TapeCount, cash_total
from csr_desk.domain.errors import (
    ApprovalNeeded,
    Counting,
    DrawerInUse,
    DrawerNotOpen,
    MissingInput,
    NotFound,
    NotPermitted,
    SelfApproval,
)
from csr_desk.domain.ledger import EntryDraft, EventKind, Posting
from csr_desk.domain.money import Cents
from csr_desk.domain.people import Act, Actor, Approval
from csr_desk.domain.postings import HOUSE, difference_postings
from csr_desk.domain.tender import TRAITS, TenderKind
from csr_desk.services import approvals, training_records
from csr_desk.services.counting import expected_of
from csr_desk.services.custody import held_then, own_batch, written_event
from csr_desk.services.desk import Desk, content_of, house_shares, moment
from csr_desk.services.receipts import earlier_event, queue_print

TOPICS = frozenset({Topic.DRAWER, Topic.BATCHES, Topic.DAY, Topic.PRINTING})


@dataclass(frozen=True, slots=True)
class HandOver:
    """An open drawer for another person: what the giver counted, and what the receiver counted."""

    key: str
    to: str
    """User id of the person who takes it over."""
    pieces: Mapping[Cents, int]
    their_pieces: Mapping[Cents, int]
    others: Mapping[str, TapeCount] = field(default_factory=dict)
    """Checks and money orders by items and tape, counted together."""


def hand_over(desk: Desk, actor: Actor, command: HandOver, approval: Approval | None = None) -> Done[HandOverSlip]:
    """Hand the actor's open drawer over; what differs from what it should hold is the giver's, booked at once.

    The receiver signs with their own secret for the cash that both counted. Nobody is told a difference.
    Raises DrawerNotOpen (none, or locked), Counting, BadInput (the counts differ), MissingInput, NotFound, DrawerInUse
    (the receiver holds a drawer), ApprovalNeeded, SelfApproval, NotPermitted (somebody else signed).
    """
    actor.require(Act.HAND_OVER)
    content = content_of(desk, actor.user, command)
    check_same(command.pieces, command.their_pieces)
    sheet = CountSheet(command.pieces, command.others)
    check_sheet(sheet)
    with desk.begin() as work:
        if (before := _before(desk, work, command, content)) is not None:
            return before
        row = own_batch(work, actor)
        # its series is locked only now: the same act may have been recorded from elsewhere meanwhile
        if (before := _before(desk, work, command, content)) is not None:
            return before
        signed = _may_hand_over(desk, work.conn, actor, (row, command, approval))
        slip = _record(work, desk, actor, (row, command, content, sheet, signed))
    desk.selling.pop(actor.user, None)
    desk.selling[command.to] = (row.drawer, row.business_date)
    return Done(slip, TOPICS)


def receivers(desk: Desk, actor: Actor) -> tuple[Actor, ...]:
    """Return who may take the actor's drawer over: who may open one, holds none, and is somebody else."""
    actor.require(Act.HAND_OVER)
    with desk.read() as work:
        busy = {row.custodian for row in batches.unfinished(work.conn)} | {actor.user}
        return tuple(
            row.actor
            for row in people.all_staff(work.conn)
            if row.active and row.actor.user not in busy and row.actor.may(Act.OPEN_DRAWER)
        )


def _may_hand_over(
    desk: Desk, conn: Connection, actor: Actor, what: tuple[BatchRecord, HandOver, Approval | None]
) -> Approval:
    row, command, approval = what
    if row.state is not BatchState.OPEN:
        raise Counting
    if row.suspended:
        raise DrawerNotOpen("Your drawer is locked. Unlock it first.")
    if not command.to:
        raise MissingInput("Say who takes the drawer over.", field="to")
    if command.to == actor.user:
        raise SelfApproval("A drawer is handed to somebody else.")
    receiver = people.one_staff(conn, command.to)
    if receiver is None or not receiver.active:
        raise NotFound(f"Nobody is named “{command.to[:40]}” here.", field="to")
    receiver.actor.require(Act.OPEN_DRAWER)
    training_records.require_trained(desk, conn, command.to)
    theirs = batches.unfinished_of(conn, command.to)
    if theirs is not None:
        raise DrawerInUse(f"{theirs.custodian_name} holds drawer {theirs.drawer_name} already.")
    asked = (Act.HAND_OVER, row.batch_id, cash_total(command.pieces))
    signed = approvals.require(desk, approval, actor, asked)
    if signed.deferred:  # nobody takes a drawer over without being there
        raise ApprovalNeeded(
            "The person who takes the drawer over must sign.", act=asked[0].value, subject=asked[1], amount=asked[2]
        )
    if signed.approver.user != command.to:
        raise NotPermitted(f"{receiver.actor.name} takes the drawer over, and nobody else signs for it.")
    return signed


def _record(
    work: Work, desk: Desk, actor: Actor, what: tuple[BatchRecord, HandOver, str, CountSheet, Approval]
) -> HandOverSlip:
    row, command, content, sheet, signed = what
    should = expected_of(work.conn, row)
    _refuse_forgotten(should, sheet)
    found = differences(should, sheet)
    written = work.append(
        EntryDraft(
            series=row.series,
            kind=EventKind.CUSTODY_HANDED,
            business_date=row.business_date,
            actor=actor.user,
            approver=signed.signer,
            idem_key=command.key,
            content_hash=content,
            batch=row.batch_id,
            facts={**sheet_as_facts(sheet), "to": command.to, "booked": _booked(should, sheet, found)},
            postings=_postings(desk, found, row.business_date),
        ),
        desk.now_text(),
    )
    approvals.use(work, signed, actor, written)
    batches.update_batch(work.conn, row.batch_id, {"custodian_id": command.to})
    queue_print(work.conn, written.key, desk.now_text(), document="hand_over_slip")
    return hand_over_slip_of(desk, work.conn, written_event(work.conn, written.key))


def _refuse_forgotten(should: Mapping[str, Expected], sheet: CountSheet) -> None:
    """Raise MissingInput where papers are known to lie in the drawer and nothing was keyed of them.

    That there are some is no secret (the tick list names them); a field that was forgotten would be the giver's loss.
    """
    for kind, one in should.items():
        if kind in LISTED and one.items and kind not in sheet.others:
            name = TRAITS[TenderKind(kind)].name.lower()
            raise MissingInput(f"Count the {name}s too: 0 where there are none.", field=kind)


def _booked(should: Mapping[str, Expected], sheet: CountSheet, found: Mapping[str, Cents]) -> dict[str, list[int]]:
    """Return by tender the difference and the items more (or fewer) that the receiver starts with."""
    items = {
        kind: (sheet.others[kind].items if kind in sheet.others else 0) - (should[kind].items if kind in should else 0)
        for kind in found
        if kind != "cash"
    }
    return {kind: [amount, items.get(kind, 0)] for kind, amount in found.items() if amount or items.get(kind)}


def _postings(desk: Desk, found: Mapping[str, Cents], day: date) -> tuple[Posting, ...]:
    """Book each tender's difference to over and short, never netted, as at acceptance (D7)."""
    if not any(found.values()):
        return ()
    shares = house_shares(desk.catalogue, ItemUse.OVER_SHORT, day)
    booked: list[Posting] = []
    for kind, amount in found.items():
        booked.extend(difference_postings(shares, amount, HOUSE.of_tender(kind)))
    return tuple(booked)


def _before(desk: Desk, work: Work, command: HandOver, content: str) -> Done[HandOverSlip] | None:
    earlier = earlier_event(work.conn, command.key, content)
    return None if earlier is None else Done(hand_over_slip_of(desk, work.conn, earlier), replayed=True)


def hand_over_slip_of(desk: Desk, conn: Connection, event: Event) -> HandOverSlip:
    """Read the slip of a hand-over back."""
    entry = entries.entry(conn, event)
    sheet = sheet_from_facts(event.facts)
    batch = replace(held_then(conn, event, entry.actor_name), state=BatchState.OPEN, suspended=False)
    return HandOverSlip(
        desk.office,
        batch,
        event.facts["to"],
        entry.approver_name,
        sheet.cash,
        cash_total(sheet.cash),
        sheet.others,
        moment(event.recorded_at),
    )
