"""Bars that lie below each other, each behind its words: for counts of things that have long names."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from csr_desk.ui.theme import colour
from csr_desk.ui.widgets.bar_chart import Bar
from csr_desk.ui.widgets.words import say_tip

_ROW, _BAR, _WORDS, _FIGURE, _LETTERS = 30, 8, 18, 34, 13
"""Pixels: a row, the bar in it, the words above the bar, the room for the count behind it, the letters."""


class RowBars(QWidget):
    """As many rows as there is room for; the accessible description reads them all out."""

    def __init__(self, name: str, title: str) -> None:
        """``title`` is what the bars show, for screen readers."""
        super().__init__()
        self.bars: tuple[Bar, ...] = ()
        self.setObjectName(name)
        self.setAccessibleIdentifier(name)
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(_ROW * 2)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show these, the first at the top."""
        self.bars = tuple(bars)
        words = [f"{bar.label}: {bar.shown or bar.value}" for bar in bars]
        self.setAccessibleDescription("; ".join(words))
        say_tip(self, "\n".join(words))
        self.update()

    def sizeHint(self) -> QSize:
        """Room for four rows."""
        return QSize(240, _ROW * 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Words, bar, count; what has no room is in the tip."""
        painter = QPainter(self)
        font = QFont(painter.font())
        font.setPixelSize(_LETTERS)
        painter.setFont(font)
        metrics = QFontMetrics(font)
        most = max((bar.value for bar in self.bars), default=0) or 1
        room = self.width() - _FIGURE
        for at, bar in enumerate(self.bars[: max(1, self.height() // _ROW)]):
            top = at * _ROW
            painter.setPen(colour("text_soft"))
            words = metrics.elidedText(bar.label, Qt.TextElideMode.ElideRight, self.width())
            painter.drawText(QRectF(0, top, self.width(), _WORDS), Qt.AlignmentFlag.AlignVCenter, words)
            painter.fillRect(QRectF(0, top + _WORDS, max(room * bar.value / most, 1.0), _BAR), colour("accent"))
            painter.setPen(colour("text"))
            count = QRectF(self.width() - _FIGURE, top + _WORDS - 5, _FIGURE, _WORDS)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(count, right, bar.shown or str(bar.value))
        painter.end()
