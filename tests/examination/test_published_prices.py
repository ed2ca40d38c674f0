"""Every published price, worked out a second time from the published rows and compared with the program's quote."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

import pytest

from csr_desk import locations
from csr_desk.domain.cart import CartLine, LineKind, PricedCart, price_cart, tender_fee
from csr_desk.domain.catalogue import Catalogue
from csr_desk.domain.errors import Refusal, TenderRefused
from csr_desk.services.catalogue_files import load_folder
from examination import oracle, published_rows
from examination.cases import TODAY, Case, cases, facts_of
from examination.oracle import Quote

pytestmark = pytest.mark.skipif(
    published_rows.shared_data() is None,
    reason="the published rows (fees_proposed.csv) are not at hand: name their folder in CSR_DESK_SHARED",
)


@cache
def demo() -> Catalogue:
    return load_folder(locations.resources() / "demo" / "catalogue")


def line_of(code: str, facts: Mapping[str, str]) -> CartLine:
    """A cart line with the inputs of a case; an entered amount and a bare quantity go where a clerk keys them."""
    inputs = dict(facts)
    amount = inputs.pop("amount", None)
    quantity = None
    if "quantity" in inputs and "quantity" not in published_rows.versions(code)[0].fields:
        quantity = Decimal(inputs.pop("quantity"))
    return CartLine(code, inputs, quantity, None if amount is None else published_rows.to_cents(Decimal(amount)))


def sell(*lines: CartLine, on: date = TODAY) -> PricedCart:
    return price_cart(demo(), lines, price_date=on, demo_inputs=True)


def amount(cart: PricedCart, kind: LineKind) -> int:
    return sum(line.amount for line in cart.lines if line.kind is kind)


def seen(cart: PricedCart) -> Quote:
    return Quote(
        price=amount(cart, LineKind.ITEM),
        top_up=amount(cart, LineKind.MINIMUM),
        admin_fee=amount(cart, LineKind.ADMIN_FEE),
        tax=amount(cart, LineKind.TAX),
        tax_included=cart.tax_included,
    )


def refusal(*lines: CartLine, on: date = TODAY, demo_inputs: bool = True) -> str:
    """The code of the refusal; empty when it is sold."""
    try:
        price_cart(demo(), lines, price_date=on, demo_inputs=demo_inputs)
    except Refusal as error:
        return error.code
    return ""


@dataclass(frozen=True)
class Group:
    """All cases of one code: one test each, so that a report names the code and every case that is off."""

    code: str
    cases: tuple[Case, ...]


def groups() -> Sequence[Group]:
    found: dict[str, list[Case]] = {}
    for case in cases():
        found.setdefault(case.row.code, []).append(case)
    return [Group(code, tuple(members)) for code, members in found.items()]


@pytest.mark.parametrize("group", groups(), ids=lambda group: group.code)
def test_every_published_price_comes_out_to_the_cent(group: Group) -> None:
    wrong = []
    for case in group.cases:
        expected = oracle.quote(group.code, case.facts, case.on)
        try:
            got: Quote | str = seen(sell(line_of(group.code, case.facts), on=case.on))
        except Refusal as error:
            got = f"{error.code}: {error.message}"
        if got != expected:
            wrong.append(f"{case}: expected {expected}, got {got}")
    assert not wrong, "\n".join(wrong[:12])


@pytest.mark.parametrize("group", groups(), ids=lambda group: group.code)
def test_the_lines_of_every_price_add_up_to_its_total(group: Group) -> None:
    for case in group.cases:
        cart = sell(line_of(group.code, case.facts), on=case.on)
        assert cart.total == sum(line.amount for line in cart.lines)
        assert [line.number for line in cart.lines] == list(range(1, len(cart.lines) + 1))
        for line in cart.lines:
            assert (line.added_with is None) == (line.kind is LineKind.ITEM)
            assert line.added_with is None or line.added_with < line.number
            assert line.explain
            assert sum(part for _, part in line.distribution()) == line.amount


@pytest.mark.parametrize("group", groups(), ids=lambda group: group.code)
def test_a_day_without_a_published_price_is_refused_and_never_guessed(group: Group) -> None:
    row = group.cases[0].row
    facts = {name: value for name, value in group.cases[0].facts.items() if name != "date"}
    for day in oracle.gaps(group.code):
        known = facts | ({"date": day.isoformat()} if row["price_date_basis"] == "service date" else {})
        assert refusal(line_of(group.code, known), on=day) == "not_in_force", f"{group.code} on {day}"


ONLY_A_CONDITION = {"height_ft", "sign_type", "rabies_proof", "judgment_date", "weeks"}
"""Fields that decide whether a further part is due (or are worked out from dates); demonstrations fill them in."""


@pytest.mark.parametrize("group", groups(), ids=lambda group: group.code)
def test_an_empty_field_that_prices_an_item_is_asked_for(group: Group) -> None:
    version = published_rows.version_on(group.code, TODAY)
    if version is None or not (sets := [facts for facts in facts_of(version) if facts]):
        return  # priced without any input
    optional = {"installment", "exemption_certificate", "expedited", "response_minutes", "pages", "date"}
    optional |= set(oracle.CONDITIONS.values()) | ONLY_A_CONDITION
    for name in sets[0]:
        if name in optional:
            continue
        if group.code == "REC-MAP":
            continue  # sold by the piece: one where nothing is keyed
        facts = {known: value for known, value in sets[0].items() if known != name}
        assert refusal(line_of(group.code, facts)) == "missing_input", f"{group.code} without {name}"


@pytest.mark.parametrize("group", groups(), ids=lambda group: group.code)
def test_what_cannot_be_a_number_is_refused_in_every_counted_field(group: Group) -> None:
    version = published_rows.version_on(group.code, TODAY)
    names = [] if version is None else [n for f in facts_of(version)[:1] for n in f]
    words = {"meter_size", "service_area", "sign_type", "rabies_proof", "expedited", "exemption_certificate"}
    for name in names:
        if name in words | {"amount", "quantity"} or "date" in name or name in {"from", "to"}:
            continue
        for bad in ("-1", "NaN", "1e5", "Infinity", "twelve", "1,2,3", "9" * 40):
            facts = dict(facts_of(version)[0]) | {name: bad} if version else {}
            assert refusal(line_of(group.code, facts)) == "bad_input", f"{group.code} {name}={bad}"


NOT_ASKED = {("REC-COPY", "request_no")}
"""Copies over the counter are sold without a request: nine keys for twelve pages (docs/architecture, key budgets)."""


def test_required_fields_are_asked_for_even_where_they_do_not_price() -> None:
    missing = []
    for row in published_rows.sellable():
        if not row.in_force(TODAY) or not row.fields:
            continue
        for name in row.fields:
            facts = dict(facts_of(row)[0])
            if name in facts or name == "quantity" or (row.code, name) in NOT_ASKED:
                continue
            given = {field: _filled(row.code, field) for field in row.fields if field != name} | facts
            code = refusal(line_of(row.code, given), demo_inputs=False)
            if code != "missing_input":
                missing.append(f"{row.code} without {name}: {code or 'sold'}")
    assert not missing, "\n".join(missing)


def _filled(code: str, name: str) -> str:
    """A plausible value, taken from the program's own demonstration filling."""
    item = demo().item(code)
    field = next(field for field in item.version_on(TODAY).inputs if field.name == name)
    return field.demonstrate(TODAY)


