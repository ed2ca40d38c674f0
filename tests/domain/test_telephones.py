"""Telephone numbers are written as they are read out; what is no number for sure stays as it was typed."""

from __future__ import annotations

import pytest

from csr_desk.domain.telephones import phone_normal, phone_words


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("713 555 0142", "(713) 555-0142"), ("+1 (713) 555-0142", "(713) 555-0142"), ("17135550142", "(713) 555-0142"),
        ("713/222-0100", "(713) 222-0100"), ("713.555.0142 ext 12", "(713) 555-0142 ext. 12"),
        ("(713) 555-0142 x12", "(713) 555-0142 ext. 12"), ("+1 713 222 0100 #44", "(713) 222-0100 ext. 44"),
        ("+44 20 7946 0958", "+44 20 7946 0958"), ("011 44 20 7946 0958", "+44 20 7946 0958"),
        ("+525512345678", "+52 55 1234 5678"),
    ],
)  # fmt: skip
def test_a_telephone_number_is_written_as_it_is_read_out(typed: str, written: str) -> None:
    assert phone_words(typed) == written
    assert phone_words(written) == written


@pytest.mark.parametrize(
    "typed",
    [
        "555-0142", "713-155-0142", "(113) 555-0142", "999 999 9999", "911", "", "+44 20", "ask for Rosa",
        "call 713 555 0142", "713 222 0100 home", "713 222 0100, 832 222 0101", "713-CALL-NOW", "1-800-FLOWERS",
    ],
)  # fmt: skip
def test_what_is_no_number_for_sure_loses_nothing_that_was_typed(typed: str) -> None:
    assert phone_words(f" {typed}  ") == typed
    assert phone_normal(typed) == ""


def test_the_normal_form_has_the_country_and_no_extension() -> None:
    assert phone_normal("(713) 555-0142 x9") == phone_normal("1-713-555-0142") == "+17135550142"
    assert phone_normal("011 44 20 7946 0958") == "+442079460958"
