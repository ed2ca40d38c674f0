"""Inspections: what a result does to its permit, what is refused, how late they are, on each engine."""

from __future__ import annotations

from datetime import date

import pytest

from csr_desk.domain.errors import BadInput, Conflict, Ineligible, MissingInput, NotFound, WrongState
from csr_desk.domain.inspections import Inspection, InspectionKind
from csr_desk.domain.people import Actor
from csr_desk.services import accounts, customer_timeline, inspection_lists, inspections, policies
from csr_desk.services.inspections import (
    CancelInspection,
    RecordInspection,
    RequestInspection,
    ScheduleInspection,
)
from csr_desk.services.verification import verify_desk
from demo_city import City
from services.work_trials import grant_permit

TUESDAY = "2026-07-14T08:00"


@pytest.fixture
def permit(city: City) -> str:
    """A permit that clerk1 sold on Tuesday, 14 July; it holds to 31 December."""
    city.at(TUESDAY)
    city.open()
    return grant_permit(city.desk, "P26-000901-6", city.sell().number)


def ask(city: City, permit: str, kind: InspectionKind = InspectionKind.RECONNECT, on: date | None = None) -> Inspection:
    """Ask for an inspection."""
    command = RequestInspection(city.key(), permit, kind, "Ana 713-555-0142", on)
    return inspections.request_inspection(city.desk, city.who("clerk1"), command).value


def found(city: City, one: Inspection, *, passed: bool, on: date | None = None) -> Inspection:
    """Record what Ray found."""
    command = RecordInspection(city.key(), one.number, passed, "Ray Diaz", "" if passed else "No ground rod", on)
    return inspections.record_inspection(city.desk, city.who("clerk2"), command).value


def test_it_is_due_in_two_working_days_and_a_day_that_was_agreed_on_counts_instead(city: City, permit: str) -> None:
    city.at("2026-07-17T16:00")  # a Friday
    asked = ask(city, permit)
    assert (asked.state, asked.due_on, asked.scheduled_on) == ("requested", date(2026, 7, 21), None)
    agreed = ask(city, permit, InspectionKind.COVER, date(2026, 7, 30))
    assert (agreed.state, agreed.due_on) == ("scheduled", date(2026, 7, 30))
    days = [date(2026, 7, day) for day in (21, 22, 25, 27)]
    assert [asked.days_late(day, holidays=city.desk.policy.days_off) for day in days] == [0, 1, 3, 4]


def test_a_holiday_of_the_city_moves_the_day_and_is_no_day_late(city: City, permit: str) -> None:
    rest = policies.SetPolicy(city.key(), {"holidays": ["2026-07-20 Rest", "2026-07-23 Rest"]})
    policies.set_policy(city.desk, city.who("admin1"), rest)
    city.at("2026-07-17T16:00")  # a Friday
    asked = ask(city, permit)
    assert asked.due_on == date(2026, 7, 22)
    city.at("2026-07-24T08:00")
    board = inspection_lists.inspection_board(city.desk, city.who("clerk1"))
    assert [lane.late for lane in board if lane.rows] == [{asked.number: 1}]


def test_a_passed_one_keeps_the_permit_alive_from_its_day_on_and_never_makes_it_shorter(
    city: City, permit: str
) -> None:
    first = found(city, ask(city, permit), passed=True)
    assert (first.state, first.permit_state, first.inspected_on) == ("passed", "inspected", date(2026, 7, 14))
    # 180 days after 14 July end on 10 January; the permit was to end on 31 December
    assert expiry(city, permit) == "2027-01-10"
    city.at("2026-09-01T08:00")
    second = ask(city, permit, InspectionKind.COVER)
    city.at("2026-09-03T08:00")
    found(city, second, passed=True, on=date(2026, 9, 1))
    assert expiry(city, permit) == "2027-02-28"
    assert verify_desk(city.desk).first_fault is None


def expiry(city: City, permit: str) -> str:
    """Read the last day of a permit."""
    with city.desk.read() as work:
        statement = f"SELECT expires_on FROM permit WHERE permit_no = '{permit}'"  # noqa: S608
        return str(work.conn.exec_driver_sql(statement).scalar_one())


def test_a_failed_one_leaves_the_permit_as_it_was_and_the_next_of_its_kind_redoes_it(city: City, permit: str) -> None:
    failed = found(city, ask(city, permit), passed=False)
    assert (failed.state, failed.permit_state, failed.result) == ("failed", "issued", "No ground rod")
    assert expiry(city, permit) == "2026-12-31"
    again = ask(city, permit)
    assert again.repeats == failed.number
    assert ask(city, permit, InspectionKind.COVER).repeats == ""
    found(city, again, passed=True)
    assert ask(city, permit).repeats == ""


