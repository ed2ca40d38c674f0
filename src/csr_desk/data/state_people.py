"""Rebuilds from the entries what is remembered of people: requests, reviews, trainings, roles (J4, J11, J13)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row

from csr_desk.data.state_founding import Founded
from csr_desk.data.state_reviews import review_faults
from csr_desk.data.state_rows import Values, by_key, differing, first_wrong, rows_of
from csr_desk.domain.founding import secret_mark

_KINDS = ("approval_asked", "approval_decided", "deferred_reviewed", "training_recorded", "staff_changed")
_EVENTS = (
    "SELECT series_id, seq, kind, actor_id, approver_id, recorded_at_utc, reverses_series, reverses_seq, facts "  # noqa: S608
    f"FROM ledger_event WHERE kind IN ({', '.join(repr(kind) for kind in _KINDS)}) ORDER BY series_id, seq"
)
_WORDS = """
SELECT entry.facts, note.topic, words.text FROM ledger_event AS entry
JOIN ledger_note AS note ON note.series_id = entry.series_id AND note.seq = entry.seq
LEFT JOIN note_text AS words ON words.series_id = note.series_id AND words.seq = note.seq AND words.n = note.n
WHERE entry.kind IN ('approval_asked', 'approval_decided')
"""
_CALLED = """
SELECT entry.facts, note.topic, words.text FROM ledger_event AS entry
JOIN ledger_note AS note ON note.series_id = entry.series_id AND note.seq = entry.seq
JOIN note_text AS words ON words.series_id = note.series_id AND words.seq = note.seq AND words.n = note.n
WHERE entry.kind = 'staff_changed' ORDER BY entry.series_id, entry.seq
"""


@dataclass(slots=True)
class _Story:
    """What the entries say, by request, by entry, by person."""

    requests: dict[str, Values] = field(default_factory=dict)
    reviews: dict[tuple[str, int], tuple[str, int, Values]] = field(default_factory=dict)
    trainings: dict[str, Values] = field(default_factory=dict)
    people: dict[str, Values] = field(default_factory=dict)


def people_faults(connection: Connection, founded: Founded | None) -> Iterator[str]:
    """Compare requests, reviews, trainings and roles with the entries; each fault names its row in words."""
    story = _Story(people={name: dict(row) for name, row in (founded or {}).get("staff", {}).items()})
    for event in connection.exec_driver_sql(_EVENTS):
        _tell(story, event, json.loads(event.facts))
    _tell_words(story, connection)
    requests = rows_of(connection, "SELECT * FROM approval_request ORDER BY request_id")
    yield from differing("request {}", by_key(requests, "request_id"), story.requests)
    yield from review_faults(connection, story.reviews)
    yield from _person_faults(connection, story, founded=founded is not None)


def _person_faults(connection: Connection, story: _Story, *, founded: bool) -> Iterator[str]:
    people = {row["user_id"]: {**row, "secret": secret_mark(row["secret_hash"])} for row in _rows(connection, "staff")}
    for name, person in people.items():
        for noun, told in (("training", story.trainings), ("role", story.people)):
            wrong = first_wrong(person, told.get(name, {}))
            if wrong is None:
                continue
            words = wrong.removesuffix("_id").replace("_", " ")
            if wrong == "secret":
                yield f"person {name}: the secret was exchanged, and no entry says so"
            else:
                was = told[name][wrong]
                yield f"person {name}: the {words} is {person[wrong]}, but the entry of the {noun} says {was}"
        if founded and name not in story.people:
            yield f"person {name} was added, but no entry says so"
    for name in sorted(story.people.keys() - people.keys()):
        yield f"person {name} stands in the ledger, but the row is gone"


def _tell(story: _Story, event: Row[Any], facts: Values) -> None:
    kind = str(event.kind)
    if kind == "approval_asked":
        story.requests[facts["request"]] = {
            "act": facts["act"], "subject": facts["subject"], "amount_minor": facts["amount"],
            "for_actor": event.actor_id, "state": "waiting", "asked_at": event.recorded_at_utc,
            "expires_at": facts["expires"], "decided_by": None, "decided_at": None,
            "answer": "",
        }  # fmt: skip
    elif kind == "approval_decided":
        decided = {"state": facts["state"], "decided_by": event.actor_id, "decided_at": event.recorded_at_utc}
        story.requests.setdefault(facts["request"], {}).update(decided)
    elif kind == "deferred_reviewed":
        story.reviews[event.reverses_series, event.reverses_seq] = (event.series_id, event.seq, facts)
    elif kind == "training_recorded":
        on, until = facts["trained_on"], facts["trained_until"]
        told = {"trained_on": on, "trained_until": until, "training_score": facts["score"]}
        story.trainings[facts["user"]] = told
        story.people.get(facts["user"], {}).update(told)
    else:
        after = facts["after"]
        told = {"role": after["role"], "supervisor_id": after["supervisor"], "active": int(after["active"])}
        if facts["change"] == "added":
            told |= {"trained_on": None, "trained_until": None, "training_score": None}
        story.people.setdefault(facts["user"], {}).update(told)
        if "secret" in facts:
            story.people[facts["user"]]["secret"] = facts["secret"]


def _tell_words(story: _Story, connection: Connection) -> None:
    """Add the words of requests as far as they were not purged; what was purged may be anything."""
    for facts, topic, text in connection.exec_driver_sql(_WORDS):
        told = story.requests[json.loads(facts)["request"]]
        if text is None:
            told.pop(topic, None)
        else:
            told[topic] = text
    for facts, topic, text in connection.exec_driver_sql(_CALLED):
        story.people.get(json.loads(facts)["user"], {})[topic] = text


def _rows(connection: Connection, table: str) -> list[Values]:
    return rows_of(connection, f"SELECT * FROM {table}")  # noqa: S608 - fixed names
