"""What the command line is given, because it may not reach for it itself: the window is a stranger to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Parts:
    """The typer context's ``obj``, made by ``csr_desk.bootstrap``; a command takes it as ``context.obj``."""

    open_window: Callable[[str], int]
    """Open the window on the database at this URL; returns the exit code when it is closed."""
    picture_window: Callable[[str, Path], tuple[Path, ...]]
    """Draw the window on the database at this URL without a display; returns the PNG files made in the folder."""
