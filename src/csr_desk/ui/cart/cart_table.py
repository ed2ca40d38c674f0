"""The cart: keyed lines and what the program added to them, two lines of text a row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from csr_desk.domain.money import shown
from csr_desk.ui.cart.cart import Row
from csr_desk.ui.theme import colour
from csr_desk.ui.widgets.painted import draw_chip, elided, face

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 57
_NUMBER, _CODE, _NAME, _QUANTITY, _EACH, _AMOUNT = range(6)
_RIGHT = Qt.AlignmentFlag.AlignRight
_LEFT = Qt.AlignmentFlag.AlignLeft


class CartModel(QAbstractTableModel):
    """The rows as they are now."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.rows: tuple[Row, ...] = ()
        self._heads = tuple(self.tr(text) for text in ("#", "Item", "Description", "Qty", "Each", "Amount"))

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Replace the rows; the same number of rows only changes their data."""
        if len(rows) == len(self.rows):
            self.rows = tuple(rows)
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, _AMOUNT))
            return
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        """Keyed and added lines."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        """Number, item, description, quantity, each, amount."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The heads of the columns."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return (_LEFT if section <= _NAME else _RIGHT) | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of a cell; the delegate reads the row itself."""
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, index.column())
        if role == Qt.ItemDataRole.AccessibleDescriptionRole and index.column() == _NAME:
            return row.fault or row.detail
        return None

    def _text(self, row: Row, column: int) -> str:
        added = self.tr("added with {0}").format(row.added_with) if row.added_with is not None else ""
        return (
            str(row.number),
            row.code,
            f"{row.name} {added}".strip(),
            row.quantity,
            "" if row.each is None else shown(row.each),
            "–" if row.amount is None else shown(row.amount),
        )[column]


class CartRow(QStyledItemDelegate):
    """Paints the cells of a row."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines of text."""
        return QSize(60, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        row: Row = index.data(Qt.ItemDataRole.UserRole)
        where: QRect = option.rect
        column = index.column()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(where, colour("select" if chosen else "surface"))
        if chosen and column == _NUMBER:
            painter.fillRect(QRect(where.left(), where.top(), 3, where.height()), colour("accent"))
        painter.setPen(colour("line"))
        painter.drawLine(where.bottomLeft(), where.bottomRight())
        first = QRect(where.left() + 10, where.top() + 8, where.width() - 20, 20)
        if column == _NAME:
            self._name(painter, first, row)
        else:
            painter.setFont(face(15, QFont.Weight.DemiBold if column == _CODE else QFont.Weight.Normal))
            painter.setPen(colour("text_soft" if column == _NUMBER else "text"))
            side = _LEFT if column <= _CODE else _RIGHT
            text = elided(str(index.data()), painter.font(), first.width() + 8)
            painter.drawText(first, side | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()

    def _name(self, painter: QPainter, first: QRect, row: Row) -> None:
        font = face(15)
        added = self.tr("added with {0}").format(row.added_with) if row.added_with is not None else ""
        room = first.width() - (110 if added else 0)
        name = elided(row.name, font, room)
        painter.setFont(font)
        painter.setPen(colour("text"))
        painter.drawText(first, _LEFT | Qt.AlignmentFlag.AlignVCenter, name)
        if added:
            draw_chip(
                painter, first.left() + QFontMetricsF(font).horizontalAdvance(name) + 10, first.center().y() + 1, added
            )
        second = first.translated(0, 21)
        small = face(13)
        painter.setFont(small)
        painter.setPen(colour("warn" if row.fault else "text_soft"))
        text = f"▲ {row.fault}" if row.fault else row.detail
        painter.drawText(second, _LEFT | Qt.AlignmentFlag.AlignVCenter, elided(text, small, second.width()))


class CartTable(QTableView):
    """Picks lines by arrows and clicks; characters typed here belong to the search box."""

    picked = Signal(int)
    """Place of the keyed line that the row belongs to."""

    def __init__(self) -> None:
        """An empty cart."""
        super().__init__()
        self.setObjectName("cart")
        self.setAccessibleIdentifier("cart")
        self.setAccessibleName(self.tr("Cart"))
        self.cart = CartModel()
        self.setModel(self.cart)
        self.setItemDelegate(CartRow(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setMinimumSectionSize(ROW_HEIGHT)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setMinimumSectionSize(34)
        for column, width in ((_NUMBER, 34), (_CODE, 128), (_QUANTITY, 62), (_EACH, 92), (_AMOUNT, 104)):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self.setColumnWidth(column, width)
        head.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        self.selectionModel().currentRowChanged.connect(self._moved)
        self._showing = False

    def show_rows(self, rows: Sequence[Row], picked: int | None) -> None:
        """Show the rows with the picked keyed line marked and in sight."""
        self._showing = True
        self.cart.show_rows(rows)
        at = next((place for place, row in enumerate(rows) if row.keyed == picked and row.added_with is None), None)
        if at is None:
            self.clearSelection()
        else:
            self.selectRow(at)
            last = max(place for place, row in enumerate(rows) if row.keyed == picked)
            self.scrollTo(self.cart.index(last, 0))
            self.scrollTo(self.cart.index(at, 0))
        self._showing = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move here; characters, Enter and Esc are the page's."""
        if event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid() and not self._showing:
            self.picked.emit(self.cart.rows[now.row()].keyed)
