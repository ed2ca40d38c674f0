"""Training days that are or were played."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from csr_desk.data.models import training_run


@dataclass(frozen=True, slots=True)
class RunRecord:
    """A training day as stored; ``body`` is a book (``domain.training_book``)."""

    run_id: str
    user: str
    seed: int
    started_at: str
    finished_at: str | None
    customers: int
    served: int
    score: int | None
    state: str
    body: str


def insert_run(conn: Connection, values: Mapping[str, object]) -> None:
    """Begin a training day."""
    conn.execute(insert(training_run), [dict(values)])


def update_run(conn: Connection, run_id: str, values: Mapping[str, object]) -> None:
    """Change where a training day stands."""
    conn.execute(update(training_run).where(training_run.c.run_id == run_id).values(**values))


def one_run(conn: Connection, run_id: str, *, lock: bool = False) -> RunRecord | None:
    """Return a training day; with ``lock`` nobody else changes it until the end of the act."""
    wanted = select(training_run).where(training_run.c.run_id == run_id)
    row = conn.execute(wanted.with_for_update() if lock else wanted).first()
    return None if row is None else _record(row)


def runs_of(conn: Connection, user: str) -> tuple[RunRecord, ...]:
    """Return the training days of a person, newest first."""
    table = training_run.c
    wanted = select(training_run).where(table.user_id == user)
    return tuple(_record(row) for row in conn.execute(wanted.order_by(table.started_at.desc(), table.run_id)))


def all_runs(conn: Connection) -> tuple[RunRecord, ...]:
    """Return the training days of everybody, newest first."""
    table = training_run.c
    return tuple(_record(row) for row in conn.execute(select(training_run).order_by(table.started_at.desc())))


def _record(row: Row[Any]) -> RunRecord:
    return RunRecord(
        row.run_id, row.user_id, row.seed, row.started_at, row.finished_at, row.customers, row.served, row.score,
        row.state, row.body,
    )  # fmt: skip
