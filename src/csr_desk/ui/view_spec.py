"""What a page can show, each by a key: a line of a page's table of views, whose panel is loaded when it is chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication

from csr_desk.domain.people import Act
from csr_desk.ui.panel import Panel

if TYPE_CHECKING:
    from csr_desk.ui.context import Context


@dataclass(frozen=True, slots=True)
class ViewSpec:
    """A line of the table of views; ``title`` is QT_TRANSLATE_NOOP("views", …)."""

    key: str
    title: str
    shortcut: str
    act: Act
    """The permission that shows it."""
    module: str = ""
    """The module of its panel below ``ui/pages`` (``projects.outbox_panel``); empty where the page shows it itself."""
    panel: str = ""
    """The class of its panel."""
    reads: str = "load"
    """What the panel is told to read itself anew by."""

    @property
    def words(self) -> str:
        """What it is called, for whoever reads the window."""
        return QCoreApplication.translate("views", self.title)

    def make(self, context: Context) -> Panel:
        """Make its panel."""
        made = getattr(import_module(f"csr_desk.ui.pages.{self.module}"), self.panel)
        return cast("Panel", made(context))

    def read(self, panel: Panel) -> None:
        """Let its panel read itself anew."""
        cast("Callable[[], None]", getattr(panel, self.reads))()
