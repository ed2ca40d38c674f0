"""The states before each act of a day, and system calls broken in a clerk's process by strace."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections import Counter as Tally
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from csr_desk.services import recovery
from proof.broken_desk import Child, Place, Voice, fork, open_window
from proof.counter import Counter, make_office

ACTS = ("open", "sale", "void", "drop", "count", "hand in", "accept", "deposit", "close", "export")


# ---- a day, cut into the states before each of its acts


@dataclass(frozen=True, slots=True)
class Before:
    """The office just before an act (SQLite: a file to copy)."""

    name: str
    file: Path
    counter: dict[str, object]


def day_in_states(folder: Path) -> tuple[Path, list[Before]]:
    """Play a day once and keep the file before each kind of act; give the station's folder and the states."""
    home = folder / "made"
    place = Place(f"sqlite:///{folder / 'day.db'}", home)
    states: list[Before] = []
    make_office(place.url, place.keys)

    def play(voice: Voice) -> None:
        counter = Counter(open_window(place))
        seen: set[str] = set()
        for name, _, act in counter.acts(sales=4):
            if name not in seen:
                seen.add(name)
                counter.desk.store.close()
                shutil.copyfile(folder / "day.db", folder / f"before-{name}.db")
                facts = {key: getattr(counter, key) for key in ("batch", "receipts", "cash", "taken")}
                (folder / f"before-{name}.json").write_text(json.dumps(facts), encoding="utf-8")
            act()
        counter.desk.close()

    fork(play).end()
    for name in ACTS:
        facts = json.loads((folder / f"before-{name}.json").read_text(encoding="utf-8"))
        states.append(Before(name, folder / f"before-{name}.db", facts))
    return home, states


def counter_before(place: Place, state: Before) -> Counter:
    """Open the window on a state."""
    counter = Counter(open_window(place))
    for name, value in state.counter.items():
        setattr(counter, name, value)
    recovery.check_first(counter.desk)
    return counter


def act_of(counter: Counter, name: str, key: str) -> Callable[[], object]:
    """The call that does an act of that name."""
    acts: dict[str, Callable[[], object]] = {
        "open": lambda: counter.open(key),
        "sale": lambda: counter.sell(key),
        "void": lambda: counter.void(counter.receipts[-1], key),
        "drop": lambda: counter.drop(key),
        "count": lambda: counter.count(key),
        "hand in": lambda: counter.hand_in(key),
        "accept": lambda: counter.accept(key),
        "deposit": lambda: counter.bag(key),
        "close": lambda: counter.close_day(key),
        "export": lambda: counter.export(key),
    }
    return acts[name]


# ---- breaking system calls


def strace_works() -> bool:
    """Say whether system calls of a process can be broken here."""
    if shutil.which("strace") is None:
        return False
    command = ["strace", "-qq", "-o", os.devnull, "-e", "inject=write:error=EIO:when=99", "true"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def under_strace(child: Child, calls: Sequence[str], inject: str, log: Path) -> subprocess.Popen[bytes]:
    """Watch a child's calls and break one; returns when the watch stands."""
    words = ["strace", "-f", "-o", str(log), "-e", f"trace={','.join(calls)}"]
    words += ["-e", f"inject={inject}"] if inject else []
    watch = subprocess.Popen([*words, "-p", str(child.pid)], stderr=subprocess.PIPE)
    assert watch.stderr is not None
    said = watch.stderr.readline()
    if b"attached" not in said:
        child.kill()
        raise RuntimeError(f"strace: {said.decode(errors='replace').strip()}")
    return watch


def calls_in(log: Path) -> Tally[str]:
    """Count the calls of each kind in a log of strace."""
    found: Tally[str] = Tally()
    for line in log.read_text(errors="replace").splitlines():
        words = line.split(None, 1)[1] if line[:1].isdigit() else line
        name = words.split("(", 1)[0]
        if "(" in words and name.isidentifier():
            found[name] += 1
    return found


def spread(pairs: Sequence[tuple[str, int]], most: int) -> Iterator[tuple[str, int]]:
    """Take at most so many of them, evenly."""
    step = max(1.0, len(pairs) / most)
    at = 0.0
    while int(at) < len(pairs):
        yield pairs[int(at)]
        at += step


def fresh(folder: Path, home: Path, name: str, source: Path) -> Place:
    """Copy a state to a place of its own; the station and its key are those of the office, without what it saw."""
    path = folder / f"{name}.db"
    path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
    shutil.copyfile(source, path)
    shutil.rmtree(home / "in-flight", ignore_errors=True)
    for anchor in (home / "keys").glob("*.anchor"):
        anchor.unlink()  # else the station says, rightly, that an older file was put back
    return Place(f"sqlite:///{path}", home)