def test_every_published_code_and_version_is_in_the_demonstration_catalogue() -> None:
    catalogue = demo()
    published = Counter(row.code for row in published_rows.rows())
    assert len(published) == 129
    assert sum(published.values()) == 136
    shipped = {code: len(item.versions) for code, item in catalogue.items.items()}
    assert {code: shipped.get(code) for code in published} == dict(published)
    for row in published_rows.rows():
        version = next(v for v in catalogue.item(row.code).versions if v.effective_from == row.starts)
        assert version.effective_to == row.ends, row
        assert version.name or catalogue.item(row.code).name == row["name"], row
        assert version.authority == row["ordinance_ref"], row


@pytest.mark.parametrize("code", ["ADM-114", "CONV-CARD", "CONV-ECHK", "CASH-RND", "CASH-OS", "SALES-TAX"])
def test_nobody_sells_what_the_program_adds_by_itself(code: str) -> None:
    assert refusal(CartLine(code)) == "ineligible"


@pytest.mark.parametrize("code", ["WTR-LKA", "WTR-ULB", "WTR-ECA"])
def test_a_credit_is_an_adjustment_and_no_sale(code: str) -> None:
    assert refusal(CartLine(code, {"amount": "10.00"})) == "ineligible"


def test_money_goes_to_the_published_accounts() -> None:
    for row in published_rows.rows():
        version = next(v for v in demo().item(row.code).versions if v.effective_from == row.starts)
        published = [
            (part["fund"], part["cc"], part["gl"], part["io"], part["share"])
            for part in json.loads(row["gl_distribution"])
        ]
        shipped = []
        for share in version.shares:
            rule = "remainder"
            if share.percent is not None:
                rule = f"{share.percent.normalize():f}%"
            if share.fixed_cents is not None:
                rule = f"fixed:{Decimal(share.fixed_cents) / 100:.2f}"
            shipped.append((share.fund, share.cost_center, share.gl, share.internal_order, rule))
        assert shipped == published, row


