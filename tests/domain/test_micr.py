"""The magnetic line of a check: every reader's letters, personal and business order, and what is refused."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csr_desk.domain.errors import BadInput
from csr_desk.domain.micr import LONGEST_BURST, looks_like_micr, parse_micr, read_micr
from examination.published_rows import shared_data

OWN = Path(__file__).parent / "data" / "micr_lines.csv"


def rows(path: Path) -> list[dict[str, str]]:
    """Read samples."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", rows(OWN), ids=lambda row: str(row["note"]))
def test_a_line_is_read_whatever_letters_its_reader_types(row: dict[str, str]) -> None:
    line = read_micr(row["line"])
    assert (line.routing, line.account, line.check_number) == (row["routing"], row["account"], row["check_no"])
    assert (line.auxiliary, line.amount) == (row["aux_on_us"], int(row["amount"]) if row["amount"] else None)
    assert looks_like_micr(row["line"])


def test_the_samples_that_were_found_in_the_field_are_read() -> None:
    data = shared_data()
    if data is None:
        pytest.skip("the samples of the field are not beside this checkout; the repository has its own")
    samples = rows(data / "scanline_micr" / "micr_samples.csv")
    assert samples
    for row in samples:
        line = parse_micr(row["line"])  # short made-up routing numbers: their check digit is not looked at here
        assert (line.routing, line.account, line.check_number) == (row["routing"], row["account"], row["check_no"])
        assert line.auxiliary == row["aux_on_us"]


@pytest.mark.parametrize(
    ("burst", "why"),
    [
        ("d113000024d 4471900253c 5512", "check digit"),  # 3 + 7 + 3 + 14 + 4 = 31: no multiple of ten
        ("d11300002d 4471900253c 5512", "check digit"),
        ("d11300?023d 4471900253c 5512", "could not read a place"),
        ("d113000023d 44719@0253c 5512", "could not read a place"),
        ("4471900253c 5512", "no routing number"),
        ("T113000023 4471900253U", "no routing number"),
        ("", "no routing number"),
        ("T113000023T", "account number"),
        ("T113000023T 4471U A55", "account number"),
        ("T113000023T 1U2U3", "more fields"),
        ("T113000023T 4471T113000023T U", "more than one routing"),
        ("9 T113000023T 4471900253U", "before the routing number"),
        ("T113000023T 4471900253U;5512", "mark that no check has"),
        ("T113000023T 44719٠0253U", "mark that no check has"),
        ("T113000023T " + "1" * LONGEST_BURST + "U", "too long"),
    ],
)
def test_a_line_that_is_not_sure_is_refused_with_a_sentence(burst: str, why: str) -> None:
    with pytest.raises(BadInput, match=why) as refused:
        read_micr(burst)
    assert refused.value.field == "micr"


def test_a_sentence_never_repeats_the_account() -> None:
    with pytest.raises(BadInput) as refused:
        read_micr("d113000024d 4471900253c 5512")
    assert "4471900253" not in refused.value.message
    assert "4471900253" not in repr(parse_micr("d113000023d 4471900253c 5512"))


def test_a_canadian_line_is_read_and_said_to_be_one() -> None:
    line = read_micr("U001U T12345-678T 9988776U")
    assert line.canadian
    assert not read_micr("d113000023d 4471900253c 5512").canadian


@pytest.mark.parametrize(
    "typed", ["", "cop", "12", "64.37", "HPC1-0000001", "d1d", "ATT", "DEBT", "250*", "TUT", "BAD1"]
)
def test_what_people_type_is_not_taken_for_a_line(typed: str) -> None:
    assert not looks_like_micr(typed)


def routing_numbers() -> st.SearchStrategy[str]:
    """Eight digits and the one that makes 3, 7, 1 times them a multiple of ten (ABA)."""

    def complete(digits: list[int]) -> str:
        weights = (3, 7, 1, 3, 7, 1, 3, 7)
        last = -sum(weight * digit for weight, digit in zip(weights, digits, strict=True)) % 10
        return "".join(map(str, [*digits, last]))

    return st.lists(st.integers(0, 9), min_size=8, max_size=8).map(complete)


DIGITS = st.text("0123456789", min_size=1, max_size=17)


@given(routing_numbers(), DIGITS, st.text("0123456789", max_size=10), st.sampled_from(["dcb", "TUA", "toa", "⑆⑈⑇"]))
def test_every_line_that_a_reader_can_type_is_read_back(routing: str, account: str, serial: str, marks: str) -> None:
    transit, on_us, amount = marks[0], marks[1], marks[2]
    personal = read_micr(f"{transit}{routing}{transit}{account}{on_us}{serial}")
    assert (personal.routing, personal.account, personal.serial) == (routing, account, serial)
    if serial:
        business = read_micr(
            f"{on_us}{serial}{on_us} {transit}{routing}{transit} {account}{on_us} {amount}0000000123{amount}"
        )
        assert (business.auxiliary, business.account, business.amount) == (serial, account, 123)


@given(routing_numbers(), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_of_a_routing_number_is_always_found(routing: str, at: int, more: int) -> None:
    wrong = routing[:at] + str((int(routing[at]) + more) % 10) + routing[at + 1 :]
    with pytest.raises(BadInput):
        read_micr(f"T{wrong}T4471900253U5512")


@given(st.text(max_size=60))
def test_nothing_that_is_typed_makes_it_stumble(burst: str) -> None:
    try:
        line = read_micr(burst)
    except BadInput:
        return
    assert line.routing
    assert line.account
