"""Scanner bursts told from typing: one scan is one scan, whatever the scanner adds at its end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csr_desk.devices.scanner import Heard, Kind, ScanReader


def play(reader: ScanReader, text: str, start: int, step: int) -> list[Heard]:
    return [reader.key(char, start + step * at) for at, char in enumerate(text)]


def test_a_burst_that_ends_with_enter_is_one_scan() -> None:
    heard = play(ScanReader(), "HPC3-0000021\r", 1000, 8)
    assert [part.kind for part in heard[:-1]] == [Kind.TYPED] * 12
    assert heard[-1] == Heard(Kind.SCAN, "HPC3-0000021")


def test_typing_and_enter_are_never_a_scan() -> None:
    heard = play(ScanReader(), "ELEC\r", 1000, 90)
    assert heard[-1] == Heard(Kind.ENTER)
    assert "".join(part.text for part in heard) == "ELEC"


@pytest.mark.parametrize("ending", ["\r\n", "\n\r", "\r\r", "\n\n"])
def test_a_scanner_with_two_line_ends_does_not_press_enter_twice(ending: str) -> None:
    heard = play(ScanReader(), f"004122779{ending}", 1000, 5)
    assert [part.kind for part in heard[-2:]] == [Kind.SCAN, Kind.SWALLOWED]


def test_enter_pressed_by_hand_after_a_scan_counts() -> None:
    reader = ScanReader()
    play(reader, "004122779\r", 1000, 5)
    assert reader.key("\r", 2000).kind is Kind.ENTER


def test_a_bouncing_trigger_gives_one_scan() -> None:
    reader = ScanReader()
    first = play(reader, "004122779\r", 1000, 5)[-1]
    again = play(reader, "004122779\r", 1300, 5)[-1]
    later = play(reader, "004122779\r", 5000, 5)[-1]
    assert [first.kind, again.kind, later.kind] == [Kind.SCAN, Kind.REPEATED, Kind.SCAN]


def test_two_different_bills_in_quick_succession_are_two_scans() -> None:
    reader = ScanReader()
    assert play(reader, "004122779\r", 1000, 5)[-1].text == "004122779"
    assert play(reader, "004122780\r", 1100, 5)[-1] == Heard(Kind.SCAN, "004122780")


def test_what_was_typed_before_a_scan_is_not_part_of_it() -> None:
    reader = ScanReader()
    play(reader, "abc", 1000, 200)
    assert play(reader, "004122779\r", 3000, 5)[-1] == Heard(Kind.SCAN, "004122779")


def test_two_keys_hit_at_once_are_typing() -> None:
    assert play(ScanReader(), "12\r", 1000, 10)[-1].kind is Kind.ENTER


def test_enter_long_after_a_burst_is_pressed_by_a_person() -> None:
    reader = ScanReader()
    play(reader, "004122779", 1000, 5)
    assert reader.key("\r", 3000).kind is Kind.ENTER


def test_a_clock_that_jumps_back_makes_no_scan() -> None:
    reader = ScanReader()
    play(reader, "004122779", 90_000, 5)
    assert reader.key("\r", 10).kind is Kind.ENTER
    play(reader, "004122779\r", 50_000, 5)
    assert play(reader, "\r", 40_000, 5)[-1].kind is Kind.ENTER


def test_control_characters_of_a_scanner_are_swallowed() -> None:
    heard = play(ScanReader(), "\x021234567\x1d8\r", 1000, 5)
    assert heard[0].kind is Kind.SWALLOWED
    assert heard[-1] == Heard(Kind.SCAN, "12345678")


@given(st.lists(st.tuples(st.text("0123456789AB\r\n", max_size=14), st.integers(0, 3000), st.integers(1, 200))))
def test_there_are_never_more_scans_than_line_ends_and_nothing_is_lost(parts: list[tuple[str, int, int]]) -> None:
    reader, clock, heard = ScanReader(), 0, []
    for text, pause, step in parts:
        clock += pause
        for char in text:
            clock += step
            heard.append(reader.key(char, clock))
    typed = "".join(part.text for part in heard if part.kind is Kind.TYPED)
    assert typed == "".join(char for text, _, _ in parts for char in text if char not in "\r\n")
    ends = sum(text.count("\r") + text.count("\n") for text, _, _ in parts)
    assert sum(part.kind in {Kind.SCAN, Kind.REPEATED, Kind.ENTER, Kind.SWALLOWED} for part in heard) == ends
