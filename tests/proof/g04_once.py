"""G4: one key, one payment, however often it is sent.

Replayed, after an unknown outcome, from two desks at once, by a clerk in a hurry at the window.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Connection, event
from sqlalchemy.exc import OperationalError

from csr_desk.domain.changes import Done
from csr_desk.domain.errors import Trouble
from csr_desk.domain.people import Actor
from csr_desk.domain.receipt import Receipt
from csr_desk.services import recovery, sell
from csr_desk.services.desk import Desk
from postgres_cluster import binaries, cluster
from proof.broken_desk import CARD, Outcome, Place, broken, doubles_of, entries_of, open_window, prepared
from proof.counter import Counter, make_office, new_key, open_counter
from proof.table import Row, Tier

REPLAYS = {Tier.TASTE: 30, Tier.COMMIT: 1_000, Tier.NIGHT: 10_000}
UNKNOWN = {Tier.TASTE: 4, Tier.COMMIT: 40, Tier.NIGHT: 400}
AT_ONCE = {Tier.TASTE: 3, Tier.COMMIT: 40, Tier.NIGHT: 400}
ACTIVATIONS = {Tier.TASTE: 12, Tier.COMMIT: 240, Tier.NIGHT: 1_000}
DESKS = 2
THREADS = 4


def rows(tier: Tier, folder: Path) -> Iterator[Row]:
    """Send everything again and again."""
    with prepared(folder) as place:
        yield from _on(tier, place, "sqlite", lambda name: f"sqlite:///{place / name}.db")
        if binaries() is not None:
            with cluster() as server:

                def made(name: str) -> str:
                    server.execute(f"CREATE DATABASE {name}")
                    return server.url(name)

                yield from _on(tier, place, "postgresql", made)
        yield at_the_window(ACTIVATIONS[tier], place / "window")
        yield from self_tests(place)


def _on(tier: Tier, folder: Path, engine: str, url_of: Callable[[str], str]) -> Iterator[Row]:
    for what, prove, number in (
        ("the same key replayed", replayed, REPLAYS[tier]),
        ("again after an unknown outcome", after_unknown, UNKNOWN[tier]),
        ("the same key at two desks at once", at_once, AT_ONCE[tier]),
    ):
        name = prove.__name__
        place = Place(url_of(name), folder / f"{engine}-{name}")
        make_office(place.url, place.keys)
        outcome, remark = prove(place, number)
        yield outcome.row("G4", what, engine, remark)


def _compare(desk: Desk, keys: dict[str, str], outcome: Outcome) -> None:
    """Each key stands there once with the number that was told for it, and nothing else was sold."""
    stands = entries_of(desk)
    outcome.doubled += outcome.wrong("a key or a number stands there twice", doubles_of(desk))
    outcome.lost += outcome.wrong("a key is missing", sum(key not in stands for key in keys))
    sold = {key for key, (_, number) in stands.items() if number is not None}
    outcome.doubled += outcome.wrong("more was sold than was keyed", len(sold - keys.keys()))


# ---- replayed


def replayed(place: Place, times: int) -> tuple[Outcome, str]:
    """Do a day; send each act of it again, a sale most often; every answer must be the first one."""
    outcome, keys = Outcome(), dict[str, str]()
    counter = Counter(open_window(place))
    every = list[tuple[str, str]]()
    try:
        for name, key, plain in counter.acts(sales=4):
            act = _with_its_bag(counter, name, key, plain)
            first = act()
            every.append((name, key))
            if name in {"sale", "void"}:
                keys[key] = str(first.value.number)
            again = times // 6 if name == "sale" else times // 30
            for _ in range(0 if name == "count" else again):  # stopping to sell is an act of its own there
                _replay(counter, act, first, outcome)
        _compare(counter.desk, keys, outcome)
    finally:
        counter.desk.close()
    return outcome, f"{len(every)} acts of a day, {outcome.attempts} times again"


def _with_its_bag(counter: Counter, name: str, key: str, act: Callable[[], Done[Any]]) -> Callable[[], Done[Any]]:
    """The same command again names the same bag."""
    if name == "drop":
        return lambda: counter.drop(key, key[:8])
    if name == "deposit":
        return lambda: counter.bag(key, key[:8])
    return act


def _replay(counter: Counter, act: Callable[[], Done[Any]], first: Done[Any], outcome: Outcome) -> None:
    outcome.attempts += 1
    kept = len(counter.receipts), counter.cash, counter.taken
    done = act()
    del counter.receipts[kept[0] :]
    counter.cash, counter.taken = kept[1:]
    if not done.replayed:
        outcome.doubled += outcome.wrong(f"an act was done again: {type(first.value).__name__}")
    if getattr(done.value, "number", None) != getattr(first.value, "number", None):
        outcome.altered += outcome.wrong("the second answer is another one")


# ---- after an unknown outcome


def after_unknown(place: Place, times: int) -> tuple[Outcome, str]:
    """Let COMMIT raise, before or after it was durable; whatever was told, the same key then gives one payment."""
    outcome, keys = Outcome(), dict[str, str]()
    counter = Counter(open_window(place))
    counter.open()
    broken: list[bool] = []

    def fail(connection: Connection) -> None:
        if broken:
            raw = connection.connection.dbapi_connection
            assert raw is not None
            if broken.pop():
                raw.commit()
            raise _fault(counter.desk)

    event.listen(counter.desk.store.write_engine, "commit", fail)
    truths = 0
    try:
        for number in range(times):
            key = new_key()
            broken.append(number % 2 == 0)
            outcome.attempts += 2
            outcome.faults += 1
            told = _told(counter, key)
            truths += told is (number % 2 == 0)
            outcome.altered += outcome.wrong("the outcome told is not the one stored", told is not (number % 2 == 0))
            if counter.desk.stopped:
                recovery.check_again(counter.desk)
            keys[key] = counter.sell(key, CARD).value.number
        _compare(counter.desk, keys, outcome)
    finally:
        counter.desk.close()
    return outcome, f"{truths} of {times} outcomes told rightly before the retry"


def _told(counter: Counter, key: str) -> bool:
    try:
        counter.sell(key, CARD)
    except Trouble:
        return False
    return True


def _fault(desk: Desk) -> OperationalError:
    if desk.store.dialect == "postgresql":
        return OperationalError("COMMIT", {}, psycopg.OperationalError("server closed the connection unexpectedly"))
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR
    return OperationalError("COMMIT", {}, error)


# ---- at two desks at once


def at_once(place: Place, rounds: int) -> tuple[Outcome, str]:
    """Send one command from two desks, four threads in all, at the same moment."""
    outcome, keys = Outcome(), dict[str, str]()
    counters = [open_counter(place.url, place.keys) for _ in range(DESKS)]
    counters[0].open()
    try:
        for _ in range(rounds):
            key = new_key()
            numbers = _race(counters, key, outcome)
            if len(set(numbers)) > 1:
                outcome.altered += outcome.wrong(f"one key was told {len(set(numbers))} numbers")
            keys[key] = numbers[0] if numbers else ""
        _compare(counters[0].desk, keys, outcome)
    finally:
        for counter in counters:
            counter.desk.close()
    return outcome, f"{THREADS} threads at {DESKS} desks, {rounds} keys"


def _race(counters: list[Counter], key: str, outcome: Outcome) -> list[str]:
    together = threading.Barrier(THREADS)
    numbers: list[str] = []

    def run(counter: Counter) -> None:
        together.wait()
        numbers.append(counter.sell(key, CARD).value.number)

    threads = [threading.Thread(target=run, args=(counters[at % DESKS],)) for at in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    outcome.attempts += THREADS
    return numbers


# ---- at the window


def at_the_window(activations: int, folder: Path) -> Row:
    """Let a clerk in a hurry pay at the real window."""
    outcome, meant, done = hurried(activations, folder)
    return outcome.row("G4", "a clerk in a hurry at the window", "sqlite", f"{meant} sales meant, {done} activations")


def hurried(activations: int, folder: Path) -> tuple[Outcome, int, int]:
    """Pay hurriedly and count what was sold."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from proof import once_at_the_window as window  # noqa: PLC0415 - the only proof that needs Qt

    folder.mkdir(parents=True, exist_ok=True)
    os.environ["CSR_DESK_HOME"] = str(folder)
    outcome = Outcome()
    at = window.clerk_at_work(folder)
    try:
        meant, done = window.hurry(at, activations)
    finally:
        at.leave()
    sales = window.sales_in(folder)
    outcome.attempts = done
    outcome.doubled += outcome.wrong(f"{len(sales)} sales for {meant}", max(0, len(sales) - meant))
    outcome.lost += outcome.wrong(f"{len(sales)} sales for {meant}", max(0, meant - len(sales)))
    outcome.doubled += outcome.wrong("a scan that bounced was sold twice", sum(lines != 1 for _, lines, _ in sales))
    return outcome, meant, done


