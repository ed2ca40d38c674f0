"""The rooms point one way: import-linter finds nothing in the tree, and finds whatever is planted in a copy of it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from architecture.source_rules import ROOT

ROOMS = ("data", "domain", "services", "documents", "devices", "cli", "ui", "ui/pages/sell", "ui/pages/drawer")
MODULES = ("__init__", "__main__", "bootstrap", "durable", "locations")

LAYERS = "The rooms of the house point one way"
DOMAIN = "The domain is plain Python"
QT = "Qt lives in the ui only"
PRESENTERS = "Presenters know no Qt"
DATA = "Only services, bootstrap and __main__ reach the data"
SQL = "SQL is known to the data and to nobody above"
PAGES = "Pages do not know each other"
PAPER = "Paper is made in the documents only"

# who imports what, and the contract that this breaks; all of it is planted into one house at once
PLANTED = (
    ("domain.cart", "csr_desk.services", LAYERS),
    ("domain.permit", "sqlalchemy", DOMAIN),
    ("data.engine", "csr_desk.services", LAYERS),
    ("services.sell", "csr_desk.documents", LAYERS),
    ("devices.spooler", "csr_desk.services", LAYERS),
    ("cli.opening", "csr_desk.ui", LAYERS),
    ("locations", "csr_desk.domain", LAYERS),
    ("services.drawers", "PySide6", QT),
    ("ui.pages.sell.presenter", "PySide6", PRESENTERS),
    ("ui.pages.drawer.presenter", "csr_desk.ui.worker", PRESENTERS),  # which imports PySide6
    ("ui.catalogue", "csr_desk.data", DATA),
    ("cli.reporting", "csr_desk.data", DATA),
    ("services.deposits", "sqlalchemy", SQL),
    ("ui.pages.sell.view", "csr_desk.ui.pages.drawer", PAGES),
    ("ui.printing", "reportlab", PAPER),
)


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """import-linter with the contracts of pyproject.toml on the package in ``folder``."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as go; go()"]
    command += ["--config", str(folder / "pyproject.toml"), "--no-cache", "--no-logo"]
    environment = os.environ | {"PYTHONPATH": str(folder / "src"), "NO_COLOR": "1", "COLUMNS": "200"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def build_house(root: Path) -> Path:
    """Build a package with every room of the house and nothing in them, under the contracts of the real one."""
    package = root / "src" / "csr_desk"
    for room in ROOMS:
        (package / room).mkdir(parents=True, exist_ok=True)
        (package / room / "__init__.py").touch()
    (package / "ui" / "pages" / "__init__.py").touch()
    for page in ("sell", "drawer"):
        (package / "ui" / "pages" / page / "presenter.py").touch()
    (package / "ui" / "worker.py").write_text("import PySide6\n", encoding="utf-8")
    for module in MODULES:
        (package / f"{module}.py").touch()
    contracts = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (root / "pyproject.toml").write_text(contracts, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def broken_contracts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What import-linter says of each contract, in a house into which everything forbidden was planted."""
    root = build_house(tmp_path_factory.mktemp("house"))
    for importer, imported, _ in PLANTED:
        target = root / "src" / "csr_desk" / (importer.replace(".", "/") + ".py")
        target.write_text(f"import {imported}\n", encoding="utf-8")
    outcome = lint(root)
    assert outcome.returncode == 1, outcome.stdout + outcome.stderr
    said = outcome.stdout[outcome.stdout.index("Broken contracts") :]
    sections = re.split(r"^(.+)\n-+\n", said, flags=re.MULTILINE)[1:]
    return dict(zip(sections[::2], sections[1::2], strict=True))


def test_the_empty_house_keeps_every_contract(tmp_path: Path) -> None:
    outcome = lint(build_house(tmp_path))
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


@pytest.mark.parametrize(("importer", "imported", "contract"), PLANTED)
def test_a_planted_import_breaks_its_contract(
    importer: str, imported: str, contract: str, broken_contracts: dict[str, str]
) -> None:
    assert f"csr_desk.{importer} -> {imported} (l.1)" in broken_contracts[contract]


def test_every_contract_of_the_house_has_a_planted_import() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    assert {contract["name"] for contract in contracts["contracts"]} == {contract for *_, contract in PLANTED}


def test_a_room_that_nobody_planned_is_noticed(tmp_path: Path) -> None:
    root = build_house(tmp_path)
    (root / "src" / "csr_desk" / "cashiering.py").touch()
    outcome = lint(root)
    assert outcome.returncode == 1, outcome.stdout + outcome.stderr
    assert "csr_desk.cashiering" in outcome.stdout


def test_every_ignored_lint_rule_has_its_reason_beside_it() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lint_part = text[text.index("[tool.ruff.lint]") : text.index("[tool.ruff.lint.isort]")]
    rules = [line for line in lint_part.splitlines() if line.strip().startswith('"') and line.strip().endswith(",")]
    assert [line for line in rules if "#" not in line] == []
    assert tomllib.loads(text)["tool"]["ruff"]["lint"]["select"] == ["ALL"]
