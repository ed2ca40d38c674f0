"""Refundable deposits of customers: settled when an account closes, or handed to the state when nobody claims them.

What is owed is paid from a deposit first, by the order of application; the rest goes back through payables, never from
a drawer. One entry of the office takes the liability down; its lines sum to nothing (F11).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from csr_desk.data.queries import Connection, accounts, entries, guarantees, payments
from csr_desk.data.queries import payables as requests
from csr_desk.data.queries.entries import Event
from csr_desk.data.queries.guarantees import HolderRecord
from csr_desk.data.unit_of_work import Work
from csr_desk.domain import about
from csr_desk.domain.cart import OpenAmount, price_cart
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.distribution import Share
from csr_desk.domain.errors import Conflict, Ineligible, NotFound
from csr_desk.domain.ledger import EntryDraft, EventKind, LineRow, Posting, Written
from csr_desk.domain.masking import seen_by
from csr_desk.domain.money import Cents
from csr_desk.domain.payables import state_of
from csr_desk.domain.people import Act, Actor, Approval
from csr_desk.domain.postings import HOUSE, line_postings
from csr_desk.domain.receivable.guarantee import Guarantee, GuaranteeState, deposit_for, is_dormant, settled
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import applying, approvals, bills, collection_steps, days
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.guarantee_lines import liability
from csr_desk.services.lines import BillLine
from csr_desk.services.payables import THE_PAYOR, Payee, payee_notes, payee_of
from csr_desk.services.receipt_rows import line_rows
from csr_desk.services.receipts import earlier_event, number_of

TOPICS = frozenset({Topic.ACCOUNTS, Topic.PAYABLES})
LONGEST_NUMBER = 60


@dataclass(frozen=True, slots=True)
class SettleDeposit:
    """End a deposit: pay what its account owes, have the rest given back; with ``closes`` the account is closed.

    Without a payee the customer is paid, at their address.
    """

    key: str
    deposit: str
    closes: bool = False
    payee: Payee = THE_PAYOR


@dataclass(frozen=True, slots=True)
class HandOverUnclaimed:
    """Hand a deposit that nobody claimed to the state, through payables."""

    key: str
    deposit: str
    payee: Payee


@dataclass(frozen=True, slots=True)
class Ended:
    """How a deposit ended (cents)."""

    deposit: str
    account: str
    state: GuaranteeState
    amount: Cents
    applied: Cents
    """What went to bills."""
    given_back: Cents
    request: str
    """The request to payables for what goes back, if any."""
    postings: tuple[Posting, ...]


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a deposit is split into: what it pays, and what leaves the city."""

    owed: tuple[bills.Owed, ...]
    back: Cents

    @property
    def applied(self) -> Cents:
        return sum(amount.amount for one in self.owed for amount in one.amounts)


def deposits_of(desk: Desk, actor: Actor, account: str) -> tuple[Guarantee, ...]:
    """Return the deposits of an account; raise NotFound."""
    actor.require(Act.SEE_CUSTOMERS)
    with desk.read() as work:
        if not accounts.has_account(work.conn, account):
            raise NotFound(f"There is no account “{account[:40]}”.", field="account")
        return seen_by(actor.role, guarantees.guarantees_of(work.conn, account))


