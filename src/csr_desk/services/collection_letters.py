"""Letters of collection: the facts of each (F6, F8).

A letter goes to whoever still stands where it is about: who paid since gets none.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from csr_desk.data.queries import Connection, collection, plans
from csr_desk.data.queries.collection import AccountRecord
from csr_desk.domain.errors import BadInput, Ineligible
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.receivable.ageing import days_late
from csr_desk.domain.receivable.collection import Letter, LetterKind, OpenBill, PlanOf, PlanState
from csr_desk.domain.receivable.stages import Stage
from csr_desk.services.collecting import act_on
from csr_desk.services.collection_state import account_of, picture, since_of
from csr_desk.services.desk import Desk
from csr_desk.services.plans import plan_at

STAGES = {LetterKind.REMINDER: Stage.REMINDER, LetterKind.NOTICE: Stage.NOTICE}


def kind_of(text: str) -> LetterKind:
    """Read a kind of letter; raise BadInput."""
    try:
        return LetterKind(text)
    except ValueError:
        known = ", ".join(kind.value for kind in LetterKind)
        raise BadInput(f"A letter is one of {known}.", field="kind") from None


def letters(desk: Desk, actor: Actor, kind: LetterKind) -> tuple[Letter, ...]:
    """Return the letters of a kind that are due today, by account."""
    actor.require(Act.COLLECT)
    on = desk.today()
    with desk.read() as work:
        if kind in STAGES:
            stage = STAGES[kind]
            records = collection.accounts_at(work.conn, stage.value, on.isoformat())
            broken = {row.account for row in plans.ended_on(work.conn, PlanState.BROKEN.value, on.isoformat())}
            rows = sorted((one for one in records if one.account not in broken), key=lambda one: one.account)
            return tuple(_late_letter(desk, work.conn, record, kind) for record in rows)
        rows_of = (
            plans.ended_on(work.conn, PlanState.BROKEN.value, on.isoformat())
            if kind is LetterKind.BROKEN
            else tuple(row for row in plans.active_plans(work.conn) if row.made_on == on.isoformat())
        )
        return tuple(_plan_letter(desk, work.conn, plan_at(work.conn, row.number), kind) for row in rows_of)


def letter_of(desk: Desk, actor: Actor, account: str) -> Letter:
    """Return the letter that an account's stage asks for; raises NotFound, Ineligible (no letter belongs to it)."""
    actor.require(Act.COLLECT)
    with desk.read() as work:
        record = account_of(work.conn, account)
        kind = next((kind for kind, stage in STAGES.items() if record.stage == stage), None)
        if kind is None:
            raise Ineligible(f"Account {account} stands where no letter is due.", field="account")
        return _late_letter(desk, work.conn, record, kind)


def plan_letter(desk: Desk, actor: Actor, number: str) -> Letter:
    """Return the letter of a plan: the agreement, or that it is broken; raises NotFound, Ineligible (kept, ended)."""
    actor.require(Act.MAKE_PLAN)
    with desk.read() as work:
        plan = plan_at(work.conn, number)
        kinds = {PlanState.ACTIVE: LetterKind.PLAN, PlanState.BROKEN: LetterKind.BROKEN}
        if plan.state not in kinds:
            raise Ineligible(f"Plan {plan.number} is {plan.state.value}: no letter belongs to it.", field="plan")
        return _plan_letter(desk, work.conn, plan, kinds[plan.state])


def _late_letter(desk: Desk, conn: Connection, record: AccountRecord, kind: LetterKind) -> Letter:
    on = desk.today()
    seen = picture(conn, record.account, on)
    asked = [bill for bill in seen.loose if days_late(bill.due, on) or bill.bill in seen.fees or bill.returned]
    steps = collection.steps_of(conn, record.account)
    fee = int(steps[-1].facts["fee"]) if steps else 0
    ahead = act_on(desk.policy, STAGES[kind], since_of(record) or on, seen.oldest_due)
    return _letter(desk, record, (kind, asked, fee), ahead)


def _plan_letter(desk: Desk, conn: Connection, plan: PlanOf, kind: LetterKind) -> Letter:
    record = account_of(conn, plan.account)
    seen = picture(conn, plan.account, desk.today())
    covered = {cover.bill for cover in plan.covers}
    asked = [bill for bill in seen.bills if bill.bill in covered]
    ahead = None
    if kind is LetterKind.BROKEN:
        ended = plan.ended_on or desk.today()
        ahead = act_on(desk.policy, Stage.NOTICE, ended, seen.oldest_due)
    return _letter(desk, record, (kind, asked, 0), ahead, plan)


def _letter(
    desk: Desk,
    record: AccountRecord,
    what: tuple[LetterKind, Sequence[OpenBill], int],
    ahead: date | None,
    plan: PlanOf | None = None,
) -> Letter:
    kind, asked, fee = what
    return Letter(
        kind=kind,
        office=desk.office,
        on=desk.today(),
        account=record.account,
        name=record.name,
        address=record.address,
        service=record.service,
        site=record.site,
        bills=tuple(asked),
        fee=fee,
        total=sum(bill.open for bill in asked),
        act_on=ahead,
        restore_fee=desk.policy.cut_off_fee,
        plan=plan,
    )
