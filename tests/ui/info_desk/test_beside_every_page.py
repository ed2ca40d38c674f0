"""Contacts and calls for help beside every page, by few keys, counted on the real widgets."""

from __future__ import annotations

from uuid import uuid4

from PySide6.QtCore import Qt

from csr_desk.data.queries import visits as rows
from csr_desk.domain.customers import CustomerForm
from csr_desk.domain.visits import Visit
from csr_desk.services import customers_entry, help_calls, visits
from ui.counter import Counter

ENTER, ESC, F1, F9 = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_F1, Qt.Key.Key_F9


def today(counter: Counter) -> tuple[Visit, ...]:
    """The visits of the day as they stand."""

    def read() -> tuple[Visit, ...]:
        with counter.desk.read() as work:
            return rows.of_day(work.conn, counter.desk.today())

    return counter.ask(read)


def test_a_contact_takes_three_keys_and_four_with_other_minutes(selling: Counter) -> None:
    selling.press(F9, ctrl=True)
    selling.press("3", ENTER)
    assert selling.keys == 3
    (first,) = today(selling)
    assert (first.kind, first.reason, first.state, first.served_by) == ("contact", "question", "done", "clerk3")
    assert first.minutes is not None
    assert first.minutes >= 1
    selling.keys = 0
    selling.press(F9, ctrl=True)
    selling.press("1", "7", ENTER)
    assert selling.keys <= 4
    assert [one.minutes for one in today(selling) if one.reason == "permits"] == [7]
    assert "7 minutes" in selling.text("banner-text")


def test_a_contact_without_a_reason_is_not_written_down(selling: Counter) -> None:
    selling.press(F9, ctrl=True)
    selling.press(ENTER)
    assert selling.shown("contact-fault")
    selling.press("1", ESC)  # back to the reasons, from there away
    assert selling.shown("contact")
    selling.press(ESC)
    assert not selling.shown("contact")
    assert today(selling) == ()


def test_the_ticket_that_is_served_ends_with_the_contact(selling: Counter) -> None:
    desk, clerk = selling.desk, selling.person("clerk3")
    wish = visits.GiveTicket(uuid4().hex, "permits")
    number = selling.ask(lambda: visits.give_ticket(desk, clerk, wish)).value.number
    selling.ask(lambda: visits.call_next(desk, clerk, visits.CallNext(uuid4().hex)))
    selling.ask(lambda: visits.move_visit(desk, clerk, visits.MoveVisit(uuid4().hex, number, "serve")))
    selling.press(F9, ctrl=True)
    assert selling.text("contact-about") == "Ticket A001 ends with this."
    selling.press("2", ENTER)
    (only,) = today(selling)
    assert (only.number, only.state, only.reason) == (number, "done", "water")


def test_a_contact_is_about_the_customer_whose_page_is_in_front(selling: Counter) -> None:
    desk, clerk = selling.desk, selling.person("clerk3")
    command = customers_entry.EnterCustomer(uuid4().hex, CustomerForm("ÁLVAREZ, María"))
    person = selling.ask(lambda: customers_entry.enter_customer(desk, clerk, command)).value
    selling.space.go("customer", f"customer:{person}")
    selling.settle()
    selling.press(F9, ctrl=True)
    assert selling.text("contact-about") == "ÁLVAREZ, María"
    selling.press("3", ENTER)
    assert [one.customer_id for one in today(selling)] == [person]


def test_help_is_called_with_one_key_and_a_second_press_calls_nobody_twice(selling: Counter) -> None:
    desk = selling.desk
    selling.press(F1, ctrl=True)
    assert selling.keys == 1
    supervisor = selling.person("supervisor1")
    (call,) = selling.ask(lambda: help_calls.live_calls(desk, supervisor))
    assert (call.called_by, call.station) == ("clerk3", "HPC-3")
    assert selling.space.bar.help.text().startswith("Called ")
    selling.press(F1, ctrl=True)
    assert len(selling.ask(lambda: help_calls.live_calls(desk, supervisor))) == 1
    answer = help_calls.AnswerCall(uuid4().hex, call.number)
    selling.ask(lambda: help_calls.answer_call(desk, supervisor, answer))
    selling.bot.waitUntil(lambda: selling.space.bar.help.text() == "Supervisor is coming", timeout=6_000)
    selling.settle()
    assert selling.text("banner-text") == f"{supervisor.name} is coming."
    selling.space.focus_page()
    selling.press(F1, ctrl=True, shift=True)
    assert selling.ask(lambda: help_calls.live_calls(desk, supervisor)) == ()
    assert not selling.space.bar.help.isVisible()


def test_the_supervisor_sees_the_call_and_comes_with_one_key_to_the_customer(counter: Counter) -> None:
    desk, clerk = counter.desk, counter.person("clerk3")
    counter.open_drawer(clerk, "HPC-3")
    command = customers_entry.EnterCustomer(uuid4().hex, CustomerForm("ÁLVAREZ, María"))
    person = counter.ask(lambda: customers_entry.enter_customer(desk, clerk, command)).value
    counter.work_as("supervisor1")
    counter.ask(lambda: help_calls.call_help(desk, clerk, help_calls.CallHelp(uuid4().hex, person)))
    counter.bot.waitUntil(lambda: counter.space.bar.help.text() == "HPC-3 calls for help", timeout=6_000)
    counter.settle()
    assert "with ÁLVAREZ, María" in counter.text("banner-text")
    counter.keys = 0
    counter.press(F1, ctrl=True)
    assert counter.keys == 1
    assert counter.text("customer-name") == "ÁLVAREZ, María"
    assert not counter.space.bar.help.isVisible()
    mine = counter.ask(lambda: help_calls.my_call(desk, clerk))
    assert mine is not None
    assert mine.answered_by == "supervisor1"
    counter.press(F1, ctrl=True)  # one that somebody came to is settled by its digit
    counter.press("1")
    assert counter.ask(lambda: help_calls.my_call(desk, clerk)) is None
