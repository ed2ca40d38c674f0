"""Where work is done: an address as it stands on a permit, beside the same address as somebody else writes it.

A utility refuses a release whose address is not exactly the permitted one (field item 8, Harris County's rule), so the
two writings are compared as they stand, and as what they mean.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from csr_desk.domain.addresses import ReadAddress, read_address
from csr_desk.domain.customer_words import fold


class Match(StrEnum):
    """How two writings of an address agree."""

    EXACT = "exact"
    """Word for word; capitals and blanks do not count."""
    SPELLING = "spelling"
    """One place written two ways (``B``, ``UNIT B``): the utility refuses it all the same."""
    UNIT = "unit"
    """One house, another unit, or a unit on one side only."""
    OTHER = "other"
    """Another place."""
    UNREAD = "unread"
    """They differ, and one of them cannot be read: a person has to look."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of one side and what stands on the other side in its place."""

    left: str
    right: str
    same: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """Two writings side by side."""

    left: str
    right: str
    match: Match
    words: tuple[Word, ...]
    left_means: str
    """What the left one means, written one way; nothing where it cannot be read."""
    right_means: str

    @property
    def sentence(self) -> str:
        """What there is to say about it."""
        return _SENTENCES[self.match].format(left=self.left, right=self.right)


_SENTENCES = {
    Match.EXACT: "The address is exactly the permitted one.",
    Match.SPELLING: "“{right}” is the permitted “{left}”, written otherwise: the utility refuses it until both agree.",
    Match.UNIT: "“{right}” is the house of “{left}”, but not the same unit.",
    Match.OTHER: "“{right}” is not the permitted address “{left}”.",
    Match.UNREAD: "“{right}” is not written as the permitted “{left}”, and nobody but a person can say whether it is.",
}


def site_key(text: str) -> str:
    """Return what all writings of an address have in common; its own words where it cannot be read."""
    plain = _plain(text)
    read = _read(plain)
    return read.key if read is not None else fold(plain)


def house_key(text: str) -> str:
    """Return what all writings of a house have in common, whatever unit they name."""
    read = _read(_plain(text))
    return fold(read.street) if read is not None else site_key(text)


def _plain(text: str) -> str:
    """Return an address without what nobody sees: double blanks, marks of no width, letters taken apart."""
    seen = "".join(mark for mark in unicodedata.normalize("NFC", text) if unicodedata.category(mark) != "Cf")
    return " ".join(seen.split())


def _read(plain: str) -> ReadAddress | None:
    """Read an address; dots and commas at its end mean nothing."""
    return read_address(plain.rstrip(" .,"))


def compared(permitted: str, other: str) -> Compared:
    """Compare an address as permitted (left) with another writing of it (right)."""
    left, right = _plain(permitted), _plain(other)
    one, two = _read(left), _read(right)
    if left.upper() == right.upper():
        match = Match.EXACT
    elif one is None or two is None:
        match = Match.UNREAD
    elif one.key == two.key:
        match = Match.SPELLING
    else:
        match = Match.UNIT if fold(one.street) == fold(two.street) else Match.OTHER
    means = (one.line if one else "", two.line if two else "")
    return Compared(left, right, match, tuple(_side_by_side(left.split(), right.split())), *means)


def _side_by_side(left: list[str], right: list[str]) -> list[Word]:
    matcher = SequenceMatcher(None, [word.upper() for word in left], [word.upper() for word in right], autojunk=False)
    found = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            found += [Word(one, two, same=True) for one, two in zip(left[a:b], right[c:d], strict=True)]
        else:
            found.append(Word(" ".join(left[a:b]), " ".join(right[c:d]), same=False))
    return found
