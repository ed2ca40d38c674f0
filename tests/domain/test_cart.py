from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from csr_desk import locations
from csr_desk.domain.cart import CartLine, LineKind, OpenAmount, PricedCart, price_cart
from csr_desk.domain.catalogue import (
    Catalogue,
    Companion,
    Item,
    ItemUse,
    ItemVersion,
    PriceBasis,
    Share,
    Tax,
    TaxTreatment,
)
from csr_desk.domain.errors import BadInput, Ineligible, MissingInput, NotInForce, UnknownItem
from csr_desk.domain.pricing import Condition, Entered, FieldKind, Flat, InputField, PriceRule, Step, WorkedOut
from csr_desk.services.catalogue_files import load_folder

TODAY = date(2026, 7, 14)
DEMO = load_folder(locations.resources() / "demo" / "catalogue")
PERMIT, REST = Share("2301", "2000050001", "421010"), Share("1000", "6500010020", "422050")


def sell(*lines: CartLine | OpenAmount, on: date = TODAY, demo: bool = True, catalogue: Catalogue = DEMO) -> PricedCart:
    return price_cart(catalogue, lines, price_date=on, demo_inputs=demo)


def line(code: str, quantity: int | None = None, **inputs: str) -> CartLine:
    return CartLine(code, inputs, None if quantity is None else Decimal(quantity))


def amounts(cart: PricedCart) -> list[tuple[str, str, int, int | None]]:
    return [(one.item, one.kind.value, one.amount, one.added_with) for one in cart.lines]


def test_a_building_permit_costs_its_bracket_and_the_administrative_fee() -> None:
    # 21,300.00 is 15 started thousands over 7,000: 47.00 + 15 × 5.36 = 127.40
    cart = sell(line("BLD-STRUCT", valuation="21300.00"))
    assert amounts(cart) == [("BLD-STRUCT", "item", 12740, None), ("ADM-114", "admin_fee", 3356, 1)]
    assert cart.total == 16096


def test_every_price_explains_itself_with_version_authority_and_arithmetic() -> None:
    sold, admin = sell(line("BLD-STRUCT", valuation="21300")).lines
    since = "Structural building permit (valuation): price in force since 2026-01-01"
    assert sold.explain == (
        f"{since}, picked by the date of application (2026-07-14). Authority: Bldg. Code 118.2.1.",
        "valuation 21,300 is over 7,000 up to 150,000: 47.00 + 15 × 5.36 (each started 1,000 over 7,000) = 127.40",
    )
    assert admin.explain[-1] == "Once for each permit: the permit's fee is 127.40."


def test_the_minimum_tops_up_the_permit_in_a_line_of_its_own_and_counts_for_the_administrative_fee() -> None:
    # 43.86 alone is not over 50.00, but the permit is 84.98 with its top-up
    cart = sell(line("BLD-DRIVE"))
    assert amounts(cart) == [
        ("BLD-DRIVE", "item", 4386, None),
        ("BLD-DRIVE", "minimum", 4112, 1),
        ("ADM-114", "admin_fee", 3356, 1),
    ]
    assert cart.lines[1].explain[-1] == "The fee of 43.86 is below the minimum of 84.98: 41.12 more."


def test_two_of_a_permit_are_two_permits_with_two_top_ups_and_two_administrative_fees() -> None:
    cart = sell(line("BLD-DRIVE", 2))
    assert amounts(cart) == [
        ("BLD-DRIVE", "item", 8772, None),
        ("BLD-DRIVE", "minimum", 8224, 1),
        ("ADM-114", "admin_fee", 6712, 1),
    ]
    assert [(int(one.quantity), one.each_cents) for one in cart.lines] == [(2, 4386), (2, 4112), (2, 3356)]
    assert "for each of 2" in cart.lines[1].explain[-1]


def test_a_fee_of_exactly_fifty_dollars_carries_no_administrative_fee() -> None:
    assert amounts(sell(line("ALM-RES"))) == [("ALM-RES", "item", 5000, None)]


def test_two_alarm_permits_carry_two_administrative_fees() -> None:
    kinds = [one.kind for one in sell(line("ALM-NONRES"), line("ALM-PANIC")).lines]
    assert kinds == [LineKind.ITEM, LineKind.ADMIN_FEE, LineKind.ITEM, LineKind.ADMIN_FEE]


