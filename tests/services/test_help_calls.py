"""A clerk calls with one key and is heard once; the supervisor sees who, where and about whom, and says: I come."""

from __future__ import annotations

import pytest

from csr_desk.domain.customers import CustomerForm
from csr_desk.domain.errors import NotFound, NotPermitted, WrongState
from csr_desk.domain.people import Act
from csr_desk.services import customer_timeline, customers_entry, help_calls
from csr_desk.services.verification import verify_desk
from demo_city import City


def call(city: City, key: str = "please", user: str = "clerk1", customer: str = "") -> str:
    """Call the supervisor; return the number of the call."""
    return help_calls.call_help(city.desk, city.who(user), help_calls.CallHelp(key, customer)).value.number


def test_the_supervisor_sees_who_calls_from_which_drawer_and_about_whom(city: City) -> None:
    city.open("clerk1", "HPC-1")
    form = CustomerForm("ÁLVAREZ, María")
    command = customers_entry.EnterCustomer("maria", form)
    person = customers_entry.enter_customer(city.desk, city.who("clerk1"), command).value
    number = call(city, customer=person)
    (seen,) = help_calls.live_calls(city.desk, city.who("supervisor1"))
    assert (seen.number, seen.state, seen.station, seen.called_by) == (number, "open", "HPC-1", "clerk1")
    assert (seen.caller_name, seen.customer_id) == (city.who("clerk1").name, person)
    assert seen.customer_name == "ÁLVAREZ, María"
    kinds = [one.kind for one in customer_timeline.timeline(city.desk, city.who("clerk1"), person)]
    assert "help_called" in kinds


def test_a_second_press_calls_nobody_twice(city: City) -> None:
    first = call(city)
    again = help_calls.call_help(city.desk, city.who("clerk1"), help_calls.CallHelp("again"))
    assert (again.value.number, again.replayed) == (first, True)
    other = call(city, "other", "clerk2")
    calls = help_calls.live_calls(city.desk, city.who("supervisor1"))
    assert [one.number for one in calls] == [first, other]


def test_whoever_comes_is_named_and_nobody_comes_twice(city: City) -> None:
    number = call(city)
    city.at("2026-07-14T07:40")
    help_calls.answer_call(city.desk, city.who("supervisor1"), help_calls.AnswerCall("I come", number))
    mine = help_calls.my_call(city.desk, city.who("clerk1"))
    assert mine is not None
    assert (mine.state, mine.answered_name) == ("answered", city.who("supervisor1").name)
    with pytest.raises(WrongState):
        help_calls.answer_call(city.desk, city.who("supervisor2"), help_calls.AnswerCall("I too", number))
    other = call(city, "other", "clerk2")
    waiting = help_calls.live_calls(city.desk, city.who("supervisor1"))
    assert [one.number for one in waiting] == [other, number]  # nobody answered this one
    help_calls.settle_call(city.desk, city.who("clerk1"), help_calls.EndCall("settled", number))
    assert help_calls.my_call(city.desk, city.who("clerk1")) is None
    assert verify_desk(city.desk).ok


def test_a_call_is_ended_by_who_called_or_a_supervisor(city: City) -> None:
    number = call(city)
    with pytest.raises(NotPermitted):
        help_calls.settle_call(city.desk, city.who("clerk2"), help_calls.EndCall("not mine", number))
    assert not city.who("accountant1").may(Act.CALL_SUPERVISOR)
    with pytest.raises(NotPermitted):
        help_calls.settle_call(city.desk, city.who("accountant1"), help_calls.EndCall("not mine", number))
    help_calls.end_call(city.desk, city.who("supervisor1"), help_calls.EndCall("settled", number))
    with pytest.raises(NotFound):
        help_calls.end_call(city.desk, city.who("supervisor1"), help_calls.EndCall("which", "HC26-000009"))
    with pytest.raises(NotFound):
        help_calls.call_help(city.desk, city.who("clerk1"), help_calls.CallHelp("who", "C-9"))
