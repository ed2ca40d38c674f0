"""The difference finder on small drawers whose figures are worked out by hand, one cause after the other."""

from __future__ import annotations

from datetime import timedelta

import pytest

from csr_desk.domain.difference import Kind, ReceiptFact, TenderPart, candidates, explain, unexplained
from csr_desk.domain.drawer import CountSheet
from csr_desk.domain.ledger import EventKind
from difference_drawers import cash, check, drawer, first, sale, told


def test_two_swapped_digits_are_named_with_what_the_check_must_say() -> None:
    # 154.82 - 145.82 = 9.00; 203.11 has no two digits whose swap makes it 9.00 less (023.11 is none).
    facts = drawer(sale(1, check(20_311)), sale(2, check(15_482)), off={"check": -900})
    assert told(facts) == (Kind.TRANSPOSITION, "R-2", 15_482, 14_582, 900)
    one = first(facts)
    assert one.strong
    assert one.sentence == "Two digits swapped on receipt R-2: keyed 154.82, likely 145.82. Read the check."
    assert one.evidence == (
        "The number of checks is right.", "The last two counts are the same.", "9.00 is divisible by nine.",
        "One receipt fits.",
    )  # fmt: skip


def test_digits_that_stand_apart_are_swapped_less_often_but_found() -> None:
    # 482.15 with the first and the third digit swapped is 284.15: 198.00 less. The neighbours do not make it.
    facts = drawer(sale(1, check(48_215)), sale(2, check(6_437)), off={"check": -19_800})
    assert told(facts) == (Kind.TRANSPOSITION, "R-1", 48_215, 28_415, 19_800)


def test_cash_with_change_is_not_suspected_of_swapped_digits() -> None:
    """Its change was given as the receipt says, so the drawer agrees with the receipt whatever was owed."""
    # 154.82 exact could have been 145.82; handed over as 160.00 it could not.
    assert first(drawer(sale(1, cash(15_482)), off={"cash": -900})).kind is Kind.TRANSPOSITION
    found = candidates(drawer(sale(1, cash(15_482, 16_000)), off={"cash": -900}))
    assert Kind.TRANSPOSITION not in {one.kind for one in found}


@pytest.mark.parametrize(
    ("keyed", "likely", "words"),
    [
        (1_250, 12_500, "A digit too few"),  # 12.50 for 125.00
        (1_250, 12_507, "A digit too few"),  # 12.50 for 125.07, the last digit lost
        (12_500, 1_250, "A digit too many"),  # 125.00 for 12.50
        (1_250, 125_000, "A digit too few"),  # 12.50 for 1,250.00
        (125_000, 1_250, "A digit too many"),  # 1,250.00 for 12.50
    ],
)
def test_ten_times_or_a_hundred_times_as_much_is_a_slide(keyed: int, likely: int, words: str) -> None:
    facts = drawer(sale(1, check(keyed)), sale(2, check(200_000)), off={"check": likely - keyed})
    assert told(facts) == (Kind.SLIDE, "R-1", keyed, likely, abs(likely - keyed))
    assert first(facts).sentence.startswith(f"{words} on receipt R-1: keyed ")


def test_a_wrong_digit_is_looked_for_where_the_keys_lie_beside_each_other() -> None:
    # 187.35 - 157.35 = 30.00: 8 and 5 lie beside each other. On 464.37 the 6 would have to be a 3, beside it as well;
    # on 240.00 the 4 would have to be a 1, beside it too; on 911.00 there is no digit to take 3 from at the tens.
    facts = drawer(sale(1, check(91_100)), sale(2, check(18_735)), off={"check": -3_000})
    assert told(facts) == (Kind.DIGIT, "R-2", 18_735, 15_735, 3_000)
    assert first(facts).sentence == (
        "One digit keyed wrong on receipt R-2: keyed 187.35, likely 157.35. Read the check."
    )


def test_an_amount_that_is_wrong_altogether_is_said_to_be_so_and_not_believed() -> None:
    # 123.45 more on one check of 20.00: no digit, no swap, no slide makes it.
    facts = drawer(sale(1, check(2_000)), off={"check": 12_345})
    one = first(facts)
    assert (one.kind, one.receipt, one.strong) == (Kind.KEYED_WRONG, "", False)
    assert one.sentence.startswith("One of the checks keyed wrong in more than one digit: tick the tape off")
    assert unexplained(facts, candidates(facts)) == ("check",)
    assert explain("b", facts).verdict == "No single cause explains 123.45 in check."


