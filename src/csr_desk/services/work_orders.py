"""Work orders for crews and agencies: opened by hand, for a request or for a payment, moved on, closed (G13)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from csr_desk.data.models import work_order
from csr_desk.data.queries import Connection, customers, told
from csr_desk.data.queries import work_orders as rows
from csr_desk.data.queries.entries import Event
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.errors import BadInput, MissingInput, NotFound, WrongState
from csr_desk.domain.ledger import EntryDraft, EventKey, EventKind
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.steps import WORK_ORDER
from csr_desk.domain.telling import Value
from csr_desk.domain.work_orders import WAITING, Priority, Source, WorkKind, WorkOrder, due_on
from csr_desk.services import telling
from csr_desk.services.corrections import refuse_taken_back
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.new_work import SERIES, NewWork, laid_out, opened_facts, subjects_of
from csr_desk.services.receipts import earlier_event, event_of_number
from csr_desk.services.typed_numbers import no_such, typed_number
from csr_desk.services.words import needed_words, plain_words

TOPICS = frozenset({Topic.WORK_ORDERS})
_SOURCES = {"account": Source.ACCOUNT, "permit": Source.PERMIT, "release": Source.RELEASE, "project": Source.HAND,
            "request": Source.REQUEST}  # fmt: skip
"""Where a work order comes from, by what it is about."""


@dataclass(frozen=True, slots=True)
class OpenWorkOrder:
    """Have something done; ``subject`` is ``account:NO``, ``permit:NO``, ``project:NO``, ``release:NO``.

    It may be ``request:NO``, or nothing. Where the site is empty it is that of the subject. Without ``due`` the
    priority says by when.
    """

    key: str
    kind: WorkKind
    work: str
    site: str = ""
    subject: str = ""
    customer: str = ""
    priority: Priority = Priority.NORMAL
    crew: str = ""
    receipt: str = ""
    """The payment that asks for it."""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class AssignWorkOrder:
    """Give it to a crew or an agency, or to another one."""

    key: str
    work_order: str
    crew: str


@dataclass(frozen=True, slots=True)
class StartWorkOrder:
    """The crew is at it."""

    key: str
    work_order: str


@dataclass(frozen=True, slots=True)
class CloseWorkOrder:
    """It was done, or (``done`` false) came back undone; ``result`` is what the customer will be told."""

    key: str
    work_order: str
    result: str
    done: bool = True
    on: date | None = None


@dataclass(frozen=True, slots=True)
class CancelWorkOrder:
    """Nobody needs it any more."""

    key: str
    work_order: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReopenWorkOrder:
    """What came back has to be done again, or after all; it is due anew."""

    key: str
    work_order: str
    reason: str


@dataclass(frozen=True, slots=True)
class HastenWorkOrder:
    """Another priority, which says by when it is due, or another day."""

    key: str
    work_order: str
    reason: str
    priority: Priority | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class _Told:
    """What an act tells of the row, beside its state."""

    step: str
    values: Mapping[str, Value] = field(default_factory=dict)
    words: Mapping[str, str | None] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)


def open_work_order(desk: Desk, actor: Actor, command: OpenWorkOrder) -> Done[WorkOrder]:
    """Open a work order under the next number.

    Raises NotFound (subject, customer, receipt), MissingInput (what, where), BadInput (a day that is past),
    AlreadyVoided or Ineligible (the receipt was taken back).
    """
    actor.require(Act.KEEP_WORK_ORDERS)
    content = content_of(desk, actor.user, command)
    words = _words_of(command)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (earlier := earlier_event(work.conn, command.key, content)) is not None:
            return Done(_told_before(work.conn, earlier), replayed=True)
        new = _looked_up(desk, work.conn, command, words)
        number, changes, subjects = laid_out(desk, work.conn, actor.user, new)
        draft = EntryDraft(
            desk.office_series, EventKind.WORK_ORDER_OPENED, desk.today(), actor.user, command.key,
            content_hash=content, facts=opened_facts(number, new),
        )  # fmt: skip
        telling.tell(work, desk, draft, changes, subjects)
        done = one(work.conn, number)
    return Done(done, TOPICS)


def assign_work_order(desk: Desk, actor: Actor, command: AssignWorkOrder) -> Done[WorkOrder]:
    """Give it to a crew or an agency; raise NotFound, MissingInput (no crew), WrongState."""
    crew = needed_words(command.crew, "crew", "Say which crew or agency gets it.", 120)
    return _moved(desk, actor, command, _Told("assign", words={"crew": crew}))


def start_work_order(desk: Desk, actor: Actor, command: StartWorkOrder) -> Done[WorkOrder]:
    """Note that the crew is at it; raise NotFound, WrongState."""
    return _moved(desk, actor, command, _Told("start"))


def close_work_order(desk: Desk, actor: Actor, command: CloseWorkOrder) -> Done[WorkOrder]:
    """Record what came of it; the customer's time line shows it.

    Raises NotFound, MissingInput (no result), BadInput (a day to come, or before it was opened), WrongState.
    """
    result = needed_words(command.result, "result", "Say what came of it: the customer will ask.", 500)
    on = command.on or desk.today()
    if on > desk.today():
        raise BadInput("Work is recorded once it was done, not before.", field="on")
    step = "finish" if command.done else "fail"
    return _moved(desk, actor, command, _Told(step, {"closed_on": on.isoformat()}, {"result": result}))


def cancel_work_order(desk: Desk, actor: Actor, command: CancelWorkOrder) -> Done[WorkOrder]:
    """Call it off while no crew is at it; raise NotFound, MissingInput (no reason), WrongState."""
    reason = needed_words(command.reason, "reason", "Say why nobody needs it any more.", 500)
    values = {"closed_on": desk.today().isoformat()}
    return _moved(desk, actor, command, _Told("cancel", values, {"result": reason}))


def reopen_work_order(desk: Desk, actor: Actor, command: ReopenWorkOrder) -> Done[WorkOrder]:
    """Open again what came back, due anew by its priority; raise NotFound, MissingInput (no reason), WrongState."""
    reason = needed_words(command.reason, "reason", "Say why it has to be done again.", 200)
    words = {"result": None, "crew": None}
    return _moved(desk, actor, command, _Told("open_again", {"closed_on": None}, words, {"reason": reason}))


def hasten_work_order(desk: Desk, actor: Actor, command: HastenWorkOrder) -> Done[WorkOrder]:
    """Give it another priority or another day; raise NotFound, MissingInput, BadInput (a day that is past), WrongState.

    A reason is needed: an order that is moved out of the overdue list must say why.
    """
    reason = needed_words(command.reason, "reason", "Say why it is due at another time.", 200)
    if command.priority is None and command.due is None:
        raise MissingInput("Name another priority or another day.", field="priority")
    due = command.due or _due_on(desk, command.priority or Priority.NORMAL)
    values: dict[str, Value] = {"due_on": _day_to_come(desk, due).isoformat()}
    if command.priority is not None:
        values["priority"] = command.priority.value
    return _moved(desk, actor, command, _Told("", values, notes={"reason": reason}))


def one(conn: Connection, number: str) -> WorkOrder:
    """Return a work order; raise NotFound."""
    found = rows.one(conn, number)
    if found is None:
        raise no_such(SERIES, number)
    return found


def _looked_up(desk: Desk, conn: Connection, command: OpenWorkOrder, words: Mapping[str, str]) -> NewWork:
    """Find what a command names; raise NotFound, MissingInput, BadInput."""
    subject = command.subject.strip()
    place = rows.place_of(conn, subject) if subject else None
    if subject and place is None:
        raise NotFound(
            f"There is no {subject.partition(':')[0][:20]} “{subject.partition(':')[2][:40]}”.", field="subject"
        )
    customer = command.customer.strip() or (place.customer if place else "")
    if command.customer and customers.one(conn, customer) is None:
        raise NotFound(f"There is no customer “{customer[:40]}”.", field="customer")
    site = words["site"] or (place.site if place else "")
    if not site:
        raise MissingInput("Say where: the crew needs an address.", field="site")
    paid = _payment(desk, conn, command.receipt) if command.receipt else None
    source = Source.PAYMENT if paid else _SOURCES.get(subject.partition(":")[0])
    return NewWork(
        command.kind, words["work"], site, source or (Source.REQUEST if customer else Source.HAND), subject, customer,
        command.priority, words["crew"], paid, None if command.due is None else _day_to_come(desk, command.due),
        place.project if place else "",
    )  # fmt: skip


def _payment(desk: Desk, conn: Connection, number: str) -> EventKey:
    event = event_of_number(desk, conn, number)
    refuse_taken_back(conn, event)
    return event.key


def _words_of(command: OpenWorkOrder) -> dict[str, str]:
    work = needed_words(command.work, "work", "Say what is to be done.", 500)
    return {
        "work": work,
        "site": plain_words(command.site, "site", 200),
        "crew": plain_words(command.crew, "crew", 120),
    }


def _day_to_come(desk: Desk, day: date) -> date:
    if day < desk.today():
        raise BadInput("It is due today at the earliest.", field="due")
    return day


_Moving = AssignWorkOrder | StartWorkOrder | CloseWorkOrder | CancelWorkOrder | ReopenWorkOrder | HastenWorkOrder


def _moved(desk: Desk, actor: Actor, command: _Moving, new: _Told) -> Done[WorkOrder]:
    """Take a step with a work order that nobody else moves meanwhile."""
    actor.require(Act.KEEP_WORK_ORDERS)
    content = content_of(desk, actor.user, command)
    number = typed_number(SERIES, command.work_order)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (earlier := earlier_event(work.conn, command.key, content)) is not None:
            return Done(_told_before(work.conn, earlier), replayed=True)
        row = told.record(work.conn, work_order, number, lock=True)
        if row is None:
            raise no_such(SERIES, command.work_order)
        values = {**_state_after(desk, row, new), **new.values}
        draft = EntryDraft(
            desk.office_series, EventKind.WORK_ORDER_CHANGED, desk.today(), actor.user, command.key,
            content_hash=content, facts={"work_order": number, "kind": row["kind"], "step": new.step or "hasten"},
            notes=new.notes,
        )  # fmt: skip
        telling.tell(work, desk, draft, [told.changed(work_order, row, values, new.words)], subjects_of(row))
        done = one(work.conn, number)
    return Done(done, TOPICS)


def _state_after(desk: Desk, row: told.Record, new: _Told) -> dict[str, Value]:
    """Say where a step leads; raise WrongState where it is not possible, BadInput for a day before the first."""
    if not new.step:
        if row["state"] not in WAITING:
            raise WrongState("This work order is closed: it is not due any more.")
        return {}
    values: dict[str, Value] = {"state": WORK_ORDER.after(new.step, row["state"])}
    closed = new.values.get("closed_on")
    if closed is not None and str(closed) < row["opened_on"]:
        raise BadInput("It was opened later than that.", field="on")
    if new.step == "open_again":
        due = _due_on(desk, Priority(row["priority"]))
        values["due_on"] = due.isoformat()
    return values


def _due_on(desk: Desk, priority: Priority) -> date:
    """Return by when work is due that is given this priority today."""
    return due_on(priority, desk.today(), desk.policy.work_order_days, holidays=desk.policy.days_off)


def _told_before(conn: Connection, event: Event) -> WorkOrder:
    return one(conn, str(event.facts["work_order"]))
