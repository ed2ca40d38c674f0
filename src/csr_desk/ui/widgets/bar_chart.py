"""A bar chart, painted by ourselves: a handful of bars needs no plotting library at start-up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from csr_desk.ui.theme import colour


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its word below, its height, and the height in words above it."""

    label: str
    value: int
    shown: str = ""


class BarChart(QWidget):
    """Bars side by side; the accessible description reads them all out."""

    def __init__(self, name: str, title: str) -> None:
        """``title`` is what the chart shows, for screen readers."""
        super().__init__()
        self._bars: tuple[Bar, ...] = ()
        self.setObjectName(name)
        self.setAccessibleIdentifier(name)
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(80)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show these bars."""
        self._bars = tuple(bars)
        self.setAccessibleDescription("; ".join(f"{bar.label}: {bar.shown or bar.value}" for bar in bars))
        self.update()

    def sizeHint(self) -> QSize:
        """A comfortable size on a card."""
        return QSize(280, 110)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars from the ground line up."""
        if not self._bars:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self.font()
        font.setPixelSize(11)
        painter.setFont(font)
        foot, head = 18, 16
        step = self.width() / len(self._bars)
        wide = min(step * 0.8, 46.0)
        room = self.height() - foot - head
        highest = max(1, *(bar.value for bar in self._bars)) if len(self._bars) > 1 else max(1, self._bars[0].value)
        for at, bar in enumerate(self._bars):
            tall = room * max(bar.value, 0) / highest
            left = at * step + (step - wide) / 2
            top = head + room - tall
            painter.fillRect(QRectF(left, top, wide, tall), colour("accent"))
            painter.setPen(colour("text_soft"))
            below = QRectF(at * step, self.height() - foot, step, foot)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, bar.label)
            if bar.value:
                above = QRectF(at * step - 8, top - head, step + 16, head)
                painter.drawText(above, Qt.AlignmentFlag.AlignCenter, bar.shown or str(bar.value))
        painter.setPen(colour("line_strong"))
        painter.drawLine(0, int(head + room), self.width(), int(head + room))
