"""Refunds against the ledger: by count and by difference, under lock, to the tender that paid; on both engines."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from csr_desk.domain.cart import CartLine
from csr_desk.domain.catalogue import RefundKind, RefundRule
from csr_desk.domain.errors import ApprovalNeeded, BadInput, Conflict, Ineligible, Refusal
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.people import Act
from csr_desk.domain.policy import changed
from csr_desk.domain.receipt import Receipt
from csr_desk.domain.tender import Rounding, Tender, TenderKind
from csr_desk.services import accounts, corrections, policies, receipts, refunds, returned_items, sell, ways_back
from csr_desk.services.desk import Desk, open_desk
from csr_desk.services.lines import BillLine
from csr_desk.services.verification import verify_url
from demo_city import City

WATER = RefundRule(RefundKind.PERCENT_OVER_AMOUNT, Decimal(90), "Nothing of 25.00 or less, else 90 % (47-49)", 2500)
PUBLISHED = RefundRule(RefundKind.AS_PUBLISHED, None, "What was not made is given back")
CASH, CARD = Tender(TenderKind.CASH), Tender(TenderKind.CARD, last4="1881", authorization="A7")


def let_refund(desk: Desk, code: str, rule: RefundRule) -> None:
    """Give an item of the demo city a refund rule."""
    item = desk.catalogue.items[code]
    changed_item = replace(item, versions=tuple(replace(one, refund=rule) for one in item.versions))
    desk.take_catalogue(replace(desk.catalogue, items={**desk.catalogue.items, code: changed_item}))


def sold(city: City, code: str, inputs: Mapping[str, str], *tenders: Tender, **more: str) -> Receipt:
    """Sell one line."""
    line = CartLine(code, inputs, override_reason=more.get("why", ""), amount=int(more["cents"]) if more else None)
    command = sell.CompleteSale(city.key(), None, (line,), tenders or (CASH,), demo_inputs=True)
    yes = city.yes(Act.OVERRIDE_PRICE, command.key, int(more["cents"])) if more else None
    return sell.complete_sale(city.desk, city.who("clerk1"), command, yes).value


def back(city: City, receipt: Receipt, quantity: int | None = None, how: str = "", user: str = "clerk1") -> Receipt:
    """Refund line 1 (in part) with a supervisor's yes."""
    wanted = ((1, None if quantity is None else Decimal(quantity)),)
    command = refunds.Refund(city.key(), receipt.number, wanted, "Not made", how)
    who = city.who(user)
    with pytest.raises(ApprovalNeeded) as asked:
        refunds.refund(city.desk, who, command)
    worked = refunds.work_out(city.desk, who, command)
    yes = city.yes(Act.REFUND, receipt.number, asked.value.amount)
    done = refunds.refund(city.desk, who, command, yes).value
    assert worked.amount == asked.value.amount == -done.total
    assert worked.lines == done.lines
    return done


def test_further_copies_go_back_by_difference_and_steps_add_up_to_the_whole(city: City) -> None:
    # a death certificate: first copy 21.00, each further one 4.00: five copies 37.00
    let_refund(city.desk, "VIT-DEATH", PUBLISHED)
    city.open()
    copies = sold(city, "VIT-DEATH", {"copies": "5"})
    assert copies.total == 3700
    assert back(city, copies, 2).total == -800  # 37.00 - 29.00 for three
    two = back(city, copies, 2)
    assert (two.total, two.lines[0].quantity) == (-800, "2")  # 29.00 - 21.00 for one
    assert two.lines[0].explain[0].startswith("2 of 5 copies. 37.00 paid, 21.00 for what is kept")
    with pytest.raises(Ineligible, match="Only 1 of line 1 is left"):
        back(city, copies, 2)
    with pytest.raises(Ineligible, match="1 of it is left"):
        back(city, copies)
    assert back(city, copies, 1).total == -2100  # the first copy, last
    with pytest.raises(Ineligible, match="refunded already"):
        back(city, copies)
    assert verify_url(city.url).first_fault is None


def test_a_water_fee_gives_back_nothing_of_the_first_twenty_five_dollars(city: City) -> None:
    # meter test 62.66: 0.9 x 37.66 = 33.894 -> 33.89; the administrative fee of its own line stays
    let_refund(city.desk, "WTR-TEST", WATER)
    let_refund(city.desk, "WTR-CHGCUST", WATER)
    city.open()
    test = sold(city, "WTR-TEST", {})
    assert back(city, test).total == -3389
    small = sold(city, "WTR-CHGCUST", {})  # 6.26
    with pytest.raises(Ineligible, match="Nothing of Change of customer"):
        back(city, small)


