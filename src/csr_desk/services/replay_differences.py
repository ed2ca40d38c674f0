"""The counter script's step of the difference finder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from csr_desk.domain.difference import Candidate, Suspect
from csr_desk.domain.money import Cents, plain
from csr_desk.domain.people import Actor
from csr_desk.services import differences
from csr_desk.services.desk import Desk
from csr_desk.services.replay_step import Step, actor_of

Result = Mapping[str, Any]


def explain_difference(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Look for the causes of what a counted drawer is over or short."""
    batch, drawer = step.text("batch") or None, step.text("drawer") or None
    found = differences.explain_difference(desk, actor_of(actor), batch, drawer)
    return {
        "batch": found.batch_id,
        "differences": {tender: plain(off) for tender, off in found.beyond.items()},
        "candidates": [_candidate(rank, one) for rank, one in enumerate(found.candidates, start=1)],
        "unexplained": list(found.unexplained),
        "verdict": found.verdict,
    }


def _candidate(rank: int, one: Candidate) -> dict[str, Any]:
    """Write a cause; what it does not have is left out."""
    return {
        "rank": rank,
        "kind": one.kind.value,
        "tender": one.tender,
        **({"other_tender": one.other} if one.other else {}),
        **_suspect(one.suspects[0] if one.suspects else Suspect("")),
        "amount": plain(one.amount),
        "receipts": [_suspect(suspect) for suspect in one.suspects],
        "likelihood": f"{one.likelihood // 10_000}.{one.likelihood % 10_000 // 1000}%",
        "strong": one.strong,
        "sentence": one.sentence,
        "evidence": list(one.evidence),
    }


def _suspect(suspect: Suspect) -> dict[str, str]:
    named: dict[str, Cents | None] = {"keyed": suspect.keyed, "likely": suspect.likely}
    amounts = {name: plain(cents) for name, cents in named.items() if cents is not None}
    return {**({"receipt": suspect.receipt} if suspect.receipt else {}), **amounts}


STEPS: dict[str, Callable[[Desk, Actor | None, Step], Result]] = {"explain_difference": explain_difference}
"""The steps of this module."""
