"""What holds for every price, whatever is keyed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from csr_desk.domain.money import to_cents
from csr_desk.domain.pricing import (
    Bracket,
    Brackets,
    Facts,
    Flat,
    Instalment,
    Parts,
    PerUnit,
    PriceRule,
    Step,
    Tier,
    Tiers,
)

TODAY = date(2026, 7, 14)
MEASURES = st.decimals(0, 10_000, places=3)
RATES = st.decimals("0.0001", 1_000, places=4)
EDGES = st.lists(st.decimals(1, 9_000, places=2), min_size=1, max_size=6, unique=True).map(sorted)


def price(*steps: Step, **inputs: Decimal) -> Decimal:
    facts = Facts({name: f"{value:f}" for name, value in inputs.items()}, TODAY)
    return PriceRule(steps).evaluate(facts).amount


@given(RATES, MEASURES, MEASURES, st.decimals("0.0000001", 100, places=7), st.sampled_from(Parts))
def test_more_units_never_cost_less(rate: Decimal, few: Decimal, more: Decimal, increment: Decimal, way: Parts) -> None:
    assume(few <= more)
    step = Step(PerUnit(rate, ("units",), Decimal(3), increment, way))
    assert price(step, units=few) <= price(step, units=more)


@given(MEASURES, st.decimals("0.01", 500, places=2), st.decimals("0.01", 90, places=2))
def test_a_started_increment_counts_whole_and_no_more(measure: Decimal, increment: Decimal, rate: Decimal) -> None:
    units = price(Step(PerUnit(rate, ("m",), increment=increment, parts=Parts.UP)), m=measure) / rate
    assert units == int(units)
    assert (units - 1) * increment < measure <= units * increment or measure == units == 0


@given(EDGES, MEASURES)
def test_exactly_one_bracket_holds_and_its_lower_end_belongs_to_the_one_below(
    edges: list[Decimal], measure: Decimal
) -> None:
    ends: list[Decimal | None] = [None, *edges, None]
    rows = tuple(Bracket(low, high, Decimal(at)) for at, (low, high) in enumerate(pairwise(ends)))
    assert sum(row.holds(measure) for row in rows) == 1
    table = Step(Brackets("m", rows))
    for at, edge in enumerate(edges):
        assert price(table, m=edge) == at
        assert price(table, m=edge + Decimal("0.0000001")) == at + 1


@given(EDGES, st.lists(RATES, min_size=7, max_size=7), MEASURES)
def test_marginal_tiers_use_up_the_whole_measure(edges: list[Decimal], rates: list[Decimal], measure: Decimal) -> None:
    ends: list[Decimal | None] = [*edges, None]
    starts = [Decimal(0), *edges]
    tiers = tuple(Tier(low, high, rate) for low, high, rate in zip(starts, ends, rates, strict=False))
    assert sum(tier.part(measure) for tier in tiers) == measure
    cost = price(Step(Tiers("m", tiers)), m=measure)
    assert min(rates) * measure <= cost <= max(rates) * measure


@given(st.integers(0, 10_000_000), st.integers(1, 24))
def test_instalments_sum_to_the_fee_and_differ_by_a_cent_at_most(cents: int, count: int) -> None:
    steps = (Step(Flat(Decimal(cents) / 100)), Step(Instalment("part", count)))
    parts = [to_cents(price(*steps, part=Decimal(number))) for number in range(1, count + 1)]
    assert sum(parts) == cents
    assert max(parts) - min(parts) <= 1
    assert parts == sorted(parts, reverse=True)
