"""Telephones and addresses are written one way; what is unclear stays as it was typed, and no word is ever lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csr_desk.domain.contacts import (
    address_words,
    email_words,
    phone_normal,
    phone_words,
    read_address,
    usual_words,
)
from csr_desk.domain.customer_words import kept_words, place_words, slips, without


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("713 555 0142", "(713) 555-0142"), ("+1 (713) 555-0142", "(713) 555-0142"), ("17135550142", "(713) 555-0142"),
        ("713.555.0142 ext 12", "(713) 555-0142 x12"), ("+44 20 7946 0958", "+442079460958"),
        ("555-0142", "555-0142"), ("713-155-0142", "713-155-0142"), ("ask  for Rosa", "ask for Rosa"), ("", ""),
        ("+44 20", "+44 20"),
    ],
)  # fmt: skip
def test_a_telephone_number_is_written_as_it_is_read_out(typed: str, written: str) -> None:
    assert phone_words(typed) == written
    assert phone_words(written) == written


def test_only_a_number_for_sure_has_a_normal_form() -> None:
    assert phone_normal("(713) 555-0142 x9") == phone_normal("1-713-555-0142") == "+17135550142"
    assert phone_normal("013 555 0142") == phone_normal("call 713 555 0142") == phone_normal("") == ""
    assert email_words(" M.Alvarez@Example.ORG ") == "M.Alvarez@example.org"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("4107 leeland street apt b, houston, tx 77023", "4107 Leeland St Apt B, Houston, TX 77023"),
        ("4107 leeland st b", "4107 Leeland St Unit B"),
        ("4107 leeland st #12 houston tx", "4107 Leeland St Unit 12, Houston, TX"),
        ("4107 Leeland St, Unit B, Houston", "4107 Leeland St Unit B, Houston"),
        ("1200 N MAIN ST STE 300, HOUSTON TX 77002-1234", "1200 N Main St Ste 300, Houston, TX 77002-1234"),
        ("99 Lamar St Houston, TX 77002", "99 Lamar St, Houston, TX 77002"),
        ("12 1/2 St Emanuel St", "12 1/2 St Emanuel St"), ("100 Way St", "100 Way St"), ("500 W. gray", "500 W Gray"),
        ("7 Northwest Freeway", "7 Northwest Fwy"), ("10 County Road 59", "10 County Rd 59"), ("1 main", "1 Main"),
        ("720 north 10th avenue", "720 N 10th Ave"), ("4 Heights Blvd, West University Place", None),
        ("3724 West Alabama\nHouston, 77027", "3724 W Alabama, Houston, 77027"), ("99 Avenue A", "99 Avenue A"),
        ("901 hastings st, baldwin 11510", "901 Hastings St, Baldwin, 11510"),
    ],
)  # fmt: skip
def test_an_address_is_written_one_way(typed: str, written: str | None) -> None:
    assert read_address(typed) is not None
    assert address_words(typed) == (written or typed)
    assert address_words(address_words(typed)) == address_words(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "PO Box 12, Houston TX", "FM 1960 at Kuykendahl", "behind the old mill", "111 E Wacker 25th Flr, Chicago",
        "25 First Street, 4th Floor, Cambridge", "203 N. Wabash 608, Chicago", "233 S Wacker Dr lobby 60606",
        "1180 Peachtree Street, NE", "707 E MAIN ST 20TH FL", "3240 Lake Shore Drive Apt 13 C", "12", "12 #", "",
        "718 Dorchester Pl Unit Cedar", "6910 # G Mary Caroline Circle", ", ,", "77002", "1 Elm, Oak, Houston, TX",
        "1600 Smith St Suite 400 Houston Texas 77002",
    ],
)  # fmt: skip
def test_what_is_unclear_stays_as_it_was_typed(typed: str) -> None:
    assert read_address(typed) is None
    assert address_words(typed) == " ".join(typed.split())


def test_two_writings_of_one_address_have_one_key() -> None:
    one, other = read_address("4107 Leeland St Apt B, Houston"), read_address("4107 LEELAND STREET #B")
    assert one is not None
    assert other is not None
    assert one.key == other.key == "4107 leeland st b"


@given(st.text("4107 leeland st apt b,#houston TX 77023\n.", max_size=40))
def test_reading_an_address_never_fails_and_writing_it_twice_changes_nothing(text: str) -> None:
    written = address_words(text)
    assert address_words(written) == written


def test_words_of_the_city_and_kinds_of_streets_tell_nobody_apart() -> None:
    usual = usual_words("1002 Washington Avenue\nHouston, TX 77002")
    assert place_words("1002 Washington Avenue\nHouston, TX 77002") == {"houston", "tx"}
    assert place_words("Somewhere") == frozenset()
    assert kept_words("4107 Leeland St Apt B, Houston, TX 77023", usual) == "4107 leeland b 77023"
    assert without(("maria", "houston"), usual) == ("maria",)
    assert without(("maria", "hou"), usual) == ("maria",)
    assert without(("maria", "h"), usual) == ("maria", "h")
    assert without(("street", "maria"), usual) == ("maria",)
    assert without((), usual) == ()


def test_every_slip_of_a_number_is_one_figure_or_one_swap() -> None:
    assert set(slips("12")) == ({f"{n}2" for n in range(10)} | {f"1{n}" for n in range(10)} | {"21"}) - {"12"}
    assert len(slips("004122779")) == 9 * 9 + 5
