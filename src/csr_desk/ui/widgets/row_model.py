"""Rows of one kind as Qt asks for them: each with the words that a screen reader says, and a tip where it has one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from csr_desk.ui.theme import colour

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
_MARK = 3
_SPOKEN = frozenset({Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole})


class RowModel(QAbstractListModel, Generic[R]):
    """The rows of a list that paints them itself."""

    def __init__(self, spoken: Callable[[R], str], tip: Callable[[R], str] | None = None) -> None:
        """``spoken`` gives everything that a row says, ``tip`` what is shown under the pointer."""
        super().__init__()
        self._spoken, self._tip = spoken, tip
        self.rows: tuple[R, ...] = ()

    def show_rows(self, rows: Sequence[R]) -> None:
        """Show these."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many rows."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """A row in words."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role in _SPOKEN:
            return self._spoken(row)
        if role == Qt.ItemDataRole.ToolTipRole and self._tip is not None:
            return self._tip(row).replace("<", "‹")  # a tip would follow markup in it
        return None


def draw_ground(painter: QPainter, option: QStyleOptionViewItem) -> QRect:
    """Draw the ground of a row, marked where the cursor of a list with the keys is, a line below; return its place."""
    rect: QRect = option.rect
    state: QStyle.StateFlag = option.state
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if state & QStyle.StateFlag.State_Selected and state & QStyle.StateFlag.State_HasFocus:
        painter.fillRect(rect, colour("select"))
        painter.fillRect(rect.left(), rect.top(), _MARK, rect.height(), colour("accent"))
    painter.setPen(QPen(colour("line"), 1))
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())
    return rect


def list_rows(view: QListView, model: RowModel[R], painter: QStyledItemDelegate, names: tuple[str, str]) -> None:
    """Let a list show the rows of a model one at a time; ``names`` are its identifier and what it holds in words."""
    name, title = names
    view.setModel(model)
    view.setItemDelegate(painter)
    view.setObjectName(name)
    view.setAccessibleIdentifier(name)
    view.setAccessibleName(title)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
