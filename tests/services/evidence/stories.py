"""What happens in the stories of the controls: days played rightly, entries planted, rows changed from outside."""

# ruff: noqa: S608 - SQL of the tests' own making

from __future__ import annotations

from dataclasses import replace
from datetime import date

from csr_desk.data.queries import entries
from csr_desk.domain.cart import CartLine
from csr_desk.domain.drawer import CountSheet
from csr_desk.domain.ledger import EventKey, EventKind, Posting, TenderRole, TenderRow
from csr_desk.domain.people import Act
from csr_desk.domain.postings import HOUSE, move
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import (
    accounts,
    adjustment_decisions,
    adjustments,
    balancing,
    carts_held,
    counting,
    deposits,
    drawers,
    exports,
    orders,
    policies,
    receipts,
    refunds,
    sell,
    tender_corrections,
)
from csr_desk.services.adjustment_cases import Wanted
from csr_desk.services.documents_kept import NewDocument
from csr_desk.services.lines import OrderLine
from demo_city import City
from services.evidence.planting import BATCH, cash, check, outside, plant, plant_sale, sold
from services.known_day import DAY, close_the_day, count_the_day, sell_the_day, whole_day


def override(city: City, by: str | None = "supervisor1") -> None:
    """Sell an alarm permit for 12.00 by order of a court, rightly approved; or planted without anybody."""
    city.open()
    if by is None:
        plant_sale(city, 1200, cash(1200), line=sold(1200, 5000), notes={"overrides": "[]"})
        return
    line = CartLine("ALM-RES", amount=1200, override_reason="Court order")
    command = sell.CompleteSale(city.key(), None, (line,), (Tender(TenderKind.CASH),), "Alma Reyes", demo_inputs=True)
    yes = city.yes(Act.OVERRIDE_PRICE, command.key, 1200, by)
    sell.complete_sale(city.desk, city.who("clerk1"), command, yes)


def ordered(city: City) -> None:
    """Pay an order at the prices of last year, 132.44 + 33.10, beside the same permit at those of today."""
    alarm = (CartLine("ALM-NONRES"),)
    city.at("2025-12-30T15:00")
    policies.set_policy(city.desk, city.who("admin1"), policies.SetPolicy(city.key(), {"order_days": 365}))
    wanted = orders.PrepareOrder(city.key(), alarm, demo_inputs=True)
    number = orders.prepare_order(city.desk, city.who("clerk2"), wanted).value.number
    city.at("2026-07-14T08:00")
    city.open()
    lines = (OrderLine("order", number), *alarm)
    command = sell.CompleteSale(city.key(), None, lines, (Tender(TenderKind.CASH),), demo_inputs=True)
    assert sell.complete_sale(city.desk, city.who("clerk1"), command).value.total == 16554 + 16784


def adjusted(city: City, *, proof: bool = True, changes: tuple[str, ...] = ()) -> None:
    """Take 5.00 off of a bill that was misread: asked by a clerk, decided by a supervisor."""
    clerk = city.who("clerk1")
    accounts.add_customer(city.desk, clerk, accounts.NewCustomer("ac", "Rosa Villarreal", number="C-9"))
    accounts.add_account(city.desk, clerk, accounts.NewAccount("aa", "A-9", "C-9", "water"))
    accounts.add_bill(city.desk, clerk, accounts.NewBill("ab", "A-9", (accounts.BillItem(None, "Water", 6437),)))
    wanted = Wanted("A-9", "COR", amount=500, evidence=(("finding", "Meter misread"),))
    files = (NewDocument("letter.txt", b"The meter was read again"),) if proof else ()
    number = adjustments.request(city.desk, clerk, adjustments.RequestAdjustment("ar", wanted, documents=files)).value
    command = adjustment_decisions.DecideAdjustment("ad", number.number, yes=True)
    adjustment_decisions.decide(city.desk, city.who("supervisor2"), command)
    if changes:
        outside(city, *changes)


def reprinted(city: City) -> None:
    whole_day(city)
    for _ in range(2):
        receipts.reprint(city.desk, city.who("clerk1"), receipts.Reprint(city.key(), "HPC1-0000001"))


