"""Numbers of projects, orders, permits and the like: a pattern, a series of its own for each year, a check digit.

The check digit is Damm's (H. Michael Damm, *Total anti-symmetrische Quasigruppen*, 2004): any one wrong figure and any
two neighbours exchanged are found, which Luhn's does not do for 0 and 9. It is taken over all other figures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from csr_desk.domain.errors import BadInput, Trouble

_DAMM = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978", "3674209581", "5869720134", "8945362017",
    "9438617205", "2581436790",
)  # fmt: skip
_PART = re.compile(r"y+|n+|c|[^ync]+")
_FEWEST, _MOST = 4, 9

LONGEST_PATTERN = 24

FIXED = {
    "order": "SOyy-nnnnnn-c",
    "permit": "Pyy-nnnnnn-c",
    "inspection": "Iyy-nnnnnn-c",
    "work_order": "Wyy-nnnnnn-c",
    "release": "Ryy-nnnnnn-c",
    "release_batch": "RByy-nnnnn-c",
    "contractor": "Kyy-nnnnn-c",
    "verification": "Vyy-nnnnnn-c",
    "contact": "Tyy-nnnnnn-c",
    "message": "Myy-nnnnnn-c",
    "company": "Gyy-nnnn-c",
    "request": "SRyy-nnnnnn-c",
    "visit": "Qyy-nnnnnn-c",
    "referral": "RFyy-nnnnnn-c",
    "handout": "Hyy-nnnnnn-c",
    "notice": "Nyy-nnnn-c",
    "card": "KAyy-nnnnn-c",
    "help_call": "HCyy-nnnnnn-c",
}
"""The patterns of what is not a project, by the name of its series; the letters tell the search box what is meant."""


@dataclass(frozen=True, slots=True)
class ReadNumber:
    """A number as keyed, written as it was issued."""

    number: str
    year: int
    serial: int
    checked: bool
    """False where the check digit was left out: then a wrong figure would not have been found."""


def check_digit(figures: str) -> str:
    """Return the check digit over figures; anything between them does not count."""
    row = 0
    for figure in figures:
        if figure.isdecimal():
            row = int(_DAMM[row][int(figure)])
    return str(row)


def read_pattern(text: str) -> str:
    """Return a pattern like ``yy-nnnnnn-c`` tidied; raise BadInput where it gives no numbers that can be told apart.

    ``yy`` (or ``yyyy``) is the year, ``n`` a figure of the serial number, ``c`` the check digit.
    """
    pattern = text.strip()
    parts = _PART.findall(pattern)
    years, serials = [p for p in parts if p[0] == "y"], [p for p in parts if p[0] == "n"]
    rest = "".join(p for p in parts if p[0] not in "ync")
    clear = (
        len(pattern) <= LONGEST_PATTERN
        and years in (["yy"], ["yyyy"])
        and len(serials) == 1
        and _FEWEST <= len(serials[0]) <= _MOST
        and pattern.count("c") <= 1
        and all(mark == "-" or (mark.isascii() and mark.isupper()) for mark in rest)
        and (parts[-1] == "c" or "c" not in parts)
    )
    if not clear:
        raise BadInput(
            "A pattern has the year (yy), the serial number (nnnnnn), capitals or hyphens, and c last for the check "
            "digit, like yy-nnnnnn-c.",
            field="project_pattern",
        )
    return pattern


def numbered(pattern: str, year: int, serial: int) -> str:
    """Return the number of a series; raise Trouble where the year has used up its numbers."""
    written = []
    for part in _PART.findall(pattern):
        if part[0] == "y":
            written.append(f"{year:04d}"[-len(part) :])
        elif part[0] == "n":
            if serial >= 10 ** len(part):
                raise Trouble(f"The numbers of {year} are used up. An administrator gives the pattern one figure more.")
            written.append(f"{serial:0{len(part)}d}")
        elif part == "c":
            written.append(check_digit("".join(written)))
        else:
            written.append(part)
    return "".join(written)


def read_number(pattern: str, typed: str) -> ReadNumber | None:
    """Read a number as keyed, with or without hyphens, capitals and check digit; None where it is none of this series.

    Raise BadInput where the check digit says that a figure is wrong; bare figures may still be an account's number, so
    a search box asks there too. Hyphens stand where the pattern has them, or nowhere.
    """
    keyed = "".join(typed.split()).upper()
    found = re.fullmatch(_shape(pattern), keyed) or re.fullmatch(_shape(pattern.replace("-", "")), keyed)
    if found is None:
        return None
    year = int(found["y"]) + (2000 if len(found["y"]) == len("yy") else 0)
    number = numbered(pattern, year, int(found["n"]))
    check = found["c"] if "c" in pattern else None
    if check is not None and check != number[-1]:
        raise BadInput(f"“{typed.strip()[:40]}” is not a number of ours: a figure is wrong. Key it again.")
    return ReadNumber(number, year, int(found["n"]), checked=check is not None or "c" not in pattern)


def _shape(pattern: str) -> str:
    """Write a pattern as a regular expression; the check digit and the hyphen before it may be left out."""
    body, check = pattern.removesuffix("c"), pattern.endswith("c")
    body, hyphen = (body[:-1], "-") if check and body.endswith("-") else (body, "")
    groups = (f"(?P<{part[0]}>[0-9]{{{len(part)}}})" if part[0] in "yn" else part for part in _PART.findall(body))
    return "".join(groups) + (f"(?:{hyphen}(?P<c>[0-9]))?" if check else "")
