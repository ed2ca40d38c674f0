"""G5 in the suite: counters on one server lose, double and skip nothing, and the harness notices where they would."""

from __future__ import annotations

from pathlib import Path

import pytest

from postgres_cluster import Cluster
from proof import g05_counters
from proof.table import Tier, lines


@pytest.mark.timeout(400)  # three servers are made, and one of them crashes and recovers
def test_counters_in_a_storm_lose_double_and_skip_nothing(postgres: Cluster, tmp_path: Path) -> None:
    found = list(g05_counters.rows(Tier.TASTE, tmp_path))
    assert len(found) == 9
    assert all(row.passed for row in found), "\n".join(lines(found))
