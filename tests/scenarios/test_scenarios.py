"""Every scenario file is played on both engines: each line's own expectation holds, the ledger verifies, days tie."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from csr_desk.services import replay, reports
from csr_desk.services.desk import Desk, open_desk
from csr_desk.services.verification import verify_url

FILES = sorted(Path(__file__).parent.glob("*.jsonl"))
MORNING = Path(__file__).parent / "02_plain_morning.jsonl"


def surprises_of(outcomes: list[replay.Outcome]) -> list[str]:
    """Say in words what came otherwise than the file says: none is what the command line calls exit 0."""
    return [f"line {one.line} ({one.do}): {one.surprise} {one.error or ''}" for one in outcomes if one.surprise]


def play(url: str, content: bytes) -> list[replay.Outcome]:
    """Play a script on a demo city."""
    desk = open_desk(url)
    try:
        return list(replay.run(desk, replay.read_script(content)))
    finally:
        desk.close()


def closed_days(outcomes: list[replay.Outcome]) -> list[date]:
    """Return the business days that a script closed."""
    return [
        date.fromisoformat(one.result["business_date"])
        for one in outcomes
        if one.do == "close_day" and one.result is not None
    ]


def unbalanced(outcomes: list[replay.Outcome]) -> list[int]:
    """Return the lines whose postings do not balance."""
    found = []
    for one in outcomes:
        postings = (one.result or {}).get("postings", [])
        cents = [int(row["amount"].replace(".", "")) * (1 if row["side"] == "debit" else -1) for row in postings]
        if sum(cents):
            found.append(one.line)
    return found


def untied(desk: Desk, days: list[date]) -> list[str]:
    """Return the sentences of the days whose three books do not agree."""
    ties = [reports.tie(desk, day) for day in days]
    return [tie.sentence for tie in ties if not tie.ties]


def test_there_are_at_least_fourteen_scenarios() -> None:
    assert len(FILES) >= 14


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.stem))
def test_a_scenario_goes_as_it_says_and_the_ledger_verifies(path: Path, demo_url: str) -> None:
    desk = open_desk(demo_url)
    try:
        outcomes = list(replay.run(desk, replay.read_script(path.read_bytes())))
        assert surprises_of(outcomes) == []
        assert unbalanced(outcomes) == []
        assert untied(desk, closed_days(outcomes)) == []
    finally:
        desk.close()
    assert verify_url(demo_url).first_fault is None


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.stem))
def test_a_scenario_expects_something_of_most_of_its_steps(path: Path) -> None:
    lines = replay.read_script(path.read_bytes()).lines
    expecting = [line for line in lines if {"expect", "expect_error"} & set(line.data)]
    assert len(expecting) * 2 >= len(lines)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.stem))
def test_a_scenario_explains_its_figures_in_comments(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    comments = [line for line in lines if line.startswith("#")]
    steps = [line for line in lines if line.startswith("{")]
    assert len(comments) * 6 >= len(steps)
    assert all(len(line) <= 130 for line in comments)


PLANTED = {
    "a cent more in a total": ('"total":"127.56"', '"total":"127.57"'),
    "another change": ('"change":"0.80"', '"change":"0.81"'),
    "another account": ("1000.9900010001.434505", "1000.9900010001.434506"),
    "another side": (
        '"account":"1000.9900010001.101031","side":"debit"',
        '"account":"1000.9900010001.101031","side":"credit"',
    ),
    "a money string without its cents": ('"collected":"46.00"', '"collected":46'),
    "a difference that was not there": ('"over_short":{"cash":"0.00"', '"over_short":{"cash":"-0.01"'),
    "a refusal that does not come": ('"reason":"Pen fell into the tray"}', '"reason":"Pen","expect_error":"conflict"}'),
    "another refusal": ('"expect_error":"missing_input"', '"expect_error":"bad_input"'),
    "a day that is not said to tie": ('"ties":true', '"ties":false'),
    "one line too few": ('"listed":[{', '"listed":[{"kind":"check"},{'),
}


@pytest.mark.parametrize(("right", "wrong"), list(PLANTED.values()), ids=list(PLANTED))
def test_a_planted_wrong_figure_is_a_surprise(right: str, wrong: str, demo_sqlite: Path, tmp_path: Path) -> None:
    text = MORNING.read_text(encoding="utf-8")
    assert right in text
    copy = tmp_path / "demo.sqlite"
    copy.write_bytes(demo_sqlite.read_bytes())
    outcomes = play(f"sqlite:///{copy}", text.replace(right, wrong, 1).encode())
    assert surprises_of(outcomes)


def csr_desk(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the real command line."""
    command = [sys.executable, "-m", "csr_desk", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=90)


def test_the_command_line_replays_a_scenario_and_exits_0(demo_url: str) -> None:
    done = csr_desk("replay", str(MORNING), "--database", demo_url)
    assert (done.returncode, done.stderr) == (0, "")
    told = [json.loads(line) for line in done.stdout.splitlines()]
    script = replay.read_script(MORNING.read_bytes())
    assert [(line["step"], line["do"]) for line in told] == [(line.step, line.data["do"]) for line in script.lines]
    refused = [line for line in told if not line["ok"]]
    assert [line["error"]["code"] for line in refused] == ["missing_input"]
    assert all(set(line) == {"step", "do", "ok", "result" if line["ok"] else "error"} for line in told)
    checked = csr_desk("verify", "--database", demo_url)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_command_line_exits_1_at_a_wrong_figure_and_goes_on(demo_url: str, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.jsonl"
    wrong.write_text(MORNING.read_text(encoding="utf-8").replace('"total":"1.20"', '"total":"1.21"'), encoding="utf-8")
    done = csr_desk("replay", str(wrong), "--database", demo_url)
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == len(replay.read_script(MORNING.read_bytes()).lines)
    assert "1.21" in done.stderr


def test_the_command_line_exits_2_for_a_file_that_is_no_script(tmp_path: Path, demo_sqlite: Path) -> None:
    torn = tmp_path / "torn.jsonl"
    torn.write_text('# a comment\n\n{"do":"verify"}\n{"do":"sale",\n', encoding="utf-8")
    copy = tmp_path / "demo.sqlite"
    copy.write_bytes(demo_sqlite.read_bytes())
    done = csr_desk("replay", str(torn), "--database", f"sqlite:///{copy}")
    assert (done.returncode, done.stdout) == (2, "")
    assert "line 4" in done.stderr
    assert "Traceback" not in done.stderr
