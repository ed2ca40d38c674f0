"""One window at a time on a live office's SQLite file: a lock on a file beside it, never on the database itself."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from csr_desk.domain.errors import Trouble

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class InstanceLock:
    """Held from the start of the window to its end; the system lets go of it even if the program is killed."""

    def __init__(self, database: Path) -> None:
        """Take the lock; raise Trouble if another window has it."""
        self.path = database.with_name(f"{database.name}.lock")
        self._handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if sys.platform == "win32":
                msvcrt.locking(self._handle, msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self._handle)
            raise Trouble("CSR Desk is open on this database already. Use the window that is open.") from None

    def release(self) -> None:
        """Let the next window in; the file stays (removing it could let two in)."""
        os.close(self._handle)
