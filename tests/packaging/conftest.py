"""A program that was installed or built elsewhere, and the proof that it stands on its own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DAY = Path(__file__).with_name("counter_day.jsonl")

Prove = Callable[[Sequence[str]], None]


@pytest.fixture
def sells_by_itself(tmp_path: Path) -> Prove:
    """Run the program given (its command) on an empty database: it migrates, makes the demo city, sells, verifies."""

    def prove(command: Sequence[str]) -> None:
        database = f"sqlite:///{tmp_path / 'counter.sqlite'}"
        environment = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME"}}
        environment |= {"CSR_DESK_HOME": str(tmp_path / "home"), "QT_QPA_PLATFORM": "offscreen"}
        for arguments in (
            ["--help"],
            ["demo", "--no-window", "--database", database],
            ["replay", str(DAY), "--database", database],
            ["verify", "--database", database],
        ):
            outcome = subprocess.run(
                [*command, *arguments], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
            )
            assert outcome.returncode == 0, f"{arguments}\n{outcome.stdout}\n{outcome.stderr}"
        papers = tmp_path / "papers"
        played = [*command, "demo", "--no-window", "--play-day", "--papers", str(papers)]
        played += ["--database", f"sqlite:///{tmp_path / 'day.sqlite'}"]
        outcome = subprocess.run(played, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert outcome.returncode == 0, f"{outcome.stdout}\n{outcome.stderr}"
        assert {path.suffix for path in papers.rglob("*")} >= {".pdf", ".png"}

    return prove
