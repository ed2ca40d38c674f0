"""Open311 from the command line: a file in, the same file out, and a refusal that says why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.test_commands import run
from csr_desk.services.setup import demo_secret

ENV = {"CSR_DESK_SECRET": demo_secret("supervisor1")}
SERVICES = [{"service_code": "007", "service_name": "Street light", "type": "batch", "city_extra": 3}]
DEFINITION = {"service_code": "007", "attributes": [{"code": "POLE", "description": "Which pole?", "order": 1}]}
REQUESTS = [
    {
        "service_request_id": "A-1", "status": "open", "service_code": "007", "description": "Dark",
        "requested_datetime": "2026-07-13T10:00:00-05:00", "extra": {"x": [1, 2]},
    }
]  # fmt: skip


@pytest.fixture
def url(demo_sqlite: Path, tmp_path: Path) -> str:
    """Give a demo city on SQLite."""
    path = tmp_path / "city.sqlite"
    path.write_bytes(demo_sqlite.read_bytes())
    return f"sqlite:///{path}"


def test_files_of_another_system_come_in_and_go_out_as_they_came(url: str, tmp_path: Path) -> None:
    def call(*words: str) -> tuple[int, str, str]:
        return run("open311", *words, "--database", url, "--by", "supervisor1", env=ENV)

    names = {"services": SERVICES, "definition": DEFINITION, "requests": REQUESTS}
    for name, content in names.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    assert call("import", "services", str(tmp_path / "services.json")) == (0, "New or changed: 007.\n", "")
    assert call("import", "definition", str(tmp_path / "definition.json")) == (0, "New or changed: 007.\n", "")
    assert call("import", "services", str(tmp_path / "services.json"))[1] == "Nothing is new.\n"
    code, out, err = call("import", "requests", str(tmp_path / "requests.json"))
    assert (code, err) == (0, "")
    assert out == "A-1 is SR26-000001-9 here.\n1 new, 0 changed, 0 as they were, 0 refused.\n"
    out_file = tmp_path / "out.json"
    assert call("export", "services", str(out_file))[0] == 0
    assert json.loads(out_file.read_bytes()) == [{**SERVICES[0], "metadata": True}]  # it has questions now
    assert call("export", "definition", "007", str(out_file))[0] == 0
    assert json.loads(out_file.read_bytes()) == DEFINITION
    code, out, _ = call("export", "requests", str(out_file), "--from", "2026-07-01", "--to", "2026-07-31")
    assert (code, out) == (0, f"Wrote 1 requests to {out_file}; 0 about employees stay here.\n")
    assert json.loads(out_file.read_bytes()) == REQUESTS
    xml = tmp_path / "out.xml"
    assert call("export", "requests", str(xml), "--from", "2026-07-01")[0] == 0
    assert b"<service_request_id>A-1</service_request_id>" in xml.read_bytes()
    assert "1 as they were" in call("import", "requests", str(xml))[1]


def test_what_is_refused_is_said_and_the_command_ends_with_it(url: str, tmp_path: Path) -> None:
    path = tmp_path / "requests.json"
    path.write_text(json.dumps(REQUESTS), encoding="utf-8")
    told = run("open311", "import", "requests", str(path), "--database", url, "--by", "supervisor1", env=ENV)
    assert told[0] == 1
    assert "A-1: No service has the code “007”" in told[2]
    other = run("open311", "export", "services", "out.csv", "--database", url, "--by", "supervisor1", env=ENV)
    assert (other[0], ".json or .xml" in other[2]) == (2, True)
    clerk = {"CSR_DESK_SECRET": demo_secret("clerk1")}
    assert run("open311", "export", "services", "out.xml", "--database", url, "--by", "clerk1", env=clerk)[0] == 2
