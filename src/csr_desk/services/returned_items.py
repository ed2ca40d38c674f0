"""A check or e-check that the bank sent back: owed again with its fee; no drawer is touched (field 2.3)."""

from __future__ import annotations

from dataclasses import dataclass

from csr_desk.data.queries import Connection, entries
from csr_desk.data.queries.entries import Event
from csr_desk.domain.cart import CartLine, price_cart
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.errors import AlreadyVoided, BadInput, Conflict, Ineligible, MissingInput
from csr_desk.domain.ledger import EntryDraft, EventKind, Posting, TenderRole, TenderRow
from csr_desk.domain.money import Cents
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.postings import HOUSE, line_postings
from csr_desk.services import days
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.receipts import earlier_event, event_of_number, number_of
from csr_desk.services.words import plain_words

FEE_ITEM = "NSF-CHK"
"""The catalogue's item of the fee for a returned item, where the city has one."""

RETURNABLE = frozenset({"check", "cashiers_check", "money_order", "echeck", "card"})


@dataclass(frozen=True, slots=True)
class ReturnItem:
    """What the bank sent back: a tender of a receipt by its number, with the bank's reason."""

    key: str
    receipt: str
    tender: int
    bank_reason: str


@dataclass(frozen=True, slots=True)
class Returned:
    """What is owed now (cents): the item and the fee."""

    receipt: str
    amount: Cents
    fee: Cents
    postings: tuple[Posting, ...]


def returned_item(desk: Desk, actor: Actor, command: ReturnItem) -> Done[Returned]:
    """Book a returned item to what the customer owes; posted to a day that is open, drawers stay as they were.

    Raises NotFound, BadInput (no such tender, or cash), AlreadyVoided, Conflict (returned before), MissingInput.
    """
    actor.require(Act.RETURN_ITEM)
    content = content_of(desk, actor.user, command)
    reason = plain_words(command.bank_reason, "bank_reason", 200)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        earlier = earlier_event(work.conn, command.key, content)
        if earlier is not None:
            return Done(_returned(work.conn, earlier), replayed=True)
        event = event_of_number(desk, work.conn, command.receipt)
        row = _tender(work.conn, event, command.tender)
        if not reason:
            raise MissingInput("Key the bank’s reason.", field="bank_reason")
        day = days.day_for_office(work, desk, actor, desk.today())
        fee, fee_postings = _fee(desk)
        written = work.append(
            EntryDraft(
                series=desk.office_series,
                kind=EventKind.ITEM_RETURNED,
                business_date=day,
                actor=actor.user,
                idem_key=command.key,
                content_hash=content,
                reverses=event.key,
                facts={
                    "receipt": number_of(event),
                    "tender": row.number,
                    "amount": row.amount,
                    "fee": fee,
                },
                notes={"reason": reason},
                postings=(
                    Posting(HOUSE.receivable, row.amount + fee),
                    Posting(HOUSE.bank, -row.amount),
                    *fee_postings,
                ),
            ),
            desk.now_text(),
        )
        done = entries.event_at(work.conn, written.key)
        if done is None:
            raise AssertionError(written.key)
        returned = _returned(work.conn, done)
    return Done(returned, frozenset({Topic.ACCOUNTS, Topic.DEPOSITS}))


def _returned(conn: Connection, event: Event) -> Returned:
    facts = event.facts
    return Returned(facts["receipt"], facts["amount"], facts["fee"], entries.postings_of(conn, event.key))


def _tender(conn: Connection, event: Event, number: int) -> TenderRow:
    """Return the tender that came back, if it can and did not before."""
    if event.kind not in {EventKind.SALE, EventKind.TENDER_CORRECTED}:
        raise Ineligible("Only a tender of a sale is returned by the bank.")
    corrected: set[str] = set()
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


def _fee(desk: Desk) -> tuple[Cents, tuple[Posting, ...]]:
    """Price the fee for a returned item today (cents), and where it is booked."""
    if FEE_ITEM not in desk.catalogue.items:
        return 0, ()
    priced = price_cart(desk.catalogue, (CartLine(FEE_ITEM),), price_date=desk.today(), demo_inputs=True)
    line = priced.lines[0]
    # the posting stands in an entry without lines, so it names none
    return line.amount, tuple(
        Posting(posting.account, posting.amount) for posting in line_postings(1, line.distribution())
    )
