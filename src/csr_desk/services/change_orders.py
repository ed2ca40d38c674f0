"""A change order: notes for coin with the safe, before a witness, without changing any amount (C7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from csr_desk.data.queries import Connection, entries, sums
from csr_desk.data.queries.entries import Event
from csr_desk.data.unit_of_work import Work
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.custody import ChangeSlip, pieces_as_facts, pieces_from_facts, swapped
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.money import Cents
from csr_desk.domain.people import Act, Actor, Approval
from csr_desk.services import approvals
from csr_desk.services.custody import held_then, selling_batch, written_event
from csr_desk.services.desk import Desk, content_of, moment
from csr_desk.services.receipts import earlier_event, queue_print


@dataclass(frozen=True, slots=True)
class SwapCash:
    """Pieces that leave the drawer and pieces that come into it, of one amount (cents of a piece: pieces)."""

    key: str
    out: Mapping[Cents, int]
    into: Mapping[Cents, int]


def change_order(desk: Desk, actor: Actor, command: SwapCash, approval: Approval | None = None) -> Done[ChangeSlip]:
    """Swap cash of the actor's own drawer with the safe before a witness; what it should hold stays the same.

    Raises BadInput (not the same amount), DrawerNotOpen (none, or locked), Counting, ApprovalNeeded, SelfApproval.
    """
    actor.require(Act.CHANGE_ORDER)
    content = content_of(desk, actor.user, command)
    amount = swapped(command.out, command.into)
    with desk.begin() as work:
        if (before := _before(desk, work, command, content)) is not None:
            return before
        row = selling_batch(work, desk, actor, None)
        # its series is locked only now: the same act may have been recorded from elsewhere meanwhile
        if (before := _before(desk, work, command, content)) is not None:
            return before
        witness = approvals.require(desk, approval, actor, (Act.CHANGE_ORDER, row.batch_id, amount))
        written = work.append(
            EntryDraft(
                series=row.series,
                kind=EventKind.CHANGE_ORDER,
                business_date=row.business_date,
                actor=actor.user,
                approver=witness.signer,
                idem_key=command.key,
                content_hash=content,
                batch=row.batch_id,
                facts={
                    "amount": amount,
                    "number": sums.count_events(work.conn, row.batch_id, EventKind.CHANGE_ORDER) + 1,
                    "out": pieces_as_facts(command.out),
                    "in": pieces_as_facts(command.into),
                },
            ),
            desk.now_text(),
        )
        approvals.use(work, witness, actor, written)
        queue_print(work.conn, written.key, desk.now_text(), document="change_slip")
        slip = change_slip_of(desk, work.conn, written_event(work.conn, written.key))
    return Done(slip, frozenset({Topic.DRAWER, Topic.BATCHES, Topic.PRINTING}))


def _before(desk: Desk, work: Work, command: SwapCash, content: str) -> Done[ChangeSlip] | None:
    earlier = earlier_event(work.conn, command.key, content)
    return None if earlier is None else Done(change_slip_of(desk, work.conn, earlier), replayed=True)


def change_slip_of(desk: Desk, conn: Connection, event: Event) -> ChangeSlip:
    """Read the slip of a change order back."""
    entry = entries.entry(conn, event)
    return ChangeSlip(
        desk.office,
        held_then(conn, event, entry.actor_name),
        event.facts["number"],
        pieces_from_facts(event.facts["out"]),
        pieces_from_facts(event.facts["in"]),
        event.facts["amount"],
        entry.approver_name,
        moment(event.recorded_at),
    )
