"""Rebuilds bills from the entries: loads by the hash over all their rows as billed, what was added later one by one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, TypeAlias

from sqlalchemy import Connection

from csr_desk.domain.money import plain
from csr_desk.domain.receivable.billed import (
    ADJUSTMENT,
    BILL_FIELDS,
    ITEM_FIELDS,
    leaf_of,
    merged,
    parts_of,
    rows_hash,
    shares_text,
)

_LOADED = """
SELECT series_id, seq, actor_id, recorded_at_utc, facts FROM ledger_event
WHERE kind = 'bills_loaded' ORDER BY series_id, seq
"""
_FILES = """
SELECT note.series_id, note.seq, words.text FROM ledger_note AS note
LEFT JOIN note_text AS words ON words.series_id = note.series_id AND words.seq = note.seq AND words.n = note.n
JOIN ledger_event AS entry ON entry.series_id = note.series_id AND entry.seq = note.seq
WHERE note.topic = 'file' AND entry.kind = 'bills_loaded'
"""
_FEES = "SELECT bill_id FROM account_step WHERE bill_id IS NOT NULL"
_CHARGED = "SELECT series_id, seq, facts FROM ledger_event WHERE kind = 'bill_charged' ORDER BY series_id, seq"
_BILL = (*BILL_FIELDS, "amount_minor", "shares", "load_id", "returned_item")
_ITEM = (*ITEM_FIELDS, "series_id", "seq")
_BILLS = (
    f"SELECT {', '.join(f'bill.{name}' for name in _BILL)}, "  # noqa: S608 - our own columns
    f"{', '.join(f'item.{name}' for name in _ITEM)} "
    "FROM bill LEFT JOIN bill_item AS item ON item.bill_id = bill.bill_id ORDER BY bill.bill_id, item.n"
)
_BILLED = len(BILL_FIELDS)
_N, _KIND, _AMOUNT, _SHARES = (ITEM_FIELDS.index(name) for name in ("n", "kind", "amount_minor", "shares"))
_SERIES, _SEQ = len(ITEM_FIELDS), len(ITEM_FIELDS) + 1
_BY_LOAD = frozenset({"issued_on", "service_from", "service_to", "usage", "penalty_rule"})

MASTERS = frozenset({"customers", "accounts"})
"""Loads of customers and accounts, whose rows may change without an entry."""

Values: TypeAlias = dict[str, Any]
Items: TypeAlias = Sequence[Sequence[Any]]


@dataclass(slots=True)
class _Story:
    """What the entries say: loads by their number, what was added to bills by bill and number of the item."""

    loads: dict[str, Values] = field(default_factory=dict)
    charges: dict[tuple[str, int], list[Any]] = field(default_factory=dict)
    leaves: dict[str, list[bytes]] = field(default_factory=dict)
    totals: dict[str, int] = field(default_factory=dict)
    fees: set[str] = field(default_factory=set)
    """Bills that a step of collection made; ``state_collection`` compares them with its entry."""


def billed_faults(connection: Connection) -> Iterator[str]:
    """Compare bills, their items and their loads with the entries; each fault names its row in words."""
    story = _Story()
    _tell(story, connection)
    for bill, items in _bills(connection):
        yield from _bill_faults(story, bill, items)
    for number, n in sorted(story.charges):
        yield f"item {n} of bill {number} stands in the ledger, but its row is gone"
    yield from _load_faults(connection, story)


def _tell(story: _Story, connection: Connection) -> None:
    files = {(row[0], row[1]): row[2] for row in connection.exec_driver_sql(_FILES)}
    for event in connection.exec_driver_sql(_LOADED):
        facts = json.loads(event.facts)
        place = (event.series_id, event.seq)
        story.loads[facts["load"]] = {
            "kind": facts["kind"], "sha256": facts["sha256"], "rows_hash": facts["rows_hash"], "rows": facts["rows"],
            "total_minor": facts["total"], "loaded_at": event.recorded_at_utc, "loaded_by": event.actor_id,
            "series_id": event.series_id, "seq": event.seq,
            **({} if (name := files.get(place, "")) is None else {"file_name": name}),
        }  # fmt: skip
    story.fees |= {row[0] for row in connection.exec_driver_sql(_FEES)}
    for event in connection.exec_driver_sql(_CHARGED):
        for charge in json.loads(event.facts)["charges"]:
            said = [charge[name] for name in ITEM_FIELDS]
            story.charges[charge["bill"], charge["n"]] = [*said, event.series_id, event.seq]


def _bills(connection: Connection) -> Iterator[tuple[Sequence[Any], Items]]:
    """Give every bill with its items, as stored."""
    width = len(_BILL)
    for _, rows in groupby(connection.exec_driver_sql(_BILLS), key=lambda row: row[0]):
        held = [tuple(row) for row in rows]
        yield held[0][:width], [list(row[width:]) for row in held if row[width] is not None]


def _bill_faults(story: _Story, bill: Sequence[Any], items: Items) -> Iterator[str]:
    number = bill[0]
    amount, shares, load, returned = bill[_BILLED:]
    later = [item for item in items if item[_SERIES] is not None]
    for item in later:
        said = story.charges.pop((number, item[_N]), None)
        if item[_KIND] == ADJUSTMENT:  # the decision that made it says so
            continue
        if said is None:
            yield f"item {item[_N]} of bill {number} stands in no entry of the ledger"
        elif said != list(item):
            yield f"item {item[_N]} of bill {number} is not the one that its entry says"
    first = [item[:_SERIES] for item in items if item[_SERIES] is None]
    if any(item[_SEQ] is not None for item in items if item[_SERIES] is None):
        yield f"an item of bill {number} names half an entry"
    if load is None:
        yield from _outside_faults(story, bill, unsaid=bool(first) or (returned is None and number not in story.fees))
        return
    story.leaves.setdefault(load, []).append(leaf_of(list(bill[:_BILLED]), first))
    story.totals[load] = story.totals.get(load, 0) + sum(item[_AMOUNT] for item in first)
    summed = sum(item[_AMOUNT] for item in items)
    if amount != summed:
        yield f"bill {number} comes to {plain(amount)}, but its items to {plain(summed)}"
    if shares not in _shares(items):
        yield f"bill {number} is spread over other accounts than its items"


def _outside_faults(story: _Story, bill: Sequence[Any], *, unsaid: bool) -> Iterator[str]:
    """A bill without a load claims what the bank sent back or a fee of collection, or is older than loads.

    None of them has what loads bring.
    """
    if unsaid and story.loads:
        yield f"bill {bill[0]} came in by no load of the ledger"
    for name, value in zip(BILL_FIELDS, bill, strict=False):
        if name in _BY_LOAD and value is not None:
            yield f"bill {bill[0]}: its {name.replace('_', ' ')} is {value}, but it came in by no load of the ledger"


def _shares(items: Items) -> frozenset[str]:
    """Say how the shares of a bill may be written: those of its items added up, or of its only item as they stand."""
    summed = shares_text(merged([part for item in items for part in parts_of(item[_SHARES])]))
    return frozenset({summed, *([items[0][_SHARES]] if len(items) == 1 else [])})


def _load_faults(connection: Connection, story: _Story) -> Iterator[str]:
    rows = connection.exec_driver_sql("SELECT * FROM bill_load ORDER BY load_id").mappings()
    kept = {row["load_id"]: dict(row) for row in rows}
    for name in sorted((kept.keys() | story.leaves.keys()) - story.loads.keys()):
        yield f"the load {name} of bills stands in no entry of the ledger"
    for name, said in story.loads.items():
        row = kept.get(name)
        if row is None:
            yield f"the load {name} of bills stands in the ledger, but its row is gone"
            continue
        wrong = next((column for column, value in said.items() if row[column] != value), None)
        if wrong is not None:
            yield f"the load {name} of bills: its {wrong.replace('_', ' ')} is {row[wrong]}, not {said[wrong]}"
        if said["kind"] in MASTERS:  # who somebody is may be corrected later; the hash says what came in
            continue
        leaves = story.leaves.get(name, [])
        found = (len(leaves), story.totals.get(name, 0), rows_hash(leaves))
        if found != (said["rows"], said["total_minor"], said["rows_hash"]):
            yield f"the load {name} of bills: they are not those that were loaded"
