"""Writing a file so that it is there whole or not at all (reliability 4.8)."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from csr_desk.locations import make_folder, settle_folder

PRIVATE, BY_UMASK = 0o600, 0o666
"""Permissions of a file: for this user alone, or as the user's umask says (papers that were asked for)."""


def write_file(path: Path, content: bytes, mode: int = BY_UMASK) -> Path:
    """Write a file by way of a temporary one beside it, settled on the disk before it takes the name.

    ``mode`` is PRIVATE for what only the program reads; raises OSError.
    """
    make_folder(path.parent)
    beside = path.parent / f".{path.name}.{secrets.token_hex(8)}"
    handle = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), mode)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    settle_folder(path.parent)
    return path
