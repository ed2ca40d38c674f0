"""The parts of a price that act on the price so far: limits, factors, proration, instalments, rounding, refusals."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import ClassVar

from csr_desk.domain.errors import BadInput, Ineligible, TenderRefused
from csr_desk.domain.money import allocate, to_cents, to_dollars
from csr_desk.domain.pricing.facts import Facts
from csr_desk.domain.pricing.terms import Worth
from csr_desk.domain.pricing.words import dollar_words, input_words, number_words


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The price so far, but never less than ``amount`` (kinds 11 and 12)."""

    replaces: ClassVar[bool] = True
    amount: Decimal

    def worth(self, so_far: Decimal, facts: Facts) -> Worth:
        """Raise the price to the limit."""
        del facts
        total = max(so_far, self.amount)
        return Worth(total, f"at least {dollar_words(self.amount)}: {dollar_words(total)}")


@dataclass(frozen=True, slots=True)
class AtMost:
    """The price so far, but never more than ``amount`` (kind 11)."""

    replaces: ClassVar[bool] = True
    amount: Decimal

    def worth(self, so_far: Decimal, facts: Facts) -> Worth:
        """Lower the price to the limit."""
        del facts
        total = min(so_far, self.amount)
        return Worth(total, f"at most {dollar_words(self.amount)}: {dollar_words(total)}")


@dataclass(frozen=True, slots=True)
class Times:
    """The price so far times a factor, for example a double fee (kind 21) or half a year (kind 19)."""

    replaces: ClassVar[bool] = True
    factor: Decimal

    def worth(self, so_far: Decimal, facts: Facts) -> Worth:
        """Multiply."""
        del facts
        total = so_far * self.factor
        return Worth(total, f"{dollar_words(so_far)} × {number_words(self.factor)} = {dollar_words(total)}")


@dataclass(frozen=True, slots=True)
class Prorate:
    """The price so far for ``input`` of ``whole`` equal parts of the period (kind 19)."""

    replaces: ClassVar[bool] = True
    input: str
    whole: Decimal

    def worth(self, so_far: Decimal, facts: Facts) -> Worth:
        """Take the share of the period that is left."""
        count = min(facts.number(self.input), self.whole)
        total = so_far * count / self.whole
        share = f"{number_words(count)} of {number_words(self.whole)}"
        words = f"{input_words(self.input)} {share}: {dollar_words(so_far)} × {share} = {dollar_words(total)}"
        return Worth(total, words)


@dataclass(frozen=True, slots=True)
class Instalment:
    """One part of the price so far when ``input`` names it, else the whole price (kind 20).

    Without a published ``plan`` the parts are equal by largest remainder, so that they always sum to the price.
    """

    replaces: ClassVar[bool] = True
    input: str
    count: int
    plan: tuple[Decimal, ...] = ()

    def worth(self, so_far: Decimal, facts: Facts) -> Worth:
        """Pick the instalment; raise BadInput when there is none of that number."""
        if not facts.given(self.input):
            return Worth(so_far, f"the whole amount: {dollar_words(so_far)}")
        number = facts.number(self.input)
        if number != int(number) or not 1 <= number <= self.count:
            raise BadInput(
                f"There are {self.count} instalments: {input_words(self.input)} is 1 to {self.count}.", field=self.input
            )
        parts = self.plan or tuple(map(to_dollars, allocate(to_cents(so_far), [1] * self.count)))
        part = parts[int(number) - 1]
        return Worth(part, f"instalment {int(number)} of {self.count}: {dollar_words(part)}")


class RoundingWay(StrEnum):
    """Which way an amount is rounded."""

    NEAREST = "nearest"
    DOWN = "down"
    UP = "up"


_ROUNDING = {
    RoundingWay.NEAREST: ROUND_HALF_UP,
    RoundingWay.DOWN: ROUND_DOWN,
    RoundingWay.UP: ROUND_CEILING,
}


@dataclass(frozen=True, slots=True)
class RoundTo:
    """The price so far rounded to a multiple of ``multiple`` dollars (kind 32), for example to whole dollars."""

    replaces: ClassVar[bool] = True
    multiple: Decimal
    way: RoundingWay = RoundingWay.NEAREST

    def worth(self, so_far: Decimal, facts: Facts) -> Worth:
        """Round it."""
        del facts
        total = (so_far / self.multiple).quantize(Decimal(1), rounding=_ROUNDING[self.way]) * self.multiple
        return Worth(total, f"rounded ({self.way}) to {dollar_words(self.multiple)}: {dollar_words(total)}")


@dataclass(frozen=True, slots=True)
class Refuse:
    """Under its condition the item cannot be sold, or the tender cannot be taken; ``sentence`` says why."""

    replaces: ClassVar[bool] = True
    sentence: str
    tender: bool = False

    def worth(self, so_far: Decimal, facts: Facts) -> Worth:
        """Raise Ineligible or TenderRefused."""
        del so_far, facts
        raise (TenderRefused if self.tender else Ineligible)(self.sentence)
