"""Amounts keyed wrong on a receipt (or on the tape of the count): digits swapped, a digit too many or wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from csr_desk.domain.difference.candidate import Kind, Suspect
from csr_desk.domain.difference.facts import CASH, DrawerFacts, Part
from csr_desk.domain.difference.guesses import PERCENT, Guess, Guesses
from csr_desk.domain.money import Cents

_NEIGHBOURS = {
    "0": "12", "1": "024", "2": "0135", "3": "26", "4": "157", "5": "2468", "6": "359", "7": "48", "8": "579",
    "9": "68",
}  # fmt: skip
"""The keys beside each key of a number pad."""

_SMALLEST: Cents = 25
"""Nobody pays less; a slide to it is none."""


def keyed_parts(facts: DrawerFacts) -> list[Part]:
    """Return the tenders whose keyed amount can differ from what came.

    Cash with change is not among them: its change was given as the receipt said, so the drawer agrees with the receipt.
    """
    return [part for part in facts.live() if part.tender.kind != CASH or not part.tender.change]


def transpositions(facts: DrawerFacts, tender: str) -> Guesses:
    """Two digits of an amount changed places; the difference is divisible by nine."""
    parts = keyed_parts(facts)
    for part in _of(parts, tender):
        digits = str(part.tender.amount)
        places = list(combinations(range(len(digits)), 2))
        beside = len(digits) - 1
        for one, two in places:
            likely = _swapped(digits, one, two)
            if likely is None:
                continue
            near = two - one == 1
            share = 90 * PERCENT // beside if near else 10 * PERCENT // (len(places) - beside)
            yield _guess(Kind.TRANSPOSITION, part, likely, share // len(parts), "near" if near else "far")


def _swapped(digits: str, one: int, two: int) -> Cents | None:
    mixed = list(digits)
    mixed[one], mixed[two] = mixed[two], mixed[one]
    return None if mixed[0] == "0" or digits[one] == digits[two] else int("".join(mixed))


def slides(facts: DrawerFacts, tender: str) -> Guesses:
    """The point in the wrong place, a digit too many or too few: ten or a hundred times too much or too little."""
    parts = keyed_parts(facts)
    for part in _of(parts, tender):
        keyed = part.tender.amount
        for likely, share in _slid(keyed):
            if likely >= _SMALLEST:
                way = "less" if likely > keyed else "more"
                yield _guess(Kind.SLIDE, part, likely, share // len(parts), way)


def _slid(keyed: Cents) -> Iterator[tuple[Cents, int]]:
    yield keyed * 10, 25 * PERCENT
    for last in range(1, 10):
        yield keyed * 10 + last, 2 * PERCENT
    yield keyed // 10, 45 * PERCENT
    yield keyed * 100, 6 * PERCENT
    if keyed % 100 == 0:
        yield keyed // 100, 6 * PERCENT


def wrong_digits(facts: DrawerFacts, tender: str) -> Guesses:
    """One digit of an item keyed wrong: mostly the key beside the right one."""
    parts = [part for part in keyed_parts(facts) if part.tender.kind != CASH]
    for part in _of(parts, tender):
        digits = str(part.tender.amount)
        for at, digit in enumerate(digits):
            beside = _NEIGHBOURS[digit]
            for right in "0123456789":
                if right == digit or (at == 0 and right == "0"):
                    continue
                near = right in beside
                share = 70 * PERCENT // len(beside) if near else 30 * PERCENT // (9 - len(beside))
                likely = int(digits[:at] + right + digits[at + 1 :])
                yield _guess(Kind.DIGIT, part, likely, share // len(digits) // len(parts), "near" if near else "far")


def _of(parts: Sequence[Part], tender: str) -> list[Part]:
    return [part for part in parts if part.tender.kind == tender]


def _guess(kind: Kind, part: Part, likely: Cents, weight: int, way: str) -> Guess:
    keyed = part.tender.amount
    return Guess(kind, likely - keyed, 0, weight, Suspect(part.receipt.number, keyed, likely), way)
