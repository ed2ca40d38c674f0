"""A correction lets nothing in that the sale would have refused: returned items, listed checks, tenders not taken."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from csr_desk.services import replay
from csr_desk.services.verification import verify_url
from demo_city import City

OPEN: dict[str, Any] = {"do": "open_drawer", "by": "clerk1", "drawer": "HPC-1", "float": {"20.00": 10}}
ALARM: dict[str, Any] = {"do": "sale", "by": "clerk1", "demo_inputs": True, "lines": [{"item": "ALM-RES"}]}
CHECK: dict[str, Any] = {"kind": "check", "number": "77", "routing": "113000023", "account": "4471900253"}
CARD = "4111111111111111"
CORRECT: dict[str, Any] = {"do": "correct_tender", "by": "clerk1", "from": "cash", "reason": "It was the other"}
RETURNED: tuple[dict[str, Any], ...] = (
    # a check of 50.00 that came back with its fee of 24.00: 74.00 are owed
    {**ALARM, "id": "bad", "tenders": [CHECK]},
    {"do": "returned_item", "by": "accountant1", "receipt": "$bad.receipt", "tender": 1, "bank_reason": "NSF",
     "id": "n"},
)  # fmt: skip


def play(city: City, *steps: dict[str, Any]) -> list[dict[str, Any]]:
    """Play steps; return their outcomes as data, all as expected, and the ledger whole."""
    script = "\n".join(json.dumps(step) for step in steps)
    outcomes = list(replay.run(city.desk, replay.read_script(script.encode())))
    assert [(one.surprise, one.error) for one in outcomes if one.surprise] == []
    assert verify_url(city.url).first_fault is None
    return [one.as_data() for one in outcomes]


def test_cash_that_repaid_a_returned_item_does_not_become_a_check(city: City) -> None:
    again = {**CHECK, "account": "999900253", "number": "78"}
    repaid = {"do": "sale", "by": "clerk1", "lines": [{"bill": "$n.bill"}], "tenders": [{"kind": "cash"}], "id": "p"}
    correct = {**CORRECT, "receipt": "$p.receipt", "approved_by": "supervisor1"}
    play(
        city,
        OPEN,
        *RETURNED,
        {**repaid, "expect": {"total": "74.00"}},
        {**correct, "to": again, "expect_error": "tender_refused"},
        # certified funds repay as cash does
        {**correct, "to": {"kind": "money_order", "number": "M-1"}, "expect": {"kind": "tender_corrected"}},
    )


def test_a_check_is_not_applied_anew_to_a_returned_item(city: City) -> None:
    # 74.00 paid by check on a bill, meant for the returned item, which only cash and certified funds repay
    play(
        city,
        OPEN,
        *RETURNED,
        {"do": "bill", "by": "clerk1", "account": "$n.account", "number": "W-1", "amount": "74.00", "description": "x"},
        {"do": "sale", "by": "clerk1", "lines": [{"bill": "W-1"}], "tenders": [{"kind": "check", "number": "9"}],
         "id": "p"},
        {"do": "reapply", "by": "clerk1", "receipt": "$p.receipt", "lines": [{"bill": "$n.bill"}], "reason": "x",
         "approved_by": "supervisor1", "expect_error": "tender_refused"},
    )  # fmt: skip


def test_a_check_of_a_listed_account_needs_its_override_in_a_correction_too(city: City) -> None:
    correct = {**CORRECT, "receipt": "$s.receipt", "to": CHECK}
    ask = {"do": "ask_approval", "by": "clerk1", "act": "correct_tender", "subject": "$s.receipt", "amount": "50.00"}
    done = play(
        city,
        OPEN,
        *RETURNED,
        {**ALARM, "id": "s", "tenders": [{"kind": "cash"}]},
        {**ask, "id": "q"},
        {"do": "decide_approval", "by": "supervisor1", "request": "$q.request", "yes": True},
        # the yes to the correction says nothing of the list
        {**correct, "request": "$q.request", "expect_error": "approval_required"},
        {**correct, "approved_by": "supervisor1", "id": "c", "expect": {"kind": "tender_corrected"}},
    )
    with city.desk.read() as work:
        kept = work.conn.exec_driver_sql("SELECT act FROM approval WHERE used_series = 'HPC-1' ORDER BY act").scalars()
        facts = work.conn.exec_driver_sql(
            "SELECT facts FROM ledger_event WHERE kind = 'tender_corrected' AND series_id = 'HPC-1'"
        ).scalar_one()
        assert list(kept) == ["correct_tender", "take_listed_check"]
    assert json.loads(facts)["listed_checks"] == [done[2]["result"]["listed"]]


def test_a_tender_that_the_office_does_not_take_does_not_come_in_by_a_correction(city: City) -> None:
    play(
        city,
        {"do": "set_policy", "by": "admin1", "tenders": ["cash", "check"]},
        OPEN,
        {**ALARM, "id": "s", "tenders": [{"kind": "cash"}]},
        {**CORRECT, "receipt": "$s.receipt", "to": {"kind": "money_order", "number": "M-1"},
         "approved_by": "supervisor1", "expect_error": "tender_refused"},
    )  # fmt: skip


def test_a_check_listed_after_it_was_taken_is_no_finding_when_its_receipt_is_applied_anew(city: City) -> None:
    # two checks of one account; the first comes back, which lists it; then the other's receipt is applied anew
    anew = {"do": "reapply", "by": "clerk1", "receipt": "$s.receipt", "reason": "Wrong house", "demo_inputs": True}
    met = {"controls": {"15": {"status": "met"}}}
    play(
        city,
        {**OPEN, "at": "2026-07-14T08:00"},
        {**ALARM, "id": "s", "tenders": [{**CHECK, "number": "76"}]},
        *RETURNED,
        {"do": "evidence", "by": "auditor1", "expect": met},
        {**anew, "at": "2026-07-14T09:00", "lines": [{"item": "ALM-RES"}], "approved_by": "supervisor1"},
        {"do": "evidence", "by": "auditor1", "expect": met},
    )


@pytest.mark.parametrize(
    "step",
    [
        {"do": "issue_book", "by": "supervisor1", "book": CARD, "first": 1, "last": 9, "to": "clerk1"},
        {"do": "set_fund", "by": "accountant1", "fund": CARD, "name": "n", "amount": "9.00", "authority": "a"},
        {"do": "set_person", "by": "admin1", "user": CARD, "name": "N", "role": "clerk", "secret": "a long secret"},
        {"do": "mail_notice", "by": "accountant1", "item": "$n.item", "mail_number": CARD, "mailed_on": "2026-07-14"},
    ],
)
def test_no_name_or_number_is_that_of_a_card(city: City, step: dict[str, Any]) -> None:
    play(city, {**OPEN, "at": "2026-07-14T08:00"}, *RETURNED, {**step, "expect_error": "card_number_refused"})


@pytest.mark.parametrize("others", ["check", ["check"], {"cheque": {"items": 0, "total": "0.00"}}])
def test_a_count_of_others_that_cannot_be_read_is_refused_rather_than_passed_over(city: City, others: object) -> None:
    count = {"do": "surprise_count", "by": "supervisor1", "drawer": "HPC-1", "cash": {"20.00": 10}}
    play(city, OPEN, {**count, "others": others, "signed_by": "clerk1", "expect_error": "bad_input"})


def test_a_tender_that_an_item_is_not_sold_for_does_not_come_in_by_a_correction(sqlite_city: City) -> None:
    desk = sqlite_city.desk
    for_cash = replace(desk.catalogue.items["ALM-RES"], tenders=frozenset({"cash", "money_order"}))
    desk.catalogue = replace(desk.catalogue, items={**desk.catalogue.items, "ALM-RES": for_cash})
    correct = {**CORRECT, "receipt": "$s.receipt", "approved_by": "supervisor1"}
    play(
        sqlite_city,
        OPEN,
        {**ALARM, "id": "s", "tenders": [{"kind": "cash"}]},
        {**correct, "to": {"kind": "check", "number": "9"}, "expect_error": "tender_refused"},
        {**correct, "to": {"kind": "money_order", "number": "9"}, "expect": {"kind": "tender_corrected"}},
    )
