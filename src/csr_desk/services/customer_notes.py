"""Notes on a customer: for information, a warning, or one to be read before a sale; with an end where they have one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from csr_desk.data.queries import customers
from csr_desk.domain.changes import Done
from csr_desk.domain.customers import Level, Note, one_of
from csr_desk.domain.errors import BadInput, MissingInput, NotFound
from csr_desk.domain.masking import seen_by
from csr_desk.domain.people import Act, Actor
from csr_desk.services.customers_entry import TOPICS, own_record
from csr_desk.services.desk import Desk
from csr_desk.services.numbers import number_from
from csr_desk.services.words import plain_words


@dataclass(frozen=True, slots=True)
class AddNote:
    """A note; without ``expires_on`` (its last day) it counts until somebody takes it off."""

    key: str
    customer: str
    level: Level
    words: str
    expires_on: date | None = None


def add_note(desk: Desk, actor: Actor, command: AddNote) -> Done[Note]:
    """Put a note on a customer; raise NotFound, MissingInput, BadInput (it would have run out already)."""
    actor.require(Act.EDIT_ACCOUNTS)
    words = plain_words(command.words, "words")
    if not words:
        raise MissingInput("A note says something.", field="words")
    if command.expires_on is not None and command.expires_on < desk.today():
        raise BadInput("A note does not run out before today.", field="expires_on")
    level = one_of(Level, command.level, "level")
    note_id = number_from("N", command.key)
    with desk.begin() as work:
        record = own_record(work.conn, command.customer)
        known = customers.one_note(work.conn, note_id)
        if known is not None:
            return Done(known, replayed=True)
        note = Note(note_id, record.number, level, words, command.expires_on, actor.user, desk.now_text())
        customers.insert_note(
            work.conn,
            {
                "note_id": note.note_id, "customer_id": note.customer, "level": note.level.value, "words": note.words,
                "expires_on": None if note.expires_on is None else note.expires_on.isoformat(),
                "written_by": note.written_by, "written_at": note.written_at,
            },
        )  # fmt: skip
    return Done(note, TOPICS)


def close_note(desk: Desk, actor: Actor, note_id: str) -> Done[str]:
    """Take a note off: it stays on the time line with who did it; raise NotFound."""
    actor.require(Act.EDIT_ACCOUNTS)
    with desk.begin() as work:
        note = customers.one_note(work.conn, note_id)
        if note is None:
            raise NotFound(f"There is no note “{note_id[:40]}”.", field="note")
        if note.closed_by:
            return Done(note_id, replayed=True)
        customers.close_note(work.conn, note_id, actor.user, desk.now_text())
    return Done(note_id, TOPICS)


def notes(desk: Desk, actor: Actor, number: str) -> tuple[Note, ...]:
    """Return every note on a customer, newest first, with those that ran out or were taken off."""
    actor.require(Act.SEE_CUSTOMERS)
    with desk.read() as work:
        person = customers.same_person(work.conn, customers.root_of(work.conn, number))
        found = customers.notes_of(work.conn, person)
    return seen_by(actor.role, found)
