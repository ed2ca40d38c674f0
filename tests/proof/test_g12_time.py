"""A taste of the proof of G12; ``make prove`` runs all of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from proof import g12_time
from proof.table import Tier


@pytest.mark.timeout(600)
def test_a_wrong_clock_costs_nothing_and_each_broken_promise_is_found(tmp_path: Path) -> None:
    rows = list(g12_time.rows(Tier.TASTE, tmp_path))
    assert [row for row in rows if not row.passed] == []
    assert sum(row.broken_on_purpose for row in rows) == 3
