"""A bar chart for a paper: amounts over labels, drawn as plain rectangles."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from csr_desk.documents import typeface
from csr_desk.documents.columns import GREY
from csr_desk.documents.paper import Bar, Block, Style, Word
from csr_desk.documents.plain_text import clean
from csr_desk.documents.sheet import Sheet
from csr_desk.domain.money import Cents, shown

_HEIGHT = 92.0
_HEADROOM = 13.0
_LABEL = Style(8.0, shade=GREY)
_FIGURE = Style(7.5)
_DARKNESS = 0.42
_WIDEST = 54.0


def bar_chart(
    sheet: Sheet,
    bars: Sequence[tuple[str, Cents]],
    *,
    figure: Callable[[int], str] = shown,
    nothing: str = "No receipts.",
) -> None:
    """One bar for each label; what was given back hangs below the line. ``nothing`` is said where there is no bar.

    ``figure`` writes a bar's height: money unless it is told otherwise.
    """
    highest = max((amount for _, amount in bars), default=0)
    lowest = -min((amount for _, amount in bars), default=0)
    span = max(highest, 0) + max(lowest, 0)
    if not span:
        sheet.text(nothing, Style(9, shade=GREY))
        return
    slot = min(_WIDEST, sheet.paper.inner / len(bars))
    rise, fall = (_HEIGHT * max(part, 0) / span for part in (highest, lowest))  # one scale above and below the line
    base = _HEADROOM + rise
    below = 2 * _HEADROOM if fall else _HEADROOM - 1  # figures of what was given back stand over the labels
    words, drawn = [], [Bar(0, base, slot * len(bars), 0.7, 0.5)]
    for at, (label, amount) in enumerate(bars):
        left, wide = at * slot, slot * 0.7
        length = _HEIGHT * abs(amount) / span
        top = base - length if amount > 0 else base
        if amount:
            drawn.append(Bar(left + slot * 0.15, top, wide, length, _DARKNESS))
            figure_down = top - 3 if amount > 0 else base + length + 8
            words.append(_centred(figure(amount), left, slot, figure_down, _FIGURE))
        words.append(_centred(label, left, slot, base + fall + below, _LABEL))
    sheet.add(Block(base + fall + below + _HEADROOM, words, drawn))


def _centred(text: str, left: float, slot: float, down: float, style: Style) -> Word:
    said = typeface.printable(clean(text))
    size = style.size
    wide = typeface.width(said, style.font, size)
    if wide > slot - 1:  # narrow slots (a long day) take smaller figures rather than figures that touch
        size *= (slot - 1) / wide
        wide = slot - 1
    return Word(left + (slot - wide) / 2, down, said, style._replace(size=size))
