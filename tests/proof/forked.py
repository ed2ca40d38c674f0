"""Work in a child process that may be killed: forked from a parent that has everything loaded and nothing open."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable

KILLED = -signal.SIGKILL


def forked(work: Callable[[], object]) -> int:
    """Do something in a child; return its exit code, ``KILLED`` where it was killed, 1 where it raised."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        except BaseException:  # noqa: BLE001 - the parent learns of it by the code, and reads why
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def die() -> None:
    """End this process as a power button would."""
    os.kill(os.getpid(), signal.SIGKILL)
