"""The rules of messages, companies and new accounts, without an office."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email import message_from_bytes

import pytest

from csr_desk.domain.account_check import Item, State, Terms
from csr_desk.domain.company import (
    Channel,
    Company,
    CompanyForm,
    CompanyKind,
    ContactForm,
    Person,
    Purpose,
    check_reach,
)
from csr_desk.domain.errors import BadInput, MissingInput
from csr_desk.domain.new_account import (
    ItemRecord,
    Standing,
    Verification,
    address_state,
    balance_of,
    read_standing,
    standing_text,
)
from csr_desk.domain.outbox import Message, MessageState, hangs, is_here, message_id, mime, next_try

NOW = datetime(2026, 7, 14, 13, tzinfo=UTC)
TERMS = Terms(7500, 15000, 12)


def test_each_try_waits_twice_as_long_and_never_longer_than_six_hours() -> None:
    waits = [next_try(NOW, n, 50, 5) for n in range(1, 50)]
    assert [at - NOW for at in waits[:4] if at is not None] == [timedelta(minutes=5 * 2**n) for n in range(4)]
    assert waits[-1] == NOW + timedelta(hours=6)
    assert next_try(NOW, 8, 8, 5) is None


@pytest.mark.parametrize(
    ("state", "at", "stuck"),
    [
        (MessageState.QUEUED, NOW - timedelta(days=9), False),
        (MessageState.SENDING, NOW + timedelta(seconds=1), False),
        (MessageState.SENDING, NOW, True),
        (MessageState.SENDING, None, True),
        (MessageState.FAILED, NOW - timedelta(days=9), False),
        (MessageState.FAILED, None, True),
        (MessageState.SENT, None, False),
        (MessageState.GIVEN_UP, None, False),
    ],
)
def test_what_hangs_is_what_only_a_person_moves(state: MessageState, at: datetime | None, stuck: bool) -> None:
    assert hangs(state, at, NOW) is stuck


@pytest.mark.parametrize("server", ["localhost:25", "127.0.0.1:2525", "127.9.9.9:25", "[::1]:25"])
def test_loopback_is_this_computer(server: str) -> None:
    assert is_here(server)


@pytest.mark.parametrize("server", ["mail.example.gov:587", "10.0.0.1:25", "localhost.example.gov:25", "[fe80::1]:25"])
def test_no_other_address_is_this_computer(server: str) -> None:
    assert not is_here(server)


def test_a_message_has_one_id_and_a_date_of_its_own() -> None:
    known = message_id("M26-000001-9", "e75180c7-6892-4682-a9d7-98c9855de8b7", "counter@example.gov")
    assert known == "<M26-000001-9.e75180c76892@example.gov>"
    assert message_id("M26-000001-9", "e75180c7", "").endswith("@csr-desk.invalid>")
    message = Message("k", "x", "a@example.com", "Ünit B – " + "long " * 40, "Zeile\nzwei " + "ä" * 900)
    sent = mime(message, "M26-000001-9", (known, "counter@example.gov"), NOW)
    assert max(map(len, sent.split(b"\r\n"))) <= 998
    assert sent.isascii()
    read = message_from_bytes(sent)
    assert read["Date"] == "Tue, 14 Jul 2026 13:00:00 +0000"
    assert read["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize(
    ("channel", "text"),
    [(Channel.PHONE, "call me"), (Channel.FAX, "12345"), (Channel.EMAIL, "a@b"), (Channel.PORTAL, "http://x.example")],
)
def test_a_number_or_page_that_cannot_be_one_is_refused(channel: Channel, text: str) -> None:
    with pytest.raises(BadInput):
        check_reach(channel, text, "reach")


def test_whoever_is_there_for_just_that_is_asked_first() -> None:
    def person(n: int, purpose: Purpose, *, active: bool = True) -> Person:
        return Person(n, ContactForm(f"P{n}", Channel.PHONE, "713-555-0142", purpose, active=active), 1)

    people = (
        person(1, Purpose.ANY), person(2, Purpose.RELEASE), person(3, Purpose.VERIFICATION),
        person(4, Purpose.VERIFICATION, active=False),
    )  # fmt: skip
    company = Company("G26-0001-7", CompanyForm("X", CompanyKind.GAS, Channel.PHONE), 1, people)
    assert [one.n for one in company.ask_for(Purpose.VERIFICATION)] == [3, 1]
    assert {one.n for one in company.ask_for(Purpose.ANY)} == {1, 2, 3}


def test_what_is_owed_here_is_said_in_words() -> None:
    assert balance_of(4310, 2) == (State.NOT_MET, "43.10 is owed on 2 accounts here.")
    assert balance_of(0, 1) == (State.MET, "Nothing is owed here (1 account).")
    assert balance_of(-500, 0)[0] is State.MET


def test_two_writings_of_an_address_are_one_place_and_another_unit_is_not() -> None:
    place = "4107 Leeland St Unit B, Houston, TX 77023"
    assert address_state(place, "4107 Leeland St B, Houston, TX 77023", None) is State.MET
    assert address_state(place, "4107 Leeland St Unit C, Houston, TX 77023", met=True) is State.NOT_MET
    with pytest.raises(MissingInput):
        address_state(place, "the blue house", None)
    assert address_state(place, "the blue house", met=True) is State.MET


def test_standing_is_kept_as_a_code() -> None:
    assert read_standing(standing_text(Standing.GOOD, 14)) == (Standing.GOOD, 14)
    assert read_standing(standing_text(Standing.LATE, 0)) == (Standing.LATE, 0)
    assert read_standing("") == (None, 0)
    for standing, months in ((Standing.GOOD, 0), (Standing.GOOD, 601), (Standing.OWES, 3)):
        with pytest.raises(BadInput):
            standing_text(standing, months)


def test_an_open_list_says_what_is_missing_and_a_full_one_what_it_comes_to() -> None:
    def listed(state: State) -> Verification:
        items = tuple(ItemRecord(item, state, months=14 if item is Item.STANDING else 0) for item in Item)
        return Verification(
            "V", "C", "Maria", "A", "1 Main St", "tenant", "open", "", 0, "", "2026-07-14", "", "Ann", items
        )

    assert listed(State.OPEN).sentence(TERMS).startswith("Nobody looked into this yet: identity, tenure,")
    assert listed(State.MET).sentence(TERMS) == "The deposit is waived: 14 months in good standing elsewhere."
    assert listed(State.SKIPPED).outlook(TERMS).deposit == 15000
