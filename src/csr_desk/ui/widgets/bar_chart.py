"""A small bar chart, drawn with the colours of the look in force: readable in light, dark and high contrast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from csr_desk.ui.theme import colour


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what stands below it, how high it is, and the figure in words for tooltip and screen reader."""

    label: str
    value: int
    words: str


class BarChart(QWidget):
    """Upright bars from a base line; a negative value hangs below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(72)
        self.setAccessibleIdentifier("chart")

    @property
    def bars(self) -> tuple[Bar, ...]:
        """What is shown."""
        return self._bars

    def show_bars(self, bars: Sequence[Bar], title: str) -> None:
        """Show these bars; ``title`` says what they are, for a screen reader."""
        self._bars = tuple(bars)
        self.setAccessibleName(title)
        self.setAccessibleDescription("; ".join(bar.words for bar in self._bars))
        self.setToolTip("\n".join(bar.words for bar in self._bars))
        self.update()

    def sizeHint(self) -> QSize:
        """A small chart."""
        return QSize(280, 96)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw base line, bars and the labels that fit."""
        if not self._bars:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self.font()
        font.setPixelSize(11)
        painter.setFont(font)
        metrics = QFontMetricsF(font, self)
        foot = metrics.height() + 2
        top = max(0, *(bar.value for bar in self._bars))
        low = min(0, *(bar.value for bar in self._bars))
        room = self.height() - foot
        scale = room / ((top - low) or 1)
        base = top * scale
        step = self.width() / len(self._bars)
        width = min(step * 0.8, 48.0)
        quiet = colour("text_soft")
        for at, bar in enumerate(self._bars):
            middle = (at + 0.5) * step
            height = bar.value * scale
            rect = QRectF(middle - width / 2, base - max(height, 0), width, abs(height)).normalized()
            painter.fillRect(rect, self._colour(bar))
            if self._labelled(at, step, metrics):
                painter.setPen(quiet)
                box = QRectF(middle - step * 2, room, step * 4, foot)
                painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, bar.label)
        painter.setPen(quiet)
        painter.drawLine(0, round(base), self.width(), round(base))
        painter.end()

    def _colour(self, bar: Bar) -> QColor:
        """Below the line a bar is drawn in the text colour: its direction tells it apart, not only its colour."""
        return colour("accent" if bar.value >= 0 else "text")

    def _labelled(self, at: int, step: float, metrics: QFontMetricsF) -> bool:
        """Say whether the label below a bar has room, taking every n-th so that none runs into another."""
        widest = max(metrics.horizontalAdvance(bar.label) for bar in self._bars) + 8
        every = max(1, -int(-widest // step))
        return at % every == 0
