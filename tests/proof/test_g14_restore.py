"""A taste of the proof that backups can be restored; ``make prove`` runs the whole of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from proof import g14_restore
from proof.table import Tier, lines


@pytest.mark.timeout(240)
def test_a_taste_of_the_proof_of_backups_and_restores_passes(tmp_path: Path) -> None:
    found = list(g14_restore.rows(Tier.TASTE, tmp_path))
    assert all(row.passed for row in found), "\n".join(lines(found))
    assert {row.broken_on_purpose for row in found} == {True, False}
