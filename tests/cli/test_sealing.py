"""Seals from the command line: a key, a seal, a verdict, and what each refuses, with their exit codes."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from cli.test_commands import run
from csr_desk.services import replay, z_reports
from csr_desk.services.desk import open_desk
from csr_desk.services.setup import demo_secret
from csr_desk.services.staff import THE_PROGRAM
from services.evidence.planting import outside_file

STORY = Path(__file__).parents[1] / "scenarios" / "18_closing_the_day.jsonl"
PHRASE = {"CSR_DESK_SEAL_PASSPHRASE": "a long enough passphrase"}
ADMIN = {"CSR_DESK_SECRET": demo_secret("admin1")}
OFFICER = {"CSR_DESK_SECRET": demo_secret("accountant1"), **PHRASE}


@pytest.fixture
def url(demo_sqlite: Path, tmp_path: Path) -> str:
    """Give a demo city whose day was closed."""
    path = tmp_path / "station" / "city.sqlite"
    path.parent.mkdir()
    path.write_bytes(demo_sqlite.read_bytes())
    desk = open_desk(f"sqlite:///{path}")
    list(replay.run(desk, replay.read_script(STORY.read_bytes())))
    desk.close()
    return f"sqlite:///{path}"


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """Make the officer's key."""
    path = tmp_path / "token" / "officer.pem"
    code, out, err = run("seal-key", "new", "--out", str(path), env=PHRASE)
    assert (code, err) == (0, "")
    assert "Write the id down" in out
    return path


def public(key: Path) -> str:
    """Where the public half lies."""
    return f"{key}.public.json"


def seal(url: str, key: Path, out: Path, *more: str) -> tuple[int, str, str]:
    """Seal the day."""
    where = ("--database", url, "--day", "2026-07-14", "--key", str(key), "--out", str(out), "--by", "accountant1")
    return run("seal", *where, *more, env=OFFICER)


def set_key(url: str, key: Path, *more: str) -> tuple[int, str, str]:
    """Put the public key into the ledger."""
    return run("seal-key", "set", "--public", public(key), "--by", "admin1", "--database", url, *more, env=ADMIN)


def test_a_day_is_sealed_and_held_to_its_seal(url: str, key: Path, tmp_path: Path) -> None:
    assert seal(url, key, tmp_path / "out")[0] == 2
    assert set_key(url, key)[0] == 0
    code, out, err = seal(url, key, tmp_path / "out")
    assert (code, err) == (0, "")
    file = tmp_path / "out" / "seal-HPC-2026-07-14.json"
    assert str(file) in out
    first = file.read_bytes()
    code, out, _ = seal(url, key, tmp_path / "out")
    assert (code, "sealed before" in out, file.read_bytes()) == (0, True, first)
    code, out, err = run("verify", "--database", url, "--seal", str(file), "--public", public(key))
    assert (code, err, out.splitlines()[-1]) == (0, "", "OK")
    assert "Seal of 2026-07-14: good" in out
    assert "checked with the key that was given" in out
    code, out, _ = run("seal", "--database", url, "--list")
    assert code == 0
    assert re.search(r"2026-07-14  sealed .* by Samuel Park, key [0-9a-f]{16}", out)


def test_the_first_fault_is_told_to_people(url: str, key: Path, tmp_path: Path) -> None:
    set_key(url, key)
    seal(url, key, tmp_path / "out")
    file = str(tmp_path / "out" / "seal-HPC-2026-07-14.json")
    outside_file(
        url.removeprefix("sqlite:///"),
        "UPDATE ledger_tender SET amount_minor = amount_minor - 100 WHERE series_id = 'HPC-1' AND seq = 2 AND n = 1",
    )
    code, _, err = run("verify", "--database", url, "--seal", file)
    assert code == 1
    assert err.startswith("NOT OK: Register HPC-1, entry 2 (receipt HPC1-0000001) was changed after it was recorded")
    for line in ("Where:", "receipt HPC1-0000001", "2026-07-14", "Expected:", "Next:", "Copy the database"):
        assert line in err


def test_heads_on_papers_and_in_the_journal_are_keyed_back(url: str) -> None:
    desk = open_desk(url)
    with desk.read() as work:
        batch = work.conn.exec_driver_sql("SELECT MIN(batch_id) FROM batch WHERE state = 'accepted'").scalar_one()
    paper = z_reports.z_report(desk, THE_PROGRAM, str(batch))
    desk.close()
    witness = paper.witness
    assert witness.receipts
    assert paper.seal == witness.head
    for keyed in (witness.short, f"{witness.series}:{witness.seq}:{paper.seal[:10]}", witness.short.lower()):
        series = keyed.upper() if keyed.startswith("hpc") else keyed
        code, out, err = run("verify", "--database", url, "--head", series)
        assert (code, err) == (0, ""), keyed
        assert "the same as on the paper" in out
    env = {"CSR_DESK_SECRET": demo_secret("accountant1")}
    code, out, _ = run(
        "export", "gl", "--database", url, "--business-date", "2026-07-14", "--by", "accountant1", env=env
    )
    heads = {row["ledger_head"] for row in csv.DictReader(io.StringIO(out))}
    assert len(heads) == 1
    assert re.fullmatch(r"HPC:\d+:[0-9a-f]{16}", next(iter(heads)))
    assert run("verify", "--database", url, "--head", next(iter(heads)))[0] == 0


