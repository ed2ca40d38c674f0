"""All that ever changed what some accounts owe: bills, what was added to them, payments, credit."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, select

from csr_desk.data.models import (
    account,
    bill,
    customer,
    entry_about,
    extension,
    ledger_event,
    ledger_line,
    ledger_tender,
    returned_item,
)
from csr_desk.data.queries import bill_rows, plans
from csr_desk.data.queries.bill_rows import AT_ONCE
from csr_desk.domain.ledger import EventKind, receipt_number
from csr_desk.domain.money import Cents
from csr_desk.domain.receivable.penalty import rule_of
from csr_desk.domain.receivable.statement import AccountHead, Move, MoveKind, Spared, StatedBill, StatedItem, Story

ON_ACCOUNT = "account:"
"""How the reference of a line begins that puts money to an account's credit, or takes it from there."""
_PAYS = (
    EventKind.SALE.value, EventKind.VOID.value, EventKind.REFUND.value, EventKind.CREDIT_APPLIED.value,
    EventKind.GUARANTEE_ENDED.value,
)  # fmt: skip
_ADJUSTS = (EventKind.ADJUSTMENT_DECIDED.value, EventKind.ADJUSTMENT_REVERSED.value)
_ITEM_KINDS = {"penalty": MoveKind.PENALTY, "fee": MoveKind.FEE, "adjustment": MoveKind.ADJUSTMENT}


def heads_of(conn: Connection, numbers: Sequence[str]) -> dict[str, AccountHead]:
    """Return whose accounts these are; a number that is no account is missing."""
    found = {}
    for some in _chunks(numbers):
        rows = conn.execute(
            select(account, customer.c.name, customer.c.address, customer.c.language)
            .join(customer, customer.c.customer_id == account.c.customer_id)
            .where(account.c.account_no.in_(some))
        )
        for row in rows:
            found[row.account_no] = AccountHead(
                row.account_no, row.service, row.name, row.address, row.site or "", row.language
            )
    return found


def stories_of(conn: Connection, numbers: Sequence[str]) -> dict[str, Story]:
    """Return of each account its bills, the one due first in front, and what changed its balance, oldest first."""
    bills: dict[str, list[StatedBill]] = {number: [] for number in numbers}
    moves: dict[str, list[Move]] = {number: [] for number in numbers}
    spared: dict[str, tuple[Spared, ...]] = {}
    for some in _chunks(numbers):
        owner: dict[str, str] = {}
        paid = dict.fromkeys(some, 0)
        for row, items in _bills(conn, some):
            owner[row.bill_id] = row.account_no
            paid[row.account_no] += row.paid_minor
            stated, billed = _stated(row, items)
            bills[row.account_no].append(stated)
            moves[row.account_no] += billed
        for number, move in (*_payments(conn, owner, paid), *_credit(conn, some), *_adjusted(conn, some)):
            moves[number].append(move)
        for number, one in _spared(conn, some):
            spared[number] = (*spared.get(number, ()), one)
    return {
        number: Story(
            tuple(sorted(bills[number], key=lambda one: (one.due or date.max, one.number))),
            tuple(sorted(moves[number], key=lambda move: (move.on or date.min, _ORDER[move.kind], move.bill))),
            spared.get(number, ()),
        )
        for number in numbers
    }


_ORDER = {kind: at for at, kind in enumerate(MoveKind)}


def _spared(conn: Connection, numbers: Sequence[str]) -> Iterator[tuple[str, Spared]]:
    """Give the time and the plans that accounts were given; a plan is over on the day on which it ended."""
    times = select(extension.c.account_no, extension.c.granted_on, extension.c.until)
    for number, since, until in conn.execute(times.where(extension.c.account_no.in_(numbers))):
        yield number, Spared(date.fromisoformat(since), date.fromisoformat(until))
    for plan in plans.of_accounts(conn, numbers):
        covers = frozenset(bill_no for bill_no, *_ in plan.facts["covers"])
        yield plan.account, Spared(date.fromisoformat(plan.made_on), _day(plan.ended_on), covers)


def _chunks(numbers: Sequence[str]) -> Iterator[Sequence[str]]:
    return (numbers[at : at + AT_ONCE] for at in range(0, len(numbers), AT_ONCE))


def _bills(conn: Connection, numbers: Sequence[str]) -> Iterator[tuple[Row[Any], list[dict[str, Any]]]]:
    """Give the bills of accounts with their items; a bill that claims a returned item was issued with its entry."""
    rows = conn.execute(
        select(bill, ledger_event.c.business_date.label("claimed_on"))
        .outerjoin(returned_item, returned_item.c.item_id == bill.c.returned_item)
        .outerjoin(
            ledger_event,
            and_(ledger_event.c.series_id == returned_item.c.series_id, ledger_event.c.seq == returned_item.c.seq),
        )
        .where(bill.c.account_no.in_(numbers))
    ).all()
    items = bill_rows.items_of(conn, [row.bill_id for row in rows])
    return ((row, items.get(row.bill_id, [])) for row in rows)


