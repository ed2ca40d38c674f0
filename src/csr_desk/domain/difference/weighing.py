"""How well a guess fits a tender that is off, and how much the fit weighs."""

from __future__ import annotations

from dataclasses import dataclass

from csr_desk.domain.difference.candidate import Kind
from csr_desk.domain.difference.facts import CASH, DrawerFacts
from csr_desk.domain.difference.guesses import ONE, PERCENT, Guess
from csr_desk.domain.money import Cents

AT_THE_COUNT = frozenset({Kind.DENOMINATION, Kind.CHECK_MISSING, Kind.CHECK_TWICE})
"""Errors of the count itself: two counts that differ speak for them, two that are the same a little against."""

NICKEL: Cents = 5
_EXACT, _COINS = 85 * PERCENT, 15 * PERCENT
"""How often cash is right to the cent but for one error, and how often some coins are missing besides."""
_SIZES = 7
"""An unknown cause is as likely at any size from 1.00 to 1,000.00: the natural logarithm of 1,000."""


@dataclass(frozen=True, slots=True)
class Sought:
    """A tender beyond the tolerance (cents): what is to be explained."""

    facts: DrawerFacts
    tender: str
    off: Cents
    items: int

    def weight(self, guess: Guess) -> int:
        """Return what a guess weighs as an explanation; 0 for one that does not fit."""
        rest = self.off - guess.off
        if guess.items != self.items or (rest and self.tender != CASH):
            return 0
        # coins missing besides never make up most of a difference
        if rest and (abs(rest) > self.facts.tolerance or abs(rest) * 4 > abs(guess.off)):
            return 0
        weight = guess.weight * self._counts_say(guess.kind) // 4
        return weight * self._coins(rest) // ONE if self.tender == CASH else weight

    def _counts_say(self, kind: Kind) -> int:
        """Return in quarters how far the last two counts speak for an error of counting or of the receipts."""
        same = self.facts.repeated(self.tender)
        if same is None:
            return 4
        if kind in AT_THE_COUNT:
            return 3 if same else 6
        return 4 if same else 2

    def _coins(self, rest: Cents) -> int:
        """Return how often cash is off by just this much besides; the smaller, the more often."""
        if not rest:
            return _EXACT
        steps = self.facts.tolerance // NICKEL
        far = abs(rest) // NICKEL
        often = _COINS * (steps + 1 - far) // ((steps + 1) * (steps + 1))
        return often if rest % NICKEL == 0 else often // 10

    @property
    def unknown(self) -> int:
        """Return the weight of a cause that is not looked for: any amount, the larger the rarer."""
        step = NICKEL if self.tender == CASH else 1
        return ONE * step // abs(self.off) // _SIZES // (4 if self.items else 1)
