"""A contractor in order on a day, and how long a permit holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csr_desk.domain.contractor import Paper, PaperKind, Standing, ends_soon, lacks
from csr_desk.domain.validity import ends_within, holds_until, is_over, renewal

TODAY = date(2026, 7, 14)
LICENCE = Paper(PaperKind.LICENCE, "electrical", date(2026, 1, 1), date(2026, 12, 31))
INSURANCE = Paper(PaperKind.INSURANCE, "", None, TODAY)
BAYOU = Standing("active", frozenset({"electrical"}), (LICENCE, INSURANCE))


def test_a_paper_holds_to_the_end_of_its_last_day() -> None:
    assert lacks(BAYOU, "electrical", TODAY) == ()
    assert lacks(BAYOU, "electrical", TODAY + timedelta(days=1)) == ("The insurance ran out on 2026-07-14.",)


@pytest.mark.parametrize(("contractor", "trade", "words"), [
    (replace(BAYOU, state="suspended"), "electrical", ("This contractor is suspended.",)),
    (BAYOU, "fire_alarm", (
        "This contractor is not registered for the fire alarm trade.", "No licence is on file.",
        "No registration is on file.",
    )),
    (replace(BAYOU, papers=(INSURANCE, replace(LICENCE, starts_on=date(2026, 8, 1)))), "electrical",
     ("The licence is not in force yet.",)),
    (replace(BAYOU, papers=(LICENCE,)), "electrical", ("No insurance is on file.",)),
    (replace(BAYOU, trades=frozenset({"signs"}), papers=()), "signs", ()),
    (replace(BAYOU, papers=()), "", ()),
])  # fmt: skip
def test_what_a_contractor_lacks_is_said_in_sentences(contractor: Standing, trade: str, words: tuple[str, ...]) -> None:
    assert lacks(contractor, trade, TODAY) == words


def test_a_newer_paper_makes_up_for_one_that_ran_out() -> None:
    old = replace(INSURANCE, expires_on=date(2026, 6, 30))
    assert lacks(replace(BAYOU, papers=(LICENCE, old, INSURANCE)), "electrical", TODAY) == ()


def test_papers_that_end_soon_come_soonest_first() -> None:
    never = replace(INSURANCE, expires_on=None)
    assert ends_soon((LICENCE, never, INSURANCE), TODAY, 30) == (INSURANCE,)
    assert ends_soon((LICENCE, INSURANCE), TODAY, 180) == (INSURANCE, LICENCE)


def test_a_permit_holds_from_the_last_thing_that_was_done() -> None:
    issued = date(2026, 1, 2)
    assert holds_until(issued, 180) == date(2026, 7, 1)
    assert holds_until(issued, 180, passed=date(2026, 6, 30)) == date(2026, 12, 27)
    assert holds_until(issued, 180, passed=date(2026, 6, 30), renewed=date(2026, 7, 14)) == date(2027, 1, 10)


def test_a_permit_is_over_the_day_after_its_last() -> None:
    assert not is_over("issued", TODAY, TODAY)
    assert is_over("inspected", TODAY - timedelta(days=1), TODAY)
    assert not is_over("finalled", TODAY - timedelta(days=1), TODAY)
    assert not is_over("issued", None, TODAY)


@pytest.mark.parametrize(("state", "last", "words"), [
    ("revoked", TODAY, "A permit that is revoked is not renewed."),
    ("issued", None, "This permit has no end."),
    ("expired", date(2026, 1, 14), "more than 180 days ago: a new permit is needed"),
])  # fmt: skip
def test_what_is_not_renewed_says_why(state: str, last: date | None, words: str) -> None:
    found = renewal(state, last, TODAY, days=180, within=180)
    assert not found.possible
    assert words in found.why_not


@given(st.integers(-180, 400), st.integers(1, 400))
def test_a_renewal_never_shortens_and_never_ends_in_the_past(ends_in: int, days: int) -> None:
    last = TODAY + timedelta(days=ends_in)
    found = renewal("expired" if ends_in < 0 else "issued", last, TODAY, days=days, within=180)
    assert found.possible
    assert found.until is not None
    assert found.until >= max(last, TODAY) + timedelta(days=days)


def test_reminders_are_for_what_has_not_ended() -> None:
    assert ends_within(TODAY, TODAY, 30)
    assert ends_within(TODAY + timedelta(days=30), TODAY, 30)
    assert not ends_within(TODAY - timedelta(days=1), TODAY, 30)
    assert not ends_within(None, TODAY, 30)
