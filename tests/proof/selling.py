"""A clerk who sells in a process of its own while something else goes on, and notes what was acknowledged."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from csr_desk.domain.tender import Tender, TenderKind
from proof.counter import new_key, open_counter

WAIT_SECONDS = 30


@dataclass(frozen=True)
class Acknowledged:
    """A sale that the clerk was told is recorded."""

    key: str
    receipt: str
    took: float
    """Seconds from the key to the word."""


def sell_on(url: str, keys: Path, notes: Path, stop: Any) -> None:
    """Sell until told to stop; a line in ``notes`` is the clerk's word that a sale is recorded."""
    counter = open_counter(url, keys)
    counter.open()
    numbers = itertools.count(1)
    with notes.open("a", encoding="utf-8", buffering=1) as file:
        while not stop.is_set():
            # checks: a drawer full of cash would lock
            tender = Tender(TenderKind.CHECK, number=str(next(numbers)))
            key, begun = new_key(), time.perf_counter()
            done = counter.sell(key, tender)
            file.write(f"{key} {done.value.number} {time.perf_counter() - begun:.6f}\n")
    counter.desk.close()


def acknowledged(notes: Path) -> list[Acknowledged]:
    """Read what the clerk noted so far, whole lines only."""
    if not notes.exists():
        return []
    lines = notes.read_text(encoding="utf-8").split("\n")[:-1]
    return [Acknowledged(key, receipt, float(took)) for key, receipt, took in (line.split() for line in lines)]


@contextmanager
def clerk_at_work(url: str, keys: Path, notes: Path) -> Iterator[None]:
    """Let the clerk sell meanwhile; the first sale is done when it begins."""
    context = get_context("spawn")
    stop = context.Event()
    clerk = context.Process(target=sell_on, args=(url, keys, notes, stop), daemon=True)
    clerk.start()
    begun = time.monotonic()
    while not acknowledged(notes):
        if not clerk.is_alive() or time.monotonic() - begun > WAIT_SECONDS:
            raise RuntimeError("the clerk did not begin")
        stop.wait(0.02)
    try:
        yield
    finally:
        stop.set()
        clerk.join(WAIT_SECONDS)
        if clerk.is_alive():
            clerk.kill()
