"""Inquiries, complaints and requests: taken, given to somebody, reclassified, escalated (H1, H4, H6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from csr_desk.data.models import request
from csr_desk.data.queries import Connection, customers, people, told
from csr_desk.data.queries import requests as rows
from csr_desk.data.unit_of_work import Work
from csr_desk.domain import about
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.errors import BadInput, MissingInput, NotFound, NotPermitted
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.request_questions import answered, write_answers
from csr_desk.domain.request_steps import REQUEST
from csr_desk.domain.requests import Channel, Escalation, Request, RequestType, contact_by, due_on, urgent
from csr_desk.domain.sites import site_key
from csr_desk.domain.telling import Change, Value
from csr_desk.domain.work_orders import Priority
from csr_desk.services import request_links, telling
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.receipts import earlier_event
from csr_desk.services.request_types import offered
from csr_desk.services.typed_numbers import no_such, typed_number
from csr_desk.services.words import plain_words

SERIES = "request"
TOPICS = frozenset({Topic.REQUESTS})
LONGEST_SUMMARY = 2000


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """Take an inquiry, a complaint or a request. ``answers`` are to the questions of its type."""

    key: str
    type: str
    summary: str
    channel: Channel = Channel.COUNTER
    answers: Mapping[str, Any] = field(default_factory=dict)
    site: str = ""
    place: str = ""
    """Latitude and longitude, like ``29.7604,-95.3698``."""
    customer_id: str = ""
    contact: str = ""
    reach: str = ""
    anonymous: bool = False
    language: str = ""
    recurs: str = ""
    """The closed one that it comes back from."""
    priority: Priority | None = None
    links: tuple[str, ...] = ()
    """What it is about beside the customer: a receipt, an account, a permit … (``domain.about``)."""


@dataclass(frozen=True, slots=True)
class AssignRequest:
    """Give it to a person of the office, to a department, or both."""

    key: str
    request: str
    owner: str = ""
    department: str = ""


@dataclass(frozen=True, slots=True)
class ReclassifyRequest:
    """It is of another type: number and time line stay, questions and deadline are those of the new type (H4)."""

    key: str
    request: str
    type: str
    reason: str
    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EscalateRequest:
    """The department speaks to the customer within days (H6)."""

    key: str
    request: str
    why: Escalation
    reason: str = ""


@dataclass(frozen=True, slots=True)
class WaitRequest:
    """It waits for the customer, or (``waits`` false) is gone on with; the clock of its deadline runs on."""

    key: str
    request: str
    reason: str = ""
    waits: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """What an act tells of the row, and of other rows."""

    kind: EventKind
    step: str
    values: Mapping[str, Value] = field(default_factory=dict)
    words: Mapping[str, str | None] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    more: tuple[Change, ...] = ()


class Moving(Protocol):
    """A command that takes a step with a request."""

    @property
    def key(self) -> str:
        """Its key."""

    @property
    def request(self) -> str:
        """The number, as it was keyed."""


def open_request(desk: Desk, actor: Actor, command: OpenRequest) -> Done[Request]:
    """Take a request under the next number, due by its type and the working calendar.

    Raises NotFound (type, customer, the one that it comes back from), MissingInput (what, where, who, a question that
    has to be answered), BadInput.
    """
    actor.require(Act.TAKE_REQUEST)
    content = content_of(desk, actor.user, command)
    words = _words_of(command)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (earlier := earlier_event(work.conn, command.key, content)) is not None:
            return Done(one(work.conn, str(earlier.facts["request"])), replayed=True)
        kind = offered(work.conn, command.type)
        values = _opened(desk, actor, work.conn, command, kind)
        words["answers"] = write_answers(answered(kind.questions, command.answers))
        _refuse_lacking(kind, command, words)
        number, counted = telling.next_number(work.conn, desk, SERIES, desk.today().year)
        said = {name: text for name, text in words.items() if text}
        row = told.added(request, (number,), {k: v for k, v in values.items() if v is not None}, said)
        linked = sorted({request_links.checked(desk, work.conn, one) for one in command.links})
        draft = _draft(desk, actor, (command.key, content), EventKind.REQUEST_OPENED, (number, "open", {}))
        changes = [counted, row, *(request_links.link(desk, number, one) for one in linked)]
        whose = subjects_of({"request_no": number, **values, **words})
        telling.tell(work, desk, draft, changes, whose if kind.restricted else sorted({*whose, *linked}))
        done = one(work.conn, number)
    return Done(done, TOPICS)


def assign_request(desk: Desk, actor: Actor, command: AssignRequest) -> Done[Request]:
    """Give a request to somebody; raise NotFound, MissingInput (to nobody), WrongState."""
    actor.require(Act.ESCALATE_REQUEST if command.owner not in {"", actor.user} else Act.TAKE_REQUEST)
    department = plain_words(command.department, "department", 80)
    if not command.owner and not department:
        raise MissingInput("Say who gets it: a person, or a department.", field="owner")

    def new(conn: Connection, _row: told.Record) -> Step:
        if command.owner and command.owner not in people.names(conn):
            raise NotFound(f"Nobody here is called “{command.owner[:40]}”.", field="owner")
        values: dict[str, Value] = {"owner": command.owner} if command.owner else {}
        values |= {"department": department} if department else {}
        return Step(EventKind.REQUEST_CHANGED, "assign", values)

    return moved(command, desk, actor, new)


def reclassify_request(desk: Desk, actor: Actor, command: ReclassifyRequest) -> Done[Request]:
    """Give a request another type; its number stays, its deadline runs from the day on which it was opened.

    Raises NotFound, MissingInput (no reason, an unanswered question), BadInput (it is of this type), WrongState.
    """
    actor.require(Act.TAKE_REQUEST)
    reason = needed(command.reason, "reason", "Say why it is of another type.", 200)

    def new(conn: Connection, row: told.Record) -> Step:
        kind = offered(conn, command.type)
        if kind.code == row["type_code"]:
            raise BadInput("It is of this type already.", field="type")
        answers = write_answers(answered(kind.questions, command.answers))
        due = due_on(kind, date.fromisoformat(row["opened_on"]), holidays=desk.policy.days_off)
        values: dict[str, Value] = {
            "type_code": kind.code, "department": kind.department, "due_on": due.isoformat(),
            "priority": urgent(kind).value, "restricted": int(kind.restricted or row["restricted"]),
        }  # fmt: skip
        return Step(EventKind.REQUEST_CHANGED, "reclassify", values, {"answers": answers}, {"reason": reason})

    return moved(command, desk, actor, new)


def escalate_request(desk: Desk, actor: Actor, command: EscalateRequest) -> Done[Request]:
    """Have the department speak to the customer within days; raise NotFound, MissingInput, WrongState."""
    actor.require(Act.ESCALATE_REQUEST if command.why is Escalation.BY_HAND else Act.TAKE_REQUEST)
    reason = plain_words(command.reason, "reason", 200)
    if command.why in {Escalation.BY_HAND, Escalation.DISSATISFIED} and not reason:
        raise MissingInput("Say what the customer is not content with, or why it has to be soon.", field="reason")
    by = contact_by(desk.today(), desk.policy.escalation_days, holidays=desk.policy.days_off)
    values: dict[str, Value] = {"escalated": command.why.value, "contact_by": by.isoformat()}
    told_of = Step(EventKind.REQUEST_CHANGED, "escalate", values, notes={"reason": reason} if reason else {})
    return moved(command, desk, actor, lambda _conn, _row: told_of)


def wait_request(desk: Desk, actor: Actor, command: WaitRequest) -> Done[Request]:
    """Note that it waits for the customer, or is gone on with; raise NotFound, MissingInput (for what), WrongState."""
    actor.require(Act.TAKE_REQUEST)
    reason = plain_words(command.reason, "reason", 200)
    if command.waits and not reason:
        raise MissingInput("Say what it waits for.", field="reason")
    notes = {"reason": reason} if reason else {}
    step = Step(EventKind.REQUEST_CHANGED, "wait" if command.waits else "go_on", notes=notes)
    return moved(command, desk, actor, lambda _conn, _row: step)


def one(conn: Connection, number: str) -> Request:
    """Return a request; raise NotFound."""
    found = rows.one(conn, number)
    if found is None:
        raise no_such(SERIES, number)
    return found


def row_of(conn: Connection, actor: Actor, typed: str, *, lock: bool = True) -> told.Record:
    """Return the row of a request that the actor may read; raise NotFound, BadInput, NotPermitted (restricted)."""
    row = told.record(conn, request, typed_number(SERIES, typed), lock=lock)
    if row is None:
        raise no_such(SERIES, typed)
    if row["restricted"] and not actor.may(Act.SEE_RESTRICTED) and row["opened_by"] != actor.user:
        raise NotPermitted(act=Act.SEE_RESTRICTED.value)
    return row


def subjects_of(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Say what an entry about a request is about; one about an employee is on no customer's time line (H8)."""
    found = {about.request(row["request_no"])}
    if not row["restricted"]:
        found |= {about.customer(row["customer_id"])} if row["customer_id"] else set()
        found |= {about.site(row["site_key"])} if row["site_key"] else set()
    return tuple(sorted(found))


