"""Rebuilds from the entries what the bank sent back, its notices, its bills and the list of accounts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TypeAlias

from sqlalchemy import Connection, Row

Values: TypeAlias = dict[str, Any]

_EVENTS = (
    "SELECT series_id, seq, kind, recorded_at_utc, facts FROM ledger_event "
    "WHERE kind IN ('item_returned', 'check_listed', 'check_cleared', 'notice_mailed') ORDER BY series_id, seq"
)
_CLAIMS = "SELECT bill_id, account_no, amount_minor, returned_item FROM bill WHERE returned_item IS NOT NULL"
_ITEMS = "SELECT * FROM returned_item"
_LIST = "SELECT * FROM check_list"


def returned_faults(connection: Connection) -> Iterator[str]:
    """Compare returned items, the bills that claim them and the returned-check list with the entries, in words."""
    items: dict[str, Values] = {}
    claims: dict[str, Values] = {}
    listed: dict[str, Values] = {}
    for event in connection.exec_driver_sql(_EVENTS):
        _tell(event, json.loads(event.facts), (items, claims, listed))
    yield from _differing("returned item", "item_id", _rows(connection, _ITEMS), items)
    yield from _differing("bill", "bill_id", _rows(connection, _CLAIMS), claims)
    yield from _differing("returned-check list, line", "list_id", _rows(connection, _LIST), listed)


def _tell(event: Row[Any], facts: Values, told: tuple[dict[str, Values], dict[str, Values], dict[str, Values]]) -> None:
    items, claims, listed = told
    if event.kind == "item_returned" and "item" in facts:
        items[facts["item"]] = {
            "receipt": facts["receipt"], "tender_n": facts["tender"], "amount_minor": facts["amount"],
            "fee_minor": facts["fee"], "bill_id": facts["bill"], "series_id": event.series_id, "seq": event.seq,
            "mail_number": "", "mailed_on": None, "received_on": None,
        }  # fmt: skip
        owed = {"account_no": facts["account"], "amount_minor": facts["amount"] + facts["fee"]}
        claims[facts["bill"]] = {**owed, "returned_item": facts["item"]}
    if event.kind in {"item_returned", "check_listed"} and "list" in facts:
        listed[facts["list"]] = {
            "account_hash": facts["account_hash"], "account_masked": facts["account_masked"],
            "reason": facts["list_reason"], "listed_at": event.recorded_at_utc, "series_id": event.series_id,
            "seq": event.seq, "cleared_series": None, "cleared_seq": None,
        }  # fmt: skip
    if event.kind == "check_cleared":
        listed.setdefault(facts["list"], {}).update(cleared_series=event.series_id, cleared_seq=event.seq)
    if event.kind == "notice_mailed":
        mailed = {name: facts[name] for name in ("mail_number", "mailed_on", "received_on")}
        items.setdefault(facts["item"], {}).update(mailed)


def _rows(connection: Connection, statement: str) -> list[Values]:
    return [dict(row) for row in connection.exec_driver_sql(statement).mappings()]


def _differing(noun: str, key: str, rows: list[Values], told: dict[str, Values]) -> Iterator[str]:
    """Name the rows that are not what the entries say, those without an entry, and those that are missing."""
    for row in sorted(rows, key=lambda row: str(row[key])):
        said = told.get(row[key])
        if said is None:
            yield f"{noun} {row[key]} claims what no entry of the ledger says was returned or listed"
            continue
        wrong = next((name for name, value in said.items() if row[name] != value), None)
        if wrong is not None:
            words = wrong.removesuffix("_minor").replace("_", " ")
            yield f"{noun} {row[key]}: its {words} is {row[wrong]}, but the entries say {said[wrong]}"
    for name in sorted(told.keys() - {row[key] for row in rows}):
        yield f"{noun} {name} stands in the ledger, but its row is gone"
