"""How tenders meet a total; every figure is worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csr_desk.domain.errors import (
    BadInput,
    CardNumberRefused,
    ChangeNotAllowed,
    MissingInput,
    Refusal,
    TenderRefused,
)
from csr_desk.domain.settle import check_tender, round_cash, settle
from csr_desk.domain.tender import Rounding, Tender, TenderKind

CASH, CHECK, CARD, ECHECK = TenderKind.CASH, TenderKind.CHECK, TenderKind.CARD, TenderKind.ECHECK


def fee(kind: TenderKind, part: int) -> int:
    """2.30 % at least 1.50 on cards, 0.50 on e-checks; no card below a dollar."""
    if kind is ECHECK:
        return 50
    if kind is not CARD:
        return 0
    if part < 100:
        raise TenderRefused
    return max((part * 230 + 5000) // 10000, 150)


@pytest.mark.parametrize(
    ("due", "nearest", "down"),
    [(6437, 6435, 6435), (6438, 6440, 6435), (6436, 6435, 6435), (6439, 6440, 6435), (6440, 6440, 6440),
     (6441, 6440, 6440), (6442, 6440, 6440), (6443, 6445, 6440), (6444, 6445, 6440), (1, 5, 0), (2, 5, 0),
     (3, 5, 0), (4, 5, 0), (5, 5, 5), (0, 0, 0)],
)  # fmt: skip
def test_cash_is_rounded_to_the_nickel(due: int, nearest: int, down: int) -> None:
    assert round_cash(due, Rounding.NEAREST) == nearest
    assert round_cash(due, Rounding.DOWN) == down
    assert round_cash(due, Rounding.OFF) == due


def test_a_hundred_dollar_note_for_a_water_bill_gives_rounded_change() -> None:
    done = settle(6437, [Tender(CASH, 10000)], Rounding.NEAREST)
    assert (done.rounding, done.change, done.rest, done.collected) == (-2, 3565, 0, 6435)
    assert done.tenders[0].applied == 6437


def test_pennies_offered_exactly_are_taken_exactly() -> None:
    done = settle(6437, [Tender(CASH, 6437)], Rounding.NEAREST)
    assert (done.rounding, done.change, done.collected) == (0, 0, 6437)


def test_cash_between_the_exact_and_the_rounded_amount_is_enough() -> None:
    done = settle(6438, [Tender(CASH, 6439)], Rounding.NEAREST)
    assert (done.rounding, done.change, done.rest) == (0, 1, 0)


def test_the_rounded_amount_itself_is_enough_although_it_is_less() -> None:
    done = settle(6437, [Tender(CASH, 6435)], Rounding.NEAREST)
    assert (done.rounding, done.change, done.rest, done.collected) == (-2, 0, 0, 6435)


def test_a_check_leaves_a_cash_remainder_and_only_that_is_rounded() -> None:
    done = settle(9277, [Tender(CHECK, 9000), Tender(CASH)], Rounding.NEAREST)
    assert [part.given for part in done.tenders] == [9000, 275]
    assert (done.rounding, done.change, done.rest) == (-2, 0, 0)


def test_cash_that_leaves_a_rest_to_a_card_is_not_rounded() -> None:
    done = settle(12222, [Tender(CASH, 2001), Tender(CARD)], Rounding.NEAREST, fee)
    assert [(part.given, part.applied, part.fee) for part in done.tenders] == [(2001, 2001, 0), (10221, 10221, 235)]
    assert (done.rounding, done.rest, done.fees, done.collected) == (0, 0, 235, 12457)


def test_the_card_fee_is_taken_on_its_own_part_and_has_a_minimum() -> None:
    assert settle(12222, [Tender(CARD)], Rounding.OFF, fee).fees == 281
    assert settle(12222, [Tender(CHECK, 12000), Tender(CARD)], Rounding.OFF, fee).fees == 150
    assert settle(12222, [Tender(ECHECK)], Rounding.OFF, fee).fees == 50


def test_too_little_says_what_is_left_and_takes_no_rounding() -> None:
    done = settle(6437, [Tender(CASH, 6000)], Rounding.NEAREST)
    assert (done.rest, done.rounding, done.change) == (437, 0, 0)
    assert settle(6437, [], Rounding.NEAREST).rest == 6437
    assert settle(6437, [Tender(CHECK, 6400)], Rounding.NEAREST).rest == 37


def test_change_is_never_given_from_a_check_or_card() -> None:
    for kind in (CHECK, CARD, TenderKind.MONEY_ORDER, TenderKind.TRANSFER):
        with pytest.raises(ChangeNotAllowed):
            settle(6437, [Tender(kind, 6438)], Rounding.OFF, fee)


def test_change_against_cash_beside_a_check_comes_from_the_cash() -> None:
    done = settle(9277, [Tender(CASH, 10000), Tender(CHECK, 9000)], Rounding.OFF)
    assert done.change == 9723
    assert [part.applied for part in done.tenders] == [277, 9000]


def test_several_cash_amounts_are_taken_together() -> None:
    done = settle(3000, [Tender(CASH, 2000), Tender(CASH, 2000)], Rounding.OFF)
    assert [part.applied for part in done.tenders] == [2000, 1000]
    assert done.change == 1000


@pytest.mark.parametrize(
    "tenders",
    [
        [Tender(CASH), Tender(CARD)],
        [Tender(CASH, 0)],
        [Tender(CHECK, -5)],
        [Tender(CASH, 10**15)],
        [Tender(CASH, 500), Tender(CASH)],
        [Tender(CHECK, 6437), Tender(CARD)],
        [Tender(CASH, 7000), Tender(CARD)],
    ],
)
def test_amounts_that_cannot_be_are_refused(tenders: list[Tender]) -> None:
    with pytest.raises(BadInput):
        settle(6437, tenders, Rounding.OFF, fee)


def test_a_card_below_a_dollar_is_refused_by_its_fee() -> None:
    with pytest.raises(TenderRefused):
        settle(99, [Tender(CARD)], Rounding.OFF, fee)


def test_a_free_item_needs_no_tender_and_a_tender_for_it_leaves_no_trace() -> None:
    assert settle(0, [], Rounding.NEAREST).rest == 0
    assert settle(0, [Tender(CASH)], Rounding.NEAREST).tenders == ()


def test_totals_that_cannot_be_are_refused() -> None:
    for total in (-1, 10**15):
        with pytest.raises(BadInput):
            settle(total, [], Rounding.OFF)


@given(
    total=st.integers(1, 10**7),
    check=st.integers(0, 10**7),
    cash=st.integers(1, 2 * 10**7),
    rounding=st.sampled_from(list(Rounding)),
)
def test_what_is_collected_is_the_total_and_the_rounding_for_all_amounts(
    total: int, check: int, cash: int, rounding: Rounding
) -> None:
    tenders = [Tender(CASH, cash)] + ([Tender(CHECK, min(check, total))] if check else [])
    done = settle(total, tenders, rounding)
    if done.rest:
        assert done.rest == total - sum(part.given for part in done.tenders)
        assert sum(part.applied for part in done.tenders) == total - done.rest
        return
    assert done.collected == total + done.rounding
    assert sum(part.applied for part in done.tenders) == total
    assert abs(done.rounding) <= 4
    assert done.change >= 0


def test_a_check_needs_a_number_and_a_true_routing_number() -> None:
    check_tender(Tender(CHECK, 100, number="4432", routing="113000023"))
    for wrong, error in (
        (Tender(CHECK, 100), MissingInput),
        (Tender(CHECK, 100, number="#"), BadInput),
        (Tender(CHECK, 100, number="4432", routing="113000024"), BadInput),
        (Tender(CHECK, 100, number="9" * 41), BadInput),
    ):
        with pytest.raises(error):
            check_tender(wrong)


def test_a_card_carries_four_digits_and_never_its_number() -> None:
    check_tender(Tender(CARD, 100, last4="1111", authorization="A1B2"))
    with pytest.raises(CardNumberRefused):
        check_tender(Tender(CARD, 100, authorization="4111 1111 1111 1111"))
    with pytest.raises(BadInput):
        check_tender(Tender(CARD, 100, last4="111"))


def test_a_departmental_transfer_needs_its_document() -> None:
    check_tender(Tender(TenderKind.TRANSFER, 100, document="IDT-77"))
    with pytest.raises(Refusal):
        check_tender(Tender(TenderKind.TRANSFER, 100))
