"""Compares the index of what entries are about (accounts, customers) with what those entries say themselves."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from sqlalchemy import Connection

from csr_desk.domain.about import ABOUT
from csr_desk.domain.ledger import EventKind

Values: TypeAlias = dict[str, Any]


def _of_charges(facts: Values) -> Iterable[str]:
    """The accounts whose bills were charged."""
    return (f"account:{charge['account']}" for charge in facts["charges"])


def _of_account(facts: Values) -> Iterable[str]:
    """The account that an entry names."""
    return (f"account:{facts['account']}",)


SUBJECTS: Mapping[EventKind, Callable[[Values], Iterable[str]]] = {
    EventKind.BILL_CHARGED: _of_charges,
    EventKind.ADJUSTMENT_REQUESTED: _of_account,
    EventKind.ADJUSTMENT_DECIDED: _of_account,
    EventKind.ADJUSTMENT_REVERSED: _of_account,
    EventKind.ACCOUNT_STAGED: _of_account,
    EventKind.EXTENSION_GRANTED: _of_account,
    EventKind.PLAN_MADE: _of_account,
    EventKind.PLAN_ENDED: _of_account,
}
"""Whom the entries of a kind are about, read from their facts; any other says so itself, under ``about``."""

_ENTRIES = (
    "SELECT series_id, seq, kind, facts FROM ledger_event "  # noqa: S608 - our own words
    f"WHERE kind IN ({', '.join(repr(kind.value) for kind in SUBJECTS)}) OR facts LIKE '%%\"about\":%%' "
    "ORDER BY series_id, seq"
)
_INDEX = "SELECT subject, series_id, seq FROM entry_about"


def about_faults(connection: Connection) -> Iterator[str]:
    """Name what the index says of entries that do not say it, and what they say and it does not."""
    statement = _ENTRIES.replace("%%", "%") if connection.dialect.name == "sqlite" else _ENTRIES
    told = {
        (subject, event.series_id, event.seq)
        for event in connection.exec_driver_sql(statement)
        for subject in _subjects(EventKind(event.kind), json.loads(event.facts))
    }
    kept = {tuple(row) for row in connection.exec_driver_sql(_INDEX)}
    for subject, series, seq in sorted(kept - told):
        yield f"series {series}, entry {seq} does not say that it is about {subject}"
    for subject, series, seq in sorted(told - kept):
        yield f"series {series}, entry {seq} is about {subject}, but is not found there"


def _subjects(kind: EventKind, facts: Values) -> Iterable[str]:
    return SUBJECTS[kind](facts) if kind in SUBJECTS else facts.get(ABOUT, ())
