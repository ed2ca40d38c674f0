"""Line icons of our own, drawn in a colour of the theme."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from csr_desk.locations import resources
from csr_desk.ui.theme import colour

_DENSITY = 2
"""Drawn at twice the size so that a dense screen shows clean lines."""


def pixmap(name: str, ink: str = "text", size: int = 22) -> QPixmap:
    """The icon ``name`` in the colour of a theme token, ``size`` logical pixels wide."""
    return _drawn(name, colour(ink).name(), size)


def icon(name: str, ink: str = "text", size: int = 22) -> QIcon:
    """The same as an icon for buttons."""
    return QIcon(pixmap(name, ink, size))


@lru_cache(maxsize=128)
def _drawn(name: str, ink: str, size: int) -> QPixmap:
    source = (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", ink)
    drawn = QPixmap(size * _DENSITY, size * _DENSITY)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(drawn.rect()))
    painter.end()
    drawn.setDevicePixelRatio(_DENSITY)
    return drawn
