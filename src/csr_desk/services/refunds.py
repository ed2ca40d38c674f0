"""Money given back after a sale: by the item's own refund rule, line by line, never more than was paid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from csr_desk.data.queries import Connection, entries
from csr_desk.data.queries.entries import Event
from csr_desk.domain.cart import LineKind
from csr_desk.domain.catalogue import RefundKind
from csr_desk.domain.changes import Done
from csr_desk.domain.errors import AlreadyVoided, BadInput, Ineligible, MissingInput
from csr_desk.domain.ledger import EntryDraft, EventKind, LineRow, Posting, TenderRole, TenderRow
from csr_desk.domain.money import Cents, allocate_next
from csr_desk.domain.people import Act, Actor, Approval
from csr_desk.domain.postings import tender_postings
from csr_desk.domain.receipt import Receipt
from csr_desk.services import approvals
from csr_desk.services.corrections import TOPICS
from csr_desk.services.custody import selling_batch
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.receipts import (
    Past,
    People,
    earlier_event,
    event_of_number,
    queue_print,
    receipt_at,
    receipt_from,
)
from csr_desk.services.words import plain_words

HOW = {"cash": "cash", "card": "card", "check": "payables", "payables": "payables"}
"""A refund by check is written by the city's payables, not by the counter."""


@dataclass(frozen=True, slots=True)
class Refund:
    """Lines to give back (line number, quantity or None for all of it) and how."""

    key: str
    receipt: str
    lines: tuple[tuple[int, Decimal | None], ...]
    reason: str
    how: str


def refund(desk: Desk, actor: Actor, command: Refund, approval: Approval | None = None) -> Done[Receipt]:
    """Give money back from the actor's own drawer (or by payables); a supervisor approves.

    Raises NotFound, AlreadyVoided, Ineligible (the item's rule), BadInput, MissingInput, ApprovalNeeded and what
    selling from the drawer refuses.
    """
    actor.require(Act.REFUND)
    content = content_of(desk, actor.user, command)
    reason = plain_words(command.reason, "reason", 200)
    with desk.begin() as work:
        earlier = earlier_event(work.conn, command.key, content)
        row = selling_batch(work, desk, actor, None) if earlier is None else None
        # the series is locked only now: the same may have been recorded from elsewhere meanwhile
        earlier = earlier or earlier_event(work.conn, command.key, content)
        if earlier is not None:
            return Done(receipt_at(desk, work.conn, earlier, 0), replayed=True)
        if row is None:
            raise AssertionError(command.key)
        event = event_of_number(desk, work.conn, command.receipt)
        original = receipt_at(desk, work.conn, event, 0)
        if command.how == "cash" and original.business_date != row.business_date:
            raise Ineligible("Cash goes back on the day it was taken only. Refund it by payables.", field="how")
        before = _given_before(work.conn, event)
        lines = _lines(desk, original, command, before)
        amount = -sum(line.amount for line in lines)
        if not reason:
            raise MissingInput("Say why the money is given back.", field="reason")
        approved = approvals.require(desk, approval, actor, (Act.REFUND, original.number, amount))
        tenders = (TenderRow(1, HOW[command.how], TenderRole.TAKEN, -amount),)
        draft = EntryDraft(
            series=row.series,
            kind=EventKind.REFUND,
            business_date=row.business_date,
            actor=actor.user,
            approver=approved.signer,
            idem_key=command.key,
            content_hash=content,
            batch=row.batch_id,
            reverses=event.key,
            facts={"receipt": original.number, "lines": [[one.number, -one.amount] for one in lines]},
            notes={"reason": reason, **({"customer": original.customer} if original.customer else {})},
            lines=lines,
            tenders=tenders,
            postings=(*tender_postings(tenders), *_postings(original, lines, before)),
        )
        written = work.append(draft, desk.now_text())
        approvals.use(work, approved, actor, written)
        queue_print(work.conn, written.key, desk.now_text())
    people = People(actor.name, approved.signer_name)
    return Done(receipt_from(desk, draft, written, people, Past(reverses=original.number)), TOPICS)


