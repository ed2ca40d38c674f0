"""Watches a program write: every call that changes its files or settles them, in order, and the marks that it makes.

The program runs under strace. What the disk model does not know (memory that is mapped for writing, copies inside the
kernel …) is an error here, never left out in silence; only an SQLite ``-shm`` file may be mapped, for it is made anew
after a power cut.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from proof.power_disk import Disk, File, Folder, Resize, Write

CALLS = (
    "open,openat,creat,close,lseek,write,pwrite64,writev,pwritev,pwritev2,truncate,ftruncate,fallocate,rename,renameat,"
    "renameat2,unlink,unlinkat,link,linkat,symlink,symlinkat,mkdir,mkdirat,rmdir,fsync,fdatasync,copy_file_range,"
    "sendfile,splice,mmap,dup,dup2,dup3"
)
MARKS = ".marks"
"""A root's marks are written to the file of its name with this ending, beside it."""

_CALL = re.compile(rb"^\d+ +(\w+)\((.*)\) += +(-?\w+)(?:<([^>]*)>)?")
_TEXT = re.compile(rb'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')
_HANDLE = re.compile(rb"^(\d+)<([^>]*)>")
_SPLIT = re.compile(rb"^(\d+) +(.*) <unfinished \.\.\.>$")
_REST = re.compile(rb"^(\d+) +<\.\.\. \w+ resumed>(.*)$")


@dataclass(frozen=True, slots=True)
class Call:
    """A call that came back without an error."""

    name: str
    words: tuple[bytes, ...]
    """Its arguments as strace wrote them, its strings left out."""
    texts: tuple[bytes, ...]
    """Its strings."""
    result: int
    path: str
    """What it opened, or the file behind a handle, or the first path that it names."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What the program said about itself at this moment."""

    said: Mapping[str, Any]


Step: TypeAlias = Call | Mark


@dataclass(slots=True)
class Recording:
    """Everything that happened under one root, in order."""

    root: Path
    steps: list[Step] = field(default_factory=list)


@cache
def why_not() -> str:
    """Say why nothing can be watched here; empty where it can."""
    program = shutil.which("strace")
    if sys.platform != "linux" or program is None:
        return "strace is not here (Linux only: apt-get install strace): the power cuts were not tried"
    tried = subprocess.run([program, "-f", "-qq", "-e", "trace=none", "true"], capture_output=True, check=False)
    return "" if tried.returncode == 0 else "this system does not let strace watch (ptrace): no power cuts were tried"


def watch(command: Sequence[str], roots: Sequence[Path], log: Path) -> list[Recording]:
    """Run a program and record what it does under each root; raise RuntimeError with its words if it fails."""
    watcher = ["strace", "-f", "--seccomp-bpf", "-qq", "-y", "-xx", "-s", str(1 << 24), "-o", str(log)]
    paths = os.pathsep.join(path for path in sys.path if path)
    run = subprocess.run(
        [*watcher, "-e", f"trace={CALLS}", "-e", "signal=none", *command],
        capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": paths},
    )  # fmt: skip
    if run.returncode:
        raise RuntimeError(f"the recorded program failed: {run.stderr[-2000:]}")
    recordings = {str(root): Recording(root) for root in roots}
    with log.open("rb") as lines:
        for line in _whole_lines(lines):
            _take(line, recordings)
    return list(recordings.values())


def _whole_lines(lines: Iterator[bytes]) -> Iterator[bytes]:
    """Put calls together that strace had to interrupt; a call has happened when it came back."""
    begun: dict[bytes, bytes] = {}
    for line in lines:
        text = line.rstrip(b"\n")
        if split := _SPLIT.match(text):
            begun[split[1]] = split[2]
        elif rest := _REST.match(text):
            yield rest[1] + b" " + begun.pop(rest[1], b"") + rest[2]
        else:
            yield text


def _take(line: bytes, recordings: Mapping[str, Recording]) -> None:
    found = _CALL.match(line)
    if found is None or found[3].startswith(b"-"):
        return
    words = tuple(b"" if word.startswith(b'"') else word for word in found[2].split(b", "))
    if words[0].endswith(b">(deleted)"):
        return  # a file without a name is lost anyway
    handles = [found[4] or b"", *(handle[2] for word in words if (handle := _HANDLE.match(word)))]
    paths = [os.fsdecode(_plain(handle)) for handle in handles if handle]
    texts = tuple(_text(part) for part in _TEXT.finditer(found[2]))
    named = paths or [os.fsdecode(text) for text in texts]
    for root, recording in recordings.items():
        path = next((name for name in named if name == root or name.startswith(f"{root}/")), None)
        if path is not None:
            result = int(found[3], 0) if found[3][:1].isdigit() else 0
            recording.steps.append(Call(found[1].decode(), words, texts, result, path))
        elif root + MARKS in paths and found[1] == b"write":
            recording.steps.append(Mark(json.loads(texts[0])))


