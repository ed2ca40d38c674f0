"""A box to tick, drawn with the colours of the look in force: seen when it is empty, and where the focus is."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QCheckBox

from csr_desk.ui.theme import colour

_SIDE = 18
_GAP = 8


class Tick(QCheckBox):
    """A check box whose box can be seen on white and on black."""

    def sizeHint(self) -> QSize:
        """The box and the words beside it."""
        words = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(_SIDE + 2 + (words + _GAP if words else 0), max(_SIDE + 4, self.fontMetrics().height() + 4))

    def minimumSizeHint(self) -> QSize:
        """Nothing is cut."""
        return self.sizeHint()

    def hitButton(self, _at: object) -> bool:
        """The words tick as well as the box."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Box, tick, words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = (self.height() - _SIDE) / 2
        box = QRect(1, round(top), _SIDE, _SIDE).adjusted(0, 0, -1, -1)
        ticked, able = self.isChecked(), self.isEnabled()
        edge = "accent" if self.hasFocus() or (ticked and able) else "line_strong"
        painter.setPen(QPen(colour(edge), 2 if self.hasFocus() else 1))
        painter.setBrush(colour("accent" if ticked and able else "surface" if able else "surface_low"))
        painter.drawRoundedRect(box, 4, 4)
        if ticked:
            pen = QPen(colour("on_accent" if able else "text_soft"), 2)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            corner = QPointF(box.left(), box.top())
            points = [corner + QPointF(x, y) for x, y in ((4, 9), (7.5, 12.5), (13.5, 5.5))]
            painter.drawPolyline(QPolygonF(points))
        if self.text():
            painter.setPen(colour("text" if able else "dim"))
            words = self.rect().adjusted(_SIDE + _GAP, 0, 0, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        painter.end()
