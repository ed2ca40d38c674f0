from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csr_desk.domain.distribution import Share, distribute
from csr_desk.domain.errors import BadInput

REST = Share("1000", "1600010001", "424010")
FIXED = tuple(
    Share("22", "1600010001", gl, fixed_cents=cents)
    for gl, cents in (("20", 400), ("30", 490), ("40", 500), ("50", 10))
)
PERCENT = tuple(
    Share(fund, "7000010001", "421500", percent=Decimal(percent))
    for fund, percent in (("2401", "62.5"), ("2301", "25"), ("1000", "12.5"))
)
CENTS = st.integers(-10_000_000, 10_000_000)


def parts(shares: tuple[Share, ...], amount: int, units: int = 1) -> list[int]:
    return [part for _, part in distribute(shares, amount, units=units)]


def test_an_account_names_fund_cost_centre_gl_and_order() -> None:
    assert REST.account == "1000.1600010001.424010"
    assert Share("8319", "2000070020", "428100", "0A0000000123").account == "8319.2000070020.428100.0A0000000123"


def test_fixed_parts_go_first_and_the_remainder_takes_the_rest() -> None:
    assert parts((REST, *FIXED), 22900) == [21500, 400, 490, 500, 10]


def test_an_amount_that_does_not_reach_the_fixed_parts_is_spread_over_them() -> None:
    assert parts((REST, *FIXED), 700) == [0, 200, 245, 250, 5]
    assert parts((REST, *FIXED), 0) == [0, 0, 0, 0, 0]


def test_a_fixed_part_is_taken_for_each_unit_sold() -> None:
    state = Share("7900", "3800020005", "205100", fixed_cents=183)
    assert parts((REST, state), 6900, units=3) == [6351, 549]


def test_percentages_sum_with_the_odd_cent_to_the_largest_remainder() -> None:
    assert parts(PERCENT, 1501) == [938, 375, 188]


def test_percentages_leave_the_remainder_what_they_do_not_take() -> None:
    assert parts((REST, PERCENT[1]), 999) == [750, 249]
    assert parts((REST, PERCENT[1], FIXED[0]), 1000) == [350, 250, 400]
    assert parts((REST, PERCENT[1]), 1) == [1, 0]


def test_there_is_always_an_account_to_post_to() -> None:
    with pytest.raises(BadInput, match="no account"):
        distribute((), 100)
    with pytest.raises(BadInput, match="nothing to split"):
        distribute(FIXED, 5000)


@given(CENTS, st.sampled_from([(REST,), PERCENT, (REST, *FIXED), (REST, PERCENT[1], FIXED[0])]), st.integers(1, 9))
def test_every_distribution_sums_exactly_and_a_void_is_its_exact_negative(
    amount: int, shares: tuple[Share, ...], units: int
) -> None:
    given_out = parts(shares, amount, units)
    assert sum(given_out) == amount
    assert parts(shares, -amount, units) == [-part for part in given_out]
    assert all(part * amount >= 0 for part in given_out)
