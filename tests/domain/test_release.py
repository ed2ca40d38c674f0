"""Whether service may be released: every condition is told, and none that is missing lets anything through."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csr_desk.domain.premise import WIRES, esi_id_fault, figures_of, wires_of
from csr_desk.domain.release import (
    Condition,
    Kind,
    PermitLook,
    ReleaseLook,
    countdown,
    eligible,
    findings,
    missing,
    unconfirmed_since,
)
from csr_desk.domain.sites import Match, compared, site_key
from csr_desk.domain.workdays import after_workdays, is_workday, workdays_left, working_days

TODAY = date(2026, 7, 14)
ESI = "1008901023900127640110"
PERMIT = PermitLook("P26-000001-7", "inspected", date(2027, 1, 10), TODAY)
LOOK = ReleaseLook(Kind.RECONNECT, "4107 Leeland St B", "4107 LEELAND ST B", ESI, "1008901", PERMIT)

MISSING = {
    "the permit is revoked": (replace(LOOK, permit=replace(PERMIT, state="revoked")), Condition.PERMIT, "is revoked."),
    "the permit ended": (
        replace(LOOK, permit=replace(PERMIT, last_day=date(2026, 7, 13))), Condition.PERMIT, "is expired.",
    ),
    "the inspection was failed": (
        replace(LOOK, permit=replace(PERMIT, passed_on=None, last_result="failed")), Condition.INSPECTION, "was failed",
    ),
    "the inspection is not done": (
        replace(LOOK, permit=replace(PERMIT, passed_on=None, last_result="requested")), Condition.INSPECTION,
        "not done yet",
    ),
    "nobody asked for an inspection": (
        replace(LOOK, permit=replace(PERMIT, passed_on=None)), Condition.INSPECTION, "No inspection was asked for",
    ),
    "a fee is due": (replace(LOOK, permit=replace(PERMIT, owed=3356)), Condition.FEES, "33.56 is still due"),
    "the insurance ran out": (
        replace(LOOK, permit=replace(PERMIT, contractor_lacks=("The insurance ran out on 2026-07-01.",))),
        Condition.CONTRACTOR, "ran out",
    ),
    "a violation": (replace(LOOK, violations=("Work without permit.",)), Condition.VIOLATIONS, "Work without permit."),
    "a hold": (replace(LOOK, holds=("A lien.",)), Condition.HOLDS, "A lien."),
    "another writing": (
        replace(LOOK, utility_site="4107 LEELAND ST UNIT B"), Condition.ADDRESS, "written otherwise",
    ),
    "another unit": (replace(LOOK, utility_site="4107 LEELAND ST UNIT C"), Condition.ADDRESS, "not the same unit"),
    "no address": (replace(LOOK, site="", utility_site=""), Condition.ADDRESS, "missing"),
    "no meter": (replace(LOOK, premise=""), Condition.PREMISE, "missing"),
    "a meter of another utility": (replace(LOOK, premise="10443720009255964"), Condition.PREMISE, "one of Oncor."),
    "a mobile home": (
        replace(LOOK, kind=Kind.TEMPORARY_POLE, mobile_home=True), Condition.MOBILE_HOME, "no temporary pole",
    ),
    "by hand without a reason": (replace(LOOK, permit=None), Condition.REASON, "no reason why"),
}  # fmt: skip


def test_a_release_with_everything_in_order_may_go() -> None:
    found = findings(LOOK, TODAY)
    assert eligible(found)
    assert [one.condition for one in found] == [
        Condition.PERMIT, Condition.INSPECTION, Condition.FEES, Condition.CONTRACTOR, Condition.VIOLATIONS,
        Condition.HOLDS, Condition.ADDRESS, Condition.PREMISE,
    ]  # fmt: skip
    assert all(one.sentence.endswith((".", "Leeland St B")) for one in found)


@pytest.mark.parametrize("what", MISSING)
def test_each_missing_condition_alone_stops_it_and_says_so(what: str) -> None:
    look, condition, words = MISSING[what]
    (one,) = missing(findings(look, TODAY))
    assert one.condition is condition
    assert words in one.sentence


def test_by_hand_needs_a_reason_and_still_looks_at_the_place() -> None:
    look = replace(LOOK, permit=None, manual="shed")
    assert eligible(findings(look, TODAY))
    assert [one.condition for one in missing(findings(replace(look, holds=("A lien.",)), TODAY))] == [Condition.HOLDS]


def test_gas_and_a_company_without_esi_ids_ask_for_none() -> None:
    for look in (replace(LOOK, kind=Kind.FINAL_GAS, premise=""), replace(LOOK, premise="", premise_code="")):
        assert eligible(findings(look, TODAY))


def test_a_pole_for_a_house_and_an_address_nobody_looked_up_may_go() -> None:
    found = findings(replace(LOOK, kind=Kind.TEMPORARY_POLE, utility_site=""), TODAY)
    assert eligible(found)
    assert found[-1].sentence == "It is no mobile home."


@pytest.mark.parametrize(("permitted", "other", "match"), [
    ("4107 Leeland St B", "4107  LEELAND ST B", Match.EXACT),
    ("4107 LEELAND ST B", "4107 LEELAND ST UNIT B", Match.SPELLING),
    ("1234 Main St #A", "1234 Main Street Apt A", Match.SPELLING),
    ("4107 LEELAND ST", "4107 LEELAND ST UNIT B", Match.UNIT),
    ("4107 LEELAND ST B", "4109 LEELAND ST B", Match.OTHER),
    ("Corner of Main and Elm", "1 Main St", Match.UNREAD),
])  # fmt: skip
def test_two_writings_of_an_address_stand_side_by_side(permitted: str, other: str, match: Match) -> None:
    found = compared(permitted, other)
    assert found.match is match
    assert found.sentence
    assert " ".join(word.left for word in found.words if word.left) == " ".join(permitted.split())
    assert " ".join(word.right for word in found.words if word.right) == " ".join(other.split())
    assert all(word.same == (word.left.upper() == word.right.upper()) for word in found.words)


@pytest.mark.parametrize(("typed", "match"), [
    ("9 Pen\u0303a Blvd Unit B", Match.EXACT),
    ("9\u200b Peña\u00a0Blvd Unit \u00adB", Match.EXACT),
    ("\u202a9 Peña Blvd Unit B\u202c", Match.EXACT),
    ("9 Peña Blvd Unit B.", Match.SPELLING),
    ("9 Pena Blvd #B,", Match.SPELLING),
])  # fmt: skip
def test_what_nobody_sees_in_an_address_is_no_difference(typed: str, match: Match) -> None:
    assert compared("9 Peña Blvd Unit B", typed).match is match
    assert site_key(typed) == site_key("9 Peña Blvd Unit B")


def test_writings_of_one_place_have_one_key_and_what_cannot_be_read_has_its_words() -> None:
    assert (
        len({site_key(text) for text in ("4107 LEELAND ST B", "4107 Leeland Street Unit B", "4107 leeland st #B")}) == 1
    )
    assert site_key("Corner of  Main and Elm") == "corner of main and elm"


@pytest.mark.parametrize(("typed", "code", "words"), [
    (ESI, "1008901", ""),
    ("1008901 0239001 27640110", "", ""),
    ("10443720009255964", "1044372", ""),
    ("10777770009255964", "", ""),
    ("", "", "missing"),
    ("10089O1023900127640110", "", "figures only"),
    ("2008901023900127640110", "", "begins with 10"),
    (ESI[:-1], "1008901", "has 22 figures; this one has 21"),
    ("104437200092559645", "", "has 17 figures; this one has 18"),
    ("1077777000925596", "", "17 or 22 figures; this one has 16"),
    (ESI, "1044372", "begin with 1044372. It is one of CenterPoint Energy."),
    ("10777770009255964", "1044372", "begin with 1044372."),
])  # fmt: skip
def test_an_esi_id_is_looked_at_figure_by_figure(typed: str, code: str, words: str) -> None:
    found = esi_id_fault(typed, code)
    assert found == "" if not words else words in found


def test_an_esi_id_names_its_utility() -> None:
    assert [wires_of(one.code) for one in WIRES] == list(WIRES)
    assert wires_of("1099999") is None
    assert figures_of(" 1008901-0239 ") == "10089010239"


def test_a_move_in_order_waits_twenty_working_days_and_is_over_then() -> None:
    started = date(2026, 7, 14)
    waits = countdown(started, started, 20)
    assert (waits.last_day, waits.left, waits.over) == (date(2026, 8, 11), 20, False)
    assert countdown(started, date(2026, 8, 11), 20).left == 0
    over = countdown(started, date(2026, 8, 12), 20)
    assert (over.left, over.over) == (-1, True)


def test_a_release_of_friday_is_looked_for_on_tuesday() -> None:
    friday = date(2026, 7, 17)
    assert not unconfirmed_since(friday, date(2026, 7, 20), 1)
    assert unconfirmed_since(friday, date(2026, 7, 21), 1)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 60))
def test_working_days_counted_forward_are_the_ones_counted_back(day: date, count: int) -> None:
    last = after_workdays(day, count)
    assert is_workday(last)
    assert working_days(day, last) == workdays_left(day, last) == count
    assert workdays_left(last + timedelta(days=7), last) == -5


def test_holidays_lengthen_the_countdown_and_the_wait_for_a_confirmation() -> None:
    labor_day = frozenset({date(2026, 9, 7)})
    started = date(2026, 9, 3)
    waits = countdown(started, started, 20, holidays=labor_day)
    assert (waits.last_day, waits.left) == (date(2026, 10, 2), 20)
    assert countdown(started, started, 20).last_day == date(2026, 10, 1)
    assert not countdown(started, date(2026, 10, 2), 20, holidays=labor_day).over
    assert countdown(started, date(2026, 10, 5), 20, holidays=labor_day).over
    friday, tuesday = date(2026, 9, 4), date(2026, 9, 8)
    assert unconfirmed_since(friday, tuesday, 1)
    assert not unconfirmed_since(friday, tuesday, 1, holidays=labor_day)


def test_no_working_days_after_a_sunday_is_monday() -> None:
    assert after_workdays(date(2026, 7, 19), 0) == date(2026, 7, 20)
    assert after_workdays(date(2026, 7, 20), 0) == date(2026, 7, 20)
