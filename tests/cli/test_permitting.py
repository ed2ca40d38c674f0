"""Permits from the command line, in the demonstration city as it is made: its paper's code is the city's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cli.test_commands import run
from csr_desk.domain.permit_statement import PermitCode
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import demo_people, demo_projects, drawers, permit_papers, permits, sell, staff
from csr_desk.services.desk import open_desk
from csr_desk.services.lines import OrderLine
from csr_desk.services.setup import demo_secret
from demo_city import FLOAT

ADMIN = {"CSR_DESK_SECRET": demo_secret("admin1")}
CLERK = {"CSR_DESK_SECRET": demo_secret("clerk1")}


@pytest.fixture
def url(demo_sqlite: Path, tmp_path: Path) -> str:
    """The demo city with its people and building sites, as ``csr-desk demo`` makes it."""
    path = tmp_path / "city.sqlite"
    path.write_bytes(demo_sqlite.read_bytes())
    demo_people.fill(f"sqlite:///{path}")
    demo_projects.fill(f"sqlite:///{path}")
    return f"sqlite:///{path}"


def sold(url: str) -> tuple[str, str]:
    """Pay for the driveway of the demo; give the permit's number and the code on its paper."""
    desk = open_desk(url)
    try:
        clerk = staff.person(desk, "clerk1")
        drawers.open_drawer(desk, clerk, drawers.OpenDrawer("open", "HPC-1", FLOAT))
        due = (OrderLine("project", "26-000003"),)
        command = sell.CompleteSale("pay", None, due, (Tender(TenderKind.CHECK, number="7"),))
        receipt = sell.complete_sale(desk, clerk, command).value
        number = permits.numbers_of(desk, receipt.key)[0]
        return number, permit_papers.permit_paper(desk, clerk, number).code
    finally:
        desk.close()


def test_a_permit_of_the_demo_city_is_verified_without_its_database(url: str, tmp_path: Path) -> None:
    number, code = sold(url)
    keys, paper = tmp_path / "keys.json", tmp_path / "permit.pdf"
    ended, out, err = run("permit-key", "export", "--database", url, "--by", "admin1", "--out", str(keys), env=ADMIN)
    assert (ended, err) == (0, "")
    assert "public keys" in out
    told = run("permit", number, "--database", url, "--by", "clerk1", "--out", str(paper), env=CLERK)
    assert told[0] == 0
    assert paper.read_bytes().startswith(b"%PDF")
    ended, out, err = run("verify-permit", "--keys", str(keys), code, "--on", "2026-07-14")
    assert (ended, err) == (0, "")
    assert f"Permit: {number}" in out
    assert "OK: The city issued it as it stands here." in out
    read = PermitCode.of(code)
    forged = replace(read.statement, site="5516 Almeda Rd").code(read.key, read.signature)
    ended, _out, err = run("verify-permit", "--keys", str(keys), forged, "--on", "2026-07-14")
    assert ended == 1
    assert "NOT OK: The signature is not the city’s" in err
