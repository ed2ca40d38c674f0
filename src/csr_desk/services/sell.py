"""Selling: a quote, a finished sale, and everything a cart may become in between (A1–A24, B1–B17)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from csr_desk.data.queries import carts
from csr_desk.data.queries.batches import BatchRecord
from csr_desk.data.unit_of_work import Work
from csr_desk.domain.cart import CartLine, PricedCart, PricedLine, price_cart, tender_fee
from csr_desk.domain.catalogue import Catalogue, ItemUse
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.checks import refuse_check
from csr_desk.domain.errors import DrawerLocked, NotEnough
from csr_desk.domain.ledger import EntryDraft, EventKey, EventKind, Posting
from csr_desk.domain.money import Cents, shown
from csr_desk.domain.paper_note import PaperNote
from csr_desk.domain.people import Act, Actor, Approval
from csr_desk.domain.postings import difference_postings, line_postings, tender_postings
from csr_desk.domain.receipt import Receipt
from csr_desk.domain.settle import LONGEST_NAME, check_tender, settle
from csr_desk.domain.tender import CHECK_LIKE, Settlement, Tender, TenderKind
from csr_desk.services import (
    applying,
    approvals,
    bills,
    check_list,
    collection_steps,
    orders_sold,
    reading_duty,
    sale_tells,
    work_from_sales,
)
from csr_desk.services.bank_accounts import all_sealed
from csr_desk.services.cart_checks import check_allowed, check_cart
from csr_desk.services.carts_held import (
    CartDraft,
    Held,
    Hold,
    discard_draft,
    held_sales,
    hold,
    load_draft,
    resume,
    save_draft,
    take_held,
)
from csr_desk.services.custody import held_cash, selling_batch
from csr_desk.services.desk import Desk, content_of, house_shares
from csr_desk.services.line_notes import input_notes, price_notes
from csr_desk.services.lines import BillLine, Line
from csr_desk.services.orders_sold import Ordered
from csr_desk.services.paper_receipts import keep_paper, paper_facts, price_date
from csr_desk.services.permit_sales import NOBODY, Buying
from csr_desk.services.receipt_rows import check_names, line_rows, names_text, tender_rows
from csr_desk.services.receipts import (
    People,
    ReceiptHit,
    Reprint,
    earlier_event,
    find_receipts,
    last_receipt,
    queue_print,
    receipt,
    receipt_at,
    receipt_from,
    reprint,
)
from csr_desk.services.sale_approvals import asked_of, facts_of, facts_of_holds, stopping, warnings_of
from csr_desk.services.words import plain_words

__all__ = [
    "BillLine",
    "CartDraft",
    "CompleteSale",
    "Held",
    "Hold",
    "Priced",
    "Quote",
    "ReceiptHit",
    "Reprint",
    "complete_sale",
    "discard_draft",
    "find_receipts",
    "held_sales",
    "hold",
    "last_receipt",
    "load_draft",
    "quote",
    "receipt",
    "reprint",
    "resume",
    "save_draft",
]


@dataclass(frozen=True, slots=True)
class Quote:
    """A cart to price without recording anything."""

    lines: tuple[Line, ...]
    tenders: tuple[Tender, ...] = ()
    price_date: date | None = None
    demo_inputs: bool = False
    customer_id: str = ""
    """The customer's number, where the cart is somebody's whom the city knows: their holds count."""


@dataclass(frozen=True, slots=True)
class Priced:
    """A priced cart and how its tenders settle; ``fees`` are the lines of the tender fees, numbered on."""

    cart: PricedCart
    settlement: Settlement
    fees: tuple[PricedLine, ...] = ()
    warnings: tuple[str, ...] = ()
    """What the clerk should know before taking money: a listed check, a customer with a returned item."""

    @property
    def lines(self) -> tuple[PricedLine, ...]:
        """All lines: what was keyed, what was added, the fees of the tenders."""
        return self.cart.lines + self.fees


@dataclass(frozen=True, slots=True)
class CompleteSale:
    """A cart to sell: the key was made when the cart opened; ``buying`` names the contractor of its permits (G3)."""

    key: str
    drawer: str | None
    lines: tuple[Line, ...]
    tenders: tuple[Tender, ...]
    customer: str = ""
    memo: str = ""
    demo_inputs: bool = False
    held: str | None = None
    paper: PaperNote | None = None
    """A paper receipt that is entered later: its date prices the cart."""
    customer_id: str = ""
    """The customer's number, where they are known: their holds count (F10)."""
    buying: Buying = NOBODY


