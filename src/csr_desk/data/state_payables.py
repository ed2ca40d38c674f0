"""Rebuilds the requests to payables from the refunds and deposits that made them and what changed them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row

from csr_desk.data.state_rows import Values, by_key, differing, rows_of

_EVENTS = """
SELECT series_id, seq, kind, receipt_no, actor_id, approver_id, facts FROM ledger_event
WHERE kind IN ('refund', 'guarantee_ended', 'payables_changed')
ORDER BY CASE WHEN kind = 'payables_changed' THEN 1 ELSE 0 END, series_id, seq
"""
_WORDS = """
SELECT note.series_id, note.seq, note.topic, words.text
FROM ledger_note AS note JOIN note_text AS words
  ON words.series_id = note.series_id AND words.seq = note.seq AND words.n = note.n
JOIN ledger_event AS entry ON entry.series_id = note.series_id AND entry.seq = note.seq
WHERE note.topic IN ('payee', 'address') AND entry.kind IN ('refund', 'guarantee_ended', 'payables_changed')
"""


def payables_faults(connection: Connection) -> Iterator[str]:
    """Compare the requests with the entries; words that were purged since are not compared."""
    yield from differing(
        "payables request {}",
        by_key(rows_of(connection, "SELECT * FROM payables_request ORDER BY request_id"), "request_id"),
        _told(connection),
    )


def _receipt(event: Row[Any]) -> str:
    return f"{event.series_id.replace('-', '')}-{event.receipt_no:07d}"


def _told(connection: Connection) -> dict[str, Values]:
    """Say what the entries make of each request, in the order in which they were written."""
    words: dict[tuple[str, int], dict[str, str]] = {}
    for note in connection.exec_driver_sql(_WORDS):
        words.setdefault((note.series_id, note.seq), {})[note.topic] = note.text
    told: dict[str, Values] = {}
    for event in connection.exec_driver_sql(_EVENTS):
        facts = json.loads(event.facts)
        keyed = words.get((event.series_id, event.seq), {})
        if event.kind != "payables_changed":
            if "payables" in facts:
                number = f"P-{facts['deposit'] if event.receipt_no is None else _receipt(event)}"
                told[number] = {
                    "receipt": facts["receipt"], "amount_minor": facts["payables"], "state": facts["request"],
                    "prepared_by": event.actor_id, "approved_by": event.approver_id, "series_id": event.series_id,
                    "seq": event.seq, "sent_series": None, "sent_seq": None, **keyed,
                }  # fmt: skip
        elif facts["change"] == "completed":
            told.setdefault(facts["request"], {}).update(state="ready", **keyed)
        else:
            sent = {"state": "sent", "sent_series": event.series_id, "sent_seq": event.seq}
            for number in facts["requests"]:
                told.setdefault(number, {}).update(sent)
    return told
