"""Tickets are given out and called in order; the display shows no name; contacts without money count."""

from __future__ import annotations

import pytest

from csr_desk.domain.errors import BadInput, NotFound, WrongState
from csr_desk.domain.visits import USUAL_MINUTES
from csr_desk.services import visits
from csr_desk.services.verification import verify_desk
from demo_city import City


def come(city: City, key: str, reason: str = "permits", *, priority: bool = False) -> str:
    """Give a ticket out; return the number of the visit."""
    wish = visits.GiveTicket(key, reason, priority=priority)
    return visits.give_ticket(city.desk, city.who("clerk1"), wish).value.number


def test_whoever_came_first_is_called_and_served(city: City) -> None:
    clerk = city.who("clerk1")
    first, second = come(city, "one"), come(city, "two")
    urgent = come(city, "three", "water", priority=True)
    assert [one.ticket for one in visits.queue(city.desk, clerk).waiting] == ["A001", "A002", "B001"]
    assert visits.call_next(city.desk, clerk, visits.CallNext("call 1", "3")).value.number == urgent
    assert visits.call_next(city.desk, clerk, visits.CallNext("call 2", "3")).value.number == first
    city.at("2026-07-14T07:40")
    assert visits.queue(city.desk, clerk).display == (("A001", "3"), ("B001", "3"))
    visits.move_visit(city.desk, clerk, visits.MoveVisit("serve", first, "serve"))
    city.at("2026-07-14T07:50")
    done = visits.move_visit(city.desk, clerk, visits.MoveVisit("finish", first, "finish", memo="Sold a permit")).value
    assert (done.state, done.served_for and done.served_for.total_seconds()) == ("done", 600)
    visits.move_visit(city.desk, clerk, visits.MoveVisit("back", urgent, "put_back"))
    visits.move_visit(city.desk, clerk, visits.MoveVisit("gone", second, "leave"))
    with pytest.raises(WrongState):
        visits.move_visit(city.desk, clerk, visits.MoveVisit("again", first, "finish"))
    assert [one.number for one in visits.queue(city.desk, clerk).waiting] == [urgent]
    assert verify_desk(city.desk).ok


def test_a_contact_without_money_counts_with_its_minutes(city: City) -> None:
    clerk, day = city.who("clerk1"), city.desk.today()
    visits.log_contact(city.desk, clerk, visits.LogContact("talk", "question", 4, memo="Where is the county?"))
    come(city, "one")
    counted = visits.volume(city.desk, city.who("supervisor1"), day, day, "reason")
    assert [(one.key, one.came, one.served, one.served_seconds) for one in counted] == [
        ("permits", 1, 0, 0), ("question", 1, 1, 240),
    ]  # fmt: skip
    assert [one.key for one in visits.volume(city.desk, city.who("supervisor1"), day, day)] == ["07"]


def test_what_nobody_comes_for_and_who_does_not_wait_is_refused(city: City) -> None:
    clerk = city.who("clerk1")
    with pytest.raises(BadInput, match="permits, water, question"):
        come(city, "one", "weather")
    with pytest.raises(BadInput):
        visits.log_contact(city.desk, clerk, visits.LogContact("long", "question", 481))
    with pytest.raises(NotFound, match="Nobody waits"):
        visits.call_next(city.desk, clerk, visits.CallNext("none", "3"))
    with pytest.raises(NotFound):
        visits.give_ticket(city.desk, clerk, visits.GiveTicket("who", "permits", customer_id="C-9"))


def test_a_contact_takes_its_minutes_from_the_last_act_and_ends_the_ticket_that_is_served(city: City) -> None:
    clerk = city.who("clerk1")
    assert visits.at_counter(city.desk, clerk).minutes == USUAL_MINUTES  # nothing was done yet today
    city.open("clerk1", "HPC-1")
    city.at("2026-07-14T07:38")
    opened = visits.at_counter(city.desk, clerk)
    assert (opened.counter, opened.visit) == ("HPC-1", None)
    assert opened.minutes == 8
    number = come(city, "one")
    called = visits.call_next(city.desk, clerk, visits.CallNext("call")).value
    assert called.counter == "HPC-1"
    visits.move_visit(city.desk, clerk, visits.MoveVisit("serve", number, "serve"))
    city.at("2026-07-14T07:50")
    serving = visits.at_counter(city.desk, clerk)
    assert (serving.visit and serving.visit.number, serving.minutes) == (number, 12)
    contact = visits.LogContact("talk", "question", 12, memo="Asked the way", visit=number)
    done = visits.log_contact(city.desk, clerk, contact).value
    assert (done.number, done.state, done.reason, done.minutes) == (number, "done", "question", 12)
    assert visits.log_contact(city.desk, clerk, contact).replayed
    assert visits.at_counter(city.desk, clerk).visit is None
    day = city.desk.today()
    counted = visits.volume(city.desk, city.who("supervisor1"), day, day, "reason")
    assert [(one.key, one.came, one.served_seconds) for one in counted] == [("question", 1, 720)]
    with pytest.raises(WrongState):
        visits.log_contact(city.desk, clerk, visits.LogContact("more", "question", 12, visit=number))
    assert verify_desk(city.desk).ok


def test_how_long_people_waited_is_told_by_half_and_by_nine_of_ten(city: City) -> None:
    clerk, day = city.who("clerk1"), city.desk.today()
    numbers = [come(city, f"come {at}") for at in range(10)]
    for at, number in enumerate(numbers, 1):
        city.at(f"2026-07-14T07:{30 + at}")
        visits.call_next(city.desk, clerk, visits.CallNext(f"call {at}", "3"))
        visits.move_visit(city.desk, clerk, visits.MoveVisit(f"serve {at}", number, "serve"))
        visits.move_visit(city.desk, clerk, visits.MoveVisit(f"finish {at}", number, "finish"))
    visits.log_contact(city.desk, clerk, visits.LogContact("talk", "question", 4))  # nobody waited for that
    (one,) = visits.volume(city.desk, city.who("supervisor1"), day, day, "all")
    assert (one.came, one.served, one.left) == (11, 11, 0)
    assert (one.half_waited, one.most_waited) == (5 * 60, 9 * 60)
