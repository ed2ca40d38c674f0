"""A taste of the proofs of deaths, broken disks and keys sent again; each in a process of its own, because it forks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from proof.broken_calls import strace_works

TESTS = Path(__file__).parents[1]
PATIENCE = 280


def taste(guarantee: str, folder: Path) -> list[dict[str, Any]]:
    """Run one proof and give its rows; every promise held, every self-test found its fault."""
    paths = os.pathsep.join([str(TESTS.parent / "src"), str(TESTS)])
    done = subprocess.run(
        [sys.executable, "-m", "proof", "taste", guarantee],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": paths, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    rows: list[dict[str, Any]] = json.loads((folder / "build" / "proof-taste.json").read_text(encoding="utf-8"))
    assert any(row["broken_on_purpose"] for row in rows)
    return rows


@pytest.mark.timeout(PATIENCE + 10)
def test_a_killed_program_loses_nothing_and_its_next_start_says_what_came_of_the_last_act(tmp_path: Path) -> None:
    rows = taste("G2", tmp_path)
    assert {row["engine"] for row in rows} >= {"sqlite"}
    assert any(row["what"] == "killed before each call" for row in rows) is strace_works()


@pytest.mark.timeout(PATIENCE + 10)
def test_a_broken_disk_is_told_truly_and_stops_the_counter(tmp_path: Path) -> None:
    assert {row["what"] for row in taste("G3", tmp_path)} >= {"full disk", "read-only disk"}


@pytest.mark.timeout(PATIENCE + 10)
def test_one_key_is_one_payment_however_often_it_is_sent(tmp_path: Path) -> None:
    rows = taste("G4", tmp_path)
    assert {row["engine"] for row in rows} >= {"sqlite"}
