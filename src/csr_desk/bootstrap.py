"""Chooses the parts of a running desk and joins them: the command line gets the window, neither knows the other."""

from __future__ import annotations

from pathlib import Path

from csr_desk.cli.parts import Parts


def open_window(database: str) -> int:
    """Open the window on the database at this URL; returns the exit code when it is closed."""
    from csr_desk.services.desk import open_desk
    from csr_desk.ui.app import run_window

    return run_window(lambda: open_desk(database, running=True))


def picture_window(database: str, folder: Path) -> tuple[Path, ...]:
    """Draw the window on the database at this URL without a display; returns the PNG files made in ``folder``."""
    from csr_desk.services.desk import open_desk
    from csr_desk.ui import pictures

    return pictures.picture_window(lambda: open_desk(database), folder)


def parts() -> Parts:
    """Everything that the command line is given."""
    return Parts(open_window=open_window, picture_window=picture_window)
