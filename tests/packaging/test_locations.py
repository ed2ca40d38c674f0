"""What is shipped is found from a checkout, a wheel and a bundle."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

from csr_desk import locations

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ("resources", "migrations")


def test_a_checkout_finds_its_resources_and_migrations() -> None:
    assert locations.resources() == ROOT / "resources"
    assert locations.migrations() == ROOT / "migrations"
    assert (locations.resources() / "fonts" / "CSRSans-Regular.ttf").is_file()
    assert (locations.migrations() / "env.py").is_file()


@pytest.mark.parametrize("name", SHIPPED)
def test_an_installed_wheel_finds_what_was_bundled_into_it(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "lib" / "csr_desk"
    (package / "_bundled" / name).mkdir(parents=True)
    monkeypatch.setattr(locations, "_PACKAGE", package)
    assert locations.shipped(name) == package / "_bundled" / name


@pytest.mark.parametrize("name", SHIPPED)
def test_a_bundle_finds_its_own_files_before_any_others(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / name).mkdir()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert locations.shipped(name) == tmp_path / name


def test_a_program_without_its_files_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locations, "_PACKAGE", tmp_path / "lib" / "csr_desk")
    with pytest.raises(FileNotFoundError, match="resources"):
        locations.resources()


def test_the_wheel_takes_resources_and_migrations_along() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    taken = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert taken == {name: f"csr_desk/_bundled/{name}" for name in SHIPPED}