def settle_deposit(desk: Desk, actor: Actor, command: SettleDeposit, approval: Approval | None = None) -> Done[Ended]:
    """Pay what is owed from a deposit and have the rest given back (the accountant; a supervisor signs for the rest).

    Raises NotFound, Conflict (ended already), ApprovalNeeded, SelfApproval, MissingInput (somebody else is paid and
    nobody says why), TenderRefused (a returned item is repaid in certified funds), DayClosed.
    """
    actor.require(Act.END_GUARANTEE)
    content = content_of(desk, actor.user, command)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (earlier := earlier_event(work.conn, command.key, content)) is not None:
            return Done(_ended(work.conn, earlier), replayed=True)
        found, holder = _held(work.conn, command.deposit)
        day = days.day_for_office(work, desk, actor, desk.today())
        parts = _parts(work.conn, found, day)
        state = GuaranteeState.REFUNDED if parts.back else GuaranteeState.APPLIED
        payee = payee_of(command.payee, holder.name) if parts.back else Payee()
        if parts.back and not payee.address and payee.name == holder.name:
            payee = replace(payee, address=holder.address)
        closed = {"closed_on": day.isoformat()} if command.closes and holder.closed_on is None else {}
        done = _end(work, desk, actor, (found, state, parts, payee), (command.key, content, day, closed, approval))
        if closed:
            guarantees.close_account(work.conn, found.account, day)
        if parts.applied:
            where = collection_steps.office_series(desk, command.key, found.deposit_no)
            collection_steps.settle_accounts(work, desk, actor, ((found.account,), ""), where)
    return Done(done, TOPICS)


def hand_over_unclaimed(
    desk: Desk, actor: Actor, command: HandOverUnclaimed, approval: Approval | None = None
) -> Done[Ended]:
    """Hand a deposit to the state that nobody claimed for as long as the city's settings say (a supervisor signs).

    Raises NotFound, Conflict, Ineligible (not for so long, the account is open or owes something), MissingInput.
    """
    actor.require(Act.END_GUARANTEE)
    content = content_of(desk, actor.user, command)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (earlier := earlier_event(work.conn, command.key, content)) is not None:
            return Done(_ended(work.conn, earlier), replayed=True)
        found, holder = _held(work.conn, command.deposit)
        heard = heard_of(work.conn, holder)
        if heard is None or not is_dormant(heard, desk.policy.dormant_months, desk.today()):
            months = desk.policy.dormant_months
            raise Ineligible(f"Deposit {found.deposit_no} is not unclaimed: {months} months after the account closed.")
        day = days.day_for_office(work, desk, actor, desk.today())
        if _due(work.conn, found.account):
            raise Ineligible(f"Account {found.account} owes something. Settle the deposit.")
        payee = payee_of(replace(command.payee, reason=command.payee.reason or "Unclaimed property"), holder.name)
        what = (found, GuaranteeState.UNCLAIMED, _Parts((), found.amount), payee)
        done = _end(work, desk, actor, what, (command.key, content, day, {}, approval))
    return Done(done, TOPICS)


def heard_of(conn: Connection, holder: HolderRecord) -> date | None:
    """Return when the customer of a closed account was last heard of there; None while it is open."""
    if holder.closed_on is None:
        return None
    subject = about.account(holder.account)
    return max(holder.closed_on, guarantees.last_heard(conn, [subject]).get(subject, holder.closed_on))


def _held(conn: Connection, number: str) -> tuple[Guarantee, HolderRecord]:
    found = guarantees.one_guarantee(conn, number.strip(), lock=True)
    holder = guarantees.holder(conn, found.account) if found else None
    if found is None or holder is None:
        raise NotFound(f"There is no deposit “{number[:LONGEST_NUMBER]}”.", field="deposit")
    if found.state is not GuaranteeState.HELD:
        raise Conflict(f"Deposit {found.deposit_no} is {found.state.value} already.")
    payments.lock_accounts(conn, [found.account])
    return found, holder


def _due(conn: Connection, account: str) -> Cents:
    return payments.open_of(conn, account)


def _parts(conn: Connection, found: Guarantee, day: date) -> _Parts:
    """Spread a deposit over what is owed by the order of application."""
    applied, back = settled(found.amount, _due(conn, found.account))
    if not applied:
        return _Parts((), back)
    owed = bills.resolve(conn, (BillLine("account", found.account, applied),), day, lock=True)
    bills.refuse_tenders(owed, (Tender(TenderKind.ON_ACCOUNT),))
    return _Parts(owed, back)


