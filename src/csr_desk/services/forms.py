"""The shelf of forms: put there, made obsolete, handed out filled in; what comes back is in ``form_backs`` (I3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from typing import TypeAlias

from csr_desk.data.models import attachment, form_handout, office_form
from csr_desk.data.queries import Connection, customers, requests, told
from csr_desk.data.queries import forms as rows
from csr_desk.domain import about
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.errors import BadInput, Conflict, NotFound, WrongState
from csr_desk.domain.form_mail import letter
from csr_desk.domain.forms import FormSheet, Handout, How, Source, filled, write_fields
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.outbox import Attached, Message
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.request_steps import FORM
from csr_desk.domain.telling import Change, Value
from csr_desk.services import outbox, telling
from csr_desk.services.customer_papers import GivePaper, log_paper
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.receipts import earlier_event
from csr_desk.services.request_privacy import open_to_all
from csr_desk.services.typed_numbers import no_such
from csr_desk.services.words import needed_words

SERIES = "handout"
TOPICS = frozenset({Topic.INFORMATION})
PDF = "application/pdf"
MOST_COPIES = 100
MEGABYTE = 1_048_576
Fill: TypeAlias = Callable[[bytes, Mapping[str, str]], bytes]
"""Writes values into the fields of a form (``documents.form_filling``); raises BadInput for a field it lacks."""


@dataclass(frozen=True, slots=True)
class KeepForm:
    """Put a revision of a form on the shelf; the revisions before it in its language are obsolete from then on."""

    key: str
    form_no: str
    revision: str
    title: str
    content: bytes
    effective_on: date
    language: str = "en"
    fields: Mapping[str, str] = field(default_factory=dict)
    """Which field of the file is filled with what (``domain.forms.Source``)."""


@dataclass(frozen=True, slots=True)
class EndForm:
    """Nobody gets this revision any more."""

    key: str
    form_no: str
    revision: str
    language: str = "en"


@dataclass(frozen=True, slots=True)
class HandOut:
    """Hand a form out: blank, or filled in with what is known of a customer and of what it is for."""

    key: str
    form_no: str
    how: How = How.PRINT
    language: str = "en"
    copies: int = 1
    customer_id: str = ""
    subject: str = ""
    """``permit:P26-…``, ``project:…``, ``request:…``, or nothing."""
    site: str = ""
    send_to: str = ""
    """Where it is e-mailed to; the customer's own address where nothing stands here."""


@dataclass(frozen=True, slots=True)
class Handed:
    """What was handed out: the file, filled in where the caller could fill it, and what its fields are filled with."""

    handout: Handout
    form: FormSheet
    content: bytes
    values: Mapping[str, str]


def shelf(desk: Desk, actor: Actor) -> tuple[FormSheet, ...]:
    """Return every form: by number, language, the newest revision first."""
    actor.require(Act.SEE_CARDS)
    with desk.read() as work:
        return rows.shelf(work.conn)


def keep_form(desk: Desk, actor: Actor, command: KeepForm) -> Done[FormSheet]:
    """Put a revision on the shelf; raise MissingInput, BadInput (no PDF, too large, an unknown source), Conflict."""
    actor.require(Act.KEEP_FORMS)
    content = content_of(desk, actor.user, command)
    number, revision, language = (
        needed_words(command.form_no, "form_no", "Say which number the form has.", 40),
        needed_words(command.revision, "revision", "Say which revision it is, as it stands on the form.", 40),
        needed_words(command.language, "language", "Say in which language it is.", 10),
    )
    title, fields = needed_words(command.title, "title", "Say what the form is.", 160), write_fields(command.fields)
    check_file(desk, command.content)
    key = (number, revision, language)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if earlier_event(work.conn, command.key, content) is not None:
            return Done(_one(work.conn, key), replayed=True)
        if told.record(work.conn, office_form, *key) is not None:
            raise Conflict(f"Form {number} of {revision} is on the shelf already. A changed form has another revision.")
        name = "/".join(("form", *(part.replace("%", "%25").replace("/", "%2F") for part in key)))
        values: dict[str, Value] = {
            "state": "current", "effective_on": command.effective_on.isoformat(), "fields": fields,
            "attachment_id": name,
        }  # fmt: skip
        changes = [
            told.added(office_form, key, values, {"title": title}),
            file_row(desk, actor.user, (name, about.form(number)), command.content, f"{number} {revision}.pdf"),
        ]
        if command.effective_on <= desk.today():
            changes += _ended(work.conn, key, command.effective_on)
        draft = _draft(desk, actor, (command.key, content), EventKind.FORM_CHANGED, {"form": number})
        telling.tell(work, desk, draft, changes, [about.form(number)], {name: command.content})
        done = _one(work.conn, key)
    return Done(done, TOPICS)


