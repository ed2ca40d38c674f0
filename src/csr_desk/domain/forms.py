"""The shelf of forms: revisions and languages, what fills a form in, what was handed out and came back (I3)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from csr_desk.domain.errors import BadInput

MOST_FIELDS = 200


class Source(StrEnum):
    """What a field of a form is filled with."""

    NAME = "name"
    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "email"
    CUSTOMER = "customer"
    """The number under which we know them."""
    SITE = "site"
    PERMIT = "permit"
    PROJECT = "project"
    HANDOUT = "handout"
    """The number under which it was handed out, by which it is found when it comes back."""
    TODAY = "today"
    OFFICE = "office"


class How(StrEnum):
    """How a form leaves the counter."""

    PRINT = "print"
    EMAIL = "email"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class FormSheet:
    """A form in one revision and language."""

    form_no: str
    revision: str
    language: str
    title: str
    state: str
    effective_on: date
    fields: Mapping[str, Source]
    attachment_id: str = ""

    def may_be_handed_out(self, today: date) -> bool:
        """It is in force and not obsolete."""
        return self.state == "current" and self.effective_on <= today


@dataclass(frozen=True, slots=True)
class Handout:
    """A form that was handed out."""

    number: str
    form_no: str
    revision: str
    language: str
    how: How
    state: str
    copies: int
    given_at: str
    """UTC, as text."""
    given_by: str
    customer_id: str = ""
    subject: str = ""
    back_on: date | None = None
    attachment_id: str = ""


@dataclass(frozen=True, slots=True)
class FormCount:
    """How many copies of a form were handed out in a month, and how many of them came back."""

    month: str
    """Like ``2026-07``."""
    form_no: str
    given: int
    back: int


def write_fields(fields: Mapping[str, str]) -> str:
    """Write what fills the fields of a form as it is kept; raise BadInput for what no field is filled with."""
    if len(fields) > MOST_FIELDS:
        raise BadInput(f"A form has at most {MOST_FIELDS} fields that are filled in.", field="fields")
    known = {one.value for one in Source}
    for name, source in fields.items():
        if not name.strip() or source not in known:
            raise BadInput(f"Field “{name[:40]}” is filled with one of {', '.join(sorted(known))}.", field="fields")
    return json.dumps(dict(fields), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_fields(text: str) -> dict[str, Source]:
    """Read what fills the fields of a form."""
    return {name: Source(source) for name, source in json.loads(text).items()}


def filled(fields: Mapping[str, Source], known: Mapping[Source, str]) -> dict[str, str]:
    """Return the text of each field of which something is known; the others stay empty for the customer."""
    return {name: known[source] for name, source in fields.items() if known.get(source)}