# ---- broken on purpose


def self_tests(folder: Path) -> Iterator[Row]:
    """A service that does not know its keys, and a page that takes each click for a payment of its own."""
    place = Place(f"sqlite:///{folder / 'forgetful.db'}", folder / "forgetful")
    make_office(place.url, place.keys)
    with broken(sell, "complete_sale", _forgetful()):
        outcome, _ = at_once(place, 2)
    yield outcome.row("G4", "a service that forgets its keys", "sqlite", "not found", on_purpose=True)
    with _shaky():
        outcome, _, _ = hurried(30, folder / "shaky")
    yield outcome.row("G4", "a page with a new key for each click", "sqlite", "not found", on_purpose=True)


def _forgetful() -> Callable[..., Done[Receipt]]:
    """A sale under a key that the service makes itself."""
    complete = sell.complete_sale

    def forget(desk: Desk, actor: Actor, command: sell.CompleteSale, *approval: Any) -> Done[Receipt]:
        return complete(desk, actor, replace(command, key=new_key()), *approval)

    return forget


def _shaky() -> AbstractContextManager[None]:
    from csr_desk.ui.pages.sell.presenter import SellPresenter  # noqa: PLC0415 - the only proof that needs Qt
    from proof import once_at_the_window as window  # noqa: PLC0415 - the same

    return broken(SellPresenter, "finish", window.shaky_finish())
