"""One bit flipped in each byte of a database file: found, refused in a sentence, or harmless; never silent."""

from __future__ import annotations

import contextlib
import os
import pickle
import random
import select
import signal
import sqlite3
import struct
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from csr_desk.data.engine import open_store
from csr_desk.data.models import metadata
from csr_desk.domain.errors import Trouble
from proof.counter import make_office, open_counter
from proof.tampering.bench import Verdict, order, said_of
from proof.tampering.free import FREE

PAGE = 512
"""Bytes of a page: the smallest that SQLite knows, so that the file is small and most bytes mean something."""
PATIENCE = 20.0
"""Seconds after which a verification counts as hanging."""
CHUNK = 250
OPENED = 5
"""Every fifth flip is also opened by the program itself."""

Check: TypeAlias = Callable[[str, bytes], tuple[Verdict, str]]
Dump: TypeAlias = Mapping[str, list[tuple[Any, ...]]]


class Came(StrEnum):
    """What came of a flipped bit."""

    FOUND = "found"
    HARMLESS = "harmless"
    SILENT = "silent"
    """The tables say something else and the verifier says that all is well."""
    BROKE = "broke"
    """A traceback, a crash or a hang."""


@dataclass(slots=True)
class Flips:
    """What all the flips of a file came to."""

    counted: Counter[Came] = field(default_factory=Counter)
    bad: list[str] = field(default_factory=list)
    """The places where it went wrong, in words."""


def small_office(folder: Path) -> tuple[Path, bytes]:
    """Make an office with a whole day in a small file; give the file and the office's key."""
    path = folder / "small.sqlite"
    make_office(f"sqlite:///{path}", folder / "keys")
    counter = open_counter(f"sqlite:///{path}", folder / "keys")
    for _name, _key, act in counter.acts(sales=4):
        act()
    key = counter.desk.store.key
    counter.desk.close()
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for step in ("PRAGMA journal_mode=OFF", f"PRAGMA page_size={PAGE}", "VACUUM", "PRAGMA journal_mode=TRUNCATE"):
            connection.execute(step).fetchall()
    return path, key


def flips(office: Path, key: bytes, folder: Path, offsets: Sequence[int], check: Check = said_of) -> Flips:
    """Flip one bit at each offset of a copy and judge; every chunk in a process of its own, which may die."""
    found = Flips()
    place = folder / "flipped.sqlite"
    todo = list(offsets)
    while todo:
        chunk, todo = todo[:CHUNK], todo[CHUNK:]
        judged = 0
        for came, words in _in_child(partial(_judge, (office, key, place), tuple(chunk), check)):
            found.counted[came] += 1
            if came in {Came.SILENT, Came.BROKE}:
                found.bad.append(f"byte {chunk[judged]}: {words}")
            judged += 1
        if judged < len(chunk):  # the child hung or died at the next one: that one is judged, the rest goes on
            found.counted[Came.BROKE] += 1
            found.bad.append(f"byte {chunk[judged]}: the verifier hung or died")
            todo = [*chunk[judged + 1 :], *todo]
    return found


def _in_child(work: Callable[[Callable[[tuple[Came, str]], None]], None]) -> Iterator[tuple[Came, str]]:
    """Run work in a fork and give what it sends; end it when it says nothing for too long."""
    inlet, outlet = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(inlet)
        with contextlib.suppress(BaseException):
            work(lambda said: _send(outlet, said))
        os._exit(0)
    os.close(outlet)
    try:
        while select.select([inlet], [], [], PATIENCE)[0]:
            head = os.read(inlet, 4)
            if len(head) < 4:
                break
            (size,) = struct.unpack(">I", head)
            yield pickle.loads(os.read(inlet, size))  # noqa: S301 - our own child's words
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(inlet)


def _send(outlet: int, said: tuple[Came, str]) -> None:
    packed = pickle.dumps((said[0], said[1][-600:]))
    os.write(outlet, struct.pack(">I", len(packed)) + packed)


def _judge(
    what: tuple[Path, bytes, Path], offsets: Sequence[int], check: Check, send: Callable[[tuple[Came, str]], None]
) -> None:
    office, key, place = what
    whole = office.read_bytes()
    before = dump(office)
    for offset in offsets:
        bit = random.Random(offset).randrange(8)  # noqa: S311 - the same bit of the same byte in every run
        place.write_bytes(whole[:offset] + bytes([whole[offset] ^ 1 << bit]) + whole[offset + 1 :])
        keys = office.parent / "keys" if offset % OPENED == 0 else None
        try:
            send(_verdict(place, key, before, (check, keys)))
        except Exception:  # noqa: BLE001 - told as what it is, with its place
            send((Came.BROKE, traceback.format_exc(limit=-2)))


def _verdict(place: Path, key: bytes, before: Dump, how: tuple[Check, Path | None]) -> tuple[Came, str]:
    check, keys = how
    verdict, said = check(f"sqlite:///{place}", key)
    if verdict is Verdict.BROKE:
        return Came.BROKE, said
    if verdict is not Verdict.FOUND:
        try:
            after = dump(place)
        except (sqlite3.Error, UnicodeError) as error:
            return Came.SILENT, f"the tables cannot be read: {error}"
        changed = [table for table in before if after.get(table) != before[table]]
        if changed:
            return Came.SILENT, f"{changed[0]} was changed"
    if keys is not None:
        try:
            open_store(f"sqlite:///{place}", key_folder=keys).close()
        except Trouble:
            pass
        except Exception:  # noqa: BLE001 - the program must refuse in a sentence
            return Came.BROKE, "opening: " + traceback.format_exc(limit=-2)
    return (Came.FOUND, said) if verdict is Verdict.FOUND else (Came.HARMLESS, "")


def dump(path: Path) -> Dump:
    """Read every column that nobody may change unnoticed."""
    held: dict[str, list[tuple[Any, ...]]] = {}
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        for table in metadata.tables.values():
            names = [f'"{column.name}"' for column in table.columns if (table.name, column.name) not in FREE]
            if names:
                query = f"SELECT {', '.join(names)} FROM {table.name} ORDER BY {order(table.name)}"  # noqa: S608
                held[table.name] = connection.execute(query).fetchall()
    return held
