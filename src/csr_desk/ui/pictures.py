"""Draws the real window without a display: the sign-in, then pages as their people see them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDeadlineTimer, QEventLoop
from PySide6.QtWidgets import QApplication

from csr_desk.devices.simulated import FolderPrinter, NoDrawer
from csr_desk.domain.errors import Trouble
from csr_desk.ui.app import prepare
from csr_desk.ui.station_printer import StationPapers
from csr_desk.ui.window import MainWindow, Opener

if TYPE_CHECKING:
    from csr_desk.domain.people import Actor
    from csr_desk.services.desk import Desk

PATIENCE_MS = 30_000
"""How long a picture may take to settle, in milliseconds."""
SCENES = (("clerk1", "sell"), ("supervisor1", "balancing"), ("supervisor1", "reports"))
"""Who looks at which page; a page that this person does not see is left out."""


def picture_window(opener: Opener, folder: Path) -> tuple[Path, ...]:
    """Draw the window into PNG files of ``folder``; raise Trouble where the office cannot be opened."""
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(["csr-desk"])
    prepare(app)
    folder.mkdir(parents=True, exist_ok=True)
    window = MainWindow(opener)
    # there is no printer behind a picture: what waits to be printed is written beside it
    printed = FolderPrinter(folder / "printed")
    window.printing.papers = StationPapers(printed, NoDrawer(), printed, "letter")
    window.show()
    try:
        return tuple(_scenes(window, folder))
    finally:
        window.close()


def _scenes(window: MainWindow, folder: Path) -> Iterator[Path]:
    _settle(lambda: window.worker.pending == 0)
    desk = window.desk
    if desk is None:
        raise Trouble("The window could not open the ledger, so there is no picture of it.")
    yield _draw(window, folder / "window-sign-in.png")
    for user, page in SCENES:
        if _turn_to(window, desk, user, page):
            yield _draw(window, folder / f"window-{page}.png")


def _turn_to(window: MainWindow, desk: Desk, user: str, page: str) -> bool:
    """Let ``user`` work at the window and show ``page``; False where that person does not see it."""
    found: list[Actor] = []

    def look_up() -> Actor:
        from csr_desk.services.staff import person

        return person(desk, user)

    window.worker.run(look_up, found.append, lambda _unknown: None)
    _settle(lambda: window.worker.pending == 0)
    if not found:
        return False
    window.work_as(found[0])
    workspace = window.workspace
    if workspace is None or page not in {spec.key for spec in workspace.specs}:
        return False
    workspace.go(page)
    _settle(lambda: window.worker.pending == 0)
    return True


def _settle(done: Callable[[], bool]) -> None:
    """Let the window work until ``done`` and painted."""
    deadline = QDeadlineTimer(PATIENCE_MS)
    while not deadline.hasExpired():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        if done():
            QApplication.processEvents()
            if done():
                return
    raise Trouble("The window did not come to rest, so there is no picture of it.")


def _draw(window: MainWindow, target: Path) -> Path:
    window.grab().save(str(target))
    return target
