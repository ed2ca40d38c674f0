"""G5, cut by cut: the link is cut at each message of a sale in turn, and what the desk says is compared at once."""

from __future__ import annotations

import itertools
import threading
import time
from collections import Counter as Tally
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias
from unittest.mock import patch

import psycopg

from csr_desk.data import ledger_writer
from csr_desk.data.verify import verify
from postgres_cluster import Cluster
from proof.counter import make_office, new_key
from proof.crew import Crew
from proof.storm import SALES
from proof.swapped import CRASHED, NOT_KNOWN, NOT_RECORDED, RECORDED
from proof.table import Row, Tier
from proof.wire_cutter import AFTER, BEFORE, COMMIT, DOWN, LATE, UP, Cut, WireCutter

LAST = 4
"""So many messages at the end of a sale are cut always: COMMIT is among them."""
OUTAGE = 0.3
"""Seconds without a way to the server, so that the desk cannot even ask what became of its COMMIT."""
LONGEST = 20.0
"""Seconds after which a payment that is tried again and again is given up for lost."""
Cutting: TypeAlias = Callable[[dict[str, int]], Sequence[Cut]]
_RUNS = itertools.count(1)


@dataclass
class Found:
    """What some cuts brought to light."""

    cuts: int = 0
    lost: int = 0
    doubled: int = 0
    altered: int = 0
    first: str = ""
    outcomes: Tally[str] = field(default_factory=Tally)

    def wrong(self, kind: str, words: str) -> None:
        """Note something."""
        setattr(self, kind, getattr(self, kind) + 1)
        self.first = self.first or words


class Cuts:
    """One counter whose link is cut again and again."""

    def __init__(self, server: Cluster, folder: Path, name: str) -> None:
        """Make the office."""
        folder.mkdir()
        self.server, self.folder, self.name = server, folder, name
        server.execute(f"CREATE DATABASE {name}")
        make_office(server.url(name), folder / "keys")

    def run(self, cuts: Cutting, *, new_keys: bool = False, prepare: Callable[[], None] | None = None) -> Found:
        """Sell once for each cut; ``cuts`` is given the number of messages of a sale in each direction."""
        found, run = Found(), f"run{next(_RUNS)}"
        with WireCutter(self.server.folder, self.folder / "wire") as wire:
            url = self.server.url(self.name).replace(str(self.server.folder), str(wire.folder))
            crew = Crew(url, self.folder / "keys", 1, prepare)
            try:
                crew.ask(0, "open", new_key())
                wire.order(
                    Cut(UP, 5, BEFORE)
                )  # every sale to come is on a new link, and so is the one that is measured
                messages: dict[str, int] = {}
                for number in range(4):
                    crew.ask(0, "sell", new_key(), f"{run}first{number}")
                    messages, _ = wire.order(None)
                for number, cut in enumerate(cuts(messages)):
                    self._one(crew, wire, cut, (f"{run}n{number}", new_keys), found)
            finally:
                crew.end()
        report = verify(self.server.url(self.name), key_folder=self.folder / "keys", processes=1)
        if not report.ok:
            found.wrong("altered", str(report.first_fault))
        return found

    def _one(self, crew: Crew, wire: WireCutter, cut: Cut, how: tuple[str, bool], found: Found) -> None:
        """Sell with one cut; then again with the same key until it is recorded, as the window does."""
        cart, new_keys = how
        key, before = new_key(), wire.order(cut)[1]
        answer = crew.ask(0, "sell", key, cart)
        found.cuts += wire.order(None)[1] - before
        found.outcomes[answer.outcome] += 1
        there = self._stored(key)
        where = f"{cut.mode} message {cut.number} {cut.direction}: told {answer.outcome} ({answer.words[:60]}), "
        where += f"stored {there}"
        if answer.outcome == CRASHED or (answer.outcome == NOT_RECORDED and there):
            found.wrong("altered", where)
        if answer.outcome == RECORDED and not there:
            found.wrong("lost", where)
        if answer.outcome == NOT_KNOWN and new_keys:
            key = new_key()
        until = time.monotonic() + LONGEST
        while answer.outcome != RECORDED and time.monotonic() < until:
            threading.Event().wait(0.02)  # a clerk is slower than that
            answer = crew.ask(0, "sell", key, cart)
        with psycopg.connect(self.server.url(self.name)) as link:
            times = len(link.execute(f"{SALES} WHERE held.text = %s", (cart,)).fetchall())
        if times != 1:
            found.wrong("doubled" if times else "lost", f"{where}; in the end {times} times")

    def _stored(self, key: str) -> bool:
        """Look a key up, once every transaction that is still under way has ended."""
        with psycopg.connect(self.server.url(self.name)) as link:
            link.execute("LOCK TABLE series IN EXCLUSIVE MODE")
            return link.execute("SELECT 1 FROM ledger_event WHERE idem_key = %s", (key,)).fetchone() is not None


def each(messages: dict[str, int], step: int) -> list[Cut]:
    """Cut at every message (or at some and at all of the end), in each way, and at the end without a way back too."""
    cuts = [Cut(UP, COMMIT, mode, outage) for mode in (BEFORE, AFTER, LATE) for outage in (0.0, OUTAGE)] * 2
    for direction, modes in ((UP, (BEFORE, AFTER, LATE)), (DOWN, (BEFORE, AFTER))):
        count = messages[direction]
        numbers = sorted({*range(1, count + 1, step), *range(max(1, count - LAST + 1), count + 1)})
        cuts += [Cut(direction, number, mode) for number in numbers for mode in modes]
        cuts += [Cut(direction, number, mode, OUTAGE) for number in numbers[-LAST:] for mode in modes]
    return cuts


UNKNOWN = [Cut(UP, COMMIT, AFTER, OUTAGE)] * 3
"""COMMIT is delivered, then nobody gets through for a while: nobody knows."""
UNDER_WAY = [Cut(UP, COMMIT, LATE, late=late) for late in (0.05, 0.3, 1.0, 2.0)]
"""The desk's side of COMMIT is cut, and the server gets it a while later: longer than a busy desk takes to look."""


def without_lock() -> None:
    """Have the program look up what became of a COMMIT without waiting for it: broken on purpose."""
    ledger_writer.HEADS["postgresql"] = ledger_writer.HEADS["postgresql"].replace(" FOR NO KEY UPDATE OF series", "")


def rows(tier: Tier, server: Cluster, folder: Path) -> Iterator[Row]:
    """Prove it."""
    step = {Tier.TASTE: 40, Tier.COMMIT: 6, Tier.NIGHT: 1}[tier]
    one = Cuts(server, folder / "cuts", "cuts")
    yield _row("link cut at each message", one.run(lambda messages: each(messages, step)))
    yield _row("an unknown outcome keyed anew", one.run(lambda _: UNKNOWN, new_keys=True), broken=True)
    with patch.dict(ledger_writer.HEADS):
        yield _row(
            "outcome looked up without the lock", one.run(lambda _: UNDER_WAY, prepare=without_lock), broken=True
        )


def _row(what: str, found: Found, *, broken: bool = False) -> Row:
    tried = sum(found.outcomes.values())
    said = ", ".join(f"{number} {outcome}" for outcome, number in sorted(found.outcomes.items()))
    return Row(
        "G5",
        what,
        "postgresql",
        tried,
        found.cuts,
        lost=found.lost,
        doubled=found.doubled,
        altered=found.altered,
        remark=f"told: {said}" if broken or not found.first else found.first[:200],
        broken_on_purpose=broken,
    )