def test_the_final_one_finishes_the_permit_once_nothing_else_waits_or_was_failed(city: City, permit: str) -> None:
    cover, final = ask(city, permit, InspectionKind.COVER), ask(city, permit, InspectionKind.FINAL)
    with pytest.raises(Ineligible, match=rf"{cover.number} \(cover, requested\)"):
        found(city, final, passed=True)
    found(city, cover, passed=False)
    with pytest.raises(Ineligible, match="cover, failed"):
        found(city, final, passed=True)
    found(city, ask(city, permit, InspectionKind.COVER), passed=True)
    assert found(city, final, passed=True).permit_state == "finalled"
    with pytest.raises(WrongState, match="This permit is finalled"):
        ask(city, permit)
    assert verify_desk(city.desk).first_fault is None


def test_a_final_one_may_be_failed_whatever_else_waits(city: City, permit: str) -> None:
    ask(city, permit, InspectionKind.COVER)
    assert found(city, ask(city, permit, InspectionKind.FINAL), passed=False).state == "failed"


def test_nothing_is_looked_at_once_the_permit_ran_out_but_what_was_seen_before_still_counts(
    city: City, permit: str
) -> None:
    asked, other = ask(city, permit), ask(city, permit, InspectionKind.COVER)
    city.at("2027-01-04T08:00")
    with pytest.raises(WrongState, match="ended on 2026-12-31: it is renewed before"):
        ask(city, permit, InspectionKind.WATER)
    schedule = ScheduleInspection(city.key(), other.number, date(2027, 1, 5))
    with pytest.raises(WrongState, match="ended on"):
        inspections.schedule_inspection(city.desk, city.who("clerk1"), schedule)
    with pytest.raises(WrongState, match="ended on"):
        found(city, other, passed=True)
    assert found(city, other, passed=False).state == "failed"
    assert found(city, asked, passed=True, on=date(2026, 12, 30)).permit_state == "inspected"
    assert expiry(city, permit) == "2027-06-28"


@pytest.mark.parametrize("state", ["void", "revoked", "expired", "finalled"])
def test_a_permit_that_is_over_is_not_inspected(city: City, permit: str, state: str) -> None:
    del permit
    over = grant_permit(city.desk, "P26-000902-7", city.sell().number, state=state)
    with pytest.raises(WrongState, match=f"This permit is {state}"):
        ask(city, over)


def test_one_of_a_kind_waits_at_a_time_and_what_was_called_off_waits_no_more(city: City, permit: str) -> None:
    asked = ask(city, permit)
    with pytest.raises(Ineligible, match=rf"{asked.number} \(reconnect\) of this permit is requested already"):
        ask(city, permit)
    off = CancelInspection(city.key(), asked.number, "Wrong permit")
    assert inspections.cancel_inspection(city.desk, city.who("clerk1"), off).value.result == "Wrong permit"
    assert ask(city, permit).repeats == ""


def test_what_is_said_wrongly_or_left_out_is_refused_with_its_field(city: City, permit: str) -> None:
    clerk, asked = city.who("clerk1"), ask(city, permit)
    wrong = [
        (RequestInspection("1", "P26-000901-7", InspectionKind.COVER), BadInput, ""),
        (RequestInspection("2", "P26-000999", InspectionKind.COVER), NotFound, "permit"),
        (RequestInspection("3", "N-1", InspectionKind.COVER), NotFound, "permit"),
        (RequestInspection("4", permit, InspectionKind.COVER, on=date(2026, 7, 13)), BadInput, "on"),
        (ScheduleInspection("5", asked.number, date(2026, 7, 13)), BadInput, "on"),
        (ScheduleInspection("6", "I26-000077", date(2026, 7, 15)), NotFound, "inspection"),
        (RecordInspection("7", asked.number, passed=True), MissingInput, "inspector"),
        (RecordInspection("8", asked.number, passed=False, inspector="Ray"), MissingInput, "result"),
        (RecordInspection("9", asked.number, True, "Ray", on=date(2026, 7, 15)), BadInput, "on"),
        (RecordInspection("10", asked.number, True, "Ray", on=date(2026, 7, 13)), BadInput, "on"),
        (CancelInspection("11", asked.number, " "), MissingInput, "reason"),
    ]
    for command, refusal, field in wrong:
        with pytest.raises(refusal) as caught:
            act(city, clerk, command)
        assert (command, caught.value.field) == (command, field)


def act(city: City, who: Actor, command: object) -> object:
    """Send a command to its service."""
    if isinstance(command, RequestInspection):
        return inspections.request_inspection(city.desk, who, command)
    if isinstance(command, ScheduleInspection):
        return inspections.schedule_inspection(city.desk, who, command)
    if isinstance(command, RecordInspection):
        return inspections.record_inspection(city.desk, who, command)
    assert isinstance(command, CancelInspection)
    return inspections.cancel_inspection(city.desk, who, command)


