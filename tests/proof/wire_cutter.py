"""A proxy between a desk and its PostgreSQL that knows where a message ends, and cuts the link just there.

It is a process of its own with a Unix socket of its own. Told to, it counts messages in one direction and cuts at the
N-th: before it is delivered, after it was, or *late* (the desk's side is cut first, the server gets the message after
that: the desk hears nothing while its COMMIT is still under way). It can also cut at random, all the time.
"""

from __future__ import annotations

import contextlib
import os
import random
import socket
import struct
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Self

SOCKET = ".s.PGSQL.5432"
UP, DOWN = "to the server", "to the desk"
BEFORE, AFTER, LATE = "before", "after", "late"
COMMIT = 0
"""Instead of the number of a message: the next COMMIT, wherever it comes."""
LATE_SECONDS = 0.05
"""How long a late message is under way."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Where to cut: the N-th message in a direction; for so many seconds after that nobody gets through.

    ``late`` is how many seconds a message that comes late is under way.
    """

    direction: str
    number: int
    mode: str
    outage: float = 0.0
    late: float = LATE_SECONDS


@dataclass(frozen=True, slots=True)
class Chance:
    """How often to cut at random: once in so many messages."""

    one_in: int
    outage: float
    seed: int


@dataclass
class _State:
    """What the threads of the proxy share."""

    upstream: str
    lock: threading.Lock
    dice: random.Random
    cut: Cut | None = None
    chance: Chance | None = None
    seen: dict[str, int] | None = None
    cuts: int = 0
    closed_until: float = 0.0
    late: float = LATE_SECONDS

    def decide(self, direction: str, message: bytes) -> str | None:
        """Say how to cut at the message that has just come in, if at all."""
        with self.lock:
            if self.seen is not None:
                self.seen[direction] = self.seen.get(direction, 0) + 1
            mode, outage = self._decide(direction, message)
            if mode is not None:
                self.cuts += 1
                self.closed_until = max(self.closed_until, time.monotonic() + outage)
            return mode

    def _decide(self, direction: str, message: bytes) -> tuple[str | None, float]:
        cut, chance = self.cut, self.chance
        if cut is not None and self.seen is not None and cut.direction == direction:
            if not (b"COMMIT\0" in message if cut.number == COMMIT else self.seen[direction] == cut.number):
                return None, 0.0
            self.cut, self.late = None, cut.late
            return cut.mode, cut.outage
        if chance is not None and self.dice.randrange(chance.one_in) == 0:
            return self.dice.choice((BEFORE, AFTER, LATE)), chance.outage if self.dice.random() < 0.5 else 0.0
        return None, 0.0


def _messages(link: socket.socket, *, greeting: bool) -> Iterator[bytes]:
    """Yield whole messages; the first of a client has no letter in front of its length."""
    held = b""
    while True:
        head = 0 if greeting else 1
        while len(held) >= head + 4:
            size = head + int(struct.unpack_from(">I", held, head)[0])
            if len(held) < size:
                break
            yield held[:size]
            held, greeting, head = held[size:], False, 1
        more = link.recv(65536)
        if not more:
            return
        held += more


def _close(*links: socket.socket) -> None:
    for link in links:
        with contextlib.suppress(OSError):
            link.shutdown(socket.SHUT_RDWR)


def _pump(state: _State, source: socket.socket, target: socket.socket, direction: str) -> None:
    with contextlib.suppress(OSError):
        for message in _messages(source, greeting=direction == UP):
            mode = state.decide(direction, message)
            if mode == LATE and direction == UP:
                _close(source)
                threading.Event().wait(state.late)  # the message is under way
                target.sendall(message)
                threading.Event().wait(LATE_SECONDS)  # the server reads it before it sees the end of the link
                break
            if mode != BEFORE:
                target.sendall(message)
            if mode is not None:
                break
    _close(source, target)


def _join(state: _State, client: socket.socket) -> None:
    with client, socket.socket(socket.AF_UNIX) as server:
        try:
            server.connect(state.upstream)
        except OSError:
            return
        down = threading.Thread(target=_pump, args=(state, server, client, DOWN), daemon=True)
        down.start()
        _pump(state, client, server, UP)
        down.join()


def _accept(state: _State, listening: socket.socket) -> None:
    while True:
        client, _ = listening.accept()
        if time.monotonic() < state.closed_until:
            client.close()
        else:
            threading.Thread(target=_join, args=(state, client), daemon=True).start()


def _serve(orders: Connection, upstream: str, place: str) -> None:
    state = _State(upstream, threading.Lock(), random.Random())  # noqa: S311 - seeded below
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(place)
        listening.listen(64)
        threading.Thread(target=_accept, args=(state, listening), daemon=True).start()
        orders.send("ready")
        with contextlib.suppress(EOFError):
            while True:
                order = orders.recv()
                with state.lock:
                    answer = (state.seen or {}, state.cuts)
                    if isinstance(order, Chance):
                        state.dice.seed(order.seed)
                    state.cut = order if isinstance(order, Cut) else None
                    state.chance = order if isinstance(order, Chance) else None
                    state.seen = {}
                orders.send(answer)
    os._exit(0)


class WireCutter:
    """The proxy, seen from the proof."""

    def __init__(self, server_folder: Path, folder: Path) -> None:
        """Start it; a desk reaches the server by ``host=folder``."""
        folder.mkdir(exist_ok=True)
        (folder / SOCKET).unlink(missing_ok=True)
        self.folder = folder
        self._orders, other = get_context("fork").Pipe()
        place = (other, str(server_folder / SOCKET), str(folder / SOCKET))
        self._process = get_context("fork").Process(target=_serve, args=place, daemon=True)
        self._process.start()
        other.close()
        self._orders.recv()

    def order(self, what: Cut | Chance | None) -> tuple[dict[str, int], int]:
        """Cut so from now on; give the messages seen since the last order, by direction, and all cuts so far."""
        self._orders.send(what)
        seen, cuts = self._orders.recv()
        return seen, cuts

    def __enter__(self) -> Self:
        """Be there."""
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self._orders.close()
        self._process.kill()
        self._process.join()
