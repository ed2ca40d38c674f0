"""Papers of the outbox reach the station's printer; the drawer opens once for money."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from csr_desk.devices.ports import Language
from csr_desk.devices.simulated import CountingDrawer, FailingPrinter, FolderPrinter
from csr_desk.devices.station import Station
from csr_desk.domain.endorsement import Endorsement
from csr_desk.domain.errors import Trouble
from csr_desk.locations import data_folder
from csr_desk.ui.station_printer import StationPapers, station_papers
from ui.counter import Counter

ENTER = Qt.Key.Key_Return


def sold(counter: Counter) -> None:
    counter.press("cop", ENTER, "12", ENTER, "2", Qt.Key.Key_F5)


def test_the_slip_of_the_opening_and_the_receipt_come_out_as_pdfs(selling: Counter, tmp_path: Path) -> None:
    sold(selling)
    drawer, printer = CountingDrawer(), FolderPrinter(tmp_path / "papers")
    papers = StationPapers(printer, drawer, printer, "letter")
    for facts in selling.tray.came_out:
        papers.facts(facts, first_try=True)
    names = sorted(path.name for path in (tmp_path / "papers").iterdir())
    assert names == ["HPC3-0000001.pdf", "opening-HPC-3-20260714-1.pdf"]
    assert all(path.read_bytes().startswith(b"%PDF") for path in (tmp_path / "papers").iterdir())
    assert drawer.kicks == 1


def test_neither_a_second_try_nor_a_duplicate_opens_the_drawer(selling: Counter, tmp_path: Path) -> None:
    sold(selling)
    drawer, printer = CountingDrawer(), FolderPrinter(tmp_path / "papers")
    papers = StationPapers(printer, drawer, printer, "roll_80")
    receipt = selling.tray.receipts()[0]
    papers.receipt(receipt, first_try=False)
    papers.receipt(replace(receipt, copy=1), first_try=True)
    assert drawer.kicks == 0


def test_a_training_day_leaves_the_real_drawer_shut(selling: Counter, tmp_path: Path) -> None:
    sold(selling)
    drawer, printer = CountingDrawer(), FolderPrinter(tmp_path / "papers")
    receipt = selling.tray.receipts()[0]
    trained = replace(receipt, office=replace(receipt.office, office_id="TRAINHPC"))
    StationPapers(printer, drawer, printer, "roll_80").receipt(trained, first_try=True)
    assert drawer.kicks == 0


def test_a_failing_printer_raises_trouble_and_nothing_else(selling: Counter) -> None:
    sold(selling)
    broken = FailingPrinter()
    with pytest.raises(Trouble):
        StationPapers(broken, CountingDrawer(), broken, "letter").receipt(selling.tray.receipts()[0], first_try=True)


def test_a_station_without_a_printer_keeps_its_papers_in_a_folder() -> None:
    station_papers(Station()).paper("station-test", b"%PDF-1.7")
    assert [path.read_bytes() for path in (data_folder() / "papers").glob("station-test*.pdf")] == [b"%PDF-1.7"]


def test_what_did_not_come_out_can_be_printed_later_from_the_palette(selling: Counter) -> None:
    selling.tray.broken = True
    sold(selling)
    assert selling.text("printing-state") == "1 paper to print again"
    selling.tray.broken = False
    selling.press(Qt.Key.Key_Escape)
    selling.press("K", ctrl=True)
    selling.press("did not", ENTER)
    assert [paper.number for paper in selling.tray.receipts()] == ["HPC3-0000001"]
    assert not selling.shown("printing-state")


@dataclass
class TillPrinter:
    """Takes ESC/POS bytes and keeps them."""

    jobs: list[tuple[bytes, str]] = field(default_factory=list)

    @property
    def language(self) -> Language:
        """ESC/POS."""
        return Language.ESCPOS

    def print(self, job: bytes, title: str) -> None:
        """Keep the bytes."""
        self.jobs.append((job, title))


def test_the_back_of_a_check_is_printed_by_a_till_printer_and_told_by_the_receipt_without_one(
    selling: Counter, tmp_path: Path
) -> None:
    selling.press("cop", ENTER, "12", ENTER, Qt.Key.Key_F6, "1042", ENTER, ENTER, ENTER)
    (paper,) = [facts for facts in selling.tray.came_out if isinstance(facts, Endorsement)]
    till, folder = TillPrinter(), FolderPrinter(tmp_path / "papers")
    StationPapers(till, CountingDrawer(), folder, "letter").facts(paper, first_try=True)
    assert [title for _, title in till.jobs] == ["endorsement-HPC3-0000001"]
    assert b"FOR DEPOSIT ONLY" in till.jobs[0][0]
    StationPapers(folder, CountingDrawer(), folder, "letter").facts(paper, first_try=True)
    assert not (tmp_path / "papers").exists()
    assert selling.tray.receipts()[0].endorse == paper.checks[0].lines
