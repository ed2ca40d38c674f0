"""A bar chart, painted by ourselves: a handful of bars needs no plotting library at start-up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from csr_desk.ui.theme import colour
from csr_desk.ui.widgets.words import say_tip

_FOOT = 18
_HEAD = 16
_WIDEST = 46.0
_FILL = 0.8


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its word below, its height, and the height in words above it."""

    label: str
    value: int
    shown: str = ""


class BarChart(QWidget):
    """Bars side by side; one below the line is less than nothing. The accessible description reads them all out."""

    def __init__(self, name: str, title: str) -> None:
        """``title`` is what the chart shows, for screen readers."""
        super().__init__()
        self._bars: tuple[Bar, ...] = ()
        self.setObjectName(name)
        self.setAccessibleIdentifier(name)
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(80)

    @property
    def bars(self) -> tuple[Bar, ...]:
        """What is shown."""
        return self._bars

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show these bars."""
        self._bars = tuple(bars)
        words = [f"{bar.label}: {bar.shown or bar.value}" for bar in bars]
        self.setAccessibleDescription("; ".join(words))
        say_tip(self, "\n".join(words))
        self.update()

    def sizeHint(self) -> QSize:
        """A comfortable size on a card."""
        return QSize(280, 110)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bars from the ground line, and those of the words that have room."""
        if not self._bars:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self.font()
        font.setPixelSize(11)
        painter.setFont(font)
        metrics = QFontMetricsF(font, self)
        values = [bar.value for bar in self._bars]
        top, low = max(0, *values, 0), min(0, *values, 0)
        room = self.height() - _FOOT - _HEAD
        scale = room / ((top - low) or 1)
        ground = _HEAD + top * scale
        step = self.width() / len(self._bars)
        wide = min(step * _FILL, _WIDEST)
        below = _every(metrics, step, [bar.label for bar in self._bars])
        highest = max(range(len(values)), key=lambda at: (values[at], at))  # it alone has room beside it
        above = _every(metrics, step, [bar.shown or str(bar.value) for bar in self._bars])
        for at, bar in enumerate(self._bars):
            left = at * step
            box = QRectF(left + (step - wide) / 2, ground - bar.value * scale, wide, bar.value * scale).normalized()
            painter.fillRect(box, colour("accent" if bar.value >= 0 else "text"))
            painter.setPen(colour("text_soft"))
            if at % below == 0:
                width = metrics.horizontalAdvance(bar.label) + 2
                start = min(max(left + (step - width) / 2, 0.0), self.width() - width)  # never cut at the edges
                place = QRectF(start, self.height() - _FOOT, width, _FOOT)
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, bar.label)
            if bar.value and (above == 1 or at == highest):
                said = bar.shown or str(bar.value)
                width = metrics.horizontalAdvance(said) + 2
                start = min(max(left + (step - width) / 2, 0.0), self.width() - width)
                painter.drawText(QRectF(start, box.top() - _HEAD, width, _HEAD), Qt.AlignmentFlag.AlignCenter, said)
        painter.setPen(colour("line_strong"))
        painter.drawLine(0, round(ground), self.width(), round(ground))
        painter.end()


def _every(metrics: QFontMetricsF, step: float, words: Sequence[str]) -> int:
    """Every how many bars a word has room without running into the next."""
    widest = max(metrics.horizontalAdvance(word) for word in words) + 6
    return max(1, -int(-widest // step))
