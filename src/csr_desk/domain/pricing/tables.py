"""The parts of a price that are read off a published table: brackets, marginal tiers, look-ups.

Intervals are half-open, ``(over, upto]``: 7,000 belongs to "up to 7,000", 7,000.01 to the next one.
Bases and rates are used exactly as published; the city's brackets do not chain and are never recomputed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from csr_desk.domain.errors import BadInput
from csr_desk.domain.pricing.facts import Facts, Parts, count_parts
from csr_desk.domain.pricing.terms import ONE, ZERO, Worth
from csr_desk.domain.pricing.words import dollar_words, input_words, number_words

_RANGE = re.compile(r"(?P<low>\d+(?:\.\d+)?)(?:-(?P<high>\d+(?:\.\d+)?)|(?P<more>\+))?", re.ASCII)


def interval_words(over: Decimal | None, upto: Decimal | None) -> str:
    """Say an interval: "over 7,000 up to 150,000"."""
    low = "" if over is None else f"over {number_words(over)}"
    high = "" if upto is None else f"up to {number_words(upto)}"
    return " ".join(part for part in (low, high) if part) or "any"


@dataclass(frozen=True, slots=True)
class Bracket:
    """One published row: for a measure in ``(over, upto]`` the base, plus the rate for what exceeds ``over``."""

    over: Decimal | None
    upto: Decimal | None
    base: Decimal
    rate: Decimal = ZERO

    def holds(self, measure: Decimal) -> bool:
        """Tell whether the measure falls into this row."""
        return (self.over is None or measure > self.over) and (self.upto is None or measure <= self.upto)


@dataclass(frozen=True, slots=True)
class Brackets:
    """Base plus rate of the one bracket that holds (kinds 5 and 6); a step table has no rates."""

    replaces: ClassVar[bool] = False
    input: str
    rows: tuple[Bracket, ...]
    increment: Decimal = ONE
    parts: Parts = Parts.UP

    def worth(self, so_far: Decimal, facts: Facts) -> Worth:
        """Find the row and apply it; raise BadInput when no published row holds."""
        del so_far
        measure = facts.number(self.input)
        row = next((row for row in self.rows if row.holds(measure)), None)
        name = input_words(self.input)
        if row is None:
            raise BadInput(f"No price is published for {name} {number_words(measure)}.", field=self.input)
        found = f"{name} {number_words(measure)} is {interval_words(row.over, row.upto)}"
        if not row.rate:
            return Worth(row.base, f"{found}: {dollar_words(row.base)}")
        floor = row.over or ZERO
        units = count_parts((measure - floor) / self.increment, self.parts)
        amount = row.base + units * row.rate
        each = f"{number_words(self.increment)} over {number_words(floor)}"
        sums = f"{dollar_words(row.base)} + {number_words(units)} × {dollar_words(row.rate)} (each started {each})"
        return Worth(amount, f"{found}: {sums} = {dollar_words(amount)}")


@dataclass(frozen=True, slots=True)
class Tier:
    """A rate for the part of the measure that lies in ``(over, upto]``."""

    over: Decimal
    upto: Decimal | None
    rate: Decimal

    def part(self, measure: Decimal) -> Decimal:
        """Return how much of the measure lies in this tier."""
        top = measure if self.upto is None else min(measure, self.upto)
        return max(top - self.over, ZERO)


@dataclass(frozen=True, slots=True)
class Tiers:
    """Each part of the measure at the rate of its own tier (kinds 7 and 8)."""

    replaces: ClassVar[bool] = False
    input: str
    rows: tuple[Tier, ...]

    def worth(self, so_far: Decimal, facts: Facts) -> Worth:
        """Sum the tiers."""
        del so_far
        measure = facts.number(self.input)
        used = [(row.part(measure), row) for row in self.rows if row.part(measure)]
        amount = sum((part * row.rate for part, row in used), ZERO)
        sums = " + ".join(f"{number_words(part)} × {dollar_words(row.rate)}" for part, row in used) or "nothing"
        return Worth(amount, f"{input_words(self.input)} {number_words(measure)}: {sums} = {dollar_words(amount)}")


@dataclass(frozen=True, slots=True)
class LookUpRow:
    """An amount for one combination of keys; a key is a word, a number, ``4-5`` or ``8+``."""

    keys: tuple[str, ...]
    amount: Decimal

    def holds(self, asked: tuple[str, ...]) -> bool:
        """Tell whether every key fits what was keyed."""
        return all(key_fits(key, text) for key, text in zip(self.keys, asked, strict=True))


def key_fits(key: str, text: str) -> bool:
    """Compare one key of a published table with what was keyed; letter case is forgiven."""
    if key.casefold() == text.casefold():
        return True
    span = _RANGE.fullmatch(key)
    number = _RANGE.fullmatch(text)
    if span is None or number is None or number["high"] or number["more"]:
        return False
    asked, low = Decimal(text), Decimal(span["low"])
    high = Decimal(span["high"] or span["low"])
    return asked >= low if span["more"] else low <= asked <= high


@dataclass(frozen=True, slots=True)
class LookUp:
    """The amount of a published table by one or more keys, times ``per`` where it is a rate (kinds 8, 9, 18)."""

    replaces: ClassVar[bool] = False
    inputs: tuple[str, ...]
    rows: tuple[LookUpRow, ...]
    per: str = ""
    increment: Decimal = ONE
    parts: Parts = Parts.EXACT

    def worth(self, so_far: Decimal, facts: Facts) -> Worth:
        """Find the row; raise BadInput when the table has none."""
        del so_far
        asked = tuple(facts.text(name) for name in self.inputs)
        said = ", ".join(f"{input_words(name)} {text}" for name, text in zip(self.inputs, asked, strict=True))
        row = next((row for row in self.rows if row.holds(asked)), None)
        if row is None:
            raise BadInput(f"No price is published for {said}.", field=self.inputs[0])
        if not self.per:
            return Worth(row.amount, f"{said}: {dollar_words(row.amount)}")
        units = count_parts(facts.number(self.per) / self.increment, self.parts)
        amount = units * row.amount
        each = f"{number_words(units)} × {dollar_words(row.amount)} (per {number_words(self.increment)} "
        return Worth(amount, f"{said}: {each}{input_words(self.per)}) = {dollar_words(amount)}")
