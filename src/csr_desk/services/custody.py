"""Who holds which drawer, and how much cash it should hold (never shown to its custodian)."""

from __future__ import annotations

from dataclasses import replace

from csr_desk.data.queries import Connection, batches, entries, sums
from csr_desk.data.queries.batches import BatchRecord
from csr_desk.data.queries.entries import Event
from csr_desk.data.unit_of_work import Work
from csr_desk.domain.drawer import Batch, BatchState
from csr_desk.domain.errors import Counting, DayClosed, DrawerNotOpen, NotPermitted
from csr_desk.domain.ledger import EventKey
from csr_desk.domain.money import Cents
from csr_desk.domain.people import Actor
from csr_desk.services.desk import Desk, moment


def own_batch(work: Work, actor: Actor) -> BatchRecord:
    """Return the actor's unfinished batch, its series locked; raise DrawerNotOpen."""
    row = batches.unfinished_of(work.conn, actor.user)
    if row is None:
        raise DrawerNotOpen
    work.lock_series(row.series)
    return batches.unfinished_of(work.conn, actor.user) or row


def selling_batch(work: Work, desk: Desk, actor: Actor, drawer: str | None, *, locked_too: bool = False) -> BatchRecord:
    """Return the batch that the actor may sell from, its series locked.

    Raises NotPermitted for another person's drawer, DrawerNotOpen, Counting, DayClosed.
    """
    wanted = drawer or (desk.selling[actor.user][0] if actor.user in desk.selling else None)
    row = None
    if wanted is not None:
        work.lock_series(desk.drawer(wanted).series)
        row = batches.unfinished_at(work.conn, wanted)
        if drawer is None and (row is None or row.custodian != actor.user):
            row = None
    if row is None and drawer is None:
        row = batches.unfinished_of(work.conn, actor.user)
        if row is not None:
            work.lock_series(row.series)
            row = batches.unfinished_at(work.conn, row.drawer)
    if row is None:
        if desk.today() in desk.closed_days(work):
            raise DayClosed
        raise DrawerNotOpen
    return _may_sell(desk, actor, row, locked_too=locked_too)


def _may_sell(desk: Desk, actor: Actor, row: BatchRecord, *, locked_too: bool) -> BatchRecord:
    if row.custodian != actor.user:
        raise NotPermitted(f"Drawer {row.drawer_name} is held by {row.custodian_name}. Nobody else sells from it.")
    if row.state is not BatchState.OPEN:
        raise Counting
    if row.suspended and not locked_too:
        raise DrawerNotOpen("Your drawer is locked. Unlock it first.")
    desk.selling[actor.user] = (row.drawer, row.business_date)
    return row


def held_cash(desk: Desk, conn: Connection, row: BatchRecord) -> Cents:
    """Return the cash that a drawer should hold (cents): float, cash taken less change, less drops.

    Remembers where it stopped, so that each call adds up only what is new since.
    """
    seq, held = desk.cash_seen.get(row.batch_id, (0, 0))
    newest, more = sums.cash_since(conn, row.batch_id, row.series, seq)
    if newest is None:
        return held
    desk.cash_seen[row.batch_id] = (newest, held + more)
    return held + more


def batch_value(conn: Connection, row: BatchRecord) -> Batch:
    """Return a batch as screens and papers show it."""
    opened = entries.event_at(conn, EventKey(row.series, row.opened_seq))
    return Batch(
        row.batch_id,
        row.drawer,
        row.drawer_name,
        row.business_date,
        row.custodian,
        row.custodian_name,
        row.state,
        row.suspended,
        row.attempts,
        batches.count_receipts(conn, row.batch_id),
        row.z_number,
        row.deposit,
        moment(opened.recorded_at) if opened else None,
    )


def held_then(conn: Connection, event: Event, name: str) -> Batch:
    """Return the batch of an entry with who held it then: a slip keeps their name if the drawer was handed over since.

    ``name`` is the name of who acted.
    """
    row = batches.one_batch(conn, event.batch or "")
    if row is None:
        raise AssertionError(event.batch)
    return replace(batch_value(conn, row), custodian=event.actor, custodian_name=name)


def written_event(conn: Connection, key: EventKey) -> Event:
    """Read back an entry that was just written."""
    event = entries.event_at(conn, key)
    if event is None:
        raise AssertionError(key)
    return event
