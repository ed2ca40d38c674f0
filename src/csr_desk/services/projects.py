"""Projects: a number that is issued once, and all that hangs under it (G1)."""

from __future__ import annotations

from dataclasses import dataclass

from csr_desk.data.models import project
from csr_desk.data.queries import Connection, orders, projects, told
from csr_desk.data.unit_of_work import Work
from csr_desk.domain import about
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.errors import BadInput, Conflict, MissingInput, NotFound
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.masking import seen_by
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.projects import LONGEST_SITE, LONGEST_TITLE, Project, ProjectState
from csr_desk.domain.sites import site_key
from csr_desk.domain.telling import Change, Value
from csr_desk.services import telling
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.orders_sold import project_of
from csr_desk.services.receipts import earlier_event
from csr_desk.services.words import plain_words

TOPICS = frozenset({Topic.PROJECTS})


@dataclass(frozen=True, slots=True)
class OpenProject:
    """Give a construction its number."""

    key: str
    title: str
    site: str
    """The address where the work is done, as the permits will have it."""
    customer_id: str = ""
    """The owner."""
    contractor: str = ""


@dataclass(frozen=True, slots=True)
class ChangeProject:
    """Correct what is known of a project; None leaves it as it is, an empty text takes it away."""

    key: str
    project: str
    reason: str
    title: str | None = None
    site: str | None = None
    customer_id: str | None = None
    contractor: str | None = None


@dataclass(frozen=True, slots=True)
class EndProject:
    """Close a project as finished, or call it off; or open it again."""

    key: str
    project: str
    state: ProjectState
    reason: str


def open_project(desk: Desk, actor: Actor, command: OpenProject) -> Done[Project]:
    """Open a project under the next number; raise MissingInput, BadInput, NotFound (owner, contractor)."""
    actor.require(Act.KEEP_PROJECTS)
    content = content_of(desk, actor.user, command)
    words = _words(command.title, command.site)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (earlier := earlier_event(work.conn, command.key, content)) is not None:
            return Done(_told_by(work.conn, earlier.facts), replayed=True)
        _refuse_unknown(work.conn, command.customer_id, command.contractor)
        today = desk.today()
        number, counted = telling.next_number(work.conn, desk, telling.PROJECT, today.year)
        facts: dict[str, Value] = {
            "customer_id": command.customer_id or None, "contractor_no": command.contractor or None,
            "state": ProjectState.OPEN.value, "opened_on": today.isoformat(), "opened_by": actor.user,
        }  # fmt: skip
        new = told.added(project, (number,), facts, words)
        draft = _draft(desk, actor, command.key, content, EventKind.PROJECT_OPENED)
        telling.tell(work, desk, draft, (counted, new), _about(number, words["site_key"], command.customer_id))
        done = _one(work.conn, number)
    return Done(done, TOPICS)


def change_project(desk: Desk, actor: Actor, command: ChangeProject) -> Done[Project]:
    """Correct a project; raise NotFound, MissingInput (no reason), BadInput (nothing is new), WrongState, Conflict."""
    actor.require(Act.KEEP_PROJECTS)
    content = content_of(desk, actor.user, command)
    reason = _reason(command.reason, "Say why the project is changed.")
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (earlier := earlier_event(work.conn, command.key, content)) is not None:
            return Done(_told_by(work.conn, earlier.facts), replayed=True)
        before = project_of(work.conn, desk, command.project)
        if (refusal := before.why_not_changed()) is not None:
            raise refusal
        _refuse_unknown(work.conn, command.customer_id or "", command.contractor or "")
        new = _new(before, command)
        changed = _changed(work, before.number, *new)
        draft = _draft(desk, actor, command.key, content, EventKind.PROJECT_CHANGED, reason)
        subjects = _about(before.number, new[1].get("site_key", before.site_key), command.customer_id or "")
        telling.tell(work, desk, draft, (changed,), subjects)
        done = _one(work.conn, before.number)
    return Done(done, TOPICS)


