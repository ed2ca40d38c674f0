"""What an item's refund rule gives back: figures by hand, and that steps add up to the whole."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csr_desk.domain.catalogue import RefundKind, RefundRule
from csr_desk.domain.refund_rules import Fees, excluded, explained, given_back

PERMIT = RefundRule(RefundKind.PERCENT_OVER_MINIMUM, Decimal(90), "90 % over the minimum")
WATER = RefundRule(RefundKind.PERCENT_OVER_AMOUNT, Decimal(90), "47-49", over=2500)
PUBLISHED = RefundRule(RefundKind.AS_PUBLISHED)
NOTHING = Fees(Decimal(0), Decimal(0))


def fees(cents: int, number: int = 1) -> Fees:
    return Fees(Decimal(cents), Decimal(number))


@pytest.mark.parametrize(
    ("rule", "minimum", "paid", "back"),
    [
        (PERMIT, 9106, 12740, 3270),  # 0.9 x (127.40 - 91.06 = 36.34) = 32.706, floor to the cent
        (PERMIT, 9106, 9106, 0),
        (PERMIT, 9106, 4700, 0),  # below the minimum: the top-up is what makes it up, and stays as well
        (PERMIT, None, 1000, 900),
        (WATER, 9106, 2500, 0),  # nothing of 25.00 or less; the permit's own minimum is not asked
        (WATER, None, 2400, 0),
        (WATER, None, 2501, 0),  # 0.9 x 0.01 = 0.009, floor
        (WATER, None, 12500, 9000),  # 0.9 x (125.00 - 25.00) = 90.00
        (PUBLISHED, 9106, 12740, 12740),
        (RefundRule(), 0, 12740, 0),
        (RefundRule(RefundKind.PERCENT_OVER_AMOUNT, Decimal(50)), None, 1000, 500),
        (RefundRule(RefundKind.PERCENT_OVER_MINIMUM), None, 1000, 0),
    ],
)
def test_a_whole_fee_goes_back_by_its_rule(rule: RefundRule, minimum: int | None, paid: int, back: int) -> None:
    assert given_back(rule, minimum, fees(paid), NOTHING) == back


def test_of_several_fees_each_keeps_its_own_minimum() -> None:
    # two permits of 127.40: 0.9 x (254.80 - 2 x 91.06) = 0.9 x 72.68 = 65.412; one of them: 32.70
    assert given_back(PERMIT, 9106, fees(25480, 2), NOTHING) == 6541
    assert given_back(PERMIT, 9106, fees(25480, 2), fees(12740)) == 3270


def test_what_is_priced_by_a_count_goes_back_by_difference() -> None:
    # first copy 21.00, further 4.00 each: three copies 29.00; one kept 21.00: 8.00 goes back, not two thirds
    assert given_back(PUBLISHED, None, fees(2900), fees(2100)) == 800
    # 150.00 for ten, 110.00 for six: the 25.00 is kept once, so 0.9 x (125.00 - 85.00) = 36.00
    assert given_back(WATER, None, fees(15000), fees(11000)) == 3600
    # what is kept costs less than is never given back: 0.9 x (125.00 - 0.00) = 112.50
    assert given_back(WATER, None, fees(15000), fees(2000)) == 11250


@given(
    rule=st.sampled_from([PERMIT, WATER, PUBLISHED]),
    each=st.integers(1, 50_000),
    number=st.integers(1, 12),
    stops=st.sets(st.integers(1, 11)),
)
def test_refunds_in_steps_add_up_to_one_refund_of_everything(
    rule: RefundRule, each: int, number: int, stops: set[int]
) -> None:
    kept = [number, *sorted((stop for stop in stops if stop < number), reverse=True), 0]
    so_far = [given_back(rule, 9106, fees(each * number, number), fees(each * left, left)) for left in kept]
    steps = [late - early for early, late in pairwise(so_far)]
    assert sum(steps) == given_back(rule, 9106, fees(each * number, number), NOTHING)
    assert min(steps) >= 0
    assert sum(steps) <= each * number


def test_a_refund_explains_itself_in_figures() -> None:
    assert explained(PERMIT, 9106, fees(12740), NOTHING) == (
        "127.40 paid: 90 % of the 36.34 above 91.06 for each fee goes back, rounded down to the cent."
    )
    assert explained(PUBLISHED, None, fees(2900), fees(2100)) == (
        "29.00 paid, 21.00 for what is kept: the difference goes back."
    )
    third = Fees(Decimal(1000) / 3, Decimal(1))
    assert explained(PUBLISHED, None, fees(1000), third).startswith("10.00 paid, 3.33")
    assert (excluded(WATER, 9106), excluded(PUBLISHED, 9106)) == (2500, 0)
