"""What of a person's data a role sees in clear: whoever only reads (the auditor) traces money, not telephone numbers.

Names stay, so that a receipt can be followed to its customer; how to reach people, what they look like and where
refunds are sent does not. Masking happens on the way out; what is stored is not touched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from enum import StrEnum
from typing import TypeVar, cast

from csr_desk.domain.people import Role
from csr_desk.domain.receipt import Office

T = TypeVar("T")

MASKED_FOR = frozenset({Role.AUDITOR})
"""Roles that see personal data masked."""

HIDDEN = "(not shown to your role)"


class Personal(StrEnum):
    """Kinds of personal text."""

    WORDS = "words"
    """Free text: what it says stays, telephone numbers and e-mail addresses in it do not."""
    CONTACT = "contact"
    """A field for a telephone number, an e-mail or a street address: hidden as a whole."""
    DESCRIPTION = "description"
    """How somebody looks, who passed a note: hidden as a whole."""
    PAYEE = "payee"
    """To whom a refund is sent: initials."""


PERSONAL: Mapping[str, Personal] = {
    "customer": Personal.WORDS,
    "customer_name": Personal.WORDS,
    "memo": Personal.WORDS,
    "reason": Personal.WORDS,
    "title": Personal.WORDS,
    "inputs": Personal.WORDS,
    "history": Personal.WORDS,
    "words": Personal.WORDS,
    "answer": Personal.WORDS,
    "note": Personal.WORDS,
    "notes": Personal.WORDS,
    "work": Personal.WORDS,
    "result": Personal.WORDS,
    "body": Personal.WORDS,
    "asked": Personal.WORDS,
    "summary": Personal.WORDS,
    "said": Personal.WORDS,
    "answers": Personal.WORDS,
    "outcome": Personal.WORDS,
    "contact": Personal.WORDS,
    "acknowledged_by": Personal.WORDS,
    "recipient": Personal.CONTACT,
    "reach": Personal.CONTACT,
    "send_to": Personal.CONTACT,
    "phone": Personal.CONTACT,
    "email": Personal.CONTACT,
    "address": Personal.CONTACT,
    "description": Personal.DESCRIPTION,
    "vehicle": Personal.DESCRIPTION,
    "payee": Personal.PAYEE,
    "payee_address": Personal.CONTACT,
}
"""Fields that carry personal text, by the name that every value of the program gives them."""

_EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w-])(?:\+?1[\s.-]?)?\(?\d{3}\)?[\s./-]?\d{3}[\s./-]?(?=\d{4}(?![\w-]))\d{2}(?P<last>\d{2})")
_LOCAL = re.compile(r"(?<![\w-])\d{3}[\s.-]\d{2}(?P<last>\d{2})(?![\w-])")


def masked_words(text: str) -> str:
    """Take telephone numbers (all but the last two digits) and e-mail addresses out of a text."""
    without = _EMAIL.sub("•••@•••", text)
    return _LOCAL.sub(r"•••-••\g<last>", _PHONE.sub(r"•••-•••-••\g<last>", without))


def masked(kind: Personal, text: str) -> str:
    """Return a personal text as somebody sees it who only traces money; what is empty stays empty."""
    if not text:
        return text
    if kind is Personal.WORDS:
        return masked_words(text)
    if kind is Personal.PAYEE:
        return " ".join(f"{word[0]}." for word in text.split())
    return HIDDEN


def seen_by(role: Role, value: T) -> T:
    """Return a value as a role may see it: the fields of ``PERSONAL`` masked, however deep they lie."""
    return cast("T", _seen(value, None)) if role in MASKED_FOR else value


def _seen(value: object, kind: Personal | None) -> object:
    if isinstance(value, str):
        return value if kind is None else masked(kind, value)
    if isinstance(value, tuple | list):
        return type(value)(_seen(part, kind) for part in value)
    if isinstance(value, Mapping):
        return {key: _seen(part, kind or PERSONAL.get(str(key))) for key, part in value.items()}
    if is_dataclass(value) and not isinstance(value, type) and not isinstance(value, Office):
        changed = {
            part.name: seen
            for part in fields(value)
            if part.init and (seen := _seen(before := getattr(value, part.name), PERSONAL.get(part.name))) != before
        }
        return replace(value, **changed) if changed else value
    return value
