"""Refunds, tender corrections and returned items through the counter script, on both engines."""

import json
from typing import Any

from csr_desk.services import replay
from csr_desk.services.verification import verify_url
from demo_city import City

OPEN = {"do": "open_drawer", "by": "clerk1", "drawer": "HPC-1", "float": {"20.00": 10}, "id": "d"}
ALARM = {"do": "sale", "by": "clerk1", "lines": [{"item": "ALM-RES"}], "demo_inputs": True}
COUNTED = {"do": "count", "by": "clerk1"}


def play(city: City, *steps: dict[str, Any]) -> list[dict[str, Any]]:
    """Play steps; return their outcomes as data, all as expected."""
    text = "\n".join(json.dumps(step) for step in steps)
    outcomes = list(replay.run(city.desk, replay.read_script(text.encode())))
    assert [one.surprise for one in outcomes if one.surprise] == []
    assert verify_url(city.url).first_fault is None
    return [one.as_data() for one in outcomes]


def test_a_check_keyed_as_cash_is_moved_and_the_count_agrees(city: City) -> None:
    correct = {"do": "correct_tender", "by": "clerk1", "receipt": "$s.receipt", "from": "cash", "reason": "was a check"}
    right = {**correct, "to": {"kind": "check", "number": "77"}}
    done = play(
        city,
        OPEN,
        {**ALARM, "id": "s", "tenders": [{"kind": "cash", "amount": "60.00"}]},
        {**ALARM, "id": "card", "tenders": [{"kind": "card", "last4": "1881"}]},
        {"do": "stop_selling", "by": "clerk1"},
        {**right, "expect_error": "approval_required"},
        {**right, "approved_by": "clerk1", "expect_error": "self_approval"},
        {**right, "to": "cash", "approved_by": "supervisor1", "expect_error": "bad_input"},
        {**right, "from": "money_order", "approved_by": "supervisor1", "expect_error": "bad_input"},
        {**right, "from": "gold", "approved_by": "supervisor1", "expect_error": "bad_input"},
        {**right, "to": "card", "approved_by": "supervisor1", "expect_error": "ineligible"},
        {**right, "receipt": "$card.receipt", "from": "card", "approved_by": "supervisor1",
         "expect_error": "ineligible"},
        {**right, "reason": "", "approved_by": "supervisor1", "expect_error": "missing_input"},
        {**right, "by": "clerk2", "approved_by": "supervisor1", "expect_error": "not_permitted"},
        {**right, "approved_by": "supervisor1", "key": "k", "expect": {"receipt": "HPC1-0000003", "total": "0.00"}},
        {**right, "approved_by": "supervisor1", "key": "k", "expect": {"receipt": "HPC1-0000003"}},
        {**right, "approved_by": "supervisor1", "expect_error": "ineligible"},
        {**COUNTED, "cash": {"20.00": 10}, "check": {"items": 1, "total": "50.00"},
         "card": {"items": 1, "total": "50.00"},
         "expect": {"agrees": {"cash": True, "check": True, "card": True}, "items_agree": {"check": True}}},
        {"do": "submit_count", "by": "clerk1"},
        {"do": "accept_batch", "by": "supervisor1", "batch": "$d.batch"},
        {"do": "deposit", "by": "clerk1", "batches": ["$d.batch"], "bag": "1", "verified_by": "supervisor1",
         "expect": {"cash": "0.00", "checks": "50.00", "items": 1, "listed": [{"number": "77", "amount": "50.00"}]}},
        {**right, "approved_by": "supervisor1", "expect_error": "batch_closed"},
    )  # fmt: skip
    assert done[13]["result"]["postings"] == [
        {"account": "1000.9900010001.101010", "side": "credit", "amount": "50.00"},
        {"account": "1000.9900010001.101020", "side": "debit", "amount": "50.00"},
    ]


def test_a_permit_is_refunded_by_its_published_rule_and_never_twice(city: City) -> None:
    # A building permit of 127.40: 90 % of what is above the minimum fee 91.06 -> 0.9 x 36.34 = 32.706 -> 32.70.
    refund = {"do": "refund", "by": "clerk1", "receipt": "$s.receipt", "lines": [{"line": 1}], "reason": "withdrawn"}
    paid = {**refund, "how": "cash", "approved_by": "supervisor1"}
    permit = [{"item": "BLD-STRUCT", "inputs": {"valuation": "21300.00"}}]
    play(
        city,
        OPEN,
        {**ALARM, "id": "s", "lines": permit, "tenders": [{"kind": "cash"}], "expect": {"total": "160.96"}},
        {**ALARM, "id": "alarm", "tenders": [{"kind": "cash"}]},
        {**refund, "how": "cash", "expect_error": "approval_required"},
        {**paid, "how": "seashells", "expect_error": "bad_input"},
        {**paid, "lines": [], "expect_error": "missing_input"},
        {**paid, "lines": [{"line": 2}], "expect_error": "bad_input"},
        {**paid, "lines": [{"line": 1, "quantity": 2}], "expect_error": "bad_input"},
        {**paid, "reason": "", "expect_error": "missing_input"},
        {**paid, "receipt": "$alarm.receipt", "expect_error": "ineligible"},
        {**paid, "key": "k", "expect": {"receipt": "HPC1-0000003", "amount": "32.70"}},
        {**paid, "key": "k", "expect": {"receipt": "HPC1-0000003", "amount": "32.70"}},
        {"do": "void", "by": "clerk1", "receipt": "$s.receipt", "reason": "why", "approved_by": "supervisor1",
         "expect_error": "ineligible"},
        {"do": "stop_selling", "by": "clerk1"},
        # 200.00 + 160.96 + 50.00 - 32.70 = 378.26
        {**COUNTED, "cash": {"100.00": 3, "50.00": 1, "20.00": 1, "5.00": 1, "1.00": 3, "0.25": 1, "0.01": 1},
         "expect": {"agrees": {"cash": True}}},
        {**paid, "expect_error": "counting"},
    )  # fmt: skip


def test_a_returned_check_is_owed_with_its_fee_and_touches_no_drawer(city: City) -> None:
    back = {"do": "returned_item", "by": "accountant1", "receipt": "$s.receipt", "tender": 1, "bank_reason": "NSF"}
    done = play(
        city,
        OPEN,
        {**ALARM, "id": "s", "tenders": [{"kind": "check", "amount": "40.00", "number": "5"}, {"kind": "cash"}]},
        {**back, "by": "clerk1", "expect_error": "not_permitted"},
        {**back, "tender": 2, "expect_error": "bad_input"},
        {**back, "bank_reason": "", "expect_error": "missing_input"},
        {**back, "key": "k", "expect": {"returned": "40.00", "fee": "24.00", "receivable": "64.00"}},
        {**back, "key": "k", "expect": {"returned": "40.00"}},
        {**back, "expect_error": "conflict"},
        {**COUNTED, "cash": {"20.00": 10, "10.00": 1}, "check": {"items": 1, "total": "40.00"},
         "expect": {"agrees": {"cash": True, "check": True}}},
    )  # fmt: skip
    assert done[5]["result"]["postings"] == [
        {"account": "1000.9900010001.121010", "side": "debit", "amount": "64.00"},
        {"account": "1000.9900010001.101000", "side": "credit", "amount": "40.00"},
        {"account": "1000.9900010001.434505", "side": "credit", "amount": "24.00"},
    ]