def end_form(desk: Desk, actor: Actor, command: EndForm) -> Done[FormSheet]:
    """Make a revision obsolete, and those before it: none of them is handed out. Raises NotFound, WrongState."""
    actor.require(Act.KEEP_FORMS)
    content = content_of(desk, actor.user, command)
    key = (command.form_no.strip(), command.revision.strip(), command.language.strip())
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if earlier_event(work.conn, command.key, content) is not None:
            return Done(_one(work.conn, key), replayed=True)
        row = told.record(work.conn, office_form, *key, lock=True)
        if row is None:
            raise _no_form(key[0])
        changes = [told.changed(office_form, row, {"state": FORM.after("end", row["state"])})]
        since = date.fromisoformat(row["effective_on"])
        if since <= desk.today():
            changes += _ended(work.conn, key, since)
        draft = _draft(desk, actor, (command.key, content), EventKind.FORM_CHANGED, {"form": key[0]})
        telling.tell(work, desk, draft, changes, [about.form(key[0])])
        done = _one(work.conn, key)
    return Done(done, TOPICS)


def hand_out(desk: Desk, actor: Actor, command: HandOut, fill: Fill | None = None) -> Done[Handed]:
    """Hand the revision out that is in force: counted, on the customer's time line, in the outbox where it is e-mailed.

    A form that says where a confidential customer lives is in their disclosure log before there is one (F14).
    Raises NotFound (form, customer), WrongState (only obsolete revisions), BadInput (copies, a field that the file does
    not have, an e-mail address), MissingInput (no address to send to).
    """
    actor.require(Act.HAND_FORM)
    content = content_of(desk, actor.user, command)
    if not 1 <= command.copies <= MOST_COPIES:
        raise BadInput(f"One to {MOST_COPIES} copies are handed out at once.", field="copies")
    if command.customer_id and command.how is not How.BLANK:
        paper = f"Form {command.form_no[:40]}, filled in"
        log_paper(desk, actor, GivePaper(f"{command.key}/log", (), paper, (command.customer_id,)))
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (earlier := earlier_event(work.conn, command.key, content)) is not None:
            number = str(earlier.facts["handout"])
            return Done(_filled(_handed(desk, work.conn, number, command.site), fill), replayed=True)
        form = _in_force(work.conn, command, desk.today())
        subject = _subject(work.conn, actor, command.subject)
        if command.customer_id and customers.one(work.conn, command.customer_id) is None:
            raise NotFound(f"There is no customer “{command.customer_id[:40]}”.", field="customer_id")
        number, counted = telling.next_number(work.conn, desk, SERIES, desk.today().year)
        values: dict[str, Value] = {
            "form_no": form.form_no, "revision": form.revision, "language": form.language, "how": command.how.value,
            "state": "given", "copies": command.copies, "given_at": desk.now_text(), "given_by": actor.user,
        }  # fmt: skip
        values |= {"customer_id": command.customer_id} if command.customer_id else {}
        values |= {"subject": subject} if subject else {}
        subjects = {about.form(form.form_no), about.handout(number), subject} - {""}
        subjects |= {about.customer(command.customer_id)} if command.customer_id else set()
        draft = _draft(desk, actor, (command.key, content), EventKind.FORM_HANDED, {"handout": number})
        telling.tell(work, desk, draft, [counted, told.added(form_handout, (number,), values)], sorted(subjects))
        done = _filled(_handed(desk, work.conn, number, command.site), fill)
        if command.how is How.EMAIL:
            outbox.queue(work, desk, actor, _mail(desk, work.conn, command, done))
    return Done(done, TOPICS | {Topic.OUTBOX} if command.how is How.EMAIL else TOPICS)


def _known(desk: Desk, conn: Connection, handed: Handout, site: str) -> dict[Source, str]:
    """Return what is known of the customer and of what a form is for."""
    kind, _, number = handed.subject.partition(":")
    today = desk.today()
    known = {
        Source.TODAY: f"{today.month}/{today.day}/{today.year}", Source.OFFICE: desk.office.name, Source.SITE: site,
        Source.HANDOUT: handed.number,
        Source.PERMIT: number if kind == "permit" else "", Source.PROJECT: number if kind == "project" else "",
    }  # fmt: skip
    record = customers.one(conn, handed.customer_id) if handed.customer_id else None
    if record is not None:
        known |= {
            Source.NAME: record.name, Source.ADDRESS: record.address, Source.PHONE: record.phone,
            Source.EMAIL: record.email, Source.CUSTOMER: record.number,
        }  # fmt: skip
    return known


