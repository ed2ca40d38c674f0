"""Runs the taste of a proof as a program of its own, for proofs that fork."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]


def passes(guarantee: str, folder: Path) -> str:
    """Run the taste of a guarantee; return nothing, or what was printed where it did not pass."""
    path = os.pathsep.join((str(TESTS), str(TESTS.parent / "src")))
    done = subprocess.run(
        [sys.executable, "-m", "proof", "taste", guarantee], cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": path, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    return "" if done.returncode == 0 else done.stdout + done.stderr
