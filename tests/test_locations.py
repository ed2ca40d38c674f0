"""What is shipped is found from a checkout, a wheel and a bundle; what a station keeps goes where it is told."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from csr_desk import locations


def test_a_checkout_finds_its_own_folders() -> None:
    assert (locations.migrations() / "env.py").is_file()
    assert (locations.resources() / "fonts").is_dir()


def test_a_bundle_looks_into_itself_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "migrations").mkdir()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert locations.migrations() == tmp_path / "migrations"
    assert locations.resources() != tmp_path / "resources"


def test_an_installed_wheel_finds_what_was_bundled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site-packages" / "csr_desk"
    (package / "_bundled" / "resources").mkdir(parents=True)
    monkeypatch.setattr(locations, "_PACKAGE", package)
    assert locations.resources() == package / "_bundled" / "resources"
    with pytest.raises(FileNotFoundError, match="Install CSR Desk again"):
        locations.migrations()


def test_a_station_s_folders_follow_csr_desk_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSR_DESK_HOME", str(tmp_path))
    assert locations.data_folder() == locations.settings_folder() == tmp_path
    assert locations.key_folder() == tmp_path / "keys"
    monkeypatch.delenv("CSR_DESK_HOME")
    assert locations.data_folder().name == "csr-desk"
    assert locations.key_folder().name == "keys"
