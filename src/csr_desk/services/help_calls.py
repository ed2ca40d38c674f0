"""Calls for the supervisor: one key at the counter, told and answered like everything else (I8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from csr_desk.data.models import help_call
from csr_desk.data.queries import Connection, customers, told
from csr_desk.data.queries import help_calls as rows
from csr_desk.data.unit_of_work import Work
from csr_desk.domain import about
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.errors import NotFound, NotPermitted
from csr_desk.domain.help_calls import HelpCall, in_order
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.masking import seen_by
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.request_steps import CALL
from csr_desk.domain.telling import Change, Value
from csr_desk.services import telling
from csr_desk.services.counters import counter_of
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.receipts import earlier_event
from csr_desk.services.typed_numbers import no_such, typed_number
from csr_desk.services.words import plain_words

SERIES = "help_call"
TOPICS = frozenset({Topic.QUEUE})


@dataclass(frozen=True, slots=True)
class CallHelp:
    """Somebody at the counter needs the supervisor; nothing has to be said."""

    key: str
    customer_id: str = ""
    """Who stands at the counter, where their page is in front."""
    words: str = ""


@dataclass(frozen=True, slots=True)
class AnswerCall:
    """I come."""

    key: str
    call: str


@dataclass(frozen=True, slots=True)
class EndCall:
    """It is settled, or was called by mistake."""

    key: str
    call: str


def call_help(desk: Desk, actor: Actor, command: CallHelp) -> Done[HelpCall]:
    """Call the supervisor; whose call is still open calls nobody twice. Raise NotFound (customer)."""
    actor.require(Act.CALL_SUPERVISOR)
    words = plain_words(command.words, "words", 300)
    content = content_of(desk, actor.user, command)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (earlier := earlier_event(work.conn, command.key, content)) is not None:
            return Done(one(work.conn, str(earlier.facts["call"])), replayed=True)
        waiting = next(iter(rows.live(work.conn, actor.user)), None)
        if waiting is not None:
            return Done(waiting, replayed=True)
        if command.customer_id and customers.one(work.conn, command.customer_id) is None:
            raise NotFound(f"There is no customer “{command.customer_id[:40]}”.", field="customer_id")
        number, counted = telling.next_number(work.conn, desk, SERIES, desk.today().year)
        values: dict[str, Value] = {
            "station": counter_of(work.conn, actor.user), "state": "open", "called_by": actor.user,
            "called_at": desk.now_text(),
        }  # fmt: skip
        values |= {"customer_id": command.customer_id} if command.customer_id else {}
        row = told.added(help_call, (number,), values, {"words": words} if words else {})
        done = _tell(work, desk, actor, (command.key, content, number), [counted, row])
    return Done(done, TOPICS)


def answer_call(desk: Desk, actor: Actor, command: AnswerCall) -> Done[HelpCall]:
    """Say that one comes; raise NotFound, WrongState (somebody comes already, or it ended)."""
    actor.require(Act.ANSWER_CALL)
    said = {"answered_by": actor.user, "answered_at": desk.now_text()}
    return _step(desk, actor, (command.key, command, command.call), ("answer", said))


def settle_call(desk: Desk, actor: Actor, command: EndCall) -> Done[HelpCall]:
    """End one's own call; raise NotPermitted (another's), NotFound, WrongState."""
    actor.require(Act.CALL_SUPERVISOR)
    return _step(desk, actor, (command.key, command, command.call), ("end", {}))


def end_call(desk: Desk, actor: Actor, command: EndCall) -> Done[HelpCall]:
    """End anybody's call: whoever answers calls may; raise NotFound, WrongState."""
    actor.require(Act.ANSWER_CALL)
    return _step(desk, actor, (command.key, command, command.call), ("end", {}))


def live_calls(desk: Desk, actor: Actor) -> tuple[HelpCall, ...]:
    """Return every call that did not end, those that nobody answered first."""
    actor.require(Act.ANSWER_CALL)
    with desk.read() as work:
        found = rows.live(work.conn)
    return seen_by(actor.role, in_order(found))


def my_call(desk: Desk, actor: Actor) -> HelpCall | None:
    """Return one's own call while it did not end."""
    actor.require(Act.CALL_SUPERVISOR)
    with desk.read() as work:
        return next(iter(rows.live(work.conn, actor.user)), None)


def one(conn: Connection, number: str) -> HelpCall:
    """Return a call; raise NotFound."""
    found = rows.one(conn, number)
    if found is None:
        raise no_such(SERIES, number)
    return found


def _step(
    desk: Desk, actor: Actor, what: tuple[str, object, str], step: tuple[str, Mapping[str, Value]]
) -> Done[HelpCall]:
    """Take a step with a call and tell it."""
    key, command, typed = what
    name, values = step
    content = content_of(desk, actor.user, command)
    number = typed_number(SERIES, typed)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (earlier := earlier_event(work.conn, key, content)) is not None:
            return Done(one(work.conn, str(earlier.facts["call"])), replayed=True)
        row = told.record(work.conn, help_call, number, lock=True)
        if row is None:
            raise no_such(SERIES, number)
        if row["called_by"] != actor.user and not actor.may(Act.ANSWER_CALL):
            raise NotPermitted("Who called ends the call, or a supervisor.")
        change = told.changed(help_call, row, {"state": CALL.after(name, row["state"]), **values}, {})
        done = _tell(work, desk, actor, (key, content, number), [change])
    return Done(done, TOPICS)


def _tell(work: Work, desk: Desk, actor: Actor, key: tuple[str, str, str], changes: list[Change]) -> HelpCall:
    number = key[2]
    draft = EntryDraft(
        desk.office_series, EventKind.HELP_CALLED, desk.today(), actor.user, key[0], content_hash=key[1],
        facts={"call": number},
    )  # fmt: skip
    whose = _customer_of(work.conn, number, changes)
    telling.tell(work, desk, draft, changes, [about.customer(whose)] if whose else [])
    return one(work.conn, number)


def _customer_of(conn: Connection, number: str, changes: list[Change]) -> str:
    told_now = next((str(one.values["customer_id"]) for one in changes if one.values.get("customer_id")), "")
    before = rows.one(conn, number)
    return told_now or (before.customer_id if before is not None else "")