def _given_before(conn: Connection, event: Event) -> dict[int, Cents]:
    """Sum what earlier refunds gave back of each line (cents); refuse what is no sale or was voided."""
    if event.kind is not EventKind.SALE:
        raise Ineligible("Only a sale is refunded.")
    given: dict[int, Cents] = {}
    for back in entries.reversals_of(conn, event.key):
        if back.kind is EventKind.VOID:
            raise AlreadyVoided
        if back.kind is EventKind.REFUND:
            for number, cents in back.facts["lines"]:
                given[number] = given.get(number, 0) + cents
    return given


def _lines(desk: Desk, original: Receipt, command: Refund, before: Mapping[int, Cents]) -> tuple[LineRow, ...]:
    """Return the lines of the refund (negative), each with its part of the tax that was added to it."""
    if command.how not in HOW:
        raise BadInput("A refund goes by cash, card, check or payables.", field="how")
    if not command.lines:
        raise MissingInput("Say which lines are refunded.", field="lines")
    found: list[LineRow] = []
    for number, quantity in command.lines:
        line = next((one for one in original.lines if one.number == number), None)
        if line is None or line.kind != LineKind.ITEM.value:
            raise BadInput(f"Line {number} is not an item of this receipt.", field="lines")
        part = _by_rule(desk, line, quantity)
        found.append(_back(line, part, quantity, before, _by_rule(desk, line, None)))
        taxes = [one for one in original.lines if one.added_with == number and one.kind == LineKind.TAX.value]
        found.extend(_back(tax, tax.amount * part // line.amount, None, before, tax.amount) for tax in taxes)
    if len({line.number for line in found}) != len(found):
        raise BadInput("Name each line once.", field="lines")
    return tuple(found)


def _by_rule(desk: Desk, line: LineRow, quantity: Decimal | None) -> Cents:
    """Return what the item's refund rule gives back of a line (cents)."""
    version = desk.catalogue.item(line.item).version_on(date.fromisoformat(line.price_from))
    whole = Decimal(line.quantity)
    units = whole if quantity is None else quantity
    if not 0 < units <= whole:
        raise BadInput(f"From 1 to {line.quantity} of line {line.number} can be refunded.", field="quantity")
    rule = version.refund
    if rule.kind is RefundKind.NONE:
        raise Ineligible(f"{line.name} is not refundable. {rule.words}".strip())
    base = Decimal(line.amount) * units / whole
    if rule.kind is RefundKind.PERCENT_OVER_MINIMUM:
        over = max(base - (version.minimum or 0), Decimal(0))
        base = over * (rule.percent or 0) / 100
    part = int(base.to_integral_value(ROUND_FLOOR))
    if part <= 0:
        raise Ineligible(f"Nothing of {line.name} is refundable: {rule.words}.")
    return part


def _back(line: LineRow, part: Cents, quantity: Decimal | None, before: Mapping[int, Cents], most: Cents) -> LineRow:
    """Return a line of the refund; all refunds together give back what the rule allows of it, ``most`` (cents)."""
    if before.get(line.number, 0) + part > most:
        raise Ineligible(f"Line {line.number} was refunded already.")
    units = line.quantity if quantity is None else str(quantity)
    return replace(line, amount=-part, quantity=units, tax=0, each=None, list_amount=None)


def _postings(original: Receipt, lines: tuple[LineRow, ...], before: Mapping[int, Cents]) -> tuple[Posting, ...]:
    """Debit the accounts that the lines were credited to, by cumulative target."""
    booked: list[Posting] = []
    for line in lines:
        credited = [posting for posting in original.postings if posting.line == line.number]
        targets = [-posting.amount for posting in credited]
        parts = allocate_next(targets, before.get(line.number, 0), -line.amount)
        booked.extend(
            Posting(posting.account, part, line=line.number)
            for posting, part in zip(credited, parts, strict=True)
            if part
        )
    return tuple(booked)
