"""What is known before a request is taken: who stands there, what warns of them, what the page was about (H1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from csr_desk.data.queries import Connection, customers, work_orders
from csr_desk.data.queries import requests as rows
from csr_desk.domain.customers import CONFIDENTIAL, Note
from csr_desk.domain.masking import seen_by
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.requests import RequestType
from csr_desk.services.customer_pages import is_told_today
from csr_desk.services.desk import Desk
from csr_desk.services.request_links import LINKED
from csr_desk.services.request_lists import warnings_of


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a request begins with."""

    types: tuple[RequestType, ...]
    """What is offered, by category and name."""
    customer_id: str = ""
    customer_name: str = ""
    language: str = ""
    reach: str = ""
    address: str = ""
    """The customer's own; it is offered, never taken for the place that a request is about."""
    site: str = ""
    """Where the account, permit or project is."""
    links: tuple[str, ...] = ()
    """What the page in front was about beside the customer."""
    warnings: tuple[Note, ...] = ()
    """Notes on the customer that count today, the loudest first."""


def beginning(desk: Desk, actor: Actor, about: Sequence[str]) -> Beginning:
    """Return what a request taken now begins with; ``about`` is what the page in front looks at (``domain.about``)."""
    actor.require(Act.TAKE_REQUEST)
    subjects = [(noun, number) for noun, _, number in (one.partition(":") for one in about)]
    links = tuple(f"{noun}:{number}" for noun, number in subjects if noun in LINKED and number)
    with desk.read() as work:
        places = [place for one in links if (place := work_orders.place_of(work.conn, one)) is not None]
        whose = [number for noun, number in subjects if noun == "customer" and number]
        whose += [place.customer for place in places if place.customer]
        found = Beginning(
            tuple(one for one in rows.types(work.conn) if one.active),
            site=next((place.site for place in places if place.site), ""), links=links,
        )  # fmt: skip
        if whose:
            found = _with_customer(desk, actor, work.conn, found, customers.root_of(work.conn, whose[0]))
    return seen_by(actor.role, found)


def _with_customer(desk: Desk, actor: Actor, conn: Connection, found: Beginning, number: str) -> Beginning:
    """Add a customer; what a confidential one asked to keep stays away until it was logged that they are told (F14)."""
    record = customers.one(conn, number)
    if record is None:
        return found
    person = customers.same_person(conn, number)
    kept = record.confidential and not is_told_today(conn, desk, actor, person)
    return replace(
        found, customer_id=number, customer_name=record.name, language=record.language,
        reach=CONFIDENTIAL if kept else record.phone or record.email,
        address="" if kept else record.address, site="" if kept else found.site,
        warnings=warnings_of(desk, conn, number),
    )  # fmt: skip
