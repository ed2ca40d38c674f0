"""A taste of the proof of G13, in a process of its own; ``make prove`` runs all of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from proof.alone import passes


@pytest.mark.timeout(600)
def test_a_killed_change_leaves_an_old_or_a_new_database_and_nothing_between(tmp_path: Path) -> None:
    assert passes("G13", tmp_path) == ""
