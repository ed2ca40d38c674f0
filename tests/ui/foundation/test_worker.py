"""Jobs run on one other thread, in order; their results come home."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from csr_desk.ui.worker import Worker


@pytest.fixture
def worker(qtbot: QtBot) -> Iterator[Worker]:
    made = Worker()
    yield made
    made.stop()


def idle(worker: Worker, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: worker.pending == 0, timeout=5000)


def test_the_job_runs_elsewhere_and_its_result_comes_to_this_thread(worker: Worker, qtbot: QtBot) -> None:
    seen: list[tuple[str, str]] = []
    worker.run(
        lambda: threading.current_thread().name,
        lambda name: seen.append((name, threading.current_thread().name)),
        lambda error: pytest.fail(str(error)),
    )
    idle(worker, qtbot)
    assert seen == [("database", threading.main_thread().name)]


def test_results_come_in_the_order_of_the_jobs(worker: Worker, qtbot: QtBot) -> None:
    seen: list[int] = []
    for number in range(50):
        worker.run(lambda number=number: number, seen.append, lambda error: pytest.fail(str(error)))  # type: ignore[misc]
    idle(worker, qtbot)
    assert seen == list(range(50))


def test_an_error_crosses_as_a_value_and_the_next_job_still_runs(worker: Worker, qtbot: QtBot) -> None:
    faults: list[Exception] = []
    values: list[int] = []

    def fail() -> int:
        raise ValueError("out of paper")

    worker.run(fail, values.append, faults.append)
    worker.run(lambda: 7, values.append, faults.append)
    idle(worker, qtbot)
    assert [str(fault) for fault in faults] == ["out of paper"]
    assert values == [7]


def test_the_busy_mark_follows_the_jobs(worker: Worker, qtbot: QtBot) -> None:
    marks: list[bool] = []
    worker.busy.connect(marks.append)
    worker.run(lambda: 1, lambda _value: None, lambda _error: None)
    worker.run(lambda: 2, lambda _value: None, lambda _error: None)
    idle(worker, qtbot)
    assert marks == [True, False]


def test_stopping_finishes_what_was_asked_for_first(qtbot: QtBot) -> None:
    worker = Worker()
    done: list[str] = []
    worker.run(lambda: done.append("sale"), lambda _value: None, lambda _error: None)
    worker.stop(lambda: done.append("closed"))
    assert done == ["sale", "closed"]
