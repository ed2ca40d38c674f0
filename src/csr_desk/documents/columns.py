"""Facts and figures in columns, as the office papers and the receipt show them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from typing import NamedTuple

from csr_desk.documents.sheet import LEFT, RIGHT, Cell, Sheet, Style

GREY = 0.36
_LABEL, _VALUE = Style(8.5, shade=GREY), Style(9.5)
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
            sheet.row(
                [Cell(label, 0, _LABEL_ROOM - 2, _LABEL), Cell(value, _LABEL_ROOM, room, _VALUE._replace(strong=True))]
            )


def table(
    sheet: Sheet, columns: Sequence[Column], rows: Iterable[Sequence[str]], *, total: Sequence[str] = (),
    size: float = 9.0,
) -> None:  # fmt: skip
    """A table whose heading is repeated on every page; ``total`` is its last row, in strong type."""
    rooms = _rooms(sheet, columns)
    head = Style(8.0, strong=True, shade=GREY)
    sheet.head = sheet.row(_cells(columns, rooms, [column.title for column in columns], head), keep=True, after=2)
    sheet.head.head = None
    sheet.rule(before=0, after=2)
    for row in rows:
        sheet.row(_cells(columns, rooms, row, Style(size)), after=2)
    if total:
        sheet.rule(before=0, after=2)
        sheet.row(_cells(columns, rooms, total, Style(size + 0.5, strong=True)), after=2)
    sheet.head = None


def _rooms(sheet: Sheet, columns: Sequence[Column]) -> list[tuple[float, float]]:
    parts = sum(column.share for column in columns)
    unit = (sheet.paper.inner - _GUTTER * (len(columns) - 1)) / parts
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