def book(city: City, second: str, *, written: str = "2026-07-14", state: str = "returned") -> None:
    """Issue a book of two numbers; the first is entered, the second is whatever ``second`` says (or open)."""
    city.open()
    key = plant(city, EventKind.BOOK_ISSUED, series="HPC", actor="supervisor1", batch=None)
    sale = plant_sale(city, 5000, cash(5000))
    at = f"'{key.series}', {key.seq}"
    rows = [f"('B-1', 1, 'entered', '{written}', '{sale.series}', {sale.seq})"]
    rows += [f"('B-1', 2, '{second}', NULL, {at})"] if second else []
    outside(
        city,
        "INSERT INTO receipt_book (book_id, first_no, last_no, issued_to, state, series_id, seq) "
        f"VALUES ('B-1', 1, 2, 'clerk1', '{state}', {at})",
        *(
            f"INSERT INTO paper_receipt (book_id, number, state, written_on, series_id, seq) VALUES {row}"
            for row in rows
        ),
    )


def funds(city: City, amount: int = 20000, authority: str = "Ord. 2019-1") -> None:
    """Let the register of change funds say this of every drawer."""
    city.open()
    outside(city, f"UPDATE change_fund SET amount_minor = {amount}, authority = '{authority}'")


def counted_unannounced(city: City) -> None:
    sell_the_day(city)
    for drawer in ("HPC-1", "HPC-2"):
        facts = {"drawer": drawer, "fund": "", "cash": {}, "others": {}, "difference": {"cash": 0}}
        plant(city, EventKind.SURPRISE_COUNT, series="HPC", batch=None, actor="supervisor1", facts=facts)


def handed(city: City, approver: str | None, to: str = "clerk2") -> None:
    city.open()
    plant(city, EventKind.CUSTODY_HANDED, approver=approver, facts={"cash": {"2000": 10}, "others": {}, "to": to})


def dropped(city: City) -> None:
    city.open()
    for _ in range(2):
        city.sell()
    command = drawers.DropCash(city.key(), {2000: 5}, "D-1")
    drawers.drop(city.desk, city.who("clerk1"), command, city.yes(Act.DROP, BATCH, 10000))


def resting(city: City) -> None:
    """Enter three holidays around the day: Monday the 13th, Wednesday the 15th and Thursday the 16th."""
    lines = ["2026-07-13 Founders Day", "2026-07-15 Rest", "2026-07-16 Rest"]
    policies.set_policy(city.desk, city.who("admin1"), policies.SetPolicy(city.key(), {"holidays": lines}))


def late(city: City) -> None:
    """Accept the day's drawers only on Friday the 17th; due was Wednesday the 15th."""
    count_the_day(city, sell_the_day(city))
    outside(
        city,
        "UPDATE ledger_event SET recorded_at_utc = '2026-07-17T14:00:00.000000Z' WHERE kind = 'batch_accepted'",
    )


def reopened(city: City) -> None:
    batches = sell_the_day(city)
    count_the_day(city, batches)
    command = balancing.ReturnBatch(city.key(), batches[0], "Receipt 2 keyed twice")
    balancing.reopen_batch(city.desk, city.who("supervisor1"), command)


def reopened_silently(city: City) -> None:
    count_the_day(city, sell_the_day(city))
    plant(city, EventKind.BATCH_REOPENED, actor="supervisor1", facts={"attempts": 1})


def refunded(city: City) -> None:
    """Give three gymnasium hours of June back on the same day, in cash: the item's rule gives all of it."""
    city.open()
    line = CartLine("PRK-GYM", {"hours": "1", "date": "2026-06-30"})
    command = sell.CompleteSale(city.key(), None, (line,), (Tender(TenderKind.CASH),), "Alma Reyes", demo_inputs=True)
    receipt = sell.complete_sale(city.desk, city.who("clerk1"), command).value
    back = refunds.Refund(city.key(), receipt.number, ((1, None),), "Hall closed", "cash")
    yes = city.yes(Act.REFUND, receipt.number, receipt.total)
    refunds.refund(city.desk, city.who("clerk1"), back, yes)


def refunded_next_day(city: City) -> None:
    whole_day(city)
    city.at("2026-07-15T09:00")
    batch = city.open()
    back = (TenderRow(1, "cash", TenderRole.TAKEN, -1624),)
    plant(
        city, EventKind.REFUND, batch=batch, business_date=date(2026, 7, 15), approver="supervisor1",
        reverses=first_sale(city), notes={"reason": "Not wanted"}, tenders=back,
        lines=(replace(sold(5000), amount=-1624),),
        postings=(Posting(HOUSE.drawer, -1624, tender=1), Posting("1000.6500010020.422050", 1624, line=1)),
    )  # fmt: skip


