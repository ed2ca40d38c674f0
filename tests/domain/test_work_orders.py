"""Work orders and inspections as rules: due by working days, who is late, what a result does, rules of the policy."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from csr_desk.domain.errors import BadInput, WrongState
from csr_desk.domain.inspections import InspectionKind, PermitAfter, in_the_way, permit_after, redoes
from csr_desk.domain.policy import Policy, changed
from csr_desk.domain.work_orders import Priority, WorkKind, WorkRule, due_on, lanes, read_rule, rules_of
from documents.work_samples import LOOK, ORDER

NONE: frozenset[date] = frozenset()
FRIDAY, SUNDAY = date(2026, 7, 17), date(2026, 7, 19)


@pytest.mark.parametrize(
    ("priority", "today", "due"),
    [
        (Priority.EMERGENCY, SUNDAY, SUNDAY),
        (Priority.URGENT, FRIDAY, date(2026, 7, 20)),
        (Priority.URGENT, SUNDAY, date(2026, 7, 20)),
        (Priority.NORMAL, FRIDAY, date(2026, 7, 24)),
        (Priority.LOW, FRIDAY, date(2026, 7, 31)),
    ],
)
def test_work_is_due_by_its_priority_in_working_days(priority: Priority, today: date, due: date) -> None:
    assert due_on(priority, today, 5, holidays=NONE) == due


def test_late_is_counted_in_working_days_and_only_while_it_waits() -> None:
    # due on Wednesday the 15th
    days = [date(2026, 7, day) for day in (14, 15, 16, 17, 18, 19, 20)]
    assert [ORDER.days_late(day, holidays=NONE) for day in days] == [0, 0, 1, 2, 2, 2, 3]
    assert replace(ORDER, state="done").days_late(date(2026, 8, 1), holidays=NONE) == 0
    assert LOOK.days_late(date(2026, 7, 20), holidays=NONE) == 2
    assert replace(LOOK, state="failed").days_late(date(2026, 7, 20), holidays=NONE) == 0


def test_a_holiday_moves_what_is_due_and_nobody_is_late_for_it() -> None:
    monday = frozenset({date(2026, 7, 20)})
    assert due_on(Priority.URGENT, FRIDAY, 5, holidays=monday) == date(2026, 7, 21)
    assert due_on(Priority.NORMAL, FRIDAY, 5, holidays=monday) == date(2026, 7, 27)
    assert due_on(Priority.EMERGENCY, date(2026, 7, 20), 5, holidays=monday) == date(2026, 7, 20)
    assert ORDER.days_late(date(2026, 7, 21), holidays=NONE) == 4
    assert ORDER.days_late(date(2026, 7, 21), holidays=monday) == 3
    assert LOOK.days_late(date(2026, 7, 21), holidays=monday) == 2
    friday = frozenset({FRIDAY})
    assert [lane.late for lane in lanes([ORDER], {}, FRIDAY, holidays=NONE) if lane.late] == [{ORDER.number: 2}]
    assert [lane.late for lane in lanes([ORDER], {}, FRIDAY, holidays=friday) if lane.late] == [{ORDER.number: 1}]
    in_time = lanes([ORDER], {}, ORDER.due_on, holidays=NONE)
    assert not any(lane.late for lane in in_time)


def test_what_may_be_done_follows_the_state() -> None:
    steps = ("assign", "start", "finish", "fail", "cancel", "open_again")
    assert [step for step in steps if replace(ORDER, state="started").can(step)] == ["finish", "fail"]
    assert [step for step in steps if replace(ORDER, state="not_done").can(step)] == ["open_again"]
    assert [step for step in ("schedule", "pass", "fail", "cancel") if replace(LOOK, state="passed").can(step)] == []


def test_a_passed_inspection_lengthens_a_permit_and_a_final_one_ends_it() -> None:
    day = date(2026, 7, 14)
    kinds = InspectionKind.COVER, InspectionKind.FINAL
    assert permit_after(kinds[0], ("issued", date(2026, 12, 31)), day, days=180) == PermitAfter(
        "inspected", date(2027, 1, 10), None
    )
    assert permit_after(kinds[0], ("inspected", date(2027, 7, 1)), day, days=180) == PermitAfter(
        "inspected", None, None
    )
    assert permit_after(kinds[0], ("issued", None), day, days=180) == PermitAfter("inspected", None, None)
    assert permit_after(kinds[1], ("issued", date(2026, 12, 31)), day, days=180) == PermitAfter("finalled", None, day)
    for kind in kinds:
        with pytest.raises(WrongState):
            permit_after(kind, ("void", None), day, days=180)


def test_what_was_failed_is_in_the_way_until_it_was_redone() -> None:
    failed = replace(LOOK, number="I1", state="failed")
    again = replace(LOOK, number="I2", state="passed", repeats="I1")
    assert [one.number for one in in_the_way([failed])] == ["I1"]
    assert in_the_way([failed, again]) == ()
    assert [one.number for one in in_the_way([failed, replace(again, state="requested")])] == ["I2"]
    assert [one.number for one in in_the_way([failed, replace(again, state="cancelled")])] == ["I1"]
    twice = [failed, replace(again, state="failed")]
    assert [one.number for one in in_the_way(twice)] == ["I2"]
    assert in_the_way([*twice, replace(LOOK, number="I3", state="passed", repeats="I2")]) == ()


def test_the_last_of_a_kind_is_redone_if_it_was_failed() -> None:
    failed, passed = replace(LOOK, number="I1", state="failed"), replace(LOOK, number="I2", state="passed")
    kind = InspectionKind.RECONNECT
    assert redoes(kind, []) == ""
    assert redoes(kind, [passed, failed]) == "I1"
    assert redoes(kind, [failed, passed]) == ""
    assert redoes(kind, [failed, replace(passed, state="cancelled")]) == "I1"
    assert redoes(InspectionKind.COVER, [failed]) == ""


def test_a_rule_of_the_policy_says_item_kind_and_priority() -> None:
    assert read_rule(" wtr-reread = Read-Meter urgent ") == WorkRule("WTR-REREAD", WorkKind.READ_METER, Priority.URGENT)
    assert read_rule("SWM-XCAP=container").priority is Priority.NORMAL
    assert rules_of(["A = leak", "a = street low"]) == {"A": WorkRule("A", WorkKind.STREET, Priority.LOW)}
    for wrong in ("", "WTR-REREAD", "= leak", "A = dance", "A = leak soon", "A = leak low low", "A ="):
        with pytest.raises(BadInput, match="Say which item has what done"):
            read_rule(wrong)
    assert changed(Policy(), {"work_order_items": ["a=leak"]}).work_order_items == ("A = leak normal",)
    for value in ("A = leak", ["A"]):
        with pytest.raises(BadInput) as caught:
            changed(Policy(), {"work_order_items": value})
        assert caught.value.field == "work_order_items"
