"""The command line as its user meets it: exit codes, sentences instead of tracebacks, files that are whole."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from csr_desk.cli.parts import Parts
from csr_desk.cli.program import app
from csr_desk.services.setup import demo_catalogue_folder, demo_secret

PARTS = Parts(open_window=lambda _url: 0, picture_window=lambda _url, _folder: ())
OPEN = '{"do":"open_drawer","at":"2026-07-14T07:35","by":"clerk1","drawer":"HPC-1","float":{"20.00":10}}\n'


def run(*words: str, env: dict[str, str] | None = None, typed: str | None = None) -> tuple[int, str, str]:
    """Run a command, with what is typed at its prompts; return exit code, standard output and standard error."""
    done = CliRunner().invoke(app, list(words), obj=PARTS, env=env, input=typed)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture
def url(demo_sqlite: Path, tmp_path: Path) -> str:
    """Give a demo city on SQLite."""
    path = tmp_path / "city.sqlite"
    path.write_bytes(demo_sqlite.read_bytes())
    return f"sqlite:///{path}"


def test_a_script_that_goes_as_expected_ends_with_0(url: str, tmp_path: Path) -> None:
    script = tmp_path / "day.jsonl"
    script.write_text("# a comment\n\n" + OPEN + '{"do":"quote","by":"clerk1","lines":[],"expect_error":"bad_input"}\n')
    code, out, err = run("replay", str(script), "--database", url)
    lines = [json.loads(line) for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert [(line["step"], line["do"], line["ok"]) for line in lines] == [(1, "open_drawer", True), (2, "quote", False)]
    assert lines[1]["error"]["code"] == "bad_input"


def test_a_surprise_ends_with_1_and_stop_ends_there(url: str, tmp_path: Path) -> None:
    script = tmp_path / "day.jsonl"
    wrong = '{"do":"quote","by":"clerk1","lines":[{"item":"NONE"}]}\n'
    script.write_text(wrong + OPEN)
    code, out, err = run("replay", str(script), "--database", url, "--stop")
    assert (code, len(out.splitlines())) == (1, 1)
    assert "line 1, step 1 (quote): refused: unknown_item" in err
    code, out, _ = run("replay", str(script), "--database", url)
    assert (code, len(out.splitlines())) == (1, 2)


@pytest.mark.parametrize("text", ["{\n", "[]\n", '{"by":"clerk1"}\n', '{"do":"quote","n":NaN}\n'])
def test_a_file_that_cannot_be_read_ends_with_2_and_the_line(url: str, tmp_path: Path, text: str) -> None:
    script = tmp_path / "day.jsonl"
    script.write_text(OPEN + text)
    code, out, err = run("replay", str(script), "--database", url)
    assert (code, out) == (2, "")
    assert "line 2" in err


def test_a_live_office_or_none_at_all_ends_with_2(tmp_path: Path) -> None:
    script = tmp_path / "day.jsonl"
    script.write_text(OPEN)
    live = f"sqlite:///{tmp_path}/live.sqlite"
    made = run(
        "init", "--office", "LIV", "--name", "Live office", "--admin", "boss", "--admin-name", "The Boss",
        "--database", live, env={"CSR_DESK_ADMIN_SECRET": "nine blue carrots sing"},
    )  # fmt: skip
    assert made[0] == 0
    code, _, err = run("replay", str(script), "--database", live)
    assert (code, "training office only" in err) == (2, True)
    code, _, err = run("replay", str(script), "--database", f"sqlite:///{tmp_path}/none.sqlite")
    assert (code, "no database" in err) == (2, True)
    code, _, err = run("replay", str(tmp_path / "none.jsonl"), "--database", live)
    assert (code, "none.jsonl" in err) == (2, True)
    again = run(
        "init", "--office", "LIV", "--name", "Live office", "--admin", "boss", "--admin-name", "The Boss",
        "--database", live, env={"CSR_DESK_ADMIN_SECRET": "nine blue carrots sing"},
    )  # fmt: skip
    assert (again[0], "an office already" in again[2]) == (2, True)


def test_a_first_secret_that_is_too_short_is_refused(tmp_path: Path) -> None:
    code, _, err = run(
        "init", "--office", "LIV", "--name", "Live office", "--admin", "boss", "--admin-name", "The Boss",
        "--database", f"sqlite:///{tmp_path}/live.sqlite", env={"CSR_DESK_ADMIN_SECRET": "short"},
    )  # fmt: skip
    assert (code, "at least 15 characters" in err) == (2, True)


def test_the_demo_is_made_once_with_its_past_and_played_on(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/demo.sqlite"
    code, _, err = run("demo", "--database", url, "--no-window", "--days", "1", "--seed", "7")
    assert (code, "2026-07-13" in err) == (0, True)
    code, _, err = run("demo", "--database", url, "--no-window", "--days", "1")
    assert (code, "there already" in err) == (0, True)
    papers = tmp_path / "papers"
    code, out, _ = run("demo", "--database", url, "--no-window", "--play-day", "--papers", str(papers))
    assert code == 0
    assert "agree to the cent" in out
    names = {path.name for path in papers.iterdir()}
    assert {"deposit-HPC-20260714-1.pdf", "z-report-HPC-1-20260714-1.pdf", "daily-revenue-2026-07-14.csv"} <= names
    assert all(path.stat().st_size > 0 for path in papers.iterdir())
    code, out, _ = run("verify", "--database", url)
    assert (code, out.splitlines()[-1]) == (0, "OK")
    code, out, _ = run("report", "tie", "--database", url, "--business-date", "2026-07-13")
    assert (code, json.loads(out)["ties"]) == (0, True)
    code, out, _ = run("report", "daily_revenue", "--database", url, "--business-date", "2026-07-14", "--format", "csv")
    assert (code, out.startswith("section,code,name,count,amount")) == (0, True)


def test_the_same_seed_makes_the_same_days(tmp_path: Path) -> None:
    found = []
    for name in ("one", "two"):
        url = f"sqlite:///{tmp_path}/{name}.sqlite"
        assert run("demo", "--database", url, "--no-window", "--days", "1", "--seed", "3")[0] == 0
        found.append(run("export", "ledger", "--database", url, "--format", "csv")[1])
    assert found[0] == found[1]
    assert len(found[0].splitlines()) > 100


def test_the_journal_of_a_closed_day_is_exported_once_and_then_the_same_again(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/demo.sqlite"
    run("demo", "--database", url, "--no-window", "--days", "1")
    env = {"CSR_DESK_SECRET": demo_secret("accountant1")}
    files = [tmp_path / "a.csv", tmp_path / "b.csv"]
    said = [
        run(
            "export", "gl", "--database", url, "--business-date", "2026-07-13", "--by", "accountant1",
            "--to", str(path), env=env,
        )
        for path in files
    ]  # fmt: skip
    assert [code for code, _, _ in said] == [0, 0]
    assert ["exported before" in err for _, _, err in said] == [False, True]
    assert files[0].read_bytes() == files[1].read_bytes()
    refused = run(
        "export", "gl", "--database", url, "--business-date", "2026-07-13", "--by", "clerk1",
        env={"CSR_DESK_SECRET": demo_secret("clerk1")},
    )  # fmt: skip
    assert refused[0] == 2


def test_an_independent_judge_accepts_the_books(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/demo.sqlite"
    run("demo", "--database", url, "--no-window", "--days", "1")
    books = tmp_path / "books.beancount"
    assert run("export", "ledger", "--database", url, "--format", "beancount", "--to", str(books))[0] == 0
    judge = Path(sys.executable).with_name("bean-check")
    done = subprocess.run([str(judge), str(books)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    spoilt = re.sub(r"(  Assets\S+  )(\d+)\.", r"\g<1>1\2.", books.read_text("utf-8"), count=1)
    books.write_text(spoilt, "utf-8")
    assert subprocess.run([str(judge), str(books)], capture_output=True, check=False).returncode != 0


def test_verify_says_what_was_changed_and_ends_with_1(url: str, tmp_path: Path) -> None:
    script = tmp_path / "day.jsonl"
    sale = '{"do":"sale","by":"clerk1","lines":[{"item":"ALM-RES"}],"demo_inputs":true,"tenders":[{"kind":"cash"}]}\n'
    script.write_text(OPEN + sale)
    assert run("replay", str(script), "--database", url)[0] == 0
    import sqlite3  # noqa: PLC0415 - an outsider's hand

    outsider = sqlite3.connect(url.removeprefix("sqlite:///"))
    trigger = outsider.execute("SELECT sql FROM sqlite_master WHERE name = 'ledger_tender_update'").fetchone()[0]
    outsider.execute("DROP TRIGGER ledger_tender_update")
    outsider.execute("UPDATE ledger_tender SET amount_minor = 4000")
    outsider.execute(trigger)
    outsider.commit()
    outsider.close()
    code, _, err = run("verify", "--database", url)
    assert (code, "NOT OK" in err) == (1, True)


def test_a_catalogue_goes_out_and_in_and_nothing_changes(url: str, tmp_path: Path) -> None:
    shipped = str(demo_catalogue_folder())
    out_folder, workbook = str(tmp_path / "catalogue"), str(tmp_path / "catalogue.xlsx")
    assert run("catalogue", "check", shipped)[0] == 0
    assert run("catalogue", "export", out_folder, "--database", url)[0] == 0
    assert run("catalogue", "export", workbook, "--database", url)[0] == 0
    for made in (out_folder, workbook):
        code, out, _ = run("catalogue", "diff", shipped, made)
        assert (code, out.strip()) == (0, "The catalogues are the same.")
    env = {"CSR_DESK_SECRET": demo_secret("admin1")}
    code, out, _ = run("catalogue", "import", workbook, "--database", url, "--by", "admin1", env=env)
    assert (code, "in force now" in out) == (0, True)
    assert run("catalogue", "import", str(tmp_path), "--database", url, "--by", "admin1", env=env)[0] == 1
    assert run("catalogue", "check", str(tmp_path))[0] == 1


def test_a_wrong_secret_or_date_is_a_sentence(url: str) -> None:
    code, _, err = run(
        "export", "gl", "--database", url, "--business-date", "2026-07-13", "--by", "accountant1",
        env={"CSR_DESK_SECRET": "wrong"},
    )  # fmt: skip
    assert (code, err.strip()) == (2, "The name or the secret is not right. Try again.")
    assert run("report", "tie", "--database", url, "--from", "2026-07-15", "--to", "2026-07-14")[0] == 2
    assert run("report", "tie", "--database", url, "--business-date", "yesterday")[0] == 2
    assert run("report", "weather", "--database", url)[0] == 2


def test_the_window_opens_on_the_database_that_is_named(url: str, tmp_path: Path) -> None:
    opened: list[str] = []

    def open_window(address: str) -> int:
        opened.append(address)
        return 0

    parts = Parts(open_window=open_window, picture_window=lambda _url, _folder: ())
    assert CliRunner(env={"QT_QPA_PLATFORM": "offscreen"}).invoke(app, ["--database", url], obj=parts).exit_code == 0
    assert opened == [url]


def test_a_station_without_an_office_says_how_to_begin(tmp_path: Path) -> None:
    code, _, err = run(env={"CSR_DESK_HOME": str(tmp_path)})
    assert (code, "csr-desk demo" in err) == (2, True)


def test_a_published_schedule_becomes_a_catalogue_and_its_doubtful_rows_are_listed(tmp_path: Path) -> None:
    published = tmp_path / "schedule.csv"
    published.write_text(
        "category,description,statutory_authority,amount_text,as_of\n"
        "Alarm,Residential alarm permit,11-62,$50.00,2023-01-01\n"
        "Parking,Lot parking,26-1,$9.00 including sales tax,2023-01-01\n",
        encoding="utf-8",
    )
    told = ("catalogue", "schedule", str(published), str(tmp_path / "out"), "--account")
    code, out, _ = run(*told, "1000.9900010001.434505")
    assert code == 1
    assert "row 3" in out
    assert "2 rows: 1 items, 1 rows for a person." in out
    code, out, _ = run("catalogue", "check", str(tmp_path / "out"))
    assert (code, out.splitlines()[-1]) == (0, "1 items, 0 findings.")
    code, _, err = run(*told, "434505")
    assert code == 2
    assert "fund.cost centre.GL" in err
