"""A small day whose every figure is worked out by hand, for the tests of reports and exports.

Policy: cash to the nearest nickel. Tuesday 14 July 2026:
09:05 clerk1, HPC-1: one map 15.00 + 8.25 % tax 1.2375 = 1.24; 16.24, in cash 16.25 (+0.01).
09:40 clerk1, HPC-1: a reconnection 94.00 + 33.56 = 127.56 by card, fee 2.93388 = 2.93.
10:15 clerk2, HPC-2: a residential alarm permit 50.00 by check 501.
11:05 clerk2, HPC-2: the same in cash, voided at 11:20.
11:30 clerk2, HPC-2: a re-inspection 94.00 by departmental transfer.
Counted: HPC-1 216.25 in cash (right); HPC-2 199.75, so 0.25 short. One bag: 16.25 - 0.25 + 50.00 = 66.00.
Receipts 16.24 + 127.56 + 50.00 + 94.00 = 287.80 = 66.00 + 127.56 + 94.00 + 0.25 - 0.01.
"""

from __future__ import annotations

from datetime import date

from csr_desk.domain.cart import CartLine
from csr_desk.domain.drawer import CountSheet, TapeCount
from csr_desk.domain.people import Act
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import balancing, corrections, counting, deposits, policies, sell
from demo_city import City

DAY = date(2026, 7, 14)
CUSTOMER = '=HYPERLINK("http://x.example","Phạm")'
"""A customer whose name a spreadsheet would run."""


def sold(city: City, user: str, line: CartLine, tender: Tender, at: str) -> str:
    """Sell one line for one tender at a time of the day; return the receipt."""
    city.at(f"2026-07-14T{at}")
    command = sell.CompleteSale(city.key(), None, (line,), (tender,), CUSTOMER, demo_inputs=True)
    return sell.complete_sale(city.desk, city.who(user), command).value.number


def sell_the_day(city: City) -> tuple[str, str]:
    """Open two drawers and sell; return their batches."""
    changes = {"rounding": "nearest"}
    policies.set_policy(city.desk, city.who("admin1"), policies.SetPolicy(city.key(), changes))
    city.at("2026-07-14T08:00")
    batches = city.open("clerk1", "HPC-1"), city.open("clerk2", "HPC-2")
    sold(city, "clerk1", CartLine("REC-MAP"), Tender(TenderKind.CASH), "09:05")
    card = Tender(TenderKind.CARD, last4="1881", authorization="A")
    sold(city, "clerk1", CartLine("ELE-RECON"), card, "09:40")
    sold(city, "clerk2", CartLine("ALM-RES"), Tender(TenderKind.CHECK, number="501"), "10:15")
    wrong = sold(city, "clerk2", CartLine("ALM-RES"), Tender(TenderKind.CASH), "11:05")
    city.at("2026-07-14T11:20")
    void = corrections.Void(city.key(), wrong, "Keyed twice")
    corrections.void(city.desk, city.who("clerk2"), void, city.yes(Act.VOID, wrong, 5000))
    sold(city, "clerk2", CartLine("BLD-REINSP"), Tender(TenderKind.TRANSFER, document="IDT-1"), "11:30")
    return batches


def count_the_day(city: City, batches: tuple[str, str]) -> None:
    """Count and accept both drawers."""
    card = TapeCount(1, 12756)
    sheets = {
        "clerk1": CountSheet({2000: 10, 1000: 1, 500: 1, 100: 1, 25: 1}, {"card": card}),
        "clerk2": CountSheet({2000: 9, 1000: 1, 500: 1, 100: 4, 25: 3}, {"check": TapeCount(1, 5000)}),
    }
    city.at("2026-07-14T16:45")
    for (user, sheet), batch in zip(sheets.items(), batches, strict=True):
        counting.count(city.desk, city.who(user), counting.CountDrawer(city.key(), sheet))
        counting.submit_count(city.desk, city.who(user), city.key())
        command = balancing.AcceptBatch(city.key(), batch)
        balancing.accept_batch(city.desk, city.who("supervisor1"), command)


def bag_the_day(city: City, batches: tuple[str, str]) -> None:
    """Pack one bag of both drawers."""
    yes = city.yes(Act.PREPARE_DEPOSIT, ",".join(batches), 6600)
    command = deposits.PrepareDeposit(city.key(), batches, "0714-1")
    deposits.prepare_deposit(city.desk, city.who("clerk1"), command, yes)


def close_the_day(city: City) -> None:
    """Close the business date."""
    balancing.close_day(city.desk, city.who("supervisor1"), balancing.CloseDay(city.key(), DAY))


def whole_day(city: City) -> None:
    """Play all of it."""
    batches = sell_the_day(city)
    count_the_day(city, batches)
    bag_the_day(city, batches)
    close_the_day(city)
