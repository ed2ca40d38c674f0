"""A taste of the proof of G16, in a process of its own; ``make prove`` runs all of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from proof.alone import passes


@pytest.mark.timeout(600)
def test_each_role_does_what_is_its_own_and_an_opened_permission_is_found(tmp_path: Path) -> None:
    assert passes("G16", tmp_path) == ""
