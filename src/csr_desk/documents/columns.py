"""Facts and figures in columns, as the office papers and the receipt show them."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import NamedTuple

from csr_desk.documents.paper import LEFT, RIGHT, Bar, Cell, Style
from csr_desk.documents.sheet import Sheet

GREY = 0.36
_LABEL, _VALUE = Style(8.5, shade=GREY), Style(9.5)
_HEAD, _ROW, _TOTAL = Style(8.0, strong=True, shade=GREY), Style(9.0), Style(9.5, strong=True)
_LINE = 0.72
_LABEL_ROOM = 76.0
_GUTTER = 8.0


class Column(NamedTuple):
    """A column of a table: heading, share of the width, and whether figures stand in it."""

    title: str
    share: int
    figures: bool = False


def facts(sheet: Sheet, pairs: Sequence[tuple[str, str]], *, whole: Container[str] = ()) -> None:
    """Labels and values two abreast; those named in ``whole`` take the whole width, below the others."""
    half = sheet.paper.inner / 2
    short = [pair for pair in pairs if pair[0] not in whole]
    for at in range(0, len(short), 2):
        cells = []
        for column, (label, value) in enumerate(short[at : at + 2]):
            cells.append(Cell(label, column * half, _LABEL_ROOM - 2, _LABEL))
            cells.append(Cell(value, column * half + _LABEL_ROOM, half - _LABEL_ROOM - _GUTTER, _VALUE))
        sheet.row(cells)
    for label, value in pairs:
        if label in whole:
            room = sheet.paper.inner - _LABEL_ROOM
            sheet.row([Cell(label, 0, _LABEL_ROOM - 2, _LABEL), Cell(value, _LABEL_ROOM, room, _VALUE)])


def table(
    sheet: Sheet, columns: Sequence[Column], rows: Sequence[Sequence[str]], *, total: Sequence[str] = (),
    room: float | None = None,
) -> None:  # fmt: skip
    """A table ``room`` points wide (all of it if None) whose heading is repeated on every page.

    ``total`` is its last row, in strong type. No page begins with the total alone, none ends with the heading alone.
    """
    room = room or sheet.paper.inner
    rooms = _rooms(room, columns)
    head = sheet.row(_cells(columns, rooms, [column.title for column in columns], _HEAD), keep=True, after=5)
    head.bars.append(Bar(0, head.height - 3, room, 0.6, _LINE))
    head.head = None
    sheet.head = head
    for at, row in enumerate(rows):
        sheet.row(_cells(columns, rooms, row, _ROW), after=2, keep=bool(total) and at == len(rows) - 1)
    if total:
        block = sheet.row(_cells(columns, rooms, total, _TOTAL), before=3, after=2)
        block.bars.append(Bar(0, 0, room, 0.6, _LINE))
    sheet.head = None


def _rooms(room: float, columns: Sequence[Column]) -> list[tuple[float, float]]:
    parts = sum(column.share for column in columns)
    unit = (room - _GUTTER * (len(columns) - 1)) / parts
    rooms = []
    at = 0.0
    for column in columns:
        rooms.append((at, unit * column.share))
        at += unit * column.share + _GUTTER
    return rooms


def _cells(
    columns: Sequence[Column], rooms: Sequence[tuple[float, float]], texts: Sequence[str], style: Style
) -> list[Cell]:
    return [
        Cell(text, at, room, style, RIGHT if column.figures else LEFT)
        for column, (at, room), text in zip(columns, rooms, texts, strict=True)
        if text
    ]
