"""What ``make test`` says of the packages and of secrets in the repository, and what it says when it cannot look."""

from __future__ import annotations

import importlib.util
import subprocess
from pathlib import Path
from types import ModuleType
from unittest import mock

import pytest

from architecture.source_rules import ROOT


@pytest.fixture(scope="module")
def security() -> ModuleType:
    """Load the tool as a module."""
    spec = importlib.util.spec_from_file_location("security_tool", ROOT / "tools" / "security.py")
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def answered(said: str) -> mock.Mock:
    return mock.Mock(return_value=subprocess.CompletedProcess([], 1, stdout=said))


def test_a_known_fault_of_a_package_is_found_with_what_mends_it(security: ModuleType) -> None:
    said = (
        '{"dependencies": [{"name": "a", "version": "1.0", "vulns": [{"id": "X-1", "fix_versions": ["1.1"]}]},'
        ' {"name": "b", "version": "2.0", "vulns": []}]}'
    )
    with mock.patch.object(security.subprocess, "run", answered(said)):
        assert security.audit([], []) == (["a 1.0: X-1, mended in 1.1"], "")


def test_without_a_database_the_run_goes_on_and_says_so(security: ModuleType) -> None:
    with mock.patch.object(security.subprocess, "run", answered("")):
        assert security.audit([], []) == ([], "no database of known faults is within reach")
    late = mock.Mock(side_effect=subprocess.TimeoutExpired("pip-audit", 60))
    with mock.patch.object(security.subprocess, "run", late):
        assert security.audit([], []) == ([], "the database did not answer in time")
    half = '{"dependencies": [{"name": "a", "skip_reason": "not found"}, {"name": "b", "version": "2.0", "vulns": []}]}'
    with mock.patch.object(security.subprocess, "run", answered(half)):
        assert security.audit([], [])[1] == "1 of 2 packages are not in the database within reach"


def test_a_secret_in_a_file_is_found_where_it_stands(security: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1\npass" + 'word = "correct-horse-battery"\n', encoding="utf-8")  # fmt: skip
    key = "-----BEGIN RSA PRI" + "VATE KEY-----\nMIIE\n"
    (tmp_path / "b.txt").write_text(key, encoding="utf-8")
    files = [tmp_path / "a.py", tmp_path / "b.txt"]
    assert security.secrets(files, {}, tmp_path) == ["a.py:2 Secret Keyword", "b.txt:1 Private Key"]
    assert security.secrets(files, {"a.py": "made up", "b.txt": "made up"}, tmp_path) == ["b.txt:1 Private Key"]
