from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from csr_desk.domain.errors import BadInput, MissingInput
from csr_desk.domain.pricing import FieldKind, InputField, WorkedOut, read_day, read_number, work_out

D = Decimal
TODAY = date(2026, 7, 14)


def number(**more: object) -> InputField:
    return InputField("count", "Count", FieldKind.NUMBER, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["2026-07-14", " 7/14/2026 ", "2026-07-14T10:05", "07/14/2026"])
def test_dates_are_read_as_iso_and_as_written_in_the_united_states(text: str) -> None:
    assert read_day(text) == TODAY


@pytest.mark.parametrize("text", ["2026-02-30", "14.7.2026", "13/1/2026", "", "tomorrow", "2026-7-14"])
def test_what_is_no_date_is_refused_with_its_field(text: str) -> None:
    with pytest.raises(BadInput, match="is not a date") as refused:
        read_day(text, field="start")
    assert refused.value.field == "start"


@pytest.mark.parametrize(("text", "value"), [("21300", "21300"), ("1,224.889", "1224.889"), (".5", "0.5"), ("0", "0")])
def test_numbers_are_read_exactly(text: str, value: str) -> None:
    assert read_number(text) == D(value)


@pytest.mark.parametrize(
    "text", ["-5", "1e5", "NaN", "Infinity", "12,34", "1.2.3", "", ".", "٣", "9" * 13, "1_000", "0x1"]
)
def test_numbers_that_cannot_be_a_count_or_a_measure_are_refused(text: str) -> None:
    with pytest.raises(BadInput, match="not a number"):
        read_number(text, field="count")


def test_an_empty_field_is_missing_only_when_it_is_required() -> None:
    with pytest.raises(MissingInput, match="Fill in “Count”") as refused:
        number().check("  ")
    assert refused.value.field == "count"
    assert number(required=False).check("") == ""


@pytest.mark.parametrize(
    ("asked", "text", "reason"),
    [
        (number(least=D(1)), "0", "at least 1"),
        (number(most=D(12)), "13", "at most 12"),
        (number(decimals=0), "1.5", "whole number"),
        (number(decimals=3), "1.2345", "at most 3 decimals"),
        (number(multiple=D("0.25")), "2.1", "steps of 0.25"),
        (InputField("v", "V", FieldKind.MONEY), "12.345", "whole cents"),
        (InputField("v", "V", FieldKind.MONEY), "twelve", "not a number"),
        (InputField("v", "V", FieldKind.YES_NO), "maybe", "yes or no"),
        (InputField("v", "V", FieldKind.CHOICE, choices=("3/4", "1")), "2", "one of: 3/4, 1"),
        (InputField("v", "V", FieldKind.LIST, entries=2), "only one", "2 entries"),
        (InputField("v", "V", FieldKind.DATE), "soon", "not a date"),
        (InputField("v", "V", pattern="digits", min_length=22, max_length=22), "1" * 21, "22 characters; 21 were"),
        (InputField("v", "V", pattern="digits", min_length=22, max_length=22), "1" * 21 + "x", "must look like"),
        (InputField("v", "V", min_length=3), "ab", "at least 3"),
        (InputField("v", "V", max_length=3), "abcd", "at most 3"),
        (InputField("v", "V", pattern="99-9999999"), "12-345678", "must look like this: 99-9999999"),
        (InputField("v", "V", pattern="letters"), "abc1", "must look like"),
        (InputField("v", "V"), "x" * 301, "300 characters"),
        (InputField("v", "V"), "bell\x07", "cannot be printed"),
        (InputField("v", "V"), "turned \u202e around", "cannot be printed"),
    ],
)
def test_what_does_not_fit_a_field_is_refused_with_the_reason(asked: InputField, text: str, reason: str) -> None:
    with pytest.raises(BadInput, match=reason) as refused:
        asked.check(text)
    assert refused.value.field == asked.name


@pytest.mark.parametrize(
    ("asked", "text", "kept"),
    [
        (number(decimals=2), "1,250.50", "1250.50"),
        (number(multiple=D("0.25")), "2.75", "2.75"),
        (number(decimals=0), "1200.0", "1200.0"),
        (InputField("v", "V", FieldKind.MONEY), "$1,200.50", "1200.50"),
        (InputField("v", "V", FieldKind.YES_NO), "TRUE", "yes"),
        (InputField("v", "V", FieldKind.YES_NO), "n", "no"),
        (InputField("v", "V", FieldKind.CHOICE, choices=("Brays Bayou",)), "brays bayou", "Brays Bayou"),
        (InputField("v", "V", FieldKind.LIST, entries=2), "Ana Ruiz, Bo Tran", "Ana Ruiz; Bo Tran"),
        (InputField("v", "V", FieldKind.LIST, entries=2), "Ruiz, Ana; Tran, Bo", "Ruiz, Ana; Tran, Bo"),
        (InputField("v", "V", FieldKind.LIST), "A1\nA2\n\nA3", "A1; A2; A3"),
        (InputField("v", "V", FieldKind.DATE), "7/14/2026", "2026-07-14"),
        (InputField("v", "V", pattern="99-AAA*"), "12-abC7", "12-abC7"),
        (InputField("v", "V", pattern="letters and digits"), "Añb12", "Añb12"),
        (InputField("v", "V"), "  Nguyễn Thị Ánh  ", "Nguyễn Thị Ánh"),
        (InputField("v", "V"), "<b>bold</b>", "<b>bold</b>"),
    ],
)
def test_what_fits_a_field_is_kept_in_one_form(asked: InputField, text: str, kept: str) -> None:
    assert asked.check(text) == kept


