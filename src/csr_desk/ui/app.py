"""Sets Qt up once and runs the window."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QByteArray, QCoreApplication, QLocale, QSettings
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from csr_desk.locations import resources
from csr_desk.ui.problems import explain, keep_log
from csr_desk.ui.prompts import FaultSheet
from csr_desk.ui.theme import FAMILY, Look, put_on
from csr_desk.ui.window import MainWindow, Opener
from csr_desk.ui.wording import speak

TITLE_BAR = 40
"""Room that a window manager takes for its title bar, in pixels."""


def prepare(app: QApplication, look: Look = Look.LIGHT) -> None:
    """Locale, typeface, style, colours: the same on every machine."""
    QLocale.setDefault(QLocale("en_US"))
    speak(_translated)
    app.setApplicationName("CSR Desk")
    app.setStyle("Fusion")
    for face in ("Regular", "SemiBold", "Bold"):
        QFontDatabase.addApplicationFont(str(resources() / "fonts" / f"CSRSans-{face}.ttf"))
    font = QFont(FAMILY)
    font.setPixelSize(14)
    app.setFont(font)
    put_on(app, look)


def _translated(text: str) -> str:
    return QCoreApplication.translate("", text)  # the context under which lupdate files a plain tr()


def remembered_look(settings: QSettings) -> Look:
    """The look that this station wore last."""
    try:
        return Look(str(settings.value("look", "light")))
    except ValueError:
        return Look.LIGHT


def run_window(opener: Opener) -> int:
    """Run the program until its window closes; ``opener`` makes the desk on the database thread."""
    keep_log()
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    settings = QSettings("csr-desk", "csr-desk")
    prepare(app, remembered_look(settings))
    window = MainWindow(opener, settings)
    geometry = settings.value("geometry")
    if isinstance(geometry, QByteArray):
        window.restoreGeometry(geometry)
    sys.excepthook = _hook(window)
    show_fitting(window)
    return app.exec()


def show_fitting(window: MainWindow) -> None:
    """Show the window as it was left; on a screen that cannot hold it with its frame, over the whole screen."""
    room = window.screen().availableSize()
    if window.width() > room.width() or window.height() + TITLE_BAR > room.height():
        window.showMaximized()
    else:
        window.show()


Hook = Callable[[type[BaseException], BaseException, TracebackType | None], None]


def _hook(window: MainWindow) -> Hook:
    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not isinstance(error, Exception):
            sys.__excepthook__(kind, error, trace)
            return
        problem = explain(error)
        if window.workspace is not None:
            window.workspace.open_sheet(FaultSheet(window.workspace, problem))

    return caught
