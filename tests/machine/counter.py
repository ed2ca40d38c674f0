"""All rules together, and how many steps are run."""

from __future__ import annotations

import os
from collections import Counter as Tally
from typing import Any

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule, run_state_machine_as_test

from machine.model import FLOAT
from machine.rules_correcting import Correcting
from machine.rules_custody import Custody
from machine.rules_evening import Evening
from machine.rules_repeats import Repeating
from machine.same_days import NAME
from machine.station import Files, acts_of

STEPS_AN_EXAMPLE = 100

SHORTEN = os.environ.get("CSR_DESK_MACHINE_SHORTEN") == "1"
"""Look for the shortest way to a divergence (minutes); without it the first one is shown as it came."""


class Acts(Evening, Custody, Correcting, Repeating):
    """Everything that can be done. A new kind of act is one module more, named here."""


class Counter(Acts):
    """A counter where anybody does anything at any time."""

    @initialize(limit=st.sampled_from((40_000, 100_000)), rounding=st.sampled_from(("nearest", "off", "down")))
    def two_drawers_open(self, limit: int, rounding: str) -> None:
        """Begin as an office begins, so that few steps are lost on closed doors."""
        self.set_policy(pick=0, rounding=rounding, limit=limit)
        self.open_drawer(pick=1, drawer="HPC-1", amount=FLOAT, reason="", signer="")
        self.open_drawer(pick=11, drawer="HPC-2", amount=FLOAT, reason="", signer="")

    @rule(what=acts_of(Acts))
    def step(self, what: tuple[str, dict[str, Any]]) -> None:
        """Do one of them."""
        name, words = what
        getattr(self, name)(**words)


def run(number: int, steps: int, offices: Files | None = None) -> Tally[tuple[str, str]]:
    """Run examples from a seed of their own until so many steps are done; raise what diverged.

    Returns how often which act ended how; their sum is the number of steps.
    """
    outcomes: Tally[tuple[str, str]] = Tally()
    machine: Any = type("Counter", (Counter,), {"outcomes": outcomes, "offices": offices or Files()})
    while outcomes.total() < steps:
        missing = steps - outcomes.total()
        run_state_machine_as_test(
            seed(number + outcomes.total())(machine),
            settings=settings(
                max_examples=missing // STEPS_AN_EXAMPLE + 1,
                stateful_step_count=STEPS_AN_EXAMPLE,
                deadline=None,
                database=None,
                backend=NAME,
                suppress_health_check=list(HealthCheck),
                phases=(Phase.generate, Phase.shrink) if SHORTEN else (Phase.generate,),
                report_multiple_bugs=False,
            ),
        )
    return outcomes
