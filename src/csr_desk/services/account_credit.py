"""Money that no bill has taken yet: used for what is owed, given up by an overpaid bill, listed until it is nothing.

Using it moves no cash: one entry of the office takes it from the liability and brings the revenue of the bills. Its
lines sum to nothing, so no drawer, no count and no deposit knows of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from csr_desk.data.queries import Connection, accounts, entries, payments
from csr_desk.data.queries.entries import Event
from csr_desk.data.unit_of_work import Work
from csr_desk.domain.cart import OpenAmount, price_cart
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.errors import BadInput, Conflict, Ineligible, MissingInput, NotFound
from csr_desk.domain.ledger import EntryDraft, EventKey, EventKind, LineRow, Posting, receipt_number
from csr_desk.domain.masking import seen_by
from csr_desk.domain.money import Cents, shown
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.postings import line_postings, reverse
from csr_desk.domain.receivable.application import credited, to_credit_of
from csr_desk.domain.receivable.items import OpenItem
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import applying, bills, collection_steps, days
from csr_desk.services.bill_items import applied_facts, open_items, taken_back
from csr_desk.services.corrections import lines_back
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.lines import BillLine
from csr_desk.services.receipt_rows import line_rows
from csr_desk.services.receipts import earlier_event
from csr_desk.services.words import plain_words

TOPICS = frozenset({Topic.ACCOUNTS})
KEPT_BACK = "(confidential)"
LONGEST_NUMBER = 9


@dataclass(frozen=True, slots=True)
class UseCredit:
    """Use what an account has paid ahead: for one of its bills, or by the order of application.

    Without ``amount`` (cents) as much as there is and is due.
    """

    key: str
    account: str
    amount: Cents | None = None
    bill: str = ""


@dataclass(frozen=True, slots=True)
class UndoCredit:
    """Take an application of credit back: ``entry`` names it, like ``HPC/17``."""

    key: str
    entry: str
    reason: str


@dataclass(frozen=True, slots=True)
class FreeOverpaid:
    """Put what was paid on a bill beyond what it comes to now (it was adjusted since) to its account's credit."""

    key: str
    bill: str


@dataclass(frozen=True, slots=True)
class CreditMoved:
    """What an application of credit did (cents); ``entry`` names it."""

    entry: str
    account: str
    lines: tuple[LineRow, ...]
    postings: tuple[Posting, ...]
    owed: Cents
    """What the account still owes."""
    left: Cents
    """What still stands to its credit."""

    @property
    def amount(self) -> Cents:
        """What left the credit; below zero where it came there."""
        return -sum(line.amount for line in self.lines if credited(line.reference))


@dataclass(frozen=True, slots=True)
class Unapplied:
    """Money that no bill has taken yet: an account's credit, or what a bill was paid too much (cents)."""

    account: str
    customer: str
    service: str
    amount: Cents
    since: date | None
    """When the oldest of it came in."""
    sources: tuple[str, ...]
    """The receipts that brought it, the oldest first."""
    bill: str = ""
    """The bill that was paid too much, where it is no credit yet."""


def use_credit(desk: Desk, actor: Actor, command: UseCredit) -> Done[CreditMoved]:
    """Use an account's credit for its bills.

    Raises NotFound, Ineligible (no credit, or less than that), AlreadyPaid, BadInput, TenderRefused (what the bank sent
    back is repaid in certified funds), DayClosed.
    """
    actor.require(Act.USE_CREDIT)
    content = content_of(desk, actor.user, command)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        earlier = earlier_event(work.conn, command.key, content)
        if earlier is not None:
            return Done(_moved(work.conn, earlier), replayed=True)
        payments.lock_accounts(work.conn, [command.account])
        day = days.day_for_office(work, desk, actor, desk.today())
        owed = _owed(work.conn, command, day)
        amount = sum(one.amount for one in owed.amounts)
        credit = OpenAmount(
            to_credit_of(command.account), f"Credit of account {command.account}", -amount, (bills.credit_share(),)
        )
        cart = price_cart(desk.catalogue, (credit, *owed.amounts), price_date=day)
        booked = [posting for line in cart.lines for posting in line_postings(line.number, line.distribution())]
        draft = _draft(desk, actor, (command.key, content, day), (line_rows(cart.lines), tuple(booked)))
        done = _write(work, desk, applying.with_accounts(work.conn, draft, (owed,)))
        where = collection_steps.office_series(desk, command.key, done.entry)
        collection_steps.settle_accounts(work, desk, actor, ((done.account,), ""), where)
    return Done(done, TOPICS)


