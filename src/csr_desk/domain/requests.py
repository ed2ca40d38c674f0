"""Inquiries, complaints and requests: by when they are answered, when they are escalated, what closes them (H1–H8)."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from csr_desk.domain.errors import BadInput
from csr_desk.domain.request_questions import Answers, Question
from csr_desk.domain.tongues import said_in
from csr_desk.domain.work_orders import Priority
from csr_desk.domain.workdays import after_workdays, workdays_left

_PLACE = re.compile(r"(?P<lat>[+-]?\d{1,2}(?:\.\d{1,12})?)\s*,\s*(?P<long>[+-]?\d{1,3}(?:\.\d{1,12})?)", re.ASCII)
_NORTH, _EAST = 90, 180
OPEN_STATES = ("open", "in_work", "waiting")
"""The states in which somebody has to do something."""


class Kind(StrEnum):
    """What somebody wants."""

    INQUIRY = "inquiry"
    COMPLAINT = "complaint"
    REQUEST = "request"


class Channel(StrEnum):
    """How it reached us."""

    COUNTER = "counter"
    PHONE = "phone"
    EMAIL = "email"
    SITE_VISIT = "site_visit"
    LETTER = "letter"
    WEB = "web"


class Outcome(StrEnum):
    """How it ended; ending without having done anything is an outcome of its own (H5)."""

    RESOLVED = "resolved"
    ANSWERED = "answered"
    REFERRED = "referred"
    NO_ACTION = "no_action"
    DUPLICATE = "duplicate"
    WITHDRAWN = "withdrawn"


class Escalation(StrEnum):
    """Why a department has to speak to somebody within days (H6: Houston's rule for escalated requests)."""

    SAFETY = "safety"
    RECURRENCE = "recurrence"
    OVERDUE = "overdue"
    DISSATISFIED = "dissatisfied"
    BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True)
class RequestType:
    """What can be asked for; ``days`` are working days to the answer."""

    code: str
    name: str
    kind: Kind
    department: str
    days: int
    category: str = ""
    priority: Priority = Priority.NORMAL
    safety: bool = False
    restricted: bool = False
    """About an employee: only those who may see restricted ones read it (H8)."""
    anonymous: bool = True
    """Nobody has to say who they are."""
    needs_site: bool = False
    active: bool = True
    description: str = ""
    keywords: str = ""
    questions: tuple[Question, ...] = ()
    written: str = ""
    """Its name as it was keyed, with other languages behind it (``tongues``); empty where it is only ``name``."""

    def name_in(self, language: str) -> str:
        """Return its name in a customer's language, where somebody wrote it."""
        return said_in(self.written or self.name, language)


@dataclass(frozen=True, slots=True)
class Note:
    """What was found out, asked of another department, or said to the customer."""

    n: int
    kind: str
    state: str
    said: str
    at: str
    """UTC, as text."""
    by: str
    department: str = ""
    due_on: date | None = None
    done_on: date | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who called about the same thing (H7)."""

    n: int
    name: str
    reach: str
    customer_id: str = ""
    language: str = ""
    told_on: date | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """An inquiry, complaint or request as it stands."""

    number: str
    type: RequestType
    channel: Channel
    priority: Priority
    state: str
    department: str
    summary: str
    opened_at: str
    """UTC, as text."""
    opened_on: date
    due_on: date
    opened_by: str
    owner: str = ""
    outcome: Outcome | None = None
    answer: str = ""
    escalated: Escalation | None = None
    contact_by: date | None = None
    restricted: bool = False
    anonymous: bool = False
    language: str = ""
    customer_id: str = ""
    contact: str = ""
    reach: str = ""
    site: str = ""
    place: str = ""
    recurs: str = ""
    reopened: int = 0
    closed_on: date | None = None
    answers: Answers = field(default_factory=dict)

    @property
    def waits(self) -> bool:
        """Somebody has to do something."""
        return self.state in OPEN_STATES

    def days_late(self, today: date, *, holidays: AbstractSet[date]) -> int:
        """Return how many working days its answer is late; none where it is not, or is closed."""
        return max(0, -workdays_left(today, self.due_on, holidays=holidays)) if self.waits else 0


def due_on(kind: RequestType, opened: date, *, holidays: AbstractSet[date]) -> date:
    """Return by when a request of a type has to be answered."""
    return after_workdays(opened, kind.days, holidays=holidays)


def urgent(kind: RequestType, asked: Priority | None = None) -> Priority:
    """Return how soon a request of a type is looked at, or as somebody asked.

    What is about safety never waits behind usual work, whatever was asked (H6).
    """
    wanted, order = asked or kind.priority, list(Priority)
    return min(wanted, Priority.URGENT, key=order.index) if kind.safety else wanted


def recurs_within(closed: date, today: date, months: int) -> bool:
    """Say whether what was closed came back within so many months (H6: six in Houston)."""
    whole = (today.year - closed.year) * 12 + today.month - closed.month
    return whole < months or (whole == months and today.day <= closed.day)


def why_escalated(
    request: Request, today: date, months: int, *, holidays: AbstractSet[date], closed_before: date | None = None
) -> Escalation | None:
    """Return why a request has to be escalated, or None; the weightiest reason first.

    ``closed_before`` is when the one was closed that it comes back from.
    """
    if not request.waits:
        return None
    if request.type.safety:
        return Escalation.SAFETY
    if closed_before is not None and recurs_within(closed_before, today, months):
        return Escalation.RECURRENCE
    return Escalation.OVERDUE if request.days_late(today, holidays=holidays) else None


def contact_by(today: date, days: int, *, holidays: AbstractSet[date]) -> date:
    """Return by when the department speaks to whoever was escalated (Houston: three working days)."""
    return after_workdays(today, days, holidays=holidays)


def read_place(text: str) -> str:
    """Read a point on the map, ``29.7604, -95.3698``, as it is kept and given to other systems (WGS 84, degrees).

    Raises BadInput; nothing keyed is no point.
    """
    if not text.strip():
        return ""
    match = _PLACE.fullmatch(text.strip())
    if match is None or abs(Decimal(match["lat"])) > _NORTH or abs(Decimal(match["long"])) > _EAST:
        raise BadInput(
            "A point on the map is latitude and longitude, like “29.7604,-95.3698”. Leave it empty if you do not know.",
            field="place",
        )
    return f"{match['lat']},{match['long']}"
