"""The backups on the Setup page: made, tried and restored by keys; who may not sees why."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from csr_desk import locations
from csr_desk.domain.backups import Copies, Standing
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import backups
from csr_desk.ui.context import Tone
from csr_desk.ui.copies_words import copies_words
from csr_desk.ui.pages.setup.view import SetupPage
from csr_desk.ui.saving_sheets import RestoreSheet
from ui.back_office import BackOffice, RecordingShell, in_front, press

KEY = Qt.Key


@pytest.fixture(autouse=True)
def home_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Give each test a data folder of its own; the keys stay where they are."""
    monkeypatch.setenv("CSR_DESK_KEYS", str(locations.key_folder()))
    monkeypatch.setenv("CSR_DESK_HOME", str(tmp_path / "home"))


class Laying(RecordingShell):
    """Lays sheets over a widget."""

    over: QWidget
    sheets: list[RestoreSheet]

    def open_over(self, make) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        """Open the sheet."""
        self.sheets = [make(self.over)]
        self.sheets[0].start()


def at_the_backups(bot: QtBot, office: BackOffice, user: str) -> tuple[SetupPage, Laying]:
    """Come to the backups by keys."""
    context, _ = office.context(user)
    shell = Laying(office.desk)
    context.shell = shell
    page = SetupPage(context)
    shell.over = page
    page.sections.setFocus()
    for _ in range(3):
        QTest.keyClick(page.sections, KEY.Key_Down)
    assert page.stack.currentWidget() is page.backups
    rest(bot, page)
    return page, shell


def rest(bot: QtBot, page: SetupPage) -> None:
    """Wait for the panel's own thread."""
    bot.waitUntil(lambda: page.backups._worker is None or not page.backups._worker.pending, timeout=20_000)


def test_a_backup_is_made_and_the_drill_run_by_keys(qtbot: QtBot, dressed: QApplication, office: BackOffice) -> None:
    page, shell = at_the_backups(qtbot, office, "supervisor1")
    with in_front(page):
        rest(qtbot, page)
        assert page.backups.chip.text() == "No backup"
        press(page, KEY.Key_T, ctrl=True)
        rest(qtbot, page)
        assert shell.banners[-1] == ("There is no backup to try. Make one first.", Tone.WARN)
        press(page, KEY.Key_Return, ctrl=True)
        qtbot.waitUntil(lambda: len(page.backups.rows) == 1, timeout=20_000)
        assert shell.banners[-1][0].startswith("Backed up and verified: ")
        assert page.backups.chip.text() == "Single copy"
        rest(qtbot, page)
        press(page, KEY.Key_T, ctrl=True)
        qtbot.waitUntil(lambda: shell.banners[-1][0].startswith("The drill went well"), timeout=20_000)
        rest(qtbot, page)
        page.backups.rows[0].one.path.write_bytes(b"cut")
        press(page, KEY.Key_T, ctrl=True)
        qtbot.waitUntil(lambda: shell.banners[-1][1] is Tone.BAD, timeout=20_000)
        rest(qtbot, page)
        assert "Not good" in page.backups.table.texts()[0][-1]
        assert not page.restore_key.isEnabled()  # a supervisor restores nothing
    page.leave()


def test_a_restore_goes_three_steps_and_needs_the_word(qtbot: QtBot, dressed: QApplication, office: BackOffice) -> None:
    made = backups.make(backups.plan_of(office.desk), backups.BackupKind.BY_HAND).one
    office.open_drawer("clerk1", "HPC-1")
    office.sell_copies("clerk1", 4, Tender(TenderKind.CASH))
    page, shell = at_the_backups(qtbot, office, "admin1")
    with in_front(page):
        rest(qtbot, page)
        page.backups.table.go_to(0)
        press(page, KEY.Key_R, ctrl=True)
        rest(qtbot, page)
        sheet = shell.sheets[0]
        assert sheet.said.text().startswith("2 of 3")
        assert "sale" in sheet.missing.toPlainText()
        sheet.accept()
        sheet.word.setText("restore")
        sheet.accept()
        assert "Key the word RESTORE" in sheet.fault.text()
        assert shell.restored == []
        sheet.word.setText("RESTORE")
        sheet.accept()
        assert shell.restored == [made.path]
    page.leave()


def test_a_bad_backup_is_refused_in_the_first_step(qtbot: QtBot, dressed: QApplication, office: BackOffice) -> None:
    made = backups.make(backups.plan_of(office.desk), backups.BackupKind.BY_HAND).one
    content = bytearray(made.path.read_bytes())
    content[5_000] ^= 1
    made.path.write_bytes(content)
    page, shell = at_the_backups(qtbot, office, "admin1")
    with in_front(page):
        rest(qtbot, page)
        page.backups.table.go_to(0)
        press(page, KEY.Key_R, ctrl=True)
        rest(qtbot, page)
        sheet = shell.sheets[0]
        assert "is damaged" in sheet.fault.text()
        sheet.accept()
        assert (sheet.said.text(), shell.restored) == ("This backup is refused. Nothing was changed.", [])
    page.leave()


def test_a_clerk_sees_no_backups_and_has_no_keys(qtbot: QtBot, dressed: QApplication, office: BackOffice) -> None:
    page, _ = at_the_backups(qtbot, office, "clerk1")
    with in_front(page):
        assert "Supervisors, accountants and administrators" in page.backups.said.text()
        keys = (page.save_copy_key, page.drill_key, page.restore_key, page.stop_key)
        assert not any(key.isEnabled() for key in keys)


@pytest.mark.parametrize("copies", list(Copies))
def test_how_the_copies_stand_is_always_said_in_words(copies: Copies) -> None:
    short, sentence = copies_words(Standing(copies))
    assert (short == "") is (copies is Copies.TWO)
    assert sentence.endswith((".", "together."))
