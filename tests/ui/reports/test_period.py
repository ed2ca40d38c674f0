"""Dates of a report as people key them."""

from __future__ import annotations

from datetime import date

import pytest

from csr_desk.domain.errors import BadInput
from csr_desk.ui.dates import long_day, parse_day, us_date
from csr_desk.ui.pages.reports.period import Period, Preset, preset, read_period

TODAY = date(2026, 7, 14)  # a Tuesday


@pytest.mark.parametrize(
    ("keyed", "day"),
    [
        ("7/4/2026", date(2026, 7, 4)),
        ("7/4/26", date(2026, 7, 4)),
        ("7/4", date(2026, 7, 4)),
        ("2026-07-04", date(2026, 7, 4)),
        (" Today ", TODAY),
        ("yesterday", date(2026, 7, 13)),
        ("", TODAY),
        ("02/29/2024", date(2024, 2, 29)),
    ],
)
def test_a_date_is_read_as_people_write_it(keyed: str, day: date) -> None:
    assert parse_day(keyed, TODAY) == day


@pytest.mark.parametrize("keyed", ["13/1/2026", "2/29/2026", "0/1", "7-4-2026", "٧/٤/٢٠٢٦", "7/4/2026x", "soon"])
def test_what_is_no_date_is_refused_with_its_field(keyed: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_day(keyed, TODAY, field="report-first")
    assert caught.value.field == "report-first"


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(BadInput):
        read_period("7/14", "7/13", TODAY)


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        (Preset.TODAY, TODAY, TODAY),
        (Preset.YESTERDAY, date(2026, 7, 13), date(2026, 7, 13)),
        (Preset.WEEK, date(2026, 7, 13), TODAY),
        (Preset.MONTH, date(2026, 7, 1), TODAY),
        (Preset.FISCAL_YEAR, date(2026, 7, 1), TODAY),
    ],
)
def test_a_period_asked_for_by_name_runs_to_the_business_date(name: Preset, first: date, last: date) -> None:
    assert preset(name, TODAY, 7) == Period(first, last)


def test_before_july_the_fiscal_year_began_in_the_year_before() -> None:
    assert preset(Preset.FISCAL_YEAR, date(2026, 6, 30), 7).first == date(2025, 7, 1)


def test_a_date_is_written_without_leading_zeros() -> None:
    assert us_date(date(2026, 7, 4)) == "7/4/2026"
    assert long_day(date(2026, 7, 4)) == "4 July"
