"""What the bank sends back: no drawer moves, the debt and its fee are claimed once, the tables say what entries say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import create_engine, text

from csr_desk.data.engine import parse_address
from csr_desk.data.queries import batches
from csr_desk.domain.cart import CartLine
from csr_desk.domain.drawer import BatchSheet
from csr_desk.domain.endorsement import Endorsement
from csr_desk.domain.errors import AlreadyVoided, Ineligible, MissingInput
from csr_desk.domain.people import Act, Role
from csr_desk.domain.postings import HOUSE
from csr_desk.domain.returned import NoticeState
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import (
    balancing,
    check_list,
    corrections,
    custody,
    notices,
    policies,
    printing,
    returned_items,
    sell,
    staff,
    tender_corrections,
)
from csr_desk.services.lines import BillLine
from csr_desk.services.papers import paper_of
from csr_desk.services.policies import SetPolicy
from csr_desk.services.receipts import receipt
from csr_desk.services.verification import verify_url
from demo_city import City

DAY = date(2026, 7, 14)
CHECK = Tender(TenderKind.CHECK, 5000, number="1042", routing="113000023", account="4471900253", drawn_by="Alma Reyes")
MAIL = "9407110200881234567890"


def bounced(city: City, **more: str) -> returned_items.Returned:
    """Sell an alarm permit (50.00) for a check and book that it came back."""
    sold = city.sell(CHECK, customer="Reyes & Sons")
    command = returned_items.ReturnItem(city.key(), sold.number, 1, "Insufficient funds", **more)
    return returned_items.returned_item(city.desk, city.who("accountant1"), command).value


def sheet(city: City, batch: str) -> BatchSheet:
    """What a supervisor sees of a batch."""
    return balancing.batch_sheet(city.desk, city.who("supervisor1"), batch)


def test_the_cash_and_the_checks_that_a_drawer_should_hold_stay_as_they_were(city: City) -> None:
    batch = city.open()
    city.sell()
    city.sell(CHECK)
    sold = city.sell(Tender(TenderKind.CHECK, 5000, number="7"))
    with city.desk.read() as work:
        row = batches.one_batch(work.conn, batch)
        assert row is not None
        before = (custody.held_cash(city.desk, work.conn, row), sheet(city, batch))
    assert before[0] == 25_000  # float 200.00 and 50.00
    command = returned_items.ReturnItem(city.key(), sold.number, 1, "Insufficient funds")
    done = returned_items.returned_item(city.desk, city.who("accountant1"), command).value
    city.desk.cash_seen.clear()
    with city.desk.read() as work:
        assert (custody.held_cash(city.desk, work.conn, row), sheet(city, batch)) == before
    assert all(posting.account not in {HOUSE.drawer, HOUSE.checks, HOUSE.safe} for posting in done.postings)


def test_item_and_fee_are_owed_by_who_drew_the_check_and_paid_to_the_receivable(city: City) -> None:
    city.open()
    done = bounced(city, address="1807 Leeland St")
    assert (done.amount, done.fee, done.letter_due) == (5000, 2400, True)
    (item,) = returned_items.returned_items(city.desk, city.who("accountant1"))
    assert (item.name, item.address, item.number, item.owed) == ("Alma Reyes", "1807 Leeland St", "1042", 7400)
    assert (item.clerk, item.routing, item.account_masked) == (city.who("clerk1").name, "113000023", "••••0253")
    paid = sell.complete_sale(
        city.desk,
        city.who("clerk1"),
        sell.CompleteSale(city.key(), None, (BillLine("account", done.account),), (Tender(TenderKind.CASH),)),
    ).value
    booked = {posting.account: posting.amount for posting in (*done.postings, *paid.postings)}
    assert booked[HOUSE.receivable] == -7400  # what the return debited is credited; no revenue is named twice
    assert [posting.account for posting in paid.postings] == [HOUSE.drawer, HOUSE.receivable]
    (item,) = returned_items.returned_items(city.desk, city.who("accountant1"))
    assert item.state(DAY) is NoticeState.PAID
    assert verify_url(city.url).first_fault is None


def test_the_fee_is_never_more_than_the_law_allows(sqlite_city: City) -> None:
    city = sqlite_city
    for cap, fee in (("30.00", 2400), ("24.00", 2400), ("23.99", 2399), ("0.00", 0)):
        policies.set_policy(city.desk, city.who("admin1"), SetPolicy(city.key(), {"returned_fee_cap": cap}))
        charged, postings = returned_items.returned_fee(city.desk, DAY)
        assert (charged, -sum(posting.amount for posting in postings)) == (fee, fee)


def test_a_city_without_such_a_fee_charges_none(sqlite_city: City) -> None:
    desk = sqlite_city.desk
    items = {code: item for code, item in desk.catalogue.items.items() if code != returned_items.FEE_ITEM}
    desk.take_catalogue(replace(desk.catalogue, items=items))
    assert returned_items.returned_fee(desk, DAY) == (0, ())


def test_a_customer_without_any_name_is_named_by_the_receipt(sqlite_city: City) -> None:
    city = sqlite_city
    city.open()
    sold = city.sell(Tender(TenderKind.CHECK, 5000, number="7"))
    command = returned_items.ReturnItem(city.key(), sold.number, 1, "Insufficient funds")
    done = returned_items.returned_item(city.desk, city.who("accountant1"), command).value
    assert done.listed == ""  # its account is not known
    (item,) = returned_items.returned_items(city.desk, city.who("accountant1"))
    assert item.name == f"Payer of receipt {sold.number}"


def test_a_second_returned_check_of_one_account_makes_no_second_line(city: City) -> None:
    city.open()
    assert bounced(city).listed
    sold = sell.CompleteSale(city.key(), None, (sell_line(),), (CHECK,), demo_inputs=True)
    yes = city.yes(Act.TAKE_LISTED_CHECK, sold.key, 5000)
    number = sell.complete_sale(city.desk, city.who("clerk1"), sold, yes).value.number
    command = returned_items.ReturnItem(city.key(), number, 1, "Again")
    assert returned_items.returned_item(city.desk, city.who("accountant1"), command).value.listed == ""
    assert len(check_list.checks_listed(city.desk, city.who("accountant1"))) == 1
    assert verify_url(city.url).first_fault is None


def sell_line() -> CartLine:
    """A residential alarm permit."""
    return CartLine("ALM-RES")


def test_the_days_run_from_the_day_that_the_letter_was_received(sqlite_city: City) -> None:
    city = sqlite_city
    city.open()
    item = bounced(city).item
    accountant = city.who("accountant1")
    both = notices.MailNotice(city.key(), item, MAIL, DAY, DAY)
    done = notices.mail_notice(city.desk, accountant, both).value
    assert done.pay_by == date(2026, 7, 24)
    assert [done.state(DAY + timedelta(days)) for days in (0, 10, 11)] == [
        NoticeState.RUNNING, NoticeState.RUNNING, NoticeState.OVERDUE,
    ]  # fmt: skip


def test_a_mail_number_without_a_day_of_mailing_is_asked_for(sqlite_city: City) -> None:
    city = sqlite_city
    city.open()
    item = bounced(city).item
    with pytest.raises(MissingInput) as refused:
        notices.mail_notice(
            city.desk, city.who("accountant1"), notices.MailNotice(city.key(), item, MAIL, received_on=DAY)
        )
    assert refused.value.field == "mailed_on"


def test_only_what_a_sale_took_can_come_back(sqlite_city: City) -> None:
    city = sqlite_city
    city.open()
    sold = city.sell(CHECK)
    yes = city.yes(Act.VOID, sold.number, 5000)
    void = corrections.void(city.desk, city.who("clerk1"), corrections.Void(city.key(), sold.number, "Wrong item"), yes)
    with pytest.raises(Ineligible, match="Only a tender of a sale"):
        returned_items.returned_item(
            city.desk,
            city.who("accountant1"),
            returned_items.ReturnItem(city.key(), void.value.number, 1, "Insufficient funds"),
        )


def test_what_the_only_person_of_an_office_lets_pass_is_reviewed_once_as_a_whole(city: City) -> None:
    admin = city.who("admin1")
    reviewer = staff.AddPerson(city.key(), "treasurer", "Ida Moss", "Treasurer", Role.REVIEWER, "a long secret")
    staff.add_person(city.desk, admin, reviewer)
    city.without_supervisors()
    policies.set_policy(city.desk, admin, SetPolicy(city.key(), {"outside_reviewer": "treasurer"}))
    city.open()
    bounced(city)
    line = CartLine("ALM-RES", amount=4000, override_reason="Court order")
    command = sell.CompleteSale(city.key(), None, (line,), (replace(CHECK, amount=4000),), demo_inputs=True)
    sold = sell.complete_sale(city.desk, city.who("clerk1"), command).value
    assert "reviewed later by Ida Moss" in sold.approver
    with city.desk.read() as work:
        acts = work.conn.execute(text("SELECT act FROM deferred_review")).scalars().all()
    assert acts == ["override_price"]
    assert verify_url(city.url).first_fault is None


def test_an_endorsement_waits_in_the_outbox_with_the_receipt_of_a_check_and_of_no_other(sqlite_city: City) -> None:
    city = sqlite_city
    city.open()
    city.sell()
    sold = city.sell(CHECK)
    clerk = city.who("clerk1")
    jobs = [job for job in printing.pending_prints(city.desk, clerk) if job.document == "endorsement"]
    assert [job.receipt for job in jobs] == [sold.number]
    paper = paper_of(city.desk, clerk, jobs[0])
    assert isinstance(paper, Endorsement)
    (check,) = paper.checks
    assert check.number == "1042"
    assert check.lines == sold.endorse == receipt(city.desk, clerk, sold.number).endorse
    assert check.lines[0] == "FOR DEPOSIT ONLY"
    printing.printed(city.desk, clerk, jobs[0].job_id)
    assert not receipt(city.desk, clerk, sold.number).printed  # the endorsement is not the receipt


def behind_the_back(city: City, change: str) -> str:
    """Change the database as its owner would; return the first fault that verify names."""
    address = parse_address(city.url)
    city.desk.close()
    engine = create_engine(address)
    with engine.begin() as connection:
        connection.execute(text(change))
    engine.dispose()
    return str(verify_url(city.url).first_fault)


FORGED = (
    "INSERT INTO bill (bill_id, account_no, description, amount_minor, paid_minor, shares, authority, state, "
    "returned_item) SELECT 'X', account_no, '', 5, 0, shares, authority, 'due', 'R-0' FROM bill"
)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("UPDATE returned_item SET amount_minor = 4000", "its amount is 4000, but the entries say 5000"),
        ("UPDATE returned_item SET fee_minor = 0", "its fee is 0, but the entries say 2400"),
        ("UPDATE returned_item SET received_on = '2026-07-01'", "its received on is 2026-07-01"),
        ("UPDATE returned_item SET mail_number = '1'", "its mail number is 1"),
        ("DELETE FROM returned_item", "stands in the ledger, but its row is gone"),
        ("UPDATE bill SET amount_minor = 7300", "its amount is 7300, but the entries say 7400"),
        ("UPDATE bill SET returned_item = NULL", "stands in the ledger, but its row is gone"),
        (FORGED, "bill X, a claim, stands in no entry of the ledger"),
        ("UPDATE check_list SET account_hash = 'x'", "its account hash is x"),
        ("UPDATE check_list SET reason = 'other'", "its reason is other, but the entries say returned_item"),
        ("DELETE FROM check_list", "returned-check list, line L-"),
        ("UPDATE check_list SET cleared_series = series_id, cleared_seq = seq", "but the entries say None"),
    ],
)
def test_a_row_about_checks_that_was_changed_is_named(city: City, change: str, fault: str) -> None:
    city.open()
    item = bounced(city).item
    notices.mail_notice(city.desk, city.who("accountant1"), notices.MailNotice(city.key(), item, MAIL, DAY))
    assert verify_url(city.url).first_fault is None
    assert fault in behind_the_back(city, change)


def test_a_corrected_check_of_a_sale_that_was_voided_does_not_come_back(city: City) -> None:
    city.open()
    sold = city.sell()
    right = Tender(TenderKind.CHECK, number="77")
    correction = tender_corrections.CorrectTender(city.key(), sold.number, TenderKind.CASH, right, "It was a check")
    clerk = city.who("clerk1")
    yes = city.yes(Act.CORRECT_TENDER, sold.number, 5000)
    corrected = tender_corrections.correct_tender(city.desk, clerk, correction, yes).value
    void = corrections.Void(city.key(), sold.number, "Wrong item")
    corrections.void(city.desk, clerk, void, city.yes(Act.VOID, sold.number, 5000))
    number = next(row.number for row in corrected.tenders if row.kind == "check")
    command = returned_items.ReturnItem(city.key(), corrected.number, number, "Insufficient funds")
    with pytest.raises(AlreadyVoided):
        returned_items.returned_item(city.desk, city.who("accountant1"), command)
