"""Every scenario file is played on both engines; each line's own expectation holds, and the ledger verifies."""

from pathlib import Path

import pytest

from csr_desk.services import replay
from csr_desk.services.desk import open_desk
from csr_desk.services.verification import verify_url

FILES = sorted(Path(__file__).parent.glob("*.jsonl"))


def test_there_are_at_least_twelve_scenarios() -> None:
    assert len(FILES) >= 12


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.stem))
def test_a_scenario_goes_as_it_says(path: Path, demo_url: str) -> None:
    desk = open_desk(demo_url)
    try:
        outcomes = list(replay.run(desk, replay.read_script(path.read_bytes())))
    finally:
        desk.close()
    surprises = [f"line {one.line} ({one.do}): {one.surprise} {one.error or ''}" for one in outcomes if one.surprise]
    assert surprises == []
    assert verify_url(demo_url).first_fault is None


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.stem))
def test_every_scenario_expects_something(path: Path) -> None:
    script = replay.read_script(path.read_bytes())
    expecting = [line for line in script.lines if {"expect", "expect_error"} & set(line.data)]
    assert len(expecting) >= 3
