from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from csr_desk import locations
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
from csr_desk.domain.pricing import (
    Bracket,
    Brackets,
    Condition,
    Entered,
    Flat,
    InputField,
    Instalment,
    LookUp,
    Percent,
    PerUnit,
    PriceRule,
    Prorate,
    Step,
    Tier,
    Tiers,
    WorkedOut,
)
from csr_desk.services.catalogue_check import check
from csr_desk.services.catalogue_diff import ChangeKind, diff
from csr_desk.services.catalogue_files import load_folder

D = Decimal
ALL = Share("1000", "2", "3", percent=D(100))
DEMO = load_folder(locations.resources() / "demo" / "catalogue")


def version(*steps: Step, start: date = date(2026, 1, 1), end: date | None = None, **more: object) -> ItemVersion:
    told: dict[str, object] = {"shares": (ALL,), "authority": "City Code 1"} | more
    return ItemVersion(start, end, PriceRule(steps or (Step(Flat(D(5))),)), **told)  # type: ignore[arg-type]


def findings(*versions: ItemVersion, use: ItemUse = ItemUse.COUNTER, others: tuple[Item, ...] = ()) -> list[str]:
    items = {"FEE": Item("FEE", "Fee", "Finance", versions=versions, use=use)} | {one.code: one for one in others}
    return [str(finding) for finding in check(Catalogue("C", "", items))]


def test_a_sound_item_has_no_findings() -> None:
    assert findings(version()) == []


def test_versions_that_overlap_are_an_error_and_a_gap_or_an_end_is_a_note() -> None:
    year = version(start=date(2025, 1, 1), end=date(2025, 12, 31))
    assert findings(year, version()) == []
    assert findings(replace(year, effective_to=date(2026, 1, 1)), version()) == [
        "Error, versions, FEE: The versions from 2025-01-01 and 2026-01-01 overlap."
    ]
    assert findings(replace(year, effective_to=None), version())[0].startswith("Error, versions, FEE: The versions")
    assert findings(replace(year, effective_to=date(2025, 6, 30)), version()) == [
        "Note, versions, FEE: No price is in force from 2025-07-01 to 2025-12-31; a sale dated then is refused."
    ]
    assert findings(year) == ["Note, versions, FEE: No price is in force after 2025-12-31."]
    assert findings() == []


def test_versions_of_one_item_go_by_the_same_date() -> None:
    year = version(start=date(2025, 1, 1), end=date(2025, 12, 31), price_basis=PriceBasis.SERVICE)
    assert "go by the same date" in findings(year, version())[0]


def test_limits_and_authority_are_looked_at() -> None:
    assert "the minimum is more than the maximum" in findings(version(minimum=200, maximum=100))[0]
    assert findings(version(minimum=100, maximum=200)) == []
    assert findings(version(authority="")) == ["Note, versions, FEE: From 2026-01-01: no authority is named."]
    assert findings(version(authority=""), use=ItemUse.ROUNDING) == []


@pytest.mark.parametrize(
    ("shares", "sentence"),
    [
        ((), "no account to post to"),
        ((replace(ALL, percent=D("62.5")), replace(ALL, percent=D("37.4"))), "add up to 99.9, not 100"),
        ((replace(ALL, percent=None, fixed_cents=5),), "add up to 0, not 100"),
        ((replace(ALL, percent=None), replace(ALL, percent=None)), "only one share"),
        ((replace(ALL, percent=None), ALL), "leave no remainder"),
    ],
)
def test_shares_that_do_not_sum_are_errors(shares: tuple[Share, ...], sentence: str) -> None:
    (found,) = findings(version(shares=shares))
    assert found.startswith("Error, shares, FEE: From 2026-01-01")
    assert sentence in found


def test_shares_that_sum_are_not() -> None:
    assert findings(version(shares=(replace(ALL, percent=None), replace(ALL, percent=None, fixed_cents=5)))) == []
    assert findings(version(shares=(replace(ALL, percent=None), replace(ALL, percent=D("7.5"))))) == []


