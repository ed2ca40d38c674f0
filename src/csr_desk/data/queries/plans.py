"""Payment plans and their instalments."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, insert, select, update

from csr_desk.data.models import ledger_event, payment_plan, plan_part, staff
from csr_desk.domain.ledger import EventKey
from csr_desk.domain.money import Cents

AT_ONCE = 500
"""Numbers asked for in one statement."""


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """A plan as stored, with what its entry says; parts are number, due date, cents."""

    number: str
    account: str
    state: str
    total: Cents
    down: Cents
    made_on: str
    made_by: str
    facts: dict[str, Any]
    parts: tuple[tuple[int, str, Cents], ...]
    ended_on: str | None
    ended: EventKey | None = None
    """The entry that says how it ended."""


_MADE, _ENDED = ledger_event.alias("made"), ledger_event.alias("ended")
_PLANS: Select[Any] = (
    select(payment_plan, _MADE.c.facts, staff.c.name, _ENDED.c.business_date.label("ended_on"))
    .join(_MADE, and_(_MADE.c.series_id == payment_plan.c.series_id, _MADE.c.seq == payment_plan.c.seq))
    .join(staff, staff.c.user_id == _MADE.c.actor_id)
    .outerjoin(
        _ENDED, and_(_ENDED.c.series_id == payment_plan.c.ended_series, _ENDED.c.seq == payment_plan.c.ended_seq)
    )
)


_ACTIVE = _PLANS.where(payment_plan.c.account_no == bindparam("number"), payment_plan.c.state == "active")
"""Built once, because a round asks it of every account."""


def insert_plan(conn: Connection, values: Mapping[str, Any], parts: Sequence[tuple[int, str, Cents]]) -> None:
    """Add a plan with its instalments."""
    conn.execute(insert(payment_plan), [dict(values)])
    rows = [{"plan_id": values["plan_id"], "n": n, "due_on": due, "amount_minor": cents} for n, due, cents in parts]
    conn.execute(insert(plan_part), rows)


def set_state(conn: Connection, number: str, state: str, ended: EventKey | None) -> None:
    """Note how a plan ended and the entry that says so, or (without one) that it runs again."""
    series, seq = (None, None) if ended is None else (ended.series, ended.seq)
    values: dict[str, Any] = {"state": state, "ended_series": series, "ended_seq": seq}
    conn.execute(update(payment_plan).where(payment_plan.c.plan_id == number).values(**values))


def one_plan(conn: Connection, number: str) -> PlanRecord | None:
    """Return a plan."""
    return next(iter(_read(conn, _PLANS.where(payment_plan.c.plan_id == number))), None)


def plans_of(conn: Connection, account_no: str) -> tuple[PlanRecord, ...]:
    """Return the plans of an account, the newest first."""
    found = _read(conn, _PLANS.where(payment_plan.c.account_no == account_no))
    return tuple(sorted(found, key=lambda one: (one.state == "active", one.made_on, one.number), reverse=True))


def of_accounts(conn: Connection, accounts: Sequence[str]) -> tuple[PlanRecord, ...]:
    """Return all plans of some accounts (no more than ``AT_ONCE``)."""
    return _read(conn, _PLANS.where(payment_plan.c.account_no.in_(accounts)))


def active_plan(conn: Connection, account_no: str) -> PlanRecord | None:
    """Return the plan that an account is on."""
    return next(iter(_read(conn, _ACTIVE, {"number": account_no})), None)


def active_plans(conn: Connection) -> tuple[PlanRecord, ...]:
    """Return every plan that runs, by account."""
    return tuple(sorted(_read(conn, _PLANS.where(payment_plan.c.state == "active")), key=lambda one: one.account))


def covered_bills(conn: Connection, accounts: Sequence[str]) -> dict[str, str]:
    """Return the bills of some accounts that a running plan covers, each with the number of the plan."""
    found: dict[str, str] = {}
    for at in range(0, len(accounts), AT_ONCE):
        rows = conn.execute(
            select(payment_plan.c.plan_id, _MADE.c.facts)
            .join(_MADE, and_(_MADE.c.series_id == payment_plan.c.series_id, _MADE.c.seq == payment_plan.c.seq))
            .where(payment_plan.c.state == "active", payment_plan.c.account_no.in_(accounts[at : at + AT_ONCE]))
        )
        found |= {bill: plan for plan, facts in rows for bill, *_ in json.loads(facts)["covers"]}
    return found


def ended_on(conn: Connection, state: str, day: str) -> tuple[PlanRecord, ...]:
    """Return the plans that ended in a way on a day, by account."""
    wanted = _PLANS.where(payment_plan.c.state == state, _ENDED.c.business_date == day)
    return tuple(sorted(_read(conn, wanted), key=lambda one: one.account))


def _read(conn: Connection, wanted: Select[Any], values: Mapping[str, str] | None = None) -> tuple[PlanRecord, ...]:
    found = []
    for row in conn.execute(wanted, dict(values or {})).all():
        parts = conn.execute(select(plan_part).where(plan_part.c.plan_id == row.plan_id).order_by(plan_part.c.n))
        found.append(
            PlanRecord(
                row.plan_id, row.account_no, row.state, row.total_minor, row.down_minor, row.made_on, row.name,
                json.loads(row.facts), tuple((part.n, part.due_on, part.amount_minor) for part in parts),
                row.ended_on, None if row.ended_seq is None else EventKey(row.ended_series, row.ended_seq),
            )
        )  # fmt: skip
    return tuple(found)
