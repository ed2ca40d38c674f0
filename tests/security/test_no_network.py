"""The program calls nobody: a whole day with the network cut off, watched by the kernel where strace is installed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from architecture.source_rules import ROOT

DAY = ROOT / "tests" / "security" / "a_day_alone.py"
INTERNET = re.compile(r"\b(?:connect|sendto|sendmsg|bind)\(.*sa_family=AF_INET6?\b")


def a_day(tmp_path: Path, *more: str) -> tuple[subprocess.CompletedProcess[str], list[str]]:
    """Run the day without a network; return how it ended, and the calls to one that the kernel saw."""
    command = [sys.executable, str(DAY), *more]
    trace = tmp_path / "trace"
    if shutil.which("strace"):
        command = ["strace", "-f", "-qq", "-e", "trace=%network", "-o", str(trace), *command]
    if os.geteuid() == 0 and subprocess.run(["unshare", "-n", "true"], check=False).returncode == 0:
        command = ["unshare", "-n", *command]
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")])
    environment = {**os.environ, "PYTHONPATH": path, "TMPDIR": str(tmp_path)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=110, check=False)
    seen = trace.read_text(encoding="utf-8", errors="replace").splitlines() if trace.exists() else []
    return done, [line for line in seen if INTERNET.search(line)]


@pytest.mark.skipif(sys.platform != "linux", reason="the network is cut off as Linux does it")
def test_a_whole_day_calls_nobody(tmp_path: Path) -> None:
    done, calls = a_day(tmp_path)
    assert (done.returncode, calls) == (0, []), done.stdout + done.stderr
    assert done.stdout.startswith("3 receipts")


@pytest.mark.skipif(sys.platform != "linux", reason="the network is cut off as Linux does it")
def test_a_single_call_would_be_heard(tmp_path: Path) -> None:
    done, calls = a_day(tmp_path, "--call")
    assert done.returncode == 1
    assert bool(calls) is (shutil.which("strace") is not None)
