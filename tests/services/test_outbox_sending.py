"""Sending from the committed outbox: once, whoever dies when; and nobody who sells waits for it."""

from __future__ import annotations

import itertools

import pytest

from csr_desk.devices.mail import server_of
from csr_desk.domain.errors import Ineligible, Trouble, WrongState
from csr_desk.domain.outbox import Envelope, Message, MessageState, Outcome, Verdict
from csr_desk.services import outbox, outbox_keeping, outbox_sending, policies
from csr_desk.services.desk import open_desk
from csr_desk.services.outbox_keeping import SettleMessage, Wish
from csr_desk.services.verification import verify_url
from demo_city import City
from mail_office import Postman, mail_server
from services.test_state_tampering import behind_the_back


def set_up(city: City, port: int) -> None:
    """Name the mail server on loopback, on a morning."""
    city.at("2026-07-14T08:00")
    settings = {"mail_server": f"127.0.0.1:{port}", "mail_from": "counter@example.gov", "mail_security": "none"}
    policies.set_policy(city.desk, city.who("admin1"), policies.SetPolicy(city.key(), settings))


def queued(city: City, title: str = "One") -> str:
    """Queue a message; return its number."""
    message = Message(city.key(), "test", "desk@gas.example.com", title, "Good morning.")
    with city.desk.begin() as work:
        work.lock_series(city.desk.office_series)
        return outbox.queue(work, city.desk, city.who("clerk1"), message)


def state_of(city: City, number: str) -> MessageState:
    """Return where a message stands."""
    found = outbox_keeping.messages(city.desk, city.who("clerk1"), open_only=False).messages
    return next(one.record.state for one in found if one.number == number)


def test_what_waits_goes_out_once_and_a_sale_waits_for_none_of_it(city: City) -> None:
    postman = Postman()
    with mail_server(postman) as port:
        set_up(city, port)
        city.open()
        numbers = [queued(city, "One"), queued(city, "Two")]
        server = server_of(city.desk.policy.mail_server, "none")
        sold: list[str] = []

        def slow(envelope: Envelope) -> Outcome:
            other = open_desk(city.url, clock=city.desk.clock)  # another station, while this one is on its way
            sold.append(City(other, city.url, itertools.count(900)).sell().number)
            theirs = outbox_sending.begin_try(other)
            assert theirs is not None
            assert theirs.envelope.number == numbers[1]
            other.close()
            return server(envelope)

        assert outbox_sending.send_due(city.desk, slow, most=1) == (MessageState.SENT,)
        assert len(sold) == 1
        assert outbox_sending.send_due(city.desk, server) == ()  # the other station has begun with the second one
    assert [mail["Subject"] for mail in postman.mails] == ["One"]
    assert [state_of(city, number) for number in numbers] == [MessageState.SENT, MessageState.SENDING]
    city.desk.close()
    assert verify_url(city.url).ok


def test_a_program_that_dies_after_the_server_took_it_sends_nothing_twice(city: City) -> None:
    postman = Postman()
    with mail_server(postman) as port:
        set_up(city, port)
        number = queued(city)
        server = server_of(city.desk.policy.mail_server, "none")

        def dies(envelope: Envelope) -> Outcome:
            server(envelope)
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            outbox_sending.send_due(city.desk, dies)
        city.at("2026-07-15T08:00")
        again = open_desk(city.url, clock=city.desk.clock)
        assert outbox_sending.send_due(again, server) == ()
        again.close()
        assert len(postman.taken) == 1
        (mail,) = outbox_keeping.messages(city.desk, city.who("clerk1")).messages
        assert (mail.record.state, mail.hangs, mail.number) == (MessageState.SENDING, True, number)
        # a person says so: then it goes again, and the receiver's server knows it by its Message-ID
        wish = SettleMessage(city.key(), number, Wish.AGAIN, "They have nothing")
        outbox_keeping.settle_message(city.desk, city.who("clerk1"), wish)
        assert outbox_sending.send_due(city.desk, server) == (MessageState.SENT,)
    first, second = postman.taken
    assert first == second
    city.desk.close()
    assert verify_url(city.url).ok


def test_a_yes_that_comes_late_is_believed_and_a_no_is_not(sqlite_city: City) -> None:
    city = sqlite_city
    set_up(city, 2525)
    number, who = queued(city), city.who("clerk1")
    slow = outbox_sending.begin_try(city.desk)
    assert slow is not None
    with pytest.raises(WrongState):
        outbox_keeping.settle_message(city.desk, who, SettleMessage(city.key(), number, Wish.AGAIN, "Impatient"))
    city.at("2026-07-14T08:11")
    outbox_keeping.settle_message(city.desk, who, SettleMessage(city.key(), number, Wish.AGAIN, "They have nothing"))
    assert outbox_sending.end_try(city.desk, slow, Outcome(Verdict.LATER, "451")) is MessageState.QUEUED
    assert outbox_sending.end_try(city.desk, slow, Outcome(Verdict.TAKEN, "250")) is MessageState.SENT
    assert outbox_sending.begin_try(city.desk) is None


def test_an_answer_never_carries_a_card_number_into_the_ledger(sqlite_city: City) -> None:
    city = sqlite_city
    set_up(city, 2525)
    queued(city)
    sent = outbox_sending.begin_try(city.desk)
    assert sent is not None
    outbox_sending.end_try(city.desk, sent, Outcome(Verdict.TAKEN, "250 queued as 4111111111111111\r\nx" + "y" * 900))
    (mail,) = outbox_keeping.messages(city.desk, city.who("clerk1"), open_only=False).messages
    assert "4111" not in mail.record.answer
    assert len(mail.record.answer) <= 300


def test_a_training_office_writes_to_no_other_computer(sqlite_city: City) -> None:
    set_up(sqlite_city, 2525)
    settings = {"mail_server": "mail.example.gov:587"}
    admin = sqlite_city.who("admin1")
    policies.set_policy(sqlite_city.desk, admin, policies.SetPolicy(sqlite_city.key(), settings))
    queued(sqlite_city)
    with pytest.raises(Ineligible):
        outbox_sending.begin_try(sqlite_city.desk)


def test_a_file_that_was_changed_behind_the_program_does_not_go_out(sqlite_city: City) -> None:
    from csr_desk.domain.outbox import Attached  # noqa: PLC0415 - for this one

    city = sqlite_city
    set_up(city, 2525)
    files = (Attached("a.csv", "text/csv", b"a,b\r\n"),)
    message = Message(city.key(), "test", "desk@gas.example.com", "One", "Good morning.", files=files)
    with city.desk.begin() as work:
        work.lock_series(city.desk.office_series)
        outbox.queue(work, city.desk, city.who("clerk1"), message)
    assert behind_the_back(city, "UPDATE attachment SET content = x'00'") is not None
    desk = open_desk(city.url, clock=city.desk.clock)
    with pytest.raises(Trouble):
        outbox_sending.begin_try(desk)
    desk.close()