@pytest.mark.parametrize(
    "step",
    [
        Step(PerUnit(D(1), ("pages",))),
        Step(LookUp(("meter",), (), per="sqft")),
        Step(Percent(D(1), "penalty")),
        Step(Brackets("valuation", (Bracket(None, None, D(1)),))),
        Step(Tiers("kgal", (Tier(D(0), None, D(1)),))),
        Step(Prorate("months_left", D(12))),
        Step(Instalment("month", 12)),
        Step(Flat(D(1)), when=(Condition(("late",), values=("yes",)),)),
    ],
)
def test_an_input_that_the_price_goes_by_must_be_asked_for(step: Step) -> None:
    found = findings(version(step))
    assert found
    assert all("is not asked for" in sentence or "not asked for" in sentence for sentence in found)
    names = ("pages", "meter", "sqft", "penalty", "valuation", "kgal", "months_left", "month", "late")
    assert findings(version(step, inputs=tuple(InputField(name, name) for name in names))) == []


def test_an_entered_amount_and_what_the_program_gives_need_not_be_asked_for() -> None:
    assert findings(version(Step(Entered()), Step(Percent(D(20))))) == []
    tax = version(Step(Percent(D("8.25"), "taxable_amount")))
    assert findings(tax, use=ItemUse.TAX) == []


def test_inputs_asked_for_twice_or_worked_out_from_nothing_are_errors() -> None:
    twice = (InputField("pages", "Pages"), InputField("pages", "Pages"))
    assert "“pages” is asked for twice" in findings(version(inputs=twice))[0]
    worked = InputField("days", "Days", worked_out=WorkedOut.DAYS_SINCE, from_inputs=("start",))
    assert "worked out from “start”" in findings(version(inputs=(worked,)))[0]


def test_other_items_that_are_needed_must_be_there_and_not_be_the_item_itself() -> None:
    tax = Tax(TaxTreatment.ADDED, "TX", "TAX")
    for made in (
        version(companions=(Companion("NONE"),)),
        version(Step(Percent(D(25), of_item="NONE"))),
        version(tax=replace(tax, item="NONE")),
    ):
        assert "“NONE” is not among the items" in findings(made)[0]
    assert "depend on itself" in findings(version(Step(Percent(D(25), of_item="FEE"))))[0]
    other = Item("B", "B", "D", versions=(version(companions=(Companion("FEE"),)),))
    chained = findings(version(companions=(Companion("B"),)), others=(other,))
    assert any("“B” joins this item and has companions itself" in sentence for sentence in chained)
    plain = Item("B", "B", "D", versions=(version(),))
    assert findings(version(companions=(Companion("B"),)), others=(plain,)) == []


def test_only_one_item_is_the_administrative_fee() -> None:
    other = Item("B", "B", "D", versions=(version(),), use=ItemUse.ADMIN_FEE)
    assert "Only one item" in findings(version(), use=ItemUse.ADMIN_FEE, others=(other,))[0]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ((Bracket(D(0), D(10), D(1)), Bracket(D(9), None, D(2))), "rows overlap"),
        ((Bracket(D(0), None, D(1)), Bracket(D(9), None, D(2))), "rows overlap"),
        ((Bracket(D(0), D(10), D(1)), Bracket(None, None, D(2))), "rows overlap"),
        ((Bracket(D(0), D(10), D(1)), Bracket(D(11), None, D(2))), "nothing is published over 10 up to 11"),
        ((Bracket(D(0), D(10), D(1)),), "nothing is published over 10"),
        ((Bracket(D(0), D(10), D(1)), Bracket(D(10), None, D(2))), ""),
    ],
)
def test_intervals_of_a_table_neither_overlap_nor_leave_gaps(rows: tuple[Bracket, ...], sentence: str) -> None:
    found = findings(version(Step(Brackets("a", rows)), inputs=(InputField("a", "A"),)))
    assert (sentence in found[0]) if sentence else found == []


