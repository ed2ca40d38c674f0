"""What is out of the ordinary, found by the database: few columns of many entries, never the whole ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, and_, func, select

from csr_desk.data.models import batch, ledger_event, ledger_line, ledger_tender, paper_receipt
from csr_desk.domain.ledger import NUMBERED, EventKey, EventKind
from csr_desk.domain.money import Cents

_EVENT = ledger_event.c
_NUMBERED = tuple(kind.value for kind in NUMBERED)


@dataclass(frozen=True, slots=True)
class Dated:
    """When an entry was recorded, and the business date it carries."""

    key: EventKey
    kind: str
    actor: str
    approver: str | None
    receipt_no: int | None
    business_date: date
    recorded_at: str


def _of_dates(first: date, last: date) -> Any:
    return _EVENT.business_date.between(first.isoformat(), last.isoformat())


def receipts_by_person(conn: Connection, first: date, last: date) -> dict[str, int]:
    """Return how many sales each person made on some business dates."""
    rows = conn.execute(
        select(_EVENT.actor_id, func.count())
        .where(_of_dates(first, last), _EVENT.kind == EventKind.SALE.value)
        .group_by(_EVENT.actor_id)
        .order_by(_EVENT.actor_id)
    )
    return {str(user): int(count) for user, count in rows}


def numbered(conn: Connection, first: date, last: date) -> tuple[Dated, ...]:
    """Return when every receipt of some business dates was recorded."""
    return _dated(conn, _DATED.where(_of_dates(first, last), _EVENT.kind.in_(_NUMBERED)))


_DATED: Select[Any] = select(
    _EVENT.series_id,
    _EVENT.seq,
    _EVENT.kind,
    _EVENT.actor_id,
    _EVENT.approver_id,
    _EVENT.receipt_no,
    _EVENT.business_date,
    _EVENT.recorded_at_utc,
).order_by(_EVENT.series_id, _EVENT.seq)


def _dated(conn: Connection, wanted: Select[Any]) -> tuple[Dated, ...]:
    return tuple(
        Dated(
            EventKey(row.series_id, row.seq), row.kind, row.actor_id, row.approver_id, row.receipt_no,
            date.fromisoformat(row.business_date), row.recorded_at_utc,
        )
        for row in conn.execute(wanted)
    )  # fmt: skip


def overridden(conn: Connection, first: date, last: date) -> tuple[tuple[Dated, Cents], ...]:
    """Return the sales of some dates with prices changed by hand, and by how much in all (charged less list, cents)."""
    of_line = and_(ledger_line.c.series_id == _EVENT.series_id, ledger_line.c.seq == _EVENT.seq)
    changed = (
        select(
            ledger_line.c.series_id,
            ledger_line.c.seq,
            func.sum(ledger_line.c.amount_minor - ledger_line.c.list_minor).label("by"),
        )
        .join(ledger_event, of_line)
        .where(_of_dates(first, last), _EVENT.kind == EventKind.SALE.value, ledger_line.c.list_minor.is_not(None))
        .group_by(ledger_line.c.series_id, ledger_line.c.seq)
    )
    by = {EventKey(row.series_id, row.seq): int(row.by) for row in conn.execute(changed)}
    if not by:
        return ()
    series = {key.series for key in by}
    wanted = _DATED.where(_of_dates(first, last), _EVENT.kind == EventKind.SALE.value, _EVENT.series_id.in_(series))
    return tuple((one, by[one.key]) for one in _dated(conn, wanted) if one.key in by)


def taken(conn: Connection, first: date, last: date, kinds: tuple[EventKind, ...]) -> dict[EventKey, Cents]:
    """Return what the tenders of entries of some kinds come to (cents)."""
    rows = conn.execute(
        select(_EVENT.series_id, _EVENT.seq, func.sum(ledger_tender.c.amount_minor))
        .join(ledger_tender, and_(ledger_tender.c.series_id == _EVENT.series_id, ledger_tender.c.seq == _EVENT.seq))
        .where(_of_dates(first, last), _EVENT.kind.in_([kind.value for kind in kinds]))
        .group_by(_EVENT.series_id, _EVENT.seq)
    )
    return {EventKey(row[0], row[1]): int(row[2]) for row in rows}


@dataclass(frozen=True, slots=True)
class Accepted:
    """An accepted batch: whose it was and its differences, by the entry that stands."""

    key: EventKey
    batch: str
    custodian: str
    business_date: date


def accepted(conn: Connection, first: date, last: date) -> tuple[Accepted, ...]:
    """Return the accepted batches of some business dates; one that was reopened counts with its last acceptance."""
    rows = conn.execute(
        select(_EVENT.series_id, _EVENT.seq, batch.c.batch_id, batch.c.custodian_id, batch.c.business_date)
        .join(batch, and_(batch.c.batch_id == _EVENT.batch_id, batch.c.accepted_seq == _EVENT.seq))
        .where(
            batch.c.business_date.between(first.isoformat(), last.isoformat()),
            _EVENT.kind == EventKind.BATCH_ACCEPTED.value,
        )
        .order_by(batch.c.business_date, batch.c.batch_id)
    )
    return tuple(
        Accepted(
            EventKey(row.series_id, row.seq), row.batch_id, row.custodian_id, date.fromisoformat(row.business_date)
        )
        for row in rows
    )


def late_papers(conn: Connection, first: date, last: date) -> tuple[tuple[Dated, date], ...]:
    """Return the paper receipts that were entered on a later business date than they were written, with that date."""
    paper = paper_receipt.c
    rows = conn.execute(
        select(paper.series_id, paper.seq, paper.written_on)
        .join(ledger_event, and_(_EVENT.series_id == paper.series_id, _EVENT.seq == paper.seq))
        .where(_of_dates(first, last), paper.state == "entered", paper.written_on < _EVENT.business_date)
    )
    written = {EventKey(row.series_id, row.seq): date.fromisoformat(row.written_on) for row in rows}
    return tuple((one, written[one.key]) for one in numbered(conn, first, last) if one.key in written)
