"""Stages of collection: who is late, where accounts stand, the steps they took, and the time they were given."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, Select, and_, bindparam, func, insert, select, update

from csr_desk.data.models import (
    account,
    account_step,
    bill,
    customer,
    extension,
    ledger_event,
    payment_plan,
    staff,
)
from csr_desk.domain.ledger import EventKey
from csr_desk.domain.money import Cents

AT_ONCE = 500
"""Numbers asked for in one statement."""


@dataclass(frozen=True, slots=True)
class AccountRecord:
    """An account with who it belongs to and where it stands."""

    account: str
    customer: str
    name: str
    address: str
    service: str
    department: str
    site: str
    meter: str
    stage: str | None
    stage_on: str | None


@dataclass(frozen=True, slots=True)
class OpenRecord:
    """A bill that is not paid (cents)."""

    bill: str
    description: str
    due: str | None
    amount: Cents
    paid: Cents
    returned: bool


@dataclass(frozen=True, slots=True)
class StepRecord:
    """A step as stored, with what its entry says."""

    number: int
    stage: str
    on: str
    bill: str | None
    at: str
    by: str
    by_name: str
    facts: dict[str, Any]
    event: EventKey


@dataclass(frozen=True, slots=True)
class LateRecord:
    """An account with bills past their due date: the oldest, and what is open of them (cents)."""

    record: AccountRecord
    oldest_due: str
    late: Cents
    extended_until: str | None
    on_plan: bool


_ACCOUNTS: Select[Any] = select(account, customer.c.name, customer.c.address).join(
    customer, customer.c.customer_id == account.c.customer_id
)
_OPEN = bill.c.amount_minor - bill.c.paid_minor
_NUMBER: BindParameter[str] = bindparam("number")
_ONE = _ACCOUNTS.where(account.c.account_no == _NUMBER)
_ONE_LOCKED = _ONE.with_for_update(of=account)
_OPEN_BILLS = select(bill).where(bill.c.account_no == _NUMBER, bill.c.state == "due")
_LAST = select(func.max(account_step.c.n)).where(account_step.c.account_no == _NUMBER)
_FEES = select(account_step.c.bill_id).where(account_step.c.account_no == _NUMBER, account_step.c.bill_id.is_not(None))
_EXTENSIONS = (
    select(extension.c.granted_on, extension.c.until)
    .where(extension.c.account_no == _NUMBER)
    .order_by(extension.c.granted_on)
)
"""Built once, because a round asks them of every account."""


def _record(row: Row[Any]) -> AccountRecord:
    return AccountRecord(
        row.account_no, row.customer_id, row.name, row.address, row.service, row.department or "", row.site or "",
        row.meter_size or "", row.stage, row.stage_on,
    )  # fmt: skip


def one_account(conn: Connection, account_no: str, *, lock: bool = False) -> AccountRecord | None:
    """Return an account; with ``lock`` nobody else moves it between stages until the end of the transaction."""
    row = conn.execute(_ONE_LOCKED if lock else _ONE, {"number": account_no}).first()
    return None if row is None else _record(row)


def accounts_at(conn: Connection, stage: str, on: str | None = None) -> tuple[AccountRecord, ...]:
    """Return the accounts at a stage (that came to it on a day), by where the service is."""
    wanted = _ACCOUNTS.where(account.c.stage == stage)
    if on is not None:
        wanted = wanted.where(account.c.stage_on == on)
    found = [_record(row) for row in conn.execute(wanted)]
    return tuple(sorted(found, key=lambda one: (one.site, one.account)))


def stages(conn: Connection) -> dict[str, int]:
    """Count the accounts at each stage."""
    rows = conn.execute(
        select(account.c.stage, func.count()).where(account.c.stage.is_not(None)).group_by(account.c.stage)
    )
    return {str(stage): int(count) for stage, count in rows}


def open_bills(conn: Connection, account_no: str) -> tuple[OpenRecord, ...]:
    """Return what is not paid of an account, the oldest first."""
    rows = conn.execute(_OPEN_BILLS, {"number": account_no})
    found = [
        OpenRecord(
            row.bill_id, row.description, row.due_date, row.amount_minor, row.paid_minor, row.returned_item is not None
        )
        for row in rows
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.due or "9999", one.bill)))


def late_accounts(conn: Connection, on: str) -> tuple[LateRecord, ...]:
    """Return every account with something open that was due before a day, by number."""
    late = (
        select(bill.c.account_no, func.min(bill.c.due_date).label("oldest"), func.sum(_OPEN).label("late"))
        .where(bill.c.state == "due", bill.c.due_date < on)
        .group_by(bill.c.account_no)
        .subquery()
    )
    until = (
        select(extension.c.account_no, func.max(extension.c.until).label("until"))
        .where(extension.c.until >= on)
        .group_by(extension.c.account_no)
        .subquery()
    )
    plans = select(payment_plan.c.account_no).where(payment_plan.c.state == "active").distinct().subquery()
    rows = conn.execute(
        select(
            account, customer.c.name, customer.c.address, late.c.oldest, late.c.late, until.c.until,
            plans.c.account_no.label("planned"),
        )
        .join(customer, customer.c.customer_id == account.c.customer_id)
        .join(late, late.c.account_no == account.c.account_no)
        .outerjoin(until, until.c.account_no == account.c.account_no)
        .outerjoin(plans, plans.c.account_no == account.c.account_no)
    )  # fmt: skip
    found = [LateRecord(_record(row), row.oldest, int(row.late), row.until, row.planned is not None) for row in rows]
    return tuple(sorted(found, key=lambda one: one.record.account))


def open_by_due(conn: Connection) -> tuple[tuple[str, str | None, Cents, int], ...]:
    """Return what is open by service and due date: service, date, cents, how many bills."""
    rows = conn.execute(
        select(account.c.service, bill.c.due_date, func.sum(_OPEN), func.count())
        .join(account, account.c.account_no == bill.c.account_no)
        .where(bill.c.state == "due")
        .group_by(account.c.service, bill.c.due_date)
    )
    return tuple((str(service), due, int(cents), int(count)) for service, due, cents, count in rows)


_STEPS: Select[Any] = (
    select(account_step, ledger_event.c.recorded_at_utc, ledger_event.c.actor_id, ledger_event.c.facts, staff.c.name)
    .join(
        ledger_event,
        and_(ledger_event.c.series_id == account_step.c.series_id, ledger_event.c.seq == account_step.c.seq),
    )
    .join(staff, staff.c.user_id == ledger_event.c.actor_id)
)


def steps_of(conn: Connection, account_no: str) -> tuple[StepRecord, ...]:
    """Return the steps of an account, the first in front."""
    rows = conn.execute(_STEPS.where(account_step.c.account_no == account_no).order_by(account_step.c.n))
    return tuple(
        StepRecord(
            row.n, row.stage, row.on_date, row.bill_id, row.recorded_at_utc, row.actor_id, row.name,
            json.loads(row.facts), EventKey(row.series_id, row.seq),
        )
        for row in rows
    )  # fmt: skip


def last_number(conn: Connection, account_no: str) -> int:
    """Return the number of an account's last step; 0 where it has none."""
    return int(conn.execute(_LAST, {"number": account_no}).scalar() or 0)


