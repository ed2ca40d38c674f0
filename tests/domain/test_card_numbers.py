"""Card numbers are found however they are written; other long numbers are left alone."""

import pytest

from csr_desk.domain.card_numbers import find_card_number, looks_like_card


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("4111111111111111", "4111111111111111"),
        ("4111 1111 1111 1111", "4111111111111111"),
        ("card 4111-1111-1111-1111 exp 12/27", "4111111111111111"),
        ("4111.1111.1111.1111", "4111111111111111"),
        ("4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", "4111111111111111"),
        ("４１１１１１１１１１１１１１１１", "4111111111111111"),
        ("٤١١١١١١١١١١١١١١١", "4111111111111111"),
        ("4111\u00a01111\u200b1111 \u2013 1111", "4111111111111111"),
        (";4111111111111111=25121010000000000000?", "4111111111111111"),
        ("%B4111111111111111^DOE/JANE^2512", "4111111111111111"),
        ("14/07 378282246310005", "378282246310005"),
        ("3782 822463 10005", "378282246310005"),
        ("5555555555554444", "5555555555554444"),
        ("2223003122003222", "2223003122003222"),
        ("6011 1111 1111 1117", "6011111111111117"),
        ("3530111333300000", "3530111333300000"),
        ("30569309025904", "30569309025904"),
        ("4222222222222", "4222222222222"),
        ("6205500000000000004", "6205500000000000004"),
    ],
)
def test_a_card_number_is_found_however_it_is_written(text: str, number: str) -> None:
    assert find_card_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "4107 Leeland St",
        "4111111111111112",
        "1008901012345678901234",
        "10089010123456789",
        "99999999999999999999",
        "2026-07-14 07:30, receipt HPC1-0000021",
        "check 4432, routing 113000023",
        "4111 1111 is half of one and here is 1111 1111 much later",
        "0000000000000000",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert find_card_number(text) is None


def test_too_few_or_too_many_digits_are_no_card() -> None:
    assert not looks_like_card("411111111111")
    assert not looks_like_card("41111111111111111111")


def test_two_telephone_numbers_side_by_side_are_no_card_though_their_digits_make_one() -> None:
    assert looks_like_card("4095550142281")
    assert find_card_number("409 555 0142 281 555 0100") is None
    assert find_card_number("409 555 0142 281") == "4095550142281"
