"""How a person looks in the list of the sign-in page."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from csr_desk.ui.theme import colour


class PersonRow(QStyledItemDelegate):
    """Name over title and user; in a demonstration the secret at the right."""

    CARD = Qt.ItemDataRole.UserRole + 1
    HEIGHT = 44

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Two lines."""
        return QSize(100, self.HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one person."""
        name, below, secret = index.data(self.CARD)
        where: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(where, colour("select" if chosen else "surface"))
        if chosen:
            painter.fillRect(QRect(where.left(), where.top(), 3, where.height()), colour("accent"))
        inner = where.adjusted(12, 4, -12, -4)
        font = painter.font()
        font.setPixelSize(14)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(colour("text"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, name)
        font.setBold(False)
        font.setPixelSize(12)
        painter.setFont(font)
        painter.setPen(colour("text_soft"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, below)
        if secret:
            painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, secret)
        painter.setPen(colour("line"))
        painter.drawLine(where.bottomLeft(), where.bottomRight())
        painter.restore()