def moved(
    command: Moving, desk: Desk, actor: Actor, new: Callable[[Connection, told.Record], Step],
    then: Callable[[Work, Request], None] = lambda _work, _done: None,
) -> Done[Request]:  # fmt: skip
    """Take a step with a request that nobody else moves meanwhile; ``then`` does what belongs to it.

    Raises NotFound, BadInput, NotPermitted (restricted), WrongState.
    """
    content = content_of(desk, actor.user, command)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (earlier := earlier_event(work.conn, command.key, content)) is not None:
            return Done(one(work.conn, str(earlier.facts["request"])), replayed=True)
        row = row_of(work.conn, actor, command.request)
        say = new(work.conn, row)
        values = {"state": REQUEST.after(say.step, row["state"]), **say.values}
        change = told.changed(request, row, values, say.words)
        number = str(row["request_no"])
        draft = _draft(desk, actor, (command.key, content), say.kind, (number, say.step, say.notes))
        telling.tell(work, desk, draft, [change, *say.more], subjects_of({**row, **values}))
        done = one(work.conn, number)
        then(work, done)
    return Done(done, TOPICS)


def _draft(
    desk: Desk, actor: Actor, key: tuple[str, str], kind: EventKind, what: tuple[str, str, Mapping[str, str]]
) -> EntryDraft:
    number, step, notes = what
    return EntryDraft(
        desk.office_series, kind, desk.today(), actor.user, key[0], content_hash=key[1],
        facts={"request": number, "step": step}, notes=notes,
    )  # fmt: skip


