"""What is missing in the table of holidays is said on the Setup page, and in December in the morning."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from csr_desk.domain.holidays import Holiday
from csr_desk.services import policies
from csr_desk.services.clock import TrainingClock
from csr_desk.services.demo_calendar import demo_holidays
from csr_desk.ui.context import Tone
from csr_desk.ui.holiday_words import holiday_words, missing_words, tell_missing
from csr_desk.ui.pages.setup.holiday_box import first_fault
from ui.back_office import BackOffice

TODAY = date(2026, 7, 14)
BOTH = (Holiday(date(2026, 9, 7), "Labor Day"), Holiday(date(2027, 9, 6), "Labor Day"))


def test_nothing_is_said_where_both_years_are_entered() -> None:
    assert holiday_words(BOTH, TODAY, demonstration=False) == ""
    assert holiday_words(BOTH, TODAY, demonstration=True).startswith("Demonstration values")
    assert missing_words(()) == ""


def test_a_holiday_on_a_weekend_is_said_while_it_is_to_come() -> None:
    fourth = Holiday(date(2026, 7, 4), "Independence Day")
    assert "7/4/2026 Independence Day" in holiday_words((fourth, *BOTH), date(2026, 7, 1), demonstration=False)
    assert holiday_words((fourth, *BOTH), TODAY, demonstration=False) == ""


def test_the_first_line_that_cannot_be_read_is_found() -> None:
    assert first_fault("2026-09-07 Labor Day\n2026-09-07 Labor Day\nx") == 1
    assert first_fault("2026-09-07 Labor Day") == 0


@pytest.mark.parametrize(
    ("user", "day", "told"),
    [
        ("admin1", "2026-12-01", ["2026 and 2027"]), ("admin1", "2026-11-30", []), ("clerk1", "2026-12-01", []),
    ],
)  # fmt: skip
def test_in_december_the_administrator_is_told_of_a_year_without_holidays(
    office: BackOffice, user: str, day: str, told: list[str]
) -> None:
    at(office, day)
    context, shell = office.context(user)
    tell_missing(context)
    assert [tone for _, tone in shell.banners] == [Tone.WARN] * len(told)
    assert all(year in text for (text, _), year in zip(shell.banners, told, strict=True))


def test_with_the_table_entered_nobody_is_told(office: BackOffice) -> None:
    admin = office.actor("admin1")
    policies.set_policy(office.desk, admin, policies.SetPolicy("table", {"holidays": demo_holidays()}))
    at(office, "2026-12-01")
    context, shell = office.context("admin1")
    tell_missing(context)
    assert shell.banners == []


def at(office: BackOffice, day: str) -> None:
    """Put the office's clock to the morning of a day."""
    clock = office.desk.clock
    assert isinstance(clock, TrainingClock)
    clock.set(datetime.fromisoformat(f"{day}T14:00:00+00:00"))
