"""A taste of the proof of G6, in a process of its own; ``make prove`` runs all of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from proof.alone import passes


@pytest.mark.timeout(600)
def test_the_books_and_the_arithmetic_agree_on_both_engines_and_a_planted_mistake_is_found(tmp_path: Path) -> None:
    assert passes("G6", tmp_path) == ""
