"""A taste of G10 and G11, and that the harness sees what is broken."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import pytest

from csr_desk.domain.card_numbers import find_card_number
from proof import g10_card_numbers, g11_money
from proof.raw_scan import files_with
from proof.table import Tier

CARD = "4111 1111 1111 1111"


def test_card_numbers_are_seen_in_every_way_and_other_numbers_are_left_alone() -> None:
    seen, others = g10_card_numbers.every_way(Tier.TASTE), g10_card_numbers.others_left_alone(Tier.TASTE)
    assert seen.passed, seen
    assert others.passed, others


@pytest.mark.parametrize("text", ["4111x1111x1111x1111", "4111 1111\r\n    1111 1111", "⁴¹¹¹¹¹¹¹¹¹¹¹¹¹¹¹"])
def test_letters_line_ends_and_raised_figures_hide_no_card_number(text: str) -> None:
    assert find_card_number(text) == "4111111111111111"


@pytest.mark.parametrize("text", ["713-555-0100 832-394-9000", "409-555-0100, 512-555-0101", "4111ab1111cd1111ef1111"])
def test_telephone_numbers_side_by_side_are_no_card(text: str) -> None:
    assert find_card_number(text) is None


def test_what_is_keyed_stays_nowhere_and_would_be_found_if_it_did(tmp_path: Path) -> None:
    tries = g10_card_numbers.Tries(random.Random("taste"))  # noqa: S311 - the same numbers each time
    assert g10_card_numbers.keyed(tries, Tier.TASTE, tmp_path / "keyed") == []
    assert tries.tried == g10_card_numbers.ATTEMPTS[Tier.TASTE]


@pytest.mark.parametrize("encoding", ["ascii", "utf-16-le", "utf-16-be"])
def test_the_scan_finds_a_number_in_every_encoding_and_packing(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "plain").write_bytes(b"\x01\xff" + CARD.encode(encoding) + b"\x00" * 9)
    with zipfile.ZipFile(tmp_path / "zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("part", CARD.encode(encoding))
    found = files_with(tmp_path, frozenset({"4111111111111111"}))
    assert {one.partition(":")[0] for one in found} == {"plain", "zip"}


def test_money_is_exact_and_broken_arithmetic_is_found(tmp_path: Path) -> None:
    luck = random.Random("taste")  # noqa: S311 - the same amounts each time
    for part in (g11_money.written_amounts, g11_money.rounding, g11_money.splits):
        assert part(luck, 500).wrong == []
    assert g11_money.beyond_the_ledger(12, tmp_path / "office").wrong == []
    rows = list(g11_money.self_tests())
    assert [row.what for row in rows if not row.passed] == []
    assert len(rows) == 5
