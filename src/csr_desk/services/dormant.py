"""What the city holds for customers not heard of for long: unclaimed property (Tex. Prop. Code ch. 72)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from csr_desk.data.queries import Connection, guarantees
from csr_desk.data.queries.guarantees import HolderRecord
from csr_desk.domain import about
from csr_desk.domain.masking import seen_by
from csr_desk.domain.money import Cents, plain
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.receivable.guarantee import is_dormant
from csr_desk.domain.receivable.instalments import month_later
from csr_desk.services.desk import Desk
from csr_desk.services.guarantees import heard_of
from csr_desk.services.spreadsheet_text import write_rows

DEPOSIT, CREDIT = "deposit", "credit"
COLUMNS = ("kind", "number", "account", "customer", "name", "address", "amount", "last_heard", "dormant_since")


@dataclass(frozen=True, slots=True)
class Dormant:
    """A deposit of a closed account, or money to an account's credit, that nobody asked for (cents)."""

    kind: str
    number: str
    """The number of the deposit; the account of a credit."""
    account: str
    customer: str
    name: str
    address: str
    amount: Cents
    last_heard: date
    since: date
    """From here on it counts as unclaimed."""


def dormant(desk: Desk, actor: Actor, on: date | None = None) -> tuple[Dormant, ...]:
    """Return what is unclaimed on a day (today without one), the oldest first; the months are a setting of the city."""
    actor.require(Act.SEE_REPORTS)
    day = on or desk.today()
    months = desk.policy.dormant_months
    with desk.read() as work:
        found = [*_deposits(work.conn), *_credits(work.conn)]
    listed = [
        Dormant(*said, heard, month_later(heard, months)) for said, heard in found if is_dormant(heard, months, day)
    ]
    return seen_by(actor.role, tuple(sorted(listed, key=lambda one: (one.since, one.account, one.number))))


def dormant_csv(listed: Sequence[Dormant]) -> bytes:
    """Write the list for the report to the state, as CSV."""
    rows: list[tuple[str | int, ...]] = [COLUMNS]
    rows += [
        (
            one.kind, one.number, one.account, one.customer, one.name, one.address, plain(one.amount),
            one.last_heard.isoformat(), one.since.isoformat(),
        )
        for one in listed
    ]  # fmt: skip
    return write_rows(rows, numbers=frozenset({6}))


_Said = tuple[str, str, str, str, str, str, Cents]


def _deposits(conn: Connection) -> list[tuple[_Said, date]]:
    found = []
    for deposit in guarantees.held(conn):
        holder = guarantees.holder(conn, deposit.account)
        heard = heard_of(conn, holder) if holder else None
        if holder is not None and heard is not None:
            found.append((_said(DEPOSIT, deposit.deposit_no, holder, deposit.amount), heard))
    return found


def _credits(conn: Connection) -> list[tuple[_Said, date]]:
    holders = guarantees.with_credit(conn)
    heard = guarantees.last_heard(conn, [about.account(one.account) for one in holders])
    return [
        (_said(CREDIT, one.account, one, one.credit), last)
        for one in holders
        if (last := heard.get(about.account(one.account))) is not None
    ]


def _said(kind: str, number: str, holder: HolderRecord, amount: Cents) -> _Said:
    return (kind, number, holder.account, holder.customer, holder.name, holder.address, amount)