def quote(desk: Desk, actor: Actor, command: Quote) -> Priced:
    """Price a cart and settle its tenders; nothing is recorded."""
    actor.require(Act.QUOTE)
    day = command.price_date or desk.today()
    check_cart(command.lines, command.tenders)
    resolved: tuple[bills.Owed, ...] = ()
    ordered: tuple[Ordered, ...] = ()
    warnings: list[str] = []
    tenders = command.tenders
    if command.customer_id or not _is_plain(command.lines, tenders):
        with desk.read() as work:
            resolved = bills.resolve(work.conn, _owed(command.lines), desk.today())
            ordered = orders_sold.resolve(work.conn, desk, command.lines, desk.today())
            tenders = applying.named_tenders(work.conn, tenders, resolved)
            warnings.extend(bills.warnings(work.conn, resolved))
            warnings.extend(orders_sold.warnings(ordered))
            stopped = stopping(work.conn, (command.customer_id, command.lines), (resolved, ordered), day)
            warnings.extend(warnings_of(stopped))
    if warning := check_list.warning_of(desk, actor, command.tenders):
        warnings.append(warning)
    bills.refuse_tenders(resolved, command.tenders)
    lines = bills.opened(orders_sold.put_in(command.lines, ordered), resolved)
    cart = price_cart(desk.catalogue, lines, price_date=day, demo_inputs=command.demo_inputs)
    return replace(price_tenders(desk, cart, tenders, day), warnings=tuple(warnings))


def price_tenders(
    desk: Desk, cart: PricedCart, tenders: Sequence[Tender], day: date, check_day: date | None = None
) -> Priced:
    """Settle a priced cart: which tender pays what, with which fee; raise TenderRefused or CheckRefused.

    A check is held against ``check_day``, the business date of a sale, so that a wrong clock makes no check stale.
    """
    check_allowed(cart, tenders, desk.policy.tenders)
    for tender in tenders:
        refuse_check(tender, check_day or desk.today(), desk.policy.stale_check_days)
    fees: list[PricedLine] = []

    def fee_of(kind: TenderKind, part: Cents) -> Cents:
        line = tender_fee(desk.catalogue, kind.value, part, price_date=day)
        if line is None:
            return 0
        fees.append(line)
        return line.amount

    settlement = settle(cart.total, tenders, desk.policy.rounding, fee_of)
    first = len(cart.lines) + 1
    numbered = (replace(line, number=first + at, added_with=1) for at, line in enumerate(fees))
    return Priced(cart, settlement, tuple(numbered))


