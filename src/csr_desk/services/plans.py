"""Payment plans: agreed at the counter, kept or broken by what is paid, ended by an entry (F6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from csr_desk.data.queries import Connection, payments, plans
from csr_desk.data.unit_of_work import Work
from csr_desk.domain import about
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.errors import BadInput, Conflict, Ineligible, MissingInput, NotFound
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.money import Cents
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.receivable.collection import PlanOf, PlanState
from csr_desk.domain.receivable.instalments import Plan, Terms, least_down, month_later
from csr_desk.domain.receivable.instalments import make_plan as split
from csr_desk.services.collection_state import Picture, account_of, picture, plan_of
from csr_desk.services.collection_steps import Ending, end_plan, office_series, settle_accounts
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.numbers import number_from
from csr_desk.services.receipts import earlier_event
from csr_desk.services.words import plain_words

TOPICS = frozenset({Topic.ACCOUNTS})


@dataclass(frozen=True, slots=True)
class MakePlan:
    """Agree on instalments for all that is owed on an account; ``down`` in cents, None for the least.

    Without a first due date the first instalment is due a month from today.
    """

    key: str
    account: str
    parts: int
    down: Cents | None = None
    first_due: date | None = None


@dataclass(frozen=True, slots=True)
class CancelPlan:
    """End a plan by agreement; what is left is owed as before."""

    key: str
    plan: str
    reason: str


def quote_plan(desk: Desk, actor: Actor, command: MakePlan) -> Plan:
    """Compute a plan without agreeing on it; raises what ``make_plan`` raises."""
    actor.require(Act.MAKE_PLAN)
    with desk.read() as work:
        return _terms(desk, _seen(desk, work.conn, command), command)


def make_plan(desk: Desk, actor: Actor, command: MakePlan) -> Done[PlanOf]:
    """Agree on a plan; the down payment is due today and taken by a sale, and the plan holds off collection at once.

    It covers what is open today: bills that come later are paid beside it. Raises NotFound, BadInput (down payment,
    parts, first date), Ineligible (nothing owed), Conflict (a plan runs).
    """
    actor.require(Act.MAKE_PLAN)
    content = content_of(desk, actor.user, command)
    number = number_from("PL", command.key)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if earlier_event(work.conn, command.key, content) is not None:
            return Done(plan_at(work.conn, number), replayed=True)
        account_of(work.conn, command.account, lock=True)
        seen = _seen(desk, work.conn, command)
        _write(work, desk, actor, (command, content, number), (seen, _terms(desk, seen, command)))
        settle_accounts(work, desk, actor, ((command.account,), ""), office_series(desk, f"{command.key}/made"))
        value = plan_at(work.conn, number)
    return Done(value, TOPICS)


def cancel_plan(desk: Desk, actor: Actor, command: CancelPlan) -> Done[PlanOf]:
    """End a plan by agreement; raises NotFound, MissingInput, Ineligible (it ended already)."""
    actor.require(Act.MAKE_PLAN)
    reason = plain_words(command.reason, "reason", 200)
    where = office_series(desk, command.key)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if earlier_event(work.conn, command.key, content_of(desk, actor.user, command)) is not None:
            return Done(plan_at(work.conn, command.plan), replayed=True)
        plan = plan_at(work.conn, command.plan)
        account_of(work.conn, plan.account, lock=True)
        if plan_at(work.conn, command.plan).state is not PlanState.ACTIVE:
            raise Ineligible(f"Plan {plan.number} is {plan.state.value}.", field="plan")
        if not reason:
            raise MissingInput("Say why the plan ends.", field="reason")
        ending = Ending(plan, PlanState.CANCELLED, {"reason": reason}, command.key, command)
        end_plan(work, desk, actor, where, ending)
        value = plan_at(work.conn, command.plan)
    return Done(value, TOPICS)


def payment_plan(desk: Desk, actor: Actor, number: str) -> PlanOf:
    """Return a plan and how it stands; raise NotFound."""
    actor.require(Act.SEE_CUSTOMERS)
    with desk.read() as work:
        return plan_at(work.conn, number)


def plan_at(conn: Connection, number: str) -> PlanOf:
    """Return a plan; raise NotFound."""
    row = plans.one_plan(conn, number)
    if row is None:
        raise NotFound(f"There is no payment plan “{number[:40]}”.", field="plan")
    return plan_of(row, picture(conn, row.account, date.fromisoformat(row.made_on)).bills)


def _seen(desk: Desk, conn: Connection, command: MakePlan) -> Picture:
    seen = picture(conn, account_of(conn, command.account).account, desk.today())
    if seen.plan is not None:
        raise Conflict(f"Account {command.account} is on plan {seen.plan.number}. End it first.")
    if not seen.owed:
        raise Ineligible(f"Account {command.account} owes nothing.", field="account")
    return seen


def _terms(desk: Desk, seen: Picture, command: MakePlan) -> Plan:
    terms = Terms(desk.policy.plan_parts, desk.policy.plan_down_percent)
    down = least_down(seen.owed, terms) if command.down is None else command.down
    first = command.first_due or month_later(seen.on, 1)
    if not seen.on < first <= month_later(seen.on, 2):
        raise BadInput("The first instalment is due after today, and within two months.", field="first_due")
    return split(seen.owed, down, command.parts, first, terms)


def _write(work: Work, desk: Desk, actor: Actor, what: tuple[MakePlan, str, str], agreed: tuple[Picture, Plan]) -> None:
    (command, content, number), (seen, plan) = what, agreed
    parts = [(part.number, part.due.isoformat(), part.amount) for part in plan.parts]
    facts = {
        "plan": number, "account": command.account, "total": plan.total, "down": plan.down,
        "parts": [list(part) for part in parts],
        "covers": [[bill.bill, bill.open, bill.paid] for bill in seen.bills],
    }  # fmt: skip
    written = work.append(
        EntryDraft(
            series=desk.office_series,
            kind=EventKind.PLAN_MADE,
            business_date=seen.on,
            actor=actor.user,
            idem_key=command.key,
            content_hash=content,
            facts=facts,
        ),
        desk.now_text(),
    )
    row = {
        "plan_id": number, "account_no": command.account, "state": PlanState.ACTIVE.value,
        "total_minor": plan.total, "down_minor": plan.down, "made_on": seen.on.isoformat(),
        "series_id": written.key.series, "seq": written.key.seq, "ended_series": None, "ended_seq": None,
    }  # fmt: skip
    plans.insert_plan(work.conn, row, parts)
    payments.note_about(work.conn, written.key, (about.account(command.account),))
