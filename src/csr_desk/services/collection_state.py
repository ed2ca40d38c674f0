"""Where an account stands in collection, worked out from its bills, its plan and the steps it took."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from csr_desk.data.queries import Connection, collection, entries, plans
from csr_desk.data.queries.collection import AccountRecord, OpenRecord, StepRecord
from csr_desk.data.queries.plans import PlanRecord
from csr_desk.domain.errors import NotFound
from csr_desk.domain.money import Cents
from csr_desk.domain.policy import Policy
from csr_desk.domain.receivable.ageing import days_late
from csr_desk.domain.receivable.collection import Collected, Cover, OpenBill, PlanOf, PlanState, StepTaken
from csr_desk.domain.receivable.instalments import Instalment, Plan
from csr_desk.domain.receivable.stages import Ladder, Move, Stage, Standing, next_stage
from csr_desk.services.desk import Desk, moment


@dataclass(frozen=True, slots=True)
class Picture:
    """What is owed on an account on a day (cents)."""

    bills: tuple[OpenBill, ...]
    fees: frozenset[str]
    """Bills of the fees that collection charged."""
    plan: PlanOf | None
    """The plan it is on."""
    on: date

    @property
    def owed(self) -> Cents:
        """All that is open."""
        return sum(bill.open for bill in self.bills)

    @property
    def loose(self) -> tuple[OpenBill, ...]:
        """What no plan covers."""
        covered = {cover.bill for cover in self.plan.covers} if self.plan else set()
        return tuple(bill for bill in self.bills if bill.bill not in covered)

    @property
    def late(self) -> Cents:
        """What is past due and under no plan."""
        return sum(bill.open for bill in self.loose if days_late(bill.due, self.on))

    @property
    def oldest_due(self) -> date | None:
        """When the oldest of it was due."""
        return min((bill.due for bill in self.loose if bill.due and days_late(bill.due, self.on)), default=None)

    @property
    def behind(self) -> Cents:
        """What its plan asks for by now and did not get."""
        return self.plan.behind(self.on) if self.plan else 0

    @property
    def to_settle(self) -> Cents:
        """What a payment must bring to end collection.

        That is what is late, the fees of collection, what the bank sent back, and what the plan asks for by now.
        """
        asked = (bill for bill in self.loose if days_late(bill.due, self.on) or bill.bill in self.fees or bill.returned)
        return sum(bill.open for bill in asked) + self.behind


def ladder_of(policy: Policy) -> Ladder:
    """Return the steps of the city's policy."""
    return Ladder(
        policy.reminder_days,
        policy.cut_off_notice_days,
        policy.cut_off_days,
        {Stage.REMINDER: policy.reminder_fee, Stage.NOTICE: policy.notice_fee, Stage.CUT_OFF: policy.cut_off_fee},
    )


def account_of(conn: Connection, account_no: str, *, lock: bool = False) -> AccountRecord:
    """Return an account; raise NotFound."""
    record = collection.one_account(conn, account_no, lock=lock)
    if record is None:
        raise NotFound(f"There is no account “{account_no[:40]}”.", field="account")
    return record


def picture(conn: Connection, account_no: str, on: date) -> Picture:
    """Read what is owed on an account on a day."""
    bills = tuple(_bill(row) for row in collection.open_bills(conn, account_no))
    active = plans.active_plan(conn, account_no)
    plan = plan_of(active, bills) if active else None
    return Picture(bills, collection.fee_bills(conn, account_no), plan, on)


def _bill(row: OpenRecord) -> OpenBill:
    due = date.fromisoformat(row.due) if row.due else None
    return OpenBill(row.bill, row.description, due, row.amount, row.paid, row.returned)


