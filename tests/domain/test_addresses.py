"""Addresses are written one way; what is unclear stays as it was typed, and no word is ever lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csr_desk.domain.addresses import address_words, read_address


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("4107 leeland street apt b, houston, tx 77023", "4107 Leeland St Apt B, Houston, TX 77023"),
        ("4107 leeland st b", "4107 Leeland St Unit B"), ("4107 leeland b", "4107 Leeland Unit B"),
        ("4107 leeland st #12 houston tx", "4107 Leeland St Unit 12, Houston, TX"),
        ("4107 Leeland St, Unit B, Houston", "4107 Leeland St Unit B, Houston"),
        ("1200 N MAIN ST STE 300, HOUSTON TX 77002-1234", "1200 N Main St Ste 300, Houston, TX 77002-1234"),
        ("99 Lamar St Houston, TX 77002", "99 Lamar St, Houston, TX 77002"),
        ("611 walker houston, tx 77002", "611 Walker, Houston, TX 77002"),
        ("100 Way St", "100 Way St"), ("500 W. gray", "500 W Gray"),
        ("7 Northwest Freeway", "7 Northwest Fwy"), ("10 County Road 59", "10 County Rd 59"), ("1 main", "1 Main"),
        ("720 north 10th avenue", "720 N 10th Ave"), ("4 Heights Blvd, West University Place", None),
        ("3724 West Alabama\nHouston, 77027", "3724 W Alabama, Houston, 77027"), ("99 Avenue A", "99 Avenue A"),
        ("901 hastings st, baldwin 11510", "901 Hastings St, Baldwin, 11510"),
        ("25 First Street, 4th Floor, Cambridge", "25 First St Fl 4th, Cambridge"),
        ("1180 Peachtree Street, NE", "1180 Peachtree St NE"),
        ("6910 # G Mary Caroline Circle", "6910 Mary Caroline Cir Unit G"),
        ("P.O. box 12 houston tx 77001", "PO Box 12, Houston, TX 77001"),
        ("RR 2 Box 40 Alvin TX", "RR 2 Box 40, Alvin, TX"),
    ],
)  # fmt: skip
def test_an_address_is_written_one_way(typed: str, written: str | None) -> None:
    assert read_address(typed) is not None
    assert address_words(typed) == (written or typed)
    assert address_words(address_words(typed)) == address_words(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "FM 1960 at Kuykendahl", "behind the old mill", "corner of Main and Texas", "Main St & Texas Ave, Houston TX",
        "111 E Wacker 25th Flr, Chicago", "233 S Wacker Dr lobby 60606", "3240 Lake Shore Drive Apt 13 C", "12", "12 #",
        "", "718 Dorchester Pl Unit Cedar", ", ,", "77002", "1 Elm, Oak, Houston, TX", "c/o Ruiz, 12 Main St",
        "1600 Smith St Suite 400 Houston Texas 77002", "One Allen Center, 500 Dallas St", "12 Main St Apt",
        "Main St, Houston TX", "12 Main St, Houston, TX 7700", "12 Main St PO Box 4", "PO Box",
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


WORDS = ["4107", "12", "N", "main", "leeland", "st", "apt", "b", "#", ",", "houston", "tx", "77023", "po", "box", "9th"]


@given(st.lists(st.sampled_from(WORDS), max_size=8))
def test_no_word_of_an_address_is_lost(words: list[str]) -> None:
    typed = " ".join(words)

    def plain(text: str) -> list[str]:
        return sorted(text.casefold().replace("unit", " ").replace("#", " ").replace(",", " ").split())

    assert plain(address_words(typed)) == plain(typed)
