"""The items of bills as they stand: what the tables say of them, and what payments of the ledger brought each (A10)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence

from csr_desk.data.queries import Connection, accounts, payments
from csr_desk.data.queries.accounts import BillRecord
from csr_desk.data.queries.payments import ItemRecord, PaidRecord
from csr_desk.domain.distribution import Share
from csr_desk.domain.ledger import EventKey
from csr_desk.domain.money import Cents, allocate
from csr_desk.domain.receivable.application import Applied, Part
from csr_desk.domain.receivable.items import REST, OpenItem, Spread, netted, with_paid
from csr_desk.services.accounts import receivable_share

APPLIED = "applied"
"""The fact that says which items a line paid: ``[line, [[item, [cents of each account]], …]]``."""
_USUAL = 100
"""The priority of what has none of its own."""


def open_items(
    conn: Connection, records: Sequence[BillRecord], but: EventKey | None = None
) -> dict[str, tuple[OpenItem, ...]]:
    """Return the items of bills of one account, by bill.

    ``but`` is a payment that the same transaction takes back: its bills have it back, the ledger not yet.
    """
    rows: dict[str, list[ItemRecord]] = defaultdict(list)
    for row in payments.items_of(conn, [record.bill for record in records]):
        rows[row.bill].append(row)
    told = [record for record in records if record.bill in rows and record.paid]
    paid: dict[str, list[PaidRecord]] = defaultdict(list)
    if told:
        for line in payments.payments_of(conn, told[0].account, [record.bill for record in told], but):
            paid[line.bill].append(line)
    return {
        record.bill: (
            _itemized(record, rows[record.bill], paid[record.bill])
            if record.bill in rows
            else (_alone(conn, record, but),)
        )
        for record in records
    }


def targets_of(shares: str) -> tuple[tuple[Share, Cents], ...]:
    """Read where each cent of a bill or an item belongs."""
    return tuple((Share(**words), int(cents)) for words, cents in json.loads(shares or "[]"))


def _alone(conn: Connection, record: BillRecord, but: EventKey | None) -> OpenItem:
    """Return a bill without items as one; what it was paid is known by the accounts of its postings."""
    targets = targets_of(record.shares)
    item = OpenItem(record.bill, REST, record.description, _USUAL, targets)
    if not record.paid:
        return item
    names, cents = [share.account for share, _ in targets], [amount for _, amount in targets]
    by_name = accounts.booked_for(conn, record.bill, but)
    booked = tuple(by_name.get(name, 0) for name in names)
    if len(set(names)) < len(names) or sum(booked) != record.paid or min(booked) < 0:
        booked = allocate(record.paid, cents)
    return OpenItem(record.bill, REST, record.description, _USUAL, targets, booked)


def _itemized(record: BillRecord, rows: Sequence[ItemRecord], paid: Sequence[PaidRecord]) -> tuple[OpenItem, ...]:
    items = [_item(row.bill, row.n, (row.description, row.priority), (row.shares, row.amount)) for row in rows]
    rest = record.amount - sum(row.amount for row in rows)
    if rest:
        items.append(_item(record.bill, REST, (record.description, _USUAL), (record.shares, rest)))
    whole = netted(items)
    known = {item.n: len(item.targets) for item in whole}
    spreads = [
        {n: cents for n, cents in spread.items() if known.get(n) == len(cents)}
        for line in paid
        if (spread := _spread_of(line)) is not None
    ]
    said = sum(sum(cents) for spread in spreads for cents in spread.values())
    return with_paid(whole, spreads, record.paid - said)


def _item(bill: str, n: int, words: tuple[str, int], worth: tuple[str, Cents]) -> OpenItem:
    """Read an item; where its accounts do not add up to its amount they weigh it."""
    shares, amount = worth
    targets = targets_of(shares) or ((receivable_share(), amount),)
    cents = [part for _, part in targets]
    if sum(cents) != amount:
        fitted = allocate(amount, [abs(part) for part in cents] if any(cents) else [1] * len(cents))
        targets = tuple((share, part) for (share, _), part in zip(targets, fitted, strict=True))
    return OpenItem(bill, n, words[0], words[1], targets)


def _spread_of(paid: PaidRecord) -> Spread | None:
    """Return what a line brought each item; None where its entry does not say (it was written before items were)."""
    for line, items in paid.facts.get(APPLIED, ()):
        if line == paid.line:
            return {int(n): tuple(int(cents) for cents in parts) for n, parts in items}
    return None


def spread_over(items: Sequence[OpenItem], parts: Sequence[Part]) -> dict[int, tuple[Cents, ...]]:
    """Return what each part of a payment brings the accounts of its item."""
    by_number = {item.n: item for item in items}
    return {part.item: by_number[part.item].take(part.amount) for part in parts}


def by_bill(applied: Applied) -> dict[str, list[Part]]:
    """Put the parts of a payment together by bill, in the order in which they are covered."""
    found: dict[str, list[Part]] = {}
    for part in applied.parts:
        found.setdefault(part.bill, []).append(part)
    return found


def applied_facts(spreads: Mapping[int, Spread], sign: int = 1) -> dict[str, object]:
    """Write which items each line paid, by the number of the line, as a fact of its entry."""
    rows = [
        [line, [[n, [sign * part for part in cents]] for n, cents in spread.items()]]
        for line, spread in spreads.items()
    ]
    return {APPLIED: rows} if rows else {}


def taken_back(facts: Mapping[str, object], lines: Sequence[int]) -> dict[str, object]:
    """Return the fact of an entry that takes these lines of another one back."""
    told = facts.get(APPLIED)
    rows = told if isinstance(told, list) else []
    return applied_facts({line: dict(items) for line, items in rows if line in lines}, sign=-1)
