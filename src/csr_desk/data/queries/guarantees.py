"""Refundable deposits of customers, and who has not been heard of for long."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, and_, func, insert, select, update

from csr_desk.data.models import account, customer, entry_about, guarantee_deposit, ledger_event
from csr_desk.domain.ledger import EventKey
from csr_desk.domain.money import Cents
from csr_desk.domain.receivable.guarantee import Guarantee, GuaranteeState

_T = guarantee_deposit.c


@dataclass(frozen=True, slots=True)
class HolderRecord:
    """An account, whose it is and where they get their mail."""

    account: str
    service: str
    customer: str
    name: str
    address: str
    confidential: bool
    closed_on: date | None
    credit: Cents


def _guarantee(row: Row[Any]) -> Guarantee:
    ended = None if row.ended_seq is None else EventKey(row.ended_series, row.ended_seq)
    taken = EventKey(row.series_id, row.seq)
    return Guarantee(row.deposit_no, row.account_no, GuaranteeState(row.state), row.amount_minor, taken, ended)


def insert_guarantee(conn: Connection, values: Mapping[str, Any]) -> None:
    """Add a deposit."""
    conn.execute(insert(guarantee_deposit), [dict(values)])


def one_guarantee(conn: Connection, number: str, *, lock: bool = False) -> Guarantee | None:
    """Return a deposit; with ``lock`` nobody else ends it until the end of the transaction."""
    wanted = select(guarantee_deposit).where(_T.deposit_no == number)
    row = conn.execute(wanted.with_for_update() if lock else wanted).first()
    return None if row is None else _guarantee(row)


def guarantees_of(conn: Connection, account_no: str) -> tuple[Guarantee, ...]:
    """Return the deposits of an account, in the order of their numbers."""
    wanted = select(guarantee_deposit).where(_T.account_no == account_no).order_by(_T.deposit_no)
    return tuple(_guarantee(row) for row in conn.execute(wanted))


def end(conn: Connection, number: str, state: GuaranteeState, key: EventKey) -> None:
    """Note how a deposit ended, and by which entry."""
    values = {"state": state.value, "ended_series": key.series, "ended_seq": key.seq}
    conn.execute(update(guarantee_deposit).where(_T.deposit_no == number).values(**values))


def held(conn: Connection) -> tuple[Guarantee, ...]:
    """Return all deposits that are held, by number."""
    wanted = select(guarantee_deposit).where(_T.state == GuaranteeState.HELD.value).order_by(_T.deposit_no)
    return tuple(_guarantee(row) for row in conn.execute(wanted))


def holder(conn: Connection, account_no: str) -> HolderRecord | None:
    """Return an account with its holder."""
    found = _holders(conn, account.c.account_no == account_no)
    return found[0] if found else None


def with_credit(conn: Connection) -> tuple[HolderRecord, ...]:
    """Return the accounts that something stands to the credit of, by number."""
    return _holders(conn, account.c.credit_minor > 0)


def _holders(conn: Connection, which: Any) -> tuple[HolderRecord, ...]:
    wanted = (
        select(account, customer.c.name, customer.c.address, customer.c.confidential)
        .join(customer, customer.c.customer_id == account.c.customer_id)
        .where(which)
        .order_by(account.c.account_no)
    )
    return tuple(
        HolderRecord(
            row.account_no, row.service, row.customer_id, row.name, row.address, bool(row.confidential),
            None if row.closed_on is None else date.fromisoformat(row.closed_on), row.credit_minor or 0,
        )
        for row in conn.execute(wanted)
    )  # fmt: skip


def close_account(conn: Connection, account_no: str, day: date) -> None:
    """Note on which day an account was closed."""
    changed = update(account).where(account.c.account_no == account_no, account.c.closed_on.is_(None))
    conn.execute(changed.values(closed_on=day.isoformat()))


def last_heard(conn: Connection, subjects: Iterable[str]) -> dict[str, date]:
    """Return the business date of the last entry about each of some accounts (``account:0041-2277-9``)."""
    wanted = (
        select(entry_about.c.subject, func.max(ledger_event.c.business_date).label("day"))
        .join(
            ledger_event,
            and_(ledger_event.c.series_id == entry_about.c.series_id, ledger_event.c.seq == entry_about.c.seq),
        )
        .where(entry_about.c.subject.in_(sorted(set(subjects))))
        .group_by(entry_about.c.subject)
    )
    return {row.subject: date.fromisoformat(row.day) for row in conn.execute(wanted)}
