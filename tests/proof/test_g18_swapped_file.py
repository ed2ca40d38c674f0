"""G18 in the suite: a desk whose database is swapped takes no payment, and the harness notices one that does."""

from __future__ import annotations

from pathlib import Path

from postgres_cluster import Cluster
from proof import g18_server, g18_swapped_file
from proof.table import Tier, lines


def test_a_swapped_file_takes_no_payment(tmp_path: Path) -> None:
    found = list(g18_swapped_file.on_sqlite(Tier.TASTE, tmp_path))
    assert len(found) >= 9
    assert all(row.passed for row in found), "\n".join(lines(found))


def test_a_server_that_is_restored_under_a_desk_takes_no_payment(postgres: Cluster, tmp_path: Path) -> None:
    found = list(g18_server.rows(Tier.TASTE, tmp_path))
    assert len(found) == 2
    assert all(row.passed for row in found), "\n".join(lines(found))
