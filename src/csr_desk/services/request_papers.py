"""Papers of a request: the slip for the customer, the sheet for a visit, the letters that end it (H1, H5, H7).

A letter goes to whoever asked and has a postal address, and to each second caller who has one; a second caller who is
written to counts as told. A paper about a confidential customer is in the disclosure log before it is made (F14).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from csr_desk.data.models import request_caller
from csr_desk.data.queries import Connection, customers, told
from csr_desk.data.queries import requests as rows
from csr_desk.data.queries.customers import CustomerRecord
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.customers import Level, looks_like_email
from csr_desk.domain.errors import WrongState
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.request_papers import ClosingLetter, RequestSlip, VisitSheet
from csr_desk.domain.request_questions import answers_in_words
from csr_desk.domain.requests import Outcome, Request
from csr_desk.domain.telling import Change
from csr_desk.services import telling
from csr_desk.services.customer_papers import GivePaper, log_paper
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.receipts import earlier_event
from csr_desk.services.request_lists import request_of
from csr_desk.services.requests import one, row_of, subjects_of

TOPICS = frozenset({Topic.REQUESTS})
ON_THE_SHEET = 6
"""Notes that stand on the sheet for a visit, the newest ones."""


@dataclass(frozen=True, slots=True)
class WriteLetters:
    """Write to everybody who has a postal address how a request ended."""

    key: str
    request: str


def slip(desk: Desk, actor: Actor, number: str) -> RequestSlip:
    """Return what the customer's slip says; raise NotFound, BadInput, NotPermitted."""
    found = request_of(desk, actor, number).request
    return RequestSlip(
        desk.office, found.number, found.type.name_in(found.language), found.department, found.opened_on, found.due_on,
        found.language or "en", found.site,
    )  # fmt: skip


def visit_sheet(desk: Desk, actor: Actor, number: str) -> VisitSheet:
    """Return what the sheet for a visit says; raise NotFound, BadInput, NotPermitted (restricted)."""
    view = request_of(desk, actor, number)
    found = view.request
    who = "" if found.anonymous else " · ".join(filter(None, (view.customer_name or found.contact, found.reach)))
    notes = [
        (f"{desk.local(datetime.fromisoformat(note.at)):%Y-%m-%d}", note.answer or note.said)
        for note in view.notes[-ON_THE_SHEET:]
    ]
    return VisitSheet(
        desk.office, found.number, found.type.name, found.type.kind, found.priority, found.department, found.site,
        found.place, found.summary, answers_in_words(found.type.questions, found.answers), who,
        found.language or "en", found.opened_on, found.due_on,
        tuple(subject.replace(":", " ", 1).replace("_", " ") for subject in view.links), tuple(notes),
        tuple(note.words for note in view.warnings if note.level is not Level.INFO),
    )  # fmt: skip


def write_letters(desk: Desk, actor: Actor, command: WriteLetters) -> Done[tuple[ClosingLetter, ...]]:
    """Return the letters of a closed request; second callers who are written to count as told from then on.

    Raises NotFound, NotPermitted, WrongState (it is not closed).
    """
    actor.require(Act.TAKE_REQUEST)
    with desk.read() as work:
        row = row_of(work.conn, actor, command.request, lock=False)
        number = str(row["request_no"])
        whose = tuple(_customers(work.conn, one(work.conn, number)))
    log_paper(desk, actor, GivePaper(f"{command.key}/paper", (), f"Letter: answer to request {number}", whose))
    content = content_of(desk, actor.user, command)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        replayed = earlier_event(work.conn, command.key, content) is not None
        row = row_of(work.conn, actor, number)
        letters = tuple(
            letter for letter, _reach in addressed(desk, work.conn, one(work.conn, number)) if letter.address
        )
        changes = told_now(work.conn, number, {letter.caller for letter in letters}, desk.today())
        if changes and not replayed:
            draft = EntryDraft(
                desk.office_series, EventKind.REQUEST_CHANGED, desk.today(), actor.user, command.key,
                content_hash=content, facts={"request": number, "step": "letters"},
            )  # fmt: skip
            telling.tell(work, desk, draft, changes, subjects_of(row))
    return Done(letters, TOPICS, replayed=replayed)


def addressed(desk: Desk, conn: Connection, found: Request) -> Iterator[tuple[ClosingLetter, str]]:
    """Give the letter of everybody who is told how a closed request ended, each with their e-mail address or nothing.

    Raises WrongState where it is not closed.
    """
    if found.closed_on is None or found.outcome is None:
        raise WrongState("It is not closed yet: there is nothing to tell.")
    if not found.anonymous:
        letter = _letter(desk, found, found.outcome, found.closed_on)
        whom, mail = _to(conn, letter, found.customer_id, (found.contact, found.reach, found.language))
        yield replace(whom, type_name=found.type.name_in(whom.language)), mail
    for caller in rows.callers_of(conn, found.number):
        letter = replace(_letter(desk, found, found.outcome, found.closed_on), second=True, caller=caller.n)
        whom, mail = _to(conn, letter, caller.customer_id, (caller.name, caller.reach, caller.language))
        yield replace(whom, type_name=found.type.name_in(whom.language)), mail


def told_now(conn: Connection, number: str, callers: set[int], today: date) -> list[Change]:
    """Tell that these second callers know how it ended; those who knew already are told no second time."""
    changes = []
    for caller in rows.callers_of(conn, number):
        if caller.n in callers and caller.told_on is None:
            row = told.record(conn, request_caller, number, caller.n, lock=True)
            if row is not None:
                changes.append(told.changed(request_caller, row, {"told_on": today.isoformat()}))
    return changes


def _letter(desk: Desk, found: Request, outcome: Outcome, closed_on: date) -> ClosingLetter:
    return ClosingLetter(
        desk.office, found.number, found.language or "en", "", "", found.type.name, found.site, found.opened_on,
        closed_on, outcome, found.answer,
    )  # fmt: skip


def _to(
    conn: Connection, letter: ClosingLetter, customer_id: str, said: tuple[str, str, str]
) -> tuple[ClosingLetter, str]:
    """Address a letter: what they said at the counter goes before what their record says."""
    name, reach, language = said
    record = customers.one(conn, customers.root_of(conn, customer_id)) if customer_id else None
    mail = reach if looks_like_email(reach) else record.email if record else ""
    whom = replace(
        letter, name=name or (record.name if record else ""), address=_address(record),
        language=language or (record.language if record else "") or letter.language,
    )  # fmt: skip
    return whom, mail


def _address(record: CustomerRecord | None) -> str:
    return record.address if record is not None else ""


def _customers(conn: Connection, found: Request) -> Iterator[str]:
    """Give the customers that letters of a request go to."""
    if found.customer_id and not found.anonymous:
        yield customers.root_of(conn, found.customer_id)
    for caller in rows.callers_of(conn, found.number):
        if caller.customer_id:
            yield customers.root_of(conn, caller.customer_id)
