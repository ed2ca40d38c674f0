"""Addresses as people say them, taken apart by ``usaddress`` and written one way; others stay as they were typed.

The library says which word is what. Our rules say when that is clear enough to be written anew (a model always has an
answer), and write kinds of streets and units as the Postal Service does, so that one address is one text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import usaddress

from csr_desk.domain.contacts import UNITS, WRITTEN
from csr_desk.domain.customer_words import fold

_HOUSE = ("AddressNumberPrefix", "AddressNumber", "AddressNumberSuffix")
_STREET = (
    "StreetNamePreModifier", "StreetNamePreDirectional", "StreetNamePreType", "StreetName", "StreetNamePostType",
    "StreetNamePostDirectional", "StreetNamePostModifier",
)  # fmt: skip
_BOX = ("USPSBoxGroupType", "USPSBoxGroupID", "USPSBoxType", "USPSBoxID")
_UNIT = ("OccupancyType", "OccupancyIdentifier")
_LAST = ("PlaceName", "StateName", "ZipCode")
_READ = {"Street Address": frozenset({*_HOUSE, *_STREET, *_UNIT, *_LAST}), "PO Box": frozenset({*_BOX, *_LAST})}
"""What each kind of address may be made of; a recipient, a building or a corner are for people to read."""
_NUMBER = re.compile(r"\d{1,6}(?:[a-z]|-\d{1,4}|\s1/2)?", re.IGNORECASE)
_POSTAL_CODE = re.compile(r"\d{5}(?:-\d{4})?")
_WORD = re.compile(r"[^\W_][\w.'’-]*")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_DIRECTIONS = {
    "north": "N", "south": "S", "east": "E", "west": "W", "northeast": "NE", "northwest": "NW", "southeast": "SE",
    "southwest": "SW",
}  # fmt: skip
_DIRECTED = {**_DIRECTIONS, **{short.casefold(): short for short in _DIRECTIONS.values()}}
STATES = frozenset({
    "al", "ak", "az", "ar", "ca", "co", "ct", "de", "dc", "fl", "ga", "hi", "id", "il", "in", "ia", "ks", "ky", "la",
    "me", "md", "ma", "mi", "mn", "ms", "mo", "mt", "ne", "nv", "nh", "nj", "nm", "ny", "nc", "nd", "oh", "ok", "or",
    "pa", "ri", "sc", "sd", "tn", "tx", "ut", "vt", "va", "wa", "wv", "wi", "wy", "pr",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadAddress:
    """An address that was understood: its street line (or box), then the rest."""

    street: str
    unit: str
    city: str
    state: str
    postal_code: str

    @property
    def line(self) -> str:
        """The address on one line: ``4107 Leeland St Unit B, Houston, TX 77023``."""
        street = f"{self.street} {self.unit}".strip()
        last = " ".join(part for part in (self.state, self.postal_code) if part)
        return ", ".join(part for part in (street, self.city, last) if part)

    @property
    def key(self) -> str:
        """What two writings of one address have in common: house, street and unit."""
        return fold(f"{self.street} {self.unit.rpartition(' ')[2]}").strip()


def address_words(text: str) -> str:
    """Write an address one way; as it was typed where it is unclear, or would be read otherwise the next time."""
    typed = _typed(text)
    read = read_address(typed)
    return read.line if read is not None and (read.line == typed or read_address(read.line) == read) else typed


def read_address(text: str) -> ReadAddress | None:
    """Take an address apart; None where any of it is unclear (no house number, a corner, a recipient, a typo)."""
    try:
        tagged, kind = usaddress.tag(_typed(text))
    except usaddress.RepeatedLabelError:
        return None
    if not set(tagged) <= _READ.get(kind, frozenset()):
        return None
    parts = {label: words.strip(" ,;") for label, words in tagged.items()}
    street = _box(parts) if kind == "PO Box" else _street(parts)
    unit = _unit(parts)
    city, state, postal_code = (parts.get(label, "") for label in _LAST)
    state = state.rstrip(".")
    if not street or unit is None or not _is_city(city) or (state and fold(state) not in STATES):
        return None
    if postal_code and not _POSTAL_CODE.fullmatch(postal_code):
        return None
    return ReadAddress(
        street, unit, city.title() if city.islower() or city.isupper() else city, state.upper(), postal_code
    )


def _typed(text: str) -> str:
    """Return an address on one line, its blanks tidied."""
    return ", ".join(" ".join(line.split()) for line in text.splitlines() if line.strip())


def _box(parts: Mapping[str, str]) -> str:
    """Write a box of the Post Office, or one on a rural route: ``PO Box 12``, ``RR 2 Box 40``; nothing if unclear."""
    words = " ".join(parts[label] for label in _BOX if label in parts).replace("#", " ").split()
    written = ["Box" if word.casefold() == "box" else word.replace(".", "").upper() for word in words]
    clear = written[-2:-1] == ["Box"] and all(word.isalnum() for word in written)
    return " ".join(written) if clear else ""


def _street(parts: Mapping[str, str]) -> str:
    """Write house and street; nothing where that is no street for sure."""
    house = " ".join(parts[label] for label in _HOUSE if label in parts)
    if "StreetName" not in parts or not _NUMBER.fullmatch(house):
        return ""
    named = " ".join(parts[label] for label in _STREET if label in parts).split()
    return " ".join([house.upper(), *_named(named)]) if all(map(_WORD.fullmatch, named)) else ""


def _unit(parts: Mapping[str, str]) -> str | None:
    """Write a unit: ``Apt 4B``; ``#`` or nothing before it is written as a unit too. None where it is unclear."""
    kind, number = (parts.get(label, "").replace("#", " ").split() for label in _UNIT)
    if not any(label in parts for label in _UNIT):
        return ""
    written = WRITTEN.get(fold(" ".join(kind)).rstrip("."), "") if kind else "Unit"
    if written not in UNITS.values() or len(number) != 1:
        return None
    plain = number[0].casefold()
    if not plain.isalnum() or (len(plain) > 1 and plain.isalpha()):
        return None
    return f"{written} {plain if _ORDINAL.fullmatch(plain) else plain.upper()}"


def _is_city(text: str) -> bool:
    """Say whether words may name a city: letters, and none that says a floor, a direction or a state."""
    words = [fold(word).rstrip(".") for word in text.replace("-", " ").split()]
    if len(words) > 1 and words[0] in _DIRECTIONS:
        words = words[1:]  # West University Place
    return all(len(word) > 1 and word.replace("'", "").isalpha() and word not in _DIRECTED for word in words)


def _named(words: list[str]) -> list[str]:
    """Write the words of a street: its kind short, directions short, a name with capitals as people write them."""
    plain = [fold(word).rstrip(".") for word in words]
    kind = max((n for n, word in enumerate(plain) if n and _is_kind(word)), default=0)
    written = []
    for n, word in enumerate(words):
        at_end = len(words) > 1 and n in {0, len(words) - 1} and not (n == 0 and kind == 1)
        if n and n == kind:
            written.append(WRITTEN[plain[n]])
        elif at_end and plain[n] in _DIRECTED:
            written.append(_DIRECTED[plain[n]])
        else:
            written.append(word.capitalize() if word.islower() or word.isupper() else word)
    return written


def _is_kind(plain: str) -> bool:
    return plain in WRITTEN and WRITTEN[plain] not in UNITS.values()
