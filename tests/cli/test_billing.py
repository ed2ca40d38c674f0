"""Statements and penalties from the command line: files, exit codes, what Ctrl+C leaves."""

from __future__ import annotations

import os
import signal
from contextlib import nullcontext
from pathlib import Path

import pytest

from cli.test_commands import run
from csr_desk.cli.billing import _interruptible
from csr_desk.services import replay
from csr_desk.services.desk import open_desk
from csr_desk.services.setup import demo_secret
from csr_desk.services.verification import verify_url

STORY = b"""
{"do":"customer","id":"c","at":"2026-07-14T07:30","by":"clerk1","name":"Rosa Villarreal"}
{"do":"account","by":"clerk1","number":"0001","customer":"$c.customer","service":"water"}
{"do":"bill","by":"clerk1","account":"0001","items":[{"description":"Water","amount":"64.37"}],"due":"2026-07-01"}
"""
ACCOUNTANT = {"CSR_DESK_SECRET": demo_secret("accountant1")}
BY = ("--by", "accountant1")


@pytest.fixture
def url(demo_sqlite: Path, tmp_path: Path) -> str:
    """Give a demo city with a late bill."""
    path = tmp_path / "city.sqlite"
    path.write_bytes(demo_sqlite.read_bytes())
    desk = open_desk(f"sqlite:///{path}")
    assert not [one.surprise for one in replay.run(desk, replay.read_script(STORY)) if one.surprise]
    desk.close()
    return f"sqlite:///{path}"


def test_penalties_are_charged_once_and_statements_say_so(url: str, tmp_path: Path) -> None:
    assert run("penalties", "--database", url, *BY, env=ACCOUNTANT) == (
        0, "1 penalties charged by 2026-07-14, together 6.44\n", "",
    )  # fmt: skip
    assert run("penalties", "--database", url, *BY, env=ACCOUNTANT)[1].startswith("0 penalties")
    out = tmp_path / "july"
    code, said, err = run("statements", "--database", url, "--to", "2026-07-14", "--out", str(out), *BY, env=ACCOUNTANT)
    assert (code, err) == (0, "")
    assert said == f"1 statements on 1 pages in {out}; owed together 70.81\n"
    assert (out / "statements-0001.pdf").read_bytes().startswith(b"%PDF")
    assert "0001,Rosa Villarreal,statements-0001.pdf,1," in (out / "index.csv").read_text(encoding="utf-8")
    assert verify_url(url).first_fault is None


def test_who_may_not_and_what_cannot_be_is_a_sentence(url: str, tmp_path: Path) -> None:
    clerk = {"CSR_DESK_SECRET": demo_secret("clerk1")}
    out = ("--out", str(tmp_path / "july"))
    code, _, err = run("statements", "--database", url, "--to", "2026-07-14", *out, "--by", "clerk1", env=clerk)
    assert (code, "may not collect" in err) == (2, True)
    code, _, err = run("penalties", "--database", url, "--by", "clerk1", env=clerk)
    assert (code, "may not charge bills" in err) == (2, True)
    more = ("--account", "9999")
    code, _, err = run("statements", "--database", url, "--to", "2026-07-14", *out, *more, *BY, env=ACCOUNTANT)
    assert (code, err) == (2, "There is no account “9999”.\n")
    assert not (tmp_path / "july").exists()


def test_ctrl_c_stops_between_two_steps_and_is_given_back_afterwards(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with _interruptible("bills") as tell:
        assert tell(1, 2)
        os.kill(os.getpid(), signal.SIGINT)
        assert not tell(2, 2)
    assert signal.getsignal(signal.SIGINT) == before
    assert "1 of 2 bills" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["statements", "penalties"])
def test_a_run_that_was_stopped_exits_1(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setattr("csr_desk.cli.billing._interruptible", lambda _noun: nullcontext(lambda _done, _every: False))
    more = ("--to", "2026-07-14", "--out", str(tmp_path / "july")) if command == "statements" else ()
    code, _, err = run(command, "--database", url, *more, *BY, env=ACCOUNTANT)
    assert (code, err.startswith("Stopped")) == (1, True)
    assert not (tmp_path / "july").exists()
