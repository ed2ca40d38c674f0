"""What a page shows of a project: it, its orders, what is due on it; and finding projects by any scrap (G1)."""

from __future__ import annotations

from dataclasses import dataclass

from csr_desk.data.queries import Connection, customers, orders, projects
from csr_desk.domain.customer_words import terms_of
from csr_desk.domain.errors import BadInput, NotFound
from csr_desk.domain.masking import seen_by
from csr_desk.domain.money import Cents
from csr_desk.domain.numbering import FIXED, read_number
from csr_desk.domain.orders import Order
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.projects import Project
from csr_desk.domain.sites import site_key
from csr_desk.services.customers import CANDIDATES, find_customers
from csr_desk.services.desk import Desk
from csr_desk.services.orders_sold import project_of

LIMIT = 20


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """A project with its orders, and what is due on it today (cents)."""

    project: Project
    orders: tuple[Order, ...]
    due: Cents


@dataclass(frozen=True, slots=True)
class FoundProjects:
    """Projects, the newest first, and whether there are more."""

    hits: tuple[Project, ...]
    more: bool = False


def project_page(desk: Desk, actor: Actor, typed: str) -> ProjectPage:
    """Return a project by its number, with or without check digit; raise NotFound, BadInput (a wrong figure)."""
    actor.require(Act.SEE_PROJECTS)
    today = desk.today()
    with desk.read() as work:
        found = project_of(work.conn, desk, typed)
        there = orders.orders_of(work.conn, found.number)
    due = sum(order.total for order in there if order.why_not_paid(today) is None)
    return seen_by(actor.role, ProjectPage(found, there, due))


def find_projects(desk: Desk, actor: Actor, text: str, limit: int = LIMIT) -> FoundProjects:
    """Find projects by number, order, address, title, or their owner's name, the newest first."""
    actor.require(Act.SEE_PROJECTS)
    words = text.split()
    if not terms_of(text):
        return FoundProjects(())
    with desk.read() as work:
        found = {one.number: one for one in _by_number(work.conn, desk, text)}
        if not found:
            found |= {one.number: one for one in projects.projects_at(work.conn, site_key(text))}
            found |= {one.number: one for one in projects.projects_like(work.conn, words, limit + 1)}
    if len(found) <= limit and not any(one.number in text for one in found.values()):
        found |= _of_owners(desk, actor, text)
    ranked = sorted(found.values(), key=lambda one: (one.opened_on, one.number), reverse=True)
    return seen_by(actor.role, FoundProjects(tuple(ranked[:limit]), len(ranked) > limit))


def _by_number(conn: Connection, desk: Desk, text: str) -> tuple[Project, ...]:
    """Return the project of a number of a project or an order; nothing where it is none or a figure is wrong."""
    try:
        if (read := read_number(FIXED["order"], text)) is not None:
            order = orders.one_order(conn, read.number)
            return (project_of(conn, desk, order.project),) if order is not None and order.project else ()
        return (project_of(conn, desk, text),)
    except (NotFound, BadInput):
        return ()


def _of_owners(desk: Desk, actor: Actor, text: str) -> dict[str, Project]:
    """Return the projects of the customers whom the text finds."""
    if not actor.may(Act.SEE_CUSTOMERS):
        return {}
    hits = find_customers(desk, actor, text, CANDIDATES).hits
    if not hits:
        return {}
    with desk.read() as work:
        numbers = {one.number for one in customers.all_of(work.conn, {hit.number for hit in hits})}
        return {one.number: one for one in projects.projects_of_customers(work.conn, numbers)}
