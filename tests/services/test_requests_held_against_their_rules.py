"""What random days found of requests: each test failed before its rule was kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from csr_desk.data.queries.requests import Wanted
from csr_desk.domain.customers import CustomerForm
from csr_desk.domain.errors import BadInput, CardNumberRefused, Conflict, MissingInput, NotPermitted
from csr_desk.domain.request_questions import Question, QuestionKind
from csr_desk.domain.requests import Escalation, Kind, Outcome, Request, RequestType
from csr_desk.domain.work_orders import Priority
from csr_desk.services import (
    customer_merging,
    customers_entry,
    request_closing,
    request_lists,
    request_types,
    request_work,
    requests,
)
from csr_desk.services.verification import verify_desk
from demo_city import City

BILL = RequestType("BILL", "High bill", Kind.COMPLAINT, "Customer Account Services", 5)
LEAK = RequestType("LEAK", "Leak in the street", Kind.REQUEST, "Water", 1, safety=True)
SLOW = RequestType("SLOW", "Records", Kind.INQUIRY, "Clerk", 20, anonymous=False)
PLACE = RequestType("PLACE", "Hole in the road", Kind.REQUEST, "Streets", 5, needs_site=True)
STAFF = RequestType("STAFF", "About an employee", Kind.COMPLAINT, "Inspector General", 10, restricted=True)
ASKED = replace(BILL, code="ASKED", questions=(Question("why", "Why?", QuestionKind.TEXT),))


@pytest.fixture(autouse=True)
def _types(city: City) -> Iterator[None]:
    command = request_types.KeepTypes("types", (BILL, LEAK, SLOW, PLACE, STAFF, ASKED))
    request_types.keep_types(city.desk, city.who("supervisor1"), command)
    yield
    assert verify_desk(city.desk).ok


def taken(city: City, kind: str = "BILL", by: str = "clerk1", **more: object) -> Request:
    """Take a request."""
    wish = requests.OpenRequest(city.key(), kind, "Twice as high", contact="María")
    return requests.open_request(city.desk, city.who(by), replace(wish, **more)).value  # type: ignore[arg-type]


def of_type(city: City, one: Request, kind: str, **more: str) -> Request:
    """Reclassify a request."""
    command = requests.ReclassifyRequest(city.key(), one.number, kind, "Heard it wrong", **more)  # type: ignore[arg-type]
    return requests.reclassify_request(city.desk, city.who("clerk1"), command).value


def test_what_is_about_safety_is_urgent_whatever_was_asked(city: City) -> None:
    assert taken(city, "LEAK", priority=Priority.LOW).priority is Priority.URGENT
    assert taken(city, "LEAK", priority=Priority.EMERGENCY).priority is Priority.EMERGENCY
    assert taken(city, priority=Priority.LOW).priority is Priority.LOW


def test_a_request_that_turns_out_to_be_about_safety_is_escalated_at_once(city: City) -> None:
    leak = of_type(city, taken(city), "LEAK")
    assert (leak.escalated, leak.contact_by) == (Escalation.SAFETY, date(2026, 7, 17))


def test_a_request_that_was_opened_again_is_due_from_that_day_when_it_is_reclassified(city: City) -> None:
    one, clerk = taken(city), city.who("clerk1")
    closing = request_closing.CloseRequest(city.key(), one.number, Outcome.ANSWERED, "It is right.")
    request_closing.close_request(city.desk, clerk, closing)
    city.at("2026-09-01T09:00")
    again = request_closing.reopen_request(
        city.desk, clerk, request_closing.ReopenRequest(city.key(), one.number, "It leaks")
    ).value
    assert of_type(city, again, "ASKED").due_on == again.due_on


def test_a_request_becomes_one_of_a_place_with_its_place_only(city: City) -> None:
    one = taken(city)
    with pytest.raises(MissingInput, match="say where"):
        of_type(city, one, "PLACE")
    assert of_type(city, one, "PLACE", site="4107 Leeland St").site == "4107 Leeland St"
    clerk = city.who("clerk1")
    assert [found.number for found in request_lists.alike(city.desk, clerk, "PLACE", "4107 LEELAND ST")] == [one.number]


def test_to_escalate_again_does_not_put_off_the_day_that_was_promised(city: City) -> None:
    one, boss = taken(city), city.who("supervisor1")
    wish = requests.EscalateRequest(city.key(), one.number, Escalation.BY_HAND, "Newspaper")
    first = requests.escalate_request(city.desk, boss, wish).value
    city.at("2026-07-15T09:00")
    second = requests.escalate_request(
        city.desk, boss, replace(wish, key=city.key(), why=Escalation.DISSATISFIED)
    ).value
    assert (second.escalated, second.contact_by) == (Escalation.DISSATISFIED, first.contact_by)


def test_a_request_is_given_to_who_may_read_and_work_on_it(city: City) -> None:
    boss = city.who("supervisor1")
    complaint = taken(city, "STAFF", by="supervisor1")
    for number, owner in ((complaint.number, "clerk2"), (taken(city).number, "auditor1")):
        with pytest.raises(BadInput, match="may not work on"):
            requests.assign_request(city.desk, boss, requests.AssignRequest(city.key(), number, owner))
    given = requests.assign_request(city.desk, boss, requests.AssignRequest("given", complaint.number, "supervisor2"))
    assert given.value.owner == "supervisor2"


def test_a_request_that_waits_still_waits_when_somebody_gets_it(city: City) -> None:
    one, clerk = taken(city), city.who("clerk1")
    request_work.ask_department(city.desk, clerk, request_work.AskDepartment(city.key(), one.number, "Meters", "Read"))
    given = requests.assign_request(city.desk, clerk, requests.AssignRequest(city.key(), one.number, "clerk1")).value
    assert (given.state, given.owner) == ("waiting", "clerk1")


def test_nobody_learns_of_a_complaint_about_an_employee_by_naming_it_as_what_came_back(city: City) -> None:
    complaint = taken(city, "STAFF", by="supervisor1")
    with pytest.raises(NotPermitted):
        taken(city, recurs=complaint.number)


def test_an_answer_holds_no_card_number_and_nothing_that_cannot_be_kept(city: City) -> None:
    with pytest.raises(CardNumberRefused):
        taken(city, "ASKED", answers={"why": "He read me 4111 1111 1111 1111"})
    with pytest.raises(BadInput, match="cannot be kept"):
        taken(city, "ASKED", answers={"why": "\ud800"})


def test_an_auditor_reads_a_request_without_the_telephone_numbers_in_its_words(city: City) -> None:
    clerk, phone = city.who("clerk1"), "713-555-0142"
    wish = requests.OpenRequest(
        city.key(), "ASKED", f"Call {phone}", contact=f"Ana {phone}", reach=phone, answers={"why": f"See {phone}"}
    )
    number = requests.open_request(city.desk, clerk, wish).value.number
    request_work.add_note(city.desk, clerk, request_work.AddNote(city.key(), number, f"She said {phone}"))
    closing = request_closing.CloseRequest(city.key(), number, Outcome.ANSWERED, f"We called {phone}.")
    request_closing.close_request(city.desk, clerk, closing)
    view = request_lists.request_of(city.desk, city.who("auditor1"), number)
    assert "0142" not in repr(view)
    assert view.request.outcome is Outcome.ANSWERED
    assert "0142" in repr(request_lists.request_of(city.desk, clerk, number))


def test_a_task_of_a_late_request_is_due_today_at_the_earliest(city: City) -> None:
    one = taken(city)
    city.at("2026-08-03T09:00")
    wish = request_work.AskDepartment(city.key(), one.number, "Meters", "Read it again")
    request_work.ask_department(city.desk, city.who("clerk1"), wish)
    notes = request_lists.request_of(city.desk, city.who("clerk1"), one.number).notes
    assert notes[0].due_on == date(2026, 8, 3)


def test_a_second_caller_is_noted_once_under_whatever_record_or_name(city: City) -> None:
    clerk = city.who("clerk1")
    for number in ("C-801", "C-802"):
        form = CustomerForm("Ana Lopez")
        customers_entry.enter_customer(city.desk, clerk, customers_entry.EnterCustomer(city.key(), form, number))
    one = taken(city, customer_id="C-801", contact="")
    merging = customer_merging.MergeCustomers(city.key(), "C-801", "C-802", "Same birthday")
    customer_merging.merge_customers(city.desk, city.who("supervisor1"), merging)
    with pytest.raises(Conflict, match="noted for it already"):
        request_work.add_caller(city.desk, clerk, request_work.AddCaller(city.key(), one.number, "C-802"))
    ben = request_work.AddCaller(city.key(), one.number, name="Ben", reach="713-555-0100")
    request_work.add_caller(city.desk, clerk, ben)
    with pytest.raises(Conflict, match="noted for it already"):
        request_work.add_caller(city.desk, clerk, replace(ben, key=city.key(), name="BEN "))
    request_work.add_caller(city.desk, clerk, replace(ben, key=city.key(), reach="713-555-0199"))


def test_the_requests_of_a_customer_are_those_of_every_record_of_theirs(city: City) -> None:
    clerk = city.who("clerk1")
    for number in ("C-801", "C-802"):
        form = CustomerForm("Ana Lopez")
        customers_entry.enter_customer(city.desk, clerk, customers_entry.EnterCustomer(city.key(), form, number))
    numbers = {taken(city, customer_id=number, contact="").number for number in ("C-801", "C-802")}
    merging = customer_merging.MergeCustomers(city.key(), "C-801", "C-802", "Same birthday")
    customer_merging.merge_customers(city.desk, city.who("supervisor1"), merging)
    for number in ("C-801", "C-802"):
        found = request_lists.list_requests(city.desk, clerk, Wanted(customers=(number,)))
        assert {one.number for one in found} == numbers


def test_what_comes_back_after_more_than_the_months_of_the_policy_is_no_recurrence(city: City) -> None:
    one, clerk = taken(city), city.who("clerk1")
    closing = request_closing.CloseRequest(city.key(), one.number, Outcome.ANSWERED, "It is right.")
    request_closing.close_request(city.desk, clerk, closing)
    city.at("2027-01-14T09:00")
    assert taken(city, recurs=one.number).escalated is Escalation.RECURRENCE
    city.at("2027-01-15T09:00")
    late = taken(city, recurs=one.number)
    assert (late.escalated, late.recurs) == (None, one.number)


def test_two_types_are_not_kept_under_one_code(city: City) -> None:
    twins = request_types.KeepTypes("twins", (replace(BILL, code="NEW"), replace(BILL, code="NEW ")))
    with pytest.raises(BadInput, match="code of its own"):
        request_types.keep_types(city.desk, city.who("supervisor1"), twins)
