"""Bills with their items and loads: written once, and what is added to them later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, and_, case, func, insert, or_, select, update

from csr_desk.data.models import bill, bill_item, bill_load, ledger_event
from csr_desk.data.queries.imports import insert_many
from csr_desk.domain.money import Cents
from csr_desk.domain.receivable.penalty import PenaltyRule, rule_of

AT_ONCE = 500
"""Numbers asked for in one statement."""


@dataclass(frozen=True, slots=True)
class LateBill:
    """A bill past its due date, with what a penalty on it depends on (cents)."""

    bill: str
    account: str
    description: str
    amount: Cents
    paid: Cents
    due: date
    shares: str
    rule: PenaltyRule | None
    last_item: int
    """Number of its last item; 0 where it has none."""
    penalties: int
    """How many penalties stand on it."""
    penalty_sum: Cents


def insert_load(conn: Connection, load: Mapping[str, Any]) -> None:
    """Add a load."""
    conn.execute(insert(bill_load), [dict(load)])


def insert_bills(conn: Connection, bills: Sequence[Mapping[str, Any]], items: Sequence[Mapping[str, Any]]) -> None:
    """Add bills and their items."""
    insert_many(conn, bill, bills)
    insert_many(conn, bill_item, items)


def known_bills(conn: Connection, numbers: Sequence[str]) -> frozenset[str]:
    """Return those of some bill numbers that exist."""
    found: set[str] = set()
    for at in range(0, len(numbers), AT_ONCE):
        wanted = select(bill.c.bill_id).where(bill.c.bill_id.in_(numbers[at : at + AT_ONCE]))
        found |= set(conn.execute(wanted).scalars())
    return frozenset(found)


def unloaded_bills(conn: Connection) -> list[dict[str, Any]]:
    """Return the bills that came before loads were recorded, as stored; none once there is a load."""
    if conn.execute(select(bill_load.c.load_id).limit(1)).first() is not None:
        return []
    rows = conn.execute(select(bill).where(bill.c.load_id.is_(None), bill.c.returned_item.is_(None)))
    return [dict(row) for row in rows.mappings()]


def adopt(conn: Connection, load_id: str, items: Sequence[Mapping[str, Any]]) -> None:
    """Count bills that came before loads were recorded among a load, each with the item that it is."""
    conn.execute(update(bill).where(bill.c.load_id.is_(None), bill.c.returned_item.is_(None)).values(load_id=load_id))
    conn.execute(insert(bill_item), [dict(row) for row in items])


def late_bills(
    conn: Connection, on: date, accounts: Sequence[str] = (), bills: Sequence[str] = (), *, lock: bool = False
) -> tuple[LateBill, ...]:
    """Return the bills that are due before a date, have a rule for it and are not paid, by number.

    With ``lock`` nobody pays them until the end of the transaction.
    """
    wanted = select(bill).where(
        bill.c.state == "due", bill.c.due_date < on.isoformat(), bill.c.penalty_rule.is_not(None)
    )
    if accounts:
        wanted = wanted.where(bill.c.account_no.in_(accounts))
    if bills:
        wanted = wanted.where(bill.c.bill_id.in_(bills))
    wanted = wanted.with_for_update() if lock else wanted
    rows = conn.execute(wanted).all()
    marks = _marks(conn, [row.bill_id for row in rows])
    found = [
        LateBill(
            row.bill_id, row.account_no, row.description, row.amount_minor, row.paid_minor,
            date.fromisoformat(row.due_date), row.shares, rule_of(row.penalty_rule), *marks.get(row.bill_id, (0, 0, 0)),
        )
        for row in rows
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda late: late.bill))


def _marks(conn: Connection, numbers: Sequence[str]) -> dict[str, tuple[int, int, Cents]]:
    """Return of each bill its last item's number, how many penalties it has, and their sum."""
    penalties = bill_item.c.kind == "penalty"
    found: dict[str, tuple[int, int, Cents]] = {}
    for at in range(0, len(numbers), AT_ONCE):
        rows = conn.execute(
            select(
                bill_item.c.bill_id,
                func.max(bill_item.c.n).label("last"),
                func.sum(case((penalties, 1), else_=0)).label("many"),
                func.sum(case((penalties, bill_item.c.amount_minor), else_=0)).label("cents"),
            )
            .where(bill_item.c.bill_id.in_(numbers[at : at + AT_ONCE]))
            .group_by(bill_item.c.bill_id)
        )
        found |= {row.bill_id: (int(row.last), int(row.many), int(row.cents)) for row in rows}
    return found


def late_before(conn: Connection, accounts: Sequence[str]) -> dict[str, list[tuple[date, str]]]:
    """Return of each account when which of its bills got a penalty for the first time."""
    found: dict[str, list[tuple[date, str]]] = {}
    for at in range(0, len(accounts), AT_ONCE):
        rows = conn.execute(
            select(bill.c.account_no, bill.c.bill_id, func.min(ledger_event.c.business_date).label("day"))
            .join(bill_item, bill_item.c.bill_id == bill.c.bill_id)
            .join(
                ledger_event,
                and_(ledger_event.c.series_id == bill_item.c.series_id, ledger_event.c.seq == bill_item.c.seq),
            )
            .where(bill_item.c.kind == "penalty", bill.c.account_no.in_(accounts[at : at + AT_ONCE]))
            .group_by(bill.c.account_no, bill.c.bill_id)
        )
        for row in rows:
            found.setdefault(row.account_no, []).append((date.fromisoformat(row.day), row.bill_id))
    return found


def add_items(conn: Connection, items: Sequence[Mapping[str, Any]], shares: Mapping[str, str]) -> None:
    """Add items to bills that are out, and what each bill comes to now; ``shares`` are the bills' new ones."""
    conn.execute(insert(bill_item), [dict(row) for row in items])
    sums: dict[str, Cents] = {}
    for row in items:
        sums[row["bill_id"]] = sums.get(row["bill_id"], 0) + row["amount_minor"]
    for number, cents in sums.items():
        amount = bill.c.amount_minor + cents
        conn.execute(
            update(bill)
            .where(bill.c.bill_id == number)
            .values(
                amount_minor=amount,
                shares=shares[number],
                state=case((bill.c.paid_minor >= amount, "paid"), else_="due"),
            )
        )


def items_of(conn: Connection, numbers: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """Return the items of bills as stored, in their order, each with the business date of its entry (or None)."""
    found: dict[str, list[dict[str, Any]]] = {}
    for at in range(0, len(numbers), AT_ONCE):
        rows = conn.execute(
            select(bill_item, ledger_event.c.business_date)
            .outerjoin(
                ledger_event,
                and_(ledger_event.c.series_id == bill_item.c.series_id, ledger_event.c.seq == bill_item.c.seq),
            )
            .where(bill_item.c.bill_id.in_(numbers[at : at + AT_ONCE]))
            .order_by(bill_item.c.bill_id, bill_item.c.n)
        )
        for row in rows.mappings():
            found.setdefault(row["bill_id"], []).append(dict(row))
    return found


def accounts_billed(conn: Connection, first: date, last: date, *, owing: bool) -> tuple[str, ...]:
    """Return the accounts with bills that are open, or (unless ``owing``) issued in a span as well; by number."""
    found = bill.c.state == "due"
    if not owing:
        issued = and_(bill.c.issued_on >= first.isoformat(), bill.c.issued_on <= last.isoformat())
        found = or_(found, issued)
    return tuple(sorted(set(conn.execute(select(bill.c.account_no).where(found).distinct()).scalars())))
