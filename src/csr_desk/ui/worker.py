"""The one database thread. It owns the desk (the engine is made on it); only frozen values cross to the window."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal

T = TypeVar("T")


class Worker(QObject):
    """Runs jobs one after the other on its thread. Lives in the window's thread; results come by one queued signal."""

    busy = Signal(bool)
    """True while jobs are waiting or running."""
    _crossed = Signal(object)

    def __init__(self, parent: QObject | None = None, name: str = "database") -> None:
        """Start the thread; it waits for jobs."""
        super().__init__(parent)
        self._jobs: queue.SimpleQueue[Callable[[], Callable[[], None]] | None] = queue.SimpleQueue()
        self._pending = 0
        # a bound slot of an object of this thread: a lambda would run on the sender's thread
        self._crossed.connect(self._arrive, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    @property
    def pending(self) -> int:
        """The number of jobs whose results have not come back yet."""
        return self._pending

    def run(self, job: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]) -> None:
        """Do ``job`` on the database thread, then call ``done`` or ``failed`` here."""

        def task() -> Callable[[], None]:
            try:
                value = job()
            except Exception as error:  # noqa: BLE001 -- every error must cross to problems.py
                fault = error
                return lambda: failed(fault)
            return lambda: done(value)

        self._pending += 1
        if self._pending == 1:
            self.busy.emit(True)
        self._jobs.put(task)

    def stop(self, last: Callable[[], None] | None = None, wait_seconds: float = 10.0) -> None:
        """Finish what is queued, do ``last`` on the thread (close the desk), end the thread.

        After ``wait_seconds`` nobody waits any longer; what the thread still brings then goes nowhere.
        """
        if last is not None:
            closing = last

            def task() -> Callable[[], None]:
                closing()
                return _nothing

            self._pending += 1
            self._jobs.put(task)
        self._jobs.put(None)
        self._thread.join(timeout=wait_seconds)

    def _work(self) -> None:
        while (task := self._jobs.get()) is not None:
            result = task()
            try:
                self._crossed.emit(result)
            except RuntimeError:
                return  # nobody waited, and the window is gone

    def _arrive(self, result: Callable[[], None]) -> None:
        self._pending -= 1
        if self._pending == 0:
            self.busy.emit(False)
        result()


def _nothing() -> None:
    """The result of closing."""
