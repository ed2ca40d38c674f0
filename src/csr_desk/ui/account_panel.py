"""What all panels of an account have in common: how they are made, what they are told, whose their keys are."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QWidget

from csr_desk.ui.page import make_key

if TYPE_CHECKING:
    from csr_desk.ui.context import Context


class AccountPanel(QWidget):
    """What one slice shows of an account; made when its tab is first chosen.

    Its ``keys`` work while it is seen. The page lends them its own group meanwhile, which a sheet above silences.
    """

    def __init__(self, context: Context) -> None:
        """Keep what the page works with; a panel assembles its widgets after this."""
        super().__init__()
        self.context = context
        self.keys = QActionGroup(self)
        self.keys.setExclusionPolicy(QActionGroup.ExclusionPolicy.None_)

    def key(self, name: str, text: str, shortcut: str, do: Callable[[], None]) -> QAction:
        """Make an action whose key works while this panel is seen; the keys of the page are taken already."""
        return make_key(self, self.keys, (name, text, shortcut), do)

    def show_account(self, account_no: str) -> None:
        """Show another account, or the same anew: something changed while the panel was in front."""

    def first_focus(self) -> QWidget:
        """The widget that takes the keys when the panel comes to the front, once its account was read."""
        return self
