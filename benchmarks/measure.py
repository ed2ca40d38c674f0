"""Timing two things by turns in one run, and the result that is printed."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

Task = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Measured:
    """A claim and what was measured: seconds of ours and of what it is compared with."""

    what: str
    against: str
    bar: float
    ours: float
    base: float
    rounds: int
    note: str = ""

    @property
    def ratio(self) -> float:
        """Ours over the other."""
        return self.ours / self.base

    @property
    def met(self) -> bool:
        """Whether the bar is kept."""
        return self.ratio <= self.bar


def seconds(task: Task) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    task()
    return time.perf_counter() - start


def _nothing() -> None:
    """Needs no preparation."""


def by_turns(ours: Task, base: Task, *, rounds: int, warm_up: int = 3, before: Task = _nothing) -> tuple[float, float]:
    """Medians of both, taken by turns so that a noisy moment hits both; ``before`` each turn is not timed.

    Whoever goes first changes with every turn; the garbage collector waits meanwhile.
    """
    pairs = []
    for turn in range(warm_up + rounds):
        before()
        gc.collect(0)
        gc.disable()
        try:
            if turn % 2:
                second, first = seconds(base), seconds(ours)
            else:
                first, second = seconds(ours), seconds(base)
        finally:
            gc.enable()
        if turn >= warm_up:
            pairs.append((first, second))
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def median(task: Task, *, rounds: int, warm_up: int = 1) -> float:
    """Median seconds of a task that stands alone."""
    for _ in range(warm_up):
        task()
    return statistics.median(seconds(task) for _ in range(rounds))
