"""The bag for the bank: what accepted batches hold, listed, verified by a second person, confirmed by a third."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from csr_desk.data.queries import Connection, batches, deposit_items, entries
from csr_desk.data.queries.batches import BatchRecord
from csr_desk.data.queries.deposit_items import DepositRecord
from csr_desk.data.queries.entries import Event
from csr_desk.data.unit_of_work import Work
from csr_desk.domain.catalogue import ItemUse
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.count import sheet_from_facts
from csr_desk.domain.deposit import Deposit, DepositItem, DepositState
from csr_desk.domain.drawer import Batch, BatchState, cash_total
from csr_desk.domain.errors import BadInput, Conflict, Ineligible, MissingInput, NotFound, NotPermitted
from csr_desk.domain.ledger import EntryDraft, EventKey, EventKind, Posting
from csr_desk.domain.masking import seen_by
from csr_desk.domain.money import Cents, shown
from csr_desk.domain.people import Act, Actor, Approval, Role
from csr_desk.domain.postings import HOUSE, difference_postings, move
from csr_desk.services import approvals, days
from csr_desk.services.batch_sheets import drops_of, float_of
from csr_desk.services.custody import batch_value
from csr_desk.services.desk import Desk, content_of, house_shares, moment
from csr_desk.services.receipts import earlier_event, queue_print
from csr_desk.services.words import plain_words

TOPICS = frozenset({Topic.DEPOSITS, Topic.BATCHES, Topic.DAY})


@dataclass(frozen=True, slots=True)
class PrepareDeposit:
    """Pack accepted batches into one bag; ``pieces`` is the cash in it by denomination, if it was counted out."""

    key: str
    batches: tuple[str, ...]
    bag: str
    pieces: Mapping[Cents, int] | None = None


@dataclass(frozen=True, slots=True)
class ConfirmDeposit:
    """What the bank says it received (cents)."""

    key: str
    deposit: str
    bank_date: date
    bank_amount: Cents


@dataclass(frozen=True, slots=True)
class Part:
    """What one batch puts into the bag (cents)."""

    batch: str
    float_amount: Cents
    drawer_cash: Cents
    drops: Cents
    checks: Cents
    money_orders: Cents

    @property
    def total(self) -> Cents:
        """All of it."""
        return self.drawer_cash + self.drops + self.checks + self.money_orders


def prepare_deposit(
    desk: Desk, actor: Actor, command: PrepareDeposit, approval: Approval | None = None
) -> Done[Deposit]:
    """Pack a deposit intact: cash counted less float plus drops, every check, every money order (D12–D14).

    Raises NotFound, Ineligible (not accepted), Conflict (deposited before), NotPermitted, ApprovalNeeded,
    SelfApproval, MissingInput, BadInput.
    """
    actor.require(Act.PREPARE_DEPOSIT)
    content = content_of(desk, actor.user, command)
    bag = plain_words(command.bag, "bag", 40)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        earlier = earlier_event(work.conn, command.key, content)
        if earlier is not None:
            prepared = _deposit_of(desk, work.conn, str(earlier.facts["deposit"]))
            as_prepared = replace(prepared, state=DepositState.PREPARED, bank_date=None, bank_amount=None)
            return Done(as_prepared, replayed=True)
        rows = _batches(work.conn, actor, command.batches)
        parts = tuple(_part(work.conn, row) for row in rows)
        _check_bag(command, bag, parts)
        total = sum(part.total for part in parts)
        asked = (Act.PREPARE_DEPOSIT, ",".join(part.batch for part in parts), total)
        verified = approvals.require(desk, approval, actor, asked)
        deposit_id = _append(work, desk, actor, (command, content, bag, parts, rows, verified))
        done = _deposit_of(desk, work.conn, deposit_id)
    return Done(done, TOPICS | {Topic.PRINTING})


def contents(desk: Desk, actor: Actor, ids: tuple[str, ...]) -> tuple[Part, ...]:
    """Return what accepted batches would put into a bag, in the order in which a deposit names them.

    Raises what preparing them would raise: NotFound, Conflict, Ineligible, NotPermitted, BadInput.
    """
    actor.require(Act.PREPARE_DEPOSIT)
    with desk.read() as work:
        return tuple(_part(work.conn, row) for row in _batches(work.conn, actor, ids))


def _batches(conn: Connection, actor: Actor, ids: tuple[str, ...]) -> tuple[BatchRecord, ...]:
    if not ids or len(set(ids)) != len(ids):
        raise BadInput("Name each batch of the deposit once.", field="batches")
    rows = []
    for batch_id in sorted(ids):
        row = batches.one_batch(conn, batch_id)
        if row is None:
            raise NotFound(f"There is no batch “{batch_id[:40]}”.", field="batches")
        if row.deposit is not None:
            raise Conflict(f"Batch {batch_id} is in deposit {row.deposit} already.")
        if row.state is not BatchState.ACCEPTED:
            raise Ineligible(f"Batch {batch_id} is not accepted yet.")
        rows.append(row)
    if actor.role is not Role.HEAD_CASHIER and all(row.custodian != actor.user for row in rows):
        raise NotPermitted("A deposit is prepared by the holder of one of its drawers.")
    return tuple(rows)


def _part(conn: Connection, row: BatchRecord) -> Part:
    kinds = (EventKind.BATCH_OPENED, EventKind.DROP, EventKind.COUNT)
    events = entries.batch_events(conn, row.batch_id, kinds)
    sheet = sheet_from_facts([event for event in events if event.kind is EventKind.COUNT][-1].facts)
    tapes = {kind: tape.total for kind, tape in sheet.others.items()}
    floated = float_of(events)
    return Part(
        batch=row.batch_id,
        float_amount=floated,
        drawer_cash=cash_total(sheet.cash) - floated,
        drops=drops_of(events),
        checks=tapes.get("check", 0) + tapes.get("cashiers_check", 0),
        money_orders=tapes.get("money_order", 0),
    )


def _check_bag(command: PrepareDeposit, bag: str, parts: tuple[Part, ...]) -> None:
    if not bag:
        raise MissingInput("Key the number of the bag.", field="bag")
    cash = sum(part.drawer_cash + part.drops for part in parts)
    if command.pieces is not None and cash_total(command.pieces) != cash:
        raise BadInput(
            f"The cash in the bag is {shown(cash_total(command.pieces))}, but {shown(cash)} was counted and dropped.",
            field="pieces",
        )


def _append(
    work: Work,
    desk: Desk,
    actor: Actor,
    what: tuple[PrepareDeposit, str, str, tuple[Part, ...], tuple[BatchRecord, ...], Approval],
) -> str:
    command, content, bag, parts, rows, verified = what
    day = days.day_for_office(work, desk, actor, max(row.business_date for row in rows))
    deposit_id = f"{desk.office.office_id}-{day:%Y%m%d}-{deposit_items.count_deposits(work.conn, day) + 1}"
    written = work.append(
        EntryDraft(
            series=desk.office_series,
            kind=EventKind.DEPOSIT_PREPARED,
            business_date=day,
            actor=actor.user,
            approver=verified.signer,
            idem_key=command.key,
            content_hash=content,
            facts=_facts(deposit_id, bag, parts, command.pieces),
            postings=tuple(posting for part in parts for posting in _postings(part)),
        ),
        desk.now_text(),
    )
    deposit_items.insert_deposit(
        work.conn,
        {
            "deposit_id": deposit_id,
            "office_id": desk.office.office_id,
            "business_date": day.isoformat(),
            "bag": bag,
            "state": DepositState.PREPARED.value,
            "cash_minor": sum(part.drawer_cash + part.drops for part in parts),
            "checks_minor": sum(part.checks for part in parts),
            "other_minor": sum(part.money_orders for part in parts),
            "prepared_by": actor.user,
            "verified_by": verified.approver.user,
            "series_id": written.key.series,
            "seq": written.key.seq,
            "bank_date": None,
            "bank_minor": None,
        },
    )
    for row in rows:
        batches.update_batch(work.conn, row.batch_id, {"deposit_id": deposit_id})
    approvals.use(work, verified, actor, written)
    queue_print(work.conn, written.key, desk.now_text(), document="deposit_slip")
    return deposit_id


def _facts(deposit_id: str, bag: str, parts: tuple[Part, ...], pieces: Mapping[Cents, int] | None) -> dict[str, object]:
    return {
        "deposit": deposit_id,
        "bag": bag,
        "pieces": None if pieces is None else {str(value): number for value, number in pieces.items() if number},
        "parts": [
            {
                "batch": part.batch,
                "float": part.float_amount,
                "cash": part.drawer_cash,
                "drops": part.drops,
                "checks": part.checks,
                "money_orders": part.money_orders,
                "total": part.total,
            }
            for part in parts
        ],
    }


def _postings(part: Part) -> tuple[Posting, ...]:
    """Put the float back and carry the rest from where it lay to the way to the bank."""
    return (
        *move(HOUSE.drawer, HOUSE.change_fund, part.float_amount),
        *move(HOUSE.drawer, HOUSE.transit, part.drawer_cash),
        *move(HOUSE.safe, HOUSE.transit, part.drops),
        *move(HOUSE.checks, HOUSE.transit, part.checks),
        *move(HOUSE.money_orders, HOUSE.transit, part.money_orders),
    )


def _deposit_of(desk: Desk, conn: Connection, deposit_id: str) -> Deposit:
    record = deposit_items.one_deposit(conn, deposit_id)
    if record is None:
        raise NotFound(f"There is no deposit “{deposit_id[:40]}”.", field="deposit")
    event = entries.event_at(conn, EventKey(record.series, record.seq))
    if event is None:
        raise NotFound
    return _value(desk, conn, record, event)


def _value(desk: Desk, conn: Connection, record: DepositRecord, event: Event) -> Deposit:
    entry = entries.entry(conn, event)
    ids = tuple(str(part["batch"]) for part in event.facts["parts"])
    pieces = event.facts["pieces"]
    return Deposit(
        office=desk.office,
        deposit_id=record.deposit,
        business_date=record.business_date,
        state=DepositState(record.state),
        bag=record.bag,
        batches=ids,
        pieces=None if pieces is None else {int(value): int(number) for value, number in pieces.items()},
        cash=record.cash,
        checks=record.checks,
        money_orders=record.other,
        items=tuple(
            DepositItem(
                item.kind, item.number, item.receipt, item.customer, item.amount, item.routing, item.account_masked
            )
            for item in deposit_items.live_items(conn, ids)
        ),
        total=record.cash + record.checks + record.other,
        prepared_by=entry.actor_name,
        verified_by=entry.approver_name,
        recorded_at=moment(event.recorded_at),
        bank_date=record.bank_date,
        bank_amount=record.bank_amount,
    )


def confirm_deposit(desk: Desk, actor: Actor, command: ConfirmDeposit) -> Done[Deposit]:
    """Match a deposit with the bank; a difference goes to over and short (D16). Posted to a day that is open.

    Raises NotFound, Conflict (confirmed before), BadInput.
    """
    actor.require(Act.CONFIRM_DEPOSIT)
    content = content_of(desk, actor.user, command)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if earlier_event(work.conn, command.key, content) is not None:
            return Done(_deposit_of(desk, work.conn, command.deposit), replayed=True)
        deposit = _deposit_of(desk, work.conn, command.deposit)
        if deposit.state is DepositState.CONFIRMED:
            raise Conflict(f"Deposit {deposit.deposit_id} was confirmed already.")
        if command.bank_amount < 0:
            raise BadInput("The bank’s amount cannot be below zero.", field="bank_amount")
        if command.bank_date < deposit.business_date:
            raise BadInput("The bank cannot have it before it was prepared.", field="bank_date")
        day = days.day_for_office(work, desk, actor, desk.today())
        work.append(
            EntryDraft(
                series=desk.office_series,
                kind=EventKind.DEPOSIT_CONFIRMED,
                business_date=day,
                actor=actor.user,
                idem_key=command.key,
                content_hash=content,
                facts={
                    "deposit": deposit.deposit_id,
                    "bank_date": command.bank_date.isoformat(),
                    "bank_amount": command.bank_amount,
                    "difference": command.bank_amount - deposit.total,
                },
                postings=_bank_postings(desk, deposit.total, command.bank_amount, day),
            ),
            desk.now_text(),
        )
        deposit_items.update_deposit(
            work.conn,
            deposit.deposit_id,
            {
                "state": DepositState.CONFIRMED.value,
                "bank_date": command.bank_date.isoformat(),
                "bank_minor": command.bank_amount,
            },
        )
        done = _deposit_of(desk, work.conn, deposit.deposit_id)
    return Done(done, TOPICS)


def _bank_postings(desk: Desk, total: Cents, received: Cents, day: date) -> tuple[Posting, ...]:
    difference = received - total
    booked = move(HOUSE.transit, HOUSE.bank, total)
    if not difference:
        return booked
    return booked + difference_postings(house_shares(desk.catalogue, ItemUse.OVER_SHORT, day), difference, HOUSE.bank)


def deposit(desk: Desk, actor: Actor, deposit_id: str) -> Deposit:
    """Return one deposit; raise NotFound."""
    actor.require(Act.QUOTE)
    with desk.read() as work:
        return seen_by(actor.role, _deposit_of(desk, work.conn, deposit_id))


def deposits(desk: Desk, actor: Actor, first: date, last: date) -> tuple[Deposit, ...]:
    """Return the deposits prepared on some business dates."""
    actor.require(Act.SEE_EXPECTED)
    with desk.read() as work:
        records = deposit_items.deposits_between(work.conn, first, last)
        found = tuple(_deposit_of(desk, work.conn, record.deposit) for record in records)
    return seen_by(actor.role, found)


def undeposited(desk: Desk, actor: Actor) -> tuple[Batch, ...]:
    """Return the accepted batches that are in no bag yet, oldest first (D15)."""
    actor.require(Act.QUOTE)
    with desk.read() as work:
        return tuple(batch_value(work.conn, row) for row in batches.undeposited(work.conn))
