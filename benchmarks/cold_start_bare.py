"""The least that a window of this kind can be: PySide6, sqlalchemy imported, one line edit that takes a key."""

from __future__ import annotations

import sys
import time

import sqlalchemy
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow


def main() -> None:
    """Show the window, send a key, say when it arrived (seconds of the system's monotonic clock)."""
    app = QApplication(["bare"])
    window = QMainWindow()
    edit = QLineEdit()
    window.setCentralWidget(edit)
    window.resize(1366, 768)

    def arrived(text: str) -> None:
        app.processEvents()
        print(text, sqlalchemy.__version__, time.monotonic(), flush=True)
        app.quit()

    edit.textChanged.connect(arrived)
    window.show()
    edit.setFocus()
    QTimer.singleShot(0, lambda: QTest.keyClicks(edit, "e"))
    sys.exit(app.exec())


if __name__ == "__main__":
    main()
