"""Closing a drawer: selling stops, the custodian counts blind, and hands the count in (D1–D5)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from csr_desk.data.queries import Connection, batches, deposit_items, entries, sums
from csr_desk.data.queries.batches import BatchRecord
from csr_desk.data.queries.entries import Event
from csr_desk.data.unit_of_work import Work
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.count import Expected, agreement, check_sheet, sheet_as_facts
from csr_desk.domain.drawer import Batch, BatchState, CountSheet, CountVerdict
from csr_desk.domain.errors import Ineligible
from csr_desk.domain.ledger import EntryDraft, EventKind, TenderRole
from csr_desk.domain.people import Act, Actor
from csr_desk.services.custody import batch_value, own_batch
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.receipts import earlier_event

TOPICS = frozenset({Topic.DRAWER, Topic.BATCHES})


@dataclass(frozen=True, slots=True)
class CountDrawer:
    """One blind count of the actor's drawer."""

    key: str
    sheet: CountSheet


@dataclass(frozen=True, slots=True)
class CheckItem:
    """A check or money order to tick off, without its amount (blind)."""

    number: str
    from_name: str
    receipt: str
    kind: str = "check"


def expected_of(conn: Connection, batch: BatchRecord) -> dict[str, Expected]:
    """Return what a batch should hold of every tender that it took, cash always (cents)."""
    found: dict[str, Expected] = {}
    cash = sums.batch_cash(conn, batch.batch_id, batch.series)
    for row in sums.batch_tenders(conn, batch.batch_id):
        if row.role is TenderRole.TAKEN:
            amount = cash if row.kind == "cash" else row.amount
            found[row.kind] = Expected(row.kind, amount, row.items, row.items)
    _settled_before(conn, batch.batch_id, found)
    return found if "cash" in found else {"cash": Expected("cash", cash, 0), **found}


def _settled_before(conn: Connection, batch_id: str, found: dict[str, Expected]) -> None:
    """Take in what hand-overs booked of other tenders: that is the giver's, the holder starts from what was counted.

    Cash needs nothing: the hand-over's postings are in its sum.
    """
    for event in entries.batch_events(conn, batch_id, (EventKind.CUSTODY_HANDED,)):
        for kind, (amount, items) in event.facts["booked"].items():
            if kind != "cash":
                known = found.get(kind, Expected(kind, 0, 0))
                found[kind] = replace(known, amount=known.amount + amount, items=known.items + items)


def done_before(
    work: Work, key: str, content: str, state: BatchState, *, suspended: bool = False
) -> Done[Batch] | None:
    """Return the batch as the same command left it before, wherever it stands now; None if it was not done yet."""
    earlier = earlier_event(work.conn, key, content)
    row = None if earlier is None else batches.one_batch(work.conn, earlier.batch or "")
    if row is None:
        return None
    return Done(replace(batch_value(work.conn, row), state=state, suspended=suspended), replayed=True)


def stop_selling(desk: Desk, actor: Actor, key: str) -> Done[Batch]:
    """Freeze the actor's batch: no new sale enters it (D2)."""
    actor.require(Act.COUNT)
    content = content_of(desk, actor.user, "stop_selling")
    with desk.begin() as work:
        if (before := done_before(work, key, content, BatchState.COUNTING)) is not None:
            return before
        row = own_batch(work, actor)
        if (before := done_before(work, key, content, BatchState.COUNTING)) is not None:
            return before
        if row.state is BatchState.SUBMITTED:
            raise Ineligible("This count was handed in already.")
        if row.state is BatchState.OPEN:
            _stop(work, desk, actor, row, (key, content))
        done = batch_value(work.conn, batches.one_batch(work.conn, row.batch_id) or row)
    return Done(done, TOPICS)


def _stop(work: Work, desk: Desk, actor: Actor, row: BatchRecord, by: tuple[str, str]) -> None:
    key, content = by
    work.append(_draft(row, actor, EventKind.SELLING_STOPPED, (key, content), {}), desk.now_text())
    batches.update_batch(work.conn, row.batch_id, {"state": BatchState.COUNTING.value, "suspended": 0})


def _draft(
    row: BatchRecord, actor: Actor, kind: EventKind, by: tuple[str, str], facts: dict[str, object]
) -> EntryDraft:
    return EntryDraft(
        series=row.series,
        kind=kind,
        business_date=row.business_date,
        actor=actor.user,
        idem_key=by[0],
        content_hash=by[1],
        batch=row.batch_id,
        facts=facts,
    )


