"""Training days must be what their own books and the counts of their drawers say, and stand in no live office."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Row

if TYPE_CHECKING:
    from csr_desk.domain.training_book import Book

_RUNS = """
SELECT run.run_id, run.user_id, run.customers, run.served, run.score, run.state, run.finished_at, run.body,
       (SELECT MIN(training) FROM office) AS training
FROM training_run AS run ORDER BY run.started_at, run.run_id
"""
_COUNTS = "SELECT batch_id, facts FROM ledger_event WHERE kind = 'count' ORDER BY series_id, seq"
_OPENED = "SELECT batch_id, actor_id FROM ledger_event WHERE kind = 'batch_opened'"


def training_faults(connection: Connection) -> Iterator[str]:
    """Name the training days that were changed behind the program's back, each in words."""
    runs = connection.exec_driver_sql(_RUNS).all()
    if not runs:
        return
    agreed = _first_agreement(connection)
    openers = {row.batch_id: row.actor_id for row in connection.exec_driver_sql(_OPENED)}
    for run in runs:
        fault = next(_faults(run, agreed, openers), None)
        if fault is not None:
            yield f"training day {run.run_id}: {fault}"


def _first_agreement(connection: Connection) -> dict[str, int]:
    """Which blind count of each batch agreed in everything first (0: none did)."""
    counts: dict[str, int] = {}
    agreed: dict[str, int] = {}
    for row in connection.exec_driver_sql(_COUNTS):
        counts[row.batch_id] = counts.get(row.batch_id, 0) + 1
        facts = json.loads(row.facts)
        if all(facts["agrees"].values()) and all(facts["items_agree"].values()) and not agreed.get(row.batch_id):
            agreed[row.batch_id] = counts[row.batch_id]
    return {batch: agreed.get(batch, 0) for batch in counts}


def _faults(run: Row[tuple[object, ...]], agreed: dict[str, int], openers: dict[str, str]) -> Iterator[str]:
    from csr_desk.domain.training_book import read_book  # noqa: PLC0415 - a live office has no training days

    if not run.training:
        yield "it stands in a live office"
    try:
        book: Book = read_book(run.body)
    except (ValueError, KeyError, TypeError):
        yield "its book cannot be read"
        return
    cards = [row.card for row in book.marks]
    if run.served != len(book.marks) or cards != list(range(1, len(cards) + 1)) or len(cards) > run.customers:
        yield f"{run.served} of {run.customers} customers are noted as served, but its book has {len(cards)}"
    if book.batch and openers.get(book.batch) != run.user_id:
        yield f"its drawer {book.batch} was not opened by {run.user_id}"
    if run.state != "finished":
        if run.score is not None:
            yield "it has a score, but it was not finished"
        return
    if book.close is None or run.finished_at is None or run.score != book.score.points:
        yield f"its score is {run.score}, but its book makes {book.score.points}"
    if book.close is not None and agreed.get(book.batch, 0) != book.close.agreed_at:
        yield "its close is not the one of the drawer's counts"
