"""Deposits of customers and holds: tables remember what the entries say, and what is changed behind them is found."""

from __future__ import annotations

import pytest

from csr_desk.domain.cart import CartLine
from csr_desk.domain.errors import ApprovalNeeded, Conflict, Ineligible
from csr_desk.domain.holds import Stops
from csr_desk.domain.people import Act
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import (
    accounts,
    corrections,
    dormant,
    guarantees,
    holds,
    reapply,
    sell,
)
from csr_desk.services.lines import BillLine
from csr_desk.services.verification import verify_url
from demo_city import City
from services.test_state_tampering import behind_the_back

CASH = (Tender(TenderKind.CASH),)


@pytest.fixture(autouse=True)
def an_account(city: City) -> None:
    """Open two accounts of a customer, and a drawer."""
    city.at("2026-07-14T08:00")
    who = city.who("clerk1")
    form = accounts.NewCustomer("c", "Maria Alvarez", address="4107 Leeland St", number="C-1")
    accounts.add_customer(city.desk, who, form)
    for number in ("A-1", "A-2"):
        accounts.add_account(city.desk, who, accounts.NewAccount(number, number, "C-1", "water"))
    city.open()


def take(city: City, cents: int, account: str = "A-1") -> str:
    """Take a deposit; return its number."""
    lines = (BillLine("deposit", account, cents),)
    sell.complete_sale(city.desk, city.who("clerk1"), sell.CompleteSale(city.key(), None, lines, CASH))
    return guarantees.deposits_of(city.desk, city.who("clerk1"), account)[-1].deposit_no


def settle(city: City, number: str, cents: int) -> guarantees.Ended:
    """Settle a deposit with the signature that what goes back needs."""
    yes = city.yes(Act.END_GUARANTEE, number, cents) if cents else None
    command = guarantees.SettleDeposit(city.key(), number, closes=True)
    return guarantees.settle_deposit(city.desk, city.who("accountant1"), command, yes).value


def bill(city: City, cents: int, account: str = "A-1") -> None:
    """Bill the account."""
    items = (accounts.BillItem(None, "Water", cents),)
    accounts.add_bill(city.desk, city.who("clerk1"), accounts.NewBill(city.key(), account, items))


def change(city: City, statement: str) -> str:
    """Change the database as its owner would; return what the verifier says of it."""
    return behind_the_back(city, statement) or ""


def test_a_deposit_is_split_to_the_cent_and_everything_stays_whole(city: City) -> None:
    bill(city, 6437)
    ended = settle(city, take(city, 15000), 8563)
    assert (ended.applied, ended.given_back, ended.state) == (6437, 8563, "refunded")
    assert sum(posting.amount for posting in ended.postings) == 0
    assert verify_url(city.url).first_fault is None


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE guarantee_deposit SET amount_minor = 14999", "its amount is 14999"),
        ("UPDATE guarantee_deposit SET account_no = 'A-2'", "its account no is A-2"),
        ("UPDATE guarantee_deposit SET state = 'held'", "its state is held"),
        ("UPDATE guarantee_deposit SET ended_seq = NULL, ended_series = NULL", "its ended"),
        ("DELETE FROM guarantee_deposit", "its row is gone"),
        ("UPDATE payables_request SET amount_minor = 8564", "8564"),
        ("DELETE FROM payables_request", "its row is gone"),
        ("UPDATE bill SET paid_minor = 0, state = 'due'", "not paid as its receipts say"),
        ("DELETE FROM entry_about WHERE subject = 'account:A-1'", "is not found there"),
    ],
)
def test_what_is_changed_in_an_ended_deposit_is_found(city: City, statement: str, said: str) -> None:
    bill(city, 6437)
    settle(city, take(city, 15000), 8563)
    assert said in change(city, statement)


def test_a_deposit_that_nobody_took_is_found(city: City) -> None:
    statement = (
        "INSERT INTO guarantee_deposit SELECT 'G-HPC1-1-1', 'A-1', 'held', 100, series_id, seq, NULL, NULL "
        "FROM ledger_event LIMIT 1"
    )
    assert "stands in no entry" in change(city, statement)


def test_a_bill_that_takes_it_all_sends_nothing_to_payables(city: City) -> None:
    bill(city, 20000)
    ended = settle(city, take(city, 15000), 0)
    assert (ended.applied, ended.given_back, ended.request, ended.state) == (15000, 0, "", "applied")
    assert verify_url(city.url).first_fault is None


def test_the_same_key_settles_once_and_gives_the_same_result(city: City) -> None:
    number = take(city, 5000)
    command = guarantees.SettleDeposit("once", number)
    yes = city.yes(Act.END_GUARANTEE, number, 5000)
    first = guarantees.settle_deposit(city.desk, city.who("accountant1"), command, yes)
    again = guarantees.settle_deposit(city.desk, city.who("accountant1"), command)
    assert (first.value, again.replayed) == (again.value, True)
    with pytest.raises(Conflict):
        settle(city, number, 5000)


