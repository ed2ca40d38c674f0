"""The supervisor's side of the close: accept, reject or reopen a batch, see the day, close it (D6–D11)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from csr_desk.data.queries import Connection, batches, entries, heads, office
from csr_desk.data.queries.batches import BatchRecord
from csr_desk.data.unit_of_work import Work
from csr_desk.domain.catalogue import ItemUse
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.deposit import DailyRevenue, DayBoard
from csr_desk.domain.drawer import BatchSheet, BatchState, TenderTie, ZReport
from csr_desk.domain.errors import (
    BatchClosed,
    Counting,
    DayClosed,
    DrawerInUse,
    Ineligible,
    MissingInput,
    NotFound,
    SelfApproval,
)
from csr_desk.domain.ledger import EntryDraft, EventKey, EventKind, Posting
from csr_desk.domain.masking import seen_by
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.postings import HOUSE, difference_postings, reverse
from csr_desk.services import anchors
from csr_desk.services.batch_sheets import sheet_of
from csr_desk.services.desk import Desk, content_of, house_shares
from csr_desk.services.receipts import earlier_event, queue_print
from csr_desk.services.reports import revenue_of
from csr_desk.services.witnesses import seal_book, witness_of
from csr_desk.services.words import plain_words
from csr_desk.services.z_reports import frozen, z_report, z_report_of

__all__ = [
    "AcceptBatch",
    "CloseDay",
    "ReturnBatch",
    "accept_batch",
    "batch_sheet",
    "close_day",
    "day_board",
    "reject_batch",
    "reopen_batch",
    "z_report",
]

TOPICS = frozenset({Topic.BATCHES, Topic.DRAWER, Topic.DAY, Topic.DEPOSITS})


@dataclass(frozen=True, slots=True)
class AcceptBatch:
    """Accept a batch as counted; the reason is needed above the tolerance."""

    key: str
    batch: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReturnBatch:
    """Give a batch back to its custodian (reject) or open it again after acceptance (reopen)."""

    key: str
    batch: str
    reason: str


@dataclass(frozen=True, slots=True)
class CloseDay:
    """Close a business day for ever."""

    key: str
    business_date: date


def _batch(conn: Connection, batch_id: str) -> BatchRecord:
    row = batches.one_batch(conn, batch_id)
    if row is None:
        raise NotFound(f"There is no batch “{batch_id[:40]}”.", field="batch")
    return row


def day_board(desk: Desk, actor: Actor, business_date: date) -> DayBoard:
    """Return all drawers of a business date for the supervisor."""
    actor.require(Act.SEE_EXPECTED)
    with desk.read() as work:
        rows = batches.batches_between(work.conn, business_date, business_date)
        sheets = tuple(sheet_of(desk, work.conn, row) for row in rows)
        closed = office.day_state(work.conn, business_date) == "closed"
        book = seal_book(work.conn)
    whole = revenue_of(desk, business_date, business_date)
    by_hour = tuple((int(row.code), row.count) for row in whole.by_hour)
    board = DayBoard(business_date, sheets, whole.total, by_hour, closed, book)
    return seen_by(actor.role, board)


def batch_sheet(desk: Desk, actor: Actor, batch_id: str) -> BatchSheet:
    """Return one batch with what it should hold; raise NotFound."""
    actor.require(Act.SEE_EXPECTED)
    with desk.read() as work:
        return seen_by(actor.role, sheet_of(desk, work.conn, _batch(work.conn, batch_id)))


def _lock(work: Work, desk: Desk, batch_id: str) -> BatchRecord:
    row = _batch(work.conn, batch_id)
    work.lock_series(row.series, desk.office_series)
    return _batch(work.conn, batch_id)


def accept_batch(desk: Desk, actor: Actor, command: AcceptBatch) -> Done[ZReport]:
    """Accept a counted batch: book the differences by tender, freeze its figures, number and seal them.

    Raises SelfApproval for the custodian's own, Counting, BatchClosed, Ineligible, MissingInput above the tolerance.
    """
    actor.require(Act.ACCEPT_BATCH)
    content = content_of(desk, actor.user, command)
    reason = plain_words(command.reason, "reason", 200)
    with desk.begin() as work:
        row = _lock(work, desk, command.batch)
        earlier = earlier_event(work.conn, command.key, content)
        if earlier is not None:
            return Done(z_report_of(desk, work.conn, earlier), replayed=True)
        _may_accept(actor, row)
        sheet = sheet_of(desk, work.conn, row)
        if any(abs(tie.over_short or 0) > desk.policy.tolerance for tie in sheet.ties) and not reason:
            raise MissingInput("The difference is above the tolerance. Say why it is accepted.", field="reason")
        z_number = office.take_z_number(work.conn, row.series)
        written = work.append(
            EntryDraft(
                series=row.series,
                kind=EventKind.BATCH_ACCEPTED,
                business_date=row.business_date,
                actor=actor.user,
                idem_key=command.key,
                content_hash=content,
                batch=row.batch_id,
                facts=frozen(desk, work.conn, row, sheet, z_number),
                notes={"reason": reason} if reason else {},
                postings=_differences(desk, sheet.ties, row.business_date),
            ),
            desk.now_text(),
        )
        accepted = {"state": BatchState.ACCEPTED.value, "z_number": z_number, "accepted_seq": written.key.seq}
        batches.update_batch(work.conn, row.batch_id, accepted)
        queue_print(work.conn, written.key, desk.now_text(), document="z_report")
        event = entries.event_at(work.conn, written.key)
        if event is None:
            raise AssertionError(written.key)
        done = z_report_of(desk, work.conn, event)
    anchors.keep(desk)
    desk.selling.pop(row.custodian, None)
    return Done(done, TOPICS | {Topic.PRINTING})


def _may_accept(actor: Actor, row: BatchRecord) -> None:
    if row.custodian == actor.user:
        raise SelfApproval("Nobody accepts their own drawer. Ask another supervisor.")
    if row.state is BatchState.ACCEPTED:
        raise BatchClosed
    if row.state is BatchState.OPEN:
        raise Ineligible("This drawer still sells. It is counted first.")
    if row.state is BatchState.COUNTING:
        raise Counting("This drawer is being counted. The custodian hands the count in first.")


def _differences(desk: Desk, ties: tuple[TenderTie, ...], day: date) -> tuple[Posting, ...]:
    """Book each tender's difference to over and short, never netted (D7)."""
    if not any(tie.over_short for tie in ties):
        return ()
    shares = house_shares(desk.catalogue, ItemUse.OVER_SHORT, day)
    booked: list[Posting] = []
    for tie in ties:
        booked.extend(difference_postings(shares, tie.over_short or 0, HOUSE.of_tender(tie.tender)))
    return tuple(booked)


