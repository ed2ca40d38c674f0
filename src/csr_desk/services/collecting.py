"""The round of collection: who comes to which stage today, in bulk; and what the field crew reports (F8).

Each account is moved by an entry of its own. A round that is stopped keeps what it did; the next one finds the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from csr_desk.data.queries import Connection, collection, plans
from csr_desk.data.queries.collection import AccountRecord, LateRecord
from csr_desk.data.unit_of_work import Work
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.errors import BadInput, Ineligible, MissingInput
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.policy import Policy
from csr_desk.domain.receivable.ageing import days_late
from csr_desk.domain.receivable.collection import Collected, PlanState, Round, RoundLine
from csr_desk.domain.receivable.stages import Ladder, Move, Stage, Standing, next_stage
from csr_desk.services.collection_state import (
    Picture,
    account_of,
    collected,
    ladder_of,
    picture,
    running_extension,
    since_of,
    stage_of,
    standing_of,
)
from csr_desk.services.collection_steps import Ending, NewStep, Where, add_step, end_plan, office_series
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.receipts import earlier_event
from csr_desk.services.words import plain_words

TOPICS = frozenset({Topic.ACCOUNTS})
AT_ONCE = 50
"""Accounts of a round in one transaction: short enough that nobody at a counter waits for it."""
MOST_AT_ONCE = 500
"""Accounts that a crew reports in one act."""

Told = Callable[[int, int], bool]
"""Hears how many of how many are done; says whether to go on."""


@dataclass(frozen=True, slots=True)
class RunRound:
    """Move every account that is due for its next stage by today, and end the plans that are broken or kept."""

    key: str


@dataclass(frozen=True, slots=True)
class ReportCutOff:
    """The crew cut these accounts off: all of them are recorded, or none."""

    key: str
    accounts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportRestored:
    """The crew gave an account its service back."""

    key: str
    account: str


@dataclass(frozen=True, slots=True)
class OrderRestore:
    """Order that the service is given back although not all is paid, for a reason (illness, a mistaken cut-off)."""

    key: str
    account: str
    reason: str


def account_collection(desk: Desk, actor: Actor, account: str) -> Collected:
    """Return where an account stands: stage, what is late, extensions, plan, steps; raise NotFound."""
    actor.require(Act.SEE_CUSTOMERS)
    with desk.read() as work:
        return collected(desk, work.conn, account)


def preview_round(desk: Desk, actor: Actor) -> Round:
    """Say what a round would do today; nothing is recorded."""
    actor.require(Act.COLLECT)
    with desk.read() as work:
        lines = tuple(line for _, line in _due(desk, work.conn))
    return Round(desk.today(), lines, counts=_counts(lines))


def run_round(desk: Desk, actor: Actor, command: RunRound, told: Told | None = None) -> Done[Round]:
    """Do a round; ``told`` hears how far it is and may stop it between two accounts.

    Whoever paid or was given time since the preview is left where they are. The same key again goes on with what is
    left, and moves nobody twice.
    """
    actor.require(Act.COLLECT)
    with desk.read() as work:
        due = [account for account, _ in _due(desk, work.conn)]
    lines: list[RoundLine] = []
    done, where = 0, office_series(desk, f"{command.key}/{desk.today()}")
    while done < len(due):
        if told is not None and not told(done, len(due)):
            break
        some = due[done : done + AT_ONCE]
        with desk.begin() as work:
            work.lock_series(desk.office_series)
            for account in some:
                lines.extend(_move(work, desk, actor, account, where))
        done += len(some)
    if told is not None and done == len(due):
        told(done, len(due))
    return Done(Round(where.day, tuple(lines), len(due) - done, _counts(lines)), TOPICS)


def report_cut_off(desk: Desk, actor: Actor, command: ReportCutOff) -> Done[tuple[str, ...]]:
    """Record that accounts of the list were cut off, with the fee; raises NotFound, MissingInput, BadInput, Ineligible.

    An account that paid, or was given time, meanwhile is refused: the crew gives it back at once.
    """
    actor.require(Act.COLLECT)
    if not command.accounts:
        raise MissingInput("Name the accounts that were cut off.", field="accounts")
    if len(command.accounts) > MOST_AT_ONCE or len(set(command.accounts)) < len(command.accounts):
        raise BadInput(f"Name each account once, and at most {MOST_AT_ONCE}.", field="accounts")
    names = tuple(sorted(command.accounts))
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if _done_before(work, desk, actor, command.key, command):
            return Done(names, replayed=True)
        where = office_series(desk, command.key)
        for name in names:
            record = account_of(work.conn, name, lock=True)
            seen = picture(work.conn, name, where.day)
            _refuse_cut_off(work.conn, record, seen)
            key = command.key if name == names[0] else ""
            new = NewStep(Move.CUT_OFF, seen.late, desk.policy.cut_off_fee, key=key, command=command)
            add_step(work, desk, actor, where, (record, new))
    return Done(names, TOPICS)


def report_restored(desk: Desk, actor: Actor, command: ReportRestored) -> Done[str]:
    """Record that the service is on again; raises NotFound, Ineligible (no order to restore)."""
    actor.require(Act.COLLECT)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if _done_before(work, desk, actor, command.key, command):
            return Done(command.account, replayed=True)
        record = account_of(work.conn, command.account, lock=True)
        if stage_of(record) is not Stage.RESTORING:
            raise Ineligible(f"Account {record.account} has no order to restore.", field="account")
        late = picture(work.conn, record.account, desk.today()).late
        step = NewStep(Move.RESTORED, late, key=command.key, command=command)
        add_step(work, desk, actor, office_series(desk, command.key), (record, step))
    return Done(command.account, TOPICS)


def order_restore(desk: Desk, actor: Actor, command: OrderRestore) -> Done[str]:
    """Order the service back without the whole payment; raises NotFound, MissingInput, Ineligible (not cut off)."""
    actor.require(Act.COLLECT)
    reason = plain_words(command.reason, "reason", 200)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if _done_before(work, desk, actor, command.key, command):
            return Done(command.account, replayed=True)
        record = account_of(work.conn, command.account, lock=True)
        if stage_of(record) is not Stage.CUT_OFF:
            raise Ineligible(f"Account {record.account} is not cut off.", field="account")
        if not reason:
            raise MissingInput("Say why the service is given back before it is paid.", field="reason")
        late = picture(work.conn, record.account, desk.today()).late
        new = NewStep(Move.RESTORING, late, notes={"reason": reason}, key=command.key, command=command)
        add_step(work, desk, actor, office_series(desk, command.key), (record, new))
    return Done(command.account, TOPICS | {Topic.PRINTING})


def _done_before(work: Work, desk: Desk, actor: Actor, key: str, command: object) -> bool:
    """Say whether this very command was done; raise Conflict where its key was used for another one."""
    return earlier_event(work.conn, key, content_of(desk, actor.user, command)) is not None


def _refuse_cut_off(conn: Connection, record: AccountRecord, seen: Picture) -> None:
    number = record.account
    if stage_of(record) is not Stage.LISTED:
        raise Ineligible(f"Account {number} is not on the cut-off list.", field="accounts")
    if (until := running_extension(conn, number, seen.on)) is not None:
        raise Ineligible(f"Account {number} has time until {until}. Give its service back.", field="accounts")
    if seen.plan is not None and not seen.late:
        raise Ineligible(f"Account {number} is on a payment plan. Give its service back.", field="accounts")
    if seen.to_settle <= 0:
        raise Ineligible(f"Account {number} owes nothing that is late. Give its service back.", field="accounts")


def _due(desk: Desk, conn: Connection) -> Iterator[tuple[str, RoundLine]]:
    """Give what a round would do, by account: plans that ended, then stages."""
    on, policy = desk.today(), desk.policy
    ladder = ladder_of(policy)
    for plan in plans.active_plans(conn):
        record = account_of(conn, plan.account)
        line = _plan_line(desk, record, picture(conn, plan.account, on))
        if line is not None:
            yield plan.account, line
    for row in collection.late_accounts(conn, on.isoformat()):
        line = _stage_line(conn, row, ladder, (on, policy.plan_grace_days))
        if line is not None:
            yield row.record.account, line


def _stage_line(conn: Connection, row: LateRecord, ladder: Ladder, when: tuple[date, int]) -> RoundLine | None:
    on, grace = when
    if row.on_plan:
        seen = picture(conn, row.record.account, on)
        if seen.plan is not None and _ended(seen, grace, on) is not None:
            return None  # the plan's own line says what happens
        standing, late = standing_of(row.record, seen, _day(row.extended_until)), seen.late
    else:
        oldest = date.fromisoformat(row.oldest_due)
        standing = Standing(oldest, stage_of(row.record), since_of(row.record), _day(row.extended_until))
        late = row.late
    stage = next_stage(standing, ladder, on)
    if stage is None:
        return None
    name = row.record.name
    return RoundLine(row.record.account, name, Move(stage.value), late, ladder.fees.get(stage, 0), standing.oldest_due)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _plan_line(desk: Desk, record: AccountRecord, seen: Picture) -> RoundLine | None:
    """Return what becomes of the plan of an account today, or None where it goes on."""
    state = _ended(seen, desk.policy.plan_grace_days, seen.on)
    if seen.plan is None or state is None:
        return None
    broken = state is PlanState.BROKEN and stage_of(record) not in {Stage.CUT_OFF, Stage.RESTORING}
    late = any(days_late(bill.due, seen.on) for bill in seen.bills)
    move = Move.NOTICE if broken and late else None
    return RoundLine(record.account, record.name, move, seen.plan.left, 0, seen.oldest_due, seen.plan.number, state)


def _ended(seen: Picture, grace: int, on: date) -> PlanState | None:
    """Say how a plan ended by a day: kept, broken (more than the days of grace after an instalment), or not yet."""
    plan = seen.plan
    if plan is None:
        return None
    if plan.left <= 0:
        return PlanState.KEPT
    day = on - timedelta(days=grace + 1)
    return PlanState.BROKEN if day >= plan.made_on and plan.behind(day) > 0 else None


def _move(work: Work, desk: Desk, actor: Actor, account: str, where: Where) -> list[RoundLine]:
    """Do what is still due for an account under its lock: end its plan, or take its next step."""
    record = account_of(work.conn, account, lock=True)
    seen = picture(work.conn, account, where.day)
    line = _plan_line(desk, record, seen)
    if line is not None:
        return [_end(work, desk, actor, (record, seen, line), where)]
    standing = standing_of(record, seen, running_extension(work.conn, account, where.day))
    ladder = ladder_of(desk.policy)
    stage = next_stage(standing, ladder, where.day)
    if stage is None:
        return []
    fee = ladder.fees.get(stage, 0)
    add_step(work, desk, actor, where, (record, NewStep(Move(stage.value), seen.late, fee)))
    return [RoundLine(account, record.name, Move(stage.value), seen.late, fee, seen.oldest_due)]


def _end(
    work: Work, desk: Desk, actor: Actor, what: tuple[AccountRecord, Picture, RoundLine], where: Where
) -> RoundLine:
    """End a plan; who broke it is told by the letter, which stands for the notice of cut-off."""
    record, seen, line = what
    if seen.plan is None or line.plan_state is None:
        raise AssertionError(record.account)
    end_plan(work, desk, actor, where, Ending(seen.plan, line.plan_state))
    if line.move is not None:
        after = picture(work.conn, record.account, where.day)
        add_step(work, desk, actor, where, (record, NewStep(line.move, after.late)))
    return line


def _counts(lines: Sequence[RoundLine]) -> dict[str, int]:
    """Count what a round does, by stage and by how plans ended."""
    found: dict[str, int] = {}
    for line in lines:
        words = f"plan_{line.plan_state.value}" if line.plan_state else line.move.value if line.move else ""
        found[words] = found.get(words, 0) + 1
    return found


def act_on(policy: Policy, stage: Stage, since: date, oldest_due: date | None) -> date:
    """Return the first day on which the step after a reminder or a notice is taken."""
    late, apart = (
        (policy.cut_off_notice_days, policy.cut_off_notice_days - policy.reminder_days)
        if stage is Stage.REMINDER
        else (policy.cut_off_days, policy.cut_off_days - policy.cut_off_notice_days)
    )
    by_age = (oldest_due or since) + timedelta(days=late + 1)
    return max(by_age, since + timedelta(days=max(apart, 1)))
