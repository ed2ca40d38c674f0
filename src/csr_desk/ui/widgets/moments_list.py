"""The time line as a list: when, what kind in a chip, in words, and the amount; Enter opens what can be opened."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from csr_desk.ui.moments import MomentRow
from csr_desk.ui.theme import colour, say
from csr_desk.ui.widgets.painted import draw_chip, elided, face
from csr_desk.ui.widgets.row_model import Index, RowModel, draw_ground, list_rows

_ROW = 36
_EDGE = 12
_WHEN = 116
_AMOUNT = 110
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class MomentPainter(QStyledItemDelegate):
    """Draws a line in the colours of the look in force."""

    def __init__(self, model: RowModel[MomentRow], parent: QListView) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line."""
        return QSize(200, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """When, chip, words, amount, line below."""
        row = self._model.rows[index.row()]
        painter.save()
        inner = draw_ground(painter, option).adjusted(_EDGE, 0, -_EDGE, -1)
        painter.setFont(face(14))
        painter.setPen(colour("text_soft"))
        painter.drawText(QRect(inner.left(), inner.top(), _WHEN, inner.height()), _LEFT, row.when)
        end = draw_chip(painter, inner.left() + _WHEN, inner.center().y(), row.chip, row.tone)
        painter.setFont(face(15))
        painter.setPen(colour("text"))
        left = round(end) + 8
        room = inner.right() - left - (_AMOUNT if row.amount else 0)
        words = elided(row.words, face(15), room)
        painter.drawText(QRect(left, inner.top(), room, inner.height()), _LEFT, words)
        painter.drawText(inner, _RIGHT, row.amount)
        painter.restore()


class MomentsList(QListView):
    """Arrow keys move, Enter tells what the line opens."""

    opened = Signal(str)

    def __init__(self, name: str, title: str) -> None:
        """``title`` is what the list holds, for screen readers."""
        super().__init__()
        self.moments = RowModel[MomentRow](lambda row: row.spoken, lambda row: row.words)
        list_rows(self, self.moments, MomentPainter(self.moments, self), (name, title))
        self.setUniformItemSizes(True)
        say(self, role="picks")
        self.doubleClicked.connect(lambda index: self._open(index.row()))

    def show_rows(self, rows: Sequence[MomentRow]) -> None:
        """Show these, the newest picked."""
        self.moments.show_rows(rows)
        if rows:
            self.setCurrentIndex(self.moments.index(0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def _open(self, at: int) -> None:
        if 0 <= at < len(self.moments.rows) and self.moments.rows[at].opens:
            self.opened.emit(self.moments.rows[at].opens)
