"""Where things are: what is shipped with the program, and where a station keeps its keys and its database.

A name in a folder survives a power cut only after the folder was settled; that holds for a new folder's own name too.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """Find a shipped folder (``resources``, ``migrations``): in a bundle, else a checkout, else an installed wheel."""
    frozen = getattr(sys, "_MEIPASS", None)
    places = [Path(frozen) / name] if frozen else []
    places += [_PACKAGE.parents[1] / name, _PACKAGE / "_bundled" / name]
    for place in places:
        if place.is_dir():
            return place
    raise FileNotFoundError(f"The program's folder “{name}” is missing. Install CSR Desk again.")


def resources() -> Path:
    """Return the folder of fonts, icons, styles and the demo city's data."""
    return shipped("resources")


def migrations() -> Path:
    """Return the folder of the numbered changes to the database."""
    return shipped("migrations")


def home() -> Path | None:
    """Return the folder that CSR_DESK_HOME names instead of the user's own folders, if it is set."""
    named = os.environ.get("CSR_DESK_HOME")
    return Path(named) if named else None


def data_folder() -> Path:
    """Return where this station keeps its database unless another address is given."""
    return home() or Path(platformdirs.user_data_dir("csr-desk", appauthor=False))


def settings_folder() -> Path:
    """Return where the station's settings file (TOML) is."""
    return home() or Path(platformdirs.user_config_dir("csr-desk", appauthor=False))


def key_folder() -> Path:
    """Return where the chain keys are: never beside the database, so a copied database carries no key."""
    named = os.environ.get("CSR_DESK_KEYS")
    if named:
        return Path(named)
    own = home()
    return own / "keys" if own else Path(platformdirs.user_config_dir("csr-desk", appauthor=False)) / "keys"


def private_file(path: Path) -> None:
    """Make an empty file for the station's own user only (0600), before anything that asks the umask writes to it.

    Raises FileExistsError; never opens a file that is there (an SQLite database would lose its locks).
    """
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def close_to_others(path: Path) -> None:
    """Take a file's permissions for the group and for everybody away, where this user may (POSIX)."""
    if os.name == "posix":
        with suppress(OSError):
            mode = path.stat().st_mode
            if mode & 0o077:
                path.chmod(mode & 0o700)


def settle_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut (POSIX; Windows has no such call); raises OSError."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path, mode: int = 0o777) -> Path:
    """Make a folder, with those above it that are missing, so that they survive a power cut; raises OSError.

    Whatever is settled in a folder later is lost with it where the folder's own name was never settled.
    """
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    for place in reversed(missing):
        place.mkdir(mode=mode, exist_ok=True)
        with suppress(PermissionError):  # a folder above that this user may write to, but not read
            settle_folder(place.parent)
    return folder
