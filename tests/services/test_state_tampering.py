"""What the tables of the present say must be what the entries made of them: whoever changes them is found out."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine, text

from csr_desk.data.engine import parse_address
from csr_desk.services import replay
from csr_desk.services.verification import verify_url
from demo_city import City

DAY = """
{"do":"set_policy","by":"admin1","at":"2026-07-14T07:30","tolerance":"2.00"}
{"do":"open_drawer","id":"b","by":"clerk1","drawer":"HPC-1","float":{"20.00":10}}
{"do":"customer","id":"c","by":"clerk1","name":"Alma Reyes"}
{"do":"account","by":"clerk1","number":"0041","customer":"$c.customer"}
{"do":"bill","by":"clerk1","account":"0041","number":"77","items":[{"description":"Water","amount":"64.37"}]}
{"do":"sale","by":"clerk1","lines":[{"bill":"77","amount":"20.00"}],"tenders":[{"kind":"cash"}]}
{"do":"drop","by":"clerk1","cash":{"20.00":1},"witness":"supervisor1","bag":"B1"}
{"do":"count","by":"clerk1","cash":{"20.00":10}}
{"do":"submit_count","by":"clerk1"}
{"do":"accept_batch","by":"supervisor1","batch":"$b.batch"}
{"do":"deposit","id":"d","by":"clerk1","batches":["$b.batch"],"bag":"B2","verified_by":"supervisor1"}
{"do":"confirm_deposit","by":"accountant1","deposit":"$d.deposit","bank_date":"2026-07-15","bank_amount":"20.00"}
{"do":"close_day","by":"supervisor1","business_date":"2026-07-14"}
"""


def play(city: City) -> None:
    """Play a whole day; nothing in it surprises."""
    done = list(replay.run(city.desk, replay.read_script(DAY.encode())))
    assert not [one.surprise for one in done if one.surprise]


def behind_the_back(city: City, *changes: str) -> str | None:
    """Change the database as its owner would; return the first fault that verify names."""
    address = parse_address(city.url)
    city.desk.close()
    engine = create_engine(address)
    with engine.begin() as connection:
        for change in changes:
            connection.execute(text(change))
    engine.dispose()
    return verify_url(city.url).first_fault


def test_a_day_that_nobody_touched_is_what_its_entries_say(city: City) -> None:
    play(city)
    assert behind_the_back(city) is None


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("UPDATE batch SET attempts = 0", "batch HPC-1-20260714-1: its attempts is 0, but the entries say 1"),
        ("UPDATE batch SET z_number = 7", "its z number is 7, but the entries say 1"),
        ("UPDATE batch SET deposit_id = NULL", "its deposit id is None"),
        ("UPDATE deposit SET cash_minor = 1900", "deposit HPC-20260714-1: its cash is 1900, but the entries say 2000"),
        ("UPDATE deposit SET bank_minor = 1900", "its bank is 1900"),
        ("UPDATE deposit SET state = 'prepared'", "its state is prepared, but the entries say confirmed"),
        ("UPDATE deposit SET bag = 'B3'", "its bag is B3"),
        (
            "UPDATE bill SET paid_minor = 6437, state = 'paid'",
            "bill 77 of account 0041 is not paid as its receipts say",
        ),
        ("UPDATE series SET last_z = 9 WHERE series_id = 'HPC-1'", "Z reports end at 1, but 9 were numbered"),
        ("UPDATE policy SET body = replace(body, '2.00', '9.00')", "version 1 of the settings"),
        ("DELETE FROM policy", "version 1 of the settings"),
        ("UPDATE approval SET approver_id = 'supervisor2'", "is not the one that series"),
        (
            "INSERT INTO day (business_date, office_id, state) VALUES ('2026-07-20', 'HPC', 'closed')",
            "the business day 2026-07-20 is closed, but no entry says so",
        ),
    ],
)
def test_a_row_of_the_present_that_was_changed_is_named(city: City, change: str, fault: str) -> None:
    play(city)
    assert fault in str(behind_the_back(city, change))


def test_a_closed_day_that_was_opened_again_is_named(sqlite_city: City) -> None:
    play(sqlite_city)
    engine = create_engine(parse_address(sqlite_city.url))
    with engine.connect() as connection:
        guard = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = 'day_update'")).scalar_one()
    engine.dispose()
    said = behind_the_back(sqlite_city, "DROP TRIGGER day_update", "UPDATE day SET state = 'open'", guard)
    assert said == "the business day 2026-07-14 is open, but the entries say closed"


@pytest.mark.parametrize("table", ["ledger_note", "series", "staff"])
def test_a_table_that_somebody_dropped_is_a_fault_in_words(city: City, table: str) -> None:
    play(city)
    dropped = f"DROP TABLE {table}" + (" CASCADE" if city.url.startswith("postgresql") else "")
    changes = ["PRAGMA foreign_keys=OFF"] if city.url.startswith("sqlite") else []
    assert "damaged or cannot be read" in str(behind_the_back(city, *changes, dropped))