def plan_of(record: PlanRecord, bills: tuple[OpenBill, ...]) -> PlanOf:
    """Say how a plan stands by the bills that are still open."""
    now = {bill.bill: bill for bill in bills}
    covers = tuple(Cover(bill, cents, paid) for bill, cents, paid in record.facts["covers"])
    parts = tuple(Instalment(n, date.fromisoformat(due), cents) for n, due, cents in record.parts)
    state = PlanState(record.state)
    settled = sum(cover.settled(now.get(cover.bill)) for cover in covers)
    return PlanOf(
        record.number,
        record.account,
        state,
        date.fromisoformat(record.made_on),
        record.made_by,
        Plan(record.total, record.down, parts),
        covers,
        settled,
        date.fromisoformat(record.ended_on) if record.ended_on else None,
    )


def standing_of(record: AccountRecord, seen: Picture, extended_until: date | None) -> Standing:
    """Say what the ladder asks of an account."""
    waits = seen.plan is not None and seen.oldest_due is None
    return Standing(seen.oldest_due, stage_of(record), since_of(record), extended_until, waits)


def stage_of(record: AccountRecord) -> Stage | None:
    """Return the stage that an account stands at."""
    return Stage(record.stage) if record.stage else None


def since_of(record: AccountRecord) -> date | None:
    """Return since when."""
    return date.fromisoformat(record.stage_on) if record.stage_on else None


def running_extension(conn: Connection, account_no: str, on: date) -> date | None:
    """Return until when an account was given time, if it still runs."""
    until = max((until for _, until in collection.extensions_of(conn, account_no)), default="")
    return date.fromisoformat(until) if until >= on.isoformat() else None


def collected(desk: Desk, conn: Connection, account_no: str) -> Collected:
    """Return everything that collection knows of an account; raise NotFound."""
    record, on = account_of(conn, account_no), desk.today()
    seen = picture(conn, account_no, on)
    extended = running_extension(conn, account_no, on)
    standing, ladder = standing_of(record, seen, extended), ladder_of(desk.policy)
    granted = [day for day, _ in collection.extensions_of(conn, account_no) if day.startswith(f"{on.year}-")]
    past = plans.plans_of(conn, account_no)
    ahead = next_step(standing, ladder, on)
    return Collected(
        account=record.account, customer=record.customer, name=record.name, address=record.address,
        service=record.service, site=record.site, stage=standing.stage, since=standing.since, owed=seen.owed,
        late=seen.late, to_settle=seen.to_settle, oldest_due=seen.oldest_due, next=ahead[0] if ahead else None,
        next_on=ahead[1] if ahead else None, extended_until=extended, extensions=len(granted), bills=seen.bills,
        plan=seen.plan or (plan_of(past[0], seen.bills) if past else None),
        steps=tuple(_step(conn, row) for row in collection.steps_of(conn, account_no)),
    )  # fmt: skip


MOST_DAYS = 800
"""How far ahead the next step is looked for: longer than any policy waits."""


def next_step(standing: Standing, ladder: Ladder, on: date) -> tuple[Stage, date] | None:
    """Return the next step and the first day for it, if nothing is paid; None where none comes by itself."""
    for days in range(MOST_DAYS):
        day = on + timedelta(days=days)
        stage = next_stage(standing, ladder, day)
        if stage is not None:
            return stage, day
        if standing.oldest_due is None or standing.stage in {Stage.LISTED, Stage.CUT_OFF, Stage.RESTORING}:
            break
    return None


def _step(conn: Connection, row: StepRecord) -> StepTaken:
    receipt, because = row.facts.get("receipt", ""), row.facts.get("because", "")
    ordered = row.stage == Move.RESTORING and not receipt and not because
    return StepTaken(
        number=row.number,
        move=Move(row.stage),
        on=date.fromisoformat(row.on),
        at=moment(row.at),
        by=row.by_name,
        late=row.facts["late"],
        fee=row.facts["fee"],
        bill=row.bill or "",
        receipt=receipt,
        because=because,
        reason=entries.notes_of(conn, row.event).get("reason", "") if ordered else "",
    )
