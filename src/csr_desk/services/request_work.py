"""What is done about a request: notes, tasks of other departments, second callers, what it is about (H1, H7)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from csr_desk.data.models import request, request_caller, request_note
from csr_desk.data.queries import Connection, customers, told
from csr_desk.data.queries import requests as rows
from csr_desk.domain import about
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.customer_words import fold
from csr_desk.domain.errors import BadInput, Conflict, MissingInput, NotFound
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.request_steps import NOTE, REQUEST
from csr_desk.domain.requests import Caller, Request
from csr_desk.domain.telling import Change
from csr_desk.services import request_links, telling
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.receipts import earlier_event
from csr_desk.services.requests import one, row_of, subjects_of
from csr_desk.services.words import needed_words, plain_words

TOPICS = frozenset({Topic.REQUESTS})
KINDS = ("research", "visit", "call", "letter", "email")
LONGEST = 4000
MOST_NOTES = 500

Laid: TypeAlias = tuple[list[Change], set[str]]


@dataclass(frozen=True, slots=True)
class AddNote:
    """What was found out, seen at the place, or said to the customer."""

    key: str
    request: str
    said: str
    kind: str = "research"


@dataclass(frozen=True, slots=True)
class AskDepartment:
    """A task for another department; the request waits for its answer."""

    key: str
    request: str
    department: str
    said: str
    due: date | None = None


@dataclass(frozen=True, slots=True)
class AnswerTask:
    """What the department answered; without words the task is called off."""

    key: str
    request: str
    n: int
    answer: str = ""


@dataclass(frozen=True, slots=True)
class AddCaller:
    """Somebody else called about the same thing and wants to know how it ends."""

    key: str
    request: str
    customer_id: str = ""
    name: str = ""
    reach: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class LinkRequest:
    """It is about a receipt, an account, a permit, a project … (``domain.about``)."""

    key: str
    request: str
    subject: str


def add_note(desk: Desk, actor: Actor, command: AddNote) -> Done[Request]:
    """Write down what was done; raise NotFound, MissingInput (no words), BadInput (kind), WrongState (it is closed)."""
    if command.kind not in KINDS:
        raise BadInput(f"A note is one of {', '.join(KINDS)}.", field="kind")
    said = needed_words(command.said, "said", "Write what was found out or said.", LONGEST)

    def lay(conn: Connection, row: told.Record) -> Laid:
        values = {"kind": command.kind, "state": "done", "at": desk.now_text(), "noted_by": actor.user}
        return [_note(conn, row, values, {"said": said})], set()

    return _worked(desk, actor, command, "note", lay)


def ask_department(desk: Desk, actor: Actor, command: AskDepartment) -> Done[Request]:
    """Give another department a task; the request waits. Raises NotFound, MissingInput, BadInput (a past day)."""
    department = needed_words(command.department, "department", "Say which department.", 80)
    said = needed_words(command.said, "said", "Say what they are asked.", LONGEST)

    def lay(conn: Connection, row: told.Record) -> Laid:
        if command.due is not None and command.due < desk.today():
            raise BadInput("An answer is due today at the earliest.", field="due")
        due = (command.due or max(date.fromisoformat(row["due_on"]), desk.today())).isoformat()
        values = {
            "kind": "task", "state": "open", "department": department, "at": desk.now_text(), "noted_by": actor.user,
            "due_on": due,
        }  # fmt: skip
        changes = [_note(conn, row, values, {"said": said})]
        if REQUEST.can("wait", row["state"]):
            changes.append(told.changed(request, row, {"state": REQUEST.after("wait", row["state"])}))
        return changes, set()

    return _worked(desk, actor, command, "ask", lay)


def answer_task(desk: Desk, actor: Actor, command: AnswerTask) -> Done[Request]:
    """Enter what a department answered, or call the task off; raise NotFound, WrongState (it is answered)."""
    answer = plain_words(command.answer, "answer", LONGEST)
    step = "answer" if answer else "cancel"

    def lay(conn: Connection, row: told.Record) -> Laid:
        task = told.record(conn, request_note, row["request_no"], command.n, lock=True)
        if task is None or task["kind"] != "task":
            raise NotFound(f"There is no task {command.n} of this request.", field="n")
        values = {"state": NOTE.after(step, task["state"]), "done_on": desk.today().isoformat()}
        changes = [told.changed(request_note, task, values, {"answer": answer} if answer else {})]
        others = [note.n for note in rows.notes_of(conn, row["request_no"]) if note.state == "open"]
        if others == [command.n] and REQUEST.can("go_on", row["state"]):
            changes.append(told.changed(request, row, {"state": REQUEST.after("go_on", row["state"])}))
        return changes, set()

    return _worked(desk, actor, command, step, lay)


def add_caller(desk: Desk, actor: Actor, command: AddCaller) -> Done[Request]:
    """Note a second caller; raise NotFound, MissingInput (nobody was named), Conflict (they are noted already)."""
    words = {"name": plain_words(command.name, "name", 120), "reach": plain_words(command.reach, "reach", 200)}
    if not command.customer_id and not words["name"]:
        raise MissingInput("Say who called: without a name nobody can tell them how it ended.", field="name")

    def lay(conn: Connection, row: told.Record) -> Laid:
        if command.customer_id and customers.one(conn, command.customer_id) is None:
            raise NotFound(f"There is no customer “{command.customer_id[:40]}”.", field="customer_id")
        known = rows.callers_of(conn, row["request_no"])
        if _is_noted(conn, row, known, command):
            raise Conflict("This person is noted for it already.")
        values: dict[str, Any] = {"at": desk.now_text(), "customer_id": command.customer_id or None}
        values["language"] = plain_words(command.language, "language", 10) or None
        added = told.added(
            request_caller, (row["request_no"], len(known) + 1), {k: v for k, v in values.items() if v},
            {name: text for name, text in words.items() if text},
        )  # fmt: skip
        whose = {about.customer(command.customer_id)} if command.customer_id and not row["restricted"] else set()
        return [added], whose

    return _worked(desk, actor, command, "caller", lay)


def link_request(desk: Desk, actor: Actor, command: LinkRequest) -> Done[Request]:
    """Link a request with what it is about; raise NotFound, BadInput (no such kind), Conflict (it is linked)."""

    def lay(conn: Connection, row: told.Record) -> Laid:
        subject = request_links.checked(desk, conn, command.subject)
        if subject in rows.links_of(conn, row["request_no"]):
            raise Conflict("It is linked with that already.")
        return [request_links.link(desk, str(row["request_no"]), subject)], set() if row["restricted"] else {subject}

    return _worked(desk, actor, command, "link", lay)


_Command = AddNote | AskDepartment | AnswerTask | AddCaller | LinkRequest


def _worked(
    desk: Desk, actor: Actor, command: _Command, step: str, lay: Callable[[Connection, told.Record], Laid]
) -> Done[Request]:
    """Do something about a request that is open, while nobody else moves it."""
    actor.require(Act.TAKE_REQUEST)
    content = content_of(desk, actor.user, command)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (earlier := earlier_event(work.conn, command.key, content)) is not None:
            return Done(one(work.conn, str(earlier.facts["request"])), replayed=True)
        row = row_of(work.conn, actor, command.request)
        REQUEST.after("work_on", row["state"])
        changes, more = lay(work.conn, row)
        number = str(row["request_no"])
        draft = EntryDraft(
            desk.office_series, EventKind.REQUEST_CHANGED, desk.today(), actor.user, command.key,
            content_hash=content, facts={"request": number, "step": step},
        )  # fmt: skip
        telling.tell(work, desk, draft, changes, sorted({*subjects_of(row), *more}))
        done = one(work.conn, number)
    return Done(done, TOPICS)


def _is_noted(conn: Connection, row: told.Record, known: Sequence[Caller], command: AddCaller) -> bool:
    """Say whether somebody is the first caller or a second one already: by any record of theirs, or name and reach."""
    if command.customer_id:
        person = customers.same_person(conn, customers.root_of(conn, command.customer_id))
        return not {row["customer_id"], *(one.customer_id for one in known)}.isdisjoint(person)
    named = {(fold(one.name), fold(one.reach)) for one in known if not one.customer_id}
    return (fold(command.name).strip(), fold(command.reach).strip()) in named | {
        (fold(row["contact"] or ""), fold(row["reach"] or ""))
    }


def _note(conn: Connection, row: told.Record, values: dict[str, Any], words: dict[str, str | None]) -> Change:
    n = len(rows.notes_of(conn, row["request_no"])) + 1
    if n > MOST_NOTES:
        raise BadInput(f"A request has at most {MOST_NOTES} notes.", field="said")
    return told.added(request_note, (row["request_no"], n), values, words)
