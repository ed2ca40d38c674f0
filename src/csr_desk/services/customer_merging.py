"""Joining two records of one person, and parting them again: nothing is lost, and the ledger says what moved (F2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from csr_desk.data.queries import Connection, about, customers, payments
from csr_desk.data.queries.customers import CustomerRecord, PartyRecord
from csr_desk.data.queries.entries import Event
from csr_desk.data.unit_of_work import Work
from csr_desk.domain.about import ABOUT
from csr_desk.domain.about import account as account_subject
from csr_desk.domain.about import customer as customer_subject
from csr_desk.domain.changes import Done
from csr_desk.domain.errors import BadInput, Conflict, MissingInput, NotFound
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.people import Act, Actor
from csr_desk.services.customers_entry import TOPICS, own_record, refile
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.receipts import earlier_event
from csr_desk.services.words import plain_words


@dataclass(frozen=True, slots=True)
class MergeCustomers:
    """The record that stays, the one that is joined with it, and why they are one person."""

    key: str
    keep: str
    joined: str
    reason: str


@dataclass(frozen=True, slots=True)
class PartCustomers:
    """The record that is taken out of another again, and why."""

    key: str
    joined: str
    reason: str


@dataclass(frozen=True, slots=True)
class Merged:
    """Which records, and the accounts that changed their name with it."""

    keep: str
    joined: str
    accounts: tuple[str, ...]


def merge_customers(desk: Desk, actor: Actor, command: MergeCustomers) -> Done[Merged]:
    """Join two records: accounts and parts move to the one that stays, which is found under the words of both.

    Raises NotFound, BadInput (the same record), MissingInput (no reason), Conflict (joined already, or only one of them
    is confidential: what one asked to keep must not be told under the other's name).
    """
    actor.require(Act.MERGE_CUSTOMERS)
    reason = _reason(command.reason)
    if command.keep == command.joined:
        raise BadInput("Name two records.", field="joined")
    content = content_of(desk, actor.user, command)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (earlier := earlier_event(work.conn, command.key, content)) is not None:
            return Done(_of(earlier.facts), replayed=True)
        keep, joined = own_record(work.conn, command.keep), own_record(work.conn, command.joined)
        if keep.confidential != joined.confidential:
            raise Conflict("Only one of them is confidential. Ask the customer, and make both the same first.")
        facts = _move(work.conn, keep, joined)
        _write(work, desk, actor, (command.key, content, EventKind.CUSTOMER_MERGED, facts, reason))
        refile(desk, work.conn, (keep.number, joined.number))
    return Done(_of(facts), TOPICS)


def part_customers(desk: Desk, actor: Actor, command: PartCustomers) -> Done[Merged]:
    """Take a joined record out again: what moved with it moves back; later accounts stay where they were opened.

    Raises NotFound, MissingInput, Conflict (not joined, or the other was joined with a third since: part that first).
    """
    actor.require(Act.MERGE_CUSTOMERS)
    reason = _reason(command.reason)
    content = content_of(desk, actor.user, command)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (earlier := earlier_event(work.conn, command.key, content)) is not None:
            return Done(_of(earlier.facts), replayed=True)
        joined = customers.one(work.conn, command.joined)
        if joined is None:
            raise NotFound(f"There is no customer “{command.joined[:40]}”.", field="joined")
        if joined.merged_into is None:
            raise Conflict(f"Customer {joined.number} is joined with nobody.")
        own_record(work.conn, joined.merged_into)
        facts = _move_back(work.conn, joined, _last_merge(work.conn, joined))
        _write(work, desk, actor, (command.key, content, EventKind.CUSTOMER_PARTED, facts, reason))
        refile(desk, work.conn, (str(facts["customer"]), joined.number))
    return Done(_of(facts), TOPICS)


def _reason(text: str) -> str:
    reason = plain_words(text, "reason")
    if not reason:
        raise MissingInput("Key how you know.", field="reason")
    return reason


def _move(conn: Connection, keep: CustomerRecord, joined: CustomerRecord) -> dict[str, Any]:
    """Move accounts and parts to the record that stays; return what moved as the entry's facts."""
    accounts = customers.account_numbers_of(conn, joined.number)
    customers.give_accounts(conn, accounts, keep.number)
    held = {(party.account, party.role) for party in customers.parties_of(conn, [keep.number])}
    own = set(customers.account_numbers_of(conn, keep.number))
    moved = []
    for party in customers.parties_of(conn, [joined.number]):
        new = (party.account, party.role) not in held and party.account not in own
        customers.delete_party(conn, party)
        if new:
            customers.insert_parties(conn, [_with(party, keep.number)])
        moved.append([party.account, party.role, _text(party.since), _text(party.until), new])
    customers.update_customer(conn, joined.number, {"merged_into": keep.number})
    return {"customer": keep.number, "merged": joined.number, "accounts": list(accounts), "parties": moved}


def _move_back(conn: Connection, joined: CustomerRecord, merge: Event) -> dict[str, Any]:
    keep = str(merge.facts["customer"])
    accounts = [str(number) for number in merge.facts["accounts"]]
    customers.give_accounts(conn, accounts, joined.number)
    held = {(party.account, party.role): party for party in customers.parties_of(conn, [keep])}
    for account, role, since, until, new in merge.facts["parties"]:
        party = PartyRecord(account, joined.number, role, _day(since), _day(until))
        if new and (account, role) in held:  # it may have ended in the meantime
            party = _with(held[account, role], joined.number)
            customers.delete_party(conn, held[account, role])
        customers.insert_parties(conn, [party])
    customers.update_customer(conn, joined.number, {"merged_into": None})
    return {"customer": keep, "merged": joined.number, "accounts": accounts, "parties": merge.facts["parties"]}


def _last_merge(conn: Connection, joined: CustomerRecord) -> Event:
    events = about.entries_about(conn, [customer_subject(joined.number)], (EventKind.CUSTOMER_MERGED,))
    found = [event for event in events if event.facts["merged"] == joined.number]
    if not found:
        raise Conflict(f"No entry says that customer {joined.number} was joined. Let the database be verified.")
    return max(found, key=lambda event: event.key.seq)


def _write(work: Work, desk: Desk, actor: Actor, what: tuple[str, str, EventKind, dict[str, Any], str]) -> None:
    key, content, kind, facts, reason = what
    subjects = sorted(_subjects(facts))
    written = work.append(
        EntryDraft(
            series=desk.office_series,
            kind=kind,
            business_date=desk.today(),
            actor=actor.user,
            idem_key=key,
            content_hash=content,
            facts={**facts, ABOUT: subjects},
            notes={"reason": reason},
        ),
        desk.now_text(),
    )
    payments.note_about(work.conn, written.key, subjects)


def _subjects(facts: dict[str, Any]) -> Sequence[str]:
    accounts = [account_subject(number) for number in facts["accounts"]]
    return [customer_subject(facts["customer"]), customer_subject(facts["merged"]), *accounts]


def _of(facts: dict[str, Any]) -> Merged:
    return Merged(facts["customer"], facts["merged"], tuple(facts["accounts"]))


def _with(party: PartyRecord, customer: str) -> PartyRecord:
    return PartyRecord(party.account, customer, party.role, party.since, party.until)


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