def reject_batch(desk: Desk, actor: Actor, command: ReturnBatch) -> Done[BatchSheet]:
    """Give a handed-in count back: the custodian counts again (D1); raise Ineligible, BatchClosed, MissingInput."""
    actor.require(Act.REJECT_BATCH)
    return _return(desk, actor, command, EventKind.BATCH_REJECTED)


def reopen_batch(desk: Desk, actor: Actor, command: ReturnBatch) -> Done[BatchSheet]:
    """Open a batch again for correction and a new count; what acceptance booked is taken back (D10).

    Raises BatchClosed once it is in a deposit, DayClosed, DrawerInUse, Ineligible, MissingInput.
    """
    actor.require(Act.REOPEN_BATCH)
    return _return(desk, actor, command, EventKind.BATCH_REOPENED)


def _return(desk: Desk, actor: Actor, command: ReturnBatch, kind: EventKind) -> Done[BatchSheet]:
    content = content_of(desk, actor.user, command)
    reason = plain_words(command.reason, "reason", 200)
    with desk.begin() as work:
        row = _lock(work, desk, command.batch)
        state = BatchState.COUNTING if kind is EventKind.BATCH_REJECTED else BatchState.OPEN
        if earlier_event(work.conn, command.key, content) is not None:
            sheet = sheet_of(desk, work.conn, row)
            return Done(replace(sheet, batch=replace(sheet.batch, state=state)), replayed=True)
        _may_return(work.conn, actor, row, kind)
        if not reason:
            raise MissingInput("Say why.", field="reason")
        accepted = EventKey(row.series, row.accepted_seq) if row.accepted_seq else None
        booked = entries.postings_of(work.conn, accepted) if accepted else ()
        work.append(
            EntryDraft(
                series=row.series,
                kind=kind,
                business_date=row.business_date,
                actor=actor.user,
                idem_key=command.key,
                content_hash=content,
                batch=row.batch_id,
                reverses=accepted,
                facts={"attempts": row.attempts},
                notes={"reason": reason},
                postings=reverse(booked),
            ),
            desk.now_text(),
        )
        values = {"state": state.value, "submitted_attempt": None, "accepted_seq": None, "z_number": None}
        batches.update_batch(work.conn, row.batch_id, values)
        sheet = sheet_of(desk, work.conn, _batch(work.conn, row.batch_id))
    return Done(sheet, TOPICS)


