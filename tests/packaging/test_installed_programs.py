"""The wheel in a new venv and the one-folder bundle: each starts, migrates an empty database and sells."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
Prove = Callable[[Sequence[str]], None]

pytestmark = [pytest.mark.packaging, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT, check=True)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_the_fonts_the_demo_city_and_the_migrations(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    bundled = {name.removeprefix("csr_desk/_bundled/") for name in names if name.startswith("csr_desk/_bundled/")}
    shipped = {
        path.relative_to(ROOT).as_posix()
        for folder in ("resources", "migrations")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert shipped - bundled == set()
    assert not [name for name in names if name.startswith(("tests/", "tools/"))]


def test_the_wheel_sells_in_a_new_venv_with_the_locked_packages_only(
    wheel: Path, tmp_path: Path, sells_by_itself: Prove
) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / "bin" / "python"
    lock = ["--require-hashes", "--only-binary", ":all:", "-r", str(ROOT / "requirements.lock")]
    for what in (lock, ["--no-deps", str(wheel)]):
        subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *what], check=True)
    found = subprocess.run(
        [python, "-c", "from csr_desk import locations; print(locations.resources())"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip().endswith("csr_desk/_bundled/resources")
    sells_by_itself([str(tmp_path / "venv" / "bin" / "csr-desk")])


def test_the_bundle_sells_without_python(tmp_path: Path, sells_by_itself: Prove) -> None:
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", str(tmp_path / "dist"), "--workpath", str(tmp_path / "work"), "csr_desk.spec"]
    subprocess.run(command, cwd=ROOT, check=True)
    sells_by_itself([str(tmp_path / "dist" / "csr-desk" / "csr-desk")])