def test_a_day_brings_its_inspector_who_need_not_be_named_again(city: City, permit: str) -> None:
    asked = ask(city, permit)
    schedule = ScheduleInspection(city.key(), asked.number, date(2026, 7, 20), "Ray Diaz")
    set_for = inspections.schedule_inspection(city.desk, city.who("clerk1"), schedule).value
    assert (set_for.state, set_for.due_on, set_for.inspector) == ("scheduled", date(2026, 7, 20), "Ray Diaz")
    city.at("2026-07-20T10:22")
    passed = RecordInspection(city.key(), asked.number, passed=True)
    assert inspections.record_inspection(city.desk, city.who("clerk1"), passed).value.inspector == "Ray Diaz"


def test_the_same_command_again_does_it_once_and_its_key_is_good_for_nothing_else(city: City, permit: str) -> None:
    clerk = city.who("clerk1")
    command = RequestInspection("once", permit, InspectionKind.COVER)
    first = inspections.request_inspection(city.desk, clerk, command)
    again = inspections.request_inspection(city.desk, clerk, command)
    assert (again.value, first.replayed, again.replayed) == (first.value, False, True)
    with pytest.raises(Conflict):
        inspections.request_inspection(city.desk, clerk, RequestInspection("once", permit, InspectionKind.WATER))
    record = RecordInspection("passed", first.value.number, passed=True, inspector="Ray")
    assert not inspections.record_inspection(city.desk, clerk, record).replayed
    assert inspections.record_inspection(city.desk, clerk, record).replayed
    with pytest.raises(WrongState, match="This inspection is passed: it cannot be failed"):
        found(city, first.value, passed=False)


def test_the_board_has_what_waits_by_day_and_results_of_two_weeks_that_of_a_permit_has_all(
    city: City, permit: str
) -> None:
    clerk = city.who("clerk1")
    done, late = found(city, ask(city, permit), passed=False), ask(city, permit, InspectionKind.COVER)
    city.at("2026-07-29T08:00")
    soon = ask(city, permit, InspectionKind.WATER)
    rows = {lane.state: lane for lane in inspection_lists.inspection_board(city.desk, clerk)}
    assert [one.number for one in rows["requested"].rows] == [late.number, soon.number]
    assert (rows["failed"].rows, rows["failed"].total) == ((), 0)
    of_permit = inspection_lists.inspection_board(city.desk, clerk, inspection_lists.WhichInspections(permit=permit))
    assert [(lane.state, lane.total) for lane in of_permit][:3] == [("requested", 2), ("scheduled", 0), ("failed", 1)]
    assert of_permit[2].rows[0].number == done.number
    overdue = inspection_lists.overdue_inspections(city.desk, clerk)
    assert [(one.number, one.days_late(city.desk.today(), holidays=frozenset())) for one in overdue] == [
        (late.number, 9)
    ]
    assert inspection_lists.inspection_of(city.desk, clerk, late.number.replace("-", "").lower()) == late
    with pytest.raises(NotFound):
        inspection_lists.inspection_board(city.desk, clerk, inspection_lists.WhichInspections("C-1"))


def test_the_customer_of_a_permit_reads_on_their_time_line_what_came_of_it(city: City, permit: str) -> None:
    del permit
    clerk = city.who("clerk1")
    number = accounts.add_customer(city.desk, clerk, accounts.NewCustomer("owner", "Ana Lopez")).value
    theirs = grant_permit(city.desk, "P26-000903-4", city.sell().number, customer_id=number)
    asked = ask(city, theirs)
    found(city, asked, passed=False)
    told = [one.words for one in customer_timeline.timeline(city.desk, clerk, number)]
    assert f"{asked.number}, reconnect, of permit {theirs}: failed. No ground rod" in told
    seen = inspection_lists.inspection_board(city.desk, clerk, inspection_lists.WhichInspections(customer=number))
    assert sum(lane.total for lane in seen) == 1
    masked = inspection_lists.inspection_of(city.desk, city.who("auditor1"), asked.number)
    assert masked.contact == "Ana •••-•••-••42"


def test_what_waits_is_called_off_with_its_permit(city: City, permit: str) -> None:
    waits, done = ask(city, permit), found(city, ask(city, permit, InspectionKind.COVER), passed=True)
    with city.desk.begin() as work:
        changes = inspections.called_off(work.conn, permit, "The permit was voided")
    assert [(one.key, one.values, one.words) for one in changes] == [
        ((waits.number,), {"state": "cancelled"}, {"result": "The permit was voided"})
    ]
    assert done.number != waits.number
