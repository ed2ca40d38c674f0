"""No full bank account number is ever in the database, whatever was sold, held, listed, corrected or sent back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from csr_desk.data.engine import parse_address
from csr_desk.domain import chain
from csr_desk.domain.cart import CartLine
from csr_desk.domain.checks import MASK
from csr_desk.domain.errors import ApprovalNeeded, BadInput
from csr_desk.domain.people import Act
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import approvals, carts_held, replay, sell
from csr_desk.services.bank_accounts import account_hash, sealed
from csr_desk.services.lines import read_tender, write_tender
from csr_desk.services.verification import verify_url
from demo_city import City

BANK, ACCOUNT, OTHER = "113000023", "4471900253", "88812345670"
CHECK = Tender(TenderKind.CHECK, 5000, number="5512", routing=BANK, account=ACCOUNT)
ALARM = (CartLine("ALM-RES"),)
MICR = f"d{BANK}d {ACCOUNT}c 5512"
STEPS = f"""
{{"do":"open_drawer","by":"clerk1","drawer":"HPC-1","float":{{"20.00":10}}}}
{{"do":"sale","id":"a","by":"clerk1","lines":[LINE],"tenders":[{{"kind":"check","micr":"{MICR}"}}]}}
{{"do":"sale","by":"clerk1","lines":[LINE],"tenders":[{{"kind":"echeck","routing":"{BANK}","account":"{ACCOUNT}"}}]}}
{{"do":"sale","id":"h","by":"clerk1","hold":true,"lines":[LINE],"tenders":[{{"kind":"check","amount":"50.00",
 "micr":"{MICR}"}}]}}
{{"do":"sale","id":"c","by":"clerk1","lines":[LINE],"tenders":[{{"kind":"cash"}}]}}
{{"do":"correct_tender","by":"clerk1","receipt":"$c.receipt","from":"cash","to":{{"kind":"check","micr":"{MICR}"}},
 "reason":"It was a check","approved_by":"supervisor1"}}
{{"do":"sale","by":"clerk1","lines":[LINE],"tenders":[{{"kind":"check","number":"1","routing":"{BANK}",
 "account":"{ACCOUNT}","date":"2027-01-01"}}],"expect_error":"check_refused"}}
{{"do":"returned_item","by":"accountant1","receipt":"$a.receipt","tender":1,"bank_reason":"Insufficient funds"}}
{{"do":"list_check","by":"accountant1","reason":"forgery","routing":"{BANK}","account":"{OTHER}"}}
{{"do":"resume","by":"clerk1","held":"$h.held","approved_by":"supervisor1"}}
""".replace("[LINE]", '[{"item":"ALM-RES"}],"demo_inputs":true').replace("}}\n {{", "}} {{")


def script() -> bytes:
    """The steps, each on a line of its own."""
    return STEPS.replace("\n ", " ").encode()


def play(city: City) -> None:
    """Play them; nothing surprises."""
    done = list(replay.run(city.desk, replay.read_script(script())))
    assert [one.surprise for one in done if one.surprise] == []
    carts_held.save_draft(
        city.desk, city.who("clerk2"), carts_held.CartDraft(city.key(), ALARM, (CHECK, replace(CHECK, account=OTHER)))
    )


def test_no_file_of_the_database_holds_an_account_number(sqlite_city: City) -> None:
    play(sqlite_city)
    file = Path(sqlite_city.url.removeprefix("sqlite:///"))
    files = [path for path in file.parent.iterdir() if path.is_file()]
    assert file in files
    for path in files:  # the file itself, its journal, its log: as bytes, whatever row they belong to
        content = path.read_bytes()
        for number in (ACCOUNT, OTHER):
            assert number.encode() not in content, path.name
            assert number.encode("utf-16-le") not in content, path.name
    assert f"{MASK}0253".encode() in file.read_bytes() or any(f"{MASK}0253".encode() in p.read_bytes() for p in files)


def test_no_row_of_any_table_holds_an_account_number(city: City) -> None:
    play(city)
    engine = create_engine(parse_address(city.url))
    with engine.connect() as connection:
        for table in inspect(engine).get_table_names():
            for row in connection.execute(text(f'SELECT * FROM "{table}"')):  # noqa: S608 - names of our own tables
                told = repr(tuple(row))
                assert ACCOUNT not in told, table
                assert OTHER not in told, table
    engine.dispose()
    assert verify_url(city.url).first_fault is None


def test_a_draft_keeps_the_end_and_the_hash_of_an_account_and_gives_the_same_sale(sqlite_city: City) -> None:
    city = sqlite_city
    city.open()
    key, clerk = city.key(), city.who("clerk1")
    carts_held.save_draft(city.desk, clerk, carts_held.CartDraft(key, ALARM, (CHECK,)))
    draft = carts_held.load_draft(city.desk, clerk)
    assert draft is not None
    (kept,) = draft.tenders
    assert kept == sealed(city.desk, CHECK)
    assert (kept.account, kept.account_hash) == (f"{MASK}0253", account_hash(city.desk, BANK, ACCOUNT))
    # the sale was sent with the number in clear, the answer got lost, and the draft is sent again under the same key
    first = sell.complete_sale(city.desk, clerk, sell.CompleteSale(key, None, ALARM, (CHECK,), demo_inputs=True))
    again = sell.complete_sale(city.desk, clerk, sell.CompleteSale(key, None, ALARM, draft.tenders, demo_inputs=True))
    assert again.replayed
    assert again.value.number == first.value.number


def test_a_hash_names_an_account_only_under_the_key_of_its_office(sqlite_city: City) -> None:
    desk = sqlite_city.desk
    known = account_hash(desk, BANK, ACCOUNT)
    assert known == chain.account_hash(desk.store.key, BANK, ACCOUNT)
    assert len(known) == 64
    assert known == account_hash(desk, BANK, f"00-{ACCOUNT}")
    assert known != account_hash(desk, "111000025", ACCOUNT)
    assert known != chain.account_hash(b"another office", BANK, ACCOUNT)


@pytest.mark.parametrize(
    "data",
    [
        {"kind": "check", "amount": "50.00", "number": "5512", "routing": BANK, "account": ACCOUNT},
        {"kind": "check", "number": "1", "date": "2026-07-14", "flags": ["foreign", "altered"], "drawn_by": "A. Reyes"},
        {"kind": "cash", "amount": "1.00"},
    ],
)
def test_a_tender_that_is_written_is_read_back(data: dict[str, object]) -> None:
    tender = read_tender(data)
    assert read_tender(json.loads(json.dumps(write_tender(tender)))) == tender


def test_a_line_of_a_check_is_not_kept_and_a_script_brings_no_hash_along() -> None:
    tender = read_tender({"kind": "check", "micr": MICR})
    assert (tender.number, tender.routing, tender.account) == ("5512", BANK, ACCOUNT)
    assert "micr" not in write_tender(tender)
    with pytest.raises(BadInput):
        read_tender({"kind": "check", "account_hash": "00"})


def test_two_supervisors_do_not_share_one_receipt(sqlite_city: City) -> None:
    city = sqlite_city
    key, desk = "sale", city.desk
    needed = [(Act.OVERRIDE_PRICE, key, 4000), (Act.TAKE_LISTED_CHECK, key, 5000)]
    price, other = city.yes(Act.OVERRIDE_PRICE, key, 4000), city.yes(Act.TAKE_LISTED_CHECK, key, 5000, "supervisor2")
    clerk = city.who("clerk1")
    with pytest.raises(BadInput, match="One person approves all"):
        approvals.require_all(desk, (price, other), clerk, needed)
    same = city.yes(Act.TAKE_LISTED_CHECK, key, 5000)
    assert approvals.require_all(desk, (same, price), clerk, needed) == (price, same)


def test_an_approval_of_another_amount_is_asked_for_again(sqlite_city: City) -> None:
    city = sqlite_city
    needed = [(Act.TAKE_LISTED_CHECK, "sale", 5000)]
    for given in (None, (), city.yes(Act.TAKE_LISTED_CHECK, "sale", 4999), city.yes(Act.VOID, "sale", 5000)):
        with pytest.raises(ApprovalNeeded) as asked:
            approvals.require_all(city.desk, given, city.who("clerk1"), needed)
        assert (asked.value.act, asked.value.amount) == ("take_listed_check", 5000)
