"""Permits, orders, inspections, work orders and releases in one list: number, state in a chip, what, until when."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from csr_desk.ui.pages.projects.picture import LineRow
from csr_desk.ui.theme import colour, say
from csr_desk.ui.widgets.painted import draw_chip, elided, face
from csr_desk.ui.widgets.row_model import Index, RowModel, draw_ground, list_rows

_ROW = 36
_EDGE = 12
_NUMBER = 122
_CHIP = 96
_WHEN = 104
_AMOUNT = 92
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ThingPainter(QStyledItemDelegate):
    """Draws a line in the colours of the look in force."""

    def __init__(self, model: RowModel[LineRow], parent: QListView) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line."""
        return QSize(200, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Number, chip, words, day, amount, line below."""
        row = self._model.rows[index.row()]
        painter.save()
        inner = draw_ground(painter, option).adjusted(_EDGE, 0, -_EDGE, -1)
        painter.setFont(face(14, QFont.Weight.DemiBold))
        painter.setPen(colour("text"))
        painter.drawText(inner, _LEFT, row.number)
        draw_chip(painter, inner.left() + _NUMBER, inner.center().y(), row.state, row.tone)
        painter.setFont(face(15))
        painter.setPen(colour("text"))
        painter.drawText(inner, _RIGHT, row.amount)
        inner.setRight(inner.right() - _AMOUNT)
        painter.setFont(face(14))
        painter.setPen(colour("text_soft"))
        painter.drawText(inner, _RIGHT, row.when)
        self._words(painter, inner.adjusted(_NUMBER + _CHIP, 0, -_WHEN, 0), row)
        painter.restore()

    @staticmethod
    def _words(painter: QPainter, room: QRect, row: LineRow) -> None:
        """What it is, then in colour what is wrong with it, or softly what it belongs to."""
        title = elided(row.title, face(15), room.width())
        painter.setFont(face(15))
        painter.setPen(colour("text"))
        painter.drawText(room, _LEFT, title)
        left = room.left() + QFontMetrics(face(15)).horizontalAdvance(title) + 10
        rest = QRect(left, room.top(), room.right() - left, room.height())
        wrong = elided(row.concern, face(14), rest.width())
        painter.setFont(face(14))
        painter.setPen(colour(row.tone))
        painter.drawText(rest, _LEFT, wrong)
        if row.about:
            gap = QFontMetrics(face(14)).horizontalAdvance(wrong) + 10 if wrong else 0
            rest.setLeft(rest.left() + gap)
            painter.setPen(colour("text_soft"))
            painter.drawText(rest, _LEFT, elided(row.about, face(14), rest.width()))


class ThingsList(QListView):
    """Arrow keys move, Enter tells what the line opens."""

    opened = Signal(str)

    def __init__(self, name: str, title: str) -> None:
        """``title`` is what the list holds, for screen readers."""
        super().__init__()
        self.things = RowModel[LineRow](_spoken, _tip)
        list_rows(self, self.things, ThingPainter(self.things, self), (name, title))
        self.setUniformItemSizes(True)
        say(self, role="picks")
        self.doubleClicked.connect(lambda index: self._open(index.row()))

    def show_rows(self, rows: Sequence[LineRow]) -> None:
        """Show these; the cursor stays on the thing it was on."""
        was = self.current()
        self.things.show_rows(rows)
        self.pick(was)

    def current(self) -> str:
        """What the cursor is on (``permit:P26-000001-9``)."""
        at = self.currentIndex().row()
        return self.things.rows[at].opens if 0 <= at < len(self.things.rows) else ""

    def pick(self, about: str) -> None:
        """Put the cursor on a thing; on the first where it is not there."""
        keys = [row.opens for row in self.things.rows]
        if keys:
            self.setCurrentIndex(self.things.index(keys.index(about) if about in keys else 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def _open(self, at: int) -> None:
        if 0 <= at < len(self.things.rows):
            self.opened.emit(self.things.rows[at].opens)


def _spoken(row: LineRow) -> str:
    said = (row.number, row.state, row.title, row.concern, row.about, row.when, row.amount)
    return ", ".join(part for part in said if part)


def _tip(row: LineRow) -> str:
    return " · ".join(part for part in (row.title, row.concern, row.about) if part)
