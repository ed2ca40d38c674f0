"""What the bindings to Qt must not do to Python."""

from __future__ import annotations

import sys

from PySide6.QtCore import QStringListModel
from PySide6.QtGui import QColor, QImage, QPainter

CALLS = 2_000


def test_calls_that_return_nothing_take_no_reference_to_none_away() -> None:
    """PySide6 6.12.0 did: Python 3.11 ends with “deallocating None” after some ten thousand calls."""
    model = QStringListModel(["a"])
    image = QImage(8, 8, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    ink = QColor("red")
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        painter.setPen(ink)
        model.index(0).data(99)
    lost = before - sys.getrefcount(None)
    painter.end()
    assert lost < CALLS // 10
