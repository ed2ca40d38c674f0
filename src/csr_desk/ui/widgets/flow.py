"""A layout like words on a page: what does not fit into a line goes on in the next one, and nothing is cut."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Flow(QLayout):
    """Lays its items out like words: side by side, then in the next line; each as large as it wants to be."""

    changed: Callable[[], None] | None = None
    """Called at once when an item came, went or wants another size."""

    def __init__(self, parent: QWidget, beside: int = 8, below: int = 6) -> None:
        """``beside`` lies between two items, ``below`` between two lines of them (pixels)."""
        super().__init__(parent)
        self._beside, self._below = beside, below
        self._items: list[QLayoutItem] = []

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item in."""
        self._items.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """One of them; nothing behind the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Let one go."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def invalidate(self) -> None:
        """What was laid out holds no more."""
        super().invalidate()
        if self.changed is not None:
            self.changed()

    def expandingDirections(self) -> Qt.Orientation:
        """It wants no more room than it needs."""
        return Qt.Orientation(0)

    def high(self, width: int) -> int:
        """How high it is when so wide (pixels)."""
        return self._lay(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Put the items in their places."""
        super().setGeometry(rect)
        self._lay(rect, move=True)

    def sizeHint(self) -> QSize:
        """All in one line."""
        edge = self.contentsMargins()
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        wide = sum(size.width() for size in shown) + self._beside * max(0, len(shown) - 1)
        high = max((size.height() for size in shown), default=-edge.top() - edge.bottom())
        return QSize(wide + edge.left() + edge.right(), high + edge.top() + edge.bottom())

    def minimumSize(self) -> QSize:
        """The widest item in a line of its own."""
        edge = self.contentsMargins()
        widest = max((item.sizeHint().width() for item in self._items if not item.isEmpty()), default=0)
        return QSize(widest + edge.left() + edge.right(), self.sizeHint().height())

    def _lay(self, rect: QRect, *, move: bool) -> int:
        """Put the items line by line, each in the middle of its line; return the height that they take."""
        edge = self.contentsMargins()
        inner = rect.adjusted(edge.left(), edge.top(), -edge.right(), -edge.bottom())
        top = inner.top()
        lines = self._lines(inner.width())
        for line in lines:
            left, high = inner.left(), max(item.sizeHint().height() for item in line)
            for item in line:
                size = item.sizeHint()
                if move:
                    item.setGeometry(QRect(QPoint(left, top + (high - size.height()) // 2), size))
                left += size.width() + self._beside
            top += high + self._below
        return top - self._below + edge.bottom() - rect.top() if lines else 0

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        """Which items stand side by side; a button that is hidden leaves no gap."""
        lines: list[list[QLayoutItem]] = []
        left = 0
        for item in self._items:
            if item.isEmpty():
                continue
            wide = item.sizeHint().width()
            if not lines or left + wide > width:
                lines.append([])
                left = 0
            lines[-1].append(item)
            left += wide + self._beside
        return lines


class FlowRow(QWidget):
    """A row of widgets that is as high as its lines.

    It sets its height itself: a layout that Qt asks for its height by width holds every list above it at its full size.
    """

    def __init__(self, beside: int = 8, below: int = 6, edges: tuple[int, int, int, int] = (0, 0, 0, 0)) -> None:
        """``edges`` lie at the left, above, at the right and below."""
        super().__init__()
        self.flow = Flow(self, beside, below)
        self.flow.setContentsMargins(*edges)
        self.flow.changed = self._fit

    def add(self, widget: QWidget) -> None:
        """Put a widget behind the last one."""
        self.flow.addWidget(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other lines."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(self.flow.high(self.width()))
