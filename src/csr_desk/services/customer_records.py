"""What a customer is beyond their page: parts in accounts, records joined with theirs, what was told of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from csr_desk.data.queries import Connection, about, customers, entries
from csr_desk.data.queries.people import names as names_of
from csr_desk.domain.about import customer as customer_subject
from csr_desk.domain.customers import Disclosure
from csr_desk.domain.errors import NotFound
from csr_desk.domain.ledger import EventKind
from csr_desk.domain.masking import seen_by
from csr_desk.domain.people import Act, Actor
from csr_desk.services.customer_disclosure import disclosure_of
from csr_desk.services.desk import Desk, moment


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody's part in an account that is in another's name."""

    account: str
    service: str
    holder: str
    """Number of the customer who has the part."""
    name: str
    role: str
    since: date | None
    until: date | None
    own: bool
    """It is this customer's part in another's account; else another's in an account of theirs."""

    def counts(self, on: date) -> bool:
        """Say whether it counts on a day, its last one included."""
        return self.until is None or on <= self.until


@dataclass(frozen=True, slots=True)
class JoinedRecord:
    """A record that was joined with the customer's; ``into`` is the one that it was joined with."""

    number: str
    name: str
    into: str


@dataclass(frozen=True, slots=True)
class LoggedDisclosure:
    """A line of the disclosure log with the office's own time, and who told by name."""

    line: Disclosure
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class CustomerRecords:
    """All of it, of one customer."""

    number: str
    parts: tuple[Part, ...]
    """Those that count today first."""
    joined: tuple[JoinedRecord, ...]
    told: tuple[LoggedDisclosure, ...]
    """The newest first."""


def customer_records(desk: Desk, actor: Actor, number: str) -> CustomerRecords:
    """Return the parts, the joined records and the disclosure log of a customer; raise NotFound."""
    actor.require(Act.SEE_CUSTOMERS)
    today = desk.today()
    with desk.read() as work:
        root = customers.root_of(work.conn, number)
        if customers.one(work.conn, root) is None:
            raise NotFound(f"There is no customer “{number[:40]}”.", field="customer")
        person = customers.same_person(work.conn, root)
        others = customers.all_of(work.conn, person[1:])
        joined = tuple(JoinedRecord(one.number, one.name, one.merged_into or root) for one in others)
        parts = sorted(_parts(work.conn, person), key=lambda part: (not part.counts(today), not part.own, part.account))
        told = _told(desk, work.conn, person)
    return seen_by(actor.role, CustomerRecords(root, tuple(parts), joined, told))


def _parts(conn: Connection, person: tuple[str, ...]) -> list[Part]:
    own = customers.parties_of(conn, person)
    lines = {row.account_no: row for row in customers.accounts_of(conn, person, [one.account for one in own])}
    in_theirs = [
        party
        for row in lines.values()
        if row.customer_id in person
        for party in customers.parties_in(conn, row.account_no)
        if party.customer not in person
    ]
    every = (*own, *in_theirs)
    names = {one.number: one.name for one in customers.all_of(conn, {party.customer for party in every})}
    return [
        Part(
            party.account, lines[party.account].service, party.customer, names[party.customer], party.role, party.since,
            party.until, own=party.customer in person,
        )
        for party in every
    ]  # fmt: skip


def _told(desk: Desk, conn: Connection, person: tuple[str, ...]) -> tuple[LoggedDisclosure, ...]:
    names: Mapping[str, str] = names_of(conn)
    events = about.entries_about(conn, [*map(customer_subject, person)], (EventKind.DISCLOSED,))
    return tuple(
        LoggedDisclosure(
            disclosure_of(event, entries.notes_of(conn, event.key)),
            desk.local(moment(event.recorded_at)),
            names.get(event.actor, event.actor),
        )
        for event in events
    )
