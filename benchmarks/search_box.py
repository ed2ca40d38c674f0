"""A key in the search box of the real window to painted results, with 2,308 items, against one frame of a screen."""

from __future__ import annotations

import gc
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from benchmarks import counter
from benchmarks.items import COUNT, fee_schedule
from benchmarks.measure import Measured
from csr_desk.domain.search import ItemIndex
from csr_desk.services.desk import open_desk
from csr_desk.ui.app import prepare
from csr_desk.ui.pages.sell.view import SellPage
from csr_desk.ui.window import MainWindow

BAR = 1.0
FRAME = 1 / 60
"""Seconds between two frames of an ordinary screen."""
PATIENCE = 30.0
TEXTS = (
    "electrical permit",
    "sign construction",
    "alarm",
    "inspection fee",
    "plumbing",
    "certificate",
    "re-insp",
    "an dr",
)
TIMES = 5


class Painted(QObject):
    """Notes when the list under the box was last painted."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 0.0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look on; the paint itself follows, so the moment is taken after the event loop came back."""
        if event.type() == QEvent.Type.Paint:
            self.at = time.perf_counter()
        return super().eventFilter(watched, event)


def run() -> Measured:
    """Type the texts key by key and time each key."""
    with tempfile.TemporaryDirectory(prefix="csr-desk-search-") as folder:
        path = Path(folder) / "counter.db"
        counter.new_counter(path)
        existing = QApplication.instance()
        app = existing if isinstance(existing, QApplication) else QApplication(["csr-desk"])
        prepare(app)
        window = MainWindow(lambda: open_desk(counter.url(path)))
        try:
            times = _time_keys(_sell_page(window), window)
        finally:
            window.close()
    times.sort()
    p95 = times[len(times) * 95 // 100]
    return Measured(
        f"a key in the search box to painted results ({COUNT:,} items)", "one frame of 16.7 ms", BAR,
        statistics.median(times), FRAME, len(times),
        note=f"p95 {p95 * 1000:.1f} ms, worst {times[-1] * 1000:.1f} ms; software painting without a display",
    )  # fmt: skip


def _sell_page(window: MainWindow) -> SellPage:
    window.show()
    _until(lambda: window.desk is not None and window.worker.pending == 0)
    desk = window.desk
    if desk is None:
        raise RuntimeError("The window could not open the ledger.")
    rows = fee_schedule(desk.catalogue)
    if len(rows) != COUNT:
        raise RuntimeError(f"{len(rows)} items instead of {COUNT}.")
    desk.__dict__["item_index"] = ItemIndex(rows)
    window.work_as(counter.CLERK)
    _until(lambda: window.worker.pending == 0)
    page = window.findChild(SellPage)
    if page is None:
        raise RuntimeError("There is no sell page.")
    return page


def _until(done: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not done():
        QApplication.processEvents()
        if time.monotonic() > end:
            raise RuntimeError("The window did not come to rest.")
    QApplication.processEvents()


def _time_keys(page: SellPage, window: MainWindow) -> list[float]:
    box: QLineEdit = page.search.edit
    painted = Painted()
    page.suggestions.viewport().installEventFilter(painted)
    times: list[float] = []
    for again in range(TIMES + 1):
        for text in TEXTS:
            box.clear()
            _until(lambda: window.worker.pending == 0)
            gc.collect()
            for sign in text:
                took = _key(box, sign, painted)
                if again:
                    times.append(took)
        if not page.suggestions.found.rowCount():
            raise RuntimeError(f"“{TEXTS[-1]}” found nothing; the benchmark would measure an empty list.")
    return times


def _key(box: QLineEdit, sign: str, painted: Painted) -> float:
    """Press one key and wait until the list has been painted with what it finds."""
    start = time.perf_counter()
    painted.at = 0.0
    QTest.keyClicks(box, sign)
    while not painted.at:
        QApplication.processEvents()
        if time.perf_counter() - start > PATIENCE:
            raise RuntimeError("The list was not painted.")
    return time.perf_counter() - start
