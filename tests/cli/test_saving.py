"""Backups, the drill and the restore from the command line: what is said, exit codes, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.test_commands import run
from csr_desk import locations
from csr_desk.services.setup import demo_secret


@pytest.fixture
def url(demo_sqlite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give a demo city with a home of its own."""
    monkeypatch.setenv("CSR_DESK_KEYS", str(locations.key_folder()))
    monkeypatch.setenv("CSR_DESK_HOME", str(tmp_path / "home"))
    path = tmp_path / "city.sqlite"
    path.write_bytes(demo_sqlite.read_bytes())
    return f"sqlite:///{path}"


def newest(tmp_path: Path) -> Path:
    """Find the newest backup."""
    return max((tmp_path / "home" / "backups").rglob("*.sqlite"))


def test_a_backup_is_made_listed_and_tried(url: str, tmp_path: Path) -> None:
    code, out, err = run("backup", "--database", url)
    assert (code, err) == (0, "")
    assert str(newest(tmp_path)) in out
    assert "SINGLE COPY: the policy names no second place" in out
    code, out, _ = run("backups", "--database", url)
    assert code == 1  # one disk alone holds the ledger
    assert "by-hand" in out
    assert "Last restore drill: never" in out
    code, out, _ = run("drill", "--database", url)
    assert code == 0
    assert out.startswith("OK first place")
    assert "Last restore drill: 2" in run("backups", "--database", url)[1]


def test_a_drill_without_a_backup_or_with_a_bad_one_exits_1(url: str, tmp_path: Path) -> None:
    assert run("drill", "--database", url)[0] == 1
    run("backup", "--database", url)
    newest(tmp_path).write_bytes(b"cut")
    code, out, _ = run("drill", "--database", url)
    assert code == 1
    assert out.startswith("NOT OK first place")


def test_an_administrator_restores_with_the_word_and_the_old_file_stays(url: str, tmp_path: Path) -> None:
    run("backup", "--database", url)
    path = Path(url.removeprefix("sqlite:///"))
    command = ("restore", "--from", str(newest(tmp_path)), "--database", str(path), "--by", "admin1")
    secret = {"CSR_DESK_SECRET": demo_secret("admin1")}
    code, _, err = run(*command, env=secret, typed="NO\n")
    assert (code, "Nothing was changed" in err) == (2, True)
    assert not list(tmp_path.glob("*.before-restore-*"))
    code, out, _ = run(*command, "--yes", env=secret)
    assert code == 0
    assert "entries verified" in out
    assert len(list(tmp_path.glob("city.sqlite.before-restore-*"))) == 1
    assert run("verify", "--database", url)[0] == 0


def test_a_restore_where_nothing_was_asks_the_backup_who_may(url: str, tmp_path: Path) -> None:
    run("backup", "--database", url)
    bare = tmp_path / "bare" / "office.sqlite"
    command = ("restore", "--from", str(newest(tmp_path)), "--database", str(bare), "--yes", "--by")
    assert run(*command, "admin1", env={"CSR_DESK_SECRET": "a guess"})[0] == 2
    assert run(*command, "clerk1", env={"CSR_DESK_SECRET": demo_secret("clerk1")})[0] == 2
    assert not bare.exists()
    assert run(*command, "admin1", env={"CSR_DESK_SECRET": demo_secret("admin1")})[0] == 0
    assert run("verify", "--database", f"sqlite:///{bare}")[0] == 0


def test_a_damaged_backup_is_refused_with_a_sentence(url: str, tmp_path: Path) -> None:
    run("backup", "--database", url)
    newest(tmp_path).write_bytes(b"cut")
    code, _, err = run(
        "restore", "--from", str(newest(tmp_path)), "--database", str(tmp_path / "x.sqlite"), "--by", "admin1"
    )
    assert code == 2
    assert "is damaged" in err


def test_only_a_server_is_accepted_and_only_by_an_administrator(url: str) -> None:
    command = ("accept-restored", "--database", url, "--by", "admin1", "--why", "the dump of noon")
    code, _, err = run(*command, env={"CSR_DESK_SECRET": demo_secret("admin1")})
    assert (code, "csr-desk restore" in err) == (2, True)
    code, _, err = run(*command, "--yes", env={"CSR_DESK_SECRET": "wrong"})
    assert (code, "secret is not right" in err) == (2, True)
