from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from csr_desk.domain.errors import BadInput, MissingInput
from csr_desk.domain.pricing import (
    AtLeast,
    Bracket,
    Brackets,
    Condition,
    Entered,
    Facts,
    Flat,
    Instalment,
    LookUp,
    LookUpRow,
    Parts,
    Percent,
    PerUnit,
    PriceRule,
    Prorate,
    Step,
    Tier,
    Tiers,
)
from csr_desk.domain.pricing.facts import count_parts
from csr_desk.domain.pricing.tables import interval_words, key_fits
from csr_desk.domain.pricing.words import dollar_words, number_words

D = Decimal
TODAY = date(2026, 7, 14)


def steps_in_words(*steps: Step, **inputs: str) -> tuple[str, ...]:
    return PriceRule(steps).evaluate(Facts(inputs, TODAY)).steps


def test_numbers_are_said_without_idle_zeros_and_dollars_with_their_cents() -> None:
    assert [number_words(D(text)) for text in ("21300.00", "8.1659317", "100", "0.50")] == [
        "21,300",
        "8.1659317",
        "100",
        "0.5",
    ]
    assert [dollar_words(D(text)) for text in ("5.3600", "0.032", "1286.6")] == ["5.36", "0.032", "1,286.60"]


def test_a_bracket_says_its_interval_and_its_arithmetic() -> None:
    table = Brackets("valuation", (Bracket(D(7000), D(150000), D("47.00"), D("5.36")),), D(1000))
    assert steps_in_words(Step(table), valuation="21300") == (
        "valuation 21,300 is over 7,000 up to 150,000: 47.00 + 15 × 5.36 (each started 1,000 over 7,000) = 127.40",
    )


def test_a_step_table_says_the_row_that_holds() -> None:
    table = Brackets("employees", (Bracket(None, D(9), D("275.70")), Bracket(D(9), None, D("438.62"))))
    assert steps_in_words(Step(table), employees="4") == ("employees 4 is up to 9: 275.70",)
    assert steps_in_words(Step(table), employees="40") == ("employees 40 is over 9: 438.62",)
    assert interval_words(None, None) == "any"


def test_a_bracket_without_a_lower_end_counts_from_nothing() -> None:
    table = Brackets("feet", (Bracket(None, None, D(10), D(2)),), D(5), Parts.EXACT)
    assert PriceRule((Step(table),)).evaluate(Facts({"feet": "12"}, TODAY)).amount == D("14.8")


def test_a_measure_beyond_the_published_table_is_refused_and_not_extrapolated() -> None:
    table = Brackets("feet", (Bracket(D(0), D(100), D(10)),))
    for feet in ("0", "100.01"):
        with pytest.raises(BadInput, match="No price is published") as refused:
            steps_in_words(Step(table), feet=feet)
        assert refused.value.field == "feet"


def test_a_table_says_its_keys_and_refuses_what_it_does_not_hold() -> None:
    table = LookUp(("meter",), (LookUpRow(("3/4",), D("14.35")),))
    assert steps_in_words(Step(table), meter="3/4") == ("meter 3/4: 14.35",)
    with pytest.raises(BadInput, match="No price is published for meter 3"):
        steps_in_words(Step(table), meter="3")


@pytest.mark.parametrize(
    ("key", "text", "fits"),
    [
        ("4-5", "4", True),
        ("4-5", "5", True),
        ("4-5", "6", False),
        ("8+", "8", True),
        ("8+", "7", False),
        ("1", "1.0", True),
        ("1", "12", False),
        ("Addicks", "ADDICKS", True),
        ("3/4", "3", False),
        ("4-5", "4-6", False),
        ("4-5", "many", False),
        ("4-5", "5+", False),
    ],
)
def test_keys_of_a_table_fit_words_numbers_and_ranges(key: str, text: str, fits: bool) -> None:
    assert key_fits(key, text) is fits


def test_units_say_what_is_included_and_how_they_are_counted() -> None:
    plain = PerUnit(D("0.10"), ("pages",))
    assert steps_in_words(Step(plain), pages="12") == ("12 pages × 0.10 = 1.20",)
    fence = PerUnit(D("10.65"), ("linear_feet",), D(100), D(100), Parts.UP)
    assert steps_in_words(Step(fence), linear_feet="250") == (
        "250 linear feet, 100 included, each started 100: 2 × 10.65 = 21.30",
    )
    area = PerUnit(D("0.01"), ("sqft",), D(10), D(5), Parts.EXACT, D(20))
    assert steps_in_words(Step(area), sqft="40") == (
        "40 sqft, counted up to 20, 10 included, for each 5: 2 × 0.01 = 0.02",
    )
    hours = PerUnit(D("30.07"), ("hours",), parts=Parts.UP)
    assert steps_in_words(Step(hours), hours="2.5") == ("2.5 hours: 3 × 30.07 = 90.21",)


def test_parts_of_a_unit_are_counted_up_down_or_exactly() -> None:
    assert [count_parts(D("2.5"), way) for way in (Parts.UP, Parts.DOWN, Parts.EXACT)] == [3, 2, D("2.5")]


