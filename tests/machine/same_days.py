"""The same seed gives the same days in every process, whatever else is loaded there."""

from __future__ import annotations

from typing import Any

from hypothesis.internal.conjecture import providers

NAME = "same-days"


class SameDays(providers.HypothesisProvider):
    """As Hypothesis draws, without the constants of the modules that happen to be loaded beside the tests."""

    def _maybe_draw_constant(self, *_choice: Any, **_more: Any) -> None:
        """Mix nothing in: a constant of another module would make another day of the same seed."""


providers.AVAILABLE_PROVIDERS[NAME] = f"{__name__}.SameDays"
