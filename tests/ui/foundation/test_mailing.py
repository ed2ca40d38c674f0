"""Mail goes out by itself beside the work, and a window that closes notes what came of it."""

from __future__ import annotations

import threading

from csr_desk.domain.outbox import Envelope, Message, Outcome, Verdict
from csr_desk.services import outbox, outbox_keeping, policies
from ui.counter import Counter


def queue(counter: Counter, key: str) -> str:
    """Queue a message and name a mail server on this computer."""
    desk, clerk, admin = counter.desk, counter.person("clerk1"), counter.person("admin1")

    def act() -> str:
        settings = {"mail_server": "localhost:2525", "mail_from": "counter@example.gov"}
        policies.set_policy(desk, admin, policies.SetPolicy(f"{key}-policy", settings))
        with desk.begin() as work:
            work.lock_series(desk.office_series)
            return outbox.queue(work, desk, clerk, Message(key, "test", "desk@gas.example.com", "One", "Hello."))

    return counter.ask(act)


def state_of(counter: Counter, number: str) -> str:
    """Return where a message stands."""
    desk, clerk = counter.desk, counter.person("clerk1")
    found = counter.ask(lambda: outbox_keeping.messages(desk, clerk, open_only=False)).messages
    return next(one.record.state.value for one in found if one.number == number)


def test_a_message_goes_out_while_people_sell(selling: Counter) -> None:
    mailing, free = selling.window.printing.mailing, threading.Event()

    def slow(_envelope: Envelope) -> Outcome:
        free.wait(60)
        return Outcome(Verdict.TAKEN, "250 OK")

    mailing.transport = slow  # before anything waits: the window looks by itself too
    number = queue(selling, "a")
    mailing.look()
    selling.settle()
    assert mailing.busy
    assert state_of(selling, number) == "sending"  # the database answers while the server is waited for
    free.set()
    selling.bot.waitUntil(lambda: not mailing.busy, timeout=60_000)
    selling.settle()
    assert state_of(selling, number) == "sent"


def test_nothing_is_begun_where_no_server_is_named(selling: Counter) -> None:
    mailing = selling.window.printing.mailing
    mailing.look()
    selling.settle()
    assert not mailing.busy


def test_a_device_that_fails_leaves_the_message_to_people(selling: Counter) -> None:
    mailing = selling.window.printing.mailing

    def broken(_envelope: Envelope) -> Outcome:
        raise RuntimeError("planted")

    mailing.transport = broken
    number = queue(selling, "a")
    mailing.look()
    selling.bot.waitUntil(lambda: state_of(selling, number) == "sending" and not mailing.busy, timeout=60_000)
    desk, clerk = selling.desk, selling.person("clerk1")
    (mail,) = selling.ask(lambda: outbox_keeping.messages(desk, clerk)).messages
    assert mail.hangs


def test_a_window_that_closes_notes_what_the_server_said(selling: Counter) -> None:
    mailing = selling.window.printing.mailing
    begun, free = threading.Event(), threading.Event()

    def slow(_envelope: Envelope) -> Outcome:
        begun.set()
        free.wait(60)
        return Outcome(Verdict.TAKEN, "250 OK")

    mailing.transport = slow
    queue(selling, "a")
    mailing.look()
    selling.settle()
    begun.wait(60)
    free.set()
    mailing.stop()  # what the closing window calls: the answer comes by no event loop any more
    selling.settle()
    assert not mailing.busy
    desk, clerk = selling.desk, selling.person("clerk1")
    assert selling.ask(lambda: outbox_keeping.messages(desk, clerk)).messages == ()