def first_sale(city: City) -> EventKey:
    """Return the place of the first sale of HPC-1."""
    with city.desk.read() as work:
        event = entries.event_of_receipt(work.conn, "HPC-1", 1)
        assert event is not None
        return event.key


def returned(city: City, fee: int = 2500, bill: int = 7500, postings: tuple[Posting, ...] = ()) -> None:
    """Let the bank send a check of 50.00 back, with its fee and a bill for both."""
    whole_day(city)
    city.at("2026-07-15T09:00")
    city.open("clerk3", "HPC-3")
    key = plant(
        city, EventKind.ITEM_RETURNED, series="HPC", batch=None, actor="accountant1", business_date=date(2026, 7, 15),
        facts={"receipt": "HPC2-0000001", "tender": 1, "amount": 5000, "fee": fee}, notes={"reason": "NSF"},
        postings=postings or (Posting(HOUSE.receivable, 5000), Posting(HOUSE.bank, -5000)),
    )  # fmt: skip
    accounts.add_customer(city.desk, city.who("clerk1"), accounts.NewCustomer("c", "Alma Reyes", number="C-1"))
    accounts.add_account(city.desk, city.who("clerk1"), accounts.NewAccount("a", "0001", "C-1", "water"))
    outside(
        city,
        "INSERT INTO bill (bill_id, account_no, description, amount_minor, paid_minor, shares, authority, state, "
        f"returned_item) VALUES ('R-1', '0001', 'Returned', {bill}, 0, '[]', '', 'due', 'R-1')",
        "INSERT INTO returned_item (item_id, receipt, tender_n, amount_minor, fee_minor, bill_id, series_id, seq, "
        f"mail_number, mailed_on) VALUES ('R-1', 'HPC2-0000001', 1, 5000, {fee}, 'R-1', '{key.series}', {key.seq}, "
        "'9407', '2026-07-15')",
    )


def billed(city: City, *changes: str) -> None:
    accounts.add_customer(city.desk, city.who("clerk1"), accounts.NewCustomer("c", "Alma Reyes", number="C-1"))
    accounts.add_account(city.desk, city.who("clerk1"), accounts.NewAccount("a", "0001", "C-1", "water"))
    bill = accounts.NewBill("b", "0001", (accounts.BillItem(None, "Water", 6437),))
    accounts.add_bill(city.desk, city.who("clerk1"), bill)
    if changes:
        outside(city, *changes)


def held_long(city: City) -> None:
    billed(city)
    draft = carts_held.CartDraft(city.key(), (CartLine("ALM-RES"),))
    carts_held.hold(city.desk, city.who("clerk1"), carts_held.Hold(draft, "Later", demo_inputs=True))
    city.at("2026-07-30T09:00")


def bagged(city: City, *changes: str) -> None:
    whole_day(city)
    if changes:
        outside(city, *changes)


def confirmed(city: City, amount: int = 6600, *changes: str) -> None:
    whole_day(city)
    city.at("2026-07-15T10:00")
    command = deposits.ConfirmDeposit(city.key(), "HPC-20260714-1", date(2026, 7, 15), amount)
    deposits.confirm_deposit(city.desk, city.who("accountant1"), command)
    if changes:
        outside(city, *changes)


def exported(city: City, *changes: str) -> None:
    whole_day(city)
    for _ in range(2):
        exports.gl_journal(city.desk, city.who("accountant1"), exports.ExportJournal(city.key(), DAY))
    if changes:
        outside(city, *changes)


def untied(city: City) -> None:
    """Close the day without its bag."""
    count_the_day(city, sell_the_day(city))
    close_the_day(city)


def corrected(city: City) -> None:
    city.open()
    number = city.sell(customer="Alma Reyes").number
    right = Tender(TenderKind.CHECK, number="77")
    command = tender_corrections.CorrectTender(city.key(), number, TenderKind.CASH, right, "It was a check")
    yes = city.yes(Act.CORRECT_TENDER, number, 5000)
    tender_corrections.correct_tender(city.desk, city.who("clerk1"), command, yes)


def counted_again(city: City) -> None:
    count_the_day(city, sell_the_day(city))
    plant(city, EventKind.COUNT, facts={"cash": {}, "others": {}, "attempt": 5, "agrees": {}, "items_agree": {}})


