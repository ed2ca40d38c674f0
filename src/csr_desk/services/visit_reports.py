"""How many came, why and to whom, and how long they waited: what staffing is planned by (I6, I7)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from csr_desk.data.queries import people
from csr_desk.data.queries import visits as rows
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.visits import Volume, volumes
from csr_desk.services.desk import Desk
from csr_desk.services.spreadsheet_text import write_rows
from csr_desk.services.visits import reasons


@dataclass(frozen=True, slots=True)
class VisitReport:
    """The visits of a period; each cut has everybody in it once."""

    first: date
    last: date
    everybody: Volume
    hours: tuple[Volume, ...]
    reasons: tuple[Volume, ...]
    """By the words of the reason."""
    people: tuple[Volume, ...]
    """By the name of who served; of those who were not served there is nobody."""


NOTHING = Volume("all", 0, 0, 0, 0, 0)


def visit_report(desk: Desk, actor: Actor, first: date, last: date) -> VisitReport:
    """Count the visits of a period in the office's hours."""
    actor.require(Act.SEE_REPORTS)
    with desk.read() as work:
        between = rows.between(work.conn, first, last)
        found = [one.counted_on(desk.local(one.came_at), desk.today()) for one in between]
        names = people.names(work.conn)
    words = {one.code: one.words for one in reasons(desk)}
    by_reason = tuple(replace(one, key=words.get(one.key, one.key)) for one in volumes(found, "reason"))
    by_person = volumes([one for one in found if one.served_by], "served_by")
    return VisitReport(
        first, last, next(iter(volumes(found, "all")), NOTHING), volumes(found, "hour"), by_reason,
        tuple(replace(one, key=names.get(one.key, one.key)) for one in by_person),
    )  # fmt: skip


def report_csv(report: VisitReport) -> bytes:
    """Write the cuts below each other as CSV (UTF-8, RFC 4180); times are whole seconds."""
    rows_: list[tuple[str | int, ...]] = [
        ("cut", "key", "came", "served", "left", "waited_mean", "waited_half", "waited_nine_of_ten", "served_mean")
    ]
    for cut, found in (
        ("all", (report.everybody,)), ("hour", report.hours), ("reason", report.reasons), ("person", report.people),
    ):  # fmt: skip
        rows_ += [
            (
                cut, one.key, one.came, one.served, one.left, one.waited_seconds, one.half_waited, one.most_waited,
                one.served_seconds,
            )
            for one in found
        ]  # fmt: skip
    return write_rows(rows_, numbers=frozenset(range(2, 9)))
