"""Which letters the fonts of a station have: a language that would come out as boxes is not offered."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QFont, QTextLayout


def can_write(text: str, font: QFont) -> bool:
    """Say whether every letter of a text has a shape in the font, or in one that stands in for it."""
    return _can_write(text, font.toString())


@lru_cache(maxsize=200)
def _can_write(text: str, described: str) -> bool:
    font = QFont()
    font.fromString(described)
    layout = QTextLayout(text, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return all(0 not in run.glyphIndexes() for run in layout.glyphRuns())