def test_permit_lines_on_one_project_are_one_permit() -> None:
    # 10 × 1.34 and 100.71 on one project: one administrative fee, because 114.11 is over 50.00
    together = sell(
        CartLine("ELE-OUTLET", {"quantity": "10", "project_number": "26-1"}),
        CartLine("ELE-EV2", {"quantity": "1", "project_number": "26-1"}),
    )
    assert amounts(together) == [
        ("ELE-OUTLET", "item", 1340, None),
        ("ADM-114", "admin_fee", 3356, 1),
        ("ELE-EV2", "item", 10071, None),
    ]


def test_permit_lines_on_two_projects_are_two_permits() -> None:
    lines = [CartLine("ELE-EV2", {"quantity": "1", "project_number": number}) for number in ("26-1", "26-2")]
    assert sum(one.kind is LineKind.ADMIN_FEE for one in sell(*lines).lines) == 2


def test_permit_lines_without_an_automatic_fee_among_them_carry_none() -> None:
    lines = [CartLine("ELE-PANEL", {"quantity": "9"}), CartLine("ELE-OUTLET", {"quantity": "9"})]
    assert [one.kind for one in sell(*lines).lines] == [LineKind.ITEM, LineKind.ITEM]


def test_a_permit_before_the_first_known_administrative_fee_is_refused_and_not_guessed() -> None:
    tent = DEMO.items["HFD-TENT"]
    early = replace(tent, versions=(replace(tent.versions[0], effective_from=date(2020, 1, 1)),))
    catalogue = replace(DEMO, items={**DEMO.items, "HFD-TENT": early})
    with pytest.raises(NotInForce, match="ADM-114"):
        sell(line("HFD-TENT"), on=date(2022, 12, 31), catalogue=catalogue)
    # 50.00 is not above the threshold of any known version, so none need be in force
    assert sell(line("ALM-RES"), on=date(2022, 12, 31)).total == 5000


def test_the_threshold_of_the_version_in_force_decides() -> None:
    fee = DEMO.items["ADM-114"]
    step = fee.versions[-1].price.steps[0]
    higher = PriceRule((replace(step, when=(Condition(("permit_fee",), over=Decimal(100)),)),))
    raised = replace(fee, versions=(*fee.versions[:-1], replace(fee.versions[-1], price=higher)))
    catalogue = replace(DEMO, items={**DEMO.items, "ADM-114": raised})
    assert [one.kind for one in sell(line("HFD-ALARM-N"), catalogue=catalogue).lines] == [LineKind.ITEM]


def test_a_city_without_an_administrative_fee_adds_none() -> None:
    items = {code: item for code, item in DEMO.items.items() if item.use is not ItemUse.ADMIN_FEE}
    cart = sell(line("HFD-TENT"), catalogue=Catalogue("Another city", "", items))
    assert [one.kind for one in cart.lines] == [LineKind.ITEM]


def test_the_application_date_picks_the_price_of_a_permit() -> None:
    permit = line("BLD-STRUCT", valuation="21300", application_date="11/30/2023")
    assert amounts(sell(permit))[0] == ("BLD-STRUCT", "item", 11886, None)
    with pytest.raises(NotInForce, match="no price in force on 2024-05-01"):
        sell(line("BLD-STRUCT", valuation="21300", application_date="2024-05-01"))


def test_the_day_of_the_event_picks_the_price_of_a_rental() -> None:
    june, july = (sell(line("PRK-GYM", date=day, hours="2")) for day in ("2026-06-30", "2026-07-01"))
    assert (june.total, july.total) == (6014, 6250)
    assert july.lines[0].price_basis is PriceBasis.SERVICE
    assert july.lines[0].price_date == date(2026, 7, 1)


@pytest.mark.parametrize(
    ("sold", "quantity", "total"),
    [
        (line("REC-COPY", pages="12"), 12, 120),
        (line("REC-COPY", 12), 12, 120),  # no count was keyed: the line's quantity is the count
        (line("REC-COPY", 2, pages="12"), 2, 240),  # both: two orders of twelve pages
        (CartLine("PLB-SEWER", {"quantity": "3"}), 3, 16113 + 3356),
        (CartLine("PLB-SEWER", {"quantity": "3"}, Decimal(3)), 3, 16113 + 3356),  # the same number said twice
        (CartLine("PLB-SEWER", {"quantity": "3"}, Decimal(1)), 3, 16113 + 3356),
        (line("PLB-SEWER", 3), 3, 16113 + 3356),
        (CartLine("ALM-RES", {"quantity": "2.0"}), 2, 10000),
        (CartLine("ALM-RES", {"quantity": "2"}, Decimal(3)), 3, 15000),
        (line("SGN-STORE", 2, seizure_date="2026-07-01", release_date="2026-07-02"), 2, 19424),
        (line("VIT-DEATH", copies="3"), 1, 2900),  # 21.00 and 2 × 4.00: not three times anything
        (line("PRK-GYM", hours="1.5", date="2026-07-20"), 1, 6250),  # one and a half hours are charged as two
    ],
)
def test_a_quantity_is_the_count_or_how_many_of_them(sold: CartLine, quantity: int, total: int) -> None:
    cart = sell(sold)
    assert (int(cart.lines[0].quantity), cart.total) == (quantity, total)