def _handed(desk: Desk, conn: Connection, number: str, site: str) -> Handed:
    given = _given(conn, number)
    form = _one(conn, (given.form_no, given.revision, given.language))
    values = {} if given.how is How.BLANK else filled(form.fields, _known(desk, conn, given, site))
    return Handed(given, form, rows.content(conn, form.attachment_id) or b"", values)


def _filled(handed: Handed, fill: Fill | None) -> Handed:
    """Fill a form in while the act can still be refused: a form that cannot be filled is not counted."""
    if fill is None or not handed.values:
        return handed
    return replace(handed, content=fill(handed.content, handed.values))


def _mail(desk: Desk, conn: Connection, command: HandOut, handed: Handed) -> Message:
    """Write the mail that brings a form."""
    number, form = handed.handout.number, handed.form
    record = customers.one(conn, command.customer_id) if command.customer_id else None
    recipient = command.send_to.strip() or (record.email if record else "")
    title, body = letter(form, number, desk.office)
    file = Attached(f"{form.form_no}.pdf", PDF, handed.content)
    return Message(f"{command.key}-mail", "form", recipient, title, body, about.handout(number), files=(file,))


def _given(conn: Connection, number: str) -> Handout:
    found = rows.handout(conn, number)
    if found is None:
        raise no_such(SERIES, number)
    return found


def _in_force(conn: Connection, command: HandOut, today: date) -> FormSheet:
    number = command.form_no.strip()
    found = rows.in_force(conn, number, command.language, today)
    if found is not None:
        return found
    known = [one for one in rows.shelf(conn) if one.form_no == number]
    if not known:
        raise _no_form(number)
    languages = sorted({one.language for one in known if one.may_be_handed_out(today)})
    if languages:
        raise NotFound(f"Form {number} is on the shelf in {', '.join(languages)} only.", field="language")
    raise WrongState(f"Every revision of form {number} is obsolete: nobody gets it any more.")


def _ended(conn: Connection, key: tuple[str, str, str], since: date) -> list[Change]:
    """Make the revisions obsolete that were in force before one; what comes into force later stays."""
    changes = []
    for one in rows.shelf(conn):
        same = (one.form_no, one.language) == (key[0], key[2])
        if same and one.revision != key[1] and one.state == "current" and one.effective_on <= since:
            row = told.record(conn, office_form, one.form_no, one.revision, one.language, lock=True)
            changes.append(told.changed(office_form, row or {}, {"state": FORM.after("end", "current")}))
    return changes


def file_row(desk: Desk, user: str, of: tuple[str, str], content: bytes, shown: str) -> Change:
    """Lay a PDF out as a row of the attached files; ``of`` is its id and what it belongs to."""
    name, subject = of
    values: dict[str, Value] = {
        "subject": subject, "media": PDF, "sha256": sha256(content).hexdigest(), "size": len(content),
        "added_by": user, "added_at": desk.now_text(),
    }  # fmt: skip
    return told.added(attachment, (name,), values, {"file_name": shown})


def check_file(desk: Desk, content: bytes) -> None:
    """Raise BadInput for what is no PDF, or is larger than the policy lets in."""
    most = desk.policy.attachment_megabytes
    if not content.startswith(b"%PDF-"):
        raise BadInput("A form is a PDF. Save it as one first.", field="content")
    if len(content) > most * MEGABYTE:
        raise BadInput(f"A file has at most {most} megabytes.", field="content")


def _one(conn: Connection, key: tuple[str, str, str]) -> FormSheet:
    for one in rows.shelf(conn):
        if (one.form_no, one.revision, one.language) == key:
            return one
    raise _no_form(key[0])


def _no_form(number: str) -> NotFound:
    return NotFound(f"There is no form “{number[:40]}” on the shelf.", field="form_no")


def _draft(desk: Desk, actor: Actor, key: tuple[str, str], kind: EventKind, facts: dict[str, str]) -> EntryDraft:
    return EntryDraft(
        desk.office_series, kind, desk.today(), actor.user, key[0], content_hash=key[1], facts=dict(facts)
    )


def _subject(conn: Connection, actor: Actor, typed: str) -> str:
    """Return what a form is for as it is kept; raise BadInput (no such kind), NotFound: nothing else is kept for ever.

    What it is for stands among the facts of the entry, where nothing that people key may stand.
    """
    kind, _, number = typed.strip().partition(":")
    number = number.strip()
    if not kind:
        return ""
    if kind == "request":
        return about.request(open_to_all(conn, actor, number))
    if kind not in {"permit", "project"}:
        raise BadInput("A form is for a permit, a project or a request.", field="subject")
    if not requests.exists(conn, f"{kind}:{number}"):
        raise NotFound(f"There is no {kind} “{number[:40]}”.", field="subject")
    return f"{kind}:{number}"