def complete_sale(desk: Desk, actor: Actor, command: CompleteSale, approval: approvals.Given = None) -> Done[Receipt]:
    """Record a sale from the actor's own drawer, once for its key.

    A sale may need several approvals: each is asked for by its own ApprovalNeeded, and the same command is sent again
    with all that were given. Raises NotPermitted, NoticesUnread, DrawerNotOpen, Counting, DrawerLocked, NotEnough,
    ChangeNotAllowed, TenderRefused, CheckRefused, CardNumberRefused, ApprovalNeeded (``sale_approvals``) and whatever
    pricing refuses.
    """
    actor.require(Act.SELL)
    if any(line.parts for line in _owed(command.lines)):
        actor.require(Act.REORDER_PAYMENT)
    command = _checked(desk, command)
    content = content_of(desk, actor.user, command)
    hint = desk.selling.get(actor.user)
    day = price_date(command.paper, hint[1]) if hint else None
    early = _price(desk, command, ((), ()), day) if day and _is_plain(command.lines, command.tenders) else None
    with desk.begin() as work:
        series = desk.drawer(command.drawer).series if command.drawer else hint and desk.drawer(hint[0]).series
        if series:
            work.lock_series(series)
        if (before := _sold_before(desk, work, command, content)) is not None:
            return before
        row = selling_batch(work, desk, actor, command.drawer)
        if row.series != series and (before := _sold_before(desk, work, command, content)) is not None:
            return before
        reading_duty.refuse_unread(work, desk, actor, row.business_date)
        command, owed, ordered = _resolved(desk, work, command, row)
        paper = paper_facts(work, desk, actor, command.paper, row.business_date)
        if early is None or day != price_date(command.paper, row.business_date):
            early = _price(desk, command, (owed, ordered), price_date(command.paper, row.business_date))
        listed = check_list.listed_among(work.conn, early.settlement.tenders)
        stopped = stopping(work.conn, (command.customer_id, command.lines), (owed, ordered), row.business_date)
        whose = (command.buying, command.customer_id, ordered, row.business_date)
        plan = sale_tells.planned(work.conn, desk, early.cart.lines, whose)
        asked = asked_of(actor, command.key, early.cart.lines, listed, (stopped, plan))
        approved = approvals.require_all(desk, approval, actor, asked)
        _check_money(desk, work, row, early.settlement)
        more = paper | facts_of_holds(stopped) | applying.facts_about(command.customer_id)
        draft = _draft(desk, actor, (row, command.key, content), (early, listed[0], _notes(command), more), approved)
        if owed or applying.pays_by_credit(command.tenders):
            applying.refuse_overdrawn(work.conn, draft.tenders)
            draft = applying.with_accounts(work.conn, draft, owed)
        tells = (ordered, plan)
        written, draft = sale_tells.written(work, desk, draft, tells, price_date(command.paper, row.business_date))
        opened = _finish(work, desk, command, (early.cart.lines, ordered), (written.key, draft))
        collection_steps.settle_sale(work, desk, actor, (owed, row), (command.key, written.receipt))
        approvals.use_all(work, approved, actor, written)
    reading_duty.has_sold(desk, actor.user, row.business_date)
    topics = _topics(command, owed) | sale_tells.topics_of(draft) | ({Topic.WORK_ORDERS} if opened else set())
    return Done(receipt_from(desk, draft, written, _people(actor, approved)), topics)


def _people(actor: Actor, approved: Sequence[Approval]) -> People:
    """Return whom the receipt names."""
    return People(actor.name, approved[0].signer_name if approved else "")


def _draft(
    desk: Desk,
    actor: Actor,
    where: tuple[BatchRecord, str, str],
    what: tuple[Priced, Sequence[str], dict[str, str], dict[str, object]],
    approved: Sequence[Approval],
) -> EntryDraft:
    """Lay a sale out: ``where`` is batch, key and content; ``what`` is prices, listed checks, notes, more facts."""
    row, key, content = where
    priced, listed, notes, told = what
    lines = priced.cart.lines
    return EntryDraft(
        series=row.series,
        kind=EventKind.SALE,
        business_date=row.business_date,
        actor=actor.user,
        approver=approved[0].signer if approved else None,
        idem_key=key,
        content_hash=content,
        batch=row.batch_id,
        facts={**facts_of(lines, listed), **told},
        notes={**notes, **price_notes(lines), **input_notes(desk, lines), **_check_names(priced)},
        lines=line_rows(priced.lines),
        tenders=tender_rows(priced.settlement),
        postings=_postings(desk.catalogue, priced, row.business_date),
    )


def _topics(command: CompleteSale, owed: Sequence[bills.Owed]) -> frozenset[Topic]:
    topics = {Topic.RECEIPTS, Topic.DRAWER, Topic.BATCHES, Topic.PRINTING}
    topics |= {Topic.ACCOUNTS} if owed or command.customer_id else set()
    topics |= {Topic.HELD} if command.held else set()
    return frozenset(topics | {Topic.BOOKS} if command.paper else topics)


def _sold_before(desk: Desk, work: Work, command: CompleteSale, content: str) -> Done[Receipt] | None:
    """Return what the same command sold before; sure only while the series of the drawer is locked."""
    earlier = earlier_event(work.conn, command.key, content)
    return None if earlier is None else Done(receipt_at(desk, work.conn, earlier, 0), replayed=True)


def _owed(lines: Sequence[Line]) -> tuple[BillLine, ...]:
    return tuple(line for line in lines if isinstance(line, BillLine))


def _is_plain(lines: Sequence[Line], tenders: Sequence[Tender]) -> bool:
    """Say whether the catalogue alone prices a cart: nothing of it is owed, ordered or paid by credit."""
    return all(isinstance(line, CartLine) for line in lines) and not applying.pays_by_credit(tenders)


