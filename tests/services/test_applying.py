"""Payments land on items in the set order, undo exactly, and two counters never pay one bill."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from csr_desk.domain.errors import AlreadyPaid, Conflict, NotPermitted, Refusal
from csr_desk.domain.people import PERMISSIONS, Act, Role
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import account_credit, accounts, corrections, owing, reapply, sell
from csr_desk.services.desk import open_desk
from csr_desk.services.lines import BillLine, PutOn, read_line, write_line
from csr_desk.services.verification import verify_url
from demo_city import City

CASH = (Tender(TenderKind.CASH),)
WATER, LATE, SEWER = "2301.1.434505", "1000.1.426010", "2301.2.434510"


def shares(*parts: tuple[str, int]) -> str:
    rows = []
    for account, cents in parts:
        fund, center, gl = account.split(".")
        rows.append([{"fund": fund, "cost_center": center, "gl": gl, "internal_order": ""}, cents])
    return json.dumps(rows)


def billed(city: City, number: str, *, account: str = "A-1", amount: int = 10_000) -> None:
    """Bill an account of its own customer."""
    clerk = city.who("clerk1")
    accounts.add_customer(city.desk, clerk, accounts.NewCustomer(city.key(), "Rosa Alvarez", number="C-1"))
    accounts.add_account(city.desk, clerk, accounts.NewAccount(city.key(), account, "C-1"))
    item = accounts.BillItem(None, f"Water {number}", amount)
    command = accounts.NewBill(city.key(), account, (item,), date(2026, 6, 30), number)
    accounts.add_bill(city.desk, clerk, command)


def behind(city: City, statement: str, **values: object) -> None:
    """Change the tables the way no service of today does."""
    engine = create_engine(city.desk.store.address)
    with engine.begin() as connection:
        connection.execute(text(statement), values)
    engine.dispose()


def itemized(city: City, number: str, *items: tuple[int, int, int, str]) -> None:
    """Give a bill other items: number, priority, amount (cents), account; the bill comes to their sum."""
    behind(city, "DELETE FROM bill_item WHERE bill_id = :bill", bill=number)
    whole = sum(amount for _, _, amount, _ in items)
    behind(city, "UPDATE bill SET amount_minor = :whole WHERE bill_id = :bill", whole=whole, bill=number)
    for n, priority, amount, account in items:
        add_item(city, number, (n, priority, amount, account))


def add_item(city: City, number: str, item: tuple[int, int, int, str]) -> None:
    n, priority, amount, account = item
    behind(
        city,
        "INSERT INTO bill_item (bill_id, n, kind, description, amount_minor, priority, shares, authority, explain)"
        " VALUES (:bill, :n, 'charge', :name, :amount, :priority, :shares, '', '')",
        bill=number,
        n=n,
        name=f"Item {n}",
        amount=amount,
        priority=priority,
        shares=shares((account, amount)),
    )


def paid(city: City, line: BillLine, user: str = "clerk1", *tenders: Tender) -> Any:
    """Sell one line."""
    command = sell.CompleteSale(city.key(), None, (line,), tenders or CASH)
    return sell.complete_sale(city.desk, city.who(user), command).value


def open_parts(city: City, account: str = "A-1") -> list[tuple[str, int, int]]:
    found = owing.open_debts(city.desk, city.who("clerk1"), account)
    return [(one.bill, one.item, one.open) for one in found]


def credits_of(receipt: Any) -> dict[str, int]:
    return {row.account: -row.amount for row in receipt.postings if row.line is not None}


def void(city: City, receipt: Any) -> None:
    yes = city.yes(Act.VOID, receipt.number, receipt.total)
    command = corrections.Void(city.key(), receipt.number, "Wrong account")
    corrections.void(city.desk, city.who("clerk1"), command, yes)


def test_inside_a_bill_the_penalty_comes_first_and_each_cent_goes_to_its_own_account(city: City) -> None:
    city.open()
    billed(city, "B-1")
    itemized(city, "B-1", (1, 100, 6000, WATER), (2, 100, 3000, SEWER), (3, 10, 900, LATE))
    assert open_parts(city) == [("B-1", 3, 900), ("B-1", 1, 6000), ("B-1", 2, 3000)]
    # 20.00: 9.00 penalty, 11.00 water
    first = paid(city, BillLine("account", "A-1", 2000))
    assert credits_of(first) == {LATE: 900, WATER: 1100}
    assert first.lines[0].explain[1:] == ("Item 1 11.00, Item 3 9.00", "79.00 of 99.00 stays due on this bill.")
    assert open_parts(city) == [("B-1", 1, 4900), ("B-1", 2, 3000)]
    # 50.00: 49.00 water, 1.00 sewer
    second = paid(city, BillLine("account", "A-1", 5000))
    assert credits_of(second) == {WATER: 4900, SEWER: 100}
    # the first is voided: penalty and 11.00 of the water are open again, the sewer keeps its 1.00
    void(city, first)
    assert open_parts(city) == [("B-1", 3, 900), ("B-1", 1, 1100), ("B-1", 2, 2900)]
    last = paid(city, BillLine("account", "A-1"))
    assert credits_of(last) == {LATE: 900, WATER: 1100, SEWER: 2900}
    assert open_parts(city) == []
    assert (last.balance_after, last.credit_after) == (0, 0)


def test_by_hand_a_payment_goes_to_one_item_and_the_rule_goes_on_from_there(city: City) -> None:
    city.open()
    billed(city, "B-1")
    itemized(city, "B-1", (1, 100, 6000, WATER), (2, 100, 3000, SEWER))
    line = BillLine("account", "A-1", 3500, parts=(PutOn("B-1", 3000, 2), PutOn("B-1", 500, 1)), reason="Sewer is late")
    receipt = paid(city, line)
    assert credits_of(receipt) == {SEWER: 3000, WATER: 500}
    assert receipt.grounds == ((1, "", "Sewer is late"),)
    assert open_parts(city) == [("B-1", 1, 5500)]
    assert credits_of(paid(city, BillLine("account", "A-1"))) == {WATER: 5500}


def test_an_adjustment_is_taken_off_its_own_account_before_a_payment_is_spread(city: City) -> None:
    city.open()
    billed(city, "B-1")
    itemized(city, "B-1", (1, 100, 6000, WATER), (2, 100, 3000, SEWER), (3, 100, -2500, SEWER))
    assert open_parts(city) == [("B-1", 1, 6000), ("B-1", 2, 500)]
    assert credits_of(paid(city, BillLine("bill", "B-1"))) == {WATER: 6000, SEWER: 500}


def test_what_an_adjustment_leaves_overpaid_is_listed_and_goes_to_credit(city: City) -> None:
    city.open()
    billed(city, "B-1")
    itemized(city, "B-1", (1, 100, 6000, WATER), (2, 100, 3000, SEWER))
    paid(city, BillLine("bill", "B-1"))
    behind(city, "UPDATE bill SET amount_minor = 8000 WHERE bill_id = 'B-1'")
    add_item(city, "B-1", (3, 100, -1000, WATER))
    clerk = city.who("clerk1")
    (row,) = account_credit.unapplied(city.desk, clerk)
    assert (row.bill, row.amount, row.since) == ("B-1", 1000, None)
    command = account_credit.FreeOverpaid(city.key(), "B-1")
    done = account_credit.free_overpaid(city.desk, clerk, command).value
    assert (done.amount, done.owed, done.left) == (-1000, 0, 1000)
    assert {row.account: row.amount for row in done.postings if row.line == 1} == {WATER: 1000}
    (row,) = account_credit.unapplied(city.desk, clerk)
    assert (row.bill, row.amount, row.account) == ("", 1000, "A-1")
    again = account_credit.free_overpaid(city.desk, clerk, command)
    assert (again.replayed, again.value.entry) == (True, done.entry)


def at_once(city: City, first: Callable[[], object], second: Callable[[], object]) -> list[object]:
    """Do two acts at the same moment; return what each gave, or the refusal."""
    gate = Barrier(2)

    def go(act: Callable[[], object]) -> object:
        gate.wait()
        try:
            return act()
        except Refusal as refusal:
            return refusal

    with ThreadPoolExecutor(2) as pool:
        return [one.result() for one in [pool.submit(go, first), pool.submit(go, second)]]


@pytest.mark.parametrize("line", [BillLine("bill", "B-1"), BillLine("account", "A-1", 10_000, due=10_000)])
def test_of_two_counters_at_the_same_moment_one_is_paid_and_the_other_is_told(city: City, line: BillLine) -> None:
    city.open("clerk1", "HPC-1")
    city.open("clerk2", "HPC-2")
    billed(city, "B-1")
    other = open_desk(city.url)
    try:

        def pay(desk: Any, user: str) -> Any:
            command = sell.CompleteSale(f"{user}-pays", None, (line,), CASH)
            return sell.complete_sale(desk, city.who(user), command).value

        came = at_once(city, lambda: pay(city.desk, "clerk1"), lambda: pay(other, "clerk2"))
    finally:
        other.close()
    receipts = [one for one in came if not isinstance(one, Refusal)]
    refusals = [one for one in came if isinstance(one, Refusal)]
    assert len(receipts) == len(refusals) == 1, came
    assert isinstance(refusals[0], AlreadyPaid)
    assert f"The last payment was receipt {receipts[0].number}." in refusals[0].message  # type: ignore[attr-defined]
    assert open_parts(city) == []
    assert verify_url(city.url).first_fault is None


def test_two_carts_that_cross_do_not_wait_for_each_other(city: City) -> None:
    city.open("clerk1", "HPC-1")
    city.open("clerk2", "HPC-2")
    for account in ("A-1", "A-2"):
        billed(city, f"B-{account}", account=account)
        paid(city, BillLine("account", account, 11_000))  # 100.00 due, 10.00 ahead
        billed(city, f"D-{account}", account=account, amount=700)
    other = open_desk(city.url)
    try:

        def pay(desk: Any, user: str, account: str, by: str) -> Any:
            tender = Tender(TenderKind.ON_ACCOUNT, account=by)
            command = sell.CompleteSale(f"{user}-{account}", None, (BillLine("account", account),), (tender,))
            return sell.complete_sale(desk, city.who(user), command).value

        for _ in range(3):
            came = at_once(
                city, lambda: pay(city.desk, "clerk1", "A-1", "A-2"), lambda: pay(other, "clerk2", "A-2", "A-1")
            )
            assert not [one for one in came if isinstance(one, Refusal)], came
    finally:
        other.close()
    left = {one.account: one.amount for one in account_credit.unapplied(city.desk, city.who("clerk1"))}
    assert left == {"A-1": 300, "A-2": 300}
    assert verify_url(city.url).first_fault is None


def test_a_cart_that_saw_another_amount_is_told_who_was_faster(city: City) -> None:
    city.open()
    billed(city, "B-1")
    first = paid(city, BillLine("account", "A-1", 4000))
    with pytest.raises(Conflict, match=f"owed 100.00 .* owes 60.00 now. The last payment was receipt {first.number}"):
        paid(city, BillLine("account", "A-1", 10_000, due=10_000))


def test_a_bill_of_an_older_version_is_closed_exactly_without_its_index(city: City) -> None:
    """Entries of an older version say neither items nor what they are about: their lines are looked for."""
    city.open()
    billed(city, "B-1")
    itemized(city, "B-1", (1, 100, 6000, WATER), (2, 10, 3000, SEWER))
    paid(city, BillLine("account", "A-1", 5000))
    behind(city, "DELETE FROM entry_about")
    assert open_parts(city) == [("B-1", 1, 4000)]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("UPDATE account SET credit_minor = 1", "account A-1: its credit is 1, but the entries say 2000"),
        ("UPDATE account SET credit_minor = NULL", "account A-1: its credit is 0, but the entries say 2000"),
        ("UPDATE bill SET paid_minor = 0, state = 'due'", "bill B-1 of account A-1 is not paid as its receipts say"),
        ("DELETE FROM entry_about", "is about account:A-1, but is not found there"),
        ("UPDATE entry_about SET subject = 'account:B'", "does not say that it is about account:B"),
        ("UPDATE entry_about SET seq = 1", "does not say that it is about account:A-1"),
    ],
)
def test_what_a_payment_left_in_the_tables_is_rebuilt_by_verify(city: City, change: str, fault: str) -> None:
    city.open()
    billed(city, "B-1")
    paid(city, BillLine("account", "A-1", 12_000))
    assert verify_url(city.url).first_fault is None
    behind(city, change)
    assert fault in (verify_url(city.url).first_fault or "")


def test_only_a_role_that_may_puts_a_payment_elsewhere(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    city.open()
    billed(city, "B-1")
    monkeypatch.setitem(PERMISSIONS, Role.CLERK, PERMISSIONS[Role.CLERK] - {Act.REORDER_PAYMENT})
    with pytest.raises(NotPermitted, match="may not reorder payment"):
        paid(city, BillLine("account", "A-1", 500, parts=(PutOn("B-1", 500),), reason="Asked for"))
    receipt = paid(city, BillLine("account", "A-1", 500))
    line = BillLine("account", "A-1", 500, parts=(PutOn("B-1", 500),), reason="Asked for")
    with pytest.raises(NotPermitted, match="may not reorder payment"):
        reapply.reapply(city.desk, city.who("clerk1"), reapply.Reapply("again", receipt.number, (line,), "Wrong bill"))


def test_a_line_is_kept_as_it_was_keyed() -> None:
    line = BillLine(
        "account", "A-1", 3500, 9000, (PutOn("B-1", 3000, 2), PutOn("B-2", 500)), "Sewer is late", ahead=True
    )
    assert read_line(write_line(line)) == line
    assert read_line(write_line(BillLine("bill", "B-1"))) == BillLine("bill", "B-1")
