"""Drawers and batches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, insert, select, update

from csr_desk.data.models import batch, drawer, ledger_event, staff
from csr_desk.domain.drawer import BatchState
from csr_desk.domain.ledger import NUMBERED
from csr_desk.domain.money import Cents

UNFINISHED = (BatchState.OPEN.value, BatchState.COUNTING.value, BatchState.SUBMITTED.value)


@dataclass(frozen=True, slots=True)
class DrawerRecord:
    """A drawer as stored."""

    drawer: str
    name: str
    series: str
    authorized: Cents
    active: bool


@dataclass(frozen=True, slots=True)
class BatchRecord:
    """A batch as stored, with the names of its drawer and custodian."""

    batch_id: str
    drawer: str
    drawer_name: str
    series: str
    business_date: date
    custodian: str
    custodian_name: str
    state: BatchState
    suspended: bool
    attempts: int
    submitted_attempt: int | None
    opened_seq: int
    z_number: int | None
    accepted_seq: int | None
    deposit: str | None
    authorized: Cents


def insert_drawers(conn: Connection, rows: Sequence[Mapping[str, object]]) -> None:
    """Add drawers."""
    conn.execute(insert(drawer), [dict(row) for row in rows])


def _drawer(row: Row[Any]) -> DrawerRecord:
    return DrawerRecord(row.drawer_id, row.name, row.series_id, row.authorized_float_minor, bool(row.active))


def all_drawers(conn: Connection) -> tuple[DrawerRecord, ...]:
    """Return the drawers by name."""
    return tuple(_drawer(row) for row in conn.execute(select(drawer).order_by(drawer.c.drawer_id)))


def one_drawer(conn: Connection, drawer_id: str) -> DrawerRecord:
    """Return a drawer that is known to exist, as it stands now: its float may have changed at another station."""
    return _drawer(conn.execute(select(drawer).where(drawer.c.drawer_id == drawer_id)).one())


_BATCHES: Select[Any] = select(
    batch,
    drawer.c.name.label("drawer_name"),
    drawer.c.series_id,
    drawer.c.authorized_float_minor,
    staff.c.name.label("custodian_name"),
).select_from(batch.join(drawer).join(staff, staff.c.user_id == batch.c.custodian_id))


# the statements of a sale are built once: building one anew costs more than the database takes to answer it
_UNFINISHED_AT = _BATCHES.where(batch.c.drawer_id == bindparam("drawer"), batch.c.state.in_(UNFINISHED))


def _record(row: Row[Any]) -> BatchRecord:
    return BatchRecord(
        row.batch_id,
        row.drawer_id,
        row.drawer_name,
        row.series_id,
        date.fromisoformat(row.business_date),
        row.custodian_id,
        row.custodian_name,
        BatchState(row.state),
        bool(row.suspended),
        row.attempts,
        row.submitted_attempt,
        row.opened_seq,
        row.z_number,
        row.accepted_seq,
        row.deposit_id,
        row.authorized_float_minor,
    )


def unfinished_of(conn: Connection, user: str) -> BatchRecord | None:
    """Return the batch that a person holds now."""
    row = conn.execute(_BATCHES.where(batch.c.custodian_id == user, batch.c.state.in_(UNFINISHED))).first()
    return None if row is None else _record(row)


def unfinished_at(conn: Connection, drawer_id: str) -> BatchRecord | None:
    """Return the batch that is open at a drawer now."""
    row = conn.execute(_UNFINISHED_AT, {"drawer": drawer_id}).first()
    return None if row is None else _record(row)


def one_batch(conn: Connection, batch_id: str) -> BatchRecord | None:
    """Return a batch by its id."""
    row = conn.execute(_BATCHES.where(batch.c.batch_id == batch_id)).first()
    return None if row is None else _record(row)


def batches_between(conn: Connection, first: date, last: date) -> tuple[BatchRecord, ...]:
    """Return the batches of some business dates, in order of date and drawer."""
    wanted = _BATCHES.where(batch.c.business_date.between(first.isoformat(), last.isoformat()))
    return tuple(_record(row) for row in conn.execute(wanted.order_by(batch.c.business_date, batch.c.batch_id)))


def unfinished(conn: Connection) -> tuple[BatchRecord, ...]:
    """Return every batch that is not accepted yet."""
    found = conn.execute(_BATCHES.where(batch.c.state.in_(UNFINISHED)).order_by(batch.c.batch_id))
    return tuple(_record(row) for row in found)


def undeposited(conn: Connection) -> tuple[BatchRecord, ...]:
    """Return the accepted batches that are in no deposit, oldest first."""
    wanted = _BATCHES.where(batch.c.state == BatchState.ACCEPTED.value, batch.c.deposit_id.is_(None))
    return tuple(_record(row) for row in conn.execute(wanted.order_by(batch.c.business_date, batch.c.batch_id)))


def count_batches(conn: Connection, drawer_id: str, business_date: date) -> int:
    """Return how many batches a drawer had on a date."""
    return conn.execute(
        select(func.count())
        .select_from(batch)
        .where(batch.c.drawer_id == drawer_id, batch.c.business_date == business_date.isoformat())
    ).scalar_one()


def count_receipts(conn: Connection, batch_id: str) -> int:
    """Return how many receipt numbers a batch used."""
    return conn.execute(
        select(func.count())
        .select_from(ledger_event)
        .where(ledger_event.c.batch_id == batch_id, ledger_event.c.kind.in_([kind.value for kind in NUMBERED]))
    ).scalar_one()


def insert_batch(conn: Connection, values: Mapping[str, object]) -> None:
    """Add a batch."""
    conn.execute(insert(batch), [dict(values)])


def update_batch(conn: Connection, batch_id: str, values: Mapping[str, object]) -> None:
    """Change the state of a batch (derived from its entries; a rebuild gives the same)."""
    conn.execute(update(batch).where(batch.c.batch_id == batch_id).values(**values))