def _end(
    work: Work,
    desk: Desk,
    actor: Actor,
    what: tuple[Guarantee, GuaranteeState, _Parts, Payee],
    how: tuple[str, str, date, Mapping[str, object], Approval | None],
) -> Ended:
    """Write the entry that ends a deposit, with its bills and its request to payables."""
    found, state, parts, payee = what
    key, content, day, more, given = how
    asked = (Act.END_GUARANTEE, found.deposit_no, parts.back)
    approved = approvals.require(desk, given, actor, asked) if parts.back else None
    lines = _lines(desk, found, parts, day)
    facts: dict[str, object] = {
        "deposit": found.deposit_no, "account": found.account, "state": state.value, "amount": found.amount,
        "applied_amount": parts.applied, "receipt": _receipt(work.conn, found), **more,
    }  # fmt: skip
    if parts.back:
        facts |= {"payables": parts.back, "request": state_of(payee.name, payee.address).value}
    rows, booked = lines
    draft = EntryDraft(
        series=desk.office_series, kind=EventKind.GUARANTEE_ENDED, business_date=day, actor=actor.user,
        approver=approved.signer if approved else None, idem_key=key, content_hash=content, facts=facts,
        notes=payee_notes(payee), lines=rows, postings=booked,
    )  # fmt: skip
    draft = applying.with_accounts(work.conn, draft, parts.owed)
    written = work.append(draft, desk.now_text())
    applying.post(work.conn, written.key, draft)
    guarantees.end(work.conn, found.deposit_no, state, written.key)
    if approved is not None:
        approvals.use(work, approved, actor, written)
        _ask_payables(work, written, facts, (payee, actor, approved.signer))
    event = entries.event_at(work.conn, written.key)
    if event is None:
        raise AssertionError(written.key)
    return _ended(work.conn, event)


def _lines(desk: Desk, found: Guarantee, parts: _Parts, day: date) -> tuple[tuple[LineRow, ...], tuple[Posting, ...]]:
    """Lay the entry out: the deposit below zero, what it pays, what goes back."""
    name = f"Refundable deposit of account {found.account}"
    amounts = [OpenAmount(deposit_for(found.account), name, -found.amount, (liability(),))]
    amounts += [amount for one in parts.owed for amount in one.amounts]
    if parts.back:
        fund, center, gl = HOUSE.payables.split(".")
        amounts.append(OpenAmount("", "Given back through payables", parts.back, (Share(fund, center, gl),)))
    cart = price_cart(desk.catalogue, tuple(amounts), price_date=day)
    booked = tuple(posting for line in cart.lines for posting in line_postings(line.number, line.distribution()))
    return line_rows(cart.lines), booked


def _receipt(conn: Connection, found: Guarantee) -> str:
    taken = entries.event_at(conn, found.taken)
    return "" if taken is None else number_of(taken)


def _ask_payables(
    work: Work, written: Written, facts: Mapping[str, object], who: tuple[Payee, Actor, str | None]
) -> None:
    payee, actor, signer = who
    requests.insert_request(
        work.conn,
        {
            "request_id": f"P-{facts['deposit']}", "receipt": facts["receipt"], "amount_minor": facts["payables"],
            "payee": payee.name, "address": payee.address, "state": facts["request"], "prepared_by": actor.user,
            "approved_by": signer, "series_id": written.key.series, "seq": written.key.seq, "sent_series": None,
            "sent_seq": None,
        },
    )  # fmt: skip


def _ended(conn: Connection, event: Event) -> Ended:
    facts = event.facts
    back = int(facts.get("payables", 0))
    return Ended(
        str(facts["deposit"]),
        str(facts["account"]),
        GuaranteeState(facts["state"]),
        int(facts["amount"]),
        int(facts["applied_amount"]),
        back,
        f"P-{facts['deposit']}" if back else "",
        entries.entry(conn, event).postings,
    )
