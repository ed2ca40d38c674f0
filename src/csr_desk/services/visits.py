"""The queue at the counter, and contacts without money: every conversation counts for staffing (I6, I7)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from csr_desk.data.models import visit
from csr_desk.data.queries import Connection, customers, entries, told
from csr_desk.data.queries import visits as rows
from csr_desk.data.unit_of_work import Work
from csr_desk.domain import about
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.errors import BadInput, Conflict, NotFound
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.masking import seen_by
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.request_steps import VISIT
from csr_desk.domain.telling import Value
from csr_desk.domain.visits import (
    Reason,
    TicketSlip,
    Visit,
    Volume,
    ahead,
    minutes_since,
    next_up,
    read_reasons,
    ticket,
    volumes,
)
from csr_desk.services import telling
from csr_desk.services.counters import counter_of
from csr_desk.services.desk import Desk, content_of, moment
from csr_desk.services.receipts import earlier_event
from csr_desk.services.typed_numbers import no_such, typed_number
from csr_desk.services.words import plain_words

SERIES = "visit"
TOPICS = frozenset({Topic.QUEUE})
MOST_MINUTES = 480
ON_THE_DISPLAY = 6


@dataclass(frozen=True, slots=True)
class GiveTicket:
    """Somebody came and waits."""

    key: str
    reason: str
    priority: bool = False
    language: str = ""
    customer_id: str = ""


@dataclass(frozen=True, slots=True)
class CallNext:
    """Call whoever is next to a counter; with ``visit`` that one (again, or out of turn)."""

    key: str
    counter: str = ""
    """Where to; empty is the drawer of whoever calls."""
    visit: str = ""


@dataclass(frozen=True, slots=True)
class MoveVisit:
    """Serve, finish, put back, or take off whoever left."""

    key: str
    visit: str
    step: str
    customer_id: str = ""
    memo: str = ""


@dataclass(frozen=True, slots=True)
class LogContact:
    """A contact without money: why, and how many minutes it took."""

    key: str
    reason: str
    minutes: int
    customer_id: str = ""
    memo: str = ""
    visit: str = ""
    """The ticket that is served: it ends with this, so that nobody counts twice."""


@dataclass(frozen=True, slots=True)
class AtCounter:
    """Where somebody works, whom they called or serve, and what the conversation has probably taken."""

    counter: str
    visit: Visit | None
    minutes: int
    customer_name: str = ""


@dataclass(frozen=True, slots=True)
class Queue:
    """Who waits, and who was called where: for the clerks and for the display in the waiting room."""

    waiting: tuple[Visit, ...]
    called: tuple[Visit, ...]
    serving: tuple[Visit, ...]

    @property
    def display(self) -> tuple[tuple[str, str], ...]:
        """Tickets with their counters, who was called last first: no name stands on the wall."""
        found = sorted((*self.called, *self.serving), key=lambda one: one.called_at or one.came_at, reverse=True)
        return tuple((one.ticket, one.counter) for one in found[:ON_THE_DISPLAY] if one.ticket)


@dataclass(frozen=True, slots=True)
class Wall:
    """What the waiting room reads: tickets and counters, and how many wait. It holds nobody's name."""

    calls: tuple[tuple[str, str], ...] = ()
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class _Told:
    values: Mapping[str, Value] = field(default_factory=dict)
    words: Mapping[str, str | None] = field(default_factory=dict)


def reasons(desk: Desk) -> tuple[Reason, ...]:
    """Return why people come, as the policy says it."""
    return read_reasons(desk.policy.visit_reasons)


def give_ticket(desk: Desk, actor: Actor, command: GiveTicket) -> Done[Visit]:
    """Give a ticket out; raise BadInput (no such reason), NotFound (customer)."""
    reason, language = _reason(desk, command.reason), plain_words(command.language, "language", 10)

    def values(conn: Connection) -> _Told:
        serial = rows.tickets_of(conn, desk.today(), reason.letter) + 1
        more = {"language": language, "customer_id": command.customer_id}
        return _Told({
            "kind": "ticket", "ticket": ticket(reason.letter, serial), "reason": reason.code, "state": "waiting",
            "priority": int(command.priority), **{name: said for name, said in more.items() if said},
        })  # fmt: skip

    return _new(desk, actor, (command.key, command), values, command.customer_id)


def log_contact(desk: Desk, actor: Actor, command: LogContact) -> Done[Visit]:
    """Write a contact without money down; raise BadInput (no such reason, minutes), NotFound (customer)."""
    reason = _reason(desk, command.reason)
    if not 0 < command.minutes <= MOST_MINUTES:
        raise BadInput(f"A contact takes 1 to {MOST_MINUTES} minutes.", field="minutes")
    memo = plain_words(command.memo, "memo", 300)
    if command.visit:
        return _end_as_contact(desk, actor, command, reason)

    def values(_conn: Connection) -> _Told:
        done: dict[str, Value] = {
            "kind": "contact", "reason": reason.code, "state": "done", "priority": 0, "minutes": command.minutes,
            "ended_at": desk.now_text(), "served_by": actor.user,
        }  # fmt: skip
        done |= {"customer_id": command.customer_id} if command.customer_id else {}
        return _Told(done, {"memo": memo} if memo else {})

    return _new(desk, actor, (command.key, command), values, command.customer_id)


