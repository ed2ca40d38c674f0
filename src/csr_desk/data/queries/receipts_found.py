"""Receipts by number or customer, and the outbox of papers to print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Exists, Row, ScalarSelect, and_, exists, func, insert, or_, select, update

from csr_desk.data.models import ledger_event, ledger_line, ledger_note, note_text, print_outbox
from csr_desk.domain.ledger import EventKind
from csr_desk.domain.money import Cents


@dataclass(frozen=True, slots=True)
class FoundReceipt:
    """A receipt in a list of results."""

    series: str
    number: int
    kind: str
    business_date: date
    customer: str
    total: Cents
    voided: bool


@dataclass(frozen=True, slots=True)
class Job:
    """A paper in the outbox."""

    job_id: str
    series: str
    seq: int
    document: str
    copy: int
    state: str
    attempts: int
    """How often it was handed to a printer and may have come out."""
    message: str


def _customer() -> ScalarSelect[str]:
    """The customer's name beside an entry, while that text exists."""
    same_note = and_(
        ledger_note.c.series_id == note_text.c.series_id,
        ledger_note.c.seq == note_text.c.seq,
        ledger_note.c.n == note_text.c.n,
    )
    return (
        select(note_text.c.text)
        .join(ledger_note, same_note)
        .where(
            note_text.c.series_id == ledger_event.c.series_id,
            note_text.c.seq == ledger_event.c.seq,
            ledger_note.c.topic == "customer",
        )
        .scalar_subquery()
    )


def _total() -> ScalarSelect[int]:
    """What an entry's lines come to without the fees of tenders."""
    return (
        select(func.coalesce(func.sum(ledger_line.c.amount_minor), 0))
        .where(
            ledger_line.c.series_id == ledger_event.c.series_id,
            ledger_line.c.seq == ledger_event.c.seq,
            ledger_line.c.kind != "tender_fee",
        )
        .scalar_subquery()
    )


def _voided() -> Exists:
    """Whether a void takes an entry back."""
    other = ledger_event.alias("void")
    return exists().where(
        other.c.reverses_series == ledger_event.c.series_id,
        other.c.reverses_seq == ledger_event.c.seq,
        other.c.kind == EventKind.VOID.value,
    )


def find(
    conn: Connection, series: Sequence[str], number: int | None, text: str, limit: int
) -> tuple[FoundReceipt, ...]:
    """Return receipts of some series by number or by part of the customer's name, newest first."""
    event = ledger_event
    customer, total, voided = _customer(), _total(), _voided()
    mark = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    named = customer.ilike(f"%{mark}%", escape="\\")
    wanted = named if number is None else or_(event.c.receipt_no == number, named)
    rows = conn.execute(
        select(
            event.c.series_id,
            event.c.receipt_no,
            event.c.kind,
            event.c.business_date,
            customer.label("customer"),
            total.label("total"),
            voided.label("voided"),
        )
        .where(event.c.receipt_no.is_not(None), event.c.series_id.in_(series), wanted)
        .order_by(event.c.recorded_at_utc.desc(), event.c.series_id, event.c.seq.desc())
        .limit(limit)
    )
    return tuple(
        FoundReceipt(
            row.series_id,
            row.receipt_no,
            row.kind,
            date.fromisoformat(row.business_date),
            row.customer or "",
            int(row.total),  # a sum is no whole number in PostgreSQL
            bool(row.voided),
        )
        for row in rows
    )


_INSERT_JOB = insert(print_outbox)


def insert_job(conn: Connection, values: Mapping[str, Any]) -> None:
    """Put a paper into the outbox."""
    conn.execute(_INSERT_JOB, [dict(values)])


def jobs(conn: Connection, states: Sequence[str]) -> tuple[Job, ...]:
    """Return the papers in some states, oldest first."""
    rows = conn.execute(
        select(print_outbox)
        .where(print_outbox.c.state.in_(states))
        .order_by(
            print_outbox.c.created_at,
            print_outbox.c.series_id,
            print_outbox.c.seq,
            print_outbox.c.copy_no,
            print_outbox.c.document,
        )
    )
    return tuple(_job(row) for row in rows)


def job_at(conn: Connection, job_id: str) -> Job | None:
    """Return a paper by its id."""
    row = conn.execute(select(print_outbox).where(print_outbox.c.job_id == job_id)).one_or_none()
    return None if row is None else _job(row)


def _job(row: Row[Any]) -> Job:
    return Job(row.job_id, row.series_id, row.seq, row.document, row.copy_no, row.state, row.attempts, row.message)


def set_job(conn: Connection, job_id: str, **values: str | int) -> bool:
    """Note what becomes of a paper (state, message, attempts, copy_no); False if there is no such paper."""
    done = conn.execute(update(print_outbox).where(print_outbox.c.job_id == job_id).values(**values))
    return done.rowcount == 1


def is_queued(conn: Connection, series: str, seq: int) -> bool:
    """Whether a paper of an entry has not come out yet."""
    waits = select(print_outbox.c.job_id).where(
        print_outbox.c.series_id == series,
        print_outbox.c.seq == seq,
        print_outbox.c.state.in_(("queued", "failed")),
    )
    return conn.execute(waits.limit(1)).first() is not None