def test_a_missing_check_is_named_by_its_amount_and_the_number_of_items() -> None:
    receipts = (sale(1, check(20_311)), sale(2, check(15_482)))
    one = first(drawer(*receipts, off={"check": -15_482}, items={"check": -1}))
    assert (one.kind, one.receipt) == (Kind.CHECK_MISSING, "R-2")
    assert one.evidence[0] == "1 check fewer than there are receipts for."
    one = first(drawer(*receipts, off={"check": 15_482}, items={"check": 1}))
    assert (one.kind, one.receipt) == (Kind.CHECK_TWICE, "R-2")
    assert one.sentence == "The check of 154.82, receipt R-2, may stand on the tape twice: tick it off."


def test_a_check_that_no_receipt_is_for_is_a_missed_receipt() -> None:
    facts = drawer(sale(1, check(20_311)), off={"check": 7_725}, items={"check": 1})
    assert told(facts)[0] is Kind.MISSED_RECEIPT
    assert first(facts).sentence == ("A check of 77.25 without a receipt: tick the tape off against the receipts.")


def test_the_number_of_items_rules_causes_out() -> None:
    """Two items fewer are not one missing check, whatever the amount."""
    facts = drawer(sale(1, check(20_311)), sale(2, check(15_482)), off={"check": -15_482}, items={"check": -2})
    assert candidates(facts) == ()
    assert explain("b", facts).verdict == "No single cause explains −154.82 in check."


def test_a_receipt_made_twice_is_found_beside_its_twin() -> None:
    once, again = sale(1, check(5_000, "77")), sale(1, check(5_000, "77"))
    twin = ReceiptFact("R-1b", once.at + timedelta(minutes=2), again.total, again.parts)
    facts = drawer(once, twin, sale(2, check(5_000, "78")), off={"check": -5_000}, items={"check": -1})
    assert told(facts) == (Kind.EXTRA, "R-1b", 5_000, 0, 5_000)
    orders = sale(3, TenderPart("money_order", 4_645)), sale(4, TenderPart("money_order", 2_000))
    elsewhere = first(drawer(once, twin, *orders, off={"money_order": -4_000}))
    assert (elsewhere.kind, elsewhere.receipt) == (Kind.SIGN, "R-4")
    assert first(facts).sentence == (
        "Receipt R-1b repeats the one before it, 50.00: see whether it was made a second time."
    )


def test_a_customer_who_left_without_paying_is_named_by_the_amount() -> None:
    facts = drawer(sale(1, cash(6_435)), sale(2, cash(2_780)), off={"cash": -6_435})
    assert told(facts)[:2] == (Kind.EXTRA, "R-1")
    assert first(facts).sentence.startswith("No money came for receipt R-1, 64.35: ask whether the customer left")


def test_money_of_a_cart_that_was_held_has_no_receipt() -> None:
    facts = drawer(sale(1, cash(2_780)), off={"cash": 6_435}, carts=(6_437,))  # 64.37 is 64.35 in cash
    one = first(facts)
    assert (one.kind, one.receipt, one.likely) == (Kind.MISSED_RECEIPT, "", None)
    assert one.sentence == "64.35 taken for a cart that was held or cancelled: look for it and make its receipt."


def test_money_of_a_void_that_was_not_given_back_is_found() -> None:
    taken = sale(1, cash(6_435), voided=True)
    back = sale(2, TenderPart("cash", -6_435), kind=EventKind.VOID)
    one = first(drawer(taken, back, sale(3, cash(2_780)), off={"cash": 6_435}))
    assert (one.kind, one.receipt) == (Kind.MISSED_RECEIPT, "R-1")
    assert one.sentence == "64.35 of the voided receipt R-1 was not given back: ask whether the customer got it."


def test_money_of_a_usual_amount_or_of_none_is_without_a_receipt() -> None:
    usual = first(drawer(sale(1, cash(6_435)), sale(2, cash(2_780)), off={"cash": 6_435}))
    assert usual.kind is Kind.MISSED_RECEIPT
    assert "receipt R-1 is for as much" in usual.sentence
    none = first(drawer(sale(1, cash(6_435)), off={"cash": 12_345}))
    assert (none.kind, none.receipt, none.strong) == (Kind.MISSED_RECEIPT, "", False)
    assert "as much as none of them" in none.sentence


def test_half_the_difference_is_a_wrong_sign() -> None:
    receipts = (sale(1, check(20_311)), sale(2, check(6_437)))
    tape = first(drawer(*receipts, off={"check": -12_874}))  # 2 x 64.37
    assert (tape.kind, tape.receipt, tape.keyed, tape.likely) == (Kind.SIGN, "R-2", 6_437, -6_437)
    assert tape.sentence == "Half the difference is 64.37, the check of receipt R-2: see whether the tape took it off."
    given = first(drawer(sale(1, cash(6_437)), sale(2, cash(2_780)), off={"cash": -12_874}))
    assert (given.kind, given.receipt) == (Kind.SIGN, "R-1")
    assert given.sentence.endswith("receipt R-1 takes it; see whether it was given back instead.")
    back = sale(3, TenderPart("cash", -6_437), kind=EventKind.REFUND)
    taken = first(drawer(sale(1, cash(2_780)), back, off={"cash": 12_874}))
    assert (taken.kind, taken.receipt) == (Kind.SIGN, "R-3")
    assert taken.sentence.endswith("receipt R-3 gives it back; see whether it was taken instead.")


