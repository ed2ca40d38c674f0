"""``csr-desk train`` as its user meets it."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from csr_desk.cli.parts import Parts
from csr_desk.cli.program import app
from csr_desk.cli.station import own_database
from csr_desk.services import staff, training, training_certificates
from csr_desk.services.desk import open_desk
from training_player import Player

opened: list[str] = []


def _open(url: str) -> int:
    opened.append(url)
    return 0


PARTS = Parts(open_window=_open, picture_window=lambda _url, _folder: ())


def run(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, list(words), obj=PARTS)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture
def url(demo_sqlite: Path, tmp_path: Path, station_home: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The demo city as the office to train for; training offices go to a folder of the test's own."""
    monkeypatch.setenv("CSR_DESK_KEYS", str(station_home / "keys"))
    monkeypatch.setenv("CSR_DESK_HOME", str(tmp_path / "home"))
    path = tmp_path / "city.sqlite"
    path.write_bytes(demo_sqlite.read_bytes())
    return f"sqlite:///{path}"


def test_train_makes_the_training_office_and_begins_a_day(url: str) -> None:
    code, out, err = run("train", "--database", url, "--seed", "7", "--user", "clerk1", "--no-window")
    assert (code, out) == (0, "")
    made = err.splitlines()[0].removeprefix("Training office: ")
    assert made.endswith("training-HPC.sqlite")
    assert "Day 7 of clerk1: 60 customers wait." in err
    desk = open_desk(made)
    try:
        now = training.progress(desk, staff.person(desk, "clerk1"))
        assert now is not None
        assert (now.seed, now.customers) == (7, 60)
    finally:
        desk.close()
    # a plain start never opens it by itself
    assert "training" not in own_database()


def test_train_opens_the_window_on_the_training_office_only(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    opened.clear()
    assert run("train", "--database", url)[0] == 0
    assert [one.endswith("training-HPC.sqlite") for one in opened] == [True]
    monkeypatch.delenv("QT_QPA_PLATFORM")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    code, _, err = run("train", "--database", url)
    assert (code, "Add --no-window" in err) == (2, True)


def test_a_certificates_code_is_looked_up(url: str) -> None:
    run("train", "--database", url, "--no-window")
    made = run("train", "--database", url, "--no-window")[2].splitlines()[0].removeprefix("Training office: ")
    desk = open_desk(made)
    trainer = next(card.user for card in staff.sign_in_page(desk).people if card.user.startswith("trainer"))
    clerk = Player(desk, staff.person(desk, "clerk2"), staff.person(desk, trainer), "T2")
    now, day = clerk.begin(1)
    now = clerk.call(now)
    clerk.serve(now, day.cards[0])
    clerk.close(now.run_id)
    code_word = training_certificates.certificate(desk, clerk.actor, now.run_id).code
    desk.close()
    code, out, _ = run("train", "--database", url, "--no-window", "--check", code_word)
    # one of sixty served: 7000 · 100 / 6000 + 2000 / 60 + 1000 = 1,149: 11 points
    assert (code, out.strip()) == (0, "James Okafor (clerk2), 2026-07-14, seed 1: 11 points, not passed.")
    code, _, err = run("train", "--database", url, "--no-window", "--check", "NONE")
    assert (code, "has the code" in err) == (2, True)


def test_what_is_missing_is_said(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, _, err = run("train", "--database", url, "--seed", "1", "--no-window")
    assert (code, "Say whose day it is" in err) == (2, True)
    monkeypatch.setenv("CSR_DESK_HOME", str(tmp_path / "empty"))
    code, _, err = run("train", "--no-window")
    assert (code, "no office on this station" in err) == (2, True)
