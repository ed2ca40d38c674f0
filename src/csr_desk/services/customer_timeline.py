"""The time line of a customer: bills, payments, adjustments, notes and whatever else the ledger says about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from csr_desk.data.queries import Connection, about, customers, owing
from csr_desk.data.queries.entries import Event
from csr_desk.data.queries.people import names as names_of
from csr_desk.domain.about import account as account_subject
from csr_desk.domain.about import customer as customer_subject
from csr_desk.domain.errors import NotFound
from csr_desk.domain.ledger import EventKey
from csr_desk.domain.masking import seen_by
from csr_desk.domain.money import Cents
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.telling import SETS
from csr_desk.services.desk import Desk, moment
from csr_desk.services.receipts import number_of
from csr_desk.services.request_privacy import without_restricted
from csr_desk.services.tape_words import WORDS, details
from csr_desk.services.work_words import with_results

LIMIT = 100
_NOUNS = {
    "permit": "permit", "project": "project", "sales_order": "order", "inspection": "inspection",
    "work_order": "work_order", "service_release": "release", "request": "request", "request_note": "request",
    "request_caller": "request", "request_link": "request", "form_handout": "handout", "referral": "referral",
}  # fmt: skip
"""What a row is called where a page shows it."""
BILL, NOTE = "bill", "note"


@dataclass(frozen=True, slots=True)
class Moment:
    """A line of the time line: what happened, in words, and what it came to (cents; a payment is above zero)."""

    at: datetime
    """Local to the office; what has a date only stands at its midnight."""
    kind: str
    """``bill``, ``note``, or the kind of the entry."""
    title: str
    words: str
    amount: Cents | None = None
    account: str = ""
    number: str = ""
    """The receipt, bill or note, to open it by."""
    by: str = ""
    """Who did it."""
    due: date | None = None
    """When a bill is to be paid."""
    about: str = ""
    """What it told of first, to look at it (``request:SR26-000001-9``)."""


def timeline(desk: Desk, actor: Actor, number: str, limit: int = LIMIT) -> tuple[Moment, ...]:
    """Return what happened with a customer and their accounts, newest first; raise NotFound."""
    actor.require(Act.SEE_CUSTOMERS)
    with desk.read() as work:
        if customers.one(work.conn, number) is None:
            raise NotFound(f"There is no customer “{number[:40]}”.", field="customer")
        person = customers.same_person(work.conn, customers.root_of(work.conn, number))
        accounts = [row.account_no for row in customers.accounts_of(work.conn, person)]
        moments = _moments(desk, work.conn, (person, accounts), limit)
    return seen_by(actor.role, moments)


def account_timeline(desk: Desk, actor: Actor, account_no: str, limit: int = LIMIT) -> tuple[Moment, ...]:
    """Return what happened with one account, newest first; raise NotFound."""
    actor.require(Act.SEE_CUSTOMERS)
    with desk.read() as work:
        if not customers.accounts_of(work.conn, [], [account_no]):
            raise NotFound(f"There is no account “{account_no[:40]}”.", field="account")
        moments = _moments(desk, work.conn, ((), [account_no]), limit)
    return seen_by(actor.role, moments)


def _moments(
    desk: Desk, conn: Connection, whose: tuple[Sequence[str], Sequence[str]], limit: int
) -> tuple[Moment, ...]:
    person, accounts = whose
    names = names_of(conn)
    found = [*_of_bills(desk, conn, accounts, limit), *_of_notes(desk, conn, person, names)]
    subjects = [*map(customer_subject, person), *map(account_subject, accounts)]
    events = with_results(conn, without_restricted(conn, about.entries_about(conn, subjects, limit=limit)))
    paid = owing.paid_by_entries(conn, [event.key for event in events], accounts)
    found += [moment_of(desk, event, paid, names) for event in events]
    return tuple(sorted(found, key=lambda one: one.at, reverse=True)[:limit])


def _of_bills(desk: Desk, conn: Connection, accounts: Sequence[str], limit: int) -> Iterator[Moment]:
    for bill in owing.newest_bills(conn, accounts, limit):
        day = date.fromisoformat(bill.issued_on or bill.due_date)
        due = date.fromisoformat(bill.due_date) if bill.due_date else None
        what = (bill.description, bill.amount_minor, bill.account_no, bill.bill_id)
        yield Moment(_midnight(desk, day), BILL, "Bill", *what, due=due)


def _of_notes(desk: Desk, conn: Connection, person: Sequence[str], names: Mapping[str, str]) -> Iterator[Moment]:
    for note in customers.notes_of(conn, person):
        title = "Note" if not note.closed_by else f"Note, taken off by {names.get(note.closed_by, note.closed_by)}"
        at = desk.local(moment(note.written_at))
        by = names.get(note.written_by, note.written_by)
        yield Moment(at, NOTE, title, note.words, number=note.note_id, by=by)


def moment_of(desk: Desk, event: Event, paid: Mapping[EventKey, tuple[str, Cents]], names: Mapping[str, str]) -> Moment:
    """Lay an entry out as a line; ``paid`` is what it paid and on which account (cents), ``names`` who is who."""
    account, amount = paid.get(event.key, ("", None))
    return Moment(
        desk.local(moment(event.recorded_at)),
        event.kind.value,
        WORDS[event.kind],
        details(event.kind, event.facts, names),
        amount,
        account,
        number_of(event),
        names.get(event.actor, event.actor),
        about=_told_of(event.facts),
    )


def _told_of(facts: Mapping[str, Any]) -> str:
    """Return the subject of the first row that an entry tells, where that is something to look at."""
    for row in facts.get(SETS, ()):
        if noun := _NOUNS.get(row["table"]):
            return f"{noun}:{row['key'][0]}"
    return ""


def _midnight(desk: Desk, day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(desk.office.time_zone))
