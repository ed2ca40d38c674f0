"""The boards of the office: work orders and service releases by state, whatever they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from csr_desk.data.queries import project_rows
from csr_desk.domain.masking import seen_by
from csr_desk.domain.people import Act, Actor
from csr_desk.services.desk import Desk
from csr_desk.services.project_lines import Line, release_line, work_order_line
from csr_desk.services.service_release_facts import is_late

WORK_LANES = ("open", "assigned", "started", "done", "not_done")
RELEASE_LANES = ("requested", "eligible", "sent", "confirmed", "energised", "rejected")
RECENT_DAYS = 14
"""What ended stays on a board so long."""
MOST = 500


@dataclass(frozen=True, slots=True)
class BoardCard:
    """A work order or a release on its board."""

    line: Line
    site: str
    project: str
    urgent: bool


@dataclass(frozen=True, slots=True)
class Board:
    """Cards by state; the lanes in order."""

    lanes: tuple[tuple[str, tuple[BoardCard, ...]], ...]


def work_board(desk: Desk, actor: Actor) -> Board:
    """Return all work orders by state; what ended within the last two weeks too."""
    actor.require(Act.SEE_PROJECTS)
    today = desk.today()
    with desk.read() as work:
        rows = project_rows.board_of_work(work.conn, WORK_LANES, today - timedelta(days=RECENT_DAYS), MOST)
        projects = project_rows.projects_of_subjects(work.conn, [row["subject"] or "" for row in rows])
    cards = [
        BoardCard(
            work_order_line(row, today), row["site"], projects.get(row["subject"] or "", ""),
            row["priority"] in {"emergency", "urgent"},
        )
        for row in rows
    ]  # fmt: skip
    return seen_by(actor.role, _board(WORK_LANES, cards))


def release_board(desk: Desk, actor: Actor) -> Board:
    """Return all releases by state; what ended within the last two weeks too."""
    actor.require(Act.SEE_PROJECTS)
    today = desk.today()
    since = today - timedelta(days=RECENT_DAYS)
    with desk.read() as work:
        rows = project_rows.board_of_releases(work.conn, RELEASE_LANES, since, MOST)
    cards = [
        BoardCard(
            release_line(row, late=is_late(desk, row)), row["site"], row["project_no"] or "", bool(row["emergency"]),
        )
        for row in rows
    ]  # fmt: skip
    return seen_by(actor.role, _board(RELEASE_LANES, cards))


def _board(lanes: Sequence[str], cards: Sequence[BoardCard]) -> Board:
    def of(state: str) -> tuple[BoardCard, ...]:
        found = [card for card in cards if card.line.state == state]
        return tuple(sorted(found, key=lambda card: (card.line.concern is None, not card.urgent)))

    return Board(tuple((state, of(state)) for state in lanes))
