"""Telephones and addresses as people say them, written one way; what cannot be read stays as it was typed.

Plain rules for the United States: nothing is guessed, nothing is looked up. Street kinds and units are written as the
Postal Service does (Publication 28, appendix C), so that one address is one text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from csr_desk.domain.customer_words import MAIL_WORDS, figures_of, fold, place_words

_NANP, _WITH_ONE = 10, 11
_INTERNATIONAL = range(8, 16)
"""Figures of a number with its country (E.164)."""
_EXTENSION = re.compile(r"\s*(?:#|x|ext\.?|extension)\s*(\d{1,6})\s*$", re.IGNORECASE)

KINDS = {
    "alley": "Aly", "avenue": "Ave", "av": "Ave", "boulevard": "Blvd", "bend": "Bnd", "circle": "Cir", "court": "Ct",
    "cove": "Cv", "crossing": "Xing", "drive": "Dr", "expressway": "Expy", "freeway": "Fwy", "highway": "Hwy",
    "lane": "Ln", "loop": "Loop", "parkway": "Pkwy", "place": "Pl", "plaza": "Plz", "road": "Rd", "row": "Row",
    "square": "Sq", "street": "St", "terrace": "Ter", "trail": "Trl", "way": "Way", "walk": "Walk",
}  # fmt: skip
UNITS = {"apartment": "Apt", "building": "Bldg", "floor": "Fl", "lot": "Lot", "suite": "Ste", "unit": "Unit"}
_SHORT = {short.casefold(): short for short in (*KINDS.values(), *UNITS.values())}
_WRITTEN = {**_SHORT, **KINDS, **UNITS}
_UNIT_WORDS = {short.casefold() for short in UNITS.values()}
_DIRECTIONS = {
    "north": "N", "south": "S", "east": "E", "west": "W", "northeast": "NE", "northwest": "NW", "southeast": "SE",
    "southwest": "SW",
}  # fmt: skip
_ABBREVIATED = {short.casefold(): short for short in _DIRECTIONS.values()}
STREET_WORDS = frozenset(_WRITTEN) | frozenset(fold(word) for word in _WRITTEN.values())
"""Kinds of streets and units, long and short: every second address has one, so nobody is found by it alone."""
_HOUSE = re.compile(r"\d{1,6}(?:[a-z]|-\d{1,4}|\s1/2)?", re.IGNORECASE)
_STATE_ZIP = re.compile(r"\s*([A-Za-z]{2})\.?\s+(\d{5}(?:-\d{4})?)\s*$")
_ZIP = re.compile(r"\s*(\d{5}(?:-\d{4})?)\s*$")


@dataclass(frozen=True, slots=True)
class ReadAddress:
    """An address that was understood: its street line, then the rest."""

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


def phone_words(text: str) -> str:
    """Write a telephone number as it is read out: ``(713) 555-0142``, with its extension; others as typed."""
    typed = " ".join(text.split())
    match = _EXTENSION.search(typed)
    number, more = (typed[: match.start()], f" x{match[1]}") if match else (typed, "")
    normal = phone_normal(number)
    if normal.startswith("+1") and len(normal) == _WITH_ONE + 1:
        return f"({normal[2:5]}) {normal[5:8]}-{normal[8:]}{more}"
    return f"{normal}{more}" if normal else typed


def phone_normal(text: str) -> str:
    """Return a number with its country (E.164), or nothing where it is none for sure.

    Ten figures are North American where area code and exchange begin with 2–9 (NANP); others need their ``+``.
    """
    number = _EXTENSION.sub("", text.strip())
    if re.search(r"[^\d\s().+/-]", number):
        return ""
    figures = figures_of(number)
    if number.startswith("+") and not figures.startswith("1"):
        return f"+{figures}" if len(figures) in _INTERNATIONAL else ""
    local = figures[1:] if len(figures) == _WITH_ONE and figures[0] == "1" else figures
    if len(local) != _NANP or local[0] in "01" or local[3] in "01":
        return ""
    return f"+1{local}"


def email_words(text: str) -> str:
    """Write an e-mail address without blanks and with its place in small letters."""
    name, at, place = "".join(text.split()).rpartition("@")
    return f"{name}{at}{place.casefold()}"


def address_words(text: str) -> str:
    """Write an address one way; as it was typed where it cannot be read."""
    read = read_address(text)
    return " ".join(text.split()) if read is None else read.line


def read_address(text: str) -> ReadAddress | None:
    """Take an address apart; None where it has no house number, or no street after it (a box, a corner, a farm)."""
    parts = [" ".join(part.split()) for part in re.split(r"[,\n]", text) if part.strip()]
    if not parts:
        return None
    rest, state, postal_code = _take_end(parts)
    if not rest:
        return None
    street, unit = _street(rest[0])
    if not street:
        return None
    if len(rest) > 1 and not unit and (second := _unit(rest[1].split())):
        unit = second
        del rest[1]
    city = " ".join(rest[1:])
    return ReadAddress(street, unit, city.title() if city.islower() or city.isupper() else city, state, postal_code)


def _take_end(parts: list[str]) -> tuple[list[str], str, str]:
    """Take the state and the postal code off the end."""
    last = parts[-1]
    if match := _STATE_ZIP.search(last):
        rest, state, code = last[: match.start()], match[1].upper(), match[2]
    elif (match := _ZIP.search(last)) and (len(parts) > 1 or match.start()):
        rest, state, code = last[: match.start()], "", match[1]
    elif len(parts) > 1 and re.fullmatch(r"[A-Za-z]{2}", last):
        rest, state, code = "", last.upper(), ""
    else:
        rest, state, code = last, "", ""
    return [*parts[:-1], *([rest.strip()] if rest.strip() else [])], state, code


def _street(text: str) -> tuple[str, str]:
    """Take house, street and unit out of the first part of an address; nothing where that is no street."""
    words = text.replace("#", " # ").split()
    if len(words) > 1 and words[1] == "1/2":
        words[:2] = [" ".join(words[:2])]
    if len(words) < 2 or not _HOUSE.fullmatch(words[0]):  # noqa: PLR2004 - a house and a street
        return "", ""
    at = next((n for n, word in enumerate(words) if n > 1 and _is_unit(word)), len(words))
    unit = _unit(words[at:])
    if at < len(words) and not unit:
        return "", ""
    named = words[1:at]
    last = fold(named[-1]).rstrip(".")
    if not unit and len(named) > 2 and _may_be_unit(last) and fold(named[-2]).rstrip(".") in _WRITTEN:  # noqa: PLR2004
        unit, named = f"Unit {named[-1].upper()}", named[:-1]
    return " ".join([words[0].upper(), *_named(named)]), unit


def _may_be_unit(word: str) -> bool:
    """Say whether the last word of a street may be its unit: one letter, or a figure with or without one."""
    return word not in _ABBREVIATED and re.fullmatch(r"[a-z]|\d{1,4}[a-z]?", word) is not None


def _is_unit(word: str) -> bool:
    plain = fold(word).rstrip(".")
    return word == "#" or fold(_WRITTEN.get(plain, "")) in _UNIT_WORDS


def _unit(words: list[str]) -> str:
    """Write a unit: ``Apt 4B``; ``#`` is written as a unit too."""
    said = [word for word in words if word != "#"]
    if not said or (len(said) == len(words) and not _is_unit(said[0])):
        return ""
    kind = _WRITTEN.get(fold(said[0]).rstrip("."), "") if _is_unit(said[0]) else "Unit"
    number = said[1:] if _is_unit(said[0]) else said
    return f"{kind} {' '.join(number).upper()}" if len(number) == 1 else ""


def _named(words: list[str]) -> list[str]:
    """Write the words of a street: its kind short, directions short, a name with capitals as people write them."""
    written = []
    for n, word in enumerate(words):
        plain = fold(word).rstrip(".")
        first, last = n == 0, n == len(words) - 1
        if plain in _WRITTEN and not first:
            written.append(_WRITTEN[plain])
        elif (first or last) and len(words) > 1 and (plain in _DIRECTIONS or plain in _ABBREVIATED):
            written.append(_DIRECTIONS.get(plain, _ABBREVIATED.get(plain, word)))
        else:
            written.append(word.capitalize() if word.islower() or word.isupper() else word)
    return written


def usual_words(office_address: str) -> frozenset[str]:
    """Return the words of addresses and mail that nobody is filed under, for the city of an office."""
    return STREET_WORDS | MAIL_WORDS | place_words(office_address)
