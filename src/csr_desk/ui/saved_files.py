"""Files that a person asks for: written whole or not at all, into one folder of the station."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from csr_desk.domain.errors import Trouble
from csr_desk.locations import data_folder
from csr_desk.ui.wording import tr


def exports_folder() -> Path:
    """Where reports and journals are saved."""
    return data_folder() / "exports"


def save_file(name: str, content: bytes) -> Path:
    """Save a file under a name of our own making; raise Trouble when the disk does not take it."""
    folder = exports_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, held = tempfile.mkstemp(dir=folder, prefix=".part-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(held).replace(folder / name)
        except BaseException:
            Path(held).unlink(missing_ok=True)
            raise
    except OSError as fault:
        words = tr("{name} could not be saved in {folder}: {fault}. Free space there, then try again.")
        raise Trouble(words.format(name=name, folder=folder, fault=fault.strerror)) from fault
    return folder / name
