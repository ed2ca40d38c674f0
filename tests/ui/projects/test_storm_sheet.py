"""After a storm: a list is looked over, stopped, corrected and sent as one emergency batch, from the keyboard."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from csr_desk.domain.release_register import BatchView
from csr_desk.services import service_release_batches as batches
from csr_desk.ui.pages.projects.register_panel import ReleaseRegisterPanel
from csr_desk.ui.pages.projects.storm_sheet import StormSheet
from demo_city import City
from services.release_city import ELECTRIC, ESI, ReleaseCity, lay_out
from ui.counter import Counter, strike

ENTER, ALT = Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier
PATIENCE = 30_000
"""Milliseconds for the list's own thread."""


@pytest.fixture
def place(selling: Counter) -> ReleaseCity:
    """Permits at three addresses: two were inspected, one failed; nothing was asked for."""
    city = City(selling.desk, "")

    def lay() -> ReleaseCity:
        made = lay_out(city, city.sell(user="clerk3").number)
        for n, inspected in ((1, "passed"), (2, "passed"), (3, "failed")):
            made.permit(f"{n} ELLA BLVD", inspected=inspected, inputs=f'{{"1":{{"esi_id":"{ESI}"}}}}')
        return made

    return selling.ask(lay)


@pytest.fixture
def sheet(selling: Counter, place: ReleaseCity) -> StormSheet:
    """The sheet, opened by its key of the register."""
    made = ReleaseRegisterPanel(selling.space.context)
    made.setParent(selling.window)
    made.resize(1280, 760)
    made.show()
    made.refresh()
    selling.settle()
    made.list.trigger()
    selling.settle()
    found = selling.space.sheet
    assert isinstance(found, StormSheet)
    return found


def rest(selling: Counter, done: Callable[[], bool]) -> None:
    """Wait for the list's own thread."""
    selling.bot.waitUntil(done, timeout=PATIENCE)
    selling.settle()


def look(selling: Counter, sheet: StormSheet, *lines: str) -> None:
    """Key lines and look them over."""
    sheet.lines.setPlainText("\n".join(lines))
    sheet.lines.setFocus()
    selling.press(ENTER, ctrl=True)
    rest(selling, lambda: not sheet.presenter.busy)


def all_batches(selling: Counter) -> tuple[BatchView, ...]:
    """The batches of the office."""
    return selling.ask(lambda: batches.batches(selling.desk, selling.space.context.actor))


def test_the_list_says_what_goes_and_what_does_not_and_goes_out_as_one_emergency_batch(
    selling: Counter, sheet: StormSheet
) -> None:
    assert selling.focused_name() == "storm-reason"
    assert sheet.company.currentData() == ELECTRIC
    look(selling, sheet, "1 Ella Blvd", "2 Ella Boulevard", "3 ella blvd", "1 ELLA BLVD", "7 Nowhere Ln")
    assert [(row[0], row[2]) for row in sheet.table.texts()] == [
        ("1 ELLA BLVD", "It stands on this list twice."),
        ("7 Nowhere Ln", "There is no permit in force at “7 Nowhere Ln”."),
        ("3 ella blvd", "held back: The last inspection was failed."),
        ("1 Ella Blvd", "will be sent"),
        ("2 Ella Boulevard", "will be sent"),
    ]
    assert sheet.summary.text() == "Will be sent: 2 · asked for and held back: 1 · not asked for: 2"
    assert sheet.go.words() == "Send 2"
    if folder := os.environ.get("CSR_DESK_PICTURES"):
        selling.window.grab().save(str(Path(folder) / "storm-sheet.png"))
    sheet.accept()
    assert sheet.fault.text().startswith("Say which storm it was")
    assert all_batches(selling) == ()
    sheet.reason.setText("Hurricane of July 8")
    sheet.reason.setFocus()
    selling.press(ENTER)
    rest(selling, lambda: selling.space.sheet is None)
    assert [(one.kind, one.state, one.releases) for one in all_batches(selling)] == [("emergency", "sent", 2)]
    said = selling.text("banner-text")
    assert "2 releases to CenterPoint Energy after a storm." in said
    assert "Held back until nothing is missing: 1." in said


def test_what_was_looked_over_and_changed_is_looked_over_again_before_anything_goes(
    selling: Counter, sheet: StormSheet
) -> None:
    sheet.reason.setText("Hail")
    look(selling, sheet, "1 Ella Blvd")
    assert sheet.go.words() == "Send 1"
    sheet.lines.setPlainText("3 Ella Blvd")
    assert (sheet.go.words(), sheet.table.texts()) == ("Look over", [])
    sheet.accept()
    rest(selling, lambda: not sheet.presenter.busy)
    assert sheet.go.words() == "Look over"
    sheet.accept()
    rest(selling, lambda: not sheet.presenter.busy)
    assert all_batches(selling) == ()


def test_a_long_list_says_how_far_it_is_and_is_stopped_by_esc(selling: Counter, sheet: StormSheet) -> None:
    heard: list[tuple[int, int]] = []

    def tell(done: int, every: int) -> None:
        heard.append((done, every))
        sheet.presenter.stop()  # as Esc does, from the thread that works

    sheet.tell = tell  # type: ignore[method-assign]  # it is heard before the next line
    look(selling, sheet, "1 Ella Blvd", "2 Ella Blvd", "3 Ella Blvd")
    assert heard == [(1, 3)]
    assert sheet.fault.text() == "Stopped: nothing was asked for, and nothing was sent."
    assert (sheet.table.texts(), sheet.go.words(), sheet.bar.isVisible()) == ([], "Look over", False)


def test_while_it_works_esc_stops_and_afterwards_it_leaves(selling: Counter, sheet: StormSheet) -> None:
    sheet.lines.setPlainText("1 Ella Blvd")
    sheet.accept()
    assert (sheet.back.words(), sheet.bar.isVisible(), sheet.go.isEnabled()) == ("Stop", True, False)
    selling.press(Qt.Key.Key_Escape)
    rest(selling, lambda: not sheet.presenter.busy)
    assert selling.space.sheet is sheet
    selling.press(Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert selling.space.sheet is None


def test_a_list_comes_from_a_file_by_its_key(selling: Counter, sheet: StormSheet, tmp_path: Path) -> None:
    path = tmp_path / "storm.csv"
    path.write_text(f'Name,Address,ESI ID\nOrtiz,"2 Ella Blvd",{ESI}\nLe,1 Ella Blvd,\n', encoding="utf-8")
    sheet.choose = lambda: path
    strike(selling.focus(), Qt.Key.Key_O, ALT)
    selling.settle()
    assert sheet.lines.toPlainText().splitlines() == [f"2 Ella Blvd {ESI}", "1 Ella Blvd"]
    path.write_bytes(b"\xff\xfe\x00")
    strike(selling.focus(), Qt.Key.Key_O, ALT)
    selling.settle()
    assert sheet.fault.text() == "The file is not UTF-8 text."


def test_every_field_of_the_sheet_has_a_name(sheet: StormSheet) -> None:
    for widget in (sheet.company, sheet.reason, sheet.lines, sheet.table, sheet.bar):
        assert widget.accessibleName()
        assert widget.accessibleIdentifier().startswith("storm-")
