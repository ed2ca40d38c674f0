"""What the field crew works by: the cut-off list, the orders to restore, and one such order on paper (F8, F9)."""

from __future__ import annotations

from datetime import date

from csr_desk.data.queries import Connection, collection, entries
from csr_desk.data.queries.collection import AccountRecord
from csr_desk.data.queries.entries import Event
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.receivable.collection import CrewList, ListRow, RestoreOrder
from csr_desk.domain.receivable.stages import Stage
from csr_desk.services.collection_state import account_of, picture, running_extension, since_of
from csr_desk.services.desk import Desk, moment

TITLES = {Stage.LISTED: "Cut-off list", Stage.RESTORING: "Orders to restore", Stage.CUT_OFF: "Cut off"}


def cut_off_list(desk: Desk, actor: Actor) -> CrewList:
    """Return the accounts to cut off, by where the service is; held ones say why they are not."""
    return _list(desk, actor, Stage.LISTED)


def restore_list(desk: Desk, actor: Actor) -> CrewList:
    """Return the accounts whose service is given back now."""
    return _list(desk, actor, Stage.RESTORING)


def accounts_cut_off(desk: Desk, actor: Actor) -> CrewList:
    """Return the accounts that are cut off and not paid."""
    return _list(desk, actor, Stage.CUT_OFF)


def _list(desk: Desk, actor: Actor, stage: Stage) -> CrewList:
    actor.require(Act.COLLECT)
    on = desk.today()
    with desk.read() as work:
        rows = tuple(_row(work.conn, record, on) for record in collection.accounts_at(work.conn, stage.value))
    return CrewList(desk.office, TITLES[stage], on, rows)


def _row(conn: Connection, record: AccountRecord, on: date) -> ListRow:
    seen = picture(conn, record.account, on)
    until = running_extension(conn, record.account, on)
    held = f"extended until {until}" if until else ""
    if seen.plan is not None and not seen.late:
        held = held or f"on plan {seen.plan.number}"
    since = since_of(record) or on
    return ListRow(
        record.account, record.name, record.site or record.address, record.service, record.meter, since,
        seen.to_settle, seen.oldest_due, held,
    )  # fmt: skip


def restore_order_of(desk: Desk, conn: Connection, event: Event) -> RestoreOrder:
    """Read an order to restore back from its entry; its reason is gone once it was purged."""
    entry = entries.entry(conn, event)
    record = account_of(conn, str(event.facts["account"]))
    return RestoreOrder(
        office=desk.office,
        number=f"{record.account}/{event.facts['n']}",
        account=record.account,
        name=record.name,
        site=record.site or record.address,
        service=record.service,
        meter=record.meter,
        ordered_at=moment(event.recorded_at),
        ordered_by=entry.actor_name,
        receipt=str(event.facts.get("receipt") or event.facts.get("because", "")),
        reason=entry.notes.get("reason", ""),
    )
