"""The station's own database, and the plainest start: the window, and nothing else on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from csr_desk.locations import data_folder


def own_database() -> str:
    """Return the address of the station's own office, else of its demo city, else nothing."""
    for name in ("office.sqlite", "demo.sqlite"):
        path: Path = data_folder() / name
        if path.exists():
            return f"sqlite:///{path}"
    return ""


def plain_start(arguments: Sequence[str]) -> str:
    """Return the database to open where the command line asks for the window only, else nothing.

    A counter starts its window many times a day, and need not load the whole command line for it.
    """
    if not arguments:
        return own_database()
    if len(arguments) == 2 and arguments[0] == "--database" and not arguments[1].startswith("-"):  # noqa: PLR2004
        return arguments[1]
    return ""
