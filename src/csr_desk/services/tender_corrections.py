"""A tender keyed as the wrong kind: the receipt stays, an entry of its own moves the money to the right kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from csr_desk.data.queries import Connection, batches, entries
from csr_desk.data.queries.batches import BatchRecord
from csr_desk.data.queries.entries import Event
from csr_desk.domain.cart import tender_fee
from csr_desk.domain.changes import Done
from csr_desk.domain.checks import refuse_check
from csr_desk.domain.drawer import BatchState
from csr_desk.domain.errors import (
    AlreadyVoided,
    BadInput,
    BatchClosed,
    Ineligible,
    MissingInput,
    NotFound,
    NotPermitted,
    TenderRefused,
)
from csr_desk.domain.ledger import EntryDraft, EventKind, TenderRole
from csr_desk.domain.money import Cents
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.postings import tender_postings
from csr_desk.domain.receipt import Receipt
from csr_desk.domain.settle import LONGEST_NAME, check_tender
from csr_desk.domain.tender import CHECK_LIKE, TRAITS, SettledTender, Tender, TenderKind
from csr_desk.services import approvals, bills
from csr_desk.services.bank_accounts import sealed
from csr_desk.services.check_list import approval_needed, listed_among
from csr_desk.services.corrections import TOPICS
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.receipt_rows import names_text, taken_row
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

RIGHT = 2
"""The row of what the tender really was; the first takes back what it was said to be."""


@dataclass(frozen=True, slots=True)
class CorrectTender:
    """Say that what was taken as one kind was really another; the amount stays what it was."""

    key: str
    receipt: str
    wrong: TenderKind
    right: Tender
    reason: str


def correct_tender(desk: Desk, actor: Actor, command: CorrectTender, approval: approvals.Given = None) -> Done[Receipt]:
    """Correct the kind of a tender before the batch is accepted (supervisor approves); the drawer's count follows.

    What the sale would not have taken is not let in here: a tender that office or item do not take, a check for a
    returned item, a check of a listed account without its override. Raises NotFound, NotPermitted, BatchClosed,
    AlreadyVoided, Ineligible (a service fee hangs on it), BadInput, MissingInput, ApprovalNeeded, TenderRefused,
    CheckRefused.
    """
    actor.require(Act.CORRECT_TENDER)
    content = content_of(desk, actor.user, command)
    reason = plain_words(command.reason, "reason", 200)
    with desk.begin() as work:
        event = event_of_number(desk, work.conn, command.receipt)
        work.lock_series(event.key.series)
        earlier = earlier_event(work.conn, command.key, content)
        if earlier is not None:
            return Done(receipt_at(desk, work.conn, earlier, 0), replayed=True)
        row = _own_batch(work.conn, actor, event, desk.today())
        original = receipt_at(desk, work.conn, event, 0)
        amount = _amount(desk, work.conn, event, original, command)
        if not reason:
            raise MissingInput("Say why the tender is corrected.", field="reason")
        _refuse_tender(desk, work.conn, original, command.right)
        back, taken = _settled(desk, command, amount)
        listed = listed_among(work.conn, (taken,))
        asked = ((Act.CORRECT_TENDER, original.number, amount), *approval_needed(actor, original.number, listed))
        approved = approvals.require_all(desk, approval, actor, asked)
        tenders = (taken_row(1, back), taken_row(RIGHT, taken))
        draft = EntryDraft(
            series=row.series,
            kind=EventKind.TENDER_CORRECTED,
            business_date=row.business_date,
            actor=actor.user,
            approver=approved[0].signer,
            idem_key=command.key,
            content_hash=content,
            batch=row.batch_id,
            reverses=event.key,
            facts={"receipt": original.number, **({"listed_checks": list(listed[0])} if listed[0] else {})},
            notes={"reason": reason, **_check_name(command.right)},
            tenders=tenders,
            postings=tender_postings(tenders),
        )
        written = work.append(draft, desk.now_text())
        approvals.use_all(work, approved, actor, written)
        queue_print(work.conn, written.key, desk.now_text())
        if command.right.kind in CHECK_LIKE:
            queue_print(work.conn, written.key, desk.now_text(), document="endorsement")
    people = People(actor.name, approved[0].signer_name)
    return Done(receipt_from(desk, draft, written, people, Past(reverses=original.number)), TOPICS)


def _check_name(right: Tender) -> dict[str, str]:
    """Who drew the check that it really was, as one purgeable text."""
    name = plain_words(right.drawn_by, "drawn_by", LONGEST_NAME)
    return {"check_names": names_text([(RIGHT, name)])} if name else {}


def _own_batch(conn: Connection, actor: Actor, event: Event, today: date) -> BatchRecord:
    """Return the batch while it is not accepted; a difference shows at the count, so counting does not hinder.

    Not beyond its day, even where the batch was left open: the day's deposit would be out of balance (E5).
    """
    row = batches.one_batch(conn, event.batch or "")
    if row is None:
        raise NotFound
    if row.state is BatchState.ACCEPTED:
        raise BatchClosed
    if today != row.business_date:
        raise Ineligible("A tender is corrected on the day of its receipt only.")
    if row.custodian != actor.user:
        raise NotPermitted(f"This receipt is in the drawer of {row.custodian_name}. Only its holder corrects it.")
    return row


def refuse_correction(conn: Connection, actor: Actor, event: Event, today: date) -> None:
    """Raise why no tender of a receipt can be corrected any more, whatever it should become."""
    _own_batch(conn, actor, event, today)
    _refuse_corrected(conn, event)


def _refuse_corrected(conn: Connection, event: Event) -> None:
    if event.kind is not EventKind.SALE:
        raise Ineligible("Only the tender of a sale is corrected.")
    kinds = {back.kind for back in entries.reversals_of(conn, event.key)}
    if EventKind.VOID in kinds:
        raise AlreadyVoided
    if kinds - {EventKind.REPRINT}:
        raise Ineligible("This receipt was corrected or refunded already.")


def _amount(desk: Desk, conn: Connection, event: Event, original: Receipt, command: CorrectTender) -> Cents:
    """Return what the wrong kind stands with on the receipt, change deducted (cents)."""
    _refuse_corrected(conn, event)
    wrong, right = command.wrong, command.right.kind
    if wrong is right:
        raise BadInput("The tender is of this kind already.", field="to")
    rows = [row for row in original.tenders if row.kind == wrong.value]
    amount = sum(row.amount for row in rows if row.role is not TenderRole.FEE)
    if amount <= 0:
        raise BadInput(f"The receipt has no {wrong.value.replace('_', ' ')}.", field="from")
    on_account = TenderKind.ON_ACCOUNT in {wrong, right}
    if on_account and (any(row.document for row in rows) or any(line.reference for line in original.lines)):
        raise Ineligible("An account’s credit hangs on this tender. Void the receipt and sell again.")
    fee = tender_fee(desk.catalogue, right.value, amount, price_date=original.business_date)
    if fee is not None or any(row.role is TenderRole.FEE for row in rows):
        raise Ineligible("A service fee hangs on this tender. Void the receipt and sell again.")
    return amount


def _refuse_tender(desk: Desk, conn: Connection, original: Receipt, right: Tender) -> None:
    """Raise TenderRefused for what the sale would not have taken: office, items and returned items say what (A2)."""
    name = TRAITS[right.kind].name
    if right.kind.value not in desk.policy.tenders:
        raise TenderRefused(f"{name}: this office does not take it. Void the receipt.", field="to")
    for line in original.lines:
        item = desk.catalogue.items.get(line.item)
        if item is not None and item.tenders is not None and right.kind.value not in item.tenders:
            raise TenderRefused(f"{line.name} is not sold for {name.lower()}. Void the receipt.", field="to")
    bills.refuse_tender_of(conn, original, right)


def _settled(desk: Desk, command: CorrectTender, amount: Cents) -> tuple[SettledTender, SettledTender]:
    """Return what goes back and what was really taken; raise CheckRefused and what a tender's details lack."""
    if command.right != Tender(command.right.kind):
        check_tender(command.right)
        refuse_check(command.right, desk.today(), desk.policy.stale_check_days)
    back = SettledTender(Tender(command.wrong), -amount, -amount, 0)
    return back, SettledTender(sealed(desk, command.right), amount, amount, 0)
