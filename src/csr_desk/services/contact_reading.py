"""Telephones and addresses as they are kept: by the rules of ``domain.contacts``, and by two libraries where those end.

``phonenumbers`` knows the numbers of other countries, ``usaddress`` addresses that do not begin with a house number.
Both are asked only for what our own rules cannot read, and both may be missing: then it stays as it was typed.
"""

from __future__ import annotations

import importlib
from typing import Any

from csr_desk.domain import contacts

_CITY_LAST = ("PlaceName", "StateName", "ZipCode")


def phone_words(text: str) -> str:
    """Write a telephone number one way; as typed where nobody can read it."""
    written = contacts.phone_words(text)
    return written if contacts.phone_normal(written) or not written else _by_phonenumbers(written)


def address_words(text: str) -> str:
    """Write an address one way; as typed where nobody can read it."""
    written = contacts.address_words(text)
    return written if contacts.read_address(written) is not None or not written else _by_usaddress(written)


def _library(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def _by_phonenumbers(text: str) -> str:
    library = _library("phonenumbers")
    if library is None:
        return text
    try:
        number = library.parse(text, "US")
    except library.NumberParseException:
        return text
    kept = library.format_number(number, library.PhoneNumberFormat.INTERNATIONAL)
    return str(kept) if library.is_valid_number(number) else text


def _by_usaddress(text: str) -> str:
    """Put the commas where the library sees the parts; no word is added, left out or changed but in its blanks."""
    library = _library("usaddress")
    if library is None:
        return text
    try:
        parts, kind = library.tag(text)
    except library.RepeatedLabelError:
        return text
    if kind == "Ambiguous":
        return text
    street = " ".join(words.strip(" ,") for label, words in parts.items() if label not in _CITY_LAST)
    last = " ".join(parts[label].strip(" ,") for label in _CITY_LAST[1:] if label in parts)
    return ", ".join(part for part in (street, parts.get("PlaceName", "").strip(" ,"), last) if part)
