"""Small things that lists paint themselves: text with matches in bold, chips, the mark of the picked row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from csr_desk.ui.theme import FAMILY, colour

Span = tuple[int, int]


def face(pixels: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The program's typeface in a size."""
    font = QFont(FAMILY)
    font.setPixelSize(pixels)
    font.setWeight(weight)
    return font


def draw_spans(painter: QPainter, left: float, base: float, text: str, style: tuple[int, str, Sequence[Span]]) -> float:
    """Draw a line of text with spans in bold; ``style`` is size, colour token, spans. Returns where it ends."""
    pixels, ink, spans = style
    painter.setPen(colour(ink))
    at = 0
    for start, end in (*spans, (len(text), len(text))):
        for part, weight in ((text[at:start], QFont.Weight.Normal), (text[start:end], QFont.Weight.Bold)):
            if part:
                font = face(pixels, weight)
                painter.setFont(font)
                painter.drawText(QPointF(left, base), part)
                left += QFontMetricsF(font).horizontalAdvance(part)
        at = end
    return left


def draw_chip(painter: QPainter, left: float, middle: float, text: str, tone: str = "info") -> float:
    """Draw a chip with its left edge and vertical middle there; returns where it ends."""
    font = face(12, QFont.Weight.DemiBold)
    wide = QFontMetricsF(font).horizontalAdvance(text) + 20
    box = QRectF(left, middle - 10, wide, 20)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(f"{tone}_ground"))
    painter.drawRoundedRect(box, 10, 10)
    painter.setPen(colour(tone))
    painter.setFont(font)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    return left + wide


def elided(text: str, font: QFont, width: float) -> str:
    """The text, cut with an ellipsis where it does not fit."""
    return QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, width)