def _text(part: re.Match[bytes]) -> bytes:
    if part[2]:
        raise NotImplementedError("strace cut a text short")
    return _plain(part[1])


def _plain(text: bytes) -> bytes:
    return bytes.fromhex(text.replace(b"\\x", b"").decode()) if text.startswith(b"\\x") else text


class Player:
    """Does on the model of the disk what the program did on its own."""

    def __init__(self, root: Path) -> None:
        """Begin with an empty disk."""
        self.disk = Disk()
        self.root = root
        self._root = f"{root}/"
        self._at: dict[bytes, int] = {}
        """Where each open file is written next, by handle."""
        self._appending: set[bytes] = set()

    def play(self, call: Call) -> bool:
        """Do one call; say whether it changed or settled anything."""
        if call.name == "mmap":
            writing = b"MAP_SHARED" in call.words[3] and b"PROT_WRITE" in call.words[2]
            if writing and not call.path.endswith("-shm"):
                raise NotImplementedError(f"{call.path} is mapped for writing")
            return False
        step = getattr(self, f"_{_LIKE.get(call.name, call.name)}", None)
        if step is None:
            raise NotImplementedError(f"the model of the disk does not know {call.name}")
        return bool(step(call))

    def _path(self, name: bytes | str) -> str:
        """Name a place from the root."""
        text = os.fsdecode(name)
        return text.removeprefix(self._root) if text != self._root.rstrip("/") else ""

    def _open(self, call: Call) -> bool:
        flags = call.words[2] if call.name == "openat" else call.words[1]
        if call.name == "creat":
            flags = b"O_CREAT|O_WRONLY|O_TRUNC"
        if b"SYNC" in flags or b"O_DIRECT|" in flags or b"O_TMPFILE" in flags:
            raise NotImplementedError(f"a file opened {flags!r}")
        path, handle = self._path(call.path), str(call.result).encode()
        self._at[handle] = 0
        self._appending.discard(handle)
        if b"O_APPEND" in flags:
            self._appending.add(handle)
        if b"O_CREAT" in flags and not self.disk.holds(path):
            self.disk.make(path, File())
            return True
        if b"O_TRUNC" in flags and self.disk.size(path):
            self.disk.change(path, Resize(0))
            return True
        return False

    def _close(self, call: Call) -> bool:
        self._at.pop(_handle(call), None)
        return False

    def _lseek(self, call: Call) -> bool:
        self._at[_handle(call)] = call.result
        return False

    def _write(self, call: Call) -> bool:
        handle, path = _handle(call), self._path(call.path)
        at = self.disk.size(path) if handle in self._appending else self._at[handle]
        data = b"".join(call.texts)[: call.result]
        self.disk.change(path, Write(at, data))
        self._at[handle] = at + len(data)
        return bool(data)

    def _pwrite64(self, call: Call) -> bool:
        self.disk.change(self._path(call.path), Write(int(call.words[3]), call.texts[0][: call.result]))
        return True

    def _ftruncate(self, call: Call) -> bool:
        path = self._path(call.path)
        if int(call.words[1]) == self.disk.size(path):
            return False
        self.disk.change(path, Resize(int(call.words[1])))
        return True

    def _fsync(self, call: Call) -> bool:
        self.disk.sync(self._path(call.path))
        return True

    def _rename(self, call: Call) -> bool:
        self.disk.rename(self._path(call.texts[0]), self._path(call.texts[1]))
        return True

    def _unlink(self, call: Call) -> bool:
        self.disk.remove(self._path(call.texts[0]))
        return True

    def _mkdir(self, call: Call) -> bool:
        self.disk.make(self._path(call.texts[0]), Folder())
        return True


_LIKE = {
    "openat": "open", "creat": "open", "writev": "write", "truncate": "ftruncate", "fdatasync": "fsync",
    "renameat": "rename", "renameat2": "rename", "unlinkat": "unlink", "rmdir": "unlink", "mkdirat": "mkdir",
}  # fmt: skip
"""Calls that do the same to the model."""


def _handle(call: Call) -> bytes:
    found = _HANDLE.match(call.words[0])
    assert found, call
    return found[1]