@pytest.mark.parametrize(
    "sold",
    [
        CartLine("PLB-SEWER", {"quantity": "3"}, Decimal(2)),
        CartLine("ALM-RES", {"quantity": "two"}),
        CartLine("ALM-RES", {"quantity": "1.5"}),
        CartLine("ALM-RES", {}, Decimal("1.5")),
        CartLine("ALM-RES", {}, Decimal(0)),
        CartLine("ALM-RES", {}, Decimal(-1)),
        CartLine("ALM-RES", {}, Decimal("NaN")),
        CartLine("ALM-RES", {}, Decimal(100_001)),
    ],
)
def test_a_quantity_that_makes_no_sense_is_refused(sold: CartLine) -> None:
    with pytest.raises(BadInput) as refused:
        sell(sold)
    assert refused.value.field == "quantity"


def test_a_sale_beyond_what_can_be_booked_is_refused() -> None:
    with pytest.raises(BadInput, match="more than the program can book"):
        sell(line("BLD-STRUCT", 100_000, valuation="999999999999"))


def test_a_count_that_prices_an_item_is_asked_for() -> None:
    with pytest.raises(MissingInput) as refused:
        sell(line("LIB-PHOTO"))
    assert refused.value.field == "sets"


def test_demonstration_inputs_fill_what_does_not_price_the_item() -> None:
    with pytest.raises(MissingInput) as refused:
        sell(line("ELE-TCI"), demo=False)
    assert refused.value.field == "project_number"
    filled = sell(line("ELE-TCI")).lines[0].inputs
    assert len(filled["esi_id"]) == 22
    with pytest.raises(MissingInput, match="Valuation"):
        sell(line("BLD-STRUCT"))


def test_tax_is_added_in_a_line_of_its_own_unless_a_certificate_exempts_it() -> None:
    # 3 × 10.00 taxed at 8.25 % is 2.475, half up 2.48
    cart = sell(line("LIB-PHOTO", sets="3"))
    assert amounts(cart) == [("LIB-PHOTO", "item", 3000, None), ("SALES-TAX", "tax", 248, 1)]
    assert (cart.total, cart.taxes) == (3248, 248)
    exempt = sell(line("LIB-PHOTO", sets="3", exemption_certificate="1-23-4567890-1"))
    assert (exempt.total, exempt.taxes) == (3000, 0)
    assert "exemption certificate" in exempt.lines[0].explain[-1]


def test_a_top_up_is_taxed_with_its_line() -> None:
    taxed = Tax(TaxTreatment.ADDED, "TX-8.25", "SALES-TAX")
    made = ItemVersion(date(2026, 1, 1), None, PriceRule((Step(Flat(Decimal(5))),)), (REST,), minimum=2000, tax=taxed)
    catalogue = replace(DEMO, items={**DEMO.items, "T": Item("T", "T", "D", versions=(made,))})
    assert sell(line("T"), catalogue=catalogue).taxes == 165


def test_hotel_tax_inside_a_price_is_shown_and_goes_to_the_account_of_the_tax() -> None:
    cart = sell(line("PRK-LAKE", nights="2"))
    cabin = cart.lines[0]
    assert (cart.total, cart.taxes, cart.tax_included, cabin.tax_cents) == (26750, 0, 1750, 1750)
    spread = {share.gl: part for share, part in cabin.distribution()}
    assert spread == {"426100": 20000, "426101": 5000, "204010": 1750}


def test_nothing_is_topped_up_or_taxed_where_nothing_is_charged() -> None:
    waived = line("WTR-DEPOSIT", average_monthly_bill="20", waive="yes")
    assert amounts(sell(waived)) == [("WTR-DEPOSIT", "item", 0, None)]
    free = sell(CartLine("LIB-PHOTO", {"sets": "1"}, amount=0, override_reason="Reprint of a spoiled photo"))
    assert amounts(free) == [("LIB-PHOTO", "item", 0, None)]


