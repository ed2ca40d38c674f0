"""A row of buttons below a table, each with its key."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout

from csr_desk.ui.widgets.key_button import KeyButton


def key_row(*actions: QAction) -> QHBoxLayout:
    """Lay the acts of a panel side by side, from the left."""
    row = QHBoxLayout()
    row.setContentsMargins(12, 8, 12, 12)
    for action in actions:
        row.addWidget(KeyButton.for_action(action))
    row.addStretch(1)
    return row
