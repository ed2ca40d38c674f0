"""The words of addresses and mail that every second customer has, and e-mail addresses written one way.

Street kinds and units are written as the Postal Service does (Publication 28, appendix C). Reading an address or a
telephone number asks a library: ``domain.addresses`` and ``domain.telephones``, loaded where somebody is entered.
"""

from __future__ import annotations

from csr_desk.domain.customer_words import MAIL_WORDS, fold, place_words

KINDS = {
    "alley": "Aly", "avenue": "Ave", "av": "Ave", "boulevard": "Blvd", "bend": "Bnd", "circle": "Cir", "court": "Ct",
    "cove": "Cv", "crossing": "Xing", "drive": "Dr", "expressway": "Expy", "freeway": "Fwy", "highway": "Hwy",
    "lane": "Ln", "loop": "Loop", "parkway": "Pkwy", "place": "Pl", "plaza": "Plz", "road": "Rd", "row": "Row",
    "square": "Sq", "street": "St", "terrace": "Ter", "trail": "Trl", "way": "Way", "walk": "Walk",
}  # fmt: skip
UNITS = {"apartment": "Apt", "building": "Bldg", "floor": "Fl", "lot": "Lot", "suite": "Ste", "unit": "Unit"}
_SHORT = {short.casefold(): short for short in (*KINDS.values(), *UNITS.values())}
WRITTEN = {**_SHORT, **KINDS, **UNITS}
"""Each kind of street or unit, long and short, as it is written."""
STREET_WORDS = frozenset(WRITTEN) | frozenset(fold(word) for word in WRITTEN.values())
"""Kinds of streets and units, long and short: every second address has one, so nobody is found by it alone."""


def email_words(text: str) -> str:
    """Write an e-mail address without blanks and with its place in small letters."""
    name, at, place = "".join(text.split()).rpartition("@")
    return f"{name}{at}{place.casefold()}"


def usual_words(office_address: str) -> frozenset[str]:
    """Return the words of addresses and mail that nobody is filed under, for the city of an office."""
    return STREET_WORDS | MAIL_WORDS | place_words(office_address)
