"""The program as the command ``csr-desk`` opens it, watched by a timer: signed in as soon as can be, then one key."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from csr_desk import bootstrap
from csr_desk.__main__ import main as csr_desk

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from csr_desk.ui.theme import Look
    from csr_desk.ui.window import MainWindow


def open_watched(database: str) -> int:
    """Do what the program does, and set a watcher beside it once everything is loaded."""
    import csr_desk.services.desk  # noqa: F401, PLC0415 - the order of loading is the program's own
    from csr_desk.ui import app  # noqa: PLC0415 - the same

    prepare = app.prepare

    def prepare_and_watch(qt: QApplication, *look: Look) -> None:
        prepare(qt, *look)
        watch()

    setattr(app, "prepare", prepare_and_watch)  # noqa: B010 - the same, with the look given or not
    return plain_open(database)


Step: TypeAlias = "Callable[[MainWindow], bool]"

plain_open = bootstrap.open_window


def watch() -> None:
    """Look every few milliseconds what a person could do next, and do it without thinking."""
    from PySide6.QtCore import QTimer  # noqa: PLC0415 - loaded by the program by now
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - the same

    from csr_desk.ui.window import MainWindow  # noqa: PLC0415 - the same

    app = QApplication.instance()
    timer = QTimer(app)
    steps: Iterator[Step] = iter((signed_in, keyed, painted))
    step: Step = next(steps)

    def look() -> None:
        nonlocal step
        for window in QApplication.topLevelWidgets():
            if isinstance(window, MainWindow) and step(window):
                step = next(steps, done)

    timer.timeout.connect(look)
    timer.start(2)


def signed_in(window: MainWindow) -> bool:
    """Sign in when the ledger is open and the sign-in page has shown who is there."""
    from csr_desk.domain.people import Actor, Role  # noqa: PLC0415 - loaded by the program by now

    if window.desk is None or window.worker.pending:
        return False
    window.work_as(Actor("clerk1", "Maria Delgado", "CSR II", Role.CLERK))
    return True


def keyed(window: MainWindow) -> bool:
    """Send a key when the box has the cursor."""
    from PySide6.QtTest import QTest  # noqa: PLC0415 - the program does not load it
    from PySide6.QtWidgets import QApplication, QLineEdit  # noqa: PLC0415 - the same

    box = QApplication.focusWidget()
    if not isinstance(box, QLineEdit) or not box.isVisible() or window.workspace is None:
        return False
    QTest.keyClicks(box, "e")
    return True


def painted(window: MainWindow) -> bool:
    """Say when the items that the key finds are painted."""
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - loaded by the program by now

    from csr_desk.ui.pages.sell.view import SellPage  # noqa: PLC0415 - the same

    page = window.findChild(SellPage)
    if page is None or page.search.text() != "e" or not page.suggestions.isVisible():
        return False
    QApplication.processEvents()
    print("e", time.monotonic(), flush=True)
    window.close()
    return True


def done(_window: MainWindow) -> bool:
    """Nothing is left to do."""
    return False


if __name__ == "__main__":
    bootstrap.open_window = open_watched
    sys.argv = ["csr-desk", "--database", sys.argv[1]]
    csr_desk()
