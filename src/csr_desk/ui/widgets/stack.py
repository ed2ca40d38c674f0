"""A stack of pages that is as small as the one in front: those behind it ask for no room."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget


class Stack(QStackedWidget):
    """Qt's own stack keeps room for its largest page, also while a small one is shown."""

    def minimumSizeHint(self) -> QSize:
        """What the page in front needs."""
        page = self.currentWidget()
        return super().minimumSizeHint() if page is None else page.minimumSizeHint()

    def sizeHint(self) -> QSize:
        """What the page in front would like."""
        page = self.currentWidget()
        return super().sizeHint() if page is None else page.sizeHint()
