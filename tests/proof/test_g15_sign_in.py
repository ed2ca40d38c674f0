"""A taste of the proof of G15; ``make prove`` runs all of it, the timing too."""

from __future__ import annotations

from pathlib import Path

import pytest

from proof import g15_sign_in
from proof.table import Tier


@pytest.mark.timeout(600)
def test_guessing_ends_secrets_are_kept_dearly_and_a_yes_is_for_one_act(tmp_path: Path) -> None:
    rows = list(g15_sign_in.rows(Tier.TASTE, tmp_path))
    assert [row for row in rows if not row.passed] == []
    assert sum(row.broken_on_purpose for row in rows) == 4
