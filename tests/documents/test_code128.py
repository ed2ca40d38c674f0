"""Code 128 against figures worked out by hand from the standard, and against a scanner."""

from __future__ import annotations

from pathlib import Path

import pytest

from csr_desk.documents.code128 import code128_widths
from csr_desk.documents.paper import LETTER
from csr_desk.documents.sheet import Sheet
from documents import reading, samples

START_B, START_C, STOP = (2, 1, 1, 2, 1, 4), (2, 1, 1, 2, 3, 2), (2, 3, 3, 1, 1, 1, 2)


def test_a_letter_is_start_b_its_value_the_check_and_the_stop() -> None:
    # “A” is value 33; check = (104 + 33) mod 103 = 34, which is “B”
    assert code128_widths("A") == (*START_B, 1, 1, 1, 3, 2, 3, 1, 3, 1, 1, 2, 3, *STOP)


def test_even_digits_go_in_pairs() -> None:
    # start C, 12, 34, check (105 + 12 + 68) mod 103 = 82, stop: 5 symbols
    widths = code128_widths("1234")
    assert widths[:6] == START_C
    assert len(widths) == 4 * 6 + 7


def test_every_symbol_is_eleven_modules_wide_and_the_stop_thirteen() -> None:
    widths = code128_widths("HPC3-0000021")
    symbols = [widths[at : at + 6] for at in range(0, len(widths) - 7, 6)]
    assert {sum(symbol) for symbol in symbols} == {11}
    assert sum(widths[-7:]) == 13


@pytest.mark.parametrize("text", ["", "é", "a\nb", "中"])
def test_what_code_128_cannot_carry_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="printable ASCII"):
        code128_widths(text)


@pytest.mark.parametrize(
    "text", ["HPC1-0000001", "123456", "12345", "A12345B", "0041-2277-9", "x y~{}", "99", "HPC10-1234567", "7"]
)
def test_a_scanner_reads_what_was_written(text: str, tmp_path: Path) -> None:
    sheet = Sheet(LETTER, samples.REAL_OFFICE)
    sheet.barcode(text, module=1.2, height=40)
    assert " ".join(reading.barcodes(sheet.pdf("code", "test"), tmp_path)) == f"CODE-128:{text}"