def test_a_head_that_is_not_there_and_one_that_is_none_are_told_apart(url: str) -> None:
    code, _, err = run("verify", "--database", url, "--head", "HPC-1:2:ABCD-EFGH-IJKL-MNOP")
    assert (code, "another head than on the paper" in err, "Key the head again" in err) == (1, True, True)
    code, _, err = run("verify", "--database", url, "--head", "HPC-1:9999:ABCD-EFGH-IJKL-MNOP")
    assert (code, "ends before the entry on the paper" in err) == (1, True)
    for keyed in ("HPC-1:2:abc", "HPC-1:2", "HPC-1:x:ABCD-EFGH-IJKL-MNOP", "HPC-9:1:ABCD-EFGH-IJKL-MNOP"):
        code, _, err = run("verify", "--database", url, "--head", keyed)
        assert (code, bool(err)) == (2, True), keyed


def test_the_report_for_people_names_heads_totals_and_days_that_wait(url: str, key: Path) -> None:
    set_key(url, key)
    code, out, _ = run("verify", "--database", url, "--heads")
    assert code == 0
    assert re.search(r"HPC-1: entry \d+, last receipt HPC1-\d{7}, perpetual total [\d,.]+, head [A-Z2-7-]{19}\n", out)
    assert re.search(r"HPC-1:\d+:[A-Z2-7-]{19}  [0-9a-f]{64}\n", out)
    assert "No day was sealed, none waits for it." in out


def test_a_key_is_never_replaced_weak_or_beside_the_database(url: str, key: Path, tmp_path: Path) -> None:
    code, _, err = run("seal-key", "new", "--out", str(key), env=PHRASE)
    assert (code, "never replaced" in err) == (2, True)
    short = {"CSR_DESK_SEAL_PASSPHRASE": "short"}
    code, _, err = run("seal-key", "new", "--out", str(tmp_path / "weak.pem"), env=short)
    assert (code, "at least 12" in err) == (2, True)
    beside = tmp_path / "station" / "officer.pem"
    code, _, err = run("seal-key", "new", "--out", str(beside), env=PHRASE)
    assert (code, "never kept beside the database" in err, beside.exists()) == (2, True, False)
    beside.write_bytes(key.read_bytes())
    set_key(url, key)
    code, _, err = seal(url, beside, tmp_path)
    assert (code, "beside the database" in err) == (2, True)


def test_a_key_changes_hands_with_both_signatures(url: str, key: Path, tmp_path: Path) -> None:
    set_key(url, key)
    successor = tmp_path / "token" / "next.pem"
    old = {"CSR_DESK_OLD_SEAL_PASSPHRASE": PHRASE["CSR_DESK_SEAL_PASSPHRASE"]}
    code, _, _ = run("seal-key", "new", "--out", str(successor), "--follows", str(key), env={**PHRASE, **old})
    assert code == 0
    assert json.loads(Path(public(successor)).read_text())["previous_signature"]
    assert set_key(url, successor)[0] == 0
    assert seal(url, key, tmp_path / "out")[0] == 2
    assert seal(url, successor, tmp_path / "out")[0] == 0
    stranger = tmp_path / "token" / "stranger.pem"
    run("seal-key", "new", "--out", str(stranger), env=PHRASE)
    code, _, err = set_key(url, stranger)
    assert (code, "has to sign its successor" in err) == (2, True)
    assert set_key(url, stranger, "--old-key-lost")[0] == 0


def test_a_file_that_is_no_seal_or_no_key_is_a_sentence(url: str, key: Path, tmp_path: Path) -> None:
    nonsense = tmp_path / "nonsense.json"
    nonsense.write_text("{}")
    code, _, err = run("verify", "--database", url, "--seal", str(nonsense))
    assert (code, "The file nonsense.json cannot be trusted: this file is no seal" in err) == (1, True)
    code, _, err = run("verify", "--database", url, "--seal", str(tmp_path / "none.json"))
    assert (code, "none.json" in err) == (2, True)
    code, _, err = run("seal-key", "set", "--public", str(nonsense), "--by", "admin1", "--database", url, env=ADMIN)
    assert (code, "no public key" in err) == (2, True)
    code, _, err = run("seal", "--database", url)
    assert (code, "--key FILE --by USER" in err) == (2, True)
    clerk = {"CSR_DESK_SECRET": demo_secret("clerk1")}
    code, _, err = run("seal-key", "set", "--public", public(key), "--by", "clerk1", "--database", url, env=clerk)
    assert (code, "may not set seal key" in err) == (2, True)
