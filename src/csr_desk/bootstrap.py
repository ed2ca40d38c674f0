"""Chooses the parts of a running desk and joins them: the command line gets the window, neither knows the other."""

from __future__ import annotations

import gc
from pathlib import Path

from csr_desk.cli.parts import Parts


def open_window(database: str) -> int:
    """Open the window on the database at this URL; returns the exit code when it is closed."""
    # what is loaded is kept for good: the collector would walk it again and again and find nothing
    gc.disable()
    # what the first page needs of the services before Qt, which reads the source of every module loaded after it
    from csr_desk.services import facts, sell, staff  # noqa: F401
    from csr_desk.services.desk import Desk, open_desk
    from csr_desk.ui.app import run_window

    def opener() -> Desk:
        try:
            desk = open_desk(database, running=True)
            try:
                desk.hold_alone()
            except BaseException:
                desk.close()
                raise
            return desk
        finally:
            gc.freeze()
            gc.enable()

    return run_window(opener)


def picture_window(database: str, folder: Path) -> tuple[Path, ...]:
    """Draw the window on the database at this URL without a display; returns the PNG files made in ``folder``."""
    from csr_desk.services.desk import open_desk
    from csr_desk.ui import pictures

    return pictures.picture_window(lambda: open_desk(database), folder)


def parts() -> Parts:
    """Everything that the command line is given."""
    return Parts(open_window=open_window, picture_window=picture_window)
