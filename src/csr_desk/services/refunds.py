"""Money given back after a sale: by the item's own refund rule, line by line, never more than was paid."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from csr_desk.data.queries import Connection, batches
from csr_desk.data.queries.batches import BatchRecord
from csr_desk.data.queries.entries import Event
from csr_desk.data.unit_of_work import Work
from csr_desk.domain.catalogue import ItemUse
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.errors import Ineligible, MissingInput
from csr_desk.domain.ledger import EntryDraft, EventKind, LineRow
from csr_desk.domain.money import Cents
from csr_desk.domain.payables import state_of
from csr_desk.domain.people import Act, Actor, Approval
from csr_desk.domain.postings import difference_postings, tender_postings
from csr_desk.domain.receipt import Receipt
from csr_desk.services import applying, approvals, collection_steps, payables, permit_backs, sale_tells
from csr_desk.services.bill_items import taken_back
from csr_desk.services.corrections import TOPICS
from csr_desk.services.custody import selling_batch
from csr_desk.services.desk import Desk, content_of, house_shares
from csr_desk.services.payables import THE_PAYOR, Payee
from csr_desk.services.receipts import (
    Past,
    People,
    earlier_event,
    event_of_number,
    queue_print,
    receipt_at,
    receipt_from,
)
from csr_desk.services.refund_lines import (
    Back,
    Before,
    back_lines,
    given_before,
    gone_of,
    line_postings_back,
    unit_facts,
)
from csr_desk.services.refund_tenders import HOW, WayBack, check_how, way_back
from csr_desk.services.standing_tenders import standing_rows
from csr_desk.services.words import plain_words

__all__ = ["HOW", "Payee", "Refund", "Worked", "lock_with_own", "refund", "work_out"]


@dataclass(frozen=True, slots=True)
class Refund:
    """Lines to give back (line number, quantity or None for the whole line) and how; empty: as it was paid.

    ``payee`` is asked for only where payables pay.
    """

    key: str
    receipt: str
    lines: tuple[tuple[int, Decimal | None], ...]
    reason: str
    how: str = ""
    payee: Payee = THE_PAYOR
    permit: str = ""
    """A permit of the receipt whose amendment gives something back; then no lines are named."""


@dataclass(frozen=True, slots=True)
class Worked:
    """What a refund would come to, before anybody is asked: its lines (negative) and the tenders it goes by."""

    lines: tuple[LineRow, ...]
    way: WayBack

    @property
    def amount(self) -> Cents:
        """What is given back (cents)."""
        return -sum(line.amount for line in self.lines)


def work_out(desk: Desk, actor: Actor, command: Refund) -> Worked:
    """Work a refund out by the rule of each item; nothing is recorded. Raises what ``refund`` would refuse."""
    actor.require(Act.REFUND)
    with desk.read() as work:
        event = event_of_number(desk, work.conn, command.receipt)
        own = batches.unfinished_of(work.conn, actor.user)
        day = own.business_date if own else desk.today()
        backs, way, _ = _decide(desk, work.conn, event, (command, day))
    _refuse_way(way)
    return Worked(tuple(back.row for back in backs), way)


def refund(desk: Desk, actor: Actor, command: Refund, approval: Approval | None = None) -> Done[Receipt]:
    """Give money back from the actor's own drawer (or by payables); a supervisor approves.

    Raises NotFound, AlreadyVoided, Ineligible (the item's rule, the tender), BadInput, MissingInput, ApprovalNeeded
    and what selling from the drawer refuses.
    """
    actor.require(Act.REFUND)
    content = content_of(desk, actor.user, command)
    reason = plain_words(command.reason, "reason", 200)
    with desk.begin() as work:
        event = event_of_number(desk, work.conn, command.receipt)
        lock_with_own(work, desk, actor, event)
        earlier = earlier_event(work.conn, command.key, content)
        if earlier is not None:
            return Done(receipt_at(desk, work.conn, earlier, 0), replayed=True)
        row = selling_batch(work, desk, actor, None)
        original = receipt_at(desk, work.conn, event, 0)
        backs, way, before = _decide(desk, work.conn, event, (command, row.business_date))
        amount = -sum(back.row.amount for back in backs)
        if not reason:
            raise MissingInput("Say why the money is given back.", field="reason")
        payee = payables.payee_of(command.payee, original.customer) if way.by_payables else THE_PAYOR
        applying.refuse_spent(work.conn, [back.row for back in backs])
        approved = approvals.require(desk, approval, actor, (Act.REFUND, original.number, amount))
        _refuse_way(way)
        made = (backs, way, before, payee)
        draft = _draft(desk, original, row, made, (actor, approved, command.key, content, reason))
        undone = taken_back(event.facts, [back.row.number for back in backs])
        undone |= applying.about_customer_of(event.facts)
        draft = applying.told_about(work.conn, replace(draft, facts={**draft.facts, **undone}))
        gone = gone_of(desk, original, backs, before)
        tells = sale_tells.of_refund(work, desk, (event, draft), gone, (command.permit, row.business_date))
        draft = sale_tells.told_draft(draft, tells)
        written = sale_tells.append(work, desk, draft, tells)
        approvals.use(work, approved, actor, written)
        applying.post(work.conn, written.key, draft)
        where = collection_steps.Where(row.series, row.business_date, command.key, row.batch_id)
        collection_steps.put_back(work, desk, actor, ([back.row for back in backs], original.number), where)
        if way.by_payables:
            asked = (way.by_payables, payee, actor, approved.signer)
            payables.request_payment(work, written, original.number, asked)
        queue_print(work.conn, written.key, desk.now_text())
    people = People(actor.name, approved.signer_name)
    topics = TOPICS | {Topic.ACCOUNTS} | frozenset({Topic.PAYABLES} if way.by_payables else ())
    return Done(receipt_from(desk, draft, written, people, Past(reverses=original.number)), topics)


def _refuse_way(way: WayBack) -> None:
    if way.refused:
        raise Ineligible(way.refused, field="how")


def lock_with_own(work: Work, desk: Desk, actor: Actor, event: Event) -> None:
    """Lock the series of a receipt and of the actor's drawer at once and in one order.

    What is left of a receipt is reckoned under the lock of its own series, so that two drawers that refund it at the
    same moment never give back more than was paid.
    """
    own = batches.unfinished_of(work.conn, actor.user)
    seen = desk.selling.get(actor.user)
    drawer = desk.drawers.get(seen[0]) if seen else None
    work.lock_series(event.key.series, *((own.series,) if own else ()), *((drawer.series,) if drawer else ()))


def _decide(
    desk: Desk, conn: Connection, event: Event, asked: tuple[Refund, date]
) -> tuple[tuple[Back, ...], WayBack, Before]:
    command, day = asked
    check_how(command.how)
    before = given_before(conn, event)
    original = receipt_at(desk, conn, event, 0)
    amended = permit_backs.back_of(conn, event, original, command.permit) if command.permit else ()
    backs = amended or back_lines(desk, original, command.lines, before)
    amount = -sum(back.row.amount for back in backs)
    rows = standing_rows(conn, event, original.tenders)
    # what was moved here from a closed batch was paid there: this drawer never held it
    how = command.how or ("payables" if event.facts.get("moved") else "")
    return backs, way_back(desk, original, rows, (how, amount, before), day), before


def _draft(
    desk: Desk,
    original: Receipt,
    row: BatchRecord,
    made: tuple[tuple[Back, ...], WayBack, Before, Payee],
    by: tuple[Actor, Approval, str, str, str],
) -> EntryDraft:
    backs, way, before, payee = made
    actor, approved, key, content, reason = by
    booked = [*tender_postings(way.rows), *line_postings_back(original, backs, before)]
    if way.not_taken:
        shares = house_shares(desk.catalogue, ItemUse.ROUNDING, original.business_date)
        booked.extend(difference_postings(shares, way.not_taken))
    notes = {"reason": reason, "customer": original.customer, **payables.payee_notes(payee)}
    facts: dict[str, object] = {
        "receipt": original.number,
        "lines": [[back.row.number, -back.row.amount] for back in backs],
        "units": unit_facts(backs),
        "sources": [list(source) for source in way.sources],
    }
    if way.by_payables:
        facts["payables"] = way.by_payables
        facts["request"] = state_of(payee.name, payee.address).value
    return EntryDraft(
        series=row.series,
        kind=EventKind.REFUND,
        business_date=row.business_date,
        actor=actor.user,
        approver=approved.signer,
        idem_key=key,
        content_hash=content,
        batch=row.batch_id,
        reverses=original.key,
        facts=facts,
        notes={topic: text for topic, text in notes.items() if text},
        lines=tuple(back.row for back in backs),
        tenders=way.rows,
        postings=tuple(booked),
    )
