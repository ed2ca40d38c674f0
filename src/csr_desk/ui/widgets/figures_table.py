"""A table of facts and figures to read: figures stand at the right, the row of the cursor is marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from csr_desk.ui.theme import colour, say

_ROW = 37
_EDGE = 12
_MARK_WIDTH = 3
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_WRAPPED = int(Qt.TextFlag.TextWordWrap)
_SMALL = 12
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, whether it holds figures, its width in pixels (0 takes what is left)."""

    head: str
    figures: bool = False
    width: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a place; a tone is a token of the theme, strong is for what matters."""

    text: str
    tone: str = ""
    strong: bool = False


Row = Sequence[str | Cell]


class FiguresModel(QAbstractTableModel):
    """The cells as Qt asks for them."""

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.rows: tuple[tuple[Cell, ...], ...] = ()

    def show_rows(self, rows: Sequence[Row], columns: Sequence[Column] | None = None) -> None:
        """Show these rows, under other heads if given."""
        self.beginResetModel()
        if columns is not None:
            self.columns = tuple(columns)
        self.rows = tuple(tuple(part if isinstance(part, Cell) else Cell(part) for part in row) for row in rows)
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        """How many rows."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        """How many columns."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words and side of a cell; how it looks is the painter's."""
        if not index.isValid():
            return None
        cell = self.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self.columns[index.column()].figures else _LEFT
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Heads of the columns, on the side of what stands below."""
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].head
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self.columns[section].figures else _LEFT
        return None


class FiguresPainter(QStyledItemDelegate):
    """Draws a cell: its tone stays when the row is picked (a style sheet would paint every picked row alike)."""

    def __init__(self, model: FiguresModel, parent: QTableView) -> None:
        super().__init__(parent)
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Ground, line below, words on their side."""
        cell = self._model.rows[index.row()][index.column()]
        figures = self._model.columns[index.column()].figures
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, colour("select"))
            if index.column() == 0:
                painter.fillRect(rect.left(), rect.top(), _MARK_WIDTH, rect.height(), colour("accent"))
        painter.setPen(colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        font = QFont(painter.font())
        font.setPixelSize(15)
        font.setWeight(QFont.Weight.DemiBold if cell.strong else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(colour(cell.tone or "text"))
        inner = rect.adjusted(_EDGE, 0, -_EDGE, -1)
        if QFontMetrics(font).horizontalAdvance(cell.text) <= inner.width():
            painter.drawText(inner, _RIGHT if figures else _LEFT, cell.text)
        else:
            _draw_long(painter, font, inner, cell.text, figures=figures)
        painter.restore()


def _draw_long(painter: QPainter, font: QFont, inner: QRect, text: str, *, figures: bool) -> None:
    """Draw what is too long for its cell: figures smaller, words smaller and on two lines; cut only what is longer."""
    font.setPixelSize(_SMALL)
    painter.setFont(font)
    measure, flags = QFontMetrics(font), _RIGHT if figures else _LEFT | _WRAPPED
    if inner.size().expandedTo(measure.boundingRect(inner, flags, text).size()) == inner.size():
        painter.drawText(inner, flags, text)
    else:
        words = measure.elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, _RIGHT if figures else _LEFT, words)


class FiguresTable(QTableView):
    """Rows to read with the arrow keys; ``chosen`` tells the row."""

    chosen = Signal(int)

    def __init__(self, name: str, title: str, columns: Sequence[Column]) -> None:
        """``title`` is what the table holds, for screen readers."""
        super().__init__()
        self.figures = FiguresModel(columns)
        self.setModel(self.figures)
        self.setItemDelegate(FiguresPainter(self.figures, self))
        self.setObjectName(name)
        self.setAccessibleIdentifier(name)
        self.setAccessibleName(title)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        say(self, role="figures")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.horizontalHeader().setHighlightSections(False)
        self._widths()
        self.selectionModel().currentRowChanged.connect(lambda now, _before: self.chosen.emit(now.row()))

    def show_rows(self, rows: Sequence[Row], columns: Sequence[Column] | None = None) -> None:
        """Show these rows, keeping the cursor in its row."""
        row = self.currentIndex().row()
        self.figures.show_rows(rows, columns)
        if columns is not None:
            self._widths()
        if rows:
            self.setCurrentIndex(self.figures.index(min(max(row, 0), len(rows) - 1), 0))

    def texts(self) -> list[list[str]]:
        """What is shown, as words."""
        return [[cell.text for cell in row] for row in self.figures.rows]

    def fit(self) -> None:
        """Be exactly as high as the rows."""
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(head + _ROW * max(1, self.figures.rowCount()) + 6)

    def show_at_least(self, rows: int) -> None:
        """Keep room for so many rows, whatever else wants the height; more are scrolled to."""
        head = self.horizontalHeader().sizeHint().height()
        self.setMinimumHeight(head + _ROW * rows + 6)

    def go_to(self, row: int) -> None:
        """Put the cursor into a row."""
        self.setCurrentIndex(self.figures.index(row, 0))

    def _widths(self) -> None:
        head = self.horizontalHeader()
        for at, column in enumerate(self.figures.columns):
            if column.width:
                head.setSectionResizeMode(at, QHeaderView.ResizeMode.Fixed)
                head.resizeSection(at, column.width)
            else:
                head.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
