"""Files and functions stay short enough to read; names say something."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from architecture.size_budgets import empty_name, too_long
from architecture.source_rules import ROOT, source_files

PROGRAM_AND_TESTS = ("src", "tests", "migrations", "benchmarks")
SELL = PurePosixPath("src/csr_desk/services/sell.py")
VIEW = PurePosixPath("src/csr_desk/ui/pages/sell/view.py")
WINDOW = PurePosixPath("src/csr_desk/ui/window.py")


def function_of(lines: int) -> str:
    return "def sell():\n" + "    pass\n" * (lines - 1)


def test_no_file_and_no_function_is_over_its_budget() -> None:
    found = []
    for path in source_files("src", "tests"):
        found += too_long(path.read_text(encoding="utf-8"), PurePosixPath(path.relative_to(ROOT).as_posix()))
    assert not found, "\n" + "\n".join(found)


def test_no_module_has_a_name_that_says_nothing() -> None:
    found = []
    for path in source_files(*PROGRAM_AND_TESTS):
        found += empty_name(PurePosixPath(path.relative_to(ROOT).as_posix()))
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize(("path", "fits"), [(SELL, 50), (VIEW, 80)])
def test_a_function_one_line_over_its_budget_is_caught(path: PurePosixPath, fits: int) -> None:
    assert too_long(function_of(fits), path) == []
    assert too_long(function_of(fits + 1), path) == [f"{path}:1: sell has {fits + 1} lines, at most {fits}"]


@pytest.mark.parametrize(("path", "fits"), [(SELL, 400), (WINDOW, 300)])
def test_a_file_one_line_over_its_budget_is_caught(path: PurePosixPath, fits: int) -> None:
    assert too_long("x = 1\n" * fits, path) == []
    assert too_long("x = 1\n" * (fits + 1), path) == [f"{path}: {fits + 1} lines, at most {fits}"]


@pytest.mark.parametrize("name", ["utils.py", "helpers/cart.py", "cart_manager/core.py"])
def test_a_name_that_says_nothing_is_caught(name: str) -> None:
    assert empty_name(PurePosixPath("src/csr_desk") / name)
