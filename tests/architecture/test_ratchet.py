"""The list of wholly covered modules only grows."""

from __future__ import annotations

import importlib.util
from types import ModuleType

import pytest

from architecture.source_rules import ROOT

WHOLE: dict[str, list[int]] = {"missing_lines": [], "missing_branches": []}


@pytest.fixture
def ratchet() -> ModuleType:
    """tools/ratchet.py, which is no part of a package."""
    spec = importlib.util.spec_from_file_location("ratchet", ROOT / "tools" / "ratchet.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_listed_module_with_a_line_or_a_branch_missing_has_slipped(ratchet: ModuleType) -> None:
    measured = {
        "money.py": WHOLE,
        "cart.py": {"missing_lines": [7, 9], "missing_branches": []},
        "settle.py": {"missing_lines": [], "missing_branches": [[3, 5]]},
    }
    assert ratchet.gaps(measured, ["money.py", "cart.py", "settle.py"]) == [
        "cart.py: lines not run: 7, 9; branches not taken: none",
        "settle.py: lines not run: none; branches not taken: 3→5",
    ]


def test_a_listed_module_that_no_test_runs_has_slipped(ratchet: ModuleType) -> None:
    (sentence,) = ratchet.gaps({}, ["gone.py"])
    assert sentence.startswith("gone.py was not run")


def test_every_module_on_the_list_exists_and_stands_there_once() -> None:
    text = (ROOT / "tests" / "architecture" / "fully_covered.txt").read_text(encoding="utf-8")
    listed = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert sorted(set(listed)) == listed
    assert [name for name in listed if not (ROOT / name).is_file()] == []