def test_a_fixed_part_is_taken_once_and_not_again_from_the_top_up() -> None:
    state = Share("2206", "6500010021", "424100", fixed_cents=500)
    made = ItemVersion(date(2026, 1, 1), None, PriceRule((Step(Flat(Decimal(20))),)), (REST, state), minimum=5000)
    cart = sell(line("T"), catalogue=replace(DEMO, items={"T": Item("T", "T", "D", versions=(made,))}))
    assert [share.gl for share, _ in cart.lines[1].distribution()] == ["422050"]
    only = replace(made, shares=(replace(state, fixed_cents=5000),))
    lonely = sell(line("T"), catalogue=replace(DEMO, items={"T": Item("T", "T", "D", versions=(only,))}))
    assert [part for _, part in lonely.lines[1].distribution()] == [3000]


def test_a_minimum_purchase_is_topped_up_and_the_department_s_own_charge_comes_on_top() -> None:
    assert sell(CartLine("SWM-TAGS", {"quantity": "1"})).total == 1000
    assert sell(CartLine("SWM-TAGS", {"quantity": "6"})).total == 1500
    assert sell(CartLine("SWM-TAGS", {"quantity": "1", "bought_from_department": "yes"})).total == 1500


def test_a_published_maximum_caps_the_price_and_says_so() -> None:
    cart = sell(line("VFH-TAXI-PRO", start_date="2026-03-15"))
    assert cart.lines[0].amount == 46198  # ten months are 462.00
    assert cart.lines[0].explain[-1] == "The maximum is 461.98."


def test_a_price_that_is_not_whole_cents_says_how_it_was_rounded() -> None:
    assert sell(line("IMP-DRAIN", service_area="Sims/Vince", impervious_sqft="2500")).lines[0].explain[-1] == (
        "Rounded half-up to the cent: 56.48."
    )


@pytest.mark.parametrize("code", ["ADM-114", "CONV-CARD", "SALES-TAX", "CASH-RND", "CASH-OS", "WTR-LKA"])
def test_what_the_program_adds_and_what_is_an_adjustment_is_not_sold(code: str) -> None:
    with pytest.raises(Ineligible):
        sell(CartLine(code, amount=100))


def test_an_item_that_is_no_longer_sold_or_not_known_is_refused() -> None:
    closed = replace(DEMO, items={"OLD": replace(DEMO.items["ALM-RES"], code="OLD", active=False)})
    with pytest.raises(Ineligible, match="no longer sold"):
        sell(line("OLD"), catalogue=closed)
    with pytest.raises(UnknownItem, match="NOPE"):
        sell(line("NOPE"))


def test_an_override_charges_what_was_entered_and_keeps_the_catalogue_s_price() -> None:
    changed = CartLine("BLD-DRIVE", amount=1000, override_reason="Council resolution 26-114")
    sold = sell(changed).lines
    assert [one.amount for one in sold] == [1000]
    assert (sold[0].overridden, sold[0].catalogue_amount, sold[0].each_cents) == (True, 4386, 1000)
    assert sold[0].override_reason == "Council resolution 26-114"
    assert "43.86" in sold[0].explain[-1]
    assert not any("Council" in step for step in sold[0].explain), "words of a person stay purgeable: not explained"


def test_an_amount_in_place_of_a_price_needs_a_reason() -> None:
    with pytest.raises(MissingInput) as refused:
        sell(CartLine("ALM-RES", amount=1200))
    assert refused.value.field == "override_reason"
    assert not sell(CartLine("ALM-RES", amount=5000)).lines[0].overridden
    with pytest.raises(BadInput):
        sell(CartLine("ALM-RES", amount=-1))


def test_an_entered_amount_is_the_price_of_an_item_without_one() -> None:
    assert sell(CartLine("MCD-CIT", amount=22900)).total == 22900
    assert sell(line("MCD-CIT", amount="229.00")).total == 22900
    with pytest.raises(MissingInput):
        sell(line("MCD-CIT"))
    waived = CartLine("PRK-SOFTBALL", amount=10000, override_reason="Youth league")
    assert sell(waived).lines[0].amount == 10000


def test_an_override_does_not_excuse_an_empty_field() -> None:
    with pytest.raises(MissingInput, match="Valuation"):
        sell(CartLine("BLD-STRUCT", amount=100, override_reason="Reason"))


