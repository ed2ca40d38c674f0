"""Counters in processes of their own, each told act by act what to do: what one says is noted before its next act."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from csr_desk.domain.cart import CartLine
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import sell
from csr_desk.services.lines import BillLine
from proof.counter import ITEM, Counter, open_counter
from proof.swapped import NOT_RECORDED, RECORDED, told


@dataclass(frozen=True, slots=True)
class Answer:
    """What a counter told about an act."""

    outcome: str
    words: str = ""
    """The sentence of a refusal or trouble."""
    kind: str = ""
    """Its class."""
    value: str = ""
    """The receipt, deposit or batch."""
    replayed: bool = False
    seconds: float = 0.0


def _sell(counter: Counter, key: str, cart: str) -> Any:
    order = Tender(TenderKind.MONEY_ORDER, number=cart)
    command = sell.CompleteSale(key, None, (CartLine(ITEM),), (order,), memo=cart, demo_inputs=True)
    return sell.complete_sale(counter.desk, counter.clerk, command)


def _pay(counter: Counter, key: str, bill: str) -> Any:
    order = Tender(TenderKind.MONEY_ORDER, number=bill)
    command = sell.CompleteSale(key, None, (BillLine("bill", bill),), (order,), memo=bill)
    return sell.complete_sale(counter.desk, counter.clerk, command)


def _bag(counter: Counter, key: str, batch: str) -> Any:
    counter.batch = batch
    return counter.bag(key, bag=key[:8])


ACTS: dict[str, Callable[..., Any]] = {
    "open": Counter.open,
    "sell": _sell,
    "pay": _pay,
    "cash": Counter.sell,
    "count": Counter.count,
    "hand in": Counter.hand_in,
    "accept": Counter.accept,
    "bag": _bag,
    "close": Counter.close_day,
}


def _work(orders: Connection, url: str, keys: Path, number: int) -> None:
    logging.getLogger("psycopg").setLevel(logging.CRITICAL)  # it tells of each link that was cut
    counter: Counter | None = None
    with contextlib.suppress(EOFError):
        while True:
            act, key, *words = orders.recv()
            begun = time.monotonic()
            try:
                if counter is None:
                    counter = open_counter(url, keys, number)
                done = ACTS[act](counter, key, *words)
                value = getattr(done.value, "number", "") or getattr(done.value, "deposit", "") or counter.batch
                answer = Answer(RECORDED, value=str(value), replayed=done.replayed)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is what the clerk gets
                # an office that does not open says so, and records nothing
                outcome = NOT_RECORDED if counter is None and "cannot be" in str(error) else told(error)
                answer = Answer(outcome, str(error)[:300], type(error).__name__)
            orders.send(_timed(answer, time.monotonic() - begun))


def _timed(answer: Answer, seconds: float) -> Answer:
    return Answer(answer.outcome, answer.words, answer.kind, answer.value, answer.replayed, seconds)


class Crew:
    """Some counters at work."""

    def __init__(self, url: str, keys: Path, size: int, prepare: Callable[[], None] | None = None) -> None:
        """Start the processes; ``prepare`` runs first in each (a self-test breaks something there)."""
        context = get_context("fork")
        self.links: list[Connection] = []
        self._processes = []
        for number in range(1, size + 1):
            mine, theirs = context.Pipe()
            process = context.Process(target=partial(_prepared, prepare, theirs, url, keys, number), daemon=True)
            process.start()
            theirs.close()
            self.links.append(mine)
            self._processes.append(process)

    def tell(self, at: int, act: str, key: str, *words: str) -> None:
        """Have a counter (0, 1, …) do something."""
        self.links[at].send((act, key, *words))

    def ask(self, at: int, act: str, key: str, *words: str) -> Answer:
        """Have a counter do something and wait for what it says."""
        self.tell(at, act, key, *words)
        answer: Answer = self.links[at].recv()
        return answer

    def all_at_once(self, acts: Sequence[tuple[str, ...]]) -> list[Answer]:
        """Have each counter do its act at the same time; give what each says."""
        for at, act in enumerate(acts):
            self.links[at].send(act)
        return [self.links[at].recv() for at in range(len(acts))]

    def answers(self, seconds: float) -> Iterator[tuple[int, Answer]]:
        """Give what has been said, waiting for so long at most."""
        ready = wait(self.links, timeout=seconds)
        for at, link in enumerate(self.links):
            if link in ready:
                yield at, link.recv()

    def end(self) -> None:
        """Send everybody home."""
        for link in self.links:
            link.close()
        for process in self._processes:
            process.kill()
            process.join()


def _prepared(prepare: Callable[[], None] | None, orders: Connection, url: str, keys: Path, number: int) -> None:
    if prepare is not None:
        prepare()
    _work(orders, url, keys, number)
