"""A driver licence or ID card read by a 2-D scanner (AAMVA DL/ID, versions 00–10): name and address for a form.

Only what the counter needs is taken out; the number of the card, birth date and description never leave this module.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from string import capwords

from csr_desk.domain.errors import BadInput

_ELEMENT = re.compile(r"^(?:DL|ID)?(D[A-Z]{2})(.*)$")
_HEADER = re.compile(r"(?:ANSI|AAMVA) ?\d{6}")
_WANTED = frozenset({"DCS", "DAB", "DAC", "DCT", "DAD", "DAA", "DAG", "DAH", "DAI", "DAJ", "DAK", "DBA"})
_EMPTY = frozenset({"NONE", "UNAVL", "UNK", ""})
_ZIP, _WHOLE_ZIP = 5, 9


@dataclass(frozen=True, slots=True)
class Licence:
    """What of a card is put into a form; never its number."""

    name: str
    street: str
    city: str
    state: str
    postal_code: str
    expires: date | None

    @property
    def address(self) -> str:
        """The address on one line."""
        rest = " ".join(part for part in (self.state, self.postal_code) if part)
        return ", ".join(part for part in (self.street, self.city, rest) if part)


def looks_like_one(text: str) -> bool:
    """Say whether scanned text is such a card at all."""
    return _HEADER.search(text[:40]) is not None


def read(text: str) -> Licence:
    """Read a card; raise BadInput where it carries no name or no address."""
    found = _elements(text)
    name = _name(found)
    licence = Licence(
        name, _tidy(_street(found)), _tidy(found.get("DAI", "")), found.get("DAJ", "").upper(),
        _postal_code(found.get("DAK", "")), _date(found.get("DBA", "")),
    )  # fmt: skip
    if not name or not licence.street:
        raise BadInput("The card was read in part only: a name or an address is missing. Key the form by hand.")
    return licence


def _elements(text: str) -> dict[str, str]:
    """Split the payload into its elements; control characters or pipes may stand between them."""
    found: dict[str, str] = {}
    for line in re.split(r"[\n\r\x1e|]+", text.lstrip("\ufeff")):
        # the header runs straight into the first element: …ZT02560015DLDCAC
        piece = line.rsplit("DLD", 1)[-1] if line.startswith(("ANSI", "AAMVA", "@")) and "DLD" in line else None
        match = _ELEMENT.match(f"D{piece}" if piece is not None else line.strip("\x00 "))
        if match and match[1] in _WANTED and match[1] not in found:
            value = match[2].strip()
            found[match[1]] = "" if value.upper() in _EMPTY else value
    return found


def _name(found: dict[str, str]) -> str:
    """Put the name together: family name first in capitals as the counter's lists have it, given names after it."""
    family = found.get("DCS") or found.get("DAB", "")
    given = " ".join(found.get(key, "") for key in ("DAC", "DAD") if found.get(key)) or found.get("DCT", "")
    if not family and found.get("DAA"):
        parts = [part.strip() for part in re.split(r"[,$@]", found["DAA"]) if part.strip()]
        family, given = parts[0], " ".join(parts[1:])
    given = _tidy(given.replace(",", " "))
    family = _tidy(family)
    return " ".join(part for part in (given, family) if part)


def _street(found: dict[str, str]) -> str:
    return " ".join(found.get(key, "") for key in ("DAG", "DAH")).strip()


def _tidy(text: str) -> str:
    """Write words that a card has in capitals as people write them."""
    words = " ".join(text.replace("@", " ").split()).rstrip(",")
    return capwords(words) if words.isupper() else words


def _postal_code(text: str) -> str:
    figures = "".join(mark for mark in text if mark.isdigit())
    if len(figures) >= _WHOLE_ZIP and figures[_ZIP:_WHOLE_ZIP] != "0000":
        return f"{figures[:_ZIP]}-{figures[_ZIP:_WHOLE_ZIP]}"
    return figures[:_ZIP] if len(figures) >= _ZIP else " ".join(text.split())


def _date(text: str) -> date | None:
    """Read MMDDCCYY (United States) or CCYYMMDD (Canada, old cards)."""
    figures = "".join(mark for mark in text if mark.isdigit())
    for year, month, day in ((figures[4:8], figures[:2], figures[2:4]), (figures[:4], figures[4:6], figures[6:8])):
        try:
            found = date(int(year), int(month), int(day))
        except ValueError:
            continue
        if 1990 <= found.year <= 2100:  # noqa: PLR2004 - the span in which a card can expire
            return found
    return None
