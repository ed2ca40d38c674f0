"""Everything about one project on one page: who owns and builds it, what is due, what warns, what hangs beneath it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from csr_desk.data.queries import Connection, about, holds, project_rows
from csr_desk.data.queries.people import names as names_of
from csr_desk.domain import about as subjects
from csr_desk.domain.contractor import Paper, PaperKind, Standing, lacks
from csr_desk.domain.errors import NotFound
from csr_desk.domain.holds import Hold
from csr_desk.domain.masking import seen_by
from csr_desk.domain.money import Cents
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.validity import ALIVE
from csr_desk.services.customer_timeline import Moment, moment_of
from csr_desk.services.desk import Desk
from csr_desk.services.project_lines import (
    Concern,
    Line,
    Noun,
    Row,
    day_of,
    inspection_line,
    order_line,
    permit_line,
    release_line,
    work_order_line,
)
from csr_desk.services.request_privacy import without_restricted
from csr_desk.services.service_release_facts import is_late
from csr_desk.services.work_words import with_results

MOMENTS = 100


@dataclass(frozen=True, slots=True)
class Due:
    """Something to be paid on a project (cents): an order, or what was charged on a permit after its issue."""

    number: str
    title: str
    amount: Cents
    until: date | None = None


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """A project as its page shows it."""

    number: str
    title: str
    site: str
    state: str
    opened_on: date
    closed_on: date | None
    owner_no: str
    owner: str
    contractor_no: str
    contractor: str
    lacks: tuple[str, ...]
    """What the contractor lacks for the permits that are worked on, each in a sentence."""
    dues: tuple[Due, ...]
    holds: tuple[Hold, ...]
    """Holds in force on the project, its place, its permits, its owner and its contractor."""
    lines: tuple[Line, ...]

    @property
    def due(self) -> Cents:
        """What is to be paid on it in all."""
        return sum(one.amount for one in self.dues)

    def of(self, noun: Noun) -> tuple[Line, ...]:
        """Return its lines of one noun."""
        return tuple(line for line in self.lines if line.noun is noun)


@dataclass(frozen=True, slots=True)
class _Beneath:
    """The rows beneath a project as they were read."""

    permits: Sequence[Row]
    orders: Sequence[Row]
    inspections: Sequence[Row]
    work_orders: Sequence[Row]
    releases: Sequence[Row]


def project_page(desk: Desk, actor: Actor, number: str) -> ProjectPage:
    """Return a project with everything beneath it; raise NotFound."""
    actor.require(Act.SEE_PROJECTS)
    with desk.read() as work:
        page = _page(desk, work.conn, number)
    return seen_by(actor.role, page)


def project_of(desk: Desk, actor: Actor, about_it: str) -> str:
    """Return the project to which ``permit:P…``, ``order:SO…`` and the like belong; nothing where there is none."""
    actor.require(Act.SEE_PROJECTS)
    with desk.read() as work:
        return project_rows.projects_of_subjects(work.conn, [about_it]).get(about_it, "")


def project_moments(desk: Desk, actor: Actor, number: str) -> tuple[Moment, ...]:
    """Return what happened on a project, newest first; raise NotFound."""
    actor.require(Act.SEE_PROJECTS)
    with desk.read() as work:
        _head(work.conn, number)
        named = _subjects(number, _beneath(work.conn, number))
        found = about.entries_about(work.conn, named, limit=MOMENTS)
        events = with_results(work.conn, without_restricted(work.conn, found))
        names = names_of(work.conn)
        moments = tuple(moment_of(desk, event, {}, names) for event in events)
    return seen_by(actor.role, moments)


def _page(desk: Desk, conn: Connection, number: str) -> ProjectPage:
    head, today = _head(conn, number), desk.today()
    rows = _beneath(conn, number)
    lines = tuple(_lines(desk, rows))
    return ProjectPage(
        number,
        head["title"],
        head["site"],
        head["state"],
        date.fromisoformat(head["opened_on"]),
        day_of(head["closed_on"]),
        head["customer_id"] or "",
        head["owner"] or "",
        head["contractor_no"] or "",
        head["builder"] or "",
        _lacks(conn, head, rows.permits, today),
        tuple(_dues(conn, rows, lines)),
        _holds(conn, head, _subjects(number, rows), today),
        lines,
    )


def _head(conn: Connection, number: str) -> Row:
    head = project_rows.head(conn, number)
    if head is None:
        raise NotFound(f"There is no project “{number[:40]}”.", field="project")
    return head


def _beneath(conn: Connection, number: str) -> _Beneath:
    permits = project_rows.permits(conn, number)
    permit_nos = [row["permit_no"] for row in permits]
    releases = project_rows.releases(conn, number, permit_nos)
    inspections = project_rows.inspections(conn, permit_nos)
    about_it = [
        *project_rows.subjects_of(number, permit_nos, (), [row["release_no"] for row in releases]),
        *(subjects.inspection(row["inspection_no"]) for row in inspections),
    ]
    orders = project_rows.orders(conn, number)
    return _Beneath(permits, orders, inspections, project_rows.work_orders(conn, about_it), releases)


def _subjects(number: str, rows: _Beneath) -> tuple[str, ...]:
    return (
        *project_rows.subjects_of(
            number,
            [row["permit_no"] for row in rows.permits],
            [row["order_no"] for row in rows.orders],
            [row["release_no"] for row in rows.releases],
        ),
        *(subjects.inspection(row["inspection_no"]) for row in rows.inspections),
        *(subjects.work_order(row["work_order_no"]) for row in rows.work_orders),
    )


def _holds(conn: Connection, head: Row, beneath: Sequence[str], today: date) -> tuple[Hold, ...]:
    people = [head["customer_id"]] if head["customer_id"] else ()
    builder = [subjects.contractor(head["contractor_no"])] if head["contractor_no"] else []
    things = {*beneath, *builder, subjects.site(head["site_key"])}
    return tuple(hold for hold in holds.holds_about(conn, people, (), things) if hold.holds_on(today))


def _lacks(conn: Connection, head: Row, permits: Sequence[Row], today: date) -> tuple[str, ...]:
    """Say what the contractor lacks for the trades of the permits that are worked on."""
    if not head["contractor_no"]:
        return ()
    papers = tuple(
        Paper(PaperKind(row["kind"]), row["trade"] or "", day_of(row["starts_on"]), day_of(row["expires_on"]))
        for row in project_rows.papers_of(conn, head["contractor_no"])
    )
    standing = Standing(head["builder_state"], frozenset(head["trades"].split()), papers)
    trades = dict.fromkeys(
        row["trade"] or ""
        for row in permits
        if row["state"] in ALIVE and row["contractor_no"] in {None, head["contractor_no"]}
    )
    found = dict.fromkeys(said for trade in (trades or {"": None}) for said in lacks(standing, trade, today))
    return tuple(found)


def _dues(conn: Connection, rows: _Beneath, lines: Sequence[Line]) -> Iterator[Due]:
    for line in lines:
        if line.noun is Noun.ORDER and line.state == "open" and line.concern is not Concern.ENDED:
            yield Due(line.number, line.title, line.amount or 0, line.until)
    titles = {row["permit_no"]: row["description"] for row in rows.permits}
    for row in project_rows.supplements_due(conn, list(titles)):
        yield Due(row["permit_no"], titles[row["permit_no"]], row["amount_minor"])


def _lines(desk: Desk, rows: _Beneath) -> Iterator[Line]:
    today, policy = desk.today(), desk.policy
    yield from (permit_line(row, today, policy.paper_warn_days) for row in rows.permits)
    yield from (order_line(row, today) for row in rows.orders)
    repeated = {row["repeats"] for row in rows.inspections}
    yield from (inspection_line(row, today, repeated) for row in rows.inspections)
    yield from (work_order_line(row, today) for row in rows.work_orders)
    yield from (release_line(row, late=is_late(desk, row)) for row in rows.releases)
