"""Why a counted drawer may be off: a pure function from frozen facts to ranked causes that can be checked (D1-D8)."""

from __future__ import annotations

from csr_desk.domain.difference.candidate import Candidate, Kind, Suspect
from csr_desk.domain.difference.explanation import Explanation, explain
from csr_desk.domain.difference.facts import CASH, DrawerFacts, DropFact, ReceiptFact, TenderPart
from csr_desk.domain.difference.ranking import candidates, unexplained

__all__ = [
    "CASH", "Candidate", "DrawerFacts", "DropFact", "Explanation", "Kind", "ReceiptFact", "Suspect", "TenderPart",
    "candidates", "explain", "unexplained",
]  # fmt: skip
