"""What all panels below the head of a page have in common: how they are made, whose their keys are.

A panel lends its keys to the page while it is in front: the palette knows them then, and a sheet silences them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QWidget

from csr_desk.ui.page import make_key

if TYPE_CHECKING:
    from csr_desk.ui.context import Context


class Panel(QWidget):
    """What one slice shows of what a page is about; made when its tab is first chosen."""

    def __init__(self, context: Context) -> None:
        """Keep what the page works with; a panel assembles its widgets after this."""
        super().__init__()
        self.context = context
        self.keys = QActionGroup(self)
        self.keys.setExclusionPolicy(QActionGroup.ExclusionPolicy.None_)

    def key(self, name: str, text: str, shortcut: str, do: Callable[[], None]) -> QAction:
        """Make an action whose key works while this panel is seen; the keys of the page are taken already."""
        return make_key(self, self.keys, (name, text, shortcut), do)

    def first_focus(self) -> QWidget:
        """The widget that takes the keys when the panel comes to the front, once what it shows was read."""
        return self


class LentKeys:
    """The keys of the panel in front, in the group of its page."""

    def __init__(self, page_keys: QActionGroup) -> None:
        """No panel is in front yet."""
        self._page_keys = page_keys
        self._front: Panel | None = None
        self._lent: tuple[QAction, ...] = ()

    def lend(self, panel: Panel | None) -> None:
        """Put the keys of the panel in front into the group of the page, and give those of the last one back."""
        if panel is self._front:
            return
        if self._front is not None:
            for action in self._lent:
                self._front.keys.addAction(action)
        self._front = panel
        self._lent = tuple(panel.keys.actions()) if panel is not None else ()
        for action in self._lent:
            self._page_keys.addAction(action)
