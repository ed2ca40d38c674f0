"""A check or e-check that the bank sent back: owed again with its fee; no drawer is touched (field 2.3, E9–E12)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from csr_desk.data.queries import Connection, accounts, entries, returned
from csr_desk.data.queries.entries import Event
from csr_desk.data.queries.returned import ReturnedRecord
from csr_desk.data.unit_of_work import Work
from csr_desk.domain.cart import CartLine, price_cart
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.distribution import distribute
from csr_desk.domain.errors import AlreadyVoided, BadInput, Conflict, Ineligible, MissingInput, NotFound
from csr_desk.domain.ledger import EntryDraft, EventKey, EventKind, Posting, TenderRole, TenderRow, Written
from csr_desk.domain.money import Cents
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.postings import HOUSE, line_postings
from csr_desk.domain.receivable.application import credited
from csr_desk.domain.receivable.billed import shares_text
from csr_desk.domain.returned import ListReason, NoticeState, Referral, ReturnedItem, needs_letter
from csr_desk.domain.tender import TRAITS, TenderKind
from csr_desk.services import bills, collection_steps, days
from csr_desk.services.accounts import receivable_share
from csr_desk.services.check_list import NewLine, list_with
from csr_desk.services.clock import read_stamp
from csr_desk.services.customers_entry import refile
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.numbers import number_from
from csr_desk.services.receipts import earlier_event, event_of_number, number_of
from csr_desk.services.words import plain_words

FEE_ITEM = "NSF-CHK"
"""The catalogue's item of the fee for a returned item, where the city has one."""

RETURNABLE = frozenset({"check", "cashiers_check", "money_order", "echeck", "card"})
NOBODY = "Payer of receipt {receipt}"
"""Who owes it where neither the check nor the receipt has a name."""


@dataclass(frozen=True, slots=True)
class ReturnItem:
    """What the bank sent back: a tender of a receipt by its number, with the bank's reason.

    ``name`` and ``address`` are those on the check, where the receipt and the account do not have them.
    """

    key: str
    receipt: str
    tender: int
    bank_reason: str
    name: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Returned:
    """What is owed now (cents): the item and the fee, claimed by a bill."""

    receipt: str
    amount: Cents
    fee: Cents
    postings: tuple[Posting, ...]
    item: str = ""
    bill: str = ""
    account: str = ""
    listed: str = ""
    """The line of the returned-check list that it made, if any."""
    letter_due: bool = False


def returned_item(desk: Desk, actor: Actor, command: ReturnItem) -> Done[Returned]:
    """Book a returned item to what the customer owes; posted to a day that is open, drawers stay as they were.

    Makes the bill that claims it, on the account that was paid or on one of its own, and lists the check's account.
    Raises NotFound, BadInput (no such tender, or cash), AlreadyVoided, Conflict (returned before), MissingInput.
    """
    actor.require(Act.RETURN_ITEM)
    content = content_of(desk, actor.user, command)
    words = {
        "reason": plain_words(command.bank_reason, "bank_reason", 200),
        "name": plain_words(command.name, "name", 120),
        "address": plain_words(command.address, "address", 200),
    }
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        earlier = earlier_event(work.conn, command.key, content)
        if earlier is not None:
            return Done(_returned(work.conn, earlier), replayed=True)
        event = event_of_number(desk, work.conn, command.receipt)
        row = _tender(work.conn, event, command.tender)
        if not words["reason"]:
            raise MissingInput("Key the bank’s reason.", field="bank_reason")
        written = _book(work, desk, actor, (command.key, content), (event, row, words))
        _put_back(work, desk, actor, event, command.key)
        done = entries.event_at(work.conn, written.key)
        if done is None:
            raise AssertionError(written.key)
        value = _returned(work.conn, done)
    return Done(value, frozenset({Topic.ACCOUNTS, Topic.DEPOSITS}))


def _put_back(work: Work, desk: Desk, actor: Actor, event: Event, key: str) -> None:
    """A cut-off that a check had stopped goes on where it stood: the bank sent the check back."""
    sold = event.reverses if event.kind is EventKind.TENDER_CORRECTED and event.reverses else event.key
    sale = entries.event_at(work.conn, sold)
    if sale is None:
        raise AssertionError(sold)
    where = collection_steps.office_series(desk, key)
    lines = entries.lines_of(work.conn, sold)
    collection_steps.put_back(work, desk, actor, (lines, number_of(sale)), where)


