"""Kinds of paper and what lies on them: words and bars in blocks that are not torn apart. Measures are points."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from csr_desk.documents import typeface
from csr_desk.documents.typeface import REGULAR, STRONG

MM = 72 / 25.4
LEADING = 1.32
ASCENT = 0.97
"""Where the baseline stands below the top of a line, in sizes."""
LONGEST_PAGE = 14_000.0
"""PDF readers refuse pages over 14,400 points; a longer roll goes on on the next."""

LEFT, RIGHT, CENTRE = "left", "right", "centre"


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of paper in points; ``height`` None is a roll, cut where the text ends."""

    name: str
    width: float
    height: float | None
    side: float
    top: float
    foot: float
    grey: bool
    """Whether pale print survives (a thermal head prints black or nothing)."""

    @property
    def inner(self) -> float:
        """Width between the margins."""
        return self.width - 2 * self.side


LETTER = Paper("letter", 612.0, 792.0, 50.0, 46.0, 48.0, grey=True)
ROLL_80 = Paper("roll_80", 80 * MM, None, 4 * MM, 4 * MM, 8 * MM, grey=False)


class Style(NamedTuple):
    """How a word looks: size in points, weight, and darkness from 0 (black) to 1 (white)."""

    size: float = 9.0
    strong: bool = False
    shade: float = 0.0

    @property
    def font(self) -> str:
        """Name of the typeface for the canvas."""
        return STRONG if self.strong else REGULAR


class Cell(NamedTuple):
    """Text in a column that begins ``at`` points from the left margin and is ``width`` wide; it wraps."""

    text: str
    at: float
    width: float
    style: Style = Style()
    align: str = LEFT


class Word(NamedTuple):
    """A line of text placed in a block: x from the left margin, baseline from the block's top."""

    x: float
    down: float
    text: str
    style: Style


class Bar(NamedTuple):
    """A filled rectangle placed in a block."""

    x: float
    down: float
    width: float
    height: float
    shade: float = 0.0


@dataclass(slots=True)
class Block:
    """What stays together on one page. ``keep`` holds it with the next block; ``head`` is repeated on a new page."""

    height: float
    words: list[Word] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    flowable: Any = None
    keep: bool = False
    head: Block | None = None


def wrap(text: str, style: Style, width: float) -> list[str]:
    """Break printable text into lines no wider than ``width``; a word that is too long is broken by letters."""
    if typeface.width(text, style.font, style.size) <= width:
        return [text]
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        trial = f"{line} {word}" if line else word
        if typeface.width(trial, style.font, style.size) <= width:
            line = trial
            continue
        if line:
            lines.append(line)
        *full, line = _broken(word, style, width)
        lines.extend(full)
    lines.append(line)
    return lines


def _broken(word: str, style: Style, width: float) -> list[str]:
    if typeface.width(word, style.font, style.size) <= width:
        return [word]
    parts = [""]
    used = 0.0
    for char in word:
        step = typeface.width(char, style.font, style.size)
        if used + step > width and parts[-1]:
            parts.append("")
            used = 0.0
        parts[-1] += char
        used += step
    return parts
