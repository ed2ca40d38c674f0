"""Rates per 1,000 receipts, and the rule for who stands out, against chances worked out otherwise."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import comb

import pytest

from csr_desk.domain.outliers import FEWEST, chance, per_thousand, stands_out


def exact(count: int, receipts: int, office: int, of: int) -> Fraction:
    """The upper tail by its definition, in whole fractions."""
    rate = Fraction(office, of)
    return sum(
        (comb(receipts, at) * rate**at * (1 - rate) ** (receipts - at) for at in range(count, receipts + 1)),
        start=Fraction(0),
    )


@pytest.mark.parametrize(
    ("count", "receipts", "rate"), [(0, 0, "0"), (1, 3, "333.3"), (2, 3, "666.7"), (1, 8, "125.0"), (1, 16000, "0.1")]
)
def test_a_rate_is_per_thousand_to_one_place_half_up(count: int, receipts: int, rate: str) -> None:
    assert per_thousand(count, receipts) == Decimal(rate)


@pytest.mark.parametrize(("count", "receipts", "office", "of"), [(3, 50, 5, 500), (12, 100, 10, 200), (1, 60, 1, 60)])
def test_the_chance_is_the_tail_of_the_binomial_distribution(count: int, receipts: int, office: int, of: int) -> None:
    wanted = exact(count, receipts, office, of)
    found = chance(count, receipts, office, of)
    assert abs(Fraction(found) - wanted) < Fraction(1, 10**40)


def test_nobody_stands_out_of_fewer_than_fifty_receipts() -> None:
    assert not stands_out(20, FEWEST - 1, 20, 5000)
    assert stands_out(20, FEWEST, 20, 5000)


def test_nobody_stands_out_with_nothing_or_with_more_than_one_a_receipt() -> None:
    assert chance(0, 100, 0, 100) == 1
    assert chance(101, 100, 101, 200) == 1
    assert chance(5, 100, 200, 200) == 1
    assert chance(1, 100, 0, 0) == 1


def test_who_alone_makes_the_rate_of_the_office_does_not_stand_out() -> None:
    assert not stands_out(30, 300, 30, 300)
