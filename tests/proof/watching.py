"""Watches the process while it reads what is hostile: processor time, memory, files written, calls to a network."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_MAKES = frozenset({"os.mkdir", "os.rename", "os.link", "os.symlink", "os.truncate"})
_CALLS = frozenset({"socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"})
_STARTS = frozenset({"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn"})


class Hangs(BaseException):
    """So much processor time for one thing; no ``except Exception`` swallows it."""


@dataclass
class Watch:
    """What was seen: files outside the folders that may be written, connections, programs started."""

    allowed: tuple[Path, ...] = ()
    on: bool = False
    outside: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Take down one event of the interpreter."""
        if not self.on:
            return
        if event in _CALLS or event in _STARTS:
            self.calls.append(f"{event} {arguments!r}"[:200])
        elif event == "open":
            path, mode, flags = (*arguments, None, None)[:3]
            writes = (isinstance(flags, int) and flags & _WRITING) or (
                isinstance(mode, str) and set(mode) & set("wax+")
            )
            if writes and isinstance(path, str | bytes | os.PathLike):
                self._place(os.fsdecode(path))
        elif event in _MAKES:
            made = 1 if event in {"os.rename", "os.link", "os.symlink"} else 0
            for path in arguments[made : made + 1]:
                if isinstance(path, str | bytes | os.PathLike):
                    self._place(os.fsdecode(path))

    def _place(self, name: str) -> None:
        place = Path(os.path.realpath(Path(name).parent)) / Path(name).name
        if not name.startswith(("/proc/self/", os.devnull)) and not any(
            place.is_relative_to(folder) for folder in self.allowed
        ):
            self.outside.append(name[:200])


_WATCHES: list[Watch] = []


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    for watch in _WATCHES:
        watch.hear(event, arguments)


@contextmanager
def watched(*allowed: Path) -> Iterator[Watch]:
    """Watch what this process writes and calls; only files under ``allowed`` are its own."""
    if not _WATCHES:
        sys.addaudithook(_hear)
    watch = Watch(tuple(Path(os.path.realpath(folder)) for folder in allowed), on=True)
    _WATCHES.append(watch)
    try:
        yield watch
    finally:
        watch.on = False
        _WATCHES[:] = [Watch()]  # the hook stays for good; one that is off keeps it from being added again


def within(seconds: float, act: Callable[[], object]) -> None:
    """Do something; raise Hangs where it takes more than so many seconds of processor time."""

    def late(_signal: int, _frame: FrameType | None) -> None:
        raise Hangs

    before = signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        act()
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def forget_peak() -> None:
    """Let the peak of memory begin anew (Linux)."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def memory(name: str) -> int:
    """Return the bytes of memory that this process has (``VmRSS``) or had at most (``VmHWM``)."""
    for line in Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * 1024
    return 0