# ---------------------------------------------------------------- permits, sets of lines
def test_two_alarm_permits_are_two_permits_with_two_administrative_fees() -> None:
    one = oracle.quote("ALM-NONRES", {}, TODAY)
    assert one is not None
    for cart in (
        sell(CartLine("ALM-NONRES", quantity=Decimal(2))),
        sell(CartLine("ALM-NONRES"), CartLine("ALM-NONRES")),
    ):
        assert amount(cart, LineKind.ADMIN_FEE) == 2 * one.admin_fee == 6712
        assert cart.total == 2 * one.total


def test_two_minimum_permits_are_topped_up_twice() -> None:
    one = oracle.quote("BLD-DRIVE", {}, TODAY)
    assert one is not None
    cart = sell(CartLine("BLD-DRIVE", quantity=Decimal(2)))
    assert amount(cart, LineKind.MINIMUM) == 2 * one.top_up == 2 * 4112
    assert cart.total == 2 * one.total


def test_permit_lines_of_one_project_are_one_permit_with_one_administrative_fee() -> None:
    project = {"project_number": "26-118842"}
    cart = sell(
        CartLine("ELE-OUTLET", {"quantity": "40"} | project),
        CartLine("ELE-PANEL", {"quantity": "2"} | project),
        CartLine("ELE-EV2", {"quantity": "1"} | project),
    )
    assert amount(cart, LineKind.ITEM) == 40 * 134 + 2 * 939 + 10071
    assert amount(cart, LineKind.ADMIN_FEE) == 3356


def test_permit_lines_of_two_projects_are_two_permits() -> None:
    cart = sell(
        CartLine("ELE-EV2", {"quantity": "1", "project_number": "26-118842"}),
        CartLine("ELE-EV2", {"quantity": "1", "project_number": "26-118843"}),
    )
    assert amount(cart, LineKind.ADMIN_FEE) == 2 * 3356


def test_permit_lines_that_never_carry_the_fee_do_not_carry_it_together() -> None:
    cart = sell(CartLine("ELE-OUTLET", {"quantity": "400"}), CartLine("ELE-PANEL", {"quantity": "20"}))
    assert amount(cart, LineKind.ADMIN_FEE) == 0


def test_tax_is_figured_for_each_line_and_stands_behind_it() -> None:
    cart = sell(CartLine("SWM-XCAP", {"months": "1"}), CartLine("LIB-PHOTO", {"sets": "1"}))
    taxes = [line for line in cart.lines if line.kind is LineKind.TAX]
    assert [line.amount for line in taxes] == [157, 83]  # 18.97 × 8.25 % = 1.565025; 10.00 × 8.25 % = 0.825
    assert [line.added_with for line in taxes] == [1, 3]
    assert cart.taxes == 240


def test_a_grandfathered_permit_keeps_its_price_and_pays_the_fee_of_the_day() -> None:
    facts = {"valuation": "21300", "application_date": "2023-12-31"}
    cart = sell(CartLine("BLD-STRUCT", facts))
    assert amount(cart, LineKind.ITEM) == 4386 + 15 * 500
    assert amount(cart, LineKind.ADMIN_FEE) == 3356  # ADM-114 goes by the date of payment
    assert refusal(CartLine("BLD-STRUCT", {"valuation": "21300", "application_date": "2024-06-01"})) == "not_in_force"


def test_a_gymnasium_costs_what_its_event_day_says_not_the_day_of_the_sale() -> None:
    before = sell(CartLine("PRK-GYM", {"date": "2026-06-30", "hours": "2"}), on=date(2026, 7, 1))
    after = sell(CartLine("PRK-GYM", {"date": "2026-07-01", "hours": "2"}), on=date(2026, 6, 30))
    assert (before.total, after.total) == (2 * 3007, 2 * 3125)