def _may_return(conn: Connection, actor: Actor, row: BatchRecord, kind: EventKind) -> None:
    if row.custodian == actor.user:
        raise SelfApproval("Nobody decides on their own drawer. Ask another supervisor.")
    if kind is EventKind.BATCH_REJECTED:
        if row.state is BatchState.ACCEPTED:
            raise BatchClosed("This batch is accepted. Reopen it instead.")
        if row.state is not BatchState.SUBMITTED:
            raise Ineligible("No count was handed in yet.")
        return
    if row.deposit is not None:
        raise BatchClosed(f"This batch is in deposit {row.deposit}. Corrections after that are refunds.")
    if office.day_state(conn, row.business_date) == "closed":
        raise DayClosed
    if row.state is BatchState.OPEN:
        raise Ineligible("This batch is open.")
    other = batches.unfinished_at(conn, row.drawer)
    mine = batches.unfinished_of(conn, row.custodian)
    for held in (other, mine):
        if held is not None and held.batch_id != row.batch_id:
            raise DrawerInUse(f"Batch {held.batch_id} of {held.custodian_name} is open now. Finish it first.")


def close_day(desk: Desk, actor: Actor, command: CloseDay) -> Done[DailyRevenue]:
    """Close a business day; nothing is posted to it any more (D11).

    Raises NotFound for a day without business, DayClosed, Ineligible while a batch is not accepted.
    """
    actor.require(Act.CLOSE_DAY)
    content = content_of(desk, actor.user, command)
    day = command.business_date
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if earlier_event(work.conn, command.key, content) is not None:
            return Done(revenue_of(desk, day, day), replayed=True)
        state = office.day_state(work.conn, day)
        if state is None:
            raise NotFound(f"There was no business on {day}.", field="business_date")
        if state == "closed":
            raise DayClosed
        waiting = [row for row in batches.unfinished(work.conn) if row.business_date <= day]
        if waiting:
            names = ", ".join(f"{row.drawer_name} ({row.custodian_name})" for row in waiting)
            raise Ineligible(f"Not accepted yet: {names}. Accept every drawer first.")
        done = revenue_of(desk, day, day)
        work.append(
            EntryDraft(
                series=desk.office_series,
                kind=EventKind.DAY_CLOSED,
                business_date=day,
                actor=actor.user,
                idem_key=command.key,
                content_hash=content,
                facts=_day_facts(desk, work.conn, done),
            ),
            desk.now_text(),
        )
        office.close_day(work.conn, day)
        done = replace(done, witness=witness_of(work.conn, day))
    anchors.keep(desk)
    return Done(done, TOPICS)


def _day_facts(desk: Desk, conn: Connection, done: DailyRevenue) -> dict[str, object]:
    """The day's totals and the head of every register, so that the office's own chain commits to them all (4.2)."""
    return {
        "total": done.total,
        "taxes": done.taxes,
        "fees": done.fees,
        "rounding": done.rounding,
        "over_short": done.over_short,
        "ties": int(done.tie.ties),
        "heads": {
            one.series: {"seq": one.seq, "receipts": one.receipts, "perpetual": one.perpetual, "head": one.head}
            for one in heads.all_heads(conn)
            if one.series != desk.office_series
        },
    }


def day_seal(desk: Desk, business_date: date) -> str:
    """Return the seal of a closed day: the MAC of its last entry (hexadecimal); raise NotFound."""
    with desk.read() as work:
        events = entries.day_events(work.conn, business_date, business_date, (EventKind.DAY_CLOSED,))
    if not events:
        raise NotFound(f"{business_date} is not closed.")
    return events[-1].mac.hex()
