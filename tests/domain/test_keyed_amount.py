from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csr_desk.domain.errors import BadInput
from csr_desk.domain.keyed_amount import looks_like_amount, read_keyed


@pytest.mark.parametrize(
    ("text", "due", "cents"),
    [
        ("6437", 6437, 6437),
        ("64.37", 6437, 6437),
        ("100", 6437, 10000),
        ("2", 120, 200),
        ("50", 9779, 5000),
        ("100", 12786, 10000),
        ("500", 437, 500),
        ("5000", 9779, 5000),
        ("100.", 6437, 10000),
        ("100.00", 120, 10000),
        ("10000", 6437, 10000),
        ("1,000.00", 6437, 100000),
        ("120", 120, 120),
        ("300", 25000, 30000),
        ("500", 9779, 500),
        ("6000", 6437, 6000),
    ],
)
def test_a_keyed_cash_amount_is_read_as_on_a_till_and_a_covering_note_as_dollars(
    text: str, due: int, cents: int
) -> None:
    assert read_keyed(text, due, cash=True) == cents


@pytest.mark.parametrize(
    ("text", "due", "cents"),
    [("90", 9277, 9000), ("100", 6437, 10000), ("6437", 9277, 6437), ("120", 120, 120), ("1500", 200000, 1500)],
)
def test_another_tender_reads_short_numbers_as_dollars_even_when_that_is_then_refused(
    text: str, due: int, cents: int
) -> None:
    assert read_keyed(text, due, cash=False) == cents


def test_letters_are_no_amount() -> None:
    assert not looks_like_amount("cop")
    assert not looks_like_amount("12x")
    assert not looks_like_amount("")
    assert looks_like_amount("100")
    assert looks_like_amount("64.37")
    with pytest.raises(BadInput):
        read_keyed("cop", 100, cash=True)


@given(due=st.integers(1, 10**7), keyed=st.integers(1, 10**7))
def test_cash_is_read_as_dollars_only_when_cents_would_not_cover_and_never_for_a_hundred_in_change(
    due: int, keyed: int
) -> None:
    read = read_keyed(str(keyed), due, cash=True)
    assert read in {keyed, keyed * 100}
    if read != keyed:
        assert keyed < due
        assert read - due < 10000
