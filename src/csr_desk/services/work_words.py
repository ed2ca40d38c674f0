"""What entries about inspections and work orders say, with what came of them: it goes back to the customer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from csr_desk.data.queries import Connection, entries
from csr_desk.data.queries.entries import Event
from csr_desk.domain import inspections, work_orders
from csr_desk.domain.ledger import EventKind
from csr_desk.domain.telling import SETS

Facts: TypeAlias = Mapping[str, Any]

_INSPECTED = {
    "request": "asked for",
    "schedule": "scheduled",
    "pass": "passed",
    "fail": "failed",
    "cancel": "called off",
}
_WORKED = {
    "open": "opened",
    "assign": "given to a crew",
    "start": "begun",
    "finish": "done",
    "fail": "came back undone",
    "cancel": "called off",
    "open_again": "opened again",
    "hasten": "due at another time",
}
_RESULTS = frozenset({EventKind.INSPECTION_CHANGED, EventKind.INSPECTION_DONE, EventKind.WORK_ORDER_CHANGED})
"""Entries with a result, or the reason why there is none, in their purgeable note ``result``."""


def with_results(conn: Connection, events: Iterable[Event]) -> tuple[Event, ...]:
    """Put what came of inspections and work orders among the facts of their entries, for ``DETAILS`` to tell.

    Only time lines do this; elsewhere (tape, exports) an entry says what cannot be purged.
    """
    events = tuple(events)
    texts = entries.texts_of(conn, [event.key for event in events if event.kind in _RESULTS], "result")
    return tuple(
        replace(event, facts={**event.facts, "result": texts[event.key]}) if event.key in texts else event
        for event in events
    )


def _inspection(facts: Facts) -> str:
    kind = inspections.KIND_WORDS[inspections.InspectionKind(facts["kind"])]
    said = f"{facts['inspection']}, {kind.lower()}, of permit {facts['permit']}: {_INSPECTED[facts['step']]}"
    day = _set(facts, "inspection", "scheduled_on" if facts["step"] == "schedule" else "")
    ends = _set(facts, "permit", "expires_on")
    over = "; the permit is finished" if _set(facts, "permit", "state") == "finalled" else ""
    return _with_result(
        facts, f"{said}{f' for {day}' if day else ''}{f'; the permit holds until {ends}' if ends else over}"
    )


def _work_order(facts: Facts) -> str:
    kind = work_orders.KIND_WORDS[work_orders.WorkKind(facts["kind"])]
    due = _set(facts, "work_order", "due_on")
    said = f"{facts['work_order']}, {kind.lower()}: {_WORKED[facts['step']]}"
    return _with_result(facts, f"{said}, due {due}" if due else said)


def _with_result(facts: Facts, said: str) -> str:
    return f"{said}. {facts['result']}" if facts.get("result") else said


def _set(facts: Facts, table: str, column: str) -> str:
    """Return what an entry sets a column of a table to, or nothing."""
    return next((str(row["values"][column]) for row in facts[SETS] if _sets(row, table, column)), "")


def _sets(row: Mapping[str, Any], table: str, column: str) -> bool:
    return row["table"] == table and row["values"].get(column) is not None


DETAILS: Mapping[EventKind, Callable[[Facts], str]] = {
    EventKind.INSPECTION_REQUESTED: _inspection,
    EventKind.INSPECTION_CHANGED: _inspection,
    EventKind.INSPECTION_DONE: _inspection,
    EventKind.WORK_ORDER_OPENED: _work_order,
    EventKind.WORK_ORDER_CHANGED: _work_order,
}
"""What stands behind the name of such a kind."""
