"""Telephone numbers of every country, written one way (``phonenumbers``); what is no number stays as it was typed."""

from __future__ import annotations

from phonenumbers import Leniency, PhoneNumber, PhoneNumberFormat, PhoneNumberMatcher, format_number

HOME = "US"
"""Where a number without its country is at home."""
_NORTH_AMERICA = 1


def phone_words(text: str) -> str:
    """Write a number as it is read out here: ``(713) 555-0142 ext. 12``, ``+44 20 7946 0958``; others as typed."""
    number = _read(text)
    if number is None:
        return " ".join(text.split())
    at_home = number.country_code == _NORTH_AMERICA
    return str(format_number(number, PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL))


def phone_normal(text: str) -> str:
    """Return a number with its country and without its extension (E.164), or nothing where it is none for sure."""
    number = _read(text)
    return "" if number is None else str(format_number(number, PhoneNumberFormat.E164))


def _read(text: str) -> PhoneNumber | None:
    """Take the one valid number that a text is; two numbers, or words beside one, are not rewritten: none gets lost."""
    typed = " ".join(text.split())
    found = list(PhoneNumberMatcher(typed, HOME, leniency=Leniency.VALID))
    return found[0].number if len(found) == 1 and found[0].raw_string == typed else None
