"""The evidence and the auditor's reports from the command line: exit codes, files, who took what away."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from cli.test_commands import run
from csr_desk.services import replay
from csr_desk.services.desk import open_desk
from csr_desk.services.setup import demo_secret
from services.evidence.planting import outside_file

STORY = Path(__file__).parents[1] / "scenarios" / "02_plain_morning.jsonl"
JULY = ("--from", "2026-07-01", "--to", "2026-07-31")


@pytest.fixture
def url(demo_sqlite: Path, tmp_path: Path) -> str:
    """Give a demo city on SQLite with a morning behind it."""
    path = tmp_path / "city.sqlite"
    path.write_bytes(demo_sqlite.read_bytes())
    desk = open_desk(f"sqlite:///{path}")
    list(replay.run(desk, replay.read_script(STORY.read_bytes())))
    desk.close()
    return f"sqlite:///{path}"


def test_the_pack_is_written_and_exits_0_whatever_it_found(url: str, tmp_path: Path) -> None:
    code, out, err = run("evidence", "--database", url, *JULY, "--out", str(tmp_path / "pack"))
    assert (code, err) == (0, "")
    manifest = (tmp_path / "pack" / "manifest.json").read_bytes()
    assert hashlib.sha256(manifest).hexdigest() in out
    assert " 7 ✓ met" in out
    for one in json.loads(manifest)["files"]:
        assert hashlib.sha256((tmp_path / "pack" / one["name"]).read_bytes()).hexdigest() == one["sha256"]
    assert (tmp_path / "pack" / "evidence.pdf").read_bytes().startswith(b"%PDF")


def test_nothing_is_recorded_unless_somebody_takes_it_away(url: str, tmp_path: Path) -> None:
    before = run("verify", "--database", url)[1]
    run("evidence", "--database", url, *JULY, "--out", str(tmp_path / "one"))
    assert run("verify", "--database", url)[1] == before
    secret = {"CSR_DESK_SECRET": demo_secret("auditor1")}
    code, out, _ = run(
        "evidence", "--database", url, *JULY, "--out", str(tmp_path / "two"), "--by", "auditor1", env=secret
    )
    assert code == 0
    journal = json.loads(run("report", "journal", "--database", url, *JULY)[1])
    taken = [row for row in journal["rows"] if row["kind"] == "report_exported"]
    assert [(row["who"], row["details"].split(",")[0]) for row in taken] == [
        ("Helen Brandt", "evidence 2026-07-01 to 2026-07-31 as pack")
    ]
    assert "manifest.json" in out


def test_a_ledger_that_does_not_verify_exits_1_with_the_pack(url: str, tmp_path: Path) -> None:
    outside_file(url.removeprefix("sqlite:///"), "UPDATE ledger_line SET name = 'Other'")
    code, _, err = run("evidence", "--database", url, *JULY, "--out", str(tmp_path / "pack"))
    assert code == 1
    assert "NOT OK" in err
    assert (tmp_path / "pack" / "evidence.pdf").exists()


def test_a_clerk_gets_no_evidence_and_a_wrong_period_is_a_sentence(url: str, tmp_path: Path) -> None:
    secret = {"CSR_DESK_SECRET": demo_secret("clerk1")}
    out = ("--out", str(tmp_path / "pack"))
    code, _, err = run("evidence", "--database", url, *JULY, *out, "--by", "clerk1", env=secret)
    assert (code, "may not make evidence" in err) == (2, True)
    code, _, err = run("evidence", "--database", url, "--from", "2026-07-31", "--to", "2026-07-01", *out)
    assert (code, "ends before it begins" in err) == (2, True)
    assert not (tmp_path / "pack").exists()


@pytest.mark.parametrize("name", ["exceptions", "journal", "over_short_trend"])
def test_the_auditors_reports_come_as_json_and_csv(url: str, name: str) -> None:
    code, out, _ = run("report", name, "--database", url, *JULY)
    assert (code, json.loads(out)["report"]) == (0, name)
    code, out, _ = run("report", name, "--database", url, *JULY, "--format", "csv")
    assert (code, out.count("\n") > 1) == (0, True)


def test_a_report_that_somebody_takes_away_is_recorded_with_its_fingerprint(url: str) -> None:
    secret = {"CSR_DESK_SECRET": demo_secret("supervisor1")}
    code, out, _ = run("report", "exceptions", "--database", url, *JULY, "--by", "supervisor1", env=secret)
    assert code == 0
    desk = open_desk(url)
    with desk.read() as work:
        facts = work.conn.exec_driver_sql("SELECT facts FROM ledger_event WHERE kind = 'report_exported'").scalar_one()
    desk.close()
    assert json.loads(facts)["sha256"] == hashlib.sha256(out.encode()).hexdigest()
