"""The station's own database, and the plainest start: the window, and nothing else on the command line."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from csr_desk.locations import data_folder

_ALWAYS = frozenset({"win32", "darwin"})


def own_database() -> str:
    """Return the address of the station's own office, else of its demo city, else nothing."""
    for name in ("office.sqlite", "demo.sqlite"):
        path: Path = data_folder() / name
        if path.exists():
            return f"sqlite:///{path}"
    return ""


def has_display() -> bool:
    """Say whether a window can be shown: on Windows and macOS always, elsewhere by the session's environment."""
    if sys.platform in _ALWAYS or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def plain_start(arguments: Sequence[str]) -> str:
    """Return the database to open where the command line asks for the window only, else nothing.

    A counter starts its window many times a day, and need not load the whole command line for it.
    """
    if not has_display():
        return ""
    if not arguments:
        return own_database()
    if len(arguments) == 2 and arguments[0] == "--database" and not arguments[1].startswith("-"):  # noqa: PLR2004
        return arguments[1]
    return ""
