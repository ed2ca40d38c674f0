"""A guess: one way how one error would have made a difference, and how often a drawer goes wrong in just this way.

Frequencies are whole parts of ``ONE``: no floating point. Every kind of error is taken to be as frequent as any other,
and the places where it may strike (receipts, pieces, pairs of digits) share its frequency; so a guess that would fit by
coincidence because there are many of its sort weighs little.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from csr_desk.domain.difference.candidate import Kind, Suspect
from csr_desk.domain.money import Cents

ONE = 10**15
"""The frequency of one kind of error."""

PERCENT = ONE // 100


@dataclass(frozen=True, slots=True)
class Guess:
    """What an error would do to a tender: counted minus expected (cents) and the number of items."""

    kind: Kind
    off: Cents
    items: int
    weight: int
    suspect: Suspect | None = None
    way: str = ""
    """Which of the ways of its kind; the sentence for people follows it."""
    piece: Cents = 0
    """The note or coin that it is about."""


Guesses = Iterator[Guess]
