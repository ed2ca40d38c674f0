"""A request ends with an outcome and an answer that people can read; it may be opened again (H5, H6, H7).

Whoever asked and has an e-mail address gets the answer in the same act, and so does every second caller; the others get
a letter (``request_papers``). What is about an employee, and what is confidential, goes by letter only.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from csr_desk.data.queries import Connection, customers, told
from csr_desk.data.queries import requests as rows
from csr_desk.data.unit_of_work import Work
from csr_desk.domain import about
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.errors import Ineligible, NotFound
from csr_desk.domain.ledger import EventKind
from csr_desk.domain.outbox import Message
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.request_papers import ClosingLetter
from csr_desk.domain.request_words import mail_of
from csr_desk.domain.requests import Escalation, Outcome, Request, contact_by, due_on
from csr_desk.domain.telling import Value
from csr_desk.services import outbox
from csr_desk.services.desk import Desk
from csr_desk.services.request_papers import addressed, told_now
from csr_desk.services.requests import Step, moved, needed, one, row_of

LONGEST_ANSWER = 4000


@dataclass(frozen=True, slots=True)
class CloseRequest:
    """It ends: how, and what the customer and each second caller are told."""

    key: str
    request: str
    outcome: Outcome
    answer: str
    mail: bool = True
    """Whoever has an e-mail address gets the answer at once."""


@dataclass(frozen=True, slots=True)
class ReopenRequest:
    """It was not settled after all: this counts as a recurrence."""

    key: str
    request: str
    reason: str


def close_request(desk: Desk, actor: Actor, command: CloseRequest) -> Done[Request]:
    """End a request with an outcome and an answer that the customer can read, and queue the mails of it (H5).

    Raises NotFound, MissingInput (no answer), Ineligible (a task is not answered yet), WrongState.
    """
    actor.require(Act.TAKE_REQUEST)
    answer = needed(command.answer, "answer", "Write what the customer is told.", LONGEST_ANSWER)
    mails: list[tuple[ClosingLetter, str]] = []

    def new(conn: Connection, row: told.Record) -> Step:
        number = str(row["request_no"])
        waiting = [note.n for note in rows.notes_of(conn, number) if note.state == "open"]
        if waiting:
            raise Ineligible(
                f"Task {waiting[0]} is not answered yet: enter the answer or call it off.", field="outcome"
            )
        today = desk.today()
        closed = replace(one(conn, number), outcome=command.outcome, closed_on=today, answer=answer)
        mails.extend(_mailed(desk, conn, closed) if command.mail else ())
        values: dict[str, Value] = {"outcome": command.outcome.value, "closed_on": today.isoformat()}
        told_too = told_now(conn, number, {letter.caller for letter, _mail in mails}, today)
        return Step(EventKind.REQUEST_CLOSED, "close", values, {"answer": answer}, more=tuple(told_too))

    def then(work: Work, closed: Request) -> None:
        for at, (letter, mail) in enumerate(mails, 1):
            title, body = mail_of(letter)
            subject = about.request(closed.number)
            outbox.queue(
                work, desk, actor, Message(f"{command.key}-mail-{at}", "request_closed", mail, title, body, subject)
            )

    done = moved(command, desk, actor, new, then)
    return replace(done, topics=done.topics | {Topic.OUTBOX}) if mails else done


def reopen_request(desk: Desk, actor: Actor, command: ReopenRequest) -> Done[Request]:
    """Open a request again; it is due anew, and the department speaks to the customer (a recurrence, H6).

    Raises NotFound, MissingInput (no reason), WrongState.
    """
    actor.require(Act.TAKE_REQUEST)
    reason = needed(command.reason, "reason", "Say what is not settled.", 200)

    def new(conn: Connection, row: told.Record) -> Step:
        kind = rows.one_type(conn, row["type_code"])
        if kind is None:
            raise NotFound("Its type is gone.", field="type")
        days_off = desk.policy.days_off
        values: dict[str, Value] = {
            "outcome": None, "closed_on": None, "reopened": row["reopened"] + 1,
            "escalated": Escalation.RECURRENCE.value,
            "contact_by": contact_by(desk.today(), desk.policy.escalation_days, holidays=days_off).isoformat(),
            "due_on": due_on(kind, desk.today(), holidays=days_off).isoformat(),
        }  # fmt: skip
        return Step(EventKind.REQUEST_CLOSED, "reopen", values, notes={"reason": reason})

    return moved(command, desk, actor, new)


def told_by(desk: Desk, actor: Actor, number: str) -> tuple[tuple[str, str], ...]:
    """Say who will be told how a request ended, and by what: ``mail``, ``letter``, or ``nothing`` where neither goes.

    Raises NotFound, BadInput, NotPermitted (restricted).
    """
    actor.require(Act.SEE_REQUESTS)
    with desk.read() as work:
        row = row_of(work.conn, actor, number, lock=False)
        today = desk.today()
        open_one = one(work.conn, str(row["request_no"]))
        closed = replace(open_one, outcome=Outcome.ANSWERED, closed_on=today, answer="")
        mailed = {letter.caller for letter, _mail in _mailed(desk, work.conn, closed)}
        found = [letter for letter, _mail in addressed(desk, work.conn, closed)]
    return tuple(
        (letter.name, "mail" if letter.caller in mailed else "letter" if letter.address else "nothing")
        for letter in found
    )


def _mailed(desk: Desk, conn: Connection, closed: Request) -> list[tuple[ClosingLetter, str]]:
    """Return the letters that go by e-mail, each with its address."""
    if closed.restricted:
        return []
    kept = {caller.n: caller.customer_id for caller in rows.callers_of(conn, closed.number)}
    kept[0] = closed.customer_id
    return [
        (letter, mail)
        for letter, mail in addressed(desk, conn, closed)
        if mail and not _confidential(conn, kept[letter.caller])
    ]


def _confidential(conn: Connection, customer_id: str) -> bool:
    record = customers.one(conn, customers.root_of(conn, customer_id)) if customer_id else None
    return record is not None and record.confidential