def test_a_companion_joins_under_its_condition_and_is_priced_for_the_same_inputs() -> None:
    when = Condition(("rush",), values=("yes",))
    companions = (Companion("VIT-EXP", when), Companion("LIB-NOTARY"))
    flat = PriceRule((Step(Flat(Decimal(23))),))
    made = ItemVersion(date(2026, 1, 1), None, flat, (REST,), companions=companions)
    catalogue = replace(DEMO, items={**DEMO.items, "BIRTH": Item("BIRTH", "Birth", "Health", versions=(made,))})
    inputs = {"order_no": "7", "document_type": "birth record"}
    plain = sell(CartLine("BIRTH", inputs, Decimal(2)), catalogue=catalogue)
    assert amounts(plain) == [("BIRTH", "item", 4600, None), ("LIB-NOTARY", "companion", 1200, 1)]
    rushed = sell(CartLine("BIRTH", {**inputs, "rush": "yes"}), catalogue=catalogue)
    assert [one.item for one in rushed.lines] == ["BIRTH", "VIT-EXP", "LIB-NOTARY"]


def test_a_fee_of_another_item_s_fee_takes_that_item_s_minimum_and_date() -> None:
    # the permit for 5,000 costs 47.00 and has a minimum of 91.06: 25 % of that
    assert sell(line("BLD-PLANDEP", valuation="5000")).total == 2277
    assert sell(line("BLD-PLANDEP", valuation="21300", application_date="2023-05-05")).total == 2972
    with pytest.raises(NotInForce, match="BLD-STRUCT"):
        sell(line("BLD-PLANDEP", valuation="5000"), on=date(2024, 5, 5))


def test_an_open_amount_stands_among_the_items_with_its_own_accounts() -> None:
    bill = OpenAmount("0041-2277-9", "Water bill of June", 6437, (REST,), "City Code 47-61", "Houston Public Works")
    cart = sell(bill, line("ALM-RES"))
    assert [(one.number, one.kind, one.amount) for one in cart.lines] == [
        (1, LineKind.OPEN_AMOUNT, 6437),
        (2, LineKind.ITEM, 5000),
    ]
    assert cart.lines[0].reference == "0041-2277-9"
    assert cart.lines[0].distribution() == ((REST, 6437),)


@pytest.mark.parametrize("code", sorted(DEMO.items))
def test_every_item_of_the_demonstration_city_can_be_sold_with_its_examples(code: str) -> None:
    item = DEMO.items[code]
    if item.use is not ItemUse.COUNTER or item.latest is None:
        return
    inputs = {asked.name: asked.demonstrate(TODAY) for asked in item.latest.inputs if asked.prices}
    if item.latest.price.is_entered:
        inputs["amount"] = "310.00"
    cart = sell(CartLine(code, inputs))
    assert cart.total == sum(one.amount for one in cart.lines)
    for one in cart.lines:
        assert sum(part for _, part in one.distribution()) == one.amount
        assert one.explain
        assert one.department


def test_what_an_item_does_not_ask_for_is_kept_if_it_can_be_printed() -> None:
    assert sell(line("ALM-RES", gate_code="77 <b>")).lines[0].inputs["gate_code"] == "77 <b>"
    with pytest.raises(BadInput) as refused:
        sell(line("ALM-RES", gate_code="bell\x07"))
    assert refused.value.field == "gate_code"


def test_a_field_of_another_name_that_the_item_knows_is_understood() -> None:
    nth = sell(line("ALM-FALSE-R", nth="5"))
    assert nth.total == sell(line("ALM-FALSE-R", occurrence_no="5")).total == 5000
    assert nth.lines[0].inputs["occurrence_no"] == "5"


def test_a_required_number_that_is_worked_out_is_asked_for_when_its_dates_are_missing() -> None:
    first = InputField("first", "First day", FieldKind.DATE, required=False)
    days = InputField("days", "Days", FieldKind.NUMBER, worked_out=WorkedOut.DAYS_SINCE, from_inputs=("first",))
    made = ItemVersion(date(2026, 1, 1), None, PriceRule((Step(Entered()),)), (REST,), inputs=(first, days))
    catalogue = Catalogue("C", "", {"T": Item("T", "T", "D", versions=(made,))})
    with pytest.raises(MissingInput, match="Days"):
        sell(CartLine("T", amount=100), catalogue=catalogue, demo=False)
    sold = sell(CartLine("T", {"first": "2026-07-01"}, amount=100), catalogue=catalogue, demo=False)
    assert sold.lines[0].inputs["days"] == "13"
