"""Other companies: utilities, retail providers, agencies; whom to ask there, how, and what they said.

A contact says who was asked and when, so that the next person need not ask again and nobody says “they said so”.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from csr_desk.domain.errors import BadInput, MissingInput
from csr_desk.domain.outbox import read_address

K = TypeVar("K", bound=StrEnum)


class CompanyKind(StrEnum):
    """What a company is to the city."""

    ELECTRIC = "electric"
    """The wires company (TDU): it sets meters and energises."""
    GAS = "gas"
    WATER = "water"
    RETAIL = "retail"
    """A retail electric provider: whom the customer calls for a move-in."""
    AGENCY = "agency"
    OTHER = "other"


class Channel(StrEnum):
    """How a company is reached."""

    EMAIL = "email"
    PORTAL = "portal"
    PHONE = "phone"
    FAX = "fax"
    LETTER = "letter"
    PERSON = "person"
    """At the counter, or on site."""


class Purpose(StrEnum):
    """What a person at a company is asked about."""

    RELEASE = "release"
    VERIFICATION = "verification"
    MOVE_IN = "move_in"
    EMERGENCY = "emergency"
    ANY = "any"


class Direction(StrEnum):
    """Who began."""

    OUT = "out"
    IN = "in"


_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_PREMISE = re.compile(r"\d{5,7}")
_LINE = re.compile(r"[0-9+() ./x-]{7,40}")
FEWEST_FIGURES = 7


@dataclass(frozen=True, slots=True)
class CompanyForm:
    """What is known of a company, as keyed."""

    name: str
    kind: CompanyKind
    channel: Channel
    """How releases go to it."""
    send_to: str = ""
    """The address, number or page that they go to."""
    send_at: str = ""
    """When the batch of a day goes, like ``16:30``."""
    territory: str = ""
    hours: str = ""
    memo: str = ""
    premise_code: str = ""
    """What its ESI IDs begin with (CenterPoint: ``1008901``)."""
    active: bool = True


@dataclass(frozen=True, slots=True)
class ContactForm:
    """A person or desk at a company, as keyed."""

    name: str
    channel: Channel
    reach: str
    """The number, address or page."""
    purpose: Purpose = Purpose.ANY
    title: str = ""
    hours: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True)
class Person:
    """A person or desk at a company as kept; ``n`` counts within the company."""

    n: int
    form: ContactForm
    version: int


@dataclass(frozen=True, slots=True)
class Company:
    """A company as kept, with its people."""

    number: str
    form: CompanyForm
    version: int
    people: tuple[Person, ...] = ()

    def ask_for(self, purpose: Purpose) -> tuple[Person, ...]:
        """Return who is asked about something: those for just that first; about ``ANY`` everybody."""
        there = [one for one in self.people if one.form.active]
        fit = [one for one in there if purpose is Purpose.ANY or one.form.purpose in {purpose, Purpose.ANY}]
        return tuple(sorted(fit, key=lambda one: (one.form.purpose is Purpose.ANY, one.n)))


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact with a company; ``at`` is UTC."""

    number: str
    company: str
    company_name: str
    at: str
    asked: str
    """Who was asked, or who told us."""
    channel: Channel
    direction: Direction
    subject: str
    """What it was about (``domain.about``), if anything of ours."""
    words: str
    reference: str
    written_by: str


def one_of(kind: type[K], text: str, field: str) -> K:
    """Read one of some codes; raise BadInput naming them all."""
    try:
        return kind(text.strip())
    except ValueError:
        known = ", ".join(one.value for one in kind)
        raise BadInput(f"“{text[:40]}” is none of: {known}.", field=field) from None


def tidy(form: CompanyForm) -> CompanyForm:
    """Return the form as it is kept; raise MissingInput or BadInput with the field."""
    if not form.name:
        raise MissingInput("Key the name of the company.", field="name")
    if form.send_at and not _TIME.fullmatch(form.send_at):
        raise BadInput("Key the time of the daily batch like 16:30.", field="send_at")
    if form.premise_code and not _PREMISE.fullmatch(form.premise_code):
        raise BadInput("The company’s part of an ESI ID has five to seven figures, like 1008901.", field="premise_code")
    if form.send_to:
        check_reach(form.channel, form.send_to, "send_to")
    elif form.channel is Channel.EMAIL and form.send_at:
        raise MissingInput("Key the e-mail address that the daily batch goes to.", field="send_to")
    return form


def tidy_contact(form: ContactForm) -> ContactForm:
    """Return a person's form as it is kept; raise MissingInput or BadInput with the field."""
    if not form.name:
        raise MissingInput("Key the name of the person or the desk.", field="name")
    if not form.reach:
        raise MissingInput("Key how they are reached: the number, the address or the page.", field="reach")
    check_reach(form.channel, form.reach, "reach")
    return form


def check_reach(channel: Channel, text: str, field: str) -> None:
    """Raise BadInput where a number, address or page cannot be one of its channel."""
    if channel is Channel.EMAIL:
        read_address(text, field)
    elif channel in {Channel.PHONE, Channel.FAX}:
        if not _LINE.fullmatch(text) or sum(mark.isdecimal() for mark in text) < FEWEST_FIGURES:
            raise BadInput(f"“{text[:40]}” is no telephone number. Key it like 713-555-0142.", field=field)
    elif channel is Channel.PORTAL and not text.startswith("https://"):
        raise BadInput("A page begins with https://, so that nobody keys a customer's data into another.", field=field)