def test_tiers_say_each_part_and_nothing_when_nothing_was_used() -> None:
    tiers = Tiers("kgal", (Tier(D(0), D(3), D("5.52")), Tier(D(3), None, D("13.25"))))
    assert steps_in_words(Step(tiers), kgal="4") == ("kgal 4: 3 × 5.52 + 1 × 13.25 = 29.81",)
    assert steps_in_words(Step(tiers), kgal="0") == ("kgal 0: nothing = 0.00",)


def test_a_price_of_several_steps_ends_with_its_sum() -> None:
    said = steps_in_words(Step(Flat(D("187.98")), "Boot"), Step(Flat(D("187.98")), "Administration"))
    assert said == ("Boot: 187.98", "Administration: 187.98", "Price: 375.96")


def test_a_price_none_of_whose_steps_apply_says_that_nothing_is_charged() -> None:
    only_if = Step(Flat(D(5)), when=(Condition(("late",), values=("yes",)),))
    assert steps_in_words(only_if) == ("Nothing is charged.",)


def test_a_step_says_when_its_own_limit_was_used() -> None:
    share = Step(Percent(D("2.3"), "part"), least=D("1.50"), most=D("20.00"))
    assert steps_in_words(share, part="10") == ("2.3 % of part 10.00 = 0.23, but at least 1.50",)
    assert steps_in_words(share, part="1000") == ("2.3 % of part 1,000.00 = 23.00, but at most 20.00",)
    assert steps_in_words(share, part="100") == ("2.3 % of part 100.00 = 2.30",)


def test_a_percentage_of_the_price_so_far_says_so() -> None:
    assert steps_in_words(Step(Flat(D(15))), Step(Percent(D(20)), "Overhead"))[1] == (
        "Overhead: 20 % of the price so far 15.00 = 3.00"
    )


def test_another_item_s_fee_is_refused_where_there_is_no_catalogue() -> None:
    with pytest.raises(BadInput, match="BLD-STRUCT"):
        steps_in_words(Step(Percent(D(25), of_item="BLD-STRUCT")))


def test_a_price_that_depends_on_an_empty_field_names_the_field() -> None:
    for step in (Step(PerUnit(D(1), ("pages",))), Step(LookUp(("pages",), ())), Step(Prorate("pages", D(12)))):
        with pytest.raises(MissingInput) as refused:
            steps_in_words(step)
        assert refused.value.field == "pages"


@pytest.mark.parametrize("text", ["many", "NaN", "Infinity"])
def test_a_price_is_never_worked_out_from_what_is_not_a_number(text: str) -> None:
    with pytest.raises(BadInput, match="not a number"):
        steps_in_words(Step(PerUnit(D(1), ("pages",))), pages=text)


def test_an_entered_amount_is_missing_until_it_is_keyed() -> None:
    with pytest.raises(MissingInput) as refused:
        steps_in_words(Step(Entered()))
    assert refused.value.field == "amount"
    with pytest.raises(BadInput):
        PriceRule((Step(Entered()),)).evaluate(Facts({}, TODAY, entered=-1))
    assert PriceRule((Step(Entered(D(1))),)).evaluate(Facts({}, TODAY, entered=150)).steps == (
        "1.50 as entered (at least 1.00)",
    )


def test_an_instalment_has_a_whole_number() -> None:
    with pytest.raises(BadInput, match="1 to 12"):
        steps_in_words(Step(Flat(D(12))), Step(Instalment("month", 12)), month="1.5")


@pytest.mark.parametrize(
    ("condition", "inputs", "holds"),
    [
        (Condition(("late",), values=("yes",)), {"late": "YES"}, True),
        (Condition(("late",), values=("yes",)), {"late": "no"}, False),
        (Condition(("late",), values=("given",)), {"late": "anything"}, True),
        (Condition(("late",), values=("yes",)), {}, False),
        (Condition(("days",), over=D(30)), {"days": "30"}, False),
        (Condition(("days",), over=D(30)), {"days": "30.5"}, True),
        (Condition(("days",), upto=D(30)), {"days": "30"}, True),
        (Condition(("days",), upto=D(30)), {"days": "31"}, False),
        (Condition(("days",), over=D(30)), {"days": "a month"}, False),
        (Condition(("days", "rule"), over=D(30), values=("always",)), {"days": "1", "rule": "always"}, True),
    ],
)
def test_a_condition_holds_for_words_and_for_half_open_intervals(
    condition: Condition, inputs: dict[str, str], holds: bool
) -> None:
    assert condition.holds(Facts(inputs, TODAY)) is holds


def test_a_condition_can_be_said() -> None:
    condition = Condition(("days_late", "rule"), D(30), D(90), ("always", "given"))
    assert condition.words == "days late or rule: over 30, up to 90, always or given"
    assert Condition(("late",), values=("yes",)).words == "late: yes"
    assert Condition(("days",), over=D(30)).words == "days: over 30"


def test_only_a_price_where_each_unit_costs_the_same_has_a_unit() -> None:
    pages = PerUnit(D(1), ("pages",))
    assert PriceRule((Step(pages),)).unit_input == "pages"
    for other in (
        Step(PerUnit(D(1), ("pages",), included=D(1))),
        Step(pages, least=D(1)),
        Step(pages, when=(Condition(("late",), values=("yes",)),)),
        Step(Flat(D(1))),
    ):
        assert not PriceRule((other,)).unit_input
    assert not PriceRule((Step(pages), Step(AtLeast(D(1))))).unit_input