def _stated(row: Row[Any], items: Sequence[dict[str, Any]]) -> tuple[StatedBill, list[Move]]:
    """Read a bill as it was issued, and what it changed then and later."""
    later = [item for item in items if item["series_id"] is not None]
    issued = _day(row.issued_on or row.claimed_on)
    amount = row.amount_minor - sum(item["amount_minor"] for item in later)
    stated = StatedBill(
        row.bill_id, row.description, amount, _day(row.due_date), issued, _day(row.service_from), _day(row.service_to),
        row.usage or "", rule_of(row.penalty_rule),
        tuple(StatedItem(item["description"], item["amount_minor"]) for item in items if item["series_id"] is None),
    )  # fmt: skip
    moves = [Move(issued, MoveKind.BILL, amount, row.bill_id, row.description)]
    for item in later:
        kind = _ITEM_KINDS[item["kind"]]
        moves.append(Move(_day(item["business_date"]), kind, item["amount_minor"], row.bill_id, item["description"]))
    return stated, moves


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _payments(conn: Connection, owner: Mapping[str, str], paid: Mapping[str, Cents]) -> Iterator[tuple[str, Move]]:
    """Give what was paid on bills, and what of it was taken back.

    Entries are found by the accounts that they are about; where they do not make what stands paid, they are of an
    older version that kept no such index, and are looked for line by line.
    """
    found: dict[str, list[Move]] = {}
    for row in _lines_about(conn, list(paid)):
        if row.reference in owner:
            found.setdefault(owner[row.reference], []).append(_payment(row))
    unfound = {number for number, cents in paid.items() if -sum(move.amount for move in found.get(number, ())) != cents}
    for number in paid.keys() - unfound:
        yield from ((number, move) for move in found.get(number, ()))
    for some in _chunks([bill_no for bill_no, number in owner.items() if number in unfound]):
        wanted = _LINES.where(ledger_line.c.reference.in_(some), ledger_event.c.kind.in_(_PAYS))
        yield from ((owner[row.reference], _payment(row)) for row in conn.execute(wanted))


def _payment(row: Row[Any]) -> Move:
    kind = MoveKind.PAYMENT if row.amount_minor >= 0 else MoveKind.TAKEN_BACK
    return _move(row, kind, -row.amount_minor, row.reference)


def _lines_about(conn: Connection, numbers: Sequence[str]) -> Iterator[Row[Any]]:
    """Give the lines of entries that are about some accounts, each line once."""
    subjects = [ON_ACCOUNT + number for number in numbers]
    about = select(entry_about.c.series_id, entry_about.c.seq).where(entry_about.c.subject.in_(subjects)).distinct()
    entries = about.subquery()
    same = and_(entries.c.series_id == ledger_event.c.series_id, entries.c.seq == ledger_event.c.seq)
    yield from conn.execute(_LINES.join(entries, same).where(ledger_event.c.kind.in_(_PAYS)))


def _credit(conn: Connection, numbers: Sequence[str]) -> Iterator[tuple[str, Move]]:
    """Give what was paid ahead on accounts (lines that name the account), and what of it paid something since."""
    mine = frozenset(numbers)
    subjects = [ON_ACCOUNT + number for number in numbers]
    about = entry_about.c.subject.in_(subjects)
    for row in conn.execute(
        _LINES.add_columns(entry_about.c.subject).join(entry_about, _same_entry(entry_about)).where(about)
    ):
        number = row.reference.removeprefix(ON_ACCOUNT)
        if row.reference.startswith(ON_ACCOUNT) and number in mine and row.subject == row.reference:
            kind = MoveKind.PAID_AHEAD if row.amount_minor >= 0 else MoveKind.TAKEN_BACK
            yield number, _move(row, kind, -row.amount_minor)
    rows = conn.execute(
        select(*_TOLD, ledger_tender.c.document, ledger_tender.c.amount_minor)
        .join(ledger_tender, _same_entry(ledger_tender))
        .join(entry_about, _same_entry(entry_about))
        .where(
            about, ledger_tender.c.kind == "on_account", entry_about.c.subject == ON_ACCOUNT + ledger_tender.c.document
        )
    )
    for row in rows:
        yield row.document, _move(row, MoveKind.CREDIT_USED, row.amount_minor)


def _adjusted(conn: Connection, numbers: Sequence[str]) -> Iterator[tuple[str, Move]]:
    """Give what adjustments put to accounts' credit because it was paid already, and what of it they took back."""
    wanted = (
        select(*_TOLD, ledger_event.c.facts)
        .join(entry_about, _same_entry(entry_about))
        .where(
            entry_about.c.subject.in_([ON_ACCOUNT + number for number in numbers]), ledger_event.c.kind.in_(_ADJUSTS)
        )
    )
    for row in conn.execute(wanted):
        facts = json.loads(row.facts)
        if facts.get("credit"):
            words = f"To the account’s credit, {facts['adjustment']}"
            day = date.fromisoformat(row.business_date)
            yield str(facts["account"]), Move(day, MoveKind.ADJUSTMENT, -int(facts["credit"]), words=words)


_TOLD = (ledger_event.c.series_id, ledger_event.c.receipt_no, ledger_event.c.business_date, ledger_event.c.kind)


def _same_entry(table: Any) -> Any:
    return and_(table.c.series_id == ledger_event.c.series_id, table.c.seq == ledger_event.c.seq)


_LINES: Select[Any] = select(*_TOLD, ledger_line.c.reference, ledger_line.c.amount_minor).join(
    ledger_line, _same_entry(ledger_line)
)


def _move(row: Row[Any], kind: MoveKind, amount: int, bill_no: str = "") -> Move:
    number = "" if row.receipt_no is None else receipt_number(row.series_id, row.receipt_no)
    return Move(date.fromisoformat(row.business_date), kind, amount, bill_no, "", number)
