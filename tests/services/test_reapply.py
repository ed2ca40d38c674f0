"""A receipt applied anew keeps every cent: same tenders, same fees and rounding, books and bills that close."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import text

from csr_desk.services import replay
from csr_desk.services.verification import verify_url
from demo_city import City

OPEN: dict[str, Any] = {"do": "open_drawer", "by": "clerk1", "drawer": "HPC-1", "float": {"20.00": 10}, "id": "d"}


def play(city: City, *steps: dict[str, Any]) -> list[dict[str, Any]]:
    """Play steps; return their outcomes as data, all as expected, and the ledger whole."""
    script = "\n".join(json.dumps(step) for step in steps)
    outcomes = list(replay.run(city.desk, replay.read_script(script.encode())))
    assert [(one.surprise, one.error) for one in outcomes if one.surprise] == []
    assert verify_url(city.url).first_fault is None
    return [one.as_data() for one in outcomes]


def booked(city: City, bill: str) -> dict[str, int]:
    """What each account got from the payments of a bill, less those taken back (cents)."""
    with city.desk.read() as work:
        rows = work.conn.execute(
            text(
                "SELECT account, SUM(-p.amount_minor) AS cents FROM ledger_line AS l JOIN ledger_posting AS p"
                " ON p.series_id = l.series_id AND p.seq = l.seq AND p.line_n = l.n"
                " WHERE l.reference = :bill GROUP BY account"
            ),
            {"bill": bill},
        )
        return {row.account: int(row.cents) for row in rows if row.cents}


def test_a_receipt_applied_anew_keeps_its_rounding_change_and_card_fee(city: City) -> None:
    # 62.66 + 33.56 administrative fee = 96.22: 20.00 by card (fee 1.50), 76.22 in cash, rounded to 76.20 of 80.00.
    # The same lines again come to the same total; every figure of the second receipt is that of the first.
    sale = {"do": "sale", "by": "clerk1", "demo_inputs": True, "id": "s", "lines": [{"item": "WTR-TEST"}]}
    tenders = [{"kind": "card", "amount": "20.00", "last4": "1881"}, {"kind": "cash", "amount": "80.00"}]
    anew = {"do": "reapply", "by": "clerk1", "receipt": "$s.receipt", "reason": "Wrong meter", "demo_inputs": True}
    done = play(
        city,
        {"do": "set_policy", "by": "admin1", "rounding": "nearest"},
        OPEN,
        {**sale, "tenders": tenders, "expect": {"total": "96.22", "rounding": "-0.02", "change": "3.80"}},
        {**anew, "lines": [{"item": "WTR-TEST"}], "approved_by": "supervisor1", "id": "r"},
        {"do": "void", "by": "clerk1", "receipt": "$r.receipt", "reason": "Keyed twice", "approved_by": "supervisor1"},
        {"do": "count", "by": "clerk1", "cash": {"20.00": 10}, "expect": {"agrees": {"cash": True}}},
    )
    first, second = done[2]["result"], done[3]["result"]
    same = ("total", "tender_fees", "rounding", "change", "collected", "tenders", "postings", "lines")
    assert {name: first[name] for name in same} == {name: second[name] for name in same}
    assert second["taken_back"]["reverses"] == first["receipt"]


def test_a_moved_payment_leaves_service_fee_and_rounding_where_they_were_taken(city: City) -> None:
    # 50.00 by card with a fee of 1.50, applied the next day to another alarm permit: 50.00 moves, the fee stays.
    sale = {"do": "sale", "by": "clerk1", "demo_inputs": True, "lines": [{"item": "ALM-RES"}]}
    anew = {"do": "reapply", "by": "clerk1", "receipt": "$s.receipt", "reason": "Wrong house", "demo_inputs": True}
    done = play(
        city,
        {**OPEN, "at": "2026-07-14T08:00"},
        {**sale, "id": "s", "tenders": [{"kind": "card", "last4": "1881"}], "expect": {"tender_fees": "1.50"}},
        {"do": "count", "by": "clerk1", "cash": {"20.00": 10}},
        {"do": "submit_count", "by": "clerk1"},
        {"do": "accept_batch", "by": "supervisor1", "batch": "$d.batch"},
        {**OPEN, "at": "2026-07-15T08:00", "id": "e"},
        {**anew, "lines": [{"item": "ALM-RES"}], "approved_by": "supervisor1", "id": "m"},
        {"do": "count", "by": "clerk1", "cash": {"20.00": 10}, "expect": {"agrees": {"cash": True}}},
    )
    moved = done[6]["result"]
    sums: dict[str, int] = {}
    for posting in [*moved["postings"], *moved["taken_back"]["postings"]]:
        cents = int(posting["amount"].replace(".", "")) * (1 if posting["side"] == "debit" else -1)
        sums[posting["account"]] = sums.get(posting["account"], 0) + cents
    assert set(sums.values()) == {0}  # from one permit to another of the same kind: every account as it was
    assert (moved["total"], moved["tender_fees"], moved["taken_back"]["tender_fees"]) == ("50.00", "0.00", "0.00")


def test_what_was_moved_is_refunded_by_payables_only(city: City) -> None:
    permit = [{"item": "BLD-STRUCT", "inputs": {"valuation": "21300"}}]
    sale = {
        "do": "sale",
        "by": "clerk1",
        "demo_inputs": True,
        "lines": permit,
        "tenders": [{"kind": "cash"}],
        "id": "s",
    }
    anew = {"do": "reapply", "by": "clerk1", "receipt": "$s.receipt", "reason": "Wrong house", "demo_inputs": True}
    refund = {"do": "refund", "by": "clerk1", "receipt": "$m.receipt", "lines": [{"line": 1}], "reason": "Withdrawn"}
    play(
        city,
        {**OPEN, "at": "2026-07-14T08:00"},
        sale,
        {"do": "count", "by": "clerk1", "cash": {"20.00": 18, "0.25": 3, "0.10": 2, "0.01": 1}},
        {"do": "submit_count", "by": "clerk1"},
        {"do": "accept_batch", "by": "supervisor1", "batch": "$d.batch"},
        {**OPEN, "id": "e"},
        {**anew, "lines": permit, "approved_by": "supervisor1", "id": "m"},
        {**refund, "how": "cash", "approved_by": "supervisor1", "expect_error": "ineligible"},
        {**refund, "approved_by": "supervisor1", "expect": {"amount": "32.70", "tenders": [{"kind": "payables"}]}},
    )


def test_a_bill_whose_first_payment_was_taken_back_closes_with_each_account_exact(city: City) -> None:
    # 50.05 for each of two accounts. 50.05 paid: 25.03 and 25.02; the rest: 25.02 and 25.03. The first is voided under
    # the second, so the next 50.05 goes where it lacks: 25.03 and 25.02, and both accounts close with 50.05.
    pay = {"do": "sale", "by": "clerk1", "lines": [{"bill": "B-1", "amount": "50.05"}], "tenders": [{"kind": "cash"}]}
    items = [{"description": "Water", "amount": "50.05"}, {"item": "ALM-RES", "amount": "50.05"}]
    play(
        city,
        {"do": "customer", "by": "clerk1", "name": "Elena Petrova", "id": "c"},
        {"do": "account", "by": "clerk1", "number": "0077", "customer": "$c.customer"},
        {"do": "bill", "by": "clerk1", "account": "0077", "number": "B-1", "items": items},
        OPEN,
        {**pay, "id": "first"},
        pay,
        {
            "do": "void",
            "by": "clerk1",
            "receipt": "$first.receipt",
            "reason": "Keyed twice",
            "approved_by": "supervisor1",
        },
        {"do": "quote", "by": "clerk1", "lines": [{"bill": "B-1"}], "expect": {"total": "50.05"}},
        pay,
    )
    shares = booked(city, "B-1")
    assert sum(shares.values()) == 10010
    assert shares["1000.9900010001.121010"] == 5005


def test_a_later_payment_of_a_bill_is_spread_over_it_and_another(city: City) -> None:
    # W-1 is 64.37 + 6.26 = 70.63: first 20.63, then 50.00 by mistake, of which 10.00 was meant for W-1, 40.00 for W-2.
    # The 50.00 that are taken back stand in the books until the reversal is written; what W-1 lacks is reckoned
    # without them. In the end W-1 has 30.63, and 40.00 more close it with each account exact.
    words = {"do": "bill", "by": "clerk1", "account": "0077"}
    pay = {"do": "sale", "by": "clerk1", "tenders": [{"kind": "cash"}]}
    anew = {"do": "reapply", "by": "clerk1", "receipt": "$p.receipt", "reason": "Two bills"}
    right = [{"bill": "W-1", "amount": "10.00"}, {"bill": "W-2", "amount": "40.00"}]
    items = [{"description": "Water", "amount": "64.37"}, {"item": "WTR-CHGCUST"}]
    play(
        city,
        {"do": "customer", "id": "c", "by": "clerk1", "name": "Elena Petrova"},
        {"do": "account", "by": "clerk1", "number": "0077", "customer": "$c.customer", "service": "water"},
        {**words, "number": "W-1", "items": items, "expect": {"amount": "70.63"}},
        {**words, "number": "W-2", "items": [{"description": "Water", "amount": "100.00"}]},
        OPEN,
        {**pay, "lines": [{"bill": "W-1", "amount": "20.63"}]},
        {**pay, "lines": [{"bill": "W-1"}], "id": "p", "expect": {"total": "50.00"}},
        {**anew, "lines": right, "approved_by": "supervisor1", "expect": {"total": "50.00"}},
        {**pay, "lines": [{"bill": "W-1"}], "expect": {"total": "40.00"}},
    )
    assert sorted(booked(city, "W-1").values()) == [626, 6437]
    assert sum(booked(city, "W-2").values()) == 4000


def the_next_day(city: City, sold: dict[str, Any], *more: dict[str, Any]) -> None:
    """Sell something, have the drawer accepted, and go on on the next morning."""
    sale = {"do": "sale", "by": "clerk1", "demo_inputs": True, "id": "s", "tenders": [{"kind": "check", "number": "7"}]}
    play(
        city,
        {**OPEN, "at": "2026-07-14T08:00"},
        {**sale, "lines": [sold]},
        {"do": "count", "by": "clerk1", "cash": {"20.00": 10}, "check": {"items": 1, "total": "$s.total"}},
        {"do": "submit_count", "by": "clerk1"},
        {"do": "accept_batch", "by": "supervisor1", "batch": "$d.batch"},
        {**OPEN, "at": "2026-07-15T08:00", "id": "e"},
        *more,
    )


ANEW = {
    "do": "reapply", "by": "clerk1", "receipt": "$s.receipt", "reason": "Wrong house", "demo_inputs": True,
    "approved_by": "supervisor1",
}  # fmt: skip


def test_a_receipt_is_not_applied_to_an_order(city: City) -> None:
    order = {"do": "prepare_order", "by": "clerk1", "demo_inputs": True, "lines": [{"item": "ALM-RES"}], "id": "o"}
    anew = {**ANEW, "lines": [{"order": "$o.order"}]}
    the_next_day(city, {"item": "ALM-RES"}, order, {**anew, "expect_error": "bad_input"})


def test_a_receipt_is_not_applied_to_the_permit_of_a_contractor_whose_licence_ran_out(city: City) -> None:
    wired = {"item": "ELE-RECON", "inputs": {"contractor_license": "TECL 33871"}}
    paper = {"do": "contractor_paper", "by": "clerk1", "contractor": "$k.contractor", "kind": "licence"}
    the_next_day(
        city,
        {"item": "ELE-RECON"},
        {"do": "customer", "id": "v", "by": "clerk1", "name": "Bayou Volt Electric LLC", "kind": "firm"},
        {"do": "contractor", "id": "k", "by": "clerk1", "customer": "$v.customer", "trades": ["electrical"]},
        {**paper, "trade": "electrical", "number": "TECL 33871", "expires": "2026-07-14"},
        {**ANEW, "lines": [wired], "expect_error": "paper_expired"},
        {"do": "verify", "by": "auditor1", "expect": {"ok": True}},
    )
