"""Many counters sell while links are cut, backends are killed and the server crashes; then the books are judged."""

from __future__ import annotations

import random
import threading
from collections import Counter as Tally
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from csr_desk.data.verify import verify
from postgres_cluster import Cluster
from proof.counter import make_office, new_key
from proof.crew import Answer, Crew
from proof.swapped import CRASHED, NOT_RECORDED, RECORDED
from proof.wire_cutter import Chance, WireCutter

SALES = """
SELECT event.idem_key, event.series_id, event.receipt_no, held.text
FROM ledger_event AS event
JOIN ledger_note AS note ON note.series_id = event.series_id AND note.seq = event.seq AND note.topic = 'memo'
JOIN note_text AS held ON held.series_id = note.series_id AND held.seq = note.seq AND held.n = note.n
"""
KILL = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE application_name = 'csr-desk' AND state <> 'idle' ORDER BY random() LIMIT 1
"""
SHARE_OF_GIVEN_UP = 0.1
"""How often a clerk who is told “not recorded” lets it be."""
OPENINGS = 6
"""How often a counter tries to open in the morning."""


@dataclass(frozen=True, slots=True)
class Weather:
    """What is done to the counters: how many payments each is to make, and what happens meanwhile."""

    sales: int
    calm: int
    """Payments of each counter before anything happens."""
    kills: int
    crashes: int
    one_in: int
    """Cuts of the link: one in so many messages; 0 for none."""
    counters: int = 8
    seed: int = 5


@dataclass
class Cart:
    """What one customer buys."""

    name: str
    key: str
    receipt: str = ""
    given_up: bool = False
    told: list[str] = field(default_factory=list)
    """What was told at each try."""


@dataclass
class Log:
    """What the parent saw."""

    carts: list[Cart] = field(default_factory=list)
    calm_seconds: list[float] = field(default_factory=list)
    kills: int = 0
    crashes: int = 0
    cuts: int = 0
    untrue: list[str] = field(default_factory=list)
    outcomes: Tally[str] = field(default_factory=Tally)


class Storm:
    """One run."""

    def __init__(self, server: Cluster, database: str, folder: Path, weather: Weather) -> None:
        """Make the office, and the way to it that can be cut."""
        self.server, self.database, self.weather = server, database, weather
        self.keys = folder / "keys"
        self.folder = folder
        self.log = Log()
        self.dice = random.Random(weather.seed)  # noqa: S311 - a seed, so that a night can be run again
        self.left = [weather.sales] * weather.counters
        self.current: list[Cart | None] = [None] * weather.counters
        server.execute(f"CREATE DATABASE {database}")
        make_office(server.url(database), self.keys, counters=weather.counters)

    def run(self, prepare: Callable[[], None] | None = None) -> Log:
        """Sell through the storm until every counter has sold what it should."""
        with WireCutter(self.server.folder, self.folder / "wire") as wire:
            url = self.server.url(self.database).replace(str(self.server.folder), str(wire.folder))
            crew = Crew(url, self.keys, self.weather.counters, prepare)
            try:
                self._open(crew)
                self._sell(crew, wire)
                self.log.cuts = wire.order(None)[1]
            finally:
                crew.end()
        return self.log

    def _open(self, crew: Crew) -> None:
        """Open the drawers; on a busy machine a connection may give up, and is asked for again."""
        keys = [new_key() for _ in range(self.weather.counters)]
        for at, first in enumerate(crew.all_at_once([("open", key) for key in keys])):
            answer, tries = first, 1
            while answer.outcome != RECORDED and tries < OPENINGS:
                answer, tries = crew.ask(at, "open", keys[at]), tries + 1
            if answer.outcome != RECORDED:
                raise RuntimeError(answer.words)

    def _sell(self, crew: Crew, wire: WireCutter) -> None:
        for at in range(self.weather.counters):
            self._next(crew, at)
        troubles = self._troubles()
        stormy = False
        while any(self.current):
            for at, answer in crew.answers(60.0):
                self._hear(at, answer)
                self._next(crew, at)
            done = sum(1 for cart in self.log.carts if cart.receipt or cart.given_up)
            if not stormy and done >= self.weather.calm * self.weather.counters:
                stormy = True
                if self.weather.one_in:
                    wire.order(Chance(self.weather.one_in, 0.1, self.weather.seed))
            while troubles and done >= troubles[0][0]:
                self._trouble(troubles.pop(0)[1])

    def _troubles(self) -> list[tuple[int, str]]:
        """Spread the kills and crashes over the payments that come after the calm."""
        weather = self.weather
        first, last = weather.calm * weather.counters, weather.sales * weather.counters - weather.counters
        kinds = ["kill"] * weather.kills + ["crash"] * weather.crashes
        return sorted((self.dice.randint(first, max(first, last)), kind) for kind in kinds)

    def _trouble(self, kind: str) -> None:
        if kind == "crash":
            self.server.crash()
            self.server.start()
            self.log.crashes += 1
            return
        with psycopg.connect(self.server.url("postgres"), autocommit=True) as link:
            for _ in range(2_000):  # until somebody is in the middle of something
                if link.execute(KILL).fetchall():
                    self.log.kills += 1
                    return

    def _next(self, crew: Crew, at: int) -> None:
        """Have a counter sell the next cart, or try its cart again."""
        cart = self.current[at]
        if cart is None and self.left[at]:
            self.left[at] -= 1
            cart = self.current[at] = Cart(f"c{at}n{self.left[at]}", new_key())
            self.log.carts.append(cart)
        if cart is not None:
            crew.tell(at, "sell", cart.key, cart.name)

    def _hear(self, at: int, answer: Answer) -> None:
        """Note what a counter said before it does anything else."""
        cart = self.current[at]
        if cart is None:
            return
        self.log.outcomes[answer.outcome] += 1
        if answer.outcome == CRASHED:
            self.log.untrue.append(f"{answer.kind}: {answer.words}")
        if answer.outcome == RECORDED:
            cart.receipt = answer.value
            if answer.replayed and set(cart.told) == {NOT_RECORDED}:
                self.log.untrue.append(f"{cart.name} was told not to be recorded, and was")
            if len(self.log.carts) <= self.weather.calm * self.weather.counters:
                self.log.calm_seconds.append(answer.seconds)
            self.current[at] = None
            return
        cart.told.append(answer.outcome)
        if answer.outcome == NOT_RECORDED and self.dice.random() < SHARE_OF_GIVEN_UP:
            cart.given_up = set(cart.told) == {NOT_RECORDED}
            if cart.given_up:
                self.current[at] = None
        threading.Event().wait(0.002)  # a clerk is slower than that; only the harness would spin

    def judge(self) -> tuple[int, int, int, str]:
        """Compare what was told with what is stored: lost, doubled, altered, and the first of it in words."""
        with psycopg.connect(self.server.url(self.database)) as link:
            rows = link.execute(SALES).fetchall()
            numbers = link.execute(
                "SELECT series_id, receipt_no FROM ledger_event WHERE receipt_no IS NOT NULL"
            ).fetchall()
        by_cart: dict[str, list[tuple[str, str]]] = {}
        for key, series, number, name in rows:
            by_cart.setdefault(name, []).append((key, f"{series.replace('-', '')}-{number:07d}"))
        wrong: list[tuple[str, str]] = [("altered", words) for words in self.log.untrue]
        for cart in self.log.carts:
            wrong += _of_cart(cart, by_cart.pop(cart.name, []))
        wrong += [("altered", f"{name} was never sold") for name in by_cart]
        given = Tally(numbers)
        wrong += [("doubled", f"receipt {series} {number} twice") for (series, number), n in given.items() if n > 1]
        for series in {series for series, _ in given}:
            own = sorted(number for one, number in given if one == series)
            wrong += [("lost", f"a gap in {series}")] if own != list(range(1, len(own) + 1)) else []
        report = verify(self.server.url(self.database), key_folder=self.keys, processes=1)
        if not report.ok:
            wrong.append(("altered", str(report.first_fault)))
        counts = Tally(kind for kind, _ in wrong)
        return counts["lost"], counts["doubled"], counts["altered"], wrong[0][1] if wrong else ""


def _of_cart(cart: Cart, stored: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Judge one cart."""
    if len(stored) > 1:
        return [("doubled", f"{cart.name} was recorded {len(stored)} times")]
    if cart.given_up:
        return [("altered", f"{cart.name} was told not to be recorded, and is")] if stored else []
    if not stored:
        return [("lost", f"{cart.name}, receipt {cart.receipt}, is not there")]
    return [] if stored == [(cart.key, cart.receipt)] else [("altered", f"{cart.name}: {stored}, not {cart.receipt}")]