@pytest.mark.parametrize(
    "asked",
    [
        number(least=D(3), decimals=0),
        number(multiple=D("0.25")),
        InputField("v", "V", FieldKind.MONEY),
        InputField("v", "V", FieldKind.DATE, example="-60"),
        InputField("v", "V", FieldKind.YES_NO),
        InputField("v", "V", FieldKind.YES_NO, example="no"),
        InputField("v", "V", FieldKind.CHOICE, choices=("1", "2")),
        InputField("v", "V", FieldKind.LIST, entries=2),
        InputField("v", "V", FieldKind.LIST),
        InputField("v", "V"),
        InputField("v", "A very long label", max_length=8),
        InputField("v", "V", pattern="digits", min_length=22, max_length=22),
        InputField("v", "V", pattern="letters and digits"),
        InputField("v", "V", pattern="letters"),
        InputField("v", "V", pattern="99-A*"),
    ],
)
def test_a_demonstration_value_passes_the_field_s_own_check(asked: InputField) -> None:
    assert asked.check(asked.demonstrate(TODAY))


def test_a_demonstration_date_is_counted_from_the_price_date() -> None:
    assert InputField("v", "V", FieldKind.DATE, example="-60").demonstrate(TODAY) == "2026-05-15"


@pytest.mark.parametrize(
    ("how", "first", "last", "count"),
    [
        (WorkedOut.DAYS_SINCE, "2026-07-14", None, "0"),
        (WorkedOut.DAYS_SINCE, "2026-06-13", None, "31"),
        (WorkedOut.DAYS_BETWEEN, "2026-07-01", "2026-07-01", "1"),
        (WorkedOut.DAYS_BETWEEN, "2026-07-01", "2026-07-11", "10"),
        (WorkedOut.DAYS_COUNTED, "2026-07-01", "2026-07-03", "3"),
        (WorkedOut.WEEKS_COUNTED, "2026-07-01", "2026-07-07", "1"),
        (WorkedOut.WEEKS_COUNTED, "2026-07-01", "2026-07-08", "2"),
        (WorkedOut.YEARS_STARTED, "2024-01-01", "2025-01-01", "1"),
        (WorkedOut.YEARS_STARTED, "2024-01-01", "2025-01-02", "2"),
        (WorkedOut.YEARS_STARTED, "2024-01-01", "2024-01-01", "1"),
        (WorkedOut.MONTHS_LEFT, "2026-12-31", None, "1"),
        (WorkedOut.MONTHS_LEFT, "2026-03-15", None, "10"),
        (WorkedOut.QUARTERS_LEFT, "2026-03-31", None, "4"),
        (WorkedOut.QUARTERS_LEFT, "2026-12-01", None, "1"),
        (WorkedOut.MONTH_AND_DAY, "2026-03-01", None, "301"),
    ],
)
def test_numbers_are_worked_out_from_dates(how: WorkedOut, first: str, last: str | None, count: str) -> None:
    values = {"first": first} | ({"last": last} if last else {})
    asked = InputField("n", "N", worked_out=how, from_inputs=tuple(values))
    assert work_out(asked, values, TODAY) == count


def test_nothing_is_worked_out_while_a_date_is_missing() -> None:
    asked = InputField("n", "N", worked_out=WorkedOut.DAYS_BETWEEN, from_inputs=("first", "last"))
    assert work_out(asked, {"first": "2026-07-01"}, TODAY) == ""
    assert work_out(InputField("n", "N"), {"first": "2026-07-01"}, TODAY) == ""


def test_dates_that_run_backwards_are_refused() -> None:
    asked = InputField("n", "N", worked_out=WorkedOut.DAYS_BETWEEN, from_inputs=("first", "last"))
    with pytest.raises(BadInput, match="2026-07-01 is before 2026-07-02") as refused:
        work_out(asked, {"first": "2026-07-02", "last": "2026-07-01"}, TODAY)
    assert refused.value.field == "last"
