"""Files that a person asks for: written whole or not at all, into one folder of the station."""

from __future__ import annotations

from pathlib import Path

from csr_desk.domain.errors import Trouble
from csr_desk.durable import PRIVATE_FOLDER, make_folder, write_file
from csr_desk.locations import data_folder
from csr_desk.ui.wording import tr


def exports_folder() -> Path:
    """Where reports and journals are saved."""
    return data_folder() / "exports"


def save_file(name: str, content: bytes) -> Path:
    """Save a file under a name of our own making; raise Trouble when the disk does not take it."""
    folder = exports_folder()
    try:
        make_folder(data_folder(), PRIVATE_FOLDER)
        write_file(folder / name, content)
    except OSError as fault:
        words = tr("{name} could not be saved in {folder}: {fault}. Free space there, then try again.")
        raise Trouble(words.format(name=name, folder=folder, fault=fault.strerror)) from fault
    return folder / name
