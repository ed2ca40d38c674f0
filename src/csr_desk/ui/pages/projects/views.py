"""What the page can show beside one project: the boards of the office and its lists, each by a key.

A new one is a line in ``VIEWS``; a list is a ``Panel`` that is loaded when it is first chosen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QT_TRANSLATE_NOOP

from csr_desk.domain.people import Act
from csr_desk.ui.pages.projects.presenter import PROJECT, RELEASES, WORK
from csr_desk.ui.panel import Panel

if TYPE_CHECKING:
    from csr_desk.ui.context import Context


@dataclass(frozen=True, slots=True)
class ViewSpec:
    """A line of the table of views; ``title`` is QT_TRANSLATE_NOOP("projects", …)."""

    key: str
    title: str
    shortcut: str
    act: Act
    """The permission that shows it."""
    module: str = ""
    """The module of the page that has its panel; empty for the project and the boards."""
    panel: str = ""
    reads: str = "load"
    """What the panel is told to read itself anew by."""

    def make(self, context: Context) -> Panel:
        """Make its panel."""
        made = getattr(import_module(f"csr_desk.ui.pages.projects.{self.module}"), self.panel)
        return cast("Panel", made(context))

    def read(self, panel: Panel) -> None:
        """Let its panel read itself anew."""
        cast("Callable[[], None]", getattr(panel, self.reads))()


_SEEN = Act.SEE_PROJECTS
VIEWS: tuple[ViewSpec, ...] = (
    ViewSpec(PROJECT, str(QT_TRANSLATE_NOOP("projects", "Projects")), "F7", _SEEN),
    ViewSpec(WORK, str(QT_TRANSLATE_NOOP("projects", "Work orders")), "F8", _SEEN),
    ViewSpec(RELEASES, str(QT_TRANSLATE_NOOP("projects", "Releases")), "F9", _SEEN),
    ViewSpec(
        "register", str(QT_TRANSLATE_NOOP("projects", "Batches")), "F10", _SEEN,
        "register_panel", "ReleaseRegisterPanel", "refresh",
    ),
    ViewSpec(
        "companies", str(QT_TRANSLATE_NOOP("projects", "Companies")), "F11", _SEEN, "companies_panel", "CompaniesPanel"
    ),
    ViewSpec("outbox", str(QT_TRANSLATE_NOOP("projects", "Outbox")), "F12", _SEEN, "outbox_panel", "OutboxPanel"),
    ViewSpec("endings", str(QT_TRANSLATE_NOOP("projects", "Ends soon")), "F3", _SEEN, "endings_panel", "EndingsPanel"),
)  # fmt: skip
"""In the order of the row above the page."""