def _book(
    work: Work, desk: Desk, actor: Actor, by: tuple[str, str], what: tuple[Event, TenderRow, dict[str, str]]
) -> Written:
    """Write the entry, the bill that claims it, its row, and the line of the returned-check list."""
    (key, content), (event, row, words) = by, what
    day = days.day_for_office(work, desk, actor, desk.today())
    fee, fee_postings = returned_fee(desk, day)
    item = number_from("R", key)
    account = _account_of(work, event, row, (item, words))
    refile(desk, work.conn, (item,))  # where it made a customer
    line = _line_for(work.conn, row, key)
    facts = {
        "receipt": number_of(event),
        "tender": row.number,
        "amount": row.amount,
        "fee": fee,
        "item": item,
        "bill": item,
        "account": account,
    }
    claim = _claim_of(row, (item, number_of(event), account, fee))
    written = work.append(
        EntryDraft(
            series=desk.office_series,
            kind=EventKind.ITEM_RETURNED,
            business_date=day,
            actor=actor.user,
            idem_key=key,
            content_hash=content,
            reverses=event.key,
            facts={**facts, **bills.told([claim]), **(line.facts if line else {})},
            notes={topic: text for topic, text in words.items() if text},
            postings=(
                Posting(HOUSE.receivable, row.amount + fee),
                Posting(HOUSE.bank, -row.amount),
                *fee_postings,
            ),
        ),
        desk.now_text(),
    )
    _keep(work.conn, written.key, row, (claim, number_of(event), fee))
    if line:
        list_with(work, line, written)
    return written


def _returned(conn: Connection, event: Event) -> Returned:
    facts = event.facts
    back = entries.tenders_of(conn, event.reverses) if event.reverses else ()
    kind = next((row.kind for row in back if row.number == facts["tender"]), "")
    return Returned(
        facts["receipt"],
        facts["amount"],
        facts["fee"],
        entries.postings_of(conn, event.key),
        facts.get("item", ""),
        facts.get("bill", ""),
        facts.get("account", ""),
        facts.get("list", ""),
        needs_letter(kind),
    )


def _tender(conn: Connection, event: Event, number: int) -> TenderRow:
    """Return the tender that came back, if it can and did not before."""
    if event.kind not in {EventKind.SALE, EventKind.TENDER_CORRECTED}:
        raise Ineligible("Only a tender of a sale is returned by the bank.")
    corrected: set[str] = set()
    if event.reverses is not None and entries.reversal_of(conn, event.reverses, EventKind.VOID) is not None:
        raise AlreadyVoided  # the sale whose tender this corrects
    for back in entries.reversals_of(conn, event.key):
        if back.kind is EventKind.VOID:
            raise AlreadyVoided
        if back.kind is EventKind.ITEM_RETURNED and back.facts["tender"] == number:
            raise Conflict("This item was returned already.")
        if back.kind is EventKind.TENDER_CORRECTED:
            corrected |= {row.kind for row in entries.tenders_of(conn, back.key) if row.amount < 0}
    for row in entries.tenders_of(conn, event.key):
        if row.number != number or row.role is not TenderRole.TAKEN or row.kind not in RETURNABLE or row.amount <= 0:
            continue
        if row.kind in corrected:
            raise Ineligible("This tender was corrected: the receipt of the correction says what it was.")
        return row
    raise BadInput(f"Tender {number} of this receipt is not one that a bank sends back.", field="tender")


def returned_fee(desk: Desk, day: date) -> tuple[Cents, tuple[Posting, ...]]:
    """Return the fee for a returned item on a day (cents) and where it is booked.

    It is the catalogue's, and never more than the law allows (Tex. Bus. & Com. Code 3.506).
    """
    if FEE_ITEM not in desk.catalogue.items:
        return 0, ()
    priced = price_cart(desk.catalogue, (CartLine(FEE_ITEM),), price_date=day, demo_inputs=True)
    line, cap = priced.lines[0], desk.policy.returned_fee_cap
    parts = line.distribution()
    if line.amount > cap:
        parts = distribute(desk.catalogue.item(FEE_ITEM).version_on(day).shares, cap)
    fee = min(line.amount, cap)
    # the posting stands in an entry without lines, so it names none
    return fee, tuple(Posting(posting.account, posting.amount) for posting in line_postings(1, parts))


def _account_of(work: Work, event: Event, row: TenderRow, named: tuple[str, dict[str, str]]) -> str:
    """Return the account that the receipt paid; where it paid none, make one for who drew the check."""
    item, words = named
    sold = event.reverses if event.kind is EventKind.TENDER_CORRECTED and event.reverses else event.key
    for line in entries.lines_of(work.conn, sold):
        if ahead := credited(line.reference):
            return ahead
        paid = accounts.one_bill(work.conn, line.reference) if line.reference else None
        if paid is not None:
            return paid.account
    notes = entries.notes_of(work.conn, sold)
    drawn_by = check_name(entries.notes_of(work.conn, event.key), row.number)
    name = words["name"] or drawn_by or notes.get("customer", "")
    accounts.insert_customer(
        work.conn,
        {
            "customer_id": item,
            "name": name or NOBODY.format(receipt=number_of(event)),
            "language": "en",
            "address": words["address"],
            "phone": "",
            "email": "",
        },
    )
    accounts.insert_account(work.conn, {"account_no": item, "customer_id": item, "service": "returned items"})
    return item