def _end_as_contact(desk: Desk, actor: Actor, command: LogContact, reason: Reason) -> Done[Visit]:
    """End the ticket that is served with what it was about after all and how long it took."""
    actor.require(Act.SERVE_QUEUE)
    content = content_of(desk, actor.user, command)
    values: dict[str, Value] = {"reason": reason.code, "minutes": command.minutes, "ended_at": desk.now_text()}
    values |= {"customer_id": command.customer_id} if command.customer_id else {}
    memo = command.memo.strip()
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (earlier := earlier_event(work.conn, command.key, content)) is not None:
            return Done(one(work.conn, str(earlier.facts["visit"])), replayed=True)
        _refuse_unknown(work.conn, command.customer_id)
        key = (command.key, content, typed_number(SERIES, command.visit))
        done = _step(work, desk, actor, key, ("finish", _Told(values, {"memo": memo} if memo else {})))
    return Done(done, TOPICS)


def call_next(desk: Desk, actor: Actor, command: CallNext) -> Done[Visit]:
    """Call whoever is next; raise NotFound (nobody waits), WrongState (that one does not wait), Conflict (elsewhere).

    Whoever is called at one counter is put back there before another one calls them: two clerks never wait for one.
    """
    actor.require(Act.SERVE_QUEUE)
    typed = plain_words(command.counter, "counter", 20)
    content = content_of(desk, actor.user, command)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (earlier := earlier_event(work.conn, command.key, content)) is not None:
            return Done(one(work.conn, str(earlier.facts["visit"])), replayed=True)
        if command.visit:
            number = typed_number(SERIES, command.visit)
        else:
            found = next_up(rows.of_day(work.conn, desk.today(), ("waiting",)))
            if found is None:
                raise NotFound("Nobody waits.", field="visit")
            number = found.number
        said = _Told(
            {
                "called_at": desk.now_text(),
                "counter": typed or counter_of(work.conn, actor.user),
                "served_by": actor.user,
            }
        )
        done = _step(work, desk, actor, (command.key, content, number), ("call", said))
    return Done(done, TOPICS)


def move_visit(desk: Desk, actor: Actor, command: MoveVisit) -> Done[Visit]:
    """Serve, finish, put back or take off; raise BadInput (step), NotFound, WrongState."""
    actor.require(Act.SERVE_QUEUE)
    if command.step not in {"serve", "finish", "put_back", "leave"}:
        raise BadInput("A visit is served, finished, put back or taken off.", field="step")
    memo = plain_words(command.memo, "memo", 300)
    content = content_of(desk, actor.user, command)
    now = desk.now_text()
    steps: dict[str, dict[str, Value]] = {
        "serve": {"served_at": now, "served_by": actor.user}, "finish": {"ended_at": now},
        "put_back": {"called_at": None, "counter": None, "served_by": None}, "leave": {"ended_at": now},
    }  # fmt: skip
    values = steps[command.step] | ({"customer_id": command.customer_id} if command.customer_id else {})
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (earlier := earlier_event(work.conn, command.key, content)) is not None:
            return Done(one(work.conn, str(earlier.facts["visit"])), replayed=True)
        _refuse_unknown(work.conn, command.customer_id)
        key = (command.key, content, typed_number(SERIES, command.visit))
        done = _step(work, desk, actor, key, (command.step, _Told(values, {"memo": memo} if memo else {})))
    return Done(done, TOPICS)


def queue(desk: Desk, actor: Actor) -> Queue:
    """Return the queue of today."""
    actor.require(Act.SEE_REQUESTS)
    with desk.read() as work:
        found = rows.of_day(work.conn, desk.today(), ("waiting", "called", "serving"))
    by = {state: tuple(one for one in found if one.state == state) for state in ("waiting", "called", "serving")}
    return seen_by(actor.role, Queue(by["waiting"], by["called"], by["serving"]))


def wall(desk: Desk, actor: Actor) -> Wall:
    """Return what the display in the waiting room shows."""
    found = queue(desk, actor)
    return Wall(found.display, len(found.waiting))


