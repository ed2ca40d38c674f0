"""Permits looked at, corrected and ended: each is what its receipt and the entries after it say (G3, G5)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from csr_desk.data.models import permit, permit_change
from csr_desk.data.queries import Connection, contractors, entries, permits, told
from csr_desk.data.queries.permits import ChangeRecord, PermitRecord
from csr_desk.data.unit_of_work import Work
from csr_desk.domain import numbering
from csr_desk.domain.catalogue import Item
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.errors import BadInput, Conflict, MissingInput, NotFound
from csr_desk.domain.ledger import EntryDraft, EventKey, EventKind
from csr_desk.domain.masking import seen_by
from csr_desk.domain.money import Cents
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.steps import PERMIT
from csr_desk.domain.telling import Change
from csr_desk.domain.validity import is_over, list_until
from csr_desk.services import inspections, permit_signing, telling
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.permit_ends import dropped
from csr_desk.services.permit_sales import PERMITS, subjects_of
from csr_desk.services.receipts import earlier_event
from csr_desk.services.words import plain_words

__all__ = [
    "ChangeRecord",
    "CorrectPermit",
    "EndPermit",
    "ExpirePermits",
    "PermitView",
    "correct_permit",
    "end_permit",
    "expire_permits",
    "find_permits",
    "inputs_of",
    "locked",
    "names_of",
    "next_change",
    "number_of",
    "numbers_of",
    "one_permit",
    "permit_of",
    "permits_ending",
    "permits_of_project",
    "view_of",
]

TOPICS = frozenset({Topic.PERMITS})
MOST_FOUND = 200
LONGEST_SITE = 200
ENDS = ("final", "revoke")


@dataclass(frozen=True, slots=True)
class PermitView:
    """A permit with all that is known of it (cents)."""

    record: PermitRecord
    changes: tuple[ChangeRecord, ...]
    inputs: tuple[tuple[str, str], ...]
    """What was keyed for it, as it stands now: label and value; empty where it was purged."""
    receipt: str
    contractor_name: str
    over: bool
    """It may still be worked on by its state, and its last day is past."""
    code: str = ""
    """The code on its paper; nothing where it is not signed."""

    @property
    def due(self) -> Cents:
        """What has still to be paid for it; below zero what has to be given back."""
        return sum(one.amount for one in self.changes if one.state == "due")


@dataclass(frozen=True, slots=True)
class CorrectPermit:
    """Correct the address of a permit: a new paper is due, and releases compare with the new one."""

    key: str
    permit: str
    site: str
    reason: str


@dataclass(frozen=True, slots=True)
class EndPermit:
    """Close a permit as finished (``final``), or take the authority back (``revoke``)."""

    key: str
    permit: str
    how: str
    reason: str


@dataclass(frozen=True, slots=True)
class ExpirePermits:
    """Record of every permit whose last day is past that it ran out."""

    key: str


def permit_of(desk: Desk, actor: Actor, number: str) -> PermitView:
    """Return a permit with what happened to it; raise NotFound, BadInput (a figure is wrong)."""
    actor.require(Act.SEE_PROJECTS)
    with desk.read() as work:
        return seen_by(actor.role, view_of(work.conn, desk, one_permit(work.conn, number)))


def find_permits(desk: Desk, actor: Actor, words: str) -> tuple[PermitRecord, ...]:
    """Find permits by a piece of their number, address or description, the newest first."""
    actor.require(Act.SEE_PROJECTS)
    wanted = plain_words(words, "search", 120)
    with desk.read() as work:
        return permits.find(work.conn, wanted, MOST_FOUND)


def permits_of_project(desk: Desk, actor: Actor, project: str) -> tuple[PermitView, ...]:
    """Return the permits of a project, by number."""
    actor.require(Act.SEE_PROJECTS)
    with desk.read() as work:
        found = tuple(view_of(work.conn, desk, one) for one in permits.of_project(work.conn, project))
    return seen_by(actor.role, found)


def permits_ending(desk: Desk, actor: Actor, days: int | None = None) -> tuple[PermitRecord, ...]:
    """Return permits that may be worked on and end within so many days (the policy's, if None), soonest first.

    Those that ran out and do not say so yet are among them.
    """
    actor.require(Act.SEE_PROJECTS)
    within = desk.policy.paper_warn_days if days is None else days
    with desk.read() as work:
        return permits.ending(work.conn, date.min, list_until(desk.today(), within), MOST_FOUND)


def correct_permit(desk: Desk, actor: Actor, command: CorrectPermit) -> Done[PermitView]:
    """Correct a permit's address; raise NotFound, WrongState, MissingInput, BadInput (it stands there already)."""
    actor.require(Act.AMEND_PERMIT)
    content = content_of(desk, actor.user, command)
    site = " ".join(plain_words(command.site, "site", LONGEST_SITE).split())
    reason = plain_words(command.reason, "reason", 200)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        number = number_of(command.permit)
        if earlier_event(work.conn, command.key, content) is not None:
            return Done(view_of(work.conn, desk, one_permit(work.conn, number)), replayed=True)
        row = locked(work, number)
        PERMIT.after("correct", row["state"])
        if not site or not reason:
            raise MissingInput("Key the address as it has to be, and why.", field="reason" if site else "site")
        if site == row["site"]:
            raise BadInput("This is the address that the permit has.", field="site")
        words = _site_words(site)
        changed = {**row, **words}
        signature = permit_signing.signed_anew(work.conn, desk, changed)
        note = next_change(work.conn, number, {"kind": "correction", "state": "done", "amount_minor": 0}, reason, desk)
        draft = _draft(desk, actor, (command.key, content), {}, {})
        _tell(work, desk, draft, [told.changed(permit, row, signature, words), note], changed)
        done = view_of(work.conn, desk, one_permit(work.conn, number))
    return Done(done, TOPICS)


def _site_words(site: str) -> dict[str, str | None]:
    from csr_desk.domain.sites import site_key  # noqa: PLC0415 - it loads the reader of addresses

    return {"site": site, "site_key": site_key(site)}


def end_permit(desk: Desk, actor: Actor, command: EndPermit) -> Done[PermitView]:
    """Close a permit as finished, or revoke it; raise NotFound, BadInput, WrongState, MissingInput (no reason)."""
    actor.require(Act.END_PERMIT)
    content = content_of(desk, actor.user, command)
    reason = plain_words(command.reason, "reason", 200)
    if command.how not in ENDS:
        raise BadInput("A permit ends as final, or it is revoked.", field="how")
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        number = number_of(command.permit)
        if earlier_event(work.conn, command.key, content) is not None:
            return Done(view_of(work.conn, desk, one_permit(work.conn, number)), replayed=True)
        row = locked(work, number)
        values = {"state": PERMIT.after(command.how, row["state"]), "ended_on": desk.today().isoformat()}
        if not reason:
            raise MissingInput("Say why the permit ends.", field="reason")
        over = "The permit is revoked." if command.how == "revoke" else "The permit is finished."
        changes = [told.changed(permit, row, values), *inspections.called_off(work.conn, number, over)]
        if command.how == "revoke":
            more: dict[str, str | int | None] = {"kind": "revocation", "state": "done", "amount_minor": 0}
            changes.append(next_change(work.conn, number, more, reason, desk))
            changes += dropped(work.conn, number, refunds=False)
        notes = {} if command.how == "revoke" else {"reason": reason}
        _tell(work, desk, _draft(desk, actor, (command.key, content), {}, notes), changes, row)
        done = view_of(work.conn, desk, one_permit(work.conn, number))
    return Done(done, TOPICS)


def expire_permits(desk: Desk, actor: Actor, command: ExpirePermits) -> Done[tuple[str, ...]]:
    """Record which permits ran out (MOST_FOUND at once), and return their numbers."""
    actor.require(Act.AMEND_PERMIT)
    content = content_of(desk, actor.user, command)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        earlier = earlier_event(work.conn, command.key, content)
        if earlier is not None:
            return Done(tuple(earlier.facts["expired"]), replayed=True)
        changes, subjects = [], []
        for number in permits.over(work.conn, desk.today(), MOST_FOUND):
            row = locked(work, number)
            if is_over(row["state"], _day(row["expires_on"]), desk.today()):
                values = {"state": PERMIT.after("expire", row["state"]), "ended_on": row["expires_on"]}
                changes.append(told.changed(permit, row, values))
                subjects += subjects_of(number, row)
        expired = [str(change.key[0]) for change in changes]
        if changes:
            draft = _draft(desk, actor, (command.key, content), {"expired": expired}, {})
            telling.tell(work, desk, draft, changes, subjects)
    return Done(tuple(expired), TOPICS)


# ---- what the other services of permits share


def number_of(typed: str) -> str:
    """Read a permit's number as keyed or scanned; raise NotFound where it is none, BadInput (a figure is wrong)."""
    read = numbering.read_number(numbering.FIXED["permit"], typed)
    if read is None:
        raise NotFound(f"There is no permit “{typed.strip()[:40]}”.", field="permit")
    return read.number


def one_permit(conn: Connection, typed: str) -> PermitRecord:
    """Return a permit by its number as keyed; raise NotFound, BadInput."""
    number = number_of(typed)
    found = permits.one_permit(conn, number)
    if found is None:
        raise NotFound(f"There is no permit “{number}”.", field="permit")
    return found


def locked(work: Work, number: str) -> told.Record:
    """Return the row of a permit that nobody else changes until this act is final; raise NotFound."""
    row = told.record(work.conn, permit, number, lock=True)
    if row is None:
        raise NotFound(f"There is no permit “{number}”.", field="permit")
    return row


def next_change(
    conn: Connection, number: str, values: Mapping[str, str | int | None], reason: str, desk: Desk
) -> Change:
    """Tell the next thing that happens to a permit, whose row is locked; ``values`` say its kind, state and amount."""
    n = len(permits.changes_of(conn, number)) + 1
    words = {"reason": reason or None}
    return told.added(permit_change, (number, n), {"on_date": desk.today().isoformat(), **values}, words)


def numbers_of(desk: Desk, receipt: EventKey) -> tuple[str, ...]:
    """Return the numbers of the permits that a receipt issued."""
    with desk.read() as work:
        return tuple(one.number for one in permits.of_receipt(work.conn, receipt))


def inputs_of(conn: Connection, record: PermitRecord) -> dict[str, str]:
    """Return what was keyed for a permit by the labels of the form, with what was corrected since."""
    event = entries.event_at(conn, record.receipt)
    if event is None:
        raise Conflict
    mine = set(event.facts.get(PERMITS, {}).get(record.number, (record.receipt_line,)))
    rows = json.loads(entries.notes_of(conn, record.receipt).get("inputs", "[]"))
    keyed = {label: value for line, label, value in rows if line in mine}
    for change in permits.changes_of(conn, record.number):
        if change.state == "done" and change.inputs:
            keyed |= json.loads(change.inputs)
    return keyed


def names_of(item: Item) -> dict[str, str]:
    """Return the names of an item's inputs by their labels: a receipt keeps the labels, prices ask for the names."""
    return {one.label: one.name for version in item.versions for one in version.inputs}


def view_of(conn: Connection, desk: Desk, record: PermitRecord) -> PermitView:
    """Return a permit with what is known of it."""
    who = contractors.one_contractor(conn, record.contractor) if record.contractor else None
    return PermitView(
        record,
        permits.changes_of(conn, record.number),
        tuple(inputs_of(conn, record).items()),
        permits.receipt_of(conn, record.receipt),
        who.name if who else "",
        is_over(record.state, record.expires_on, desk.today()),
        permit_signing.code_of(desk, conn, record.number) if record.signature else "",
    )


def _tell(work: Work, desk: Desk, draft: EntryDraft, changes: Sequence[Change], row: Mapping[str, object]) -> None:
    telling.tell(work, desk, draft, changes, subjects_of(str(row["permit_no"]), row))


def _draft(
    desk: Desk, actor: Actor, what: tuple[str, str], facts: Mapping[str, object], notes: Mapping[str, str]
) -> EntryDraft:
    key, content = what
    return EntryDraft(
        series=desk.office_series, kind=EventKind.PERMIT_CHANGED, business_date=desk.today(), actor=actor.user,
        idem_key=key, content_hash=content, facts=facts, notes=notes,
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
