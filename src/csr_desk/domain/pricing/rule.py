"""A price as a list of steps that a finance clerk can read from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from csr_desk.domain.pricing.facts import Condition, Facts
from csr_desk.domain.pricing.terms import ZERO, Entered, PerUnit, Term, Worth
from csr_desk.domain.pricing.words import dollar_words


class Joining(StrEnum):
    """How a step joins the price so far."""

    ADD = "add"
    OR_GREATER = "or greater"
    OR_LESS = "or less"


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a price: it applies when all of ``when`` hold, has own limits (dollars), and joins the rest."""

    term: Term
    label: str = ""
    when: tuple[Condition, ...] = ()
    least: Decimal | None = None
    most: Decimal | None = None
    joining: Joining = Joining.ADD

    def reckon(self, so_far: Decimal, facts: Facts) -> Worth | None:
        """Return the new price so far and its sentence, or nothing when the step does not apply."""
        if not all(condition.holds(facts) for condition in self.when):
            return None
        worth = self._limited(self.term.worth(so_far, facts))
        words = f"{self.label}: {worth.words}" if self.label else worth.words
        if self.term.replaces:
            return Worth(worth.amount, words)
        if self.joining is Joining.ADD:
            return Worth(so_far + worth.amount, words)
        pick = max if self.joining is Joining.OR_GREATER else min
        total = pick(so_far, worth.amount)
        return Worth(total, f"{words}; whichever is {self.joining.value[3:]}: {dollar_words(total)}")

    def _limited(self, worth: Worth) -> Worth:
        if self.least is not None and worth.amount < self.least:
            return Worth(self.least, f"{worth.words}, but at least {dollar_words(self.least)}")
        if self.most is not None and worth.amount > self.most:
            return Worth(self.most, f"{worth.words}, but at most {dollar_words(self.most)}")
        return worth


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The exact price in dollars and every step in words."""

    amount: Decimal
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PriceRule:
    """The steps of one price, evaluated in order from nothing."""

    steps: tuple[Step, ...]

    def evaluate(self, facts: Facts) -> Reckoning:
        """Work out the price; raise a Refusal when the inputs do not allow it. Nothing is rounded here."""
        so_far, said = ZERO, []
        for step in self.steps:
            worth = step.reckon(so_far, facts)
            if worth is None:
                continue
            so_far = worth.amount
            said.append(worth.words)
        if len(said) > 1:
            said.append(f"Price: {dollar_words(so_far)}")
        return Reckoning(so_far, tuple(said) or ("Nothing is charged.",))

    @property
    def is_entered(self) -> bool:
        """Tell whether the clerk keys the amount."""
        return any(isinstance(step.term, Entered) for step in self.steps)

    @property
    def unit_input(self) -> str:
        """Name the one input whose every unit costs the same, or nothing."""
        if len(self.steps) != 1:
            return ""
        step = self.steps[0]
        plain = not step.when and step.least is None and step.most is None
        return step.term.inputs[0] if plain and isinstance(step.term, PerUnit) and step.term.is_linear else ""
