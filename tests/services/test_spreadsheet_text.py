"""Text in a CSV file never becomes a formula; figures of ours are never touched (OWASP ASVS 1.2.10)."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csr_desk.services.spreadsheet_text import guarded, write_rows

HOSTILE = [
    '=HYPERLINK("http://x.example")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\tx",
    "\rx",
    "\n=1",
    "\0=1",
    "  =1+1",
    "\u00a0=1",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_that_a_spreadsheet_would_run_is_marked_as_text(text: str) -> None:
    assert guarded(text) == "'" + text


@pytest.mark.parametrize("text", ["", "Phạm Văn Đức", "HPC-1", "a=b", "100 % = all", "'quoted'", "María; O’Neil"])
def test_harmless_text_stays_as_it_is(text: str) -> None:
    assert guarded(text) == text


def test_figures_keep_their_sign_and_text_beside_them_is_guarded() -> None:
    content = write_rows([("name", "amount"), ("=1+1", "-0.25"), ("-x", 12)], numbers=frozenset({1}))
    assert content == b"name,amount\r\n'=1+1,-0.25\r\n'-x,12\r\n"


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")), min_size=2, max_size=2)))
def test_whatever_is_written_is_read_back_and_nothing_begins_a_formula(rows: list[list[str]]) -> None:
    text = write_rows(rows).decode("utf-8")
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read == [[guarded(cell) for cell in row] for row in rows]
    assert not any(
        cell.strip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for row in read for cell in row
    )
