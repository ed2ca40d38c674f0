"""Rebuilds holds from the entries that placed and lifted them."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import Connection

from csr_desk.data.state_rows import Values, by_key, differing, rows_of

_EVENTS = """
SELECT series_id, seq, kind, facts FROM ledger_event WHERE kind IN ('hold_placed', 'hold_lifted')
ORDER BY CASE WHEN kind = 'hold_placed' THEN 0 ELSE 1 END, series_id, seq
"""
_WORDS = """
SELECT note.series_id, note.seq, words.text FROM ledger_note AS note
JOIN note_text AS words ON words.series_id = note.series_id AND words.seq = note.seq AND words.n = note.n
JOIN ledger_event AS entry ON entry.series_id = note.series_id AND entry.seq = note.seq
WHERE note.topic = 'words' AND entry.kind = 'hold_placed'
"""


def hold_faults(connection: Connection) -> Iterator[str]:
    """Compare the holds with the entries; words that were purged since are not compared."""
    yield from differing(
        "hold {}", by_key(rows_of(connection, "SELECT * FROM hold_flag ORDER BY hold_id"), "hold_id"), _told(connection)
    )


def _told(connection: Connection) -> dict[str, Values]:
    words = {(row.series_id, row.seq): row.text for row in connection.exec_driver_sql(_WORDS)}
    told: dict[str, Values] = {}
    for event in connection.exec_driver_sql(_EVENTS):
        facts = json.loads(event.facts)
        place = (event.series_id, event.seq)
        if event.kind == "hold_placed":
            told[facts["hold"]] = {
                "subject": facts["subject"], "stops": facts["stops"], "expires_on": facts["expires_on"],
                "series_id": event.series_id, "seq": event.seq, "lifted_series": None, "lifted_seq": None,
                **({"words": words[place]} if place in words else {}),
            }  # fmt: skip
        else:
            told.setdefault(facts["hold"], {}).update(lifted_series=event.series_id, lifted_seq=event.seq)
    return told
