"""The returned-check list: bank accounts whose checks are taken only with a supervisor's yes (B7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from csr_desk.data.queries import Connection, entries, returned
from csr_desk.data.queries.returned import ListRecord
from csr_desk.data.unit_of_work import Work
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.checks import masked, recognizable
from csr_desk.domain.errors import BadInput, Conflict, MissingInput, NotFound
from csr_desk.domain.ledger import EntryDraft, EventKind, Written
from csr_desk.domain.money import Cents
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.returned import ListedCheck, ListReason
from csr_desk.domain.settle import routing_is_right
from csr_desk.domain.tender import SettledTender, Tender
from csr_desk.services.approvals import Needed
from csr_desk.services.bank_accounts import account_hash, all_sealed
from csr_desk.services.clock import read_stamp
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.numbers import number_from
from csr_desk.services.receipts import earlier_event, event_of_number
from csr_desk.services.words import plain_words

TOPICS = frozenset({Topic.ACCOUNTS})


@dataclass(frozen=True, slots=True)
class ListCheck:
    """Put a bank account on the list: by its numbers, or by a check that was taken with a receipt."""

    key: str
    reason: str
    words: str = ""
    routing: str = ""
    account: str = ""
    receipt: str = ""
    tender: int = 1


@dataclass(frozen=True, slots=True)
class ClearCheck:
    """Take a bank account off the list, with the reason in words."""

    key: str
    list_id: str
    words: str


@dataclass(frozen=True, slots=True)
class NewLine:
    """A line of the list about to be written, and what the ledger says of it."""

    list_id: str
    account_hash: str
    account_masked: str
    reason: ListReason

    @property
    def facts(self) -> dict[str, object]:
        """What the entry that lists it says (nothing of it names the account)."""
        return {
            "list": self.list_id,
            "account_hash": self.account_hash,
            "account_masked": self.account_masked,
            "list_reason": self.reason.value,
        }


def list_check(desk: Desk, actor: Actor, command: ListCheck) -> Done[ListedCheck]:
    """List a bank account by hand. Raises BadInput, MissingInput, NotFound, Conflict (it is listed already)."""
    actor.require(Act.LIST_CHECKS)
    content = content_of(desk, actor.user, command)
    words = plain_words(command.words, "words", 200)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        earlier = earlier_event(work.conn, command.key, content)
        if earlier is not None:
            return Done(replace(_one(desk, work.conn, str(earlier.facts["list"])), cleared_on=None), replayed=True)
        line = _new_line(desk, work.conn, command)
        if returned.listed_accounts(work.conn, {line.account_hash}):
            raise Conflict("This bank account is on the list already.")
        written = _append(work, desk, actor, (EventKind.CHECK_LISTED, command.key, content, line.facts, words))
        list_with(work, line, written)
        done = _one(desk, work.conn, line.list_id)
    return Done(done, TOPICS)


def _new_line(desk: Desk, conn: Connection, command: ListCheck) -> NewLine:
    try:
        reason = ListReason(command.reason)
    except ValueError:
        known = ", ".join(reason.value for reason in ListReason)
        raise BadInput(f"Say why the account is listed: {known}.", field="reason") from None
    if command.receipt:
        event = event_of_number(desk, conn, command.receipt)
        for row in entries.tenders_of(conn, event.key):
            if row.number == command.tender and row.account_hash:
                return NewLine(number_from("L", command.key), row.account_hash, row.account_masked, reason)
        raise BadInput("This tender names no bank account that could be recognized.", field="tender")
    if not command.routing or not command.account:
        raise MissingInput("Key routing number and account, or the receipt of the check.", field="account")
    if not routing_is_right(command.routing):
        raise BadInput("The routing number is wrong: its check digit does not fit.", field="routing")
    if not recognizable(command.routing, command.account):
        raise BadInput("Key the whole account number; its last digits belong to many accounts.", field="account")
    known_as = account_hash(desk, command.routing, command.account)
    return NewLine(number_from("L", command.key), known_as, masked(command.account), reason)


def clear_check(desk: Desk, actor: Actor, command: ClearCheck) -> Done[ListedCheck]:
    """Take an account off the list; its line stays. Raises NotFound, Conflict (cleared before), MissingInput."""
    actor.require(Act.LIST_CHECKS)
    content = content_of(desk, actor.user, command)
    words = plain_words(command.words, "words", 200)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        earlier = earlier_event(work.conn, command.key, content)
        if earlier is not None:
            return Done(_one(desk, work.conn, str(earlier.facts["list"])), replayed=True)
        known = _one(desk, work.conn, command.list_id)
        if not known.live:
            raise Conflict("This bank account was cleared already.")
        if not words:
            raise MissingInput("Say why the account is cleared.", field="words")
        facts: dict[str, object] = {"list": known.list_id}
        written = _append(work, desk, actor, (EventKind.CHECK_CLEARED, command.key, content, facts, words))
        returned.clear_listed(work.conn, known.list_id, written.key)
        done = _one(desk, work.conn, known.list_id)
    return Done(done, TOPICS)


def _append(work: Work, desk: Desk, actor: Actor, what: tuple[EventKind, str, str, dict[str, object], str]) -> Written:
    kind, key, content, facts, words = what
    return work.append(
        EntryDraft(
            series=desk.office_series,
            kind=kind,
            business_date=desk.today(),
            actor=actor.user,
            idem_key=key,
            content_hash=content,
            facts=facts,
            notes={"reason": words} if words else {},
        ),
        desk.now_text(),
    )


def list_with(work: Work, line: NewLine, written: Written) -> None:
    """Write a line whose entry says so."""
    returned.insert_listed(
        work.conn,
        {
            "list_id": line.list_id,
            "account_hash": line.account_hash,
            "account_masked": line.account_masked,
            "reason": line.reason.value,
            "listed_at": written.recorded_at,
            "series_id": written.key.series,
            "seq": written.key.seq,
            "cleared_series": None,
            "cleared_seq": None,
        },
    )


def checks_listed(desk: Desk, actor: Actor) -> tuple[ListedCheck, ...]:
    """Return the whole list, the newest first; cleared lines say so."""
    actor.require(Act.LIST_CHECKS)
    with desk.read() as work:
        return tuple(_value(desk, work.conn, record) for record in returned.all_listed(work.conn))


def _one(desk: Desk, conn: Connection, list_id: str) -> ListedCheck:
    record = returned.one_listed(conn, list_id)
    if record is None:
        raise NotFound(f"The returned-check list has no line “{list_id[:40]}”.", field="list")
    return _value(desk, conn, record)


def _value(desk: Desk, conn: Connection, record: ListRecord) -> ListedCheck:
    cleared = None if record.cleared is None else entries.event_at(conn, record.cleared)
    return ListedCheck(
        record.list_id,
        record.account_masked,
        record.reason,
        desk.local(read_stamp(record.listed_at)).date(),
        record.listed_by,
        entries.notes_of(conn, record.event).get("reason", ""),
        None if cleared is None else desk.local(read_stamp(cleared.recorded_at)).date(),
    )


def listed_among(conn: Connection, tenders: Sequence[SettledTender]) -> tuple[tuple[str, ...], Cents]:
    """Return the lines of the list that stand against tenders, and the sum of those tenders (cents)."""
    hashes = {part.tender.account_hash for part in tenders if part.tender.account_hash}
    found = {record.account_hash: record.list_id for record in returned.listed_accounts(conn, hashes)}
    amount = sum(part.given for part in tenders if part.tender.account_hash in found)
    return tuple(sorted(found.values())), amount


def approval_needed(actor: Actor, key: str, listed: tuple[tuple[str, ...], Cents]) -> tuple[Needed, ...]:
    """Return what a supervisor must approve before listed checks are taken; raise NotPermitted."""
    lines, amount = listed
    if not lines:
        return ()
    actor.require(Act.TAKE_LISTED_CHECK)
    return ((Act.TAKE_LISTED_CHECK, key, amount),)


def warning_of(desk: Desk, actor: Actor, tenders: Sequence[Tender]) -> str:
    """Return what to say at once when a check is entered whose account is listed; empty for others."""
    actor.require(Act.QUOTE)
    hashes = {one.account_hash for one in all_sealed(desk, tenders) if one.account_hash}
    if not hashes:
        return ""
    with desk.read() as work:
        listed = returned.listed_accounts(work.conn, hashes)
    if not listed:
        return ""
    return (
        f"A check of the account {listed[0].account_masked} came back, or is not to be taken. "
        "Ask for cash, a money order or a cashier’s check; only a supervisor lets this check pass."
    )