def _owed(conn: Connection, command: UseCredit, day: date) -> bills.Owed:
    """Spread the credit over the bills; raise what paying them would, and Ineligible where there is not so much."""
    there = payments.credit_of(conn, command.account)
    if there is None:
        raise NotFound(f"There is no account “{command.account[:40]}”.", field="account")
    if not there:
        raise Ineligible(f"Nothing stands to the credit of account {command.account}.")
    if command.amount is not None and command.amount > there:
        raise Ineligible(f"Only {shown(there)} stands to the credit of account {command.account}.", field="amount")
    if command.bill and payments.account_of_bill(conn, command.bill) != command.account:
        raise NotFound(f"Account {command.account} has no bill “{command.bill[:40]}”.", field="bill")
    line = BillLine("bill", command.bill) if command.bill else BillLine("account", command.account)
    (whole,) = bills.resolve(conn, (line,), day, lock=True)
    amount = min(there, whole.due) if command.amount is None else command.amount
    if amount > whole.due:
        raise BadInput(f"Only {shown(whole.due)} is due. Key that amount or less.", field="amount")
    (owed,) = bills.resolve(conn, (replace(line, amount=amount),), day, lock=True)
    bills.refuse_tenders((owed,), (Tender(TenderKind.ON_ACCOUNT),))
    return owed


def undo_credit(desk: Desk, actor: Actor, command: UndoCredit) -> Done[CreditMoved]:
    """Take an application of credit back by an entry that is its exact negative: the bills are due again.

    Raises NotFound, MissingInput (no reason), Conflict (taken back already), Ineligible (the credit is used).
    """
    actor.require(Act.USE_CREDIT)
    content = content_of(desk, actor.user, command)
    reason = plain_words(command.reason, "reason", 200)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        earlier = earlier_event(work.conn, command.key, content)
        if earlier is not None:
            return Done(_moved(work.conn, earlier), replayed=True)
        event = _applied_at(work.conn, command.entry)
        if not reason:
            raise MissingInput("Say why the credit is taken back from the bill.", field="reason")
        if event.reverses is not None or entries.reversals_of(work.conn, event.key):
            raise Conflict("This was taken back already.")
        day = days.day_for_office(work, desk, actor, desk.today())
        entry = entries.entry(work.conn, event)
        lines = lines_back(entry.lines)
        applying.refuse_spent(work.conn, lines)
        payments.lock_accounts(work.conn, applying.accounts_of(work.conn, lines))
        draft = _draft(desk, actor, (command.key, content, day), (lines, reverse(entry.postings)))
        undone = taken_back(event.facts, [line.number for line in lines])
        draft = replace(draft, reverses=event.key, facts={**draft.facts, **undone}, notes={"reason": reason})
        done = _write(work, desk, applying.told_about(work.conn, draft))
        where = collection_steps.office_series(desk, command.key, name_of(event))
        collection_steps.put_back_accounts(work, desk, actor, ((done.account,), ""), where)
    return Done(done, TOPICS)


def name_of(event: Event) -> str:
    """Return the name of an entry of the office, like ``HPC/17``."""
    return f"{event.key.series}/{event.key.seq}"


def _applied_at(conn: Connection, name: str) -> Event:
    series, _, seq = name.strip().rpartition("/")
    known = seq.isascii() and seq.isdigit() and len(seq) <= LONGEST_NUMBER
    event = entries.event_at(conn, EventKey(series, int(seq))) if series and known else None
    if event is None or event.kind is not EventKind.CREDIT_APPLIED:
        raise NotFound(f"“{name[:40]}” is no entry that used a credit.", field="entry")
    return event


def free_overpaid(desk: Desk, actor: Actor, command: FreeOverpaid) -> Done[CreditMoved]:
    """Put what a bill was paid too much to its account's credit; raise NotFound, Ineligible (it was not)."""
    actor.require(Act.USE_CREDIT)
    content = content_of(desk, actor.user, command)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        earlier = earlier_event(work.conn, command.key, content)
        if earlier is not None:
            return Done(_moved(work.conn, earlier), replayed=True)
        account = payments.account_of_bill(work.conn, command.bill)
        payments.lock_accounts(work.conn, [account])
        record = accounts.one_bill(work.conn, command.bill, lock=True)
        if record is None:
            raise NotFound(f"There is no bill “{command.bill[:40]}”.", field="bill")
        more = record.paid - record.amount
        if more <= 0:
            raise Ineligible(f"Bill {record.bill} was not paid more than it comes to.", field="bill")
        day = days.day_for_office(work, desk, actor, desk.today())
        items = open_items(work.conn, (record,))[record.bill]
        spread = _too_much(items, more)
        back = _line(1, record.bill, f"Overpaid: {record.description} {account}", -more)
        credit = _line(2, to_credit_of(account), f"To the credit of account {account}", more)
        booked = [
            Posting(share.account, part, line=1)
            for item in items
            for (share, _), part in zip(item.targets, spread.get(item.n, ()), strict=False)
            if part
        ]
        share = bills.credit_share()
        postings = (*booked, Posting(share.account, -more, line=2))
        draft = _draft(desk, actor, (command.key, content, day), ((back, credit), postings))
        facts = {**draft.facts, **(applied_facts({1: spread}, sign=-1) if [one.n for one in items] != [0] else {})}
        done = _write(work, desk, applying.told_about(work.conn, replace(draft, facts=facts)))
    return Done(done, TOPICS)


