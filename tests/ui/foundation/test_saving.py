"""Backups in the window of a live office: quietly while it works, once more at the end, and the way back."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from csr_desk import locations
from csr_desk.services import backups
from csr_desk.services.desk import Desk, open_desk
from csr_desk.ui.app import prepare
from csr_desk.ui.saving_sheets import ExitSheet, ToldSheet
from csr_desk.ui.window import MainWindow
from ui.counter import Counter, Tray


@pytest.fixture
def live(
    qtbot: QtBot, qapp: QApplication, office_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Counter]:
    """Open the window on an office that takes itself for a live one."""
    monkeypatch.setenv("CSR_DESK_KEYS", str(locations.key_folder()))
    monkeypatch.setenv("CSR_DESK_HOME", str(tmp_path / "home"))
    path = tmp_path / "office.db"
    shutil.copyfile(office_template, path)
    if not qapp.styleSheet():
        prepare(qapp)

    def opener() -> Desk:
        desk = open_desk(f"sqlite:///{path}")
        desk.office = replace(desk.office, training=False)
        desk.hold_alone()
        return desk

    window = MainWindow(opener)
    window.printing.papers = Tray()
    window.show()
    counter = Counter(qtbot, f"sqlite:///{path}", window, Tray())
    counter.settle()
    yield counter
    window.saving._go()
    counter.leave()


def kinds(tmp_path: Path) -> set[str]:
    """Name why each backup was made."""
    found = (tmp_path / "home" / "backups").rglob("*.sqlite")
    return {path.stem.rsplit("Z-", 1)[-1] for path in found if not path.name.startswith(".")}


def at_rest(live: Counter) -> None:
    """Wait for the thread of the backups."""
    live.bot.waitUntil(lambda: not live.window.saving._looking, timeout=20_000)
    live.settle()


def test_what_was_recorded_is_backed_up_and_who_may_act_sees_the_single_copy(live: Counter, tmp_path: Path) -> None:
    live.work_as("clerk3", "HPC-3")
    live.window.saving.look()
    at_rest(live)
    live.bot.waitUntil(lambda: kinds(tmp_path) == {"interval"}, timeout=20_000)
    assert not live.shown("backup-state")
    live.work_as("supervisor1")
    assert live.text("backup-state") == "Single copy"
    assert "no second place" in live.space.bar.backup.accessibleDescription()


def test_a_backup_that_fails_is_said_and_the_counter_goes_on(
    live: Counter, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    at_rest(live)
    live.work_as("supervisor1")
    (tmp_path / "home").mkdir(exist_ok=True)
    shutil.rmtree(tmp_path / "home" / "backups", ignore_errors=True)
    (tmp_path / "home" / "backups").write_text("in the way")
    live.work_as("clerk3", "HPC-3")  # something to back up
    live.work_as("supervisor1")
    live.window.saving.look()
    at_rest(live)
    assert live.text("backup-state") in {"Backup failed", "No backup"}


def test_the_window_closes_after_a_last_backup(live: Counter, tmp_path: Path) -> None:
    at_rest(live)
    live.work_as("clerk3", "HPC-3")
    at_rest(live)
    live.window.close()
    assert live.window.isVisible()
    assert live.window.findChildren(ExitSheet)
    live.bot.waitUntil(lambda: not live.window.isVisible(), timeout=20_000)
    assert "exit" in kinds(tmp_path)


def test_the_last_backup_can_be_skipped(live: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    at_rest(live)
    live.work_as("clerk3", "HPC-3")
    slow = threading.Event()

    def wait(_plan: backups.Plan, *, leaving: bool) -> None:
        slow.wait(20)

    monkeypatch.setattr(backups, "due_now", wait)
    live.window.close()
    (sheet,) = live.window.findChildren(ExitSheet)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    live.bot.waitUntil(lambda: not live.window.isVisible(), timeout=20_000)
    slow.set()


def test_a_restore_closes_the_office_and_opens_it_again(live: Counter, tmp_path: Path) -> None:
    at_rest(live)
    made = live.ask(lambda: backups.make(backups.plan_of(live.desk), backups.BackupKind.BY_HAND)).one
    live.work_as("clerk3", "HPC-3")
    at_rest(live)
    live.work_as("admin1")
    live.space.restore(made.path)
    live.bot.waitUntil(lambda: bool(live.window.findChildren(ToldSheet)), timeout=20_000)
    live.settle()
    assert live.shown("told-words")
    assert "Every one was verified" in live.text("told-words")
    assert len(list(tmp_path.glob("office.db.before-restore-*"))) == 1
    assert live.window.workspace is None
    assert live.desk.alone is not None