def _opened(desk: Desk, actor: Actor, conn: Connection, command: OpenRequest, kind: RequestType) -> dict[str, Value]:
    """Lay the impersonal columns of a new request out."""
    customer = customers.one(conn, command.customer_id) if command.customer_id else None
    if command.customer_id and customer is None:
        raise NotFound(f"There is no customer “{command.customer_id[:40]}”.", field="customer_id")
    before = one(conn, typed_number(SERIES, command.recurs)) if command.recurs else None
    if before is not None and before.waits:
        raise BadInput(f"Request {before.number} is still open: add to that one.", field="recurs")
    today, days_off = desk.today(), desk.policy.days_off
    why = Escalation.SAFETY if kind.safety else Escalation.RECURRENCE if before is not None else None
    by = contact_by(today, desk.policy.escalation_days, holidays=days_off) if why else None
    return {
        "type_code": kind.code, "channel": command.channel.value,
        "priority": (command.priority or urgent(kind)).value, "state": "open", "department": kind.department,
        "escalated": why.value if why else None, "contact_by": by.isoformat() if by else None,
        "restricted": int(kind.restricted), "anonymous": int(command.anonymous),
        "language": plain_words(command.language, "language", 10) or None,
        "customer_id": None if command.anonymous else command.customer_id or None,
        "recurs": before.number if before else None, "reopened": 0, "opened_at": desk.now_text(),
        "opened_on": today.isoformat(), "due_on": due_on(kind, today, holidays=days_off).isoformat(),
        "opened_by": actor.user,
    }  # fmt: skip


def _words_of(command: OpenRequest) -> dict[str, str]:
    site = plain_words(command.site, "site", 200)
    known = not command.anonymous
    return {
        "summary": needed(command.summary, "summary", "Say what it is about.", LONGEST_SUMMARY),
        "site": site, "site_key": site_key(site) if site else "", "place": plain_words(command.place, "place", 40),
        "contact": plain_words(command.contact, "contact", 120) if known else "",
        "reach": plain_words(command.reach, "reach", 200) if known else "",
    }  # fmt: skip


def _refuse_lacking(kind: RequestType, command: OpenRequest, words: Mapping[str, str]) -> None:
    if kind.needs_site and not words["site"]:
        raise MissingInput(f"{kind.name}: say where. Somebody has to find it.", field="site")
    if command.anonymous and not kind.anonymous:
        raise BadInput(f"{kind.name}: nobody can be answered who does not say who they are.", field="anonymous")
    if not command.anonymous and not (command.customer_id or words["contact"]):
        raise MissingInput("Say whose it is, or that they do not want to be named.", field="contact")


def needed(text: str, name: str, asked: str, longest: int) -> str:
    """Return words that have to be keyed; raise MissingInput with what is asked, BadInput."""
    words = plain_words(text, name, longest)
    if not words:
        raise MissingInput(asked, field=name)
    return words
