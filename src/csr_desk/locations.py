"""Where things are: what is shipped with the program, and where a station keeps its keys and its database."""

from __future__ import annotations

import os
import sys
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
