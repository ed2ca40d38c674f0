"""A taste of the power cuts: a day, a new station and its files lose nothing; the usual settings of SQLite do."""

from __future__ import annotations

from pathlib import Path

import pytest

from proof.g01_power_cut import rows
from proof.power_strace import why_not
from proof.table import Tier, lines


def test_no_acknowledged_payment_is_lost_when_the_power_fails_and_the_usual_settings_are_found_out(
    tmp_path: Path,
) -> None:
    if why_not():
        pytest.skip(why_not())
    found = list(rows(Tier.TASTE, tmp_path))
    assert [row.broken_on_purpose for row in found] == [False, False, False, True]
    assert all(row.passed for row in found), "\n".join(lines(found))