def test_the_tax_follows_what_is_given_back_of_its_line_to_the_cent(city: City) -> None:
    # an extra container, 18.97 a month: 3 months 56.91, tax 8.25 % = 4.695075 -> 4.70.
    # one month back: 18.97 and 4.70 x 1897 / 5691 = 1.566 -> 1.56; another: 4.70 x 3794 / 5691 = 3.133 -> 3.13, less
    # 1.56 = 1.57; the last: 4.70 - 3.13 = 1.57. Together 56.91 and 4.70.
    let_refund(city.desk, "SWM-XCAP", PUBLISHED)
    city.open()
    months = sold(city, "SWM-XCAP", {"months": "3"})
    assert (months.total, months.taxes) == (6161, 470)
    parts = [back(city, months, 1) for _ in range(3)]
    assert [(part.total, part.taxes) for part in parts] == [(-2053, -156), (-2054, -157), (-2054, -157)]
    assert sum(part.total for part in parts) == -6161


def test_a_price_keyed_by_hand_goes_back_in_proportion_to_the_price_it_replaced(city: City) -> None:
    # five copies list 37.00 and were charged 18.50; three kept list 29.00, so half of it, 14.50: 4.00 goes back
    let_refund(city.desk, "VIT-DEATH", PUBLISHED)
    city.open()
    half = sold(city, "VIT-DEATH", {"copies": "5"}, cents="1850", why="Half for veterans")
    assert back(city, half, 2).total == -400
    assert back(city, half, 3).total == -1450


def test_what_was_deleted_or_priced_otherwise_since_is_refunded_as_a_whole_only(city: City) -> None:
    let_refund(city.desk, "VIT-DEATH", PUBLISHED)
    city.open()
    first, second = (sold(city, "VIT-DEATH", {"copies": "3"}) for _ in range(2))
    dearer = city.desk.catalogue.items["VIT-DEATH"]
    other = city.desk.catalogue.items["VIT-BIRTH"].versions[0].price
    changed_item = replace(dearer, versions=tuple(replace(one, price=other) for one in dearer.versions))
    kept = city.desk.catalogue
    city.desk.take_catalogue(replace(kept, items={**kept.items, "VIT-DEATH": changed_item}))
    with pytest.raises(Ineligible, match="cannot be priced again"):
        back(city, first, 1)
    city.desk.take_catalogue(kept)
    with city.desk.begin() as work:
        work.redact(second.key, "inputs")
        facts = {"series": second.key.series, "seq": second.key.seq, "topics": ["inputs"]}
        work.append(
            EntryDraft(
                city.desk.office_series, EventKind.NOTE_REDACTED, second.business_date, "auditor1", city.key(),
                approver="supervisor1", facts=facts,
            ),
            city.desk.now_text(),
        )  # fmt: skip
    with pytest.raises(Ineligible, match="has been deleted"):
        back(city, second, 1)
    assert back(city, second).total == -2900


def test_cash_that_rounding_never_took_is_not_given_back(city: City) -> None:
    # 6.26, rounded to the nickel: 6.25 was taken; 6.25 goes back, and the cent is booked where it came from
    policies.set_policy(city.desk, city.who("admin1"), policies.SetPolicy(city.key(), {"rounding": "nearest"}))
    assert city.desk.policy == changed(city.desk.policy, {"rounding": Rounding.NEAREST})
    let_refund(city.desk, "VIT-DEATH", PUBLISHED)
    let_refund(city.desk, "WTR-CHGCUST", PUBLISHED)
    city.open()
    receipt = sold(city, "WTR-CHGCUST", {}, Tender(TenderKind.CASH, 1000))  # 6.26, taken 6.25
    assert (receipt.total, receipt.rounding, receipt.change) == (626, -1, 375)
    given = back(city, receipt)
    assert (given.total, given.collected, given.rounding) == (-626, -625, 1)
    assert sum(posting.amount for posting in given.postings) == 0
    assert verify_url(city.url).first_fault is None


def test_what_a_tender_was_corrected_to_is_what_is_paid_back(city: City) -> None:
    from csr_desk.services import tender_corrections  # noqa: PLC0415 - for this test alone

    let_refund(city.desk, "VIT-DEATH", PUBLISHED)
    city.open()
    receipt = sold(city, "VIT-DEATH", {"copies": "2"}, Tender(TenderKind.CASH, 3000))
    command = tender_corrections.CorrectTender(
        city.key(), receipt.number, TenderKind.CASH, Tender(TenderKind.CHECK, number="7"), "It was a check"
    )
    yes = city.yes(Act.CORRECT_TENDER, receipt.number, 2500)
    tender_corrections.correct_tender(city.desk, city.who("clerk1"), command, yes)
    with pytest.raises(Ineligible, match="paid by cash"):
        back(city, receipt, how="cash")
    assert [(row.kind, row.amount) for row in back(city, receipt).tenders] == [("payables", -2500)]


