"""A line over the months, painted by ourselves: how something went, not its figures to the cent."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from csr_desk.domain.money import Cents, shown
from csr_desk.ui.theme import colour
from csr_desk.ui.widgets.painted import face
from csr_desk.ui.widgets.words import say_tip

_FOOT = 18
_HEAD = 20
_EDGE = 6
_DOT = 3.5
_MIDDLE = Qt.AlignmentFlag.AlignCenter


class LineChart(QWidget):
    """One value a place, joined by a line; the accessible description reads them all out."""

    def __init__(self, name: str, title: str, nothing: str) -> None:
        """``title`` is what the chart shows, for screen readers; ``nothing`` stands there while all is zero."""
        super().__init__()
        self._labels: tuple[str, ...] = ()
        self._values: tuple[Cents, ...] = ()
        self._nothing = nothing
        self.setObjectName(name)
        self.setAccessibleIdentifier(name)
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(80)

    @property
    def values(self) -> tuple[Cents, ...]:
        """What is shown (cents)."""
        return self._values

    def show_values(self, labels: Sequence[str], values: Sequence[Cents]) -> None:
        """Show these amounts of cents under these labels."""
        self._labels, self._values = tuple(labels), tuple(values)
        words = [f"{label}: {_said(value)}" for label, value in zip(labels, values, strict=True)]
        self.setAccessibleDescription("; ".join(words))
        say_tip(self, "\n".join(words))
        self.update()

    def sizeHint(self) -> QSize:
        """A comfortable size on a card."""
        return QSize(280, 110)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground line, line, the last value and the highest; the first and last label."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not any(self._values):
            painter.setFont(face(13))
            painter.setPen(colour("text_soft"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._nothing)
            painter.end()
            return
        points, ground = self._points()
        painter.setPen(QPen(colour("line_strong"), 1))
        painter.drawLine(QPointF(0, ground), QPointF(self.width(), ground))
        painter.setPen(QPen(colour("accent"), 2))
        painter.drawPolyline(QPolygonF(points))
        painter.setBrush(colour("accent"))
        high = max(range(len(points)), key=lambda at: self._values[at])
        marked = sorted({high, len(points) - 1}, reverse=True)
        for at in marked:
            painter.drawEllipse(points[at], _DOT, _DOT)
        painter.setFont(face(11))
        painter.setPen(colour("text_soft"))
        places: list[QRectF] = []
        for at in marked:  # the last first: it is what is owed now
            words = _said(self._values[at])
            wide = QFontMetricsF(face(11)).horizontalAdvance(words) + 2
            left = min(max(points[at].x() - wide / 2, 0.0), self.width() - wide)
            below = at > 0 and points[at - 1].y() < points[at].y()  # the line comes from above
            place = QRectF(left, points[at].y() + (5 if below else 1 - _HEAD), wide, 14)
            if not any(place.intersects(other) for other in places):
                painter.fillRect(place, colour("surface"))  # the line may pass behind the figure
                painter.drawText(place, _MIDDLE, words)
                places.append(place)
        foot = QRectF(0, self.height() - _FOOT, self.width(), _FOOT)
        painter.drawText(foot, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self._labels[0])
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._labels[-1])
        painter.end()

    def _points(self) -> tuple[list[QPointF], float]:
        top, low = max(0, *self._values), min(0, *self._values)
        room = self.height() - _FOOT - _HEAD - _EDGE
        scale = room / (top - low)
        ground = _HEAD + top * scale
        step = (self.width() - 2 * _EDGE) / max(1, len(self._values) - 1)
        return [QPointF(_EDGE + at * step, ground - value * scale) for at, value in enumerate(self._values)], ground


def _said(cents: Cents) -> str:
    return f"−{shown(-cents)}" if cents < 0 else shown(cents)
