"""Money under the wrong tender: two tenders are off by the same amount, one over and one short."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from csr_desk.domain.count import TAPED
from csr_desk.domain.difference.candidate import Kind, Suspect
from csr_desk.domain.difference.facts import CASH, DrawerFacts
from csr_desk.domain.difference.guesses import ONE, Guess, Guesses
from csr_desk.domain.difference.keying import keyed_parts

COUNTED = (CASH, *TAPED)


@dataclass(frozen=True, slots=True)
class Swap:
    """A receipt keyed under one tender (``short``) whose money lies under another (``over``)."""

    short: Guess
    over: Guess
    keyed_as: str
    lies_as: str


def swaps(facts: DrawerFacts) -> Iterator[Swap]:
    """Yield every tender that could have been keyed as another kind.

    Cash with change is left out: who gets change gave no check.
    """
    parts = keyed_parts(facts)
    used = [kind for kind in COUNTED if kind in facts.expected or kind in facts.differences]
    for part in parts:
        others = [kind for kind in used if kind != part.tender.kind]
        for other in others:
            weight = ONE // len(parts) // len(others)
            suspect = Suspect(part.receipt.number, part.tender.amount)
            keyed_as = part.tender.kind
            yield Swap(
                Guess(Kind.WRONG_TENDER, -part.tender.amount, _items(keyed_as, -1), weight, suspect, other),
                Guess(Kind.WRONG_TENDER, part.tender.amount, _items(other, 1), weight, suspect, keyed_as),
                keyed_as,
                other,
            )


def half_counted(facts: DrawerFacts, tender: str) -> Guesses:
    """Money under a tender that the custodian did not count: only one of the two tenders shows it."""
    counted = facts.differences
    if all(part.tender.kind in counted for part in facts.live()):
        return
    for swap in swaps(facts):
        if swap.keyed_as == tender and swap.lies_as not in counted:
            yield swap.short
        if swap.lies_as == tender and swap.keyed_as not in counted:
            yield swap.over


def _items(tender: str, number: int) -> int:
    return 0 if tender == CASH else number
