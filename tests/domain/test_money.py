from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csr_desk.domain.errors import BadInput
from csr_desk.domain.money import (
    MAX_CENTS,
    allocate,
    allocate_next,
    parse_cents,
    parse_till,
    plain,
    shown,
    to_cents,
    to_dollars,
)

CENTS = st.integers(-MAX_CENTS, MAX_CENTS)
AMOUNTS = st.integers(0, 10_000_000)
WEIGHTS = st.lists(st.decimals(0, 100, places=4), min_size=1, max_size=9).filter(any)


@pytest.mark.parametrize(
    ("text", "cents"),
    [("64.37", 6437), ("1,234.50", 123450), ("-0.05", -5), (" $7 ", 700), (".5", 50), ("0", 0), ("-1,000", -100000)],
)
def test_dollars_are_read_as_written(text: str, cents: int) -> None:
    assert parse_cents(text) == cents


@pytest.mark.parametrize(
    "text", ["", "$", "-", "1.234", "1,23", "NaN", "1e5", "64,37", "٣.٠٠", "1 000", "--5", "$9.00 incl. tax"]
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="is not an amount"):
        parse_cents(text)


def test_an_amount_beyond_the_ledger_is_refused() -> None:
    assert parse_cents("100000000000.00") == MAX_CENTS
    with pytest.raises(BadInput, match="larger than the program can book"):
        parse_cents("100000000000.01")


@pytest.mark.parametrize(
    ("keyed", "cents"), [("6437", 6437), ("64.37", 6437), ("5", 5), (" 100 ", 100), ("100.", None)]
)
def test_a_till_reads_cents_with_or_without_the_point(keyed: str, cents: int | None) -> None:
    if cents is None:
        with pytest.raises(BadInput):
            parse_till(keyed)
    else:
        assert parse_till(keyed) == cents


def test_a_till_refuses_what_the_ledger_cannot_hold() -> None:
    assert parse_till("9" * 13) <= MAX_CENTS
    with pytest.raises(BadInput, match="not an amount"):
        parse_till("9" * 14)
    with pytest.raises(BadInput, match="larger"):
        parse_till("999999999999.00")


@given(CENTS)
def test_what_is_written_plainly_reads_back_the_same(cents: int) -> None:
    assert parse_cents(plain(cents)) == cents
    assert to_cents(to_dollars(cents)) == cents


def test_people_see_thousands_and_a_true_minus() -> None:
    assert shown(123456789) == "1,234,567.89"
    assert shown(-5) == "−0.05"
    assert plain(-5) == "-0.05"


@pytest.mark.parametrize(("dollars", "cents"), [("0.005", 1), ("0.0049", 0), ("1.565025", 157), ("-0.005", -1)])
def test_rounding_is_half_up_to_the_cent(dollars: str, cents: int) -> None:
    assert to_cents(Decimal(dollars)) == cents


def test_a_split_gives_the_odd_cents_to_the_largest_remainder_and_ties_to_the_lowest_line() -> None:
    assert allocate(100, [1, 1, 1]) == (34, 33, 33)
    assert allocate(101, [Decimal("62.5"), Decimal(25), Decimal("12.5")]) == (63, 25, 13)
    assert allocate(1400, [Decimal(35), Decimal("35.7143"), Decimal("28.5714"), Decimal("0.7143")]) == (
        490,
        500,
        400,
        10,
    )


def test_nothing_splits_over_nothing_but_an_amount_does_not() -> None:
    assert allocate(0, [0, 0]) == (0, 0)
    with pytest.raises(BadInput, match="nothing to split"):
        allocate(1, [0, 0])


@given(CENTS, WEIGHTS)
def test_a_split_always_sums_exactly_and_a_refund_is_the_exact_negative(total: int, weights: list[Decimal]) -> None:
    parts = allocate(total, weights)
    assert sum(parts) == total
    assert allocate(-total, weights) == tuple(-part for part in parts)
    assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if not weight)


@given(st.lists(AMOUNTS, min_size=1, max_size=6).filter(any), st.lists(st.integers(0, 100), min_size=1, max_size=5))
def test_partial_payments_close_every_target_exactly(targets: list[int], shares: list[int]) -> None:
    total = sum(targets)
    paid, sums = 0, [0] * len(targets)
    for share in [*shares, 0]:
        now = min(total * share // 100, total - paid)
        sums = [before + part for before, part in zip(sums, allocate_next(targets, paid, now), strict=True)]
        paid += now
    rest = allocate_next(targets, paid, total - paid)
    assert [before + part for before, part in zip(sums, rest, strict=True)] == targets