def test_a_card_is_paid_back_to_itself_and_on_account_to_the_account(city: City) -> None:
    let_refund(city.desk, "VIT-DEATH", PUBLISHED)
    city.open()
    who = city.who("clerk1")
    accounts.add_customer(city.desk, who, accounts.NewCustomer("c", "Rosa Villarreal", number="C-1"))
    accounts.add_account(city.desk, who, accounts.NewAccount("a", "0001", "C-1", "water"))
    ahead = (BillLine("account", "0001", 800),)
    sell.complete_sale(city.desk, who, sell.CompleteSale(city.key(), None, ahead, (CASH,)))
    credit = Tender(TenderKind.ON_ACCOUNT, account="0001")
    two = (replace(CARD, amount=1000), Tender(TenderKind.CARD, 1100, last4="0042"), credit)
    receipt = sold(city, "VIT-DEATH", {"copies": "3"}, *two)  # 29.00: 10.00, 11.00 and 8.00 on account
    with pytest.raises(Ineligible, match=r"Only 21\.00 of this receipt was paid by card"):
        back(city, receipt, how="card")
    assert [(row.kind, row.last4, row.authorization, row.amount) for row in back(city, receipt).tenders] == [
        ("card", "0042", "", -1100),
        ("card", "1881", "A7", -1000),
        ("on_account", "", "", -800),
    ]


def refund_at_once(city: City, number: str) -> list[int | str]:
    """Let two drawers refund line 1 of a receipt at the same moment; return what each gave, or how it was refused."""
    start = threading.Barrier(2)
    given: list[int | str] = []

    def station(user: str) -> None:
        desk = open_desk(city.url)
        command = refunds.Refund(f"{number}-{user}", number, ((1, None),), "Not made", "payables")
        yes = city.yes(Act.REFUND, number, 3270)
        start.wait(timeout=30)
        try:
            given.append(-refunds.refund(desk, city.who(user), command, yes).value.total)
        except Refusal as refusal:
            given.append(refusal.code)
        finally:
            desk.close()

    threads = [threading.Thread(target=station, args=(user,)) for user in ("clerk1", "clerk2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return sorted(given, key=str)


def test_two_drawers_that_refund_one_receipt_at_once_never_give_back_more_than_was_paid(city: City) -> None:
    city.open("clerk1", "HPC-1")
    city.open("clerk2", "HPC-2")
    for _ in range(4):
        receipt = sold(city, "BLD-STRUCT", {"valuation": "21300"})
        assert refund_at_once(city, receipt.number) == [3270, "ineligible"]
    assert verify_url(city.url).first_fault is None


def test_a_refund_and_a_void_of_one_receipt_exclude_each_other(city: City) -> None:
    city.open()
    receipt = sold(city, "BLD-STRUCT", {"valuation": "21300"})
    back(city, receipt)
    yes = city.yes(Act.VOID, receipt.number, receipt.total)
    with pytest.raises(Ineligible):
        corrections.void(city.desk, city.who("clerk1"), corrections.Void(city.key(), receipt.number, "Why"), yes)


def test_the_same_refund_sent_twice_is_one_and_another_under_its_key_is_refused(city: City) -> None:
    city.open()
    receipt = sold(city, "BLD-STRUCT", {"valuation": "21300"})
    command = refunds.Refund("once", receipt.number, ((1, None),), "Not made")
    yes = city.yes(Act.REFUND, receipt.number, 3270)
    first = refunds.refund(city.desk, city.who("clerk1"), command, yes)
    again = refunds.refund(city.desk, city.who("clerk1"), command)
    assert (again.value, again.replayed) == (first.value, True)
    with pytest.raises(Conflict):
        refunds.refund(city.desk, city.who("clerk1"), replace(command, reason="Other"))
    with pytest.raises(BadInput):
        refunds.work_out(city.desk, city.who("clerk1"), replace(command, receipt=receipt.number, how="seashells"))
    assert receipts.receipt(city.desk, city.who("clerk1"), first.value.number).reverses == receipt.number


def test_what_the_bank_sent_back_is_not_refunded_as_well(city: City) -> None:
    city.open()
    receipt = sold(city, "BLD-STRUCT", {"valuation": "21300"}, Tender(TenderKind.CHECK, number="5"))
    command = returned_items.ReturnItem(city.key(), receipt.number, 1, "Insufficient funds")
    returned_items.returned_item(city.desk, city.who("accountant1"), command)
    with pytest.raises(Ineligible, match="The bank sent the payment"):
        back(city, receipt)


def test_what_may_be_done_with_a_receipt_is_told_with_the_reason_why_not(city: City) -> None:
    city.open()
    receipt = sold(city, "BLD-STRUCT", {"valuation": "21300"})
    ways = ways_back.ways_back(city.desk, city.who("clerk1"), receipt.number)
    assert (ways.void, ways.refund, ways.correct, ways.reapply) == ("", "", "", "")
    assert [(line.number, line.left, line.refused) for line in ways.lines] == [(1, Decimal(1), "")]
    other = ways_back.ways_back(city.desk, city.who("clerk2"), receipt.number)
    assert "Only its holder" in other.void
    assert "no open drawer" in other.refund
    back(city, receipt)
    after = ways_back.ways_back(city.desk, city.who("clerk1"), receipt.number)
    assert "refunded" in after.void
    assert "refunded already" in after.refund
    assert "refunded already" in after.correct