def test_a_receipt_that_took_a_deposit_is_applied_anew_with_it(city: City) -> None:
    number = take(city, 5000)
    right = (BillLine("deposit", "A-2", 5000),)
    command = reapply.Reapply(city.key(), "HPC1-0000001", right, "Wrong account")
    yes = city.yes(Act.REAPPLY, "HPC1-0000001", 5000)
    reapply.reapply(city.desk, city.who("clerk1"), command, yes)
    (before,) = guarantees.deposits_of(city.desk, city.who("clerk1"), "A-1")
    (now,) = guarantees.deposits_of(city.desk, city.who("clerk1"), "A-2")
    assert (before.deposit_no, before.state, now.state, now.amount) == (number, "refunded", "held", 5000)
    assert verify_url(city.url).first_fault is None


def test_an_ended_deposit_keeps_its_receipt_from_being_voided(city: City) -> None:
    settle(city, take(city, 5000), 5000)
    with pytest.raises(Ineligible, match="settled already"):
        corrections.void(
            city.desk, city.who("clerk1"), corrections.Void(city.key(), "HPC1-0000001", "Wrong amount"),
            city.yes(Act.VOID, "HPC1-0000001", 5000),
        )  # fmt: skip
    assert verify_url(city.url).first_fault is None


def test_money_to_an_accounts_credit_that_nobody_asks_for_is_listed_as_well(city: City) -> None:
    lines = (BillLine("account", "A-1", 2500, ahead=True),)
    sell.complete_sale(city.desk, city.who("clerk1"), sell.CompleteSale(city.key(), None, lines, CASH))
    take(city, 5000, "A-2")
    city.at("2029-07-14T08:00")
    listed = dormant.dormant(city.desk, city.who("accountant1"))
    assert [(one.kind, one.account, one.amount) for one in listed] == [("credit", "A-1", 2500)]
    content = dormant.dormant_csv(listed).decode()
    assert content.splitlines()[1] == "credit,A-1,A-1,C-1,Maria Alvarez,4107 Leeland St,25.00,2026-07-14,2029-07-14"
    masked = dormant.dormant(city.desk, city.who("auditor1"))
    assert masked[0].address == "(not shown to your role)"


def place(city: City, *, customer: str = "", account: str = "", stops: Stops = Stops.NEW) -> str:
    """Place a hold; return its number."""
    command = holds.PlaceHold(city.key(), "Registration expired", customer, account, stops)
    return holds.place_hold(city.desk, city.who("supervisor1"), command).value.hold_id


def test_an_overridden_hold_stands_on_the_receipt_with_who_signed(city: City) -> None:
    number = place(city, customer="C-1")
    command = sell.CompleteSale(city.key(), None, (CartLine("ALM-RES"),), CASH, demo_inputs=True, customer_id="C-1")
    with pytest.raises(ApprovalNeeded):
        sell.complete_sale(city.desk, city.who("clerk1"), command)
    yes = city.yes(Act.OVERRIDE_HOLD, command.key, 5000)
    receipt = sell.complete_sale(city.desk, city.who("clerk1"), command, yes).value
    with city.desk.read() as work:
        facts = work.conn.exec_driver_sql("SELECT facts FROM ledger_event WHERE kind = 'sale'").scalar_one()
    assert f'"holds":["{number}"]' in facts
    assert receipt.approver == yes.approver.name
    assert verify_url(city.url).first_fault is None


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE hold_flag SET words = 'Nothing'", "its words is Nothing"),
        ("UPDATE hold_flag SET subject = 'account:A-2'", "its subject is account:A-2"),
        ("UPDATE hold_flag SET stops = 'all'", "its stops is all"),
        ("UPDATE hold_flag SET expires_on = '2026-07-13'", "its expires on is 2026-07-13"),
        ("UPDATE hold_flag SET lifted_series = series_id, lifted_seq = seq", "its lifted series"),
        ("DELETE FROM hold_flag", "its row is gone"),
        ("UPDATE hold_flag SET hold_id = 'H-1'", "stands in no entry"),
    ],
)
def test_what_is_changed_in_a_hold_is_found(city: City, statement: str, said: str) -> None:
    place(city, account="A-1")
    assert said in change(city, statement)


def test_a_hold_on_a_record_that_was_joined_holds_the_person(city: City) -> None:
    from csr_desk.services import customer_merging  # noqa: PLC0415 - for this test alone

    accounts.add_customer(city.desk, city.who("clerk1"), accounts.NewCustomer("d", "M. Alvarez", number="C-2"))
    place(city, customer="C-2")
    merge = customer_merging.MergeCustomers(city.key(), "C-1", "C-2", "One person")
    customer_merging.merge_customers(city.desk, city.who("supervisor1"), merge)
    found = holds.holds_of(city.desk, city.who("clerk1"), account="A-1")
    assert [hold.subject for hold in found] == ["customer:C-2"]