def _resolved(
    desk: Desk, work: Work, command: CompleteSale, row: BatchRecord
) -> tuple[CompleteSale, tuple[bills.Owed, ...], tuple[Ordered, ...]]:
    """Find what is owed and ordered, lock it, and say whose the sale is where an order says so."""
    credit = applying.credit_accounts(command.tenders)
    owed = bills.resolve(work.conn, _owed(command.lines), row.business_date, lock=True, also=credit)
    ordered = orders_sold.resolve(work.conn, desk, command.lines, row.business_date, lock=True)
    name, number = orders_sold.customer_of(ordered)
    named = applying.named_tenders(work.conn, command.tenders, owed)
    name, number = command.customer.strip() or name, command.customer_id or number
    return replace(command, tenders=named, customer=name, customer_id=number), owed, ordered


def _checked(desk: Desk, command: CompleteSale) -> CompleteSale:
    """Check every word that the sale carries, and seal the bank accounts of its checks."""
    check_cart(command.lines, command.tenders)
    for tender in command.tenders:
        check_tender(tender)
        plain_words(tender.drawn_by, "drawn_by", LONGEST_NAME)
    plain_words(command.buying.reason, "contractor_reason", 200)
    _notes(command)
    return replace(command, tenders=all_sealed(desk, command.tenders))


def _notes(command: CompleteSale) -> dict[str, str]:
    """Return the words to keep beside a sale."""
    notes = {
        "customer": plain_words(command.customer, "customer", 120),
        "memo": plain_words(command.memo, "memo"),
    }
    return {topic: text for topic, text in notes.items() if text}


def _price(
    desk: Desk, command: CompleteSale, named: tuple[Sequence[bills.Owed], Sequence[Ordered]], day: date
) -> Priced:
    owed, ordered = named
    bills.refuse_tenders(owed, command.tenders)
    lines = bills.opened(orders_sold.put_in(command.lines, ordered), owed)
    cart = price_cart(desk.catalogue, lines, price_date=day, demo_inputs=command.demo_inputs)
    return price_tenders(desk, cart, command.tenders, day, desk.today() if command.paper else day)


def _check_money(desk: Desk, work: Work, row: BatchRecord, settlement: Settlement) -> None:
    """Refuse cash that the drawer may not take any more (C5), and tenders that leave something to pay."""
    cash = any(part.tender.kind is TenderKind.CASH for part in settlement.tenders)
    if cash and held_cash(desk, work.conn, row) >= desk.policy.cash_lock:
        raise DrawerLocked
    if settlement.rest > 0:
        raise NotEnough(f"{shown(settlement.rest)} is still to pay.", field="tenders")


def _check_names(priced: Priced) -> dict[str, str]:
    """Who drew which check, as one purgeable text."""
    rows = check_names(priced.settlement)
    return {"check_names": names_text(rows)} if rows else {}


def _postings(catalogue: Catalogue, priced: Priced, day: date) -> tuple[Posting, ...]:
    """Debit what was taken, credit what was sold; the nickel goes to the account of cash rounding."""
    booked = list(tender_postings(tender_rows(priced.settlement)))
    for line in priced.lines:
        booked.extend(line_postings(line.number, line.distribution()))
    if priced.settlement.rounding:
        booked.extend(difference_postings(house_shares(catalogue, ItemUse.ROUNDING, day), priced.settlement.rounding))
    return tuple(booked)


def _finish(
    work: Work,
    desk: Desk,
    command: CompleteSale,
    what: tuple[Sequence[PricedLine], Sequence[Ordered]],
    done: tuple[EventKey, EntryDraft],
) -> tuple[str, ...]:
    """Apply the payment, mark the cart sold, and queue the receipt; return the work orders that it opened."""
    key, draft = done
    applying.post(work.conn, key, draft)
    keep_paper(work, command.paper, key)
    carts.set_state(work.conn, command.key, "sold")
    if command.held:
        take_held(work, command.held)
    queue_print(work.conn, key, desk.now_text())
    if any(tender.kind in CHECK_LIKE for tender in command.tenders):
        queue_print(work.conn, key, desk.now_text(), document="endorsement")
    lines, ordered = what
    projects = {order.number: order.project for one in ordered for order in one.orders}
    return work_from_sales.open_after(work, desk, work_from_sales.Sold(lines, command.customer_id, projects), done)
