"""Finding projects, permits, orders, releases and work by number, address, title, owner or contractor.

A number is read as it is keyed, with or without hyphens, capitals and check digit. Where the check digit says that a
figure is wrong, nothing is guessed silently: the numbers that one slip makes of it are offered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from csr_desk.data.queries import Connection, customer_search, customers, project_rows
from csr_desk.data.queries.told import Record
from csr_desk.domain import numbering
from csr_desk.domain.contacts import UNITS, usual_words
from csr_desk.domain.customer_words import figures_of, slips, words_of
from csr_desk.domain.errors import BadInput
from csr_desk.domain.masking import seen_by
from csr_desk.domain.money import Cents
from csr_desk.domain.people import Act, Actor
from csr_desk.services.desk import Desk

LIMIT = 20
FEWEST = 3
"""A text with fewer letters and figures is not asked about."""
MOST_MEANT = 3
NOUNS = ("project", "permit", "order", "release", "inspection", "work_order")
PLACED = ("project", "permit", "release", "work_order")
"""What has an address."""
_HOUSE = re.compile(r"(\d{1,6}[a-z]?)\s+(\S.*)", re.ASCII | re.IGNORECASE)
_BEGIN = re.compile(r"[A-Z]{0,2}\d{2}-\d{1,8}", re.ASCII)
"""The beginning of a number while it is keyed: ``26-0001``, ``P26-00``."""


@dataclass(frozen=True, slots=True)
class Found:
    """Something with a number (cents: what an order comes to, or what is due on a project)."""

    noun: str
    number: str
    title: str
    site: str
    state: str
    project: str
    """The project it belongs to; empty where it belongs to none."""
    owner: str
    amount: Cents | None = None

    @property
    def about(self) -> str:
        """What a page is asked to look at."""
        return f"{self.noun}:{self.number}"


@dataclass(frozen=True, slots=True)
class FoundThings:
    """The best hits, whether there are more; or what a number with a wrong figure may have meant."""

    hits: tuple[Found, ...]
    more: bool = False
    slip: str = ""
    """A sentence: a figure of the number is wrong."""
    meant: tuple[Found, ...] = ()


def find_things(desk: Desk, actor: Actor, text: str, limit: int = LIMIT) -> FoundThings:
    """Find by number first, then by address, title, owner or contractor; the newest first."""
    actor.require(Act.SEE_PROJECTS)
    if sum(mark.isalnum() for mark in text) < FEWEST:
        return FoundThings(())
    with desk.read() as work:
        found = _by_number(desk, work.conn, text)
        if not found.hits and not found.slip:
            found = _by_words(desk, work.conn, text, limit)
    return seen_by(actor.role, found)


def newest_projects(desk: Desk, actor: Actor, limit: int = LIMIT) -> tuple[Found, ...]:
    """Return the newest projects that are open."""
    actor.require(Act.SEE_PROJECTS)
    with desk.read() as work:
        found = _laid_out(desk, work.conn, project_rows.newest_projects(work.conn, limit))
    return seen_by(actor.role, found)


# ---- by number


def _by_number(desk: Desk, conn: Connection, text: str) -> FoundThings:
    rows: list[Record] = []
    slip = ""
    meant: list[Record] = []
    for noun, pattern in _patterns(desk):
        try:
            read = numbering.read_number(pattern, text)
        except BadInput as wrong:
            slip = wrong.message
            meant += project_rows.of_numbers(conn, noun, list(_meant(pattern, text)))
            continue
        if read is not None:
            rows += project_rows.of_numbers(conn, noun, [read.number])
    if rows:
        return FoundThings(_laid_out(desk, conn, rows))
    begin = "".join(text.split()).upper().rstrip("-")
    if not slip and _BEGIN.fullmatch(begin):
        for noun, _pattern in _patterns(desk):
            rows += project_rows.begun_with(conn, noun, begin, LIMIT)
    return FoundThings(_laid_out(desk, conn, rows[:LIMIT]), slip=slip, meant=_laid_out(desk, conn, meant[:MOST_MEANT]))


def _patterns(desk: Desk) -> Iterator[tuple[str, str]]:
    for noun in NOUNS:
        yield noun, desk.policy.project_pattern if noun == "project" else numbering.FIXED[noun]


def _meant(pattern: str, text: str) -> Iterator[str]:
    """Give the numbers of a series that one wrong figure, or two that changed places, make of a keyed one."""
    for figures in slips(figures_of(text)):
        left = iter(figures)
        typed = "".join(next(left) if mark.isascii() and mark.isdigit() else mark for mark in text)
        try:
            read = numbering.read_number(pattern, typed)
        except BadInput:
            continue
        if read is not None:
            yield read.number


# ---- by address, title, people


def _by_words(desk: Desk, conn: Connection, text: str, limit: int) -> FoundThings:
    words = _told_apart(desk, text)
    rows: list[Record] = []
    house = _HOUSE.fullmatch(text.strip())
    if house is not None and words[1:]:
        for noun in PLACED:
            rows += project_rows.at_house(conn, noun, words[0], words[1:], limit + 1)
    if len(rows) <= limit and words:
        rows += project_rows.projects_with(conn, words, limit + 1)
        people = customer_search.find(conn, words, limit)
        numbers = [record.number for record in customers.by_search_rows(conn, people)]
        rows += project_rows.projects_of(conn, numbers, limit + 1) if numbers else ()
    once = list({(row["noun"], row["number"]): row for row in rows}.values())
    once.sort(key=lambda row: NOUNS.index(row["noun"]))
    return FoundThings(_laid_out(desk, conn, once[:limit]), more=len(once) > limit)


def _told_apart(desk: Desk, text: str) -> tuple[str, ...]:
    """Return the words that tell places apart: not the city's own name, not ``unit`` or ``apt``."""
    left_out = usual_words("\n".join(desk.office.address)) | {word.casefold() for word in UNITS}
    words = words_of(text)
    return tuple(word for word in words if word not in left_out) or words


def _laid_out(desk: Desk, conn: Connection, rows: Sequence[Record]) -> tuple[Found, ...]:
    numbers = [row["number"] for row in rows if row["noun"] == "project"]
    due = project_rows.due_on(conn, numbers, desk.today()) if numbers else {}
    return tuple(
        Found(
            row["noun"], row["number"], _title(row), row["site"] or "", row["state"], row["project"] or "",
            row["owner"] or "", due.get(row["number"]) if row["noun"] == "project" else row["amount"],
        )
        for row in rows
    )  # fmt: skip


def _title(row: Record) -> str:
    title = row["title"] or ""
    return title.replace("_", " ").capitalize() if row["noun"] in {"release", "inspection"} else title
