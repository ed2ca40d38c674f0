"""Rebuilds adjustments from their entries: the requests, the items on bills, the files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row

from csr_desk.data.state_rows import Values, by_key, differing, rows_of
from csr_desk.domain.chain import canonical_json

KINDS = ("adjustment_requested", "adjustment_decided", "adjustment_reversed")
_EVENTS = (
    "SELECT series_id, seq, kind, actor_id, recorded_at_utc, facts FROM ledger_event "  # noqa: S608 - fixed names
    f"WHERE kind IN ({', '.join(repr(kind) for kind in KINDS)}) ORDER BY series_id, seq"
)
_FILES = (
    "SELECT attachment_id, subject, file_name, media, sha256, size, added_by, added_at FROM attachment "
    "WHERE substr(subject, 1, 11) = 'adjustment:' ORDER BY attachment_id"
)
"""The files that adjustments brought; any other is told whole by its entry (``state_told``)."""
_ITEMS = "SELECT * FROM bill_item WHERE kind = 'adjustment' ORDER BY bill_id, n"
_NAMES = """
SELECT note.series_id, note.seq, words.text
FROM ledger_note AS note JOIN note_text AS words
  ON words.series_id = note.series_id AND words.seq = note.seq AND words.n = note.n
WHERE note.topic = 'documents'
"""
_BYTES = "SELECT content FROM attachment WHERE attachment_id = "


@dataclass(slots=True)
class _Story:
    """What the entries say: by number, by bill and item, by file."""

    adjustments: dict[str, Values] = field(default_factory=dict)
    items: dict[tuple[str, int], Values] = field(default_factory=dict)
    files: dict[str, Values] = field(default_factory=dict)
    names: dict[tuple[str, int], list[str]] = field(default_factory=dict)
    """Of the files of an entry, unless they were purged since."""


def adjustment_faults(connection: Connection) -> Iterator[str]:
    """Compare what stands in the tables with what the entries of adjustments say."""
    story = _Story()
    for row in connection.exec_driver_sql(_NAMES):
        story.names[row.series_id, row.seq] = json.loads(row.text)
    for event in connection.exec_driver_sql(_EVENTS):
        _tell(story, event, json.loads(event.facts))
    rows = by_key(rows_of(connection, "SELECT * FROM adjustment"), "adjustment_id")
    yield from differing("adjustment {}", rows, story.adjustments)
    yield from differing("item of bill {}", by_key(rows_of(connection, _ITEMS), "bill_id", "n"), story.items)
    yield from differing("attached file {}", by_key(rows_of(connection, _FILES), "attachment_id"), story.files)
    yield from _changed_files(connection, story)


def _tell(story: _Story, event: Row[Any], facts: Values) -> None:
    here = {"series_id": event.series_id, "seq": event.seq}
    name, change = facts["adjustment"], facts["change"]
    names = story.names.get((event.series_id, event.seq))
    for n, one in enumerate(facts.get("documents", ())):
        story.files[one["document"]] = {
            "subject": f"adjustment:{name}", "media": one["media"], "sha256": one["sha256"],
            "size": one["size"], "added_by": event.actor_id, "added_at": event.recorded_at_utc,
            **({} if names is None else {"file_name": names[n]}),
        }  # fmt: skip
    if change == "requested":
        bills = [part["bill"] for part in facts["parts"]]
        story.adjustments[name] = {
            "account_no": facts["account"], "bill_id": bills[0] if len(bills) == 1 else None, "kind": facts["kind"],
            "amount_minor": facts["amount"], "worksheet": canonical_json(facts["worksheet"]), "state": change,
            "requested_by": event.actor_id, "decided_by": None, "decided_series": None, "decided_seq": None,
            "reversed_series": None, "reversed_seq": None, **here,
        }  # fmt: skip
    elif change == "reversed":
        _told(story, name).update(state=change, reversed_series=event.series_id, reversed_seq=event.seq)
    elif change != "documents":
        decided = {"decided_by": event.actor_id, "decided_series": event.series_id, "decided_seq": event.seq}
        _told(story, name).update(state=change, **decided)
    for one in facts.get("taken", ()):
        if one["n"] is not None:
            story.items[one["bill"], one["n"]] = {
                "kind": "adjustment", "amount_minor": one["amount"], "explain": "[]", **here,
                **{name: one[name] for name in ("description", "authority", "priority", "shares")},
            }  # fmt: skip


def _told(story: _Story, name: str) -> Values:
    return story.adjustments.setdefault(name, {})


def _changed_files(connection: Connection, story: _Story) -> Iterator[str]:
    """Hash each file anew, one at a time: together they may be larger than the memory."""
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    for name, said in story.files.items():
        content = connection.exec_driver_sql(_BYTES + mark, (name,)).scalar()
        if content is not None and sha256(bytes(content)).hexdigest() != said["sha256"]:
            yield f"attached file {name} is not the one that was handed in"
