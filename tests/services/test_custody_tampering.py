"""Funds, books, paper numbers and custodians are what the entries say: whoever changes a row is found out."""

from __future__ import annotations

import pytest

from csr_desk.services import replay
from demo_city import City
from services.test_state_tampering import behind_the_back

DAY = """
{"do":"set_fund","by":"accountant1","at":"2026-07-14T07:30","fund":"HPC-2","name":"Float",
 "amount":"150.00","authority":"Memo 7","drawer":"HPC-2"}
{"do":"issue_book","by":"supervisor1","book":"A","first":1,"last":3,"to":"clerk1"}
{"do":"issue_book","by":"supervisor1","book":"B","first":1,"last":1,"to":"clerk1"}
{"do":"return_book","by":"supervisor1","book":"B","reasons":{"1":"Blank"}}
{"do":"open_drawer","by":"clerk1","drawer":"HPC-1","float":{"20.00":10}}
{"do":"paper_sale","by":"clerk1","book":"A","number":1,"written":"2026-07-13",
 "demo_inputs":true,"lines":[{"item":"ALM-RES"}],"tenders":[{"kind":"check","number":"1"}]}
{"do":"void_paper","by":"clerk1","book":"A","number":2,"reason":"Blot","witness":"supervisor1"}
{"do":"hand_over","by":"clerk1","to":"clerk2","cash":{"20.00":10},"their_cash":{"20.00":10},
 "check":{"items":1,"total":"50.00"}}
"""


def play(city: City) -> None:
    """Play a morning; nothing in it surprises."""
    done = list(replay.run(city.desk, replay.read_script(DAY.replace("\n ", " ").encode())))
    assert [one.surprise for one in done if one.surprise] == []


def test_a_morning_that_nobody_touched_is_what_its_entries_say(city: City) -> None:
    play(city)
    assert behind_the_back(city) is None


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("UPDATE batch SET custodian_id = 'clerk1'", "its custodian id is clerk1, but the entries say clerk2"),
        ("UPDATE change_fund SET amount_minor = 9 WHERE fund_id = 'HPC-2'", "amount is 9, but the entries say 15000"),
        ("UPDATE change_fund SET custodian_id = 'clerk3' WHERE fund_id = 'HPC-2'", "its custodian id is clerk3"),
        ("UPDATE change_fund SET amount_minor = 9 WHERE fund_id = 'HPC-3'", "change fund HPC-3: its amount is 9"),
        ("UPDATE change_fund SET active = 0 WHERE fund_id = 'HPC-3'", "change fund HPC-3: its active is 0"),
        ("DELETE FROM change_fund WHERE fund_id = 'HPC-2'", "fund HPC-2 stands in the ledger, but its row is gone"),
        (
            "UPDATE drawer SET authorized_float_minor = 9 WHERE drawer_id = 'HPC-2'",
            "drawer HPC-2: its float is 9, but its change fund says 15000",
        ),
        ("UPDATE receipt_book SET last_no = 9 WHERE book_id = 'A'", "receipt book A: its last no is 9"),
        ("UPDATE receipt_book SET issued_to = 'clerk3' WHERE book_id = 'A'", "its issued to is clerk3"),
        ("UPDATE receipt_book SET state = 'issued' WHERE book_id = 'B'", "receipt book B: its state is issued"),
        ("UPDATE paper_receipt SET state = 'void' WHERE number = 1", "paper receipt A/1: its state is void"),
        ("DELETE FROM paper_receipt WHERE number = 2", "paper receipt A/2 stands in the ledger, but its row is gone"),
        ("UPDATE paper_receipt SET number = 3 WHERE number = 2", "paper receipt A/3 stands in no entry of the ledger"),
    ],
)  # fmt: skip
def test_a_row_of_custody_that_was_changed_is_named(city: City, change: str, fault: str) -> None:
    play(city)
    assert fault in str(behind_the_back(city, change))
