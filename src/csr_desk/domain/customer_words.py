"""The words under which a customer is found, and the words of a question: accents, case and punctuation forgiven.

Every word of a question must begin a word of the customer: name in any order, a house number and a street, any end of
a telephone number that people say (the last seven or four figures), an account with or without its hyphens.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

_APART = str.maketrans({"đ": "d", "ð": "d", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i", "’": "'"})
"""Letters that Unicode does not take apart by itself."""
_WORD = re.compile(r"[^\W_]+")
"""Letters and figures of any writing; accents are taken off before."""
_FIGURES = re.compile(r"[0-9][0-9 ().+/-]*")
PHONE_ENDS = (7, 4)
MOST_TERMS = 8
LONGEST = 40


def fold(text: str) -> str:
    """Write text in small plain letters: ``ÁLVAREZ, María`` becomes ``alvarez, maria``."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_APART))
    return "".join(mark for mark in apart if not unicodedata.combining(mark)).translate(_APART)


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of text, folded; figures and letters stay together (``4b``)."""
    return tuple(_WORD.findall(fold(text).replace("'", "")))


def figures_of(text: str) -> str:
    """Return the figures of a telephone or account number."""
    return "".join(mark for mark in text if mark.isascii() and mark.isdigit())


def index_words(texts: Iterable[str], phones: Iterable[str] = (), numbers: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the words to file a customer under: names and addresses as they are, phones by their ends, numbers whole.

    ``numbers`` are accounts, permits and the like; they are found with and without their hyphens.
    """
    found: dict[str, None] = {}
    for text in texts:
        found.update(dict.fromkeys(words_of(text)))
    for figures in _telephones(phones):
        ends = [figures, *(figures[-length:] for length in PHONE_ENDS if len(figures) > length)]
        if len(figures) == 11 and figures[0] == "1":  # noqa: PLR2004 - a North American number with its 1
            ends.append(figures[1:])
        found.update(dict.fromkeys(ends))
    for number in numbers:
        parts = words_of(number)
        found.update(dict.fromkeys((*parts, "".join(parts)) if parts else ()))
    return tuple(found)


def terms_of(question: str) -> tuple[str, ...]:
    """Return the beginnings that must all be found; a number with hyphens or brackets is one of them."""
    found: dict[str, None] = {}
    for chunk in _chunks(question[: LONGEST * MOST_TERMS]):
        if _FIGURES.fullmatch(chunk) and len(figures_of(chunk)) > 1:
            found[figures_of(chunk)] = None
        else:
            found.update(dict.fromkeys(words_of(chunk)))
    return tuple(term[:LONGEST] for term in found)[:MOST_TERMS]


def _telephones(phones: Iterable[str]) -> Iterator[str]:
    """Take the numbers out of what is kept as telephones: nobody asks for the figures of an extension."""
    for phone in phones:
        numbers = [figures_of(number) for number in _FIGURES.findall(phone)]
        yield from [one for one in numbers if len(one) >= min(PHONE_ENDS)] or filter(None, numbers)


def _chunks(question: str) -> list[str]:
    """Split at blanks, but keep ``(713) 555-0142`` in one piece."""
    joined = re.sub(r"\((\d{3})\)\s*(\d)", r"\1-\2", question)
    return joined.split()


MAIL_WORDS = frozenset({
    "com", "org", "net", "edu", "gov", "us", "gmail", "yahoo", "hotmail", "outlook", "icloud", "aol", "live", "msn",
})  # fmt: skip
"""Words that half of all e-mail addresses have."""


def place_words(office_address: str) -> frozenset[str]:
    """Return the words that nearly every address of a city has: its name and its state, from the office's own address.

    Nobody is found by them, and they would make every question about them slow.
    """
    lines = [line for line in office_address.replace("\n", ",").split(",") if line.strip()]
    last = [word for line in lines[-2:] for word in words_of(line)] if len(lines) > 1 else []
    return frozenset(word for word in last if word.isalpha())


def kept_words(text: str, left_out: frozenset[str]) -> str:
    """Return the words of a text that tell people apart."""
    return " ".join(word for word in words_of(text) if word not in left_out)


def without(terms: Iterable[str], left_out: frozenset[str]) -> tuple[str, ...]:
    """Return the terms of a question that are worth asking: what no address is filed under is left out of it.

    The last term may be the beginning of such a word (``hous``), as long as it is still being typed.
    """
    asked = tuple(terms)
    ends = {word for word in left_out if asked and len(asked[-1]) > 1 and word.startswith(asked[-1])}
    kept = tuple(term for term in asked[:-1] if term not in left_out)
    return kept if ends else (*kept, *asked[-1:])


def closeness(terms: Iterable[str], words: Iterable[str]) -> int:
    """Say how well words fit a question: a whole word found counts more than a beginning."""
    held = set(words)
    return sum(1 for term in terms if term in held)


def slips(figures: str) -> tuple[str, ...]:
    """Return every number that one wrong figure, or two neighbours that changed places, make of a keyed one."""
    wrong = (
        f"{figures[:at]}{other}{figures[at + 1 :]}"
        for at, figure in enumerate(figures)
        for other in "0123456789"
        if other != figure
    )
    swapped = (f"{figures[:at]}{figures[at + 1]}{figures[at]}{figures[at + 2 :]}" for at in range(len(figures) - 1))
    return tuple(dict.fromkeys(one for one in (*wrong, *swapped) if one != figures))


def slip_of(figures: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return the known numbers that differ from a keyed one by one wrong figure or one swap of neighbours."""
    return tuple(one for one in known if _is_slip(figures, figures_of(one)))


def _is_slip(keyed: str, other: str) -> bool:
    if len(keyed) != len(other) or keyed == other:
        return False
    places = [at for at, (mine, theirs) in enumerate(zip(keyed, other, strict=True)) if mine != theirs]
    if len(places) == 1:
        return True
    first, last = places[0], places[-1]
    return len(places) == 2 and last == first + 1 and keyed[first] == other[last] and keyed[last] == other[first]  # noqa: PLR2004
