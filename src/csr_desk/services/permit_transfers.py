"""Money moved from a wrong permit to the right one of the same payer, with a second person's yes (G6).

No drawer and no receipt knows of it: an entry of the office takes the fee from the accounts of the one permit and
brings it to those of the other, whose supplement it pays. A permit that has nothing left is void.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from csr_desk.data.models import inspection, permit, permit_change
from csr_desk.data.queries import Connection, entries, permits, told
from csr_desk.data.queries.permits import PermitRecord
from csr_desk.data.unit_of_work import Work
from csr_desk.domain import about
from csr_desk.domain.cart import OpenAmount, price_cart
from csr_desk.domain.changes import Done
from csr_desk.domain.errors import Conflict, Ineligible, MissingInput
from csr_desk.domain.ledger import EntryDraft, EventKind, LineRow, Posting
from csr_desk.domain.money import Cents, allocate, shown
from csr_desk.domain.people import Act, Actor, Approval
from csr_desk.domain.postings import line_postings
from csr_desk.domain.steps import PERMIT
from csr_desk.domain.telling import Change
from csr_desk.services import approvals, days, inspections, permit_dues, telling
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.permit_amendments import due_one
from csr_desk.services.permit_sales import PERMITS, subjects_of
from csr_desk.services.permits import TOPICS, PermitView, locked, next_change, number_of, one_permit, view_of
from csr_desk.services.receipt_rows import line_rows
from csr_desk.services.receipts import earlier_event
from csr_desk.services.words import plain_words


@dataclass(frozen=True, slots=True)
class MovePermitMoney:
    """Pay what is due on one permit from what was paid for another one of the same payer."""

    key: str
    source: str
    target: str
    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """Both permits after money was moved (cents), and how it was booked."""

    source: PermitView
    target: PermitView
    amount: Cents
    postings: tuple[Posting, ...]


def move_permit_money(
    desk: Desk, actor: Actor, command: MovePermitMoney, approval: Approval | None = None
) -> Done[Moved]:
    """Pay a supplement from another permit's fee.

    Raises NotFound, WrongState, Ineligible (another payer, not enough), MissingInput, ApprovalNeeded, DayClosed.
    """
    actor.require(Act.MOVE_PERMIT_MONEY)
    content = content_of(desk, actor.user, command)
    reason = plain_words(command.reason, "reason", 200)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        numbers = number_of(command.source), number_of(command.target)
        if earlier_event(work.conn, command.key, content) is not None:
            return Done(_moved(work.conn, desk, numbers, command.key), replayed=True)
        rows = {number: locked(work, number) for number in sorted(set(numbers))}
        source, target = (one_permit(work.conn, number) for number in numbers)
        amounts = permit_dues.amounts_of(work.conn, desk, target.number)
        cents = sum(one.amount for one in amounts)
        _refuse(work.conn, source, target, cents)
        if not reason:
            raise MissingInput("Say why the money is moved.", field="reason")
        approved = approvals.require(desk, approval, actor, (Act.MOVE_PERMIT_MONEY, source.number, cents))
        day = days.day_for_office(work, desk, actor, desk.today())
        lines, booked = _booked(desk, work.conn, source, amounts, day)
        draft = EntryDraft(
            series=desk.office_series, kind=EventKind.PERMIT_MONEY_MOVED, business_date=day, actor=actor.user,
            approver=approved.signer, idem_key=command.key, content_hash=content, facts={"amount": cents},
            lines=lines, postings=booked,
        )  # fmt: skip
        changes = _changes(work, desk, (source, target, cents), rows, reason)
        subjects = [*subjects_of(source.number, rows[source.number]), *subjects_of(target.number, rows[target.number])]
        subjects += [about.inspection(str(one.key[0])) for one in changes if one.table == inspection.name]
        written = telling.tell(work, desk, draft, changes, sorted(set(subjects)))
        approvals.use(work, approved, actor, written)
        done = _moved(work.conn, desk, numbers, command.key)
    return Done(done, TOPICS)


def _refuse(conn: Connection, source: PermitRecord, target: PermitRecord, cents: Cents) -> None:
    PERMIT.after("move_money", source.state)
    if source.number == target.number:
        raise Ineligible("Money is moved to another permit.", field="target")
    same = {(source.customer_id, target.customer_id), (source.contractor, target.contractor)}
    if not any(one and one == two for one, two in same):
        raise Ineligible("Both permits have to be of one payer: the same customer, or the same contractor.")
    if permits.due_of(conn, [source.number]):
        raise Ineligible(f"An amendment of permit {source.number} is due: settle it first.")
    if cents > source.paid:
        raise Ineligible(f"Only {shown(source.paid)} was paid for permit {source.number}, {shown(cents)} is due.")


def _booked(
    desk: Desk, conn: Connection, source: PermitRecord, amounts: Sequence[OpenAmount], day: date
) -> tuple[tuple[LineRow, ...], tuple[Posting, ...]]:
    """Lay the move out: one line takes the money from the accounts of the source, the others bring it to the target."""
    cents = sum(one.amount for one in amounts)
    cart = price_cart(desk.catalogue, amounts, price_date=day)
    name = f"Moved from permit {source.number}, {source.description}"
    taken = LineRow(
        1, "open_amount", "", name, cart.lines[0].department, "1", None, -cents, None, "", "", 0, (f"{name}.",)
    )
    brought = tuple(line_rows(cart.lines))
    lines = (taken, *(replace(line, number=line.number + 1) for line in brought))
    credited = _credited(conn, source)
    parts = allocate(cents, [-posting.amount for posting in credited])
    booked = [Posting(one.account, part, line=1) for one, part in zip(credited, parts, strict=True) if part]
    for line in cart.lines:
        booked.extend(line_postings(line.number + 1, line.distribution()))
    return lines, tuple(booked)


def _credited(conn: Connection, source: PermitRecord) -> list[Posting]:
    """Return what the lines of a permit were credited to when it was paid."""
    event = entries.event_at(conn, source.receipt)
    if event is None:
        raise Conflict
    own = set(event.facts.get(PERMITS, {}).get(source.number, (source.receipt_line,)))
    mine = {line.number for line in entries.lines_of(conn, source.receipt) if (line.added_with or line.number) in own}
    return [one for one in entries.postings_of(conn, source.receipt) if one.line in mine and one.amount < 0]


def _changes(
    work: Work,
    desk: Desk,
    what: tuple[PermitRecord, PermitRecord, Cents],
    rows: dict[str, told.Record],
    reason: str,
) -> list[Change]:
    source, target, cents = what
    left: dict[str, str | int | None] = {"paid_minor": source.paid - cents}
    off: list[Change] = []
    if source.paid == cents:
        left |= {"state": PERMIT.after("void", source.state), "ended_on": desk.today().isoformat()}
        off = inspections.called_off(work.conn, source.number, "The permit is void.")
    due = told.record(work.conn, permit_change, target.number, due_one(work.conn, target.number).n, lock=True) or {}
    out: dict[str, str | int | None] = {
        "kind": "transfer_out",
        "state": "done",
        "amount_minor": -cents,
        "other_permit": target.number,
    }
    came: dict[str, str | int | None] = {
        "kind": "transfer_in",
        "state": "done",
        "amount_minor": cents,
        "other_permit": source.number,
    }
    return [
        told.changed(permit, rows[source.number], left),
        told.changed(permit, rows[target.number], {"paid_minor": target.paid + cents}),
        told.changed(permit_change, due, {"state": "done"}),
        next_change(work.conn, source.number, out, reason, desk),
        next_change(work.conn, target.number, came, reason, desk),
        *off,
    ]


def _moved(conn: Connection, desk: Desk, numbers: tuple[str, str], key: str) -> Moved:
    event = entries.event_of_key(conn, key)
    if event is None:
        raise Conflict
    source, target = (view_of(conn, desk, one_permit(conn, number)) for number in numbers)
    return Moved(source, target, event.facts["amount"], tuple(entries.postings_of(conn, event.key)))
