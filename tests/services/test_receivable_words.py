"""Entries about accounts and customers are told in words: money in dollars, no name of a field."""

from __future__ import annotations

import pytest

from csr_desk.domain.holds import Stops
from csr_desk.domain.ledger import EventKind
from csr_desk.domain.receivable.stages import Move
from csr_desk.services import receivable_words, tape_words

STAGED = {"account": "A-1", "bill": None, "fee": 0, "late": 6437, "move": "reminder", "n": 1, "was": None}
PLAN = {"plan": "PL-1", "account": "A-1", "total": 9000, "down": 4000, "parts": [[1, "2026-08-01", 5000]]}
CHARGE = {"bill": "B-1", "account": "A-1", "amount_minor": 644, "description": "Late payment penalty"}


@pytest.mark.parametrize(
    ("kind", "facts", "told"),
    [
        (EventKind.ACCOUNT_STAGED, STAGED, "account A-1: a reminder is sent, 64.37 is late"),
        (
            EventKind.ACCOUNT_STAGED,
            {**STAGED, "move": "cut_off", "fee": 5000},
            "account A-1: cut off, 64.37 is late, fee 50.00",
        ),
        (
            EventKind.EXTENSION_GRANTED,
            {"account": "A-1", "until": "2026-08-01"},
            "account A-1 has time until 2026-08-01",
        ),
        (EventKind.PLAN_MADE, PLAN, "PL-1 of account A-1, 90.00: 40.00 down, 1 instalment from 2026-08-01"),
        (EventKind.PLAN_MADE, {**PLAN, "parts": []}, "PL-1 of account A-1, 90.00: 40.00 down, no instalments"),
        (
            EventKind.PLAN_ENDED,
            {"plan": "PL-1", "account": "A-1", "state": "broken", "left": 5000},
            "PL-1 of account A-1: broken, 50.00 left",
        ),
        (
            EventKind.PLAN_ENDED,
            {"plan": "PL-1", "account": "A-1", "state": "kept", "left": 0},
            "PL-1 of account A-1: kept",
        ),
        (EventKind.BILL_CHARGED, {"charges": [CHARGE]}, "Late payment penalty, bill B-1, 6.44"),
        (EventKind.BILL_CHARGED, {"charges": [CHARGE, CHARGE]}, "2 bills, 12.88"),
        (EventKind.BILLS_LOADED, {"load": "L-1", "rows": 1, "total": 6437}, "L-1, 1 row, 64.37"),
        (EventKind.BILLS_LOADED, {"load": "L-1", "rows": 2, "total": 6437}, "L-1, 2 rows, 64.37"),
        (EventKind.CREDIT_APPLIED, {"about": ["account:A-1"], "bills": {"B": {}}}, "of account A-1"),
        (EventKind.CREDIT_APPLIED, {"about": ["account:A-1"]}, "of account A-1, taken back"),
        (
            EventKind.GUARANTEE_ENDED,
            {"deposit": "G-1", "account": "A-1", "amount": 15000, "applied_amount": 6437, "payables": 8563},
            "G-1 of account A-1, 150.00, 64.37 applied to what was owed, 85.63 goes back",
        ),
        (
            EventKind.GUARANTEE_ENDED,
            {"deposit": "G-1", "account": "A-1", "amount": 15000, "applied_amount": 0},
            "G-1 of account A-1, 150.00",
        ),
        (
            EventKind.HOLD_PLACED,
            {"hold": "H-1", "subject": "account:A-1", "stops": "all", "expires_on": "2026-07-14"},
            "H-1 on account A-1, stops every sale until 2026-07-14",
        ),
        (EventKind.HOLD_LIFTED, {"hold": "H-1", "about": ["customer:C-1"]}, "H-1"),
        (EventKind.CUSTOMER_MERGED, {"customer": "C-1", "merged": "C-2"}, "C-2 into C-1"),
        (EventKind.CUSTOMER_PARTED, {"customer": "C-1", "merged": "C-2"}, "C-2 from C-1"),
        (EventKind.DISCLOSED, {"customer": "C-1", "change": "closed"}, "C-1: closed"),
        (
            EventKind.DISCLOSED,
            {"customer": "C-1", "change": "told", "what": ["contact", "usage"]},
            "C-1: contact, usage",
        ),
        (
            EventKind.ADJUSTMENT_REQUESTED,
            {"change": "documents", "adjustment": "J-1", "documents": [1, 2]},
            "J-1, 2 more files",
        ),
        (
            EventKind.ADJUSTMENT_DECIDED,
            {"change": "approved", "adjustment": "J-1", "account": "A-1", "amount": -12865, "credit": 300},
            "J-1 of account A-1, −128.65, approved, 3.00 to credit",
        ),
    ],
)
def test_an_entry_is_told_in_words(kind: EventKind, facts: dict[str, object], told: str) -> None:
    assert tape_words.details(kind, facts) == told


def test_every_step_and_every_hold_has_words_of_its_own() -> None:
    for move in Move:
        assert "_" not in tape_words.details(EventKind.ACCOUNT_STAGED, {**STAGED, "move": move.value})
    held = {"hold": "H-1", "subject": "customer:C-1", "expires_on": None}
    told = {tape_words.details(EventKind.HOLD_PLACED, {**held, "stops": stops.value}) for stops in Stops}
    stopped = ("new sales", "every sale", "releases")
    assert told == {f"H-1 on customer C-1, stops {what}" for what in stopped}
    assert receivable_words.DETAILS.keys() <= tape_words.DETAILS.keys()
