"""A taste of the proof of G17, in a process of its own: it forks children and lets them die."""

from __future__ import annotations

from pathlib import Path

import pytest

from proof.alone import passes


@pytest.mark.timeout(600)
def test_printing_costs_no_payment_and_nobody_gets_two_originals(tmp_path: Path) -> None:
    assert passes("G17", tmp_path) == ""
