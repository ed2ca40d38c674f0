"""Reverse a receipt and apply it to what it was meant for, in one step (E4).

While its batch is open the receipt is voided and sold again with the very tenders that were taken. After the close the
money has gone to the bank: its lines are reversed and applied anew by a transfer that comes to nothing, so no drawer,
no count and no deposit knows of it. Either way there are two entries with the next two numbers of the register, and
each names the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from csr_desk.data.queries import Connection, batches, entries
from csr_desk.data.queries.batches import BatchRecord
from csr_desk.data.queries.entries import Event
from csr_desk.data.unit_of_work import Work
from csr_desk.domain import about
from csr_desk.domain.cart import LineKind, PricedCart, price_cart
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.drawer import BatchState
from csr_desk.domain.errors import BadInput, Ineligible, MissingInput, PaperExpired
from csr_desk.domain.ledger import (
    EntryDraft,
    EventKey,
    EventKind,
    LineRow,
    Posting,
    TenderRole,
    TenderRow,
    Written,
    receipt_number,
)
from csr_desk.domain.money import Cents, shown
from csr_desk.domain.people import Act, Actor, Approval
from csr_desk.domain.postings import line_postings, reverse, tender_postings
from csr_desk.domain.receipt import Receipt
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import applying, approvals, bills, collection_steps, sale_tells
from csr_desk.services.cart_checks import check_allowed
from csr_desk.services.corrections import (
    TOPICS,
    lines_back,
    open_batch_of,
    refuse_taken_back,
    refuse_taker,
    void_draft,
)
from csr_desk.services.custody import selling_batch
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.line_notes import input_notes
from csr_desk.services.lines import BillLine, Line, OrderLine
from csr_desk.services.permit_sales import NOBODY
from csr_desk.services.receipt_rows import line_rows
from csr_desk.services.receipts import (
    earlier_event,
    event_of_number,
    queue_print,
    receipt_at,
)
from csr_desk.services.refunds import lock_with_own
from csr_desk.services.standing_tenders import Standing, standing_rows
from csr_desk.services.words import plain_words

TRANSFER = TenderKind.TRANSFER.value


@dataclass(frozen=True, slots=True)
class Reapply:
    """Take a receipt back and apply what it brought to these lines instead."""

    key: str
    receipt: str
    lines: tuple[Line, ...]
    reason: str
    customer: str = ""
    """Who paid, where the first receipt named somebody else."""
    demo_inputs: bool = False


@dataclass(frozen=True, slots=True)
class Reapplied:
    """The two receipts of one step: what was taken back, and what stands in its place."""

    taken_back: Receipt
    applied: Receipt


def reapply(desk: Desk, actor: Actor, command: Reapply, approval: Approval | None = None) -> Done[Reapplied]:
    """Take a receipt back and apply it to the right bill or item, in one transaction with one approval.

    Raises NotFound, AlreadyVoided, AlreadyPaid, BadInput, MissingInput, NotPermitted, Counting, DrawerNotOpen,
    ApprovalNeeded, SelfApproval, TenderRefused (what paid does not repay a returned item), and Ineligible (given back
    in part, or the right lines come to another amount).
    """
    actor.require(Act.REAPPLY)
    if any(isinstance(line, BillLine) and line.parts for line in command.lines):
        actor.require(Act.REORDER_PAYMENT)
    content = content_of(desk, actor.user, command)
    words = (plain_words(command.reason, "reason", 200), plain_words(command.customer, "customer", 120))
    with desk.begin() as work:
        event = event_of_number(desk, work.conn, command.receipt)
        lock_with_own(work, desk, actor, event)
        earlier = earlier_event(work.conn, command.key, content)
        if earlier is not None:
            return Done(_done(desk, work.conn, earlier), replayed=True)
        _refuse_event(work.conn, event)
        moved = is_closed(work.conn, event)
        row = selling_batch(work, desk, actor, None) if moved else open_batch_of(work.conn, actor, event)
        original = receipt_at(desk, work.conn, event, 0)
        rows = standing_rows(work.conn, event, original.tenders)
        applying.keep(work.conn, lines_back(original.lines))
        owed, cart = _right_lines(desk, work, command, (event.key, original, rows, row))
        if not words[0]:
            raise MissingInput("Say why the receipt is applied anew.", field="reason")
        approved = approvals.require(desk, approval, actor, (Act.REAPPLY, original.number, original.total))
        refuse_taker(event, approved)
        by = (actor, approved, command.key, content)
        last = work.heads[row.series].last_receipt_no
        numbers = (receipt_number(row.series, last + 1), receipt_number(row.series, last + 2))
        notes = {"reason": words[0], "customer": words[1] or original.customer, **input_notes(desk, cart.lines)}
        first, second = _drafts((event, original, rows), row, (cart, notes), (by, numbers, moved))
        first, second = applying.told_about(work.conn, first), applying.with_accounts(work.conn, second, owed)
        written, applied, (first, second) = _written(work, desk, (first, second), (event, cart, row))
        approvals.use(work, approved, actor, written)
        where = collection_steps.Where(row.series, row.business_date, f"{command.key}/back", row.batch_id)
        collection_steps.put_back(work, desk, actor, (original.lines, original.number), where)
        applying.keep(work.conn, second.lines)
        applying.note(work.conn, written.key, first)
        applying.note(work.conn, applied.key, second)
        collection_steps.settle_sale(work, desk, actor, (owed, row), (command.key, applied.receipt))
        for key in (written.key, applied.key):
            queue_print(work.conn, key, desk.now_text())
        done = _done(desk, work.conn, _at(work.conn, applied.key))
    return Done(done, TOPICS | {Topic.ACCOUNTS})


def _refuse_event(conn: Connection, event: Event) -> None:
    """Raise AlreadyVoided or Ineligible for what was taken back already, and for what told more than money."""
    refuse_taken_back(conn, event)
    sale_tells.refuse_anew(event)


def is_closed(conn: Connection, event: Event) -> bool:
    """Say whether no drawer holds the money any more: its batch was accepted, or it was moved here from one."""
    row = batches.one_batch(conn, event.batch or "")
    return row is None or row.state is BatchState.ACCEPTED or bool(event.facts.get("moved"))


def _at(conn: Connection, key: EventKey) -> Event:
    event = entries.event_at(conn, key)
    if event is None:
        raise AssertionError(key)
    return event


def _done(desk: Desk, conn: Connection, applied: Event) -> Reapplied:
    back = event_of_number(desk, conn, str(applied.facts["taken_back"]))
    return Reapplied(receipt_at(desk, conn, back, 0), receipt_at(desk, conn, applied, 0))


def _right_lines(
    desk: Desk, work: Work, command: Reapply, about: tuple[EventKey, Receipt, Sequence[Standing], BatchRecord]
) -> tuple[tuple[bills.Owed, ...], PricedCart]:
    """Price the right lines; they come to exactly what the receipt brought, and its tenders may pay for them."""
    taken, original, rows, row = about
    if not command.lines:
        raise MissingInput("Say what the payment was meant for.", field="lines")
    lines = [line for line in command.lines if not isinstance(line, OrderLine)]
    if len(lines) != len(command.lines):
        raise BadInput("An order is paid by a sale of its own.", field="lines")
    only = lines[0]
    if len(lines) == 1 and isinstance(only, BillLine) and only.amount is None:
        lines = [replace(only, amount=original.total)]
    meant = [line for line in lines if isinstance(line, BillLine)]
    owed = bills.resolve(work.conn, meant, row.business_date, lock=True, but=taken)
    cart = price_cart(
        desk.catalogue, bills.opened(lines, owed), price_date=row.business_date, demo_inputs=command.demo_inputs
    )
    if any(line.overridden for line in cart.lines):
        raise BadInput("A receipt is applied anew at the prices of the catalogue.", field="lines")
    if cart.total != original.total:
        raise Ineligible(
            f"The right lines come to {shown(cart.total)}, the receipt brought {shown(original.total)}. "
            "Void or refund it and sell again.",
            field="lines",
        )
    kinds = {one.row.kind for one in rows if one.row.role is TenderRole.TAKEN}
    tenders = [Tender(TenderKind(kind)) for kind in sorted(kinds)]
    bills.refuse_tenders(owed, tenders)
    check_allowed(cart, tenders, tuple(TenderKind))
    return owed, cart


def _written(
    work: Work, desk: Desk, drafts: tuple[EntryDraft, EntryDraft], of: tuple[Event, PricedCart, BatchRecord]
) -> tuple[Written, Written, tuple[EntryDraft, EntryDraft]]:
    """Write both entries: the permits of the first receipt are void, the right lines issue their own.

    Raises PaperExpired where a paper of the contractor of those has run out, and what ``permit_takings`` refuses.
    """
    (first, second), (event, cart, row) = drafts, of
    named = about.customer("")
    customer = next((one.removeprefix(named) for one in event.facts.get(about.ABOUT, ()) if one.startswith(named)), "")
    plan = sale_tells.planned(work.conn, desk, cart.lines, (NOBODY, customer, (), row.business_date))
    if plan.late:
        raise PaperExpired(" ".join(plan.lacking), field="contractor")
    ended = sale_tells.of_void(work, desk, (event, first.lines), row.business_date)
    first = sale_tells.told_draft(first, ended)
    back = sale_tells.append(work, desk, first, ended)
    applied, second = sale_tells.written(work, desk, second, ((), plan), row.business_date)
    return back, applied, (first, second)


def _drafts(
    old: tuple[Event, Receipt, Sequence[Standing]],
    row: BatchRecord,
    right: tuple[PricedCart, dict[str, str]],
    how: tuple[tuple[Actor, Approval, str, str], tuple[str, str], bool],
) -> tuple[EntryDraft, EntryDraft]:
    event, original, rows = old
    cart, notes = right
    (actor, approved, key, content), numbers, moved = how
    first = void_draft(event, original, (row, rows), (actor, approved, f"{key}:taken-back", content, notes["reason"]))
    facts: dict[str, object] = {**first.facts, "reapplied": numbers[1]}
    if moved:
        first = _moved_away(first, original)
        facts["lines"] = [[line.number, -line.amount] for line in first.lines]
    tenders = _transfer(original, original.total) if moved else _same_tenders(rows)
    lines, booked = _applied(cart, () if moved else _fee_lines(original), original)
    kept = () if moved else tuple(one for one in original.postings if one.line is None and one.tender is None)
    second = EntryDraft(
        series=row.series,
        kind=EventKind.SALE,
        business_date=row.business_date,
        actor=actor.user,
        approver=approved.signer,
        idem_key=key,
        content_hash=content,
        batch=row.batch_id,
        facts={"reapplies": original.number, "taken_back": numbers[0], **({"moved": True} if moved else {})},
        notes={topic: text for topic, text in notes.items() if text},
        lines=lines,
        tenders=tenders,
        postings=(*tender_postings(tenders), *booked, *kept),
    )
    return replace(first, facts=facts), second


def _moved_away(void: EntryDraft, original: Receipt) -> EntryDraft:
    """Turn the negative of a sale into one that no drawer knows of; what a tender cost and was rounded stays taken."""
    kept = [line for line in original.lines if line.kind != LineKind.TENDER_FEE.value]
    numbers = {line.number for line in kept}
    tenders = _transfer(original, -original.total)
    booked = reverse(posting for posting in original.postings if posting.line in numbers)
    return replace(
        void,
        kind=EventKind.REFUND,
        lines=lines_back(kept),
        tenders=tenders,
        postings=(*tender_postings(tenders), *booked),
    )


def _transfer(original: Receipt, amount: Cents) -> tuple[TenderRow, ...]:
    return (TenderRow(1, TRANSFER, TenderRole.TAKEN, amount, document=original.number),)


def _same_tenders(rows: Sequence[Standing]) -> tuple[TenderRow, ...]:
    return tuple(replace(one.row, number=at) for at, one in enumerate(rows, start=1))


def _fee_lines(original: Receipt) -> tuple[LineRow, ...]:
    return tuple(line for line in original.lines if line.kind == LineKind.TENDER_FEE.value)


def _applied(
    cart: PricedCart, fees: Sequence[LineRow], original: Receipt
) -> tuple[tuple[LineRow, ...], tuple[Posting, ...]]:
    """Lay out the right lines and, behind them, the fees that were taken with the tenders, as they were booked."""
    lines = list(line_rows(cart.lines))
    booked = [posting for line in cart.lines for posting in line_postings(line.number, line.distribution())]
    for fee in fees:
        number = len(lines) + 1
        lines.append(replace(fee, number=number, added_with=1))
        booked.extend(replace(posting, line=number) for posting in original.postings if posting.line == fee.number)
    return tuple(lines), tuple(booked)
