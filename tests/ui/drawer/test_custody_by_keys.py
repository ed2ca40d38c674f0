"""Custody on the real window: only its receiver signs for a drawer, the slips come out, the drawer opens."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from csr_desk.devices.simulated import CountingDrawer, FolderPrinter
from csr_desk.domain.custody import ChangeSlip, HandOverSlip, NoSaleSlip, SuspectReport
from csr_desk.domain.drawer import OpeningSlip
from csr_desk.ui.station_printer import StationPapers
from ui.counter import Counter, counter, office_url

__all__ = ["counter", "office_url"]

ENTER, DOWN, F12 = Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_F12


def key_pieces(at: Counter, pieces: str) -> None:
    """Key pieces from $100 down to the penny: words of figures, a dash for none; Enter for the next."""
    for number in pieces.split():
        if number != "-":
            at.press(number)
        at.press(ENTER)


def signers(at: Counter) -> list[str]:
    """Who can sign on the sheet that is open."""
    sheet = at.space.sheet
    assert sheet is not None
    names = [widget.objectName() for widget in sheet.findChildren(QWidget)]
    return [name.removeprefix("approver-") for name in names if name.startswith("approver-") and "secret" not in name]


def test_a_morning_of_custody_by_keys_and_its_papers(counter: Counter, tmp_path: Path) -> None:
    counter.work_as("clerk1", "HPC-1")
    # the float is 5 x 20 + 5 x 10 + 6 x 5 + 10 x 1 + 40 x 0.25 = 200.00
    counter.press(F12)
    counter.press("1")
    counter.press(F12, shift=True)
    counter.press("20", ENTER, "MB12345678A", *[ENTER] * 7)
    # two tens for four fives, a supervisor witnesses
    counter.press("6", ctrl=True)
    counter.press("o", ctrl=True)
    key_pieces(counter, "- - - 2 - - - - - - - -")
    key_pieces(counter, "- - - - 4 - - - - - - -")
    assert signers(counter) == ["supervisor1", "supervisor2"]
    counter.press("1", "supervisor1-demo", ENTER)
    assert counter.text("banner-text") == "20.00 was swapped with the safe; Robert Hayes signed for it."
    # clerk2 takes the drawer over: 5 x 20 + 3 x 10 + 10 x 5 + 10 x 1 + 40 x 0.25, counted twice
    counter.press("h", ctrl=True)
    counter.press(DOWN, ENTER)
    for _ in range(2):
        key_pieces(counter, "- - 5 3 10 - 10 - 40 - - -")
        if counter.space.sheet is None:
            counter.press(ENTER, ctrl=True)
    assert signers(counter) == ["clerk2"]
    counter.press("clerk2-demo", ENTER)
    assert counter.text("banner-text").startswith("HPC-1 is James Okafor’s from now on.")
    # what came out, as a station prints it: the drawer opens for the no-sale and for the swap
    came_out = counter.tray.came_out
    assert [type(paper) for paper in came_out] == [OpeningSlip, NoSaleSlip, SuspectReport, ChangeSlip, HandOverSlip]
    drawer, printer = CountingDrawer(), FolderPrinter(tmp_path / "papers")
    for facts in came_out:
        StationPapers(printer, drawer, printer, "letter").facts(facts, first_try=True)
        StationPapers(printer, drawer, printer, "letter").facts(facts, first_try=False)
    assert drawer.kicks == 2
    names = {path.name.removesuffix(".pdf") for path in (tmp_path / "papers").iterdir()}
    assert {"no-sale-HPC-1-20260714-1-1", "suspect-note-HPC-1-20260714-1-1", "change-order-HPC-1-20260714-1-1"} <= names
    assert "hand-over-HPC-1-20260714-1-clerk2" in names
