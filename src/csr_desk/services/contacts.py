"""Contacts with other companies: who was asked, when, how, about what, and what was said; mail goes out from here too.

What is written down stays as it was written: a contact is never changed, a second one says what was wrong of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from csr_desk.data.models import contact_log
from csr_desk.data.queries import Connection, accounts, customers, told
from csr_desk.data.queries import companies as rows
from csr_desk.domain import about, numbering
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.company import Channel, Contact, Direction
from csr_desk.domain.errors import BadInput, Ineligible, MissingInput, NotFound
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.masking import seen_by
from csr_desk.domain.outbox import Message
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.telling import Change, first_key
from csr_desk.services import outbox, telling
from csr_desk.services.companies import known
from csr_desk.services.customer_pages import is_told_today
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.receipts import earlier_event
from csr_desk.services.words import plain_words

TOPICS = frozenset({Topic.COMPANIES})
LONGEST_WORDS = 2_000
SUBJECTS: dict[str, Callable[[str], str]] = {
    "project": about.project,
    "permit": about.permit,
    "release": about.release,
    "release_batch": about.release_batch,
    "verification": about.verification,
    "account": about.account,
    "customer": about.customer,
}
"""What a contact may be about, by the name of its field."""
Subject: TypeAlias = tuple[str, str]
"""Kind and number."""
NOTHING: Subject = ("", "")


@dataclass(frozen=True, slots=True)
class LogContact:
    """Write down that somebody at a company was asked, or told us, something; with ``send_to`` the words go by mail.

    ``about`` is a kind of ``SUBJECTS`` and a number.
    """

    key: str
    company: str
    asked: str
    words: str
    channel: Channel = Channel.PHONE
    direction: Direction = Direction.OUT
    about: Subject = NOTHING
    reference: str = ""
    send_to: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What was said in a contact, as it is kept with what it was about."""

    company: str
    asked: str
    channel: Channel
    words: str
    reference: str
    direction: Direction = Direction.OUT


def log_contact(desk: Desk, actor: Actor, command: LogContact) -> Done[Contact]:
    """Write a contact down, and queue its mail.

    Raises NotFound, MissingInput, BadInput, Ineligible (the company left; nobody logged what is told of a confidential
    customer).
    """
    actor.require(Act.CONTACT_COMPANY)
    content = content_of(desk, actor.user, command)
    said = read_said(Said(
        command.company, command.asked, command.channel, command.words, command.reference, command.direction
    ))  # fmt: skip
    if command.send_to and (command.channel is not Channel.EMAIL or command.direction is not Direction.OUT):
        raise BadInput("Only an e-mail of ours is sent from here.", field="send_to")
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (earlier := earlier_event(work.conn, command.key, content)) is not None:
            return Done(_one(work.conn, str(first_key(earlier.facts, contact_log.name)[0])), replayed=True)
        subject = _subject(desk, work.conn, command.about)
        if said.direction is Direction.OUT:
            refuse_untold(work.conn, desk, actor, _customer_behind(work.conn, subject))
        number, changes = contact_changes(work.conn, desk, actor, said, subject)
        draft = EntryDraft(
            series=desk.office_series, kind=EventKind.COMPANY_ASKED, business_date=desk.today(), actor=actor.user,
            idem_key=command.key, content_hash=content,
        )  # fmt: skip
        company = str(changes[-1].values["company_id"])  # as it was issued, however it was keyed
        named = [about.company(company), *([subject] if subject else [])]
        telling.tell(work, desk, draft, changes, named)
        if command.send_to:
            mail = Message(
                f"{command.key}-mail", "contact", command.send_to, command.title, said.words, subject, company
            )
            outbox.queue(work, desk, actor, mail)
        done = _one(work.conn, number)
    return Done(done, TOPICS | {Topic.OUTBOX} if command.send_to else TOPICS)


def contacts(desk: Desk, actor: Actor, *, company: str = "", about_what: Subject = NOTHING) -> tuple[Contact, ...]:
    """Return contacts, the newest first: with a company, about something of ours, or all; raise NotFound, BadInput."""
    actor.require(Act.SEE_PROJECTS)
    with desk.read() as work:
        number = known(work.conn, company).number if company else ""
        found = rows.contacts(work.conn, company_no=number, subject=subject_of(desk, about_what))
    return seen_by(actor.role, found)


def refuse_untold(conn: Connection, desk: Desk, actor: Actor, customer: str) -> None:
    """Raise Ineligible where another company would be told of a confidential customer and nobody logged that (F14)."""
    record = customers.one(conn, customer) if customer else None
    if record is None or not record.confidential:
        return
    if not is_told_today(conn, desk, actor, customers.same_person(conn, record.number)):
        raise Ineligible("This customer is confidential. Log on their page whom you tell what, then ask.")


def read_said(said: Said) -> Said:
    """Return what was said as it is kept; raise MissingInput (nobody named, nothing said), BadInput, NotFound."""
    asked = plain_words(said.asked, "asked", 120)
    words = plain_words(said.words, "words", LONGEST_WORDS)
    if not asked:
        raise MissingInput("Key whom you spoke to: a name, or the desk and its number.", field="asked")
    if not words:
        raise MissingInput("Key what was said.", field="words")
    reference = plain_words(said.reference, "reference", 80)
    return Said(said.company, asked, said.channel, words, reference, said.direction)


def contact_changes(conn: Connection, desk: Desk, actor: Actor, said: Said, subject: str) -> tuple[str, list[Change]]:
    """Lay a contact out as rows for any entry that tells of one; raise NotFound, Ineligible (the company left)."""
    company = known(conn, said.company)
    if not company.form.active:
        raise Ineligible(f"{company.form.name} is no longer in the directory. Choose who took its place.")
    number, counted = telling.next_number(conn, desk, "contact", desk.today().year)
    row = told.added(
        contact_log,
        (number,),
        {
            "company_id": company.number, "at": desk.now_text(), "channel": said.channel.value,
            "direction": said.direction.value, "subject": subject or None, "written_by": actor.user,
        },
        {"asked": said.asked, "words": said.words, "reference": said.reference or None},
    )  # fmt: skip
    return number, [counted, row]


def subject_of(desk: Desk, what: Subject) -> str:
    """Return what a contact is about (``domain.about``), or nothing; raise BadInput."""
    kind, number = what
    if not kind and not number:
        return ""
    if kind not in SUBJECTS or not number.strip():
        raise BadInput(f"A contact is about one of: {', '.join(SUBJECTS)}.", field="about")
    pattern = desk.policy.project_pattern if kind == telling.PROJECT else numbering.FIXED.get(kind)
    read = numbering.read_number(pattern, number) if pattern else None
    return SUBJECTS[kind](number.strip() if read is None else read.number)


def _subject(desk: Desk, conn: Connection, what: Subject) -> str:
    subject = subject_of(desk, what)
    if subject and not rows.exists(conn, subject):
        kind, _, number = subject.partition(":")
        raise NotFound(f"There is no {kind.replace('_', ' ')} “{number[:40]}”.", field="about")
    return subject


def _customer_behind(conn: Connection, subject: str) -> str:
    """Return the customer that a contact tells of, or nothing."""
    kind, _, number = subject.partition(":")
    if kind == "account":
        number = accounts.owner_of(conn, number) or ""
    return customers.root_of(conn, number) if kind in {"account", "customer"} and number else ""


def _one(conn: Connection, number: str) -> Contact:
    found = rows.one_contact(conn, number)
    if found is None:
        raise NotFound(f"There is no contact “{number[:40]}”.", field="contact")
    return found
