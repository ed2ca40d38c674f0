"""The set-up script says in one clear line what it could not do."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NEEDED = ("sh", "sed", "head", "cat", "cksum", "tr", "dirname", "rm", "mkdir", "env")
NO_RIGHTS = {"id": "echo 1000", "sudo": "exit 1", "apt-get": "echo called >>apt-was-called"}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with the script and the locks, and a PATH with the plainest tools only."""
    copy = tmp_path / "checkout"
    (copy / "tools").mkdir(parents=True)
    for name in ("tools/set-up.sh", "requirements.lock", "requirements-dev.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, copy / name)
    (tmp_path / "bin").mkdir()
    for tool in NEEDED:
        found = shutil.which(tool)
        assert found, f"{tool} is missing on this machine"
        (tmp_path / "bin" / tool).symlink_to(found)
    return copy


def pretend(checkout: Path, **programs: str) -> None:
    """Put little programs into the PATH of the checkout: name=shell lines."""
    for name, lines in programs.items():
        program = checkout.parent / "bin" / name.replace("_", "-")
        program.write_text(f"#!/bin/sh\n{lines}\n", encoding="utf-8")
        program.chmod(0o755)


def set_up(checkout: Path, purpose: str = "run", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the script with the checkout's own PATH."""
    plain = {"PATH": str(checkout.parent / "bin"), "HOME": str(checkout)}
    command = ["sh", str(checkout / "tools" / "set-up.sh"), purpose]
    return subprocess.run(command, env=plain | environment, capture_output=True, text=True, check=False, timeout=60)


def ready(checkout: Path) -> None:
    """A .venv whose Python does whatever it is told, and a Linux that is a Debian."""
    python = checkout / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\necho "$*" >>calls\n', encoding="utf-8")
    python.chmod(0o755)
    pretend(checkout, uname="echo Linux", dpkg_query="echo 'install ok installed'", **NO_RIGHTS)


def test_an_old_python_is_refused_in_one_line(checkout: Path) -> None:
    pretend(checkout, python3='case "$1" in -V) echo "Python 3.9.2" ;; *) exit 1 ;; esac')
    outcome = set_up(checkout)
    assert outcome.returncode == 1
    assert outcome.stderr.count("\n") == 1
    assert "Python 3.11 or newer is needed" in outcome.stderr
    assert "Python 3.9.2" in outcome.stderr


def test_missing_libraries_are_named_with_the_command_where_it_may_not_install(checkout: Path) -> None:
    ready(checkout)
    pretend(checkout, dpkg_query='case "$*" in *libegl1*|*libcups2*) exit 1 ;; *) echo "install ok installed" ;; esac')
    outcome = set_up(checkout)
    assert outcome.returncode == 1
    assert outcome.stderr.count("\n") == 1
    assert "run: sudo apt-get install -y --no-install-recommends libegl1 libcups2" in outcome.stderr
    assert not (checkout / "apt-was-called").exists()


def test_libraries_under_their_newer_debian_names_count_as_installed(checkout: Path) -> None:
    ready(checkout)
    pretend(
        checkout,
        dpkg_query='case "$*" in *libcups2t64*) echo "install ok installed" ;; *libcups2*) exit 1 ;; '
        '*) echo "install ok installed" ;; esac',
    )
    assert set_up(checkout).returncode == 0


def test_the_tests_go_on_without_postgresql_and_say_so(checkout: Path) -> None:
    ready(checkout)
    pretend(checkout, dpkg_query='case "$*" in *postgresql*) exit 1 ;; *) echo "install ok installed" ;; esac')
    outcome = set_up(checkout, "test")
    assert outcome.returncode == 0
    assert "sudo apt-get install -y --no-install-recommends postgresql" in outcome.stderr
    assert "going on without them" in outcome.stderr


def test_root_installs_what_is_missing_after_updating_the_lists(checkout: Path) -> None:
    ready(checkout)
    pretend(
        checkout,
        id="echo 0",
        dpkg_query='case "$*" in *libegl1*) exit 1 ;; *) echo "install ok installed" ;; esac',
        apt_get='echo "$*" >>apt-calls',
    )
    assert set_up(checkout).returncode == 0
    calls = (checkout / "apt-calls").read_text(encoding="utf-8").splitlines()
    assert calls == ["update -q", "install -y --no-install-recommends libegl1"]


def test_the_second_run_installs_nothing_and_a_changed_lock_does(checkout: Path) -> None:
    ready(checkout)
    calls = checkout / "calls"

    def installs() -> int:
        return calls.read_text(encoding="utf-8").count("pip install")

    assert set_up(checkout).returncode == 0
    assert installs() == 2
    assert set_up(checkout).returncode == 0
    assert installs() == 2
    with (checkout / "requirements.lock").open("a", encoding="utf-8") as lock:
        lock.write("# changed\n")
    assert set_up(checkout).returncode == 0
    assert installs() == 4


def test_what_is_ready_for_the_tests_is_ready_to_run(checkout: Path) -> None:
    ready(checkout)
    assert set_up(checkout, "test").returncode == 0
    assert set_up(checkout, "run").returncode == 0
    assert (checkout / "calls").read_text(encoding="utf-8").count("pip install") == 2


def test_the_locked_packages_are_installed_by_hash(checkout: Path) -> None:
    ready(checkout)
    assert set_up(checkout, "test").returncode == 0
    assert "--require-hashes --only-binary :all: -r requirements-dev.lock" in (checkout / "calls").read_text()


def test_a_venv_that_was_moved_is_made_again(checkout: Path) -> None:
    ready(checkout)
    assert set_up(checkout).returncode == 0
    (checkout / ".venv" / ".folder").write_text("/elsewhere\n", encoding="utf-8")
    pretend(checkout, python3='case "$*" in *venv*) echo made >made ;; esac')
    set_up(checkout)
    assert (checkout / "made").exists()


def test_no_package_index_within_reach_is_said_in_one_line(checkout: Path) -> None:
    ready(checkout)
    python = checkout / ".venv" / "bin" / "python"
    python.write_text('#!/bin/sh\ncase "$*" in *"pip install"*) echo "long talk"; exit 1 ;; esac\n', encoding="utf-8")
    outcome = set_up(checkout)
    assert outcome.returncode == 1
    assert "requirements.lock could not be installed" in outcome.stderr
    assert "long talk" not in outcome.stderr + outcome.stdout


def test_make_names_all_its_commands_with_a_sentence_each() -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    outcome = subprocess.run(["make", "help"], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    listed = {line.split()[1]: line.split(maxsplit=2)[2] for line in outcome.stdout.splitlines()}
    assert {"run", "test", "bench", "bundle", "lock", "test-packaging"} <= set(listed)
