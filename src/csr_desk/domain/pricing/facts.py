"""What a price is worked out from: the inputs of one line, its date and what other items cost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, InvalidOperation
from enum import StrEnum

from csr_desk.domain.errors import BadInput, MissingInput
from csr_desk.domain.money import Cents
from csr_desk.domain.pricing.words import input_words, number_words


class Parts(StrEnum):
    """How a part of a unit counts."""

    EXACT = "exact"
    UP = "up"
    DOWN = "down"


def count_parts(number: Decimal, parts: Parts) -> Decimal:
    """Round a count: "or fraction thereof" is up."""
    if parts is Parts.EXACT:
        return number
    return number.to_integral_value(ROUND_CEILING if parts is Parts.UP else ROUND_FLOOR)


def no_other_fee(code: str) -> Decimal:
    """Refuse to price another item: the default where there is no catalogue at hand."""
    raise BadInput(f"The price depends on {code}, which is not at hand.")


@dataclass(frozen=True, slots=True)
class Facts:
    """The checked inputs of one line; ``fee_of`` gives the fee of another item in dollars for the same inputs."""

    values: Mapping[str, str]
    price_date: date
    entered: Cents | None = None
    fee_of: Callable[[str], Decimal] = field(default=no_other_fee)

    def given(self, name: str) -> bool:
        """Tell whether the input was filled in."""
        return bool(self.values.get(name, "").strip())

    def text(self, name: str) -> str:
        """Return what was keyed; raise MissingInput when it is empty."""
        value = self.values.get(name, "").strip()
        if not value:
            raise MissingInput(f"Fill in “{input_words(name)}”: the price depends on it.", field=name)
        return value

    def number(self, name: str) -> Decimal:
        """Return a number that was keyed; raise MissingInput or BadInput."""
        found = self.number_or_none(name)
        if found is None:
            text = self.text(name)
            raise BadInput(f"“{text[:40]}” is not a number ({input_words(name)}).", field=name)
        return found

    def number_or_none(self, name: str) -> Decimal | None:
        """Return a number when the input holds one, else nothing."""
        try:
            found = Decimal(self.values.get(name, "").strip() or "none")
        except InvalidOperation:
            return None
        return found if found.is_finite() else None


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds when any of ``inputs`` is a number over ``over`` and up to ``upto``, or is one of the words ``values``.

    The word ``given`` stands for anything at all. An input that was not given never fulfils a condition.
    """

    inputs: tuple[str, ...]
    over: Decimal | None = None
    upto: Decimal | None = None
    values: tuple[str, ...] = ()

    def holds(self, facts: Facts) -> bool:
        """Decide it for one line."""
        return any(self._met(name, facts) for name in self.inputs if facts.given(name))

    def _met(self, name: str, facts: Facts) -> bool:
        word = facts.text(name).casefold()
        if word in self.values or "given" in self.values:
            return True
        if self.over is None and self.upto is None:
            return False
        number = facts.number_or_none(name)
        if number is None:
            return False
        return (self.over is None or number > self.over) and (self.upto is None or number <= self.upto)

    @property
    def words(self) -> str:
        """The condition as a person would say it."""
        tests = []
        if self.over is not None:
            tests.append(f"over {number_words(self.over)}")
        if self.upto is not None:
            tests.append(f"up to {number_words(self.upto)}")
        if self.values:
            tests.append(" or ".join(self.values))
        return f"{' or '.join(map(input_words, self.inputs))}: {', '.join(tests)}"
