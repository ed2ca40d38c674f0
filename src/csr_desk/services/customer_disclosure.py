"""Confidential customers: who asked to be, and a line in the log for whatever of them is told to somebody (F14).

Tex. Util. Code 182.052: a utility keeps address, telephone, usage and amounts of a customer who asked for it. The
ledger holds each request and each telling; to whom and why are words that may be purged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from csr_desk.data.queries import about, customers, entries, payments
from csr_desk.data.queries.entries import Event
from csr_desk.data.unit_of_work import Work
from csr_desk.domain.about import ABOUT
from csr_desk.domain.about import customer as customer_subject
from csr_desk.domain.changes import Done
from csr_desk.domain.customers import Disclosure, Told, one_of
from csr_desk.domain.errors import Conflict, MissingInput, NotFound
from csr_desk.domain.ledger import EntryDraft, EventKey, EventKind
from csr_desk.domain.masking import seen_by
from csr_desk.domain.people import Act, Actor
from csr_desk.services.customers_entry import TOPICS, own_record
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.receipts import earlier_event
from csr_desk.services.words import plain_words


@dataclass(frozen=True, slots=True)
class SetConfidential:
    """A customer asked that nothing of theirs is told (or no longer asks); ``reason``: how, a form or a call."""

    key: str
    customer: str
    confidential: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Disclose:
    """Something of a confidential customer is told: what, to whom, and how they proved who they are."""

    key: str
    customer: str
    to: str
    reason: str
    what: tuple[Told, ...] = (Told.CONTACT,)


def set_confidential(desk: Desk, actor: Actor, command: SetConfidential) -> Done[Disclosure]:
    """Make a customer confidential, or lift it; raise NotFound, Conflict (they are already), MissingInput.

    Without a reason nobody's secret is lifted; to make one needs none.
    """
    actor.require(Act.EDIT_ACCOUNTS if command.confidential else Act.DISCLOSE)
    reason = plain_words(command.reason, "reason")
    if not command.confidential and not reason:
        raise MissingInput("Key how the customer asked for it.", field="reason")
    content = content_of(desk, actor.user, command)
    change = "closed" if command.confidential else "opened"
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (earlier := earlier_event(work.conn, command.key, content)) is not None:
            return Done(disclosure_of(earlier, entries.notes_of(work.conn, earlier.key)), replayed=True)
        record = own_record(work.conn, command.customer)
        if record.confidential == command.confidential:
            raise Conflict(f"This customer is {'confidential' if record.confidential else 'not confidential'} already.")
        customers.update_customer(work.conn, record.number, {"confidential": int(command.confidential)})
        facts: dict[str, object] = {"customer": record.number, "change": change}
        done = _write(work, desk, actor, (command.key, content, facts, {"reason": reason}))
    return Done(done, TOPICS)


def disclose(desk: Desk, actor: Actor, command: Disclose) -> Done[Disclosure]:
    """Log that something of a confidential customer is told, and show it to this person for the rest of the day.

    Raises NotFound, MissingInput (to whom, or how they proved who they are), BadInput, Conflict (not confidential).
    """
    actor.require(Act.DISCLOSE)
    payee, reason = plain_words(command.to, "to", 120), plain_words(command.reason, "reason")
    if not payee:
        raise MissingInput("Key to whom it is told.", field="to")
    if not reason:
        raise MissingInput("Key how they proved who they are, or why they may know it.", field="reason")
    what = [one_of(Told, one, "what").value for one in command.what]
    if not what:
        raise MissingInput("Say what is told.", field="what")
    content = content_of(desk, actor.user, command)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (earlier := earlier_event(work.conn, command.key, content)) is not None:
            return Done(disclosure_of(earlier, entries.notes_of(work.conn, earlier.key)), replayed=True)
        record = own_record(work.conn, command.customer)
        if not record.confidential:
            raise Conflict("This customer is not confidential; nothing needs to be logged.")
        facts: dict[str, object] = {"customer": record.number, "change": "told", "what": what}
        notes = {"payee": payee, "reason": reason}
        done = _write(work, desk, actor, (command.key, content, facts, notes))
    return Done(done, TOPICS)


def disclosures(desk: Desk, actor: Actor, number: str) -> tuple[Disclosure, ...]:
    """Return the disclosure log of a customer, newest first; raise NotFound."""
    actor.require(Act.SEE_CUSTOMERS)
    with desk.read() as work:
        if customers.one(work.conn, number) is None:
            raise NotFound(f"There is no customer “{number[:40]}”.", field="customer")
        person = customers.same_person(work.conn, customers.root_of(work.conn, number))
        events = about.entries_about(work.conn, [*map(customer_subject, person)], (EventKind.DISCLOSED,))
        found = tuple(disclosure_of(event, entries.notes_of(work.conn, event.key)) for event in events)
    return seen_by(actor.role, found)


def _write(
    work: Work, desk: Desk, actor: Actor, what: tuple[str, str, dict[str, object], dict[str, str]]
) -> Disclosure:
    key, content, facts, notes = what
    subject = customer_subject(str(facts["customer"]))
    draft = EntryDraft(
        series=desk.office_series,
        kind=EventKind.DISCLOSED,
        business_date=desk.today(),
        actor=actor.user,
        idem_key=key,
        content_hash=content,
        facts={**facts, ABOUT: [subject]},
        notes={topic: text for topic, text in notes.items() if text},
    )
    written = work.append(draft, desk.now_text())
    payments.note_about(work.conn, written.key, [subject])
    return _of(written.key, actor.user, written.recorded_at, draft.facts, draft.notes)


def disclosure_of(event: Event, notes: Mapping[str, str]) -> Disclosure:
    """Read a line of the log from its entry and the words kept beside it."""
    return _of(event.key, event.actor, event.recorded_at, event.facts, notes)


def _of(key: EventKey, by: str, at: str, facts: Mapping[str, object], notes: Mapping[str, str]) -> Disclosure:
    what = facts.get("what", ())
    told = tuple(str(one) for one in what) if isinstance(what, list | tuple) else ()
    return Disclosure(
        key, str(facts["customer"]), str(facts["change"]), by, at, told, notes.get("payee", ""),
        notes.get("reason", ""),
    )  # fmt: skip
