"""Kills a forked child at one system call of its own, by strace: the Nth call of one kind."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

WRITES = ("pwrite64", "write", "fsync", "fdatasync", "ftruncate", "unlink", "rename")
_CALL = re.compile(r"^(\w+)\((?:\d+<([^>]*)>|\"([^\"]*)\")")


def can_trace() -> bool:
    """Say whether strace is installed and may look at a child here."""
    if shutil.which("strace") is None:
        return False
    tried = subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"], capture_output=True, check=False)
    return tried.returncode == 0


def calls_of(work: Callable[[], object], path: Path, log: Path) -> list[tuple[str, int]]:
    """Do it once, and return each writing call that touches a file or its journal: its kind and its number."""
    traced(work, ["-e", f"trace={','.join(WRITES)}"], log)
    seen: dict[str, int] = {}
    found = []
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        call = _CALL.match(line)
        if call is None:
            continue
        name, touched = call[1], call[2] or call[3]
        seen[name] = seen.get(name, 0) + 1
        if touched in {str(path), f"{path}-journal"}:
            found.append((name, seen[name]))
    return found


def killed_at(work: Callable[[], object], call: tuple[str, int], log: Path) -> int:
    """Do it, kill at the Nth call of a kind before it is carried out; return the exit code."""
    name, number = call
    return traced(work, ["-e", f"trace={name}", "-e", f"inject={name}:signal=KILL:when={number}"], log)


def traced(work: Callable[[], object], words: list[str], log: Path) -> int:
    """Fork, let strace take hold of the child, and let it go."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.kill(os.getpid(), signal.SIGSTOP)
            work()
            code = 0
        finally:
            os._exit(code)
    os.waitpid(child, os.WUNTRACED)
    command = ["strace", "-y", "-o", str(log), *words, "-p", str(child)]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as tracer:
        assert tracer.stderr is not None
        tracer.stderr.readline()  # "Process … attached"
        os.kill(child, signal.SIGCONT)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        tracer.stderr.read()
    return status
