"""What is said of a counted drawer: its causes, and plainly where none of them explains it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from csr_desk.domain.difference.candidate import Candidate
from csr_desk.domain.difference.facts import DrawerFacts
from csr_desk.domain.difference.ranking import candidates, unexplained
from csr_desk.domain.difference.words import tender_word
from csr_desk.domain.money import Cents, shown


@dataclass(frozen=True, slots=True)
class Explanation:
    """The causes of a drawer's differences, the likeliest first."""

    batch_id: str
    beyond: Mapping[str, Cents]
    """Counted minus expected of the tenders that are off by more than the tolerance."""
    candidates: tuple[Candidate, ...]
    unexplained: tuple[str, ...]
    """Tenders for which no cause is more likely than none."""

    @property
    def verdict(self) -> str:
        """Say in a sentence how far the causes go."""
        if not self.beyond:
            return "The drawer agrees within the tolerance."
        if self.unexplained:
            off = " and ".join(f"{shown(self.beyond[tender])} in {tender_word(tender)}" for tender in self.unexplained)
            return f"No single cause explains {off}."
        return "One cause stands out." if self.candidates[0].strong else "Several causes fit."


def explain(batch_id: str, facts: DrawerFacts) -> Explanation:
    """Look for the causes of what a drawer is over or short."""
    ranked = candidates(facts)
    return Explanation(batch_id, facts.beyond, ranked, unexplained(facts, ranked))
