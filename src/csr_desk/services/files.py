"""Writing a file so that it is there whole or not at all (reliability 4.8)."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from csr_desk.locations import make_folder, settle_folder


def write_file(path: Path, content: bytes) -> Path:
    """Write a file by way of a temporary one beside it, settled on the disk before it takes the name."""
    make_folder(path.parent)
    beside = path.parent / f".{path.name}.{secrets.token_hex(8)}"
    handle = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o644)
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