def check_name(notes: dict[str, str], tender: int) -> str:
    """Return who drew a check, from the notes of its receipt."""
    told = json.loads(notes.get("check_names", "[]"))
    return next((str(name) for number, name in told if number == tender), "")


def _line_for(conn: Connection, row: TenderRow, key: str) -> NewLine | None:
    """Return the line that lists the check's account, unless it is listed or cannot be recognized."""
    if row.account_hash is None or returned.listed_accounts(conn, {row.account_hash}):
        return None
    return NewLine(number_from("L", key), row.account_hash, row.account_masked, ListReason.RETURNED_ITEM)


def _claim_of(row: TenderRow, what: tuple[str, str, str, Cents]) -> dict[str, object]:
    """Lay out the bill that claims item and fee; what pays it goes to the receivable, which the entry debits."""
    item, receipt, account, fee = what
    owed = row.amount + fee
    number = f" {row.check_number}" if row.check_number else ""
    return {
        "bill_id": item,
        "account_no": account,
        "description": f"Returned {TRAITS[TenderKind(row.kind)].name.lower()}{number} of {receipt}, with fee",
        "amount_minor": owed,
        "paid_minor": 0,
        "due_date": None,
        "shares": shares_text([(receivable_share(), owed)]),
        "authority": "",
        "state": "due",
        "returned_item": item,
    }


def _keep(conn: Connection, key: EventKey, row: TenderRow, what: tuple[Mapping[str, object], str, Cents]) -> None:
    """Keep the claim, and what came back with its entry."""
    claim, receipt, fee = what
    item = claim["bill_id"]
    accounts.insert_bill(conn, claim)
    returned.insert_item(
        conn,
        {
            "item_id": item, "receipt": receipt, "tender_n": row.number, "amount_minor": row.amount, "fee_minor": fee,
            "bill_id": item, "series_id": key.series, "seq": key.seq, "mail_number": "", "mailed_on": None,
            "received_on": None,
        },
    )  # fmt: skip


def returned_items(desk: Desk, actor: Actor) -> tuple[ReturnedItem, ...]:
    """Return everything that came back, the newest first, each with its clock."""
    actor.require(Act.SEE_REPORTS)
    with desk.read() as work:
        return tuple(_item(desk, work.conn, record) for record in returned.all_items(work.conn))


def one_returned(desk: Desk, conn: Connection, item_id: str) -> ReturnedItem:
    """Return one returned item; raise NotFound."""
    record = returned.one_item(conn, item_id)
    if record is None:
        raise NotFound(f"There is no returned item “{item_id[:40]}”.", field="item")
    return _item(desk, conn, record)


def referral(desk: Desk, actor: Actor) -> Referral:
    """Return the overdue items as they go to the county attorney; raise Ineligible where there are none."""
    actor.require(Act.RETURN_ITEM)
    today = desk.today()
    with desk.read() as work:
        items = tuple(_item(desk, work.conn, record) for record in returned.all_items(work.conn))
    overdue = tuple(item for item in items if item.state(today) is NoticeState.OVERDUE)
    if not overdue:
        raise Ineligible("No returned item is overdue: the days of a notice run from the day that it was received.")
    return Referral(desk.office, today, overdue)


def _item(desk: Desk, conn: Connection, record: ReturnedRecord) -> ReturnedItem:
    event = entries.event_at(conn, record.event)
    if event is None or event.reverses is None:
        raise AssertionError(record.item)
    sold = entries.event_at(conn, event.reverses)
    if sold is None:
        raise AssertionError(record.item)
    row = next(row for row in entries.tenders_of(conn, sold.key) if row.number == record.tender)
    notes, sale = entries.notes_of(conn, event.key), entries.entry(conn, sold)
    return ReturnedItem(
        item=record.item,
        receipt=record.receipt,
        tender=record.tender,
        kind=row.kind,
        number=row.check_number,
        routing=row.routing,
        account_masked=row.account_masked,
        written_on=date.fromisoformat(row.check_date) if row.check_date else None,
        taken_on=sold.business_date,
        clerk=sale.actor_name,
        name=notes.get("name") or check_name(sale.notes, row.number) or record.customer,
        address=notes.get("address") or record.address,
        amount=record.amount,
        fee=record.fee,
        bill=record.bill,
        account=record.account,
        paid=record.paid,
        returned_on=desk.local(read_stamp(event.recorded_at)).date(),
        reason=notes.get("reason", ""),
        listed=str(event.facts.get("list", "")),
        mail_number=record.mail_number,
        mailed_on=date.fromisoformat(record.mailed_on) if record.mailed_on else None,
        received_on=date.fromisoformat(record.received_on) if record.received_on else None,
        notice_days=desk.policy.notice_days,
    )
