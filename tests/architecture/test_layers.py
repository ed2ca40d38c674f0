"""The rooms point one way: import-linter finds nothing in the tree, and finds whatever is planted in a copy of it."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from architecture.source_rules import ROOT

ROOMS = ("data", "domain", "services", "documents", "devices", "cli", "ui", "ui/pages/sell", "ui/pages/drawer")
MODULES = ("__init__", "__main__", "bootstrap", "locations")

PLANTED = {
    "the_domain_asks_a_service": ("domain/cart.py", "import csr_desk.services"),
    "the_domain_knows_sql": ("domain/cart.py", "import sqlalchemy"),
    "data_knows_a_service": ("data/engine.py", "from csr_desk import services"),
    "services_print": ("services/sell.py", "from csr_desk import documents"),
    "devices_know_services": ("devices/spooler.py", "from csr_desk import services"),
    "the_ui_reaches_the_data": ("ui/window.py", "from csr_desk import data"),
    "the_cli_reaches_the_data": ("cli/verify.py", "import csr_desk.data"),
    "the_cli_knows_the_ui": ("cli/window.py", "import csr_desk.ui"),
    "a_service_knows_qt": ("services/sell.py", "from PySide6 import QtCore"),
    "a_service_knows_sql": ("services/sell.py", "from sqlalchemy import text"),
    "a_presenter_knows_qt": ("ui/pages/sell/presenter.py", "from PySide6.QtCore import Qt"),
    "a_presenter_knows_qt_through_another_module": ("ui/pages/sell/presenter.py", "from csr_desk.ui import worker"),
    "a_page_knows_another": ("ui/pages/sell/view.py", "from csr_desk.ui.pages import drawer"),
    "the_ui_makes_paper": ("ui/printing.py", "import reportlab"),
    "a_room_nobody_planned": ("helpers.py", ""),
    "locations_know_the_domain": ("locations.py", "import csr_desk.domain"),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """import-linter with the contracts of pyproject.toml on the package in ``folder``."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as go; go()"]
    command += ["--config", str(folder / "pyproject.toml"), "--no-cache", "--no-logo"]
    environment = os.environ | {"PYTHONPATH": str(folder / "src"), "NO_COLOR": "1", "COLUMNS": "200"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def empty_house(tmp_path: Path) -> Path:
    """A package with every room of the house and nothing in them, under the contracts of the real one."""
    package = tmp_path / "src" / "csr_desk"
    for room in ROOMS:
        (package / room).mkdir(parents=True, exist_ok=True)
        (package / room / "__init__.py").touch()
    (package / "ui" / "pages" / "__init__.py").touch()
    for page in ("sell", "drawer"):
        (package / "ui" / "pages" / page / "presenter.py").touch()
    (package / "ui" / "worker.py").write_text("import PySide6.QtCore\n", encoding="utf-8")
    for module in MODULES:
        (package / f"{module}.py").touch()
    contracts = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(contracts, encoding="utf-8")
    return tmp_path


def test_the_empty_house_keeps_every_contract(empty_house: Path) -> None:
    outcome = lint(empty_house)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_import_breaks_a_contract(planted: str, empty_house: Path) -> None:
    path, line = PLANTED[planted]
    target = empty_house / "src" / "csr_desk" / path
    target.write_text(line + "\n", encoding="utf-8")
    outcome = lint(empty_house)
    assert outcome.returncode == 1, outcome.stdout + outcome.stderr
    assert "BROKEN" in outcome.stdout or "helpers" in outcome.stdout, outcome.stdout + outcome.stderr


def test_every_ignored_lint_rule_has_its_reason_beside_it() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lint_part = text[text.index("[tool.ruff.lint]") : text.index("[tool.ruff.lint.isort]")]
    rules = [line for line in lint_part.splitlines() if line.strip().startswith('"') and line.strip().endswith(",")]
    assert [line for line in rules if "#" not in line] == []
    assert tomllib.loads(text)["tool"]["ruff"]["lint"]["select"] == ["ALL"]