def listed_check(city: City, act: str = "") -> None:
    """Take a check of an account on the returned-check list, with or without the approval of ``act``."""
    city.open()
    key = plant(city, EventKind.CHECK_LISTED, series="HPC", batch=None, actor="accountant1")
    sale = plant_sale(city, 5000, check(5000, account_hash="abc"), approver="supervisor1" if act else None)
    listed = (
        "INSERT INTO check_list (list_id, account_hash, account_masked, reason, listed_at, series_id, seq) "
        f"VALUES ('L-1', 'abc', '••••1234', '', '2026-01-01T00:00:00.000000Z', '{key.series}', {key.seq})"
    )
    rows = [listed]
    if act:
        rows.append(
            "INSERT INTO approval (approval_id, approver_id, act, subject, amount_minor, for_actor, granted_at, "
            f"expires_at, used_series, used_seq) VALUES ('a', 'supervisor1', '{act}', '', 5000, 'clerk1', '', '', "
            f"'{sale.series}', {sale.seq})"
        )
    outside(city, *rows)


def over_limit(city: City) -> None:
    """Take 1,000.00 in cash, and then more: the limit is 1,000.00 with the float of 200.00."""
    city.open()
    plant_sale(city, 100_000, cash(100_000))
    plant_sale(city, 5000, cash(5000))


def no_sale_with_money(city: City) -> None:
    count_the_day(city, sell_the_day(city))
    plant(city, EventKind.NO_SALE, notes={"reason": "?"}, postings=move(HOUSE.drawer, HOUSE.safe, 100))


def voided_alone(city: City, reason: str = "Wrong item") -> None:
    sell_the_day(city)
    lines = (replace(sold(5000), amount=-1624),)
    plant(
        city, EventKind.VOID, reverses=first_sale(city), notes={"reason": reason} if reason else {}, lines=lines,
        tenders=(TenderRow(1, "cash", TenderRole.TAKEN, -1624),),
        postings=(Posting(HOUSE.drawer, -1624, tender=1), Posting("1000.6500010020.422050", 1624, line=1)),
    )  # fmt: skip


def clock_back(city: City, kind: EventKind) -> None:
    city.open()
    plant(city, kind, at="2026-07-14T01:00:00.000000Z", notes={"reason": "Coins"} if kind is EventKind.NO_SALE else {})


def sells_and_accepts(city: City) -> None:
    """Let the supervisor who accepted sell as well."""
    count_the_day(city, sell_the_day(city))
    plant_sale(city, 5000, cash(5000), actor="supervisor1")


def overlap(city: City) -> None:
    """Begin a session at HPC-1 while another is open there."""
    city.open()
    city.open("clerk2", "HPC-2")
    facts = {"counted": 20000, "authorized": 20000, "pieces": {}}
    plant(city, EventKind.BATCH_OPENED, actor="clerk3", batch="HPC-2-20260714-1", facts=facts)


def count_often(city: City) -> None:
    """Count four times where three are allowed."""
    sell_the_day(city)
    for attempt in range(1, 5):
        facts = {"cash": {}, "others": {}, "attempt": attempt, "agrees": {}, "items_agree": {}}
        plant(city, EventKind.COUNT, facts=facts)


def large_difference(city: City) -> None:
    """Miss a hundred dollars, and say why."""
    city.open()
    who = city.who("clerk1")
    counting.count(city.desk, who, counting.CountDrawer(city.key(), CountSheet({2000: 5}, {})))
    counting.submit_count(city.desk, who, city.key())
    command = balancing.AcceptBatch(city.key(), BATCH, "Five twenties too few")
    balancing.accept_batch(city.desk, city.who("supervisor1"), command)


def voided_late(city: City) -> None:
    """Void after the count was handed in and accepted."""
    count_the_day(city, sell_the_day(city))
    lines = (replace(sold(5000), amount=-1624),)
    plant(
        city, EventKind.VOID, approver="supervisor1", reverses=first_sale(city), notes={"reason": "Wrong item"},
        lines=lines, tenders=(TenderRow(1, "cash", TenderRole.TAKEN, -1624),),
        postings=(Posting(HOUSE.drawer, -1624, tender=1), Posting("1000.6500010020.422050", 1624, line=1)),
    )  # fmt: skip