def ticket_slip(desk: Desk, actor: Actor, number: str) -> TicketSlip:
    """Return what is printed for whoever waits; raise NotFound (no such ticket)."""
    actor.require(Act.SERVE_QUEUE)
    with desk.read() as work:
        found = one(work.conn, typed_number(SERIES, number))
        waiting = rows.of_day(work.conn, desk.today(), ("waiting",))
    if not found.ticket:
        raise NotFound("A contact has no ticket.", field="visit")
    words = next((known.words for known in reasons(desk) if known.code == found.reason), found.reason)
    return TicketSlip(
        desk.office, found.ticket, words, desk.local(found.came_at), ahead(waiting, found), found.language
    )


def at_counter(desk: Desk, actor: Actor) -> AtCounter:
    """Return whom one serves, and how long the conversation of now has probably taken."""
    actor.require(Act.SERVE_QUEUE)
    with desk.read() as work:
        visit_now = rows.at_counter(work.conn, actor.user, desk.today())
        last = entries.last_moment_of(work.conn, actor.user, desk.today())
        counter = counter_of(work.conn, actor.user)
        person = customers.one(work.conn, visit_now.customer_id) if visit_now and visit_now.customer_id else None
    if visit_now is not None and visit_now.served_at is not None:
        minutes = max(round((desk.clock.now() - visit_now.served_at).total_seconds() / 60), 1)
    else:
        minutes = minutes_since(None if last is None else moment(last), desk.clock.now())
    name = "" if person is None else person.name
    return seen_by(actor.role, AtCounter(counter, visit_now, min(minutes, MOST_MINUTES), name))


def volume(desk: Desk, actor: Actor, first: date, last: date, key: str = "hour") -> tuple[Volume, ...]:
    """Count the visits of a period by ``hour`` of the office, ``reason``, ``served_by`` or ``all``; raise BadInput."""
    actor.require(Act.SEE_REPORTS)
    if key not in {"hour", "reason", "served_by", "all"}:
        raise BadInput("Visits are counted by hour, reason, served_by or all.", field="key")
    with desk.read() as work:
        found = rows.between(work.conn, first, last)
    return volumes((one.counted_on(desk.local(one.came_at), desk.today()) for one in found), key)


def one(conn: Connection, number: str) -> Visit:
    """Return a visit; raise NotFound."""
    found = rows.one(conn, number)
    if found is None:
        raise no_such(SERIES, number)
    return found


def _new(
    desk: Desk, actor: Actor, what: tuple[str, object], lay: Callable[[Connection], _Told], customer: str
) -> Done[Visit]:
    actor.require(Act.SERVE_QUEUE)
    key, command = what
    content = content_of(desk, actor.user, command)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (earlier := earlier_event(work.conn, key, content)) is not None:
            return Done(one(work.conn, str(earlier.facts["visit"])), replayed=True)
        _refuse_unknown(work.conn, customer)
        number, counted = telling.next_number(work.conn, desk, SERIES, desk.today().year)
        said = lay(work.conn)
        values = {"day": desk.today().isoformat(), "came_at": desk.now_text(), **said.values}
        draft = _draft(desk, actor, (key, content), number)
        row = told.added(visit, (number,), values, said.words)
        telling.tell(work, desk, draft, [counted, row], _about(number, customer))
        done = one(work.conn, number)
    return Done(done, TOPICS)


def _step(work: Work, desk: Desk, actor: Actor, key: tuple[str, str, str], what: tuple[str, _Told]) -> Visit:
    """Take a step with a visit and tell it."""
    number, (step, said) = key[2], what
    row = told.record(work.conn, visit, number, lock=True)
    if row is None:
        raise no_such(SERIES, number)
    elsewhere = row["served_by"] not in {None, actor.user} and row["state"] == "called"
    if step == "call" and elsewhere:
        raise Conflict(f"{row['ticket']} is called to counter {row['counter']} already.")
    values = {"state": VISIT.after(step, row["state"]), **said.values}
    draft = _draft(desk, actor, (key[0], key[1]), number)
    whose = str(values.get("customer_id") or row["customer_id"] or "")
    telling.tell(work, desk, draft, [told.changed(visit, row, values, said.words)], _about(number, whose))
    return one(work.conn, number)


def _about(number: str, customer: str) -> list[str]:
    return [about.visit(number), *([about.customer(customer)] if customer else [])]


def _reason(desk: Desk, code: str) -> Reason:
    for known in reasons(desk):
        if known.code == code.strip().lower():
            return known
    named = ", ".join(known.code for known in reasons(desk))
    raise BadInput(f"People come for one of: {named}.", field="reason")


def _refuse_unknown(conn: Connection, customer: str) -> None:
    if customer and customers.one(conn, customer) is None:
        raise NotFound(f"There is no customer “{customer[:40]}”.", field="customer_id")


def _draft(desk: Desk, actor: Actor, key: tuple[str, str], number: str) -> EntryDraft:
    return EntryDraft(
        desk.office_series, EventKind.VISIT_CHANGED, desk.today(), actor.user, key[0], content_hash=key[1],
        facts={"visit": number},
    )  # fmt: skip
