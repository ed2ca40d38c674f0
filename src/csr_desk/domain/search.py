"""Finding an item while the clerk types: accents, letter case, word order and half words are forgiven.

The index is built once from a catalogue. Rows are bits of whole numbers, so that a key costs a few ANDs and ORs.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from csr_desk.domain.catalogue import Catalogue, Item, ItemUse
from csr_desk.domain.money import Cents, to_cents
from csr_desk.domain.pricing import Flat, PerUnit

_WORD = re.compile(r"[^\W_]+")
LAST = "\U0010ffff"

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SearchRow:
    """What is known of an item for finding it; ``amount_hint`` is its price where one amount tells it (cents)."""

    code: str
    name: str
    department: str = ""
    category: str = ""
    authority: str = ""
    amount_hint: Cents | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A found item, with the stretches (start, end) of its code and name that match what was typed."""

    code: str
    name: str
    department: str
    amount_hint: Cents | None
    unit: str
    code_spans: tuple[Span, ...]
    name_spans: tuple[Span, ...]


def folded(text: str) -> str:
    """Take accents and letter case away, one character for one, so that positions stay where they were."""
    if text.isascii():
        return text.lower()
    return "".join(_folded_sign(sign) for sign in text)


def _folded_sign(sign: str) -> str:
    base = unicodedata.normalize("NFKD", sign)[:1].lower()
    return base if len(base) == 1 else sign


def words_of(text: str) -> list[str]:
    """Split folded text into its words and numbers."""
    return _WORD.findall(folded(text))


class ItemIndex:
    """Finds items by prefix of any word of code, name, department, category or authority."""

    def __init__(self, rows: Iterable[SearchRow]) -> None:
        """Build the index; rows of equal rank come in the order of their names."""
        self._rows: Sequence[SearchRow] = sorted(rows, key=lambda row: (folded(row.name), row.code))
        anywhere: dict[str, int] = defaultdict(int)
        in_name: dict[str, int] = defaultdict(int)
        in_code: dict[str, int] = defaultdict(int)
        codes: dict[str, int] = defaultdict(int)
        starts: dict[str, int] = defaultdict(int)
        for at, row in enumerate(self._rows):
            bit = 1 << at
            named = words_of(row.name)
            for word in named:
                in_name[word] |= bit
            for word in words_of(row.code):
                in_code[word] |= bit
            for word in words_of(f"{row.code} {row.name} {row.department} {row.category} {row.authority}"):
                anywhere[word] |= bit
            codes["".join(words_of(row.code))] |= bit
            starts[named[0] if named else ""] |= bit
        self._anywhere, self._in_name = _Prefixes(anywhere), _Prefixes(in_name)
        self._in_code = _Prefixes(in_code)
        self._codes, self._starts = _Prefixes(codes), _Prefixes(starts)

    @classmethod
    def of(cls, catalogue: Catalogue) -> ItemIndex:
        """Index what may be sold by hand."""
        sold = (item for item in catalogue.items.values() if item.active and item.use is ItemUse.COUNTER)
        return cls(_row(item) for item in sold)

    def find(self, text: str, limit: int = 8) -> tuple[Hit, ...]:
        """Return the best hits: codes that begin so, parts of codes, names that begin so, names, then all the rest."""
        typed = words_of(text)
        if not typed:
            return ()
        named = _all_of(self._in_name, typed)
        begun = reduce(or_, map(self._starts.matching, typed))
        best: list[Hit] = []
        seen = 0
        for rank in (
            self._codes.matching("".join(typed)),
            _all_of(self._in_code, typed),
            named & begun,
            named,
            _all_of(self._anywhere, typed),
        ):
            best.extend(self._hit(at, typed) for at in _positions(rank & ~seen, limit - len(best)))
            seen |= rank
        return tuple(best)

    def _hit(self, at: int, typed: Sequence[str]) -> Hit:
        row = self._rows[at]
        whole = "".join(typed)
        return Hit(
            code=row.code,
            name=row.name,
            department=row.department,
            amount_hint=row.amount_hint,
            unit=row.unit,
            code_spans=_code_span(row.code, whole) or spans(row.code, typed),
            name_spans=spans(row.name, typed),
        )


class _Prefixes:
    """Sets of rows by word, asked by the beginning of a word."""

    def __init__(self, rows: Mapping[str, int]) -> None:
        self._words = sorted(rows)
        self._bits = [rows[word] for word in self._words]
        self._known: dict[str, int] = {}

    def matching(self, start: str) -> int:
        """Return the rows that have a word beginning with ``start``; short beginnings are remembered."""
        known = self._known.get(start)
        if known is not None:
            return known
        found = 0
        low = bisect_left(self._words, start)
        for bits in self._bits[low : bisect_left(self._words, start + LAST, low)]:
            found |= bits
        if len(start) <= 3:  # noqa: PLR2004 - only the few beginnings that gather many words are worth keeping
            self._known[start] = found
        return found


def _all_of(prefixes: _Prefixes, typed: Sequence[str]) -> int:
    found = -1
    for word in typed:
        found &= prefixes.matching(word)
    return found


def _positions(bits: int, limit: int) -> Iterator[int]:
    """Yield the lowest positions of set bits, at most ``limit``."""
    while bits and limit > 0:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low
        limit -= 1


def spans(text: str, typed: Sequence[str]) -> tuple[Span, ...]:
    """Find the stretches of ``text`` to highlight: the beginnings of its words that were typed."""
    found = []
    for match in _WORD.finditer(folded(text)):
        longest = max((len(word) for word in typed if match.group().startswith(word)), default=0)
        if longest:
            found.append((match.start(), match.start() + longest))
    return tuple(found)


def _code_span(code: str, whole: str) -> tuple[Span, ...]:
    """Return the beginning of a code that was typed with or without its dashes."""
    matched = 0
    for at, sign in enumerate(folded(code)):
        if matched == len(whole):
            return ((0, at),)
        if sign.isalnum():
            if sign != whole[matched]:
                return ()
            matched += 1
    return ((0, len(code)),) if matched == len(whole) else ()


def _row(item: Item) -> SearchRow:
    version = item.latest
    if version is None:
        return SearchRow(item.code, item.name, item.department, item.category)
    steps = version.price.steps
    term = steps[0].term if len(steps) == 1 else None
    amount = term.amount if isinstance(term, Flat) else term.rate if isinstance(term, PerUnit) else None
    exact = amount is not None and amount == round(amount, 2)
    return SearchRow(
        code=item.code,
        name=item.name,
        department=item.department,
        category=f"{item.category} {item.division}",
        authority=version.authority,
        amount_hint=to_cents(amount) if amount is not None and exact else None,
        unit=version.unit if isinstance(term, PerUnit) else "",
    )