def end_project(desk: Desk, actor: Actor, command: EndProject) -> Done[Project]:
    """Close, call off or reopen a project; raise NotFound, MissingInput, WrongState (something on it still waits)."""
    actor.require(Act.KEEP_PROJECTS)
    content = content_of(desk, actor.user, command)
    reason = _reason(command.reason, "Say why.")
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (earlier := earlier_event(work.conn, command.key, content)) is not None:
            return Done(_told_by(work.conn, earlier.facts), replayed=True)
        before = project_of(work.conn, desk, command.project)
        today = desk.today()
        if command.state is ProjectState.OPEN:
            refusal = before.why_not_reopened()
        else:
            found = orders.orders_of(work.conn, before.number)
            waiting = [order.number for order in found if order.why_not_paid(today) is None]
            refusal = before.why_not_ended(waiting, projects.open_permits(work.conn, before.number))
        if refusal is not None:
            raise refusal
        closed = None if command.state is ProjectState.OPEN else today.isoformat()
        changed = _changed(work, before.number, {"state": command.state.value, "closed_on": closed}, {})
        draft = _draft(desk, actor, command.key, content, EventKind.PROJECT_CHANGED, reason)
        telling.tell(work, desk, draft, (changed,), _about(before.number, before.site_key, before.customer_id))
        done = _one(work.conn, before.number)
    return Done(done, TOPICS)


def project_of_number(desk: Desk, actor: Actor, typed: str) -> Project:
    """Return a project by its number, with or without check digit; raise NotFound, BadInput (a wrong figure)."""
    actor.require(Act.SEE_PROJECTS)
    with desk.read() as work:
        return seen_by(actor.role, project_of(work.conn, desk, typed))


def _words(title: str, site: str) -> dict[str, str]:
    """Check what is keyed; the address is kept as it was keyed, since a utility compares it letter by letter."""
    words = {
        "title": plain_words(title, "title", LONGEST_TITLE),
        "site": " ".join(plain_words(site, "site", LONGEST_SITE).split()),
    }
    if not words["title"]:
        raise MissingInput("Name the project: what is built, in a few words.", field="title")
    if not words["site"]:
        raise MissingInput("Key the address of the work, as the permits will have it.", field="site")
    return {**words, "site_key": site_key(words["site"])}


def _reason(text: str, said: str) -> str:
    reason = plain_words(text, "reason", 200)
    if not reason:
        raise MissingInput(said, field="reason")
    return reason


def _refuse_unknown(conn: Connection, customer: str, contractor: str) -> None:
    if customer and not projects.has_customer(conn, customer):
        raise NotFound(f"There is no customer “{customer[:40]}”.", field="customer_id")
    if contractor and not projects.has_contractor(conn, contractor):
        raise NotFound(f"There is no contractor “{contractor[:40]}”.", field="contractor")


def _new(before: Project, command: ChangeProject) -> tuple[dict[str, Value], dict[str, str]]:
    """Return what is new: facts, and words."""
    title = before.title if command.title is None else command.title
    site = before.site if command.site is None else command.site
    said = _words(title, site)
    old = {"title": before.title, "site": before.site, "site_key": before.site_key}
    words = {name: text for name, text in said.items() if text != old[name]}
    facts: dict[str, Value] = {}
    if command.customer_id is not None and command.customer_id != before.customer_id:
        facts["customer_id"] = command.customer_id or None
    if command.contractor is not None and command.contractor != before.contractor:
        facts["contractor_no"] = command.contractor or None
    if not facts and not words:
        raise BadInput("Nothing of the project is new.")
    return facts, words


def _changed(work: Work, number: str, facts: dict[str, Value], words: dict[str, str]) -> Change:
    row = told.record(work.conn, project, number, lock=True)
    if row is None:
        raise Conflict
    return told.changed(project, row, facts, words)


def _about(number: str, key: str, customer: str) -> tuple[str, ...]:
    return (about.project(number), about.site(key), *((about.customer(customer),) if customer else ()))


def _draft(desk: Desk, actor: Actor, key: str, content: str, kind: EventKind, reason: str = "") -> EntryDraft:
    return EntryDraft(
        series=desk.office_series,
        kind=kind,
        business_date=desk.today(),
        actor=actor.user,
        idem_key=key,
        content_hash=content,
        notes={"reason": reason} if reason else {},
    )


def _told_by(conn: Connection, facts: object) -> Project:
    """Return the project that an entry told, as it stands now."""
    sets = facts["sets"] if isinstance(facts, dict) else []
    return _one(conn, next(str(one["key"][0]) for one in sets if one["table"] == project.name))


def _one(conn: Connection, number: str) -> Project:
    found = projects.one_project(conn, number)
    if found is None:
        raise NotFound(f"There is no project “{number}”.", field="project")
    return found
