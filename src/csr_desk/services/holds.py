"""Holds: placed and lifted by a supervisor or the accountant, overridden for one sale by a second person (F10).

A violation is a hold on a permit, a project or an address that stops the release of a service (G9).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from csr_desk.data.queries import Connection, payments
from csr_desk.data.queries import holds as rows
from csr_desk.data.unit_of_work import Work
from csr_desk.domain import about, holds
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.errors import BadInput, Conflict, MissingInput, NotFound
from csr_desk.domain.holds import Hold, Stops
from csr_desk.domain.ledger import EntryDraft, EventKind, Written
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.sites import site_key
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.numbers import number_from
from csr_desk.services.receipts import earlier_event
from csr_desk.services.words import plain_words

TOPICS = frozenset({Topic.ACCOUNTS})
LONGEST_NUMBER = 40
_NAMES = ("customer", "account", "project", "permit", "contractor", "site")


@dataclass(frozen=True, slots=True)
class PlaceHold:
    """Stop sales or releases for one of what is named, to the end of ``expires_on`` or until it is lifted."""

    key: str
    words: str
    customer: str = ""
    account: str = ""
    stops: Stops = Stops.NEW
    expires_on: date | None = None
    project: str = ""
    permit: str = ""
    contractor: str = ""
    site: str = ""
    """An address as keyed; all writings of it are one."""


@dataclass(frozen=True, slots=True)
class LiftHold:
    """Let sales go on."""

    key: str
    hold: str
    reason: str


def place_hold(desk: Desk, actor: Actor, command: PlaceHold) -> Done[Hold]:
    """Place a hold; raise NotFound, MissingInput (no words), BadInput (none or several named, a day that is over)."""
    actor.require(Act.PLACE_HOLD)
    content = content_of(desk, actor.user, command)
    words = plain_words(command.words, "words", 200)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if earlier_event(work.conn, command.key, content) is not None:
            return Done(_one(work.conn, number_from("H", command.key)), replayed=True)
        subject = _subject(work.conn, command)
        if not words:
            raise MissingInput("Say why, for the person at the counter.", field="words")
        if command.expires_on is not None and command.expires_on < desk.today():
            raise BadInput("A hold ends today at the earliest.", field="expires_on")
        number = number_from("H", command.key)
        expires = command.expires_on.isoformat() if command.expires_on else None
        told = {"hold": number, "subject": subject, "stops": command.stops.value, "expires_on": expires}
        draft = _draft(desk, actor, (command.key, content), EventKind.HOLD_PLACED)
        written = _write(work, desk, draft, {**told, "about": [subject]}, {"words": words})
        rows.insert_hold(
            work.conn,
            {
                "hold_id": number, "subject": subject, "stops": command.stops.value, "words": words,
                "expires_on": expires, "series_id": written.key.series, "seq": written.key.seq,
                "lifted_series": None, "lifted_seq": None,
            },
        )  # fmt: skip
        done = _one(work.conn, number)
    return Done(done, TOPICS)


def lift_hold(desk: Desk, actor: Actor, command: LiftHold) -> Done[Hold]:
    """Lift a hold; raise NotFound, Conflict (lifted already), MissingInput (no reason)."""
    actor.require(Act.PLACE_HOLD)
    content = content_of(desk, actor.user, command)
    reason = plain_words(command.reason, "reason", 200)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if earlier_event(work.conn, command.key, content) is not None:
            return Done(_one(work.conn, command.hold), replayed=True)
        hold = _one(work.conn, command.hold, lock=True)
        if hold.lifted is not None:
            raise Conflict(f"Hold {hold.hold_id} was lifted already.")
        if not reason:
            raise MissingInput("Say why the hold is lifted.", field="reason")
        draft = _draft(desk, actor, (command.key, content), EventKind.HOLD_LIFTED)
        told = {"hold": hold.hold_id, "about": [hold.subject]}
        written = _write(work, desk, draft, told, {"reason": reason})
        rows.lift(work.conn, hold.hold_id, written.key)
        done = _one(work.conn, hold.hold_id)
    return Done(done, TOPICS)


def holds_of(desk: Desk, actor: Actor, *, customer: str = "", account: str = "") -> tuple[Hold, ...]:
    """Return the holds in force on a customer or an account, with those of whom it belongs to; all without either."""
    actor.require(Act.SEE_CUSTOMERS)
    today = desk.today()
    with desk.read() as work:
        if not customer and not account:
            found = rows.standing(work.conn)
        else:
            found = rows.holds_about(work.conn, [customer] if customer else (), [account] if account else ())
    return tuple(hold for hold in found if hold.holds_on(today))


def stopping(
    conn: Connection, sale: tuple[str, Sequence[str]], day: date, *, sells: bool, also: Iterable[str] = ()
) -> tuple[Hold, ...]:
    """Return the holds that stop a sale to a customer (a number, or nothing) and on accounts; raise NotFound.

    ``also`` names more subjects (``domain.about``): projects, contractors, and customers of whom others speak.
    """
    customer, accounts = sale
    if customer and not rows.exists(conn, holds.of_customer(customer)):
        raise NotFound(f"There is no customer “{customer[:LONGEST_NUMBER]}”.", field="customer_id")
    person, others = holds.of_customer(""), frozenset(also)
    people = {one.removeprefix(person) for one in others if one.startswith(person)} | ({customer} - {""})
    if not people and not accounts and not others:
        return ()
    things = [one for one in others if not one.startswith(person)]
    return holds.stopping(rows.holds_about(conn, people, accounts, things), day, sells=sells)


def warnings(stopped: Sequence[Hold]) -> tuple[str, ...]:
    """Say what stops a sale, for whoever is about to take money."""
    return tuple(f"A hold on {_named(hold)} stops this sale: {hold.words}" for hold in stopped)


def _named(hold: Hold) -> str:
    kind, _, number = hold.subject.partition(":")
    return "this address" if kind == "site" else f"{kind} {number}"


def _subject(conn: Connection, command: PlaceHold) -> str:
    named = {name: number for name in _NAMES if (number := getattr(command, name))}
    if len(named) != 1:
        raise BadInput("A hold is on a customer or on an account, or on one of what is permitted.", field="customer")
    ((name, number),) = named.items()
    subject = about.site(site_key(number)) if name == "site" else f"{name}:{number}"
    if not rows.exists(conn, subject):
        raise NotFound(f"There is no {name} “{number[:LONGEST_NUMBER]}”.", field=name)
    return subject


def _one(conn: Connection, number: str, *, lock: bool = False) -> Hold:
    found = rows.one_hold(conn, number.strip(), lock=lock)
    if found is None:
        raise NotFound(f"There is no hold “{number[:LONGEST_NUMBER]}”.", field="hold")
    return found


def _draft(desk: Desk, actor: Actor, what: tuple[str, str], kind: EventKind) -> EntryDraft:
    key, content = what
    return EntryDraft(
        series=desk.office_series, kind=kind, business_date=desk.today(), actor=actor.user, idem_key=key,
        content_hash=content,
    )  # fmt: skip


def _write(work: Work, desk: Desk, draft: EntryDraft, facts: Mapping[str, object], notes: dict[str, str]) -> Written:
    whole = replace(draft, facts=facts, notes=notes)
    written = work.append(whole, desk.now_text())
    named = facts[about.ABOUT]
    payments.note_about(work.conn, written.key, named if isinstance(named, list) else ())
    return written
