"""Tells whether anybody opened a file, without opening it: Linux's inotify; elsewhere it tells nothing.

A program that copies over the database in place must open it, and while our COMMIT writes the file too, nothing else
gives it away: the times and the size are ours as well. (On Windows it cannot: SQLite has the file open.)
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
import weakref
from pathlib import Path

_OPENED = 0x20 | 0x08
"""IN_OPEN, IN_CLOSE_WRITE: somebody opened the file, or closed it after writing. Our own open handle gives neither."""
_ROOM = 65536


class Opened:
    """Watches one file from now on."""

    def __init__(self, path: Path) -> None:
        """Begin to watch; where the system cannot, nothing is ever told."""
        self._handle = -1
        if sys.platform != "linux":
            return
        with contextlib.suppress(OSError, AttributeError):
            system = ctypes.CDLL(None, use_errno=True)
            self._handle = system.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
            if self._handle >= 0:
                weakref.finalize(self, os.close, self._handle)
                system.inotify_add_watch(self._handle, os.fsencode(path), _OPENED)

    def since_last_asked(self) -> bool:
        """Say whether anybody opened the file since this was asked last."""
        with contextlib.suppress(OSError):  # nothing to read: nothing happened
            return self._handle >= 0 and bool(os.read(self._handle, _ROOM))
        return False
