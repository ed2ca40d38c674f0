"""Requests to the city's payables: made with the refund, completed, handed over once; what was changed is named."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import replace

import pytest
from sqlalchemy import create_engine, text

from csr_desk.data.engine import parse_address
from csr_desk.data.queries import entries
from csr_desk.domain.payables import same_person
from csr_desk.services import payables, replay
from csr_desk.services.verification import verify_url
from demo_city import City

DAY = """
{"do":"open_drawer","by":"clerk1","at":"2026-07-14T07:45","drawer":"HPC-1","float":{"20.00":10}}
{"do":"sale","id":"one","by":"clerk1","customer":"Ana Lopez",PERMIT,"tenders":[{"kind":"check","number":"1"}]}
{"do":"sale","id":"two","by":"clerk1","customer":"CALC",PERMIT,"tenders":[{"kind":"check","number":"2"}]}
{"do":"refund","by":"clerk1","receipt":"$one.receipt",BACK,"address":"1 Pine St"}
{"do":"refund","by":"clerk1","receipt":"$two.receipt",BACK}
{"do":"complete_payables","by":"accountant1","request":"P-HPC1-0000004","payee":"CALC","address":"2 Elm St"}
{"do":"send_payables","by":"accountant1","requests":["P-HPC1-0000004"]}
"""
for word, said in {
    "PERMIT": '"demo_inputs":true,"lines":[{"item":"BLD-STRUCT","inputs":{"valuation":"21300"}}]',
    "BACK": '"lines":[{"line":1}],"reason":"Not begun","approved_by":"supervisor1"',
    "CALC": "=cmd|'/C calc'!A0",
}.items():
    DAY = DAY.replace(word, said)


def play(city: City) -> None:
    """Play two refunds by payables, one of them completed and handed over."""
    done = list(replay.run(city.desk, replay.read_script(DAY.encode())))
    assert [one.surprise for one in done if one.surprise] == []


def behind_the_back(city: City, change: str) -> str | None:
    """Change the database as its owner would; return the first fault that verify names."""
    address = parse_address(city.url)
    city.desk.close()
    engine = create_engine(address)
    with engine.begin() as connection:
        connection.execute(text(change))
    engine.dispose()
    return verify_url(city.url).first_fault


def test_requests_that_nobody_touched_are_what_their_entries_say(city: City) -> None:
    play(city)
    assert behind_the_back(city, "UPDATE payables_request SET receipt = receipt") is None


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("UPDATE payables_request SET amount_minor = 9999", "its amount is 9999, but the entries say 3270"),
        ("UPDATE payables_request SET payee = 'Me' WHERE state = 'sent'", "its payee is Me, but the entries say =cmd"),
        ("UPDATE payables_request SET address = 'My house' WHERE state = 'ready'", "but the entries say 1 Pine St"),
        ("UPDATE payables_request SET state = 'ready'", "P-HPC1-0000004: its state is ready, but the entries say sent"),
        ("UPDATE payables_request SET sent_seq = NULL, sent_series = NULL", "its sent series is None"),
        ("UPDATE payables_request SET approved_by = 'supervisor2'", "its approved by is supervisor2"),
        (
            "DELETE FROM payables_request WHERE state = 'ready'",
            "P-HPC1-0000003 stands in the ledger, but its row is gone",
        ),
        ("UPDATE payables_request SET request_id = 'P-X' WHERE state = 'sent'", "P-X stands in no entry of the ledger"),
    ],
)
def test_a_request_that_was_changed_is_named(city: City, change: str, fault: str) -> None:
    play(city)
    assert fault in str(behind_the_back(city, change))


def test_a_list_is_csv_whose_fingerprint_stands_in_the_ledger_and_that_no_spreadsheet_runs(city: City) -> None:
    play(city)
    who = city.who("accountant1")
    assert [(one.request_id, one.state.value) for one in payables.open_requests(city.desk, who)] == [
        ("P-HPC1-0000003", "ready")
    ]
    command = payables.SendPayables(city.key())
    done = payables.send_payables(city.desk, who, command)
    again = payables.send_payables(city.desk, who, command)
    assert (again.value, again.replayed) == (done.value, True)
    content = payables.payables_csv(city.desk, done.value)
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8"))))
    assert [(row["payee"], row["address"], row["amount"], row["receipt"], row["refund"]) for row in rows] == [
        ("Ana Lopez", "1 Pine St", "32.70", "HPC1-0000001", "HPC1-0000003")
    ]
    with city.desk.read() as work:
        event = entries.event_of_key(work.conn, command.key)
    assert event is not None
    assert event.facts["sha256"] == hashlib.sha256(content).hexdigest()
    assert (event.facts["amount"], event.facts["requests"]) == (3270, ["P-HPC1-0000003"])
    assert payables.open_requests(city.desk, who) == ()
    sent = payables.request_of(city.desk, who, "HPC1-0000004")
    assert sent is not None
    assert b"'=cmd" in payables.payables_csv(city.desk, replace(done.value, requests=(sent,)))


def test_a_person_is_the_same_however_the_name_was_keyed() -> None:
    assert same_person("ana  lopez", "Ana Lopez · 713 555 0100")
    assert not same_person("Pedro Lopez", "Ana Lopez")
