"""What the papers of a request say: the slip, the sheet for a visit, the letter that ends it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from csr_desk.domain.receipt import Office
from csr_desk.domain.requests import Kind, Outcome
from csr_desk.domain.work_orders import Priority


@dataclass(frozen=True, slots=True)
class RequestSlip:
    """What the customer takes along: the number, who answers, until when; nothing of what they said."""

    office: Office
    number: str
    type_name: str
    department: str
    opened_on: date
    due_on: date
    language: str
    site: str = ""


@dataclass(frozen=True, slots=True)
class VisitSheet:
    """What somebody takes along to the place, and writes on there."""

    office: Office
    number: str
    type_name: str
    kind: Kind
    priority: Priority
    department: str
    site: str
    place: str
    summary: str
    asked: tuple[tuple[str, str], ...]
    """The questions of its type with what was answered."""
    contact: str
    """Whom to ask there and how; nothing where nobody is to be named."""
    language: str
    opened_on: date
    due_on: date
    about: tuple[str, ...] = ()
    """Accounts, permits and the like, as they are linked."""
    notes: tuple[tuple[str, str], ...] = ()
    """What was found out so far: when, and what."""
    warnings: tuple[str, ...] = ()
    """What to know before anybody knocks."""


@dataclass(frozen=True, slots=True)
class ClosingLetter:
    """What somebody is told at the end, in their language; a second caller is told of the same thing (H5, H7)."""

    office: Office
    number: str
    language: str
    name: str
    address: str
    type_name: str
    site: str
    opened_on: date
    closed_on: date
    outcome: Outcome
    answer: str
    second: bool = False
    caller: int = 0
    """Of a second caller: their place on the list."""
