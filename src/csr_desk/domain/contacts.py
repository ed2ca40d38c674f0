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
_NUMBERED = frozenset({"Rd", "Hwy", "Fwy", "Expy"})
_UNIT_WORDS = {short.casefold() for short in UNITS.values()}
_DIRECTIONS = {
    "north": "N", "south": "S", "east": "E", "west": "W", "northeast": "NE", "northwest": "NW", "southeast": "SE",
    "southwest": "SW",
}  # fmt: skip
_ABBREVIATED = {short.casefold(): short for short in _DIRECTIONS.values()}
STREET_WORDS = frozenset(_WRITTEN) | frozenset(fold(word) for word in _WRITTEN.values())
"""Kinds of streets and units, long and short: every second address has one, so nobody is found by it alone."""
STATES = frozenset({
    "al", "ak", "az", "ar", "ca", "co", "ct", "de", "dc", "fl", "ga", "hi", "id", "il", "in", "ia", "ks", "ky", "la",
    "me", "md", "ma", "mi", "mn", "ms", "mo", "mt", "ne", "nv", "nh", "nj", "nm", "ny", "nc", "nd", "oh", "ok", "or",
    "pa", "ri", "sc", "sd", "tn", "tx", "ut", "vt", "va", "wa", "wv", "wi", "wy", "pr",
})  # fmt: skip
_HOUSE = re.compile(r"\d{1,6}(?:[a-z]|-\d{1,4}|\s1/2)?", re.IGNORECASE)
_STATE_ZIP = re.compile(r"(?:^|\s)([A-Za-z]{2})\.?\s+(\d{5}(?:-\d{4})?)\s*$")
_ZIP = re.compile(r"(?:^|\s)(\d{5}(?:-\d{4})?)\s*$")
_WORD = re.compile(r"[^\W_][\w.'’-]*")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_NO_CITY = frozenset({
    *_ABBREVIATED, *_DIRECTIONS, *_UNIT_WORDS, *UNITS, "flr", "level", "room", "rm", "lobby", "rear", "front",
    "basement", "penthouse", "mezzanine", "texas",
})  # fmt: skip
"""What may stand where a city would, and is none."""


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
    """Write an address one way; as it was typed where it cannot be read, or would be read otherwise the next time."""
    typed = ", ".join(" ".join(line.split()) for line in text.splitlines() if line.strip())
    read = read_address(typed)
    if read is None:
        return typed
    again = read_address(read.line)
    return read.line if again is not None and again.line == read.line else typed


def read_address(text: str) -> ReadAddress | None:
    """Take an address apart; None where any of it is unclear (no house number, a box, a corner, a floor, a typo)."""
    parts = [" ".join(part.split()) for part in text.replace("\n", ",").split(",") if part.strip()]
    if not parts:
        return None
    rest, state, postal_code = _take_end(parts)
    street, unit, place = _street(rest[0]) if rest else ("", "", "")
    if not street:
        return None
    if len(rest) > 1 and not unit and not place and (second := _unit(rest[1].split())):
        unit = second
        del rest[1]
    city = " ".join([*([place] if place else []), *rest[1:]])
    if len(rest) > (1 if place else 2) or not _is_city(city):
        return None
    return ReadAddress(street, unit, city.title() if city.islower() or city.isupper() else city, state, postal_code)


def _is_city(text: str) -> bool:
    """Say whether words may name a city: letters, and none that says a floor, a direction or a state."""
    words = [fold(word).rstrip(".") for word in text.replace("-", " ").split()]
    if len(words) > 1 and words[0] in _DIRECTIONS:
        words = words[1:]  # West University Place
    return all(len(word) > 1 and word.replace("'", "").isalpha() and word not in _NO_CITY for word in words)


def _take_end(parts: list[str]) -> tuple[list[str], str, str]:
    """Take the state and the postal code off the end."""
    last = parts[-1]
    words = last.split()
    if (match := _STATE_ZIP.search(last)) and fold(match[1]) in STATES:
        rest, state, code = last[: match.start()], match[1].upper(), match[2]
    elif (match := _ZIP.search(last)) and (len(parts) > 1 or match.start()):
        rest, state, code = last[: match.start()], "", match[1]
    elif fold(words[-1]) in STATES - {"fl", "ne"} and (len(parts) > 1 or len(words) > 3):  # noqa: PLR2004 - a floor, a direction, a court
        rest, state, code = " ".join(words[:-1]), words[-1].upper(), ""
    else:
        rest, state, code = last, "", ""
    return [*parts[:-1], *([rest.strip()] if rest.strip() else [])], state, code