@pytest.mark.parametrize(
    ("code", "facts"),
    [
        ("BLD-RES-VB", {"square_feet": "40829.6586642"}),  # beyond the last published bracket
        ("SWM-DUMP", {"dumpsters": "1", "years": "4"}),
        ("SWR-SFR", {"meter_size": "7", "usage_kgal": "3"}),
        ("IMP-DRAIN", {"service_area": "Lake Houston", "impervious_sqft": "1000"}),
        ("PRK-SOFTBALL", {"amount": "303.14"}),
        ("PRK-SOFTBALL", {"amount": "372.48"}),
        ("WTR-HIST", {"from": "2025-01-01", "to": "2024-01-01"}),
        ("VFH-TAXI", {"installment": "4"}),
    ],
)
def test_what_was_never_published_has_no_price(code: str, facts: dict[str, str]) -> None:
    assert refusal(line_of(code, facts)) in {"bad_input", "ineligible", "not_in_force"}


def test_an_unknown_code_is_refused() -> None:
    assert refusal(CartLine("BLD-NOSUCH")) == "unknown_item"


@pytest.mark.parametrize(
    ("code", "quantity", "price"),
    [
        ("REC-COPY", 12, 120),
        ("VIT-BIRTH", 2, 4600),
        ("VIT-DEATH", 3, 2900),
        ("ARA-SOUND-D", 2, 7518),
        ("ELE-OUTLET", 40, 5360),
        ("PLB-SEWER", 2, 10742),
        ("LIB-PHOTO", 2, 2000),
        ("REC-MAP", 3, 4500),
        ("ALM-RES", 3, 15000),
    ],
)
def test_the_quantity_of_a_line_is_the_count_where_no_count_was_keyed(code: str, quantity: int, price: int) -> None:
    cart = sell(CartLine(code, quantity=Decimal(quantity)))
    assert amount(cart, LineKind.ITEM) == price


def test_a_count_and_a_quantity_make_several_of_the_same() -> None:
    cart = sell(CartLine("BLD-FENCE", {"linear_feet": "150"}, Decimal(2)))
    assert amount(cart, LineKind.ITEM) == 2 * (6892 + 1065)
    assert amount(cart, LineKind.MINIMUM) == 2 * (8498 - 7957)
    assert amount(cart, LineKind.ADMIN_FEE) == 2 * 3356


def test_a_quantity_that_prices_the_item_is_not_counted_twice() -> None:
    cart = sell(CartLine("ELE-OUTLET", {"quantity": "40"}, Decimal(1)))
    assert cart.total == 5360


@pytest.mark.parametrize("feet", ["2350", "51234", "7", "1"])
@pytest.mark.parametrize("code", ["DRN-CURB", "DRN-DITCH"])
def test_twelve_monthly_drainage_charges_make_the_year(code: str, feet: str) -> None:
    year = sell(CartLine(code, {"impervious_sqft": feet})).total
    months = [sell(CartLine(code, {"impervious_sqft": feet, "month": str(month)})).total for month in range(1, 13)]
    assert sum(months) == year
    assert max(months) - min(months) <= 1


def test_three_instalments_make_the_published_annual_permit() -> None:
    parts = [sell(CartLine("VFH-TAXI", {"installment": str(part)})) for part in (1, 2, 3)]
    assert [amount(part, LineKind.ITEM) for part in parts] == [15400, 15399, 15399]


def test_a_price_per_set_never_passes_its_published_maximum() -> None:
    assert sell(CartLine("HPD-FINGER", {"sets": "3"})).total == 1000  # max_amount 10.00 is for the whole


# ---------------------------------------------------------------- tender fees
@pytest.mark.parametrize("kind", ["card", "echeck"])
@pytest.mark.parametrize("day", [date(2024, 10, 1), date(2025, 6, 30), date(2025, 7, 1), TODAY])
def test_the_fee_of_a_tender_is_figured_on_its_own_part(kind: str, day: date) -> None:
    parts = (1, 50, 99, 100, 101, 2173, 2174, 6521, 6522, 6523, 10000, 12740, 16096, 999_999, 10_983_409)
    for part in parts:
        expected = oracle.tender_fee(kind, part, day)
        try:
            line = tender_fee(demo(), kind, part, price_date=day)
            got = None if line is None else line.amount
        except TenderRefused:
            got = None
        assert (got or None) == (expected or None), f"{kind} {part} on {day}"


@pytest.mark.parametrize("kind", ["cash", "check", "money_order", "cashiers_check", "transfer", "on_account"])
def test_cash_and_paper_are_free(kind: str) -> None:
    assert tender_fee(demo(), kind, 16096, price_date=TODAY) is None


def test_a_card_under_a_dollar_is_refused() -> None:
    with pytest.raises(TenderRefused):
        tender_fee(demo(), "card", 99, price_date=TODAY)
