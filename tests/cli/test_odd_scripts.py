"""Scripts that nobody would write on purpose: refused in a sentence, step by step, and the day goes on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from csr_desk.services import replay
from csr_desk.services.setup import demo_catalogue_folder
from demo_city import City

OPEN = '{"do":"open_drawer","at":"2026-07-14T07:35","by":"clerk1","drawer":"HPC-1","float":{"20.00":10}}'
SALE = '{"do":"sale","by":"clerk1","tenders":[{"kind":"cash"}],"demo_inputs":true,"lines":[LINE]}'


def outcomes(city: City, *lines: str) -> list[str]:
    """Replay lines; return for each the code of its refusal, or ``ok``."""
    script = replay.read_script("\n".join(lines).encode())
    return ["ok" if one.error is None else one.error[0] for one in replay.run(city.desk, script)]


@pytest.mark.parametrize("at", ["9999-12-31T23:59", "0001-01-01T00:00", "1899-12-31", "", "2029-02-29T10:00"])
def test_a_time_beyond_the_clock_is_refused(sqlite_city: City, at: str) -> None:
    assert outcomes(sqlite_city, json.dumps({"do": "verify", "at": at}), '{"do":"verify"}') == ["bad_input", "ok"]


def test_the_hour_that_comes_twice_goes_forward(sqlite_city: City) -> None:
    times = ["2026-11-01T01:50", "2026-11-01T01:10", "2026-11-01T01:40-06:00", "2026-11-01T01:39"]
    steps = [json.dumps({"do": "verify", "at": at}) for at in times]
    assert outcomes(sqlite_city, *steps) == ["ok", "ok", "ok", "bad_input"]


@pytest.mark.parametrize(
    "line",
    [
        '{"item":"MCD-CIT","amount":1e999999999}',
        '{"item":"REC-COPY","inputs":{"pages":1},"quantity":1e999999999}',
        '{"item":"REC-COPY","inputs":{"pages":1},"quantity":"１２"}',
        '{"item":"REC-COPY","inputs":{"pages":1},"quantity":"1_0"}',
        '{"item":"REC-COPY","inputs":{"pages":1e999999999}}',
        '{"item":["REC-COPY"],"inputs":{"pages":1}}',
        '{"item":"ALM-RES","amount":"12.00","override_reason":["court order"]}',
        '{"account":{"number":"1"}}',
    ],
)
def test_what_is_no_number_and_no_text_is_refused(sqlite_city: City, line: str) -> None:
    assert outcomes(sqlite_city, OPEN, SALE.replace("LINE", line)) == ["ok", "bad_input"]


def test_a_quantity_of_the_scripts_own_writing_survives_being_held(sqlite_city: City) -> None:
    held = SALE.replace("LINE", '{"item":"REC-COPY","inputs":{"pages":1},"quantity":1e1}')
    held = held.replace('"sale"', '"sale","id":"h","hold":true')
    resume = '{"do":"resume","by":"clerk1","held":"$h.held","tenders":[{"kind":"cash"}]}'
    assert outcomes(sqlite_city, OPEN, held, resume) == ["ok", "ok", "ok"]


def test_a_cart_with_an_unknown_item_is_not_held(sqlite_city: City) -> None:
    held = SALE.replace("LINE", '{"item":"NONE"}').replace('"sale"', '"sale","hold":true')
    assert outcomes(sqlite_city, OPEN, held) == ["ok", "unknown_item"]


def test_an_amount_that_a_register_cannot_add_up_is_refused_and_the_day_goes_on(city: City) -> None:
    most = SALE.replace("LINE", '{"item":"MCD-CIT","amount":"99999999999.00"}').replace(
        '"cash"', '"check","number":"1"'
    )
    small = SALE.replace("LINE", '{"item":"ALM-RES"}')
    steps = (OPEN, small, most, small, '{"do":"verify"}')
    assert outcomes(city, *steps) == ["ok", "ok", "bad_input", "ok", "ok"]


def test_an_empty_expectation_expects_nothing(sqlite_city: City) -> None:
    script = replay.read_script(b'{"do":"verify","expect":null,"expect_error":null}')
    assert [one.surprise for one in replay.run(sqlite_city.desk, script)] == [""]


def test_half_a_character_in_the_name_of_a_step_comes_out_as_json(demo_sqlite: Path, tmp_path: Path) -> None:
    path, script = tmp_path / "city.sqlite", tmp_path / "day.jsonl"
    path.write_bytes(demo_sqlite.read_bytes())
    script.write_text('{"do":"\\ud800"}\n')
    command = [sys.executable, "-m", "csr_desk", "replay", str(script), "--database", f"sqlite:///{path}"]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"]["code"] == "bad_input"
    assert b"Traceback" not in done.stderr


def test_a_reference_to_a_step_that_was_refused_is_refused_itself(sqlite_city: City) -> None:
    refused = '{"do":"open_drawer","id":"b","by":"auditor1","drawer":"HPC-1","float":{"20.00":10}}'
    after = '{"do":"accept_batch","by":"supervisor1","batch":"$b.batch"}'
    assert outcomes(sqlite_city, refused, after) == ["not_permitted", "bad_input"]


def test_the_demo_keeps_away_from_a_live_office(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'live.sqlite'}"
    words = ["init", "--office", "HPC", "--name", "Office", "--admin", "boss", "--admin-name", "The Boss"]
    words += ["--admin-secret", "a long enough secret", "--catalogue", str(demo_catalogue_folder()), "--database", url]
    made = subprocess.run([sys.executable, "-m", "csr_desk", *words], capture_output=True, check=False)
    assert made.returncode == 0, made.stderr
    demo = [sys.executable, "-m", "csr_desk", "demo", "--no-window", "--play-day", "--database", url]
    done = subprocess.run(demo, capture_output=True, check=False, cwd=tmp_path, text=True)
    assert done.returncode == 2
    assert "live office" in done.stderr


def test_a_window_without_a_display_is_refused_in_a_sentence(demo_sqlite: Path) -> None:
    shown = {"QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"}
    environment = {name: value for name, value in os.environ.items() if name not in shown}
    for words in ([], ["--database", str(demo_sqlite)]):
        command = [sys.executable, "-m", "csr_desk", *words]
        done = subprocess.run(command, capture_output=True, check=False, env=environment, text=True)
        assert done.returncode == 2
        assert len(done.stderr.splitlines()) == 1


def test_what_a_correction_took_back_is_not_returned_by_the_bank(city: City) -> None:
    sale = SALE.replace("LINE", '{"item":"ALM-RES"}').replace('"sale"', '"sale","id":"s"')
    check = sale.replace('"kind":"cash"', '"kind":"check","number":"1"')
    moved = (
        '{"do":"correct_tender","id":"c","by":"clerk1","receipt":"$s.receipt","from":"FROM","to":"TO",'
        '"reason":"Wrong tender","approved_by":"supervisor1"}'
    )
    back = '{"do":"returned_item","by":"accountant1","receipt":"$WHICH.receipt","tender":N,"bank_reason":"NSF"}'
    to_cash = moved.replace("FROM", "check").replace("TO", "cash")
    of_sale = back.replace("WHICH", "s").replace("N,", "1,")
    assert outcomes(city, OPEN, check, to_cash, of_sale) == ["ok", "ok", "ok", "ineligible"]
    to_check = moved.replace("FROM", "cash").replace('"TO"', '{"kind":"check","number":"7"}')
    first, second = (back.replace("WHICH", "c").replace("N,", f"{number},") for number in (1, 2))
    assert outcomes(city, sale, to_check, first, second) == ["ok", "ok", "bad_input", "ok"]


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_date_with_which_nothing_could_reckon_on_is_refused(sqlite_city: City, day: str) -> None:
    span = {"by": "auditor1", "from": min(day, "2026-07-14"), "to": max(day, "2026-07-14")}
    steps = [{"do": "evidence", **span}, {"do": "report", "name": "exceptions", **span}]
    assert outcomes(sqlite_city, *map(json.dumps, steps)) == ["bad_input", "bad_input"]
