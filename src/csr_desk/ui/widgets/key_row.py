"""The row of what can be done below a list: its buttons go on in the next line where the card is too narrow."""

from __future__ import annotations

from PySide6.QtGui import QAction

from csr_desk.ui.widgets.flow import FlowRow
from csr_desk.ui.widgets.key_button import KeyButton


class KeyRow(FlowRow):
    """Buttons of actions below a list in a card; one that is not offered takes no room."""

    def __init__(self, *actions: QAction, edge: int = 12) -> None:
        """``edge`` is what lies at its left, at its right and below; a card with an edge of its own needs none."""
        super().__init__(edges=(edge, 8, edge, edge))
        self.buttons = [KeyButton.for_action(action) for action in actions]
        for button in self.buttons:
            self.add(button)
