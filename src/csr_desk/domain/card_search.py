"""Cards of the information desk found by what people say, typing errors forgiven (I1).

An index in memory over the words of all cards: a word of the question counts as itself, as the beginning of a longer
one, or as one that is a slip away. Rare words weigh more than frequent ones (Spärck Jones 1972, inverse document
frequency), a word of the card's question more than one of its steps.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from math import log

from rapidfuzz.distance import OSA

from csr_desk.domain.customer_words import words_of

MOST_TERMS = 12
_BEGIN_FROM, _SLIP_FROM, _SLIPS_FROM = 3, 4, 8
"""A word of so many letters among others may begin a longer one, may have one slip, may have two."""
_WHOLE, _BEGINS, _SLIPPED = 100, 70, 45
_MOST_BEGUN = 60
_EVERY_WORD = 1_000_000
"""More than all weights together: a card with one more word of the question stands before every other."""
_STOP = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "can",
        "do",
        "does",
        "for",
        "from",
        "has",
        "have",
        "how",
        "i",
        "if",
        "in",
        "is",
        "it",
        "me",
        "my",
        "of",
        "on",
        "or",
        "the",
        "to",
        "we",
        "what",
        "when",
        "where",
        "which",
        "who",
        "why",
        "will",
        "with",
        "you",
        "your",
    ]
)
"""Words that say nothing about a card; a question of nothing else is looked for all the same."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A card that was found, and how well it fits (the best first)."""

    key: str
    score: float


class CardIndex:
    """Finds cards by words; made once for a state of the cards."""

    def __init__(self, cards: Iterable[tuple[str, Mapping[str, float]]]) -> None:
        """``cards`` are keys with the texts of a card, each text with what a word in it weighs."""
        self._keys: list[str] = []
        weights: dict[str, dict[int, float]] = defaultdict(dict)
        for at, (key, texts) in enumerate(cards):
            self._keys.append(key)
            for text, weight in texts.items():
                for word in words_of(text):
                    held = weights[word]
                    held[at] = max(held.get(at, 0), weight)
        self._weights = dict(weights)
        self._sorted = sorted(self._weights)
        self._grams: dict[str, list[int]] = defaultdict(list)
        for at, word in enumerate(self._sorted):
            for gram in _grams(word):
                self._grams[gram].append(at)

    def __len__(self) -> int:
        """How many cards it knows."""
        return len(self._keys)

    def find(self, question: str, limit: int = 20) -> tuple[Hit, ...]:
        """Return the cards that fit a question, the best first; what lacks a word stands behind what has it."""
        terms = _terms(question)
        scores: dict[int, float] = defaultdict(float)
        for term in terms:
            best: dict[int, float] = {}
            for word, likeness in self._like(term, begins=len(term) >= _BEGIN_FROM or len(terms) == 1):
                held = self._weights[word]
                sure = likeness * log(1 + len(self._keys) / len(held))
                for at, weight in held.items():
                    if sure * weight > best.get(at, 0):
                        best[at] = sure * weight
            for at, score in best.items():
                scores[at] += _EVERY_WORD + score
        ranked = nsmallest(limit, scores.items(), key=lambda one: (-one[1], self._keys[one[0]]))
        return tuple(Hit(self._keys[at], score) for at, score in ranked)

    def _like(self, term: str, *, begins: bool) -> Sequence[tuple[str, float]]:
        """Return the words of the cards that a word of a question may mean, with how surely."""
        found = {term: _WHOLE} if term in self._weights else {}
        for word in self._begun(term) if begins else ():
            found.setdefault(word, _BEGINS)
        if not found and len(term) >= _SLIP_FROM:
            for word in self._slipped(term):
                found.setdefault(word, _SLIPPED)
        return tuple(found.items())

    def _begun(self, term: str) -> Iterable[str]:
        at = bisect_left(self._sorted, term)
        for word in self._sorted[at : at + _MOST_BEGUN]:
            if not word.startswith(term):
                return
            yield word

    def _slipped(self, term: str) -> Iterable[str]:
        """Words with the same letters but for a slip: one more, one less, another, or two in each other's place."""
        most = 2 if len(term) >= _SLIPS_FROM else 1
        shared: dict[int, int] = defaultdict(int)
        grams = _grams(term)
        for gram in grams:
            for at in self._grams.get(gram, ()):
                shared[at] += 1
        least = max(1, len(grams) - 3 * most)
        for at, count in shared.items():
            word = self._sorted[at]
            near = count >= least and abs(len(word) - len(term)) <= most
            if near and OSA.distance(term, word, score_cutoff=most) <= most:
                yield word


def _terms(question: str) -> tuple[str, ...]:
    words = tuple(dict.fromkeys(words_of(question)))
    telling = tuple(word for word in words if word not in _STOP)
    return (telling or words)[:MOST_TERMS]


def _grams(word: str) -> frozenset[str]:
    edged = f"_{word}_"
    return frozenset(edged[at : at + 2] for at in range(len(edged) - 1))