def fee_bills(conn: Connection, account_no: str) -> frozenset[str]:
    """Return the bills of the fees that collection charged an account."""
    return frozenset(conn.execute(_FEES, {"number": account_no}).scalars())


_STAND = (
    update(account)
    .where(account.c.account_no == _NUMBER)
    .values(stage=bindparam("to_stage"), stage_on=bindparam("since"))
)


def insert_step(conn: Connection, values: Mapping[str, Any], stage: str | None) -> None:
    """Add a step and note where it leaves the account."""
    conn.execute(insert(account_step), [dict(values)])
    stands = {"to_stage": stage, "since": None if stage is None else values["on_date"]}
    conn.execute(_STAND, {"number": values["account_no"], **stands})


def insert_extension(conn: Connection, values: Mapping[str, Any]) -> None:
    """Add an extension."""
    conn.execute(insert(extension), [dict(values)])


def extensions_of(conn: Connection, account_no: str) -> tuple[tuple[str, str], ...]:
    """Return the extensions of an account: granted on, until; the first in front."""
    rows = conn.execute(_EXTENSIONS, {"number": account_no})
    return tuple((str(granted), str(until)) for granted, until in rows)


def given_time(conn: Connection, accounts: Sequence[str], on: str) -> dict[str, str]:
    """Return which of some accounts were given time that is not over on a day, and until when."""
    found: dict[str, str] = {}
    for at in range(0, len(accounts), AT_ONCE):
        rows = conn.execute(
            select(extension.c.account_no, func.max(extension.c.until))
            .where(extension.c.account_no.in_(accounts[at : at + AT_ONCE]), extension.c.until >= on)
            .group_by(extension.c.account_no)
        )
        found |= {str(number): str(until) for number, until in rows}
    return found


def accounts_of_bills(conn: Connection, bills: Sequence[str]) -> tuple[str, ...]:
    """Return the accounts of some bills, by number."""
    wanted = select(bill.c.account_no).where(bill.c.bill_id.in_(bills)).distinct()
    return tuple(sorted(conn.execute(wanted).scalars()))
