"""Why some things may change unnoticed (``tampering/free.py``): the reasons hold, or the list would be a way in."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from csr_desk.data.verify import verify
from csr_desk.services import customer_merging, customers, replay, setup, staff
from csr_desk.services.desk import Desk, open_desk

NOTED = (
    {"do": "customer", "id": "a", "by": "clerk1", "name": "Alma Reyes"},
    {"do": "account", "by": "clerk1", "number": "0041-2277-9", "customer": "$a.customer", "service": "water"},
    {"do": "customer", "id": "b", "by": "clerk1", "name": "Alma Reyes Quintero"},
    {"do": "merge_customers", "by": "supervisor1", "keep": "$a.customer", "joined": "$b.customer", "reason": "Licence"},
    {"do": "open_drawer", "by": "clerk1", "drawer": "HPC-1", "at": "2026-07-14T07:45", "float": {"20.00": 10}},
    {"do": "note", "by": "clerk1", "customer": "$a.customer", "level": "stop", "words": "Call first"},
)  # fmt: skip
BUYS = {"do": "sale", "by": "clerk1", "customer_id": "$a.customer", "tenders": [{"kind": "cash"}],
        "lines": [{"item": "ALM-RES", "demo_inputs": True}]}  # fmt: skip
HELD = {"do": "place_hold", "by": "supervisor1", "customer": "$a.customer", "words": "Owes a judgment"}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    """Make an office with two records of one person and a note that stops nobody."""
    url = f"sqlite:///{tmp_path / 'office.sqlite'}"
    setup.make_demo_office(url, key_folder=tmp_path / "keys")
    desk = open_desk(url, key_folder=tmp_path / "keys")
    yield desk
    desk.close()


def played(desk: Desk, *lines: Mapping[str, object]) -> list[replay.Outcome]:
    """Play lines; none may end otherwise than it says."""
    script = "\n".join(json.dumps(dict(line)) for line in lines)
    done = list(replay.run(desk, replay.read_script(script.encode())))
    assert [f"{one.do}: {one.error or one.surprise}" for one in done if one.surprise] == []
    return done


def behind_the_back(desk: Desk, statement: str) -> list[tuple[object, ...]]:
    """Change the file as an administrator does."""
    with contextlib.closing(sqlite3.connect(str(desk.store.file), isolation_level=None)) as link:
        return link.execute(statement).fetchall()


def test_a_note_stops_no_sale_and_a_hold_does(office: Desk) -> None:
    played(office, *NOTED, BUYS, HELD, {**BUYS, "expect_error": "approval_required"})


def test_a_customer_whom_another_program_put_in_is_found_when_somebody_looks(office: Desk) -> None:
    played(office, *NOTED)
    columns = "customer_id, name, address, phone, email, language"
    behind_the_back(office, f"INSERT INTO customer ({columns}) VALUES ('X', 'Zoe Quill', '', '', '', '')")  # noqa: S608
    assert verify(office.store).first_fault is None
    found = customers.find_customers(office, staff.person(office, "clerk1"), "quill zoe")
    assert [hit.number for hit in found.hits] == ["X"]
    assert verify(office.store).first_fault is None


def test_who_is_parted_is_filed_anew_whatever_row_they_had(office: Desk) -> None:
    played(office, *NOTED)
    behind_the_back(office, "UPDATE customer SET search_row = NULL WHERE merged_into IS NOT NULL")
    assert verify(office.store).first_fault is None
    ((joined,),) = behind_the_back(office, "SELECT customer_id FROM customer WHERE merged_into IS NOT NULL")
    command = customer_merging.PartCustomers("apart", str(joined), "Two sisters")
    customer_merging.part_customers(office, staff.person(office, "supervisor1"), command)
    found = customers.find_customers(office, staff.person(office, "clerk1"), "quintero")
    assert [hit.number for hit in found.hits] == [joined]
    assert verify(office.store).first_fault is None
