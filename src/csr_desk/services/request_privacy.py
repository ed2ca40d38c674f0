"""Complaints about employees kept apart wherever else entries are read: time lines and the journal (H8).

A request may become one of a restricted type after it was noted on somebody's time line, and a referral or a form may
name it. So what is read is narrowed by how the request stands now, not by what its entries said when they were written.
"""

from __future__ import annotations

from collections.abc import Iterable

from csr_desk.data.queries import Connection
from csr_desk.data.queries import requests as rows
from csr_desk.data.queries.entries import Event
from csr_desk.domain import about
from csr_desk.domain.errors import BadInput
from csr_desk.domain.ledger import EventKey
from csr_desk.domain.people import Act, Actor
from csr_desk.services.requests import row_of

_PREFIX = about.request("")


def without_restricted(conn: Connection, events: Iterable[Event]) -> tuple[Event, ...]:
    """Leave out what is about a complaint about an employee: it is on nobody's time line."""
    found = tuple(events)
    apart = _about_restricted(conn, found)
    return tuple(event for event in found if event.key not in apart)


def veiled(conn: Connection, actor: Actor, events: Iterable[Event]) -> frozenset[EventKey]:
    """Return the entries of which a reader of the journal learns that they are there, and no more."""
    return frozenset() if actor.may(Act.SEE_RESTRICTED) else _about_restricted(conn, tuple(events))


def open_to_all(conn: Connection, actor: Actor, typed: str) -> str:
    """Return the number of a request that something else may name.

    Raises NotFound, BadInput (a wrong figure, or it is about an employee: it would be named on everybody's lists),
    NotPermitted (restricted).
    """
    row = row_of(conn, actor, typed, lock=False)
    if row["restricted"]:
        raise BadInput("A complaint about an employee is not named anywhere else.", field="request")
    return str(row["request_no"])


def _about_restricted(conn: Connection, events: tuple[Event, ...]) -> frozenset[EventKey]:
    named = {event.key: _requests_of(event) for event in events}
    apart = rows.restricted_among(conn, {number for numbers in named.values() for number in numbers})
    return frozenset(key for key, numbers in named.items() if not apart.isdisjoint(numbers))


def _requests_of(event: Event) -> frozenset[str]:
    subjects = event.facts.get(about.ABOUT, ())
    return frozenset(one.removeprefix(_PREFIX) for one in subjects if one.startswith(_PREFIX))
