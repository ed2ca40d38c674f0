"""What an auditor does not see in clear; everybody else sees it as it is."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from csr_desk.domain.masking import HIDDEN, PERSONAL, Personal, masked, masked_words, seen_by
from csr_desk.domain.people import Role
from csr_desk.domain.receipt import Office


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Rosa Villarreal · 713-555-0142", "Rosa Villarreal · •••-•••-••42"),
        ("call (713) 555-0142 or 555-0143", "call •••-•••-••42 or •••-••43"),
        ("+1 713 555 0142", "•••-•••-••42"),
        ("7135550142", "•••-•••-••42"),
        ("mail rosa.v+city@example.co.us today", "mail •••@••• today"),
        # numbers that are no telephone: receipts, permits, amounts, dates
        ("HPC1-0000001", "HPC1-0000001"),
        ("permit 2026-0714-12", "permit 2026-0714-12"),
        ("64.37 due 2026-07-14", "64.37 due 2026-07-14"),
        ("", ""),
    ],
)
def test_telephone_and_mail_are_taken_out_of_words_and_the_rest_stays(text: str, seen: str) -> None:
    assert masked_words(text) == seen


def test_a_payee_becomes_initials_and_a_description_is_hidden_whole() -> None:
    assert masked(Personal.PAYEE, "Rosa Villarreal") == "R. V."
    assert masked(Personal.DESCRIPTION, "tall, green hat") == HIDDEN
    assert masked(Personal.CONTACT, "1 Main Street") == HIDDEN
    assert masked(Personal.CONTACT, "") == ""


@dataclass(frozen=True)
class Inner:
    """Something with personal fields."""

    payee: str
    address: str
    number: str = "713-555-0142"


@dataclass(frozen=True)
class Outer:
    """Something with such things in it."""

    office: Office
    memo: str
    inner: tuple[Inner, ...]
    facts: dict[str, object]
    history: tuple[str, ...] = ()
    made: int = field(default=0, init=False)


OFFICE = Office("HPC", "Office", ("1002 Washington Avenue",), "713-555-0100", "America/Chicago", True, True)


def test_fields_are_masked_by_their_name_however_deep_and_the_offices_own_address_is_not() -> None:
    whole = Outer(
        OFFICE,
        "713-555-0142",
        (Inner("Rosa Villarreal", "1 Main Street"),),
        {"phone": "555-0142", "amount": 5, "notes": ["a@b.us", {"email": "a@b.us"}]},
        ("07:30 sent back: call 713-555-0142",),
    )
    seen = seen_by(Role.AUDITOR, whole)
    assert seen.office is OFFICE
    assert (seen.memo, seen.history) == ("•••-•••-••42", ("07:30 sent back: call •••-•••-••42",))
    assert seen.inner == (Inner("R. V.", HIDDEN),)  # a field that is not personal keeps its number
    assert seen.facts == {"phone": HIDDEN, "amount": 5, "notes": ["•••@•••", {"email": "•••@•••"}]}
    for role in set(Role) - {Role.AUDITOR}:
        assert seen_by(role, whole) is whole


def test_what_has_nothing_personal_stays_the_very_same() -> None:
    plain = Inner("", "")
    assert seen_by(Role.AUDITOR, plain) is plain
    assert set(PERSONAL.values()) == set(Personal)