def _street(text: str) -> tuple[str, str, str]:
    """Take house and street, unit and city out of the first part of an address; nothing where that is no street."""
    words = text.replace("#", " # ").split()
    if len(words) > 1 and words[1] == "1/2":
        words[:2] = [" ".join(words[:2])]
    if len(words) < 2 or not _HOUSE.fullmatch(words[0]):  # noqa: PLR2004 - a house and a street
        return "", "", ""
    at = next((n for n, word in enumerate(words) if n > 1 and _is_unit(word)), len(words))
    end = min(at + 2, len(words))
    unit, city = _unit(words[at:end]), words[end:]
    if (at < len(words) and not unit) or not all(word.isalpha() for word in city):
        return "", "", ""
    named = words[1:at]
    if not unit:
        named, city = _without_city(named)
        if len(named) > 2 and _is_kind(named[-2]) and _may_be_unit(named[-1], named[-2]):  # noqa: PLR2004
            unit, named = f"Unit {named[-1].upper()}", named[:-1]
    if not _is_clear(named):
        return "", "", ""
    return " ".join([words[0].upper(), *_named(named)]), unit, " ".join(city)


def _is_clear(named: list[str]) -> bool:
    """Say whether figures in the name of a street are its own: ``5th``, ``County Road 59``; not ``Wabash 608``."""
    return bool(named) and all(
        _WORD.fullmatch(word) and (not any(mark.isdigit() for mark in word) or n == 0 or _numbers(named[n - 1], word))
        for n, word in enumerate(named)
    )


def _numbers(before: str, word: str) -> bool:
    """Say whether a word with figures belongs to a street by the word before it."""
    if _ORDINAL.fullmatch(fold(word)):
        return _is_direction(before)
    return _is_kind(before) and _WRITTEN[fold(before).rstrip(".")] in _NUMBERED


def _without_city(named: list[str]) -> tuple[list[str], list[str]]:
    """Take the words of a city off the end of a street that has its kind before them (``Lamar St Houston``)."""
    kinds = [n for n, word in enumerate(named) if n and _is_kind(word) and not _is_direction(named[n - 1])]
    rest = named[kinds[-1] + 1 :] if kinds else []
    if not rest or not all(len(word) > 2 and word.isalpha() for word in rest):  # noqa: PLR2004 - SW, B are no city
        return named, []
    return (named, []) if _is_direction(rest[0]) else (named[: kinds[-1] + 1], rest)


def _is_direction(word: str) -> bool:
    plain = fold(word).rstrip(".")
    return plain in _DIRECTIONS or plain in _ABBREVIATED


def _is_kind(word: str) -> bool:
    plain = fold(word).rstrip(".")
    return plain in _WRITTEN and fold(_WRITTEN[plain]) not in _UNIT_WORDS


def _may_be_unit(word: str, kind: str) -> bool:
    """Say whether the word after a street's kind may be its unit: one letter, a figure with one, or figures.

    After a road or a highway it is its number (``County Road 59``); after an avenue a letter is its name.
    """
    plain, written = fold(word).rstrip("."), _WRITTEN[fold(kind).rstrip(".")]
    if plain in _ABBREVIATED or written in _NUMBERED or (plain.isalpha() and written == "Ave"):
        return False
    return re.fullmatch(r"[a-z]|\d{1,4}[a-z]?", plain) is not None


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
    named = len(number) == 1 and (len(number[0]) == 1 or any(mark.isdigit() for mark in number[0]))
    return f"{kind} {number[0].upper()}" if named else ""


def _named(words: list[str]) -> list[str]:
    """Write the words of a street: its kind short, directions short, a name with capitals as people write them."""
    kind = max((n for n, word in enumerate(words) if n and _is_kind(word)), default=0)
    written = []
    for n, word in enumerate(words):
        plain = fold(word).rstrip(".")
        at_end = len(words) > 1 and n in {0, len(words) - 1} and not (n == 0 and kind == 1)
        if n and n == kind:
            written.append(_WRITTEN[plain])
        elif at_end and (plain in _DIRECTIONS or plain in _ABBREVIATED):
            written.append(_DIRECTIONS.get(plain, _ABBREVIATED.get(plain, word)))
        else:
            written.append(word.capitalize() if word.islower() or word.isupper() else word)
    return written


def usual_words(office_address: str) -> frozenset[str]:
    """Return the words of addresses and mail that nobody is filed under, for the city of an office."""
    return STREET_WORDS | MAIL_WORDS | place_words(office_address)