def test_two_tenders_off_by_the_same_amount_are_one_receipt_under_the_wrong_tender() -> None:
    receipts = (sale(1, cash(8_740)), sale(2, check(6_437)), sale(3, TenderPart("money_order", 4_645)))
    one, *others = candidates(drawer(*receipts, off={"cash": -8_740, "check": 8_740}, items={"check": 1}))
    assert (one.kind, one.tender, one.other, one.receipt) == (Kind.WRONG_TENDER, "cash", "check", "R-1")
    assert one.likelihood > 990_000
    assert others == []


def test_a_wrong_tender_shows_in_one_tender_alone_where_the_other_was_not_counted() -> None:
    card = TenderPart("card", 6_437)
    facts = drawer(sale(1, cash(8_740)), sale(2, card), off={"cash": -8_740})
    sheet = CountSheet(facts.sheets[-1].cash, {})
    alone = drawer(sale(1, cash(8_740)), sale(2, card), off={"cash": -8_740}, sheets=(sheet, sheet))
    found = {one.kind: one for one in candidates(alone)}
    assert found[Kind.WRONG_TENDER].other == "card"
    assert found[Kind.WRONG_TENDER].sentence == "87.40 keyed as cash lies there as card: look at receipt R-1."
    over = drawer(sale(1, cash(8_740)), sale(2, card), off={"cash": 6_437}, sheets=())
    held = over.expected["cash"].amount + 6_437
    sheet = CountSheet({1: held}, {})
    over = drawer(sale(1, cash(8_740)), sale(2, card), off={}, sheets=(sheet, sheet))
    found = {one.kind: one for one in candidates(over)}
    assert found[Kind.WRONG_TENDER].sentence == "64.37 keyed as card lies there as cash: look at receipt R-2."


def test_each_of_two_tenders_that_are_off_for_reasons_of_their_own_is_explained() -> None:
    receipts = (sale(1, cash(6_435)), sale(2, check(15_482)), sale(3, check(20_311)))
    found = candidates(drawer(*receipts, off={"cash": -6_435, "check": -900}))
    assert {(one.kind, one.tender, one.receipt) for one in found if one.strong} == {
        (Kind.EXTRA, "cash", "R-1"), (Kind.TRANSPOSITION, "check", "R-2"),
    }  # fmt: skip


def test_within_the_tolerance_nothing_is_looked_for() -> None:
    facts = drawer(sale(1, cash(100)), off={"cash": -100})
    assert (candidates(facts), unexplained(facts, ())) == ((), ())
    assert explain("b", facts).verdict == "The drawer agrees within the tolerance."
    assert drawer(off={}, sheets=()).differences == {}


def test_the_verdict_says_how_far_the_causes_go() -> None:
    assert explain("b", drawer(sale(1, check(15_482)), off={"check": -900})).verdict == "One cause stands out."
    # 20.00 short: one of eight twenties sticks, one too many went out with the 82.35 of change, or nobody paid R-2
    # 250.00 + 160.00 + 30.00 + 15.00 + 24.00 + 0.85 = 479.85
    # = 200.00 + 17.65 + 20.00 + 10.05 + 47.05 + 84.05 + 121.05 - 20.00
    pieces = {5000: 5, 2000: 8, 1000: 3, 500: 3, 100: 24, 5: 17}
    paid = (cash(1_765, 10_000), cash(2_000), cash(1_005), cash(4_705), cash(8_405), cash(12_105))
    several = drawer(*(sale(at, part) for at, part in enumerate(paid, 1)), off={"cash": -2_000}, pieces=pieces)
    found = explain("b", several)
    assert {one.kind for one in found.candidates} == {Kind.EXTRA, Kind.CHANGE, Kind.DENOMINATION}
    assert found.verdict == "Several causes fit."


def test_more_receipts_than_help_are_not_named() -> None:
    facts = drawer(*(sale(at, check(15_482, str(at))) for at in range(1, 13)), off={"check": -900})
    one = first(facts)
    assert len(one.suspects) == 8
    assert one.evidence[-1] == "12 receipts fit."
    assert "receipt R-1 (or 7 others)" in one.sentence
    two = first(drawer(sale(1, check(15_482)), sale(2, check(15_482, "2")), off={"check": -900}))
    assert "receipt R-1 (or 1 other)" in two.sentence
