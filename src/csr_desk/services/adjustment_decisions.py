"""Deciding an adjustment that somebody else prepared, and taking an approved one back: entries, never edits (F4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from csr_desk.data.queries import accounts, adjustments, entries, payments
from csr_desk.data.queries.adjustments import AdjustmentRecord, UseRecord
from csr_desk.data.unit_of_work import Work
from csr_desk.domain.changes import Done
from csr_desk.domain.distribution import Share
from csr_desk.domain.errors import Conflict, Ineligible, MissingInput, NotPermitted, SelfApproval
from csr_desk.domain.ledger import EventKey, EventKind, Posting
from csr_desk.domain.money import Cents, allocate, shown
from csr_desk.domain.people import Act, Actor, Role
from csr_desk.domain.postings import HOUSE
from csr_desk.domain.receivable import adjusting
from csr_desk.domain.receivable.adjusting import KINDS, Kind
from csr_desk.domain.receivable.adjustment import Adjustment, State, decider_of, may_decide
from csr_desk.domain.receivable.billed import merged, parts_of, shares_text
from csr_desk.domain.receivable.taking_off import OpenBill, credit_postings, spread
from csr_desk.services import approvals, collection_steps, days
from csr_desk.services.adjustment_cases import adjusted_before, asked_bills, credited_before
from csr_desk.services.adjustment_records import adjustment, event_of, record_of
from csr_desk.services.adjustments import TOPICS, close, record, refuse_decided
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.receipts import earlier_event
from csr_desk.services.words import plain_words

PRIORITY = 100
"""Among the items of a bill; what is below zero is never paid."""


@dataclass(frozen=True, slots=True)
class DecideAdjustment:
    """A yes or a no, with words for the customer (a no needs them)."""

    key: str
    adjustment: str
    yes: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReverseAdjustment:
    """An approved adjustment is taken back."""

    key: str
    adjustment: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Change:
    """What an entry changes on one bill: an item (cents, below zero comes off), and what goes to the credit."""

    bill: str
    amount: Cents
    credit: Cents
    parts: tuple[tuple[Share, Cents], ...]
    shares: str
    """Of the whole bill, with the item."""
    postings: tuple[Posting, ...] = ()


def decide(desk: Desk, actor: Actor, command: DecideAdjustment) -> Done[Adjustment]:
    """Approve or refuse a request within one's tier.

    An approval comes off of what is open on the bills; what was paid already is posted as the account's credit.
    Raises NotFound, SelfApproval, NotPermitted (above the tier, or not the clerk's own supervisor where the policy asks
    for that), MissingInput (why not), Conflict (decided, or the bills changed meanwhile), DayClosed.
    """
    actor.require(Act.DECIDE_ADJUSTMENT)
    content = content_of(desk, actor.user, command)
    reason = plain_words(command.reason, "reason")
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        before = record_of(work.conn, command.adjustment)
        if earlier_event(work.conn, command.key, content) is not None:
            return Done(adjustment(desk, work.conn, before), replayed=True)
        _check_decider(desk, actor, before, yes=command.yes)
        refuse_decided(before)
        payments.lock_accounts(work.conn, (before.account,))
        if not command.yes and not reason:
            raise MissingInput("Say why not: the customer is told.", field="reason")
        changes = _take(desk, work, before) if command.yes else []
        state = State.APPROVED if command.yes else State.REFUSED
        _write(
            work, desk, actor, (EventKind.ADJUSTMENT_DECIDED, command.key, content), (before, state, changes, reason)
        )
        if changes:
            where = collection_steps.office_series(desk, command.key, before.number)
            collection_steps.settle_accounts(work, desk, actor, ((before.account,), ""), where)
        done = adjustment(desk, work.conn, record_of(work.conn, before.number))
    return Done(done, TOPICS)


def reverse(desk: Desk, actor: Actor, command: ReverseAdjustment) -> Done[Adjustment]:
    """Take an approved adjustment back (the accountant): the bills ask for it again.

    What went to the account's credit is taken from there as far as it is unused, the rest is asked for by the bill.
    Raises NotFound, MissingInput (why), Ineligible (not approved), Conflict (reversed already), DayClosed.
    """
    actor.require(Act.REVERSE_ADJUSTMENT)
    content = content_of(desk, actor.user, command)
    reason = plain_words(command.reason, "reason")
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        before = record_of(work.conn, command.adjustment)
        if earlier_event(work.conn, command.key, content) is not None:
            return Done(adjustment(desk, work.conn, before), replayed=True)
        if before.state == State.REVERSED.value:
            raise Conflict(f"{before.number} was reversed already.")
        if before.state != State.APPROVED.value:
            raise Ineligible(f"{before.number} is {before.state}: there is nothing to take back.")
        if not reason:
            raise MissingInput("Say why it is taken back: the customer is told.", field="reason")
        payments.lock_accounts(work.conn, (before.account,))
        what = (before, State.REVERSED, _give_back(work, before), reason)
        _write(work, desk, actor, (EventKind.ADJUSTMENT_REVERSED, command.key, content), what)
        where = collection_steps.office_series(desk, command.key, before.number)
        collection_steps.put_back_accounts(work, desk, actor, ((before.account,), ""), where)
        done = adjustment(desk, work.conn, record_of(work.conn, before.number))
    return Done(done, TOPICS)


def _check_decider(desk: Desk, actor: Actor, before: AdjustmentRecord, *, yes: bool) -> None:
    act = Act.DECIDE_ADJUSTMENT
    if before.requested_by == actor.user:
        raise SelfApproval(act=act.value, subject=before.number, amount=abs(before.amount))
    if actor.role is Role.SUPERVISOR:
        approvals.check_own_supervisor(desk, actor, (before.requested_by, before.requested_name), act)
    if yes and not may_decide(actor, before.amount, desk.policy):
        role = decider_of(before.amount, desk.policy)
        whose = f"A person whose role is {role.value} decides it" if role else "Nobody of this office decides it"
        raise NotPermitted(f"{shown(abs(before.amount))} is above your tier. {whose}.", act=act.value)


def _take(desk: Desk, work: Work, before: AdjustmentRecord) -> list[_Change]:
    """Work out what an approval changes, on the bills as they are now; nobody pays them meanwhile."""
    asked = event_of(work.conn, before.entry).facts["parts"]
    bills = {str(part["bill"]) for part in asked}
    now = {one.bill: one for one in adjustments.uses_of(work.conn, before.account, lock=sorted(bills))}
    kind = KINDS[before.kind]
    _refuse_used_up(desk, work, before, kind)
    credited = credited_before(work.conn, before.account)
    changes = []
    for part in asked:
        bill, off = now[str(part["bill"])], -int(part["amount"])
        left = bill.amount - credited.get(bill.bill, 0)
        if off > left:
            raise Conflict(f"Bill {bill.bill} has only {shown(left)} left. Refuse this and prepare it again.")
        changes.append(_taken_off(work, bill, off, {str(name): int(less) for name, less in part["by_account"].items()}))
    return changes


def _refuse_used_up(desk: Desk, work: Work, before: AdjustmentRecord, kind: Kind) -> None:
    """Raise Conflict where another adjustment was approved meanwhile, so that this one would be one too many."""
    months = tuple(sorted(month for _, month in asked_bills(work.conn, before)))
    earlier = adjusted_before(work.conn, before.account, but=before.number)
    case = adjusting.Case(kind, months, desk.today(), {}, earlier)
    failed = next((step for step in adjusting.how_often(case) if step.holds is False), None)
    if failed is not None:
        raise Conflict(f"Meanwhile another adjustment was approved. {failed.words}: {failed.figure}.")


def _open(work: Work, bill: UseRecord) -> OpenBill:
    parts = merged(parts_of(bill.shares))
    return OpenBill(parts, bill.paid, accounts.booked_for(work.conn, bill.bill) if bill.paid else {})


def _taken_off(work: Work, bill: UseRecord, off: Cents, wanted: dict[str, Cents]) -> _Change:
    found = _open(work, bill)
    on_bill = min(off, found.open)
    credit = off - on_bill
    booked = found.booked or {share.account: cents for share, cents in found.parts}
    less = tuple((share, -cents) for share, cents in spread(on_bill, found, wanted) if cents)
    off_already = Counter({share.account: -cents for share, cents in less})
    still = {name: cents - off_already[name] for name, cents in wanted.items()}
    postings = credit_postings(credit, booked, still) if credit else ()
    return _Change(bill.bill, -on_bill, credit, less, shares_text(merged([*found.parts, *less])), postings)


def _give_back(work: Work, before: AdjustmentRecord) -> list[_Change]:
    """Work out what a reversal changes."""
    if before.decided is None:
        raise AssertionError(before.number)
    taken = event_of(work.conn, before.decided).facts["taken"]
    bills = sorted({str(one["bill"]) for one in taken})
    now = {one.bill: one for one in adjustments.uses_of(work.conn, before.account, lock=bills)}
    account = adjustments.one_account(work.conn, before.account)
    unused = 0 if account is None else max(0, account.credit)
    debits = [posting for posting in entries.postings_of(work.conn, before.decided) if posting.amount > 0]
    changes, booked_back = [], 0
    for one in taken:
        found = _open(work, now[str(one["bill"])])
        back = min(int(one["credit"]), unused - booked_back)
        again = [(share, -cents) for share, cents in parts_of(one["shares"])]
        more = [(share, -cents) for share, cents in spread(back - int(one["credit"]), found, {}) if cents]
        item = merged([*again, *more])
        amount = sum(cents for _, cents in item)
        changes.append(_Change(str(one["bill"]), amount, -back, item, shares_text(merged([*found.parts, *item]))))
        booked_back += back
    if changes and booked_back:
        parts = allocate(booked_back, [posting.amount for posting in debits])
        back_to = [Posting(row.account, -part) for row, part in zip(debits, parts, strict=True) if part]
        last = changes[-1]
        postings = (Posting(HOUSE.on_account, booked_back), *back_to)
        changes[-1] = _Change(last.bill, last.amount, last.credit, last.parts, last.shares, postings)
    return changes


def _write(
    work: Work,
    desk: Desk,
    actor: Actor,
    by: tuple[EventKind, str, str],
    what: tuple[AdjustmentRecord, State, Sequence[_Change], str],
) -> None:
    """Write the entry, then the items, the credit and the row that it makes."""
    before, state, changes, reason = what
    numbers = [adjustments.next_item(work.conn, one.bill) if one.amount else None for one in changes]
    postings = tuple(posting for one in changes for posting in one.postings)
    credit = sum(one.credit for one in changes)
    told = [_told(before, state, one, n) for one, n in zip(changes, numbers, strict=True)]
    facts: dict[str, Any] = {
        "change": state.value, "adjustment": before.number, "account": before.account, "kind": before.kind,
        "amount": before.amount,
    }  # fmt: skip
    if changes:
        facts["taken"] = told
        facts["credit"] = credit
    draft: dict[str, Any] = {
        "facts": facts, "notes": {"reason": reason}, "about": before.account, "postings": postings,
        "reverses": before.decided if state is State.REVERSED else before.entry,
    }  # fmt: skip
    if postings:
        draft["day"] = days.day_for_office(work, desk, actor, desk.today())
    written = record(work, desk, actor, by, draft)
    for one, said in zip(changes, told, strict=True):
        if said["n"] is not None:
            adjustments.add_item(work.conn, _item(said, written.key), one.shares)
    if credit:
        adjustments.add_credit(work.conn, before.account, credit)
    if state is State.REVERSED:
        values = {"state": state.value, "reversed_series": written.key.series, "reversed_seq": written.key.seq}
        adjustments.update_adjustment(work.conn, before.number, values)
    else:
        close(work, before, state, actor, written)


def _told(before: AdjustmentRecord, state: State, change: _Change, n: int | None) -> dict[str, Any]:
    """Say what changes on a bill: the item word for word, so that its row can be rebuilt."""
    kind = KINDS[before.kind]
    what = "reversed" if state is State.REVERSED else "approved"
    return {
        "bill": change.bill, "n": n, "amount": change.amount, "credit": change.credit,
        "shares": shares_text(change.parts), "description": f"{kind.name} {before.number}, {what}",
        "authority": kind.authority, "priority": PRIORITY,
    }  # fmt: skip


def _item(told: dict[str, Any], entry: EventKey) -> dict[str, Any]:
    return {
        "bill_id": told["bill"],
        "n": told["n"],
        "kind": "adjustment",
        "description": told["description"],
        "amount_minor": told["amount"],
        "priority": told["priority"],
        "shares": told["shares"],
        "authority": told["authority"],
        "explain": "[]",
        "series_id": entry.series,
        "seq": entry.seq,
    }
