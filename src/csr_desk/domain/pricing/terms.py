"""The parts of a price that stand on their own: flat, per unit, percent, entered.

Every part answers ``worth(so_far, facts)`` with exact dollars and the sentence that explains them.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Protocol

from csr_desk.domain.errors import BadInput, MissingInput
from csr_desk.domain.money import to_dollars
from csr_desk.domain.pricing.facts import Facts, Parts, count_parts
from csr_desk.domain.pricing.words import dollar_words, input_words, number_words

ZERO = Decimal(0)
ONE = Decimal(1)
SO_FAR = "so far"


@dataclass(frozen=True, slots=True)
class Worth:
    """Exact dollars and how they came about, in words."""

    amount: Decimal
    words: str


class Term(Protocol):
    """One part of a price; ``replaces`` tells that its worth is the new total instead of an addition to it."""

    replaces: ClassVar[bool]

    def worth(self, so_far: Decimal, facts: Facts) -> Worth:
        """Work out the part; raise BadInput or MissingInput when the inputs do not allow it."""


@dataclass(frozen=True, slots=True)
class Flat:
    """A fixed amount (pricing kinds 1 and 30)."""

    replaces: ClassVar[bool] = False
    amount: Decimal

    def worth(self, so_far: Decimal, facts: Facts) -> Worth:
        """Return the amount as it stands."""
        del so_far, facts
        return Worth(self.amount, dollar_words(self.amount))


@dataclass(frozen=True, slots=True)
class PerUnit:
    """A rate for each ``increment`` of what is counted beyond ``included``, up to ``upto`` (kinds 2, 3, 4, 14 to 16).

    Several inputs are multiplied with one another after each is rounded as ``parts`` says (lanes × blocks × weeks).
    """

    replaces: ClassVar[bool] = False
    rate: Decimal
    inputs: tuple[str, ...]
    included: Decimal = ZERO
    increment: Decimal = ONE
    parts: Parts = Parts.EXACT
    upto: Decimal | None = None

    def worth(self, so_far: Decimal, facts: Facts) -> Worth:
        """Count the units and multiply."""
        del so_far
        measure = self._measure(facts)
        counted = measure if self.upto is None else min(measure, self.upto)
        units = count_parts(max(counted - self.included, ZERO) / self.increment, self.parts)
        amount = units * self.rate
        return Worth(amount, f"{self._units(units, measure)} × {dollar_words(self.rate)} = {dollar_words(amount)}")

    def _measure(self, facts: Facts) -> Decimal:
        if len(self.inputs) == 1:
            return facts.number(self.inputs[0])
        product = ONE
        for name in self.inputs:
            product *= count_parts(facts.number(name), self.parts)
        return product

    def _units(self, units: Decimal, measure: Decimal) -> str:
        name = " × ".join(input_words(one) for one in self.inputs)
        said = [f"{number_words(measure)} {name}"]
        if self.upto is not None:
            said.append(f"counted up to {number_words(self.upto)}")
        if self.included:
            said.append(f"{number_words(self.included)} included")
        if self.increment != 1:
            started = "each started" if self.parts is Parts.UP else "for each"
            said.append(f"{started} {number_words(self.increment)}")
        if len(said) == 1 and units == measure:
            return said[0]
        return f"{', '.join(said)}: {number_words(units)}"

    @property
    def is_linear(self) -> bool:
        """Tell whether each unit costs the same, so that a receipt may say "12 × 0.10"."""
        return len(self.inputs) == 1 and not self.included and self.increment == 1 and self.upto is None


@dataclass(frozen=True, slots=True)
class Percent:
    """A percentage of an input in dollars, of the price so far, or of another item's fee (kinds 10, 12, 23, 24)."""

    replaces: ClassVar[bool] = False
    percent: Decimal
    of_input: str = ""
    of_item: str = ""

    def worth(self, so_far: Decimal, facts: Facts) -> Worth:
        """Take the percentage of what it is meant of."""
        if self.of_item:
            base, name = facts.fee_of(self.of_item), f"the fee of {self.of_item}"
        elif self.of_input:
            base, name = facts.number(self.of_input), input_words(self.of_input)
        else:
            base, name = so_far, "the price so far"
        amount = base * self.percent / 100
        words = f"{number_words(self.percent)} % of {name} {dollar_words(base)} = {dollar_words(amount)}"
        return Worth(amount, words)


@dataclass(frozen=True, slots=True)
class Entered:
    """An amount that the clerk keys, within published limits (kinds 28 and 29), in dollars."""

    replaces: ClassVar[bool] = False
    least: Decimal | None = None
    most: Decimal | None = None
    input: str = "amount"

    def worth(self, so_far: Decimal, facts: Facts) -> Worth:
        """Return the amount entered; raise MissingInput without one, BadInput outside the limits."""
        del so_far
        if facts.entered is not None:
            amount = to_dollars(facts.entered)
        elif facts.given(self.input):
            amount = facts.number(self.input)
        else:
            raise MissingInput("Key the amount: this item has no fixed price.", field=self.input)
        low, high = self.least, self.most
        if (low is not None and amount < low) or (high is not None and amount > high) or amount < 0:
            raise BadInput(f"{dollar_words(amount)} is not {self._limits}. Check the amount.", field=self.input)
        return Worth(amount, f"{dollar_words(amount)} as entered ({self._limits})")

    @property
    def _limits(self) -> str:
        low = dollar_words(self.least or ZERO)
        return f"at least {low}" if self.most is None else f"from {low} to {dollar_words(self.most)}"
