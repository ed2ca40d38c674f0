"""The 32 pricing kinds that real fee schedules use, each built from the parts of the algebra."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from csr_desk.domain.cart import CartLine, LineKind, price_cart, tender_fee
from csr_desk.domain.catalogue import (
    AdminFeeRule,
    Catalogue,
    Item,
    ItemUse,
    ItemVersion,
    Share,
    Tax,
    TaxTreatment,
    distribute,
)
from csr_desk.domain.errors import BadInput, Ineligible, MissingInput, TenderRefused
from csr_desk.domain.pricing import (
    AtLeast,
    AtMost,
    Bracket,
    Brackets,
    Condition,
    Entered,
    Facts,
    Flat,
    InputField,
    Instalment,
    Joining,
    LookUp,
    LookUpRow,
    Parts,
    Percent,
    PerUnit,
    PriceRule,
    Prorate,
    Refuse,
    RoundingWay,
    RoundTo,
    Step,
    Tier,
    Tiers,
    Times,
    WorkedOut,
    work_out,
)

D = Decimal
TODAY = date(2026, 7, 14)
SHARES = (Share("1000", "2000050001", "421010", percent=D(100)),)


def price(*steps: Step, **inputs: str) -> D:
    return PriceRule(steps).evaluate(Facts(inputs, TODAY)).amount


def city(*items: Item) -> Catalogue:
    return Catalogue("A city", "test", {item.code: item for item in items})


def item(code: str, *steps: Step, use: ItemUse = ItemUse.COUNTER, **version: object) -> Item:
    made = ItemVersion(date(2026, 1, 1), None, PriceRule(steps), SHARES, **version)  # type: ignore[arg-type]
    tenders = frozenset({"card"}) if use is ItemUse.TENDER_FEE else frozenset[str]()
    return Item(code, code.title(), "Public Works", versions=(made,), use=use, fee_on_tenders=tenders)


def test_kind_1_a_flat_amount() -> None:
    assert price(Step(Flat(D("87.72")))) == D("87.72")


def test_kind_2_a_rate_per_unit() -> None:
    assert price(Step(PerUnit(D("0.10"), ("pages",))), pages="12") == D("1.20")


@pytest.mark.parametrize(("fixtures", "fee"), [("1", "34.24"), ("3", "34.24"), ("4", "45.65"), ("5", "57.06")])
def test_kind_3_base_with_some_included_and_more_per_extra_unit(fixtures: str, fee: str) -> None:
    steps = (Step(Flat(D("34.24"))), Step(PerUnit(D("11.41"), ("fixtures",), included=D(3))))
    assert price(*steps, fixtures=fixtures) == D(fee)


@pytest.mark.parametrize(("feet", "fee"), [("100", "68.92"), ("100.1", "79.57"), ("200", "79.57"), ("201", "90.22")])
def test_kind_4_an_increment_or_fraction_thereof(feet: str, fee: str) -> None:
    extra = PerUnit(D("10.65"), ("linear_feet",), D(100), D(100), Parts.UP)
    assert price(Step(Flat(D("68.92"))), Step(extra), linear_feet=feet) == D(fee)


BUILDING = Brackets(
    "valuation",
    (
        Bracket(D(0), D(7000), D("47.00")),
        Bracket(D(7000), D(150000), D("47.00"), D("5.36")),
        Bracket(D(150000), D(200000), D("815.07"), D("5.03")),
    ),
    D(1000),
)


@pytest.mark.parametrize(
    ("valuation", "fee"),
    [
        ("7000", "47.00"),
        ("7000.01", "52.36"),  # one started thousand
        ("21300", "127.40"),  # 15 started thousands over 7,000: 47.00 + 80.40
        ("150000", "813.48"),  # 47.00 + 143 × 5.36
        ("150000.01", "820.10"),  # the published 815.07, not the 813.48 where the bracket before ends
    ],
)
def test_kind_5_brackets_that_do_not_chain(valuation: str, fee: str) -> None:
    assert price(Step(BUILDING), valuation=valuation) == D(fee)


def test_kind_5_seven_decimal_increments_are_exact() -> None:
    table = Brackets("square_feet", (Bracket(D("57.1615221"), None, D("43.87"), D("5.01")),), D("8.1659317"))
    # 57.1615221 + 8.1659317 is exactly one increment, a ten-millionth more is two
    assert price(Step(table), square_feet="65.3274538") == D("48.88")
    assert price(Step(table), square_feet="65.3274539") == D("53.89")


@pytest.mark.parametrize(("employees", "fee"), [("1", "275.70"), ("9", "275.70"), ("10", "438.62"), ("26", "626.61")])
def test_kind_6_steps_by_bracket(employees: str, fee: str) -> None:
    rows = (
        Bracket(None, D(9), D("275.70")),
        Bracket(D(9), D(25), D("438.62")),
        Bracket(D(25), None, D("626.61")),
    )
    assert price(Step(Brackets("employees", rows)), employees=employees) == D(fee)


@pytest.mark.parametrize(("usage", "fee"), [("0", "0"), ("1", "2.1848"), ("5", "10.924"), ("7", "14.8502")])
def test_kind_7_marginal_tiers_with_four_decimal_rates(usage: str, fee: str) -> None:
    tiers = Tiers("kgal", (Tier(D(0), D(5), D("2.1848")), Tier(D(5), None, D("1.9631"))))
    assert price(Step(tiers), kgal=usage) == D(fee)


@pytest.mark.parametrize(("usage", "fee"), [("3", "12.47"), ("4", "37.88"), ("6", "52.82"), ("13", "129.46")])
def test_kind_8_a_table_for_small_quantities_then_marginal(usage: str, fee: str) -> None:
    table = LookUp(
        ("meter", "kgal"),
        tuple(LookUpRow(("3/4", kgal), D(fee)) for kgal, fee in (("3", "12.47"), ("4", "37.88"), ("6+", "52.82"))),
    )
    beyond = Tiers("kgal", (Tier(D(6), D(12), D("10.47")), Tier(D(12), None, D("13.82"))))
    # 13: 52.82 + 6 × 10.47 + 1 × 13.82
    assert price(Step(table), Step(beyond), meter="3/4", kgal=usage) == D(fee)


def test_kind_9_look_up_by_two_attributes_where_two_years_are_not_twice_one() -> None:
    rows = (LookUpRow(("1", "2"), D("313.30")), LookUpRow(("2+", "2"), D("501.29")))
    table = Step(LookUp(("dumpsters", "years"), rows))
    assert price(table, dumpsters="1", years="2") == D("313.30")
    assert price(table, dumpsters="7", years="2") == D("501.29")


def test_kind_9_look_up_of_a_rate_times_a_measure() -> None:
    rates = LookUp(("area",), (LookUpRow(("Sims/Vince",), D("22.59")),), per="sqft", increment=D(1000))
    assert price(Step(rates), area="sims/vince", sqft="2500") == D("56.475")


def test_kind_10_percent_of_an_input_and_of_another_fee() -> None:
    assert price(Step(Percent(D(2), "unit_valuation")), unit_valuation="1250") == D(25)
    facts = Facts({}, TODAY, fee_of=lambda code: {"BLD": D("127.40")}[code])
    assert PriceRule((Step(Percent(D(25), of_item="BLD")),)).evaluate(facts).amount == D("31.85")


def test_kind_11_limits_on_the_amount_and_on_the_quantity() -> None:
    assert price(Step(Flat(D(5))), Step(AtLeast(D(10)))) == 10
    assert price(Step(Flat(D(50))), Step(AtMost(D(10)))) == 10
    area = PerUnit(D("0.01"), ("sqft",), included=D(10000), upto=D(200000))
    assert price(Step(area), sqft="12000") == 20
    assert price(Step(area), sqft="900000") == 1900


@pytest.mark.parametrize(("fee", "due"), [("500", "87.72"), ("1000", "150")])
def test_kind_12_the_greater_of_two(fee: str, due: str) -> None:
    part = Step(Percent(D(15), "permit_fee"), joining=Joining.OR_GREATER)
    assert price(Step(Flat(D("87.72"))), part, permit_fee=fee) == D(due)


def test_kind_12_the_less_of_two() -> None:
    assert price(Step(Flat(D(20))), Step(Flat(D(15)), joining=Joining.OR_LESS)) == 15


def test_kind_12_an_ambiguous_sentence_is_settled_by_where_the_limit_stands() -> None:
    per_ton = PerUnit(D("11.41"), ("tons",))
    in_addition = (Step(per_ton, least=D("91.06")), Step(Flat(D("47.00"))))
    of_the_total = (Step(Flat(D("47.00"))), Step(per_ton), Step(AtLeast(D("91.06"))))
    assert price(*in_addition, tons="3") == D("138.06")
    assert price(*of_the_total, tons="3") == D("91.06")


def test_kind_13_components_with_conditions_that_must_all_hold() -> None:
    tall = (Condition(("height",), over=D(14)), Condition(("sign",), values=("ground",)))
    steps = (Step(Flat(D("90.76"))), Step(Flat(D("90.76")), when=tall))
    assert price(*steps, height="15", sign="Ground") == D("181.52")
    assert price(*steps, height="14", sign="ground") == D("90.76")
    assert price(*steps, height="15", sign="wall") == D("90.76")


@pytest.mark.parametrize(("hours", "fee"), [("1", "201.41"), ("4", "201.41"), ("4.25", "248.41"), ("6", "295.41")])
def test_kind_14_the_first_four_hours_then_each_hour_or_fraction(hours: str, fee: str) -> None:
    more = PerUnit(D("47.00"), ("hours",), included=D(4), parts=Parts.UP)
    assert price(Step(Flat(D("201.41"))), Step(more), hours=hours) == D(fee)


@pytest.mark.parametrize(("days", "fee"), [("9", "676.62"), ("10", "751.94"), ("30", "751.94")])
def test_kind_15_per_day_with_a_cap_that_is_not_ten_days(days: str, fee: str) -> None:
    daily = Step(PerUnit(D("75.18"), ("days",)), when=(Condition(("days",), upto=D(9)),))
    cap = Step(Flat(D("751.94")), when=(Condition(("days",), over=D(9)),))
    assert price(daily, cap, days=days) == D(fee)


def test_kind_16_a_product_of_factors_each_rounded_up() -> None:
    lanes = PerUnit(D("137.84"), ("lanes", "blocks", "weeks"), parts=Parts.UP)
    assert price(Step(lanes), lanes="1", blocks="1.5", weeks="2.1") == D("137.84") * 6


@pytest.mark.parametrize(
    ("issued", "due"), [("2026-06-14", "35"), ("2026-06-13", "65"), ("2026-04-15", "65"), ("2026-04-14", "84.50")]
)
def test_kind_17_a_penalty_by_days_late(issued: str, due: str) -> None:
    # 30 and 90 days to 14 July are not late yet, 31 and 91 are: 35, +30, then +30 % of the 65 that is unpaid
    late = InputField("late", "Days late", worked_out=WorkedOut.DAYS_SINCE, from_inputs=("issued",))
    steps = (
        Step(Flat(D(35))),
        Step(Flat(D(30)), when=(Condition(("late",), over=D(30)),)),
        Step(Percent(D(30)), when=(Condition(("late",), over=D(90)),)),
    )
    assert price(*steps, late=work_out(late, {"issued": issued}, TODAY)) == D(due)


@pytest.mark.parametrize(
    ("nth", "fee"), [("3", "0"), ("4", "50"), ("5", "50"), ("7", "75"), ("8", "100"), ("20", "100")]
)
def test_kind_18_a_penalty_by_the_nth_occurrence(nth: str, fee: str) -> None:
    rows = (("1-3", "0"), ("4-5", "50"), ("6-7", "75"), ("8+", "100"))
    table = LookUp(("nth",), tuple(LookUpRow((key,), D(amount)) for key, amount in rows))
    assert price(Step(table), nth=nth) == D(fee)


def test_kind_19_proration_by_months_and_half_a_year() -> None:
    assert price(Step(Flat(D(120))), Step(Prorate("months_left", D(12))), months_left="5") == 50
    late_in_year = (Condition(("issued",), over=D(301)),)
    day = InputField("issued", "Issued", worked_out=WorkedOut.MONTH_AND_DAY)
    half = (Step(Flat(D(100))), Step(Times(D("0.5")), when=late_in_year))
    assert price(*half, issued=work_out(day, {}, date(2026, 3, 1))) == 100
    assert price(*half, issued=work_out(day, {}, date(2026, 3, 2))) == 50


def test_kind_20_instalments_that_sum_and_a_published_plan_that_does_not() -> None:
    fee = Step(Flat(D("461.98")))
    parts = [price(fee, Step(Instalment("part", 3)), part=str(number)) for number in (1, 2, 3)]
    assert parts == [D("154.00"), D("153.99"), D("153.99")]
    assert sum(parts) == D("461.98")
    plan = Instalment("part", 3, (D("153.99"), D("153.99"), D("153.99")))
    assert price(fee, Step(plan), part="3") == D("153.99")
    assert price(fee, Step(plan)) == D("461.98")
    with pytest.raises(BadInput, match="3 instalments"):
        price(fee, Step(plan), part="4")


def test_kind_21_a_double_fee() -> None:
    double = Step(Times(D(2)), when=(Condition(("expedited",), values=("yes",)),))
    assert price(Step(Flat(D("31.32"))), double, expedited="yes") == D("62.64")
    assert price(Step(Flat(D("31.32"))), double, expedited="no") == D("31.32")


ADMIN = item(
    "ADM",
    Step(Flat(D("33.56")), when=(Condition(("permit_fee", "admin_fee_rule"), over=D(50), values=("always",)),)),
    use=ItemUse.ADMIN_FEE,
)


@pytest.mark.parametrize(
    ("fee", "rule", "added"),
    [
        ("50.00", AdminFeeRule.AUTO, 0),
        ("50.01", AdminFeeRule.AUTO, 3356),
        ("99.00", AdminFeeRule.OWN, 0),
        ("99.00", AdminFeeRule.NONE, 0),
        ("1.00", AdminFeeRule.ALWAYS, 3356),
    ],
)
def test_kind_22_a_surcharge_strictly_above_a_threshold_and_not_beside_an_own_fee(
    fee: str, rule: AdminFeeRule, added: int
) -> None:
    cart = price_cart(
        city(ADMIN, item("PERMIT", Step(Flat(D(fee))), admin_fee=rule)), [CartLine("PERMIT")], price_date=TODAY
    )
    assert sum(line.amount for line in cart.lines if line.kind is LineKind.ADMIN_FEE) == added


def test_kind_23_a_tender_surcharge_with_a_minimum_and_a_smallest_part() -> None:
    refused = Step(Refuse("Not below 1.00.", tender=True), when=(Condition(("tender_amount",), upto=D("0.99")),))
    fee = Step(Percent(D("2.30"), "tender_amount"), least=D("1.50"))
    cards = city(item("CONV", refused, fee, use=ItemUse.TENDER_FEE))
    charged = [tender_fee(cards, "card", part, price_date=TODAY) for part in (100, 6521, 6522, 12222)]
    # 2.3 % of 65.21 is 1.49983, of 65.22 it is 1.50006, of 122.22 it is 2.81106
    assert [line.amount for line in charged if line] == [150, 150, 150, 281]
    with pytest.raises(TenderRefused, match="Not below"):
        tender_fee(cards, "card", 99, price_date=TODAY)


TAX_ITEM = item("TAX", Step(Percent(D("8.25"), "taxable_amount")), use=ItemUse.TAX)


def test_kind_24_tax_added_in_a_line_of_its_own_or_included_in_the_price() -> None:
    added = item("MAP", Step(Flat(D("18.97"))), tax=Tax(TaxTreatment.ADDED, "TX", "TAX"))
    cabin = item("CABIN", Step(Flat(D("133.75"))), tax=Tax(TaxTreatment.INCLUDED, "HOT-7", "TAX", D(7)))
    cart = price_cart(city(TAX_ITEM, added, cabin), [CartLine("MAP"), CartLine("CABIN")], price_date=TODAY)
    # 8.25 % of 18.97 is 1.565025; 133.75 is 125.00 and 7 % of it
    assert (cart.total, cart.taxes, cart.tax_included) == (1897 + 157 + 13375, 157, 875)


def test_kind_25_and_26_deposits_are_held_on_an_account_of_their_own() -> None:
    held = Share("7900", "9900010001", "205010", percent=D(100))
    assert distribute((held,), 5000) == ((held, 5000),)


def test_kind_27_a_credit_is_an_entered_amount_that_no_counter_sells() -> None:
    leak = item("LEAK", Step(Entered()), use=ItemUse.ADJUSTMENT)
    with pytest.raises(Ineligible, match="adjustment"):
        price_cart(city(leak), [CartLine("LEAK", amount=100)], price_date=TODAY)


@pytest.mark.parametrize(("keyed", "fits"), [("303.14", False), ("303.15", True), ("372.47", True), ("372.48", False)])
def test_kind_28_an_entered_amount_within_a_range(keyed: str, fits: bool) -> None:
    entry = Step(Entered(D("303.15"), D("372.47")))
    if fits:
        assert price(entry, amount=keyed) == D(keyed)
    else:
        with pytest.raises(BadInput, match=r"from 303\.15 to 372\.47"):
            price(entry, amount=keyed)


def test_kind_29_actual_cost_asks_for_its_note() -> None:
    note = InputField("note", "What the cost was for")
    towing = item("TOW", Step(Entered()), inputs=(note,))
    cart = price_cart(city(towing), [CartLine("TOW", {"note": "Tow of 2 July"}, amount=18250)], price_date=TODAY)
    assert cart.total == 18250
    with pytest.raises(MissingInput, match="What the cost was for"):
        price_cart(city(towing), [CartLine("TOW", amount=18250)], price_date=TODAY)


def test_kind_30_free_is_still_a_line() -> None:
    cart = price_cart(city(item("TAG", Step(Flat(D(0))))), [CartLine("TAG")], price_date=TODAY)
    assert [line.amount for line in cart.lines] == [0]
    assert cart.lines[0].distribution() == ((SHARES[0], 0),)


def test_kind_31_a_part_is_passed_through_to_another_agency() -> None:
    city_part, state = Share("2010", "3800020005", "423200"), Share("7900", "3800020005", "205100", fixed_cents=183)
    assert distribute((city_part, state), 2300) == ((city_part, 2117), (state, 183))


@pytest.mark.parametrize(
    ("amount", "way", "due"),
    [
        ("10.49", RoundingWay.NEAREST, "10"),
        ("10.50", RoundingWay.NEAREST, "11"),
        ("10.99", RoundingWay.DOWN, "10"),
        ("10.01", RoundingWay.UP, "11"),
    ],
)
def test_kind_32_rounding_to_whole_dollars(amount: str, way: RoundingWay, due: str) -> None:
    assert price(Step(Flat(D(amount))), Step(RoundTo(D(1), way))) == D(due)
