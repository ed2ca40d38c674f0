"""Adjustments of water bills by the ordinance's rules, and the ladder from a reminder to the cut-off and back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from csr_desk.domain.receivable.adjusting import (
    EXCEPTIONAL,
    KINDS,
    LEAK,
    UNUSUALLY_LARGE,
    Case,
    Kind,
    MonthUse,
    Worksheet,
    average_before,
    work_out,
)
from csr_desk.domain.receivable.instalments import month_later
from csr_desk.domain.receivable.stages import Ladder, Stage, Standing, after_payment, may_extend, next_stage

JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)
YEAR = [MonthUse(month_later(JUNE, -n), 5_000) for n in range(1, 13)]
"""A year of 5,000 gallons a month before June 2026."""
REPAIR = {
    "repair_date": "2026-06-20",
    "repair_address": "4107 Leeland B",
    "repair_type": "Slab leak",
    "repair_cost": "950.00",
}


def a_cent_a_gallon(_month: date, gallons: int) -> int:
    """Charge so that the figures can be read off."""
    return gallons


def case(kind: Kind = LEAK, *months: date, **more: Any) -> Case:
    return replace(Case(kind, months or (JUNE,), date(2026, 7, 14), REPAIR), **more)


def failed(found: Worksheet) -> list[str]:
    return [step.words for step in found.steps if step.holds is False]


def test_half_of_what_a_leak_wasted_comes_off() -> None:
    # 15,001 gallons against 5,000: 10,001 too many, half of it rounded up is kept: charged as 10,001
    found = work_out(case(), [*YEAR, MonthUse(JUNE, 15_001)], a_cent_a_gallon)
    assert (found.eligible, found.amount, failed(found)) == (True, 5_000, [])
    assert found.steps[-2].words == "June 2026: 15,001 charged as 10,001 gallons"
    assert found.steps[-2].figure == "150.01 − 100.01 = 50.00"
    assert found.steps[-1].figure == "50.00"


def test_a_leak_of_three_months_in_a_row_is_adjusted_and_a_gap_is_not() -> None:
    august, september = date(2026, 8, 1), date(2026, 9, 1)
    history = [*YEAR, *(MonthUse(month, 9_000) for month in (JUNE, JULY, august, september))]
    assert work_out(case(LEAK, JUNE, JULY, august), history, a_cent_a_gallon).amount == 3 * 2_000
    assert failed(work_out(case(LEAK, JUNE, august), history, a_cent_a_gallon)) == ["One after the other"]
    four = work_out(case(LEAK, JUNE, JULY, august, september), history, a_cent_a_gallon)
    assert failed(four) == ["Months asked for", "Adjusted already in 12 months"]


def test_evidence_that_is_missing_is_named() -> None:
    found = work_out(case(evidence={**REPAIR, "repair_cost": " "}), [*YEAR, MonthUse(JUNE, 15_000)], a_cent_a_gallon)
    assert (found.eligible, found.amount, failed(found)) == (False, 0, ["Repair cost"])


def test_an_unusually_large_bill_is_above_twice_the_average_asked_for_in_six_months_once_a_year() -> None:
    def asked(gallons: int, **more: Any) -> list[str]:
        return failed(work_out(case(UNUSUALLY_LARGE, JUNE, **more), [*YEAR, MonthUse(JUNE, gallons)], a_cent_a_gallon))

    assert asked(10_001) == []
    assert asked(10_000) == ["Use in June 2026"]
    assert asked(12_000, asked_on=date(2026, 12, 1)) == []
    assert asked(12_000, asked_on=date(2026, 12, 2)) == ["Asked for until"]
    assert asked(12_000, single_family=False) == ["Single-family home"]
    assert asked(12_000, adjusted_before=(date(2025, 7, 1),)) == ["Adjusted already in 12 months"]
    assert asked(12_000, adjusted_before=(date(2025, 6, 1),)) == []
    assert asked(12_000, adjusted_before=(JUNE,)) == ["The same month was adjusted before"]


def test_exceptional_circumstances_are_capped_at_ten_thousand_dollars() -> None:
    evidence = {"circumstances": "Meter vault flooded"}
    history = [*YEAR, MonthUse(JUNE, 5_005_000)]
    found = work_out(case(EXCEPTIONAL, JUNE, evidence=evidence), history, a_cent_a_gallon)
    # half of 5,000,000 gallons would be 25,000.00
    assert (found.amount, found.steps[-2].words) == (1_000_000, "Most that may come off")


def test_without_use_on_record_there_is_nothing_to_compare_with() -> None:
    assert failed(work_out(case(), [MonthUse(JUNE, 9_000)], a_cent_a_gallon)) == ["Average of the months before"]
    assert failed(work_out(case(), YEAR, a_cent_a_gallon)) == ["Use in June 2026"]
    assert average_before({date(2026, 5, 1): 3, date(2026, 4, 1): 4}, JUNE) == 4
    empty = work_out(replace(case(), months=()), YEAR, a_cent_a_gallon)
    assert failed(empty) == ["Months asked for"]
    idle = [MonthUse(date(2026, 5, 1), 0), MonthUse(JUNE, 9_000)]
    assert work_out(case(), idle, a_cent_a_gallon).amount == 4_500
    assert set(KINDS) == {"LKA", "ULB", "ECA", "COR"}


LADDER = Ladder(5, 10, 20, {Stage.CUT_OFF: 3_759})
DUE = date(2026, 7, 1)


@pytest.mark.parametrize(
    ("stage", "day", "then"),
    [
        (None, 6, None),
        (None, 7, Stage.REMINDER),
        (None, 28, Stage.REMINDER),
        (Stage.REMINDER, 11, None),
        (Stage.REMINDER, 12, Stage.NOTICE),
        (Stage.NOTICE, 21, None),
        (Stage.NOTICE, 22, Stage.LISTED),
        (Stage.LISTED, 28, None),
        (Stage.CUT_OFF, 28, None),
        (Stage.RESTORING, 28, None),
    ],
)
def test_one_step_at_a_time_and_never_cut_off_by_the_calendar(
    stage: Stage | None, day: int, then: Stage | None
) -> None:
    assert next_stage(Standing(DUE, stage), LADDER, date(2026, 7, day)) is then


def test_an_extension_or_a_plan_holds_the_ladder() -> None:
    late = date(2026, 7, 20)
    assert next_stage(Standing(DUE, extended_until=late), LADDER, late) is None
    assert next_stage(Standing(DUE, extended_until=late), LADDER, date(2026, 7, 21)) is Stage.REMINDER
    assert next_stage(Standing(DUE, on_plan=True), LADDER, late) is None
    assert next_stage(Standing(None), LADDER, late) is None


def test_a_payment_at_the_window_stops_the_cut_off_at_once_or_orders_the_restoring() -> None:
    assert after_payment(Stage.LISTED, 0) is None
    assert after_payment(Stage.LISTED, 1) is Stage.LISTED
    assert after_payment(Stage.CUT_OFF, 0) is Stage.RESTORING
    assert after_payment(Stage.CUT_OFF, 1) is Stage.CUT_OFF
    assert after_payment(None, 0) is None


def test_extensions_are_counted_by_the_year_and_never_stand_on_each_other() -> None:
    today = date(2026, 7, 14)
    assert may_extend(2, 3, None, today)
    assert not may_extend(3, 3, None, today)
    assert not may_extend(0, 3, today, today)
    assert may_extend(0, 3, date(2026, 7, 13), today)


def test_less_than_the_rule_gives_may_be_asked_for_and_never_more() -> None:
    history = [*YEAR, MonthUse(JUNE, 15_000)]
    assert work_out(case(), history, a_cent_a_gallon, 4_999).amount == 4_999
    assert failed(work_out(case(), history, a_cent_a_gallon, 5_001)) == ["Asked for"]
    assert failed(work_out(case(), history, a_cent_a_gallon, 0)) == ["Asked for"]


def test_what_comes_off_is_told_by_month_and_adds_up_under_the_cap() -> None:
    may = date(2026, 5, 1)
    history = [*(one for one in YEAR if one.month != may), MonthUse(may, 2_005_000), MonthUse(JUNE, 1_005_000)]
    found = work_out(case(EXCEPTIONAL, may, JUNE, evidence={"circumstances": "Flood"}), history, a_cent_a_gallon)
    # 10,000.00 and 5,000.00 would come off; the cap of 10,000.00 is shared two to one
    assert found.by_month == ((may, 666_667), (JUNE, 333_333))
    assert sum(part for _, part in found.by_month) == found.amount == 1_000_000


def test_a_date_of_a_repair_is_a_date_and_not_after_the_request() -> None:
    def told(words: str) -> str:
        sheet = work_out(
            case(evidence={**REPAIR, "repair_date": words}), [*YEAR, MonthUse(JUNE, 9_000)], a_cent_a_gallon
        )
        return next(step.figure for step in sheet.steps if step.words == "Repair date")

    assert [told("2026-07-14"), told("2026-07-15"), told("in June"), told(" ")] == [
        "given", "after the request", "not a date", "missing",
    ]  # fmt: skip


def test_words_of_people_stand_beside_the_worksheet_never_in_it() -> None:
    sheet = work_out(case(), [*YEAR, MonthUse(JUNE, 15_000)], a_cent_a_gallon)
    assert not any(words in step.figure for step in sheet.steps for words in REPAIR.values())


def test_charging_as_fewer_gallons_that_costs_nothing_less_gives_nothing() -> None:
    sheet = work_out(case(), [*YEAR, MonthUse(JUNE, 15_000)], lambda _month, _gallons: 100)
    assert (sheet.eligible, sheet.amount) == (False, 0)