def test_tiers_may_end_because_another_part_covers_what_is_beyond() -> None:
    tiers = Step(Tiers("a", (Tier(D(0), D(3), D(1)), Tier(D(3), D(9), D(2)))))
    assert findings(version(tiers, inputs=(InputField("a", "A"),))) == []


# ---------------------------------------------------------------- comparing
def told(new: Catalogue, old: Catalogue = DEMO) -> list[str]:
    return [str(change) for change in diff(old, new)]


def with_item(item: Item) -> Catalogue:
    return replace(DEMO, items={**DEMO.items, item.code: item})


def test_the_same_catalogue_has_no_changes() -> None:
    assert diff(DEMO, DEMO) == ()


def test_items_that_come_and_go_are_named() -> None:
    fewer = replace(DEMO, items={code: item for code, item in DEMO.items.items() if code != "ALM-RES"})
    assert told(fewer) == ["ALM-RES: Residential burglar alarm permit is removed."]
    assert told(DEMO, fewer) == ["ALM-RES: Residential burglar alarm permit is added with 1 price(s)."]
    assert diff(DEMO, fewer)[0].kind is ChangeKind.REMOVED


def test_a_changed_amount_is_told_with_both_amounts() -> None:
    item = DEMO.items["HFD-TENT"]
    dearer = replace(item.versions[0], price=PriceRule((Step(Flat(D("260.00"))),)))
    assert told(with_item(replace(item, versions=(dearer,)))) == [
        "HFD-TENT: From 2023-01-01, price step 1, amount: “250.65” becomes “260.00”."
    ]


def test_a_new_price_is_told_once_and_not_cell_by_cell() -> None:
    item = DEMO.items["HFD-TENT"]
    ended = replace(item.versions[0], effective_to=date(2026, 12, 31))
    coming = replace(item.versions[0], effective_from=date(2027, 1, 1))
    both = with_item(replace(item, versions=(ended, coming)))
    assert told(both) == [
        "HFD-TENT: A price from 2027-01-01 is added.",
        "HFD-TENT: From 2023-01-01, effective to: nothing becomes “2026-12-31”.",
    ]
    assert told(DEMO, both)[0] == "HFD-TENT: The price from 2027-01-01 is removed."


def test_rows_that_come_and_go_and_the_item_s_own_cells_are_told() -> None:
    item = replace(DEMO.items["HFD-TENT"], name="Tent permit")
    more = replace(item.versions[0], inputs=item.versions[0].inputs[:-1], companions=(Companion("LIB-NOTARY"),))
    assert told(with_item(replace(item, versions=(more,)))) == [
        "HFD-TENT: Item, name: “Temporary tent / canopy permit” becomes “Tent permit”.",
        "HFD-TENT: From 2023-01-01, companion 1 “LIB-NOTARY” is added.",
        "HFD-TENT: From 2023-01-01, input 3 “sqft” is removed.",
    ]


def test_the_catalogue_s_own_name_label_and_mark_are_told() -> None:
    assert told(replace(DEMO, label="2027", demonstration=False)) == [
        "The catalogue's label: “Demonstration catalogue 2026-07” becomes “2027”.",
        "The catalogue's demonstration: “True” becomes “False”.",
    ]


@pytest.mark.parametrize("gl", ["42.6", "ab c", "٤٢", "=1"])
def test_an_account_part_is_letters_and_figures(gl: str) -> None:
    (found,) = findings(version(shares=(Share("1000", "2", gl, percent=D(100)),)))
    assert gl in found
    assert "gl" in found


def test_a_charge_below_nothing_is_an_adjustment() -> None:
    (found,) = findings(version(Step(Flat(D(-1)))))
    assert "below nothing" in found
    assert findings(version(Step(Flat(D(-1)))), use=ItemUse.ADJUSTMENT) == []
