"""Bytes for the till printer, read back by a small reader of the language."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csr_desk.devices.escpos import EscposDrawer, EscposPrinter, kick_bytes, slip_bytes, text_bytes
from csr_desk.devices.ports import Language
from csr_desk.domain.errors import BadInput
from devices.escpos_reader import printed


class Row(NamedTuple):
    left: str
    right: str = ""
    look: str = "plain"


class Recorder:
    """A port that keeps what it was sent."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []

    def send(self, data: bytes) -> None:
        self.sent.append(data)


@pytest.mark.parametrize(("pin", "expected"), [(2, "1b70003232"), (5, "1b70013232")])
def test_the_kick_is_the_one_that_till_printers_know(pin: int, expected: str) -> None:
    assert kick_bytes(pin, 100).hex() == expected


def test_a_kick_never_pulses_longer_than_the_command_can_say() -> None:
    assert printed(kick_bytes(2, 600)).kicks == [(0, 255, 255)]
    assert printed(kick_bytes(2, 1)).kicks == [(0, 1, 1)]


def test_a_drawer_hangs_on_pin_two_or_five() -> None:
    with pytest.raises(BadInput, match="pin 2 or pin 5"):
        kick_bytes(3)


def test_a_drawer_opens_once_for_each_kick() -> None:
    port = Recorder()
    EscposDrawer(port, 5).kick()
    assert [printed(sent).kicks for sent in port.sent] == [[(1, 50, 50)]]


def test_a_printer_sends_the_job_as_it_is() -> None:
    port = Recorder()
    printer = EscposPrinter(port)
    printer.print(b"job", "title")
    assert port.sent == [b"job"]
    assert printer.language is Language.ESCPOS


def test_figures_stand_at_the_right_edge_and_long_labels_wrap() -> None:
    rows = (Row("Water bill", "64.37"), Row("A name that is much too long for one line of paper", "1,234.50", "strong"))
    out = printed(slip_bytes(rows, columns=32))
    assert out.lines[0] == "Water bill" + " " * 17 + "64.37"
    assert all(len(line) <= 32 for line in out.lines)
    assert out.strong[0].endswith("1,234.50")
    assert len(out.strong) == 3


def test_a_slip_has_rules_titles_a_code_and_one_cut() -> None:
    rows = (Row("VOID", "", "mark"), Row("Office", "", "title"), Row("", "", "rule"), Row("middle", "", "centre"),
            Row("HPC3-0000021", "", "code"))  # fmt: skip
    data = slip_bytes(rows)
    out = printed(data)
    assert out.double == ["VOID", "Office"]
    assert "-" * 48 in out.lines
    assert out.codes == ["{BHPC3-0000021"]
    assert out.cuts == 1
    assert b"\x1dB\x01VOID\n\x1dB\x00" in data
    assert out.kicks == []


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("Peña §½ – ’", "Peña §½ – ’"), ("−0.05", "-0.05"), ("Nguyễn Thị Đào", "Nguyen Thi Dào"),
        ("中", "<U+4E2D>"), ("a\x1bp\x00\x32\x32b", "ap22b"), ("tab\there", "tab here"), ("\u202ex", "x"),
        ("Pen\u0303a", "Peña"), ("\ud800", ""),
    ],
)  # fmt: skip
def test_letters_go_out_in_windows_1252_and_commands_never_do(typed: str, sent: str) -> None:
    assert text_bytes(typed).decode("cp1252") == sent


@given(st.text(max_size=200), st.sampled_from(["plain", "strong", "title", "centre", "mark", "code"]))
def test_no_text_can_kick_the_drawer_or_cut_the_paper(typed: str, look: str) -> None:
    out = printed(slip_bytes([Row(typed, typed[:10], look)]))
    assert out.kicks == []
    assert out.cuts == 1