def _too_much(items: Sequence[OpenItem], more: Cents) -> dict[int, tuple[Cents, ...]]:
    """Say what each account of each item has above its share, so much of it as the bill as a whole was overpaid."""
    spread = {}
    for item in items:
        parts = []
        for (_, target), had in zip(item.targets, item.booked, strict=False):
            part = min(max(had - target, 0), more)
            more -= part
            parts.append(part)
        if any(parts):
            spread[item.n] = tuple(parts)
    if more:
        raise Ineligible("What the bill was paid is not booked to its accounts. The accountant corrects this.")
    return spread


def _line(number: int, reference: str, name: str, amount: Cents) -> LineRow:
    explain = (f"{name}: {shown(amount)}.",)
    return LineRow(number, "open_amount", "", name, "", "1", None, amount, None, "", "", 0, explain, reference)


def _draft(
    desk: Desk,
    actor: Actor,
    where: tuple[str, str, date],
    what: tuple[tuple[LineRow, ...], tuple[Posting, ...]],
) -> EntryDraft:
    key, content, day = where
    lines, postings = what
    return EntryDraft(
        series=desk.office_series,
        kind=EventKind.CREDIT_APPLIED,
        business_date=day,
        actor=actor.user,
        idem_key=key,
        content_hash=content,
        lines=lines,
        postings=postings,
    )


def _write(work: Work, desk: Desk, draft: EntryDraft) -> CreditMoved:
    written = work.append(draft, desk.now_text())
    applying.post(work.conn, written.key, draft)
    event = entries.event_at(work.conn, written.key)
    if event is None:
        raise AssertionError(written.key)
    return _moved(work.conn, event)


def _moved(conn: Connection, event: Event) -> CreditMoved:
    entry = entries.entry(conn, event)
    account = next(account for line in entry.lines if (account := credited(line.reference)))
    return CreditMoved(
        name_of(event),
        account,
        entry.lines,
        entry.postings,
        payments.open_of(conn, account),
        payments.credit_of(conn, account) or 0,
    )


def unapplied(desk: Desk, actor: Actor) -> tuple[Unapplied, ...]:
    """List all money that no bill has taken yet, the oldest first, until each of it is nothing."""
    actor.require(Act.SEE_CUSTOMERS)
    with desk.read() as work:
        found = [_of_account(work.conn, record) for record in payments.in_credit(work.conn)]
        for bill, account, more in payments.overpaid(work.conn):
            service, name, hidden = payments.holder_of(work.conn, account)
            found.append(Unapplied(account, KEPT_BACK if hidden else name, service, more, None, (), bill))
    found.sort(key=lambda one: (one.since or date.min, one.account, one.bill))
    return seen_by(actor.role, tuple(found))


def _of_account(conn: Connection, record: payments.CreditRecord) -> Unapplied:
    """Find which receipts the money still comes from: the oldest is used first."""
    net: dict[EventKey, Cents] = defaultdict(int)
    moves = payments.moves_of(conn, record.account)
    for move in moves:  # what takes an entry back belongs to that entry
        net[move.reverses or move.key] += move.amount
    brought = [(move, net[move.key]) for move in _first_of_each(moves) if net[move.key] > 0]
    used = -sum(amount for amount in net.values() if amount < 0)
    left = []
    for move, amount in brought:
        part = min(used, amount)
        used -= part
        if amount > part:
            left.append(move)
    sources = tuple(
        receipt_number(move.key.series, move.receipt_no) if move.receipt_no else f"{move.key.series}/{move.key.seq}"
        for move in left
    )
    since = date.fromisoformat(left[0].business_date) if left else None
    name = KEPT_BACK if record.confidential else record.customer
    return Unapplied(record.account, name, record.service, record.credit, since, sources)


def _first_of_each(moves: Sequence[payments.MoveRecord]) -> tuple[payments.MoveRecord, ...]:
    return tuple({move.key: move for move in moves if move.reverses is None}.values())