def count(desk: Desk, actor: Actor, command: CountDrawer) -> Done[CountVerdict]:
    """Keep one count and tell whether it agrees, never an amount; a batch that still sells stops first.

    Raises DrawerNotOpen, BadInput, Ineligible when the attempts are used up or the count was handed in.
    """
    actor.require(Act.COUNT)
    content = content_of(desk, actor.user, command)
    check_sheet(command.sheet)
    with desk.begin() as work:
        if (before := _counted_before(desk, work, command, content)) is not None:
            return before
        row = own_batch(work, actor)
        # its series is locked only now: the same count may have been kept from elsewhere meanwhile
        if (before := _counted_before(desk, work, command, content)) is not None:
            return before
        if row.state is BatchState.SUBMITTED:
            raise Ineligible("This count was handed in already.")
        if row.state is BatchState.OPEN:
            _stop(work, desk, actor, row, (f"{command.key}-stop", content))
        attempt = row.attempts + 1
        if attempt - _round_start(work.conn, row.batch_id) > desk.policy.count_attempts:
            raise Ineligible(f"You counted {desk.policy.count_attempts} times. Hand the count in.")
        agrees, items = agreement(expected_of(work.conn, row), command.sheet, desk.policy.tolerance)
        facts = {**sheet_as_facts(command.sheet), "attempt": attempt, "agrees": agrees, "items_agree": items}
        written = work.append(_draft(row, actor, EventKind.COUNT, (command.key, content), facts), desk.now_text())
        batches.update_batch(work.conn, row.batch_id, {"attempts": attempt})
        event = entries.event_at(work.conn, written.key)
        if event is None:
            raise AssertionError(written.key)
        verdict = _verdict(desk, work.conn, event)
    return Done(verdict, TOPICS)


def _counted_before(desk: Desk, work: Work, command: CountDrawer, content: str) -> Done[CountVerdict] | None:
    earlier = earlier_event(work.conn, command.key, content)
    return None if earlier is None else Done(_verdict(desk, work.conn, earlier), replayed=True)


def _round_start(conn: Connection, batch_id: str, before: int | None = None) -> int:
    """Return the attempts before the last rejection or reopening: after it the custodian starts afresh.

    With ``before`` (a sequence number) as it was then.
    """
    kinds = (EventKind.BATCH_REJECTED, EventKind.BATCH_REOPENED)
    events = entries.batch_events(conn, batch_id, kinds)
    rounds = [int(event.facts["attempts"]) for event in events if before is None or event.key.seq < before]
    return rounds[-1] if rounds else 0


def _verdict(desk: Desk, conn: Connection, event: Event) -> CountVerdict:
    attempt = int(event.facts["attempt"])
    used = attempt - _round_start(conn, event.batch or "", event.key.seq)
    return CountVerdict(
        event.batch or "",
        attempt,
        max(desk.policy.count_attempts - used, 0),
        dict(event.facts["agrees"]),
        dict(event.facts["items_agree"]),
    )


def submit_count(desk: Desk, actor: Actor, key: str) -> Done[Batch]:
    """Hand the last count in to the supervisor; raise Ineligible if nothing was counted."""
    actor.require(Act.COUNT)
    content = content_of(desk, actor.user, "submit_count")
    with desk.begin() as work:
        if (before := done_before(work, key, content, BatchState.SUBMITTED)) is not None:
            return before
        row = own_batch(work, actor)
        if (before := done_before(work, key, content, BatchState.SUBMITTED)) is not None:
            return before
        if row.state is BatchState.SUBMITTED:
            raise Ineligible("This count was handed in already.")
        if row.attempts == _round_start(work.conn, row.batch_id):
            raise Ineligible("Count the drawer first.")
        facts: dict[str, object] = {"attempt": row.attempts}
        work.append(_draft(row, actor, EventKind.COUNT_SUBMITTED, (key, content), facts), desk.now_text())
        batches.update_batch(
            work.conn, row.batch_id, {"state": BatchState.SUBMITTED.value, "submitted_attempt": row.attempts}
        )
        done = batch_value(work.conn, batches.one_batch(work.conn, row.batch_id) or row)
    return Done(done, TOPICS)


def items_to_tick(desk: Desk, actor: Actor) -> tuple[CheckItem, ...]:
    """Return the checks and money orders of the actor's batch to tick off, without amounts (blind)."""
    with desk.read() as work:
        row = batches.unfinished_of(work.conn, actor.user)
        if row is None:
            return ()
        return tuple(
            CheckItem(item.number, item.customer, item.receipt, item.kind)
            for item in deposit_items.live_items(work.conn, (row.batch_id,))
        )
