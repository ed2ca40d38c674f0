"""The program as the command ``csr-desk`` opens it, watched by a timer: signed in as soon as can be, then one key."""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from csr_desk.__main__ import main as csr_desk


class Watcher:
    """Does what a person would do, without thinking."""

    def __init__(self) -> None:
        """Look every few milliseconds."""
        self.timer = QTimer()
        self.timer.setInterval(2)
        self.timer.timeout.connect(self.look)
        self.signed_in = False
        self.keyed = False

    def look(self) -> None:
        """Sign in when the ledger is open; send the key when the box has the cursor; say when results are painted."""
        from csr_desk.domain.people import Actor, Role  # noqa: PLC0415 - the window's own imports come first
        from csr_desk.ui.pages.sell.view import SellPage  # noqa: PLC0415 - the same
        from csr_desk.ui.window import MainWindow  # noqa: PLC0415 - the same

        window = next((one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow)), None)
        if window is None or window.desk is None:
            return
        if not self.signed_in:
            if window.worker.pending:  # the sign-in page is still asking who is there
                return
            self.signed_in = True
            window.work_as(Actor("clerk1", "Maria Delgado", "CSR II", Role.CLERK))
        page = window.findChild(SellPage)
        if page is None or not page.isVisible() or not (self.keyed or page.search.edit.hasFocus()):
            return
        if not self.keyed:
            self.keyed = True
            QTest.keyClicks(page.search.edit, "e")
        elif page.search.text() == "e" and page.suggestions.isVisible():
            QApplication.processEvents()
            print("e", time.monotonic(), flush=True)
            self.timer.stop()
            window.close()


def main() -> None:
    """Open the window on the database of the command line."""
    app = QApplication(["csr-desk"])
    app.setQuitOnLastWindowClosed(True)
    watcher = Watcher()
    watcher.timer.start()
    sys.argv = ["csr-desk", "--database", sys.argv[1]]
    csr_desk()


if __name__ == "__main__":
    main()
