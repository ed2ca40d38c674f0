"""How long requests took, by type or by department, on the screen and as a table for a spreadsheet (H3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from csr_desk.data.queries import requests as rows
from csr_desk.data.queries.requests import Wanted
from csr_desk.domain.errors import BadInput
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.request_times import Times, times_of
from csr_desk.domain.requests import Request
from csr_desk.services.desk import Desk
from csr_desk.services.spreadsheet_text import write_rows

Row = tuple[str | int, ...]
MOST = 100_000
"""Requests that are counted at once: a quarter of what a large city takes in a year."""


@dataclass(frozen=True, slots=True)
class Span:
    """Closed from ``first`` to ``last``; ``by_type`` counts types, else departments."""

    first: date
    last: date
    by_type: bool = False


def times(desk: Desk, actor: Actor, span: Span) -> tuple[Times, ...]:
    """Return how long what was closed in a span took, the slowest first; raise BadInput (it ends before it begins).

    Complaints about employees count for those who may see them.
    """
    actor.require(Act.SEE_REQUESTS)
    if span.last < span.first:
        raise BadInput("The span ends before it begins.", field="last")
    wanted = Wanted(
        states=("closed",), closed=(span.first, span.last), restricted=actor.may(Act.SEE_RESTRICTED), limit=MOST
    )
    with desk.read() as work:
        closed = rows.listed(work.conn, wanted)
    return times_of(closed, _type if span.by_type else _department, holidays=desk.policy.days_off)


def times_csv(desk: Desk, actor: Actor, span: Span) -> bytes:
    """Return the same as CSV; raise BadInput."""
    head: Row = ("name", "closed", "median_working_days", "p90_working_days", "in_time", "in_time_percent")
    found = times(desk, actor, span)
    table: list[Row] = [head, *((one.name, one.closed, one.middle, one.tail, one.in_time, one.share) for one in found)]
    return write_rows(table, numbers=frozenset(range(1, len(head))))


def _type(one: Request) -> str:
    return one.type.name


def _department(one: Request) -> str:
    return one.department
