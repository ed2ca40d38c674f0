"""Rebuilds from the entries what the bank sent back, its notices, its bills and the list of accounts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row

from csr_desk.data.state_rows import Values, by_key, differing, rows_of

_EVENTS = (
    "SELECT series_id, seq, kind, recorded_at_utc, facts FROM ledger_event "
    "WHERE kind IN ('item_returned', 'check_listed', 'check_cleared', 'notice_mailed') ORDER BY series_id, seq"
)
_CLAIMS = "SELECT bill_id, account_no, amount_minor, returned_item FROM bill WHERE returned_item IS NOT NULL ORDER BY 1"
_ITEMS = "SELECT * FROM returned_item ORDER BY item_id"
_LIST = "SELECT * FROM check_list ORDER BY list_id"


def returned_faults(connection: Connection) -> Iterator[str]:
    """Compare returned items, the bills that claim them and the returned-check list with the entries, in words."""
    items: dict[str, Values] = {}
    claims: dict[str, Values] = {}
    listed: dict[str, Values] = {}
    for event in connection.exec_driver_sql(_EVENTS):
        _tell(event, json.loads(event.facts), (items, claims, listed))
    yield from differing("returned item {}", by_key(rows_of(connection, _ITEMS), "item_id"), items)
    yield from differing("bill {}, a claim,", by_key(rows_of(connection, _CLAIMS), "bill_id"), claims)
    yield from differing("returned-check list, line {}", by_key(rows_of(connection, _LIST), "list_id"), listed)


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
