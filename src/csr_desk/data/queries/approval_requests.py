"""Requests for approval at another screen, and what waits for an outsider's review."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from csr_desk.data.models import approval_request, deferred_review, ledger_event, staff
from csr_desk.domain.ledger import EventKey

_ASKER, _DECIDER = staff.alias("asker"), staff.alias("decider")
_REQUESTS = (
    select(approval_request, _ASKER.c.name.label("asker_name"), _DECIDER.c.name.label("decider_name"))
    .join(_ASKER, _ASKER.c.user_id == approval_request.c.for_actor)
    .outerjoin(_DECIDER, _DECIDER.c.user_id == approval_request.c.decided_by)
)


def insert_request(conn: Connection, values: Mapping[str, object]) -> None:
    """Keep a request."""
    conn.execute(insert(approval_request), [dict(values)])


def decide_request(conn: Connection, request_id: str, values: Mapping[str, object]) -> None:
    """Write down how a request was decided."""
    conn.execute(update(approval_request).where(approval_request.c.request_id == request_id).values(**values))


def one_request(conn: Connection, request_id: str) -> Mapping[str, object] | None:
    """Return a request with the names of who asked and who decided."""
    row = conn.execute(_REQUESTS.where(approval_request.c.request_id == request_id)).mappings().first()
    return None if row is None else dict(row)


def waiting_requests(conn: Connection) -> tuple[Mapping[str, object], ...]:
    """Return what nobody decided yet, oldest first."""
    wanted = _REQUESTS.where(approval_request.c.state == "waiting").order_by(
        approval_request.c.asked_at, approval_request.c.request_id
    )
    return tuple(dict(row) for row in conn.execute(wanted).mappings())


def asking_entry(conn: Connection, series: str, request_id: str) -> EventKey | None:
    """Return the entry that asked a request, by the id in its facts."""
    table = ledger_event.c
    row = conn.execute(
        select(table.seq)
        .where(table.series_id == series, table.kind == "approval_asked", table.facts.contains(f'"{request_id}"'))
        .order_by(table.seq.desc())
        .limit(1)
    ).first()
    return None if row is None else EventKey(series, row.seq)


@dataclass(frozen=True, slots=True)
class DeferredRecord:
    """An act without a second person, as listed (cents)."""

    key: EventKey
    act: str
    subject: str
    amount: int
    user: str
    name: str
    recorded_at: str
    business_date: str
    reviewed: EventKey | None
    reviewer_name: str


_REVIEW, _DOER, _REVIEWER = ledger_event.alias("review"), staff.alias("doer"), staff.alias("reviewer")
_DEFERRED = (
    select(
        deferred_review,
        ledger_event.c.recorded_at_utc,
        ledger_event.c.business_date,
        _DOER.c.name.label("doer_name"),
        _REVIEWER.c.name.label("reviewer_name"),
    )
    .join(
        ledger_event,
        (ledger_event.c.series_id == deferred_review.c.series_id) & (ledger_event.c.seq == deferred_review.c.seq),
    )
    .join(_DOER, _DOER.c.user_id == deferred_review.c.for_actor)
    .outerjoin(
        _REVIEW,
        (_REVIEW.c.series_id == deferred_review.c.reviewed_series) & (_REVIEW.c.seq == deferred_review.c.reviewed_seq),
    )
    .outerjoin(_REVIEWER, _REVIEWER.c.user_id == _REVIEW.c.actor_id)
)


def _deferred(row: Mapping[str, object]) -> DeferredRecord:
    back = row["reviewed_series"]
    return DeferredRecord(
        EventKey(str(row["series_id"]), int(str(row["seq"]))),
        str(row["act"]),
        str(row["subject"]),
        int(str(row["amount_minor"])),
        str(row["for_actor"]),
        str(row["doer_name"]),
        str(row["recorded_at_utc"]),
        str(row["business_date"]),
        None if back is None else EventKey(str(back), int(str(row["reviewed_seq"]))),
        str(row["reviewer_name"] or ""),
    )


def deferred_list(conn: Connection, *, reviewed: bool = False) -> tuple[DeferredRecord, ...]:
    """Return what waits for a review, oldest first; with ``reviewed`` also what was looked at."""
    wanted = _DEFERRED.order_by(ledger_event.c.recorded_at_utc, deferred_review.c.series_id, deferred_review.c.seq)
    if not reviewed:
        wanted = wanted.where(deferred_review.c.reviewed_seq.is_(None))
    return tuple(_deferred(dict(row)) for row in conn.execute(wanted).mappings())


def one_deferred(conn: Connection, key: EventKey) -> DeferredRecord | None:
    """Return an act that was done without a second person, by its entry."""
    wanted = _DEFERRED.where(deferred_review.c.series_id == key.series, deferred_review.c.seq == key.seq)
    row = conn.execute(wanted).mappings().first()
    return None if row is None else _deferred(dict(row))


def set_reviewed(conn: Connection, key: EventKey, review: EventKey) -> None:
    """Note which entry looked at it."""
    table = deferred_review.c
    conn.execute(
        update(deferred_review)
        .where(table.series_id == key.series, table.seq == key.seq)
        .values(reviewed_series=review.series, reviewed_seq=review.seq)
    )
