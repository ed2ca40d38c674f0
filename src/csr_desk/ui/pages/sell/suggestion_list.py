"""The list under the search box: a child of the page (no popup), matches in bold, painted in one go."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from csr_desk.ui.pages.sell.picture import Suggestion
from csr_desk.ui.theme import colour, say
from csr_desk.ui.widgets.painted import draw_spans, elided, face

Index = QModelIndex | QPersistentModelIndex
_TALL, _SHORT = 50, 36


class SuggestionModel(QAbstractListModel):
    """What was found, best first."""

    def __init__(self) -> None:
        """Start with nothing."""
        super().__init__()
        self.found: tuple[Suggestion, ...] = ()

    def show_found(self, found: Sequence[Suggestion]) -> None:
        """Replace everything."""
        self.beginResetModel()
        self.found = tuple(found)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        """How many were found."""
        return 0 if parent.isValid() else len(self.found)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a suggestion for screen readers; the delegate reads the suggestion itself."""
        one = self.found[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return one
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return " ".join(part for part in (one.code, one.title, one.below, one.right) if part)
        return None


class SuggestionRow(QStyledItemDelegate):
    """Code and title with matches in bold, softly below where it comes from, the price at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines, or one where there is nothing below."""
        one: Suggestion = index.data(Qt.ItemDataRole.UserRole)
        return QSize(100, _TALL if one.below else _SHORT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one suggestion."""
        one: Suggestion = index.data(Qt.ItemDataRole.UserRole)
        where: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(where, colour("select"))
        inner = where.adjusted(14, 0, -14, 0)
        base = where.top() + (21 if one.below else 23)
        end = draw_spans(painter, inner.left(), base, one.code, (14, "text", ((0, len(one.code)),)))
        room = inner.right() - end - 90
        title = elided(one.title, face(14), room)
        draw_spans(painter, end + 9, base, title, (14, "text", one.title_spans if title == one.title else ()))
        painter.setPen(colour("text"))
        painter.setFont(face(14))
        price = QRect(inner.right() - 90, where.top(), 90, 30 if one.below else where.height())
        painter.drawText(price, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, one.right)
        if one.below:
            painter.setPen(colour("text_soft"))
            painter.setFont(face(12))
            below = QRect(inner.left(), where.top() + 26, inner.width() - 80, 18)
            painter.drawText(below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, one.below)
        painter.restore()


class SuggestionList(QListView):
    """Hidden while there is nothing to show; never takes the focus from the box."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        """A child of the page, raised over what lies below the box."""
        super().__init__(parent)
        self._page = parent
        say(self, role="suggestions")
        self.setObjectName("suggestions")
        self.setAccessibleIdentifier("suggestions")
        self.setAccessibleName(self.tr("Suggestions"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.found = SuggestionModel()
        self.setModel(self.found)
        self.setItemDelegate(SuggestionRow(self))
        self.clicked.connect(lambda index: self.chosen.emit(index.data(Qt.ItemDataRole.UserRole)))
        self.hide()

    def show_found(self, found: Sequence[Suggestion], *, picked: bool) -> None:
        """Show these; ``picked`` marks the first as the one that Enter takes, unless more joined what was shown."""
        before, row = self.found.found, self.currentIndex().row()
        joined = self.isVisible() and bool(before) and set(before) <= set(found) and row >= 0
        at = list(found).index(before[row]) if joined else 0
        self.found.show_found(found)
        if not found:
            self.hide()
            return
        self.setCurrentIndex(self.found.index(at) if picked else QModelIndex())
        height = sum(_TALL if one.below else _SHORT for one in found) + 10
        room = self._page.height() - self.y() - 8
        self.resize(self.width(), min(height, room))
        self.show()
        self.raise_()

    def step(self, by: int) -> None:
        """Pick the next or the one before."""
        now = self.currentIndex().row()
        row = max(0, min(self.found.rowCount() - 1, now + by))
        self.setCurrentIndex(self.found.index(row))

    def picked(self) -> Suggestion | None:
        """The one that Enter takes, if the list is seen."""
        index = self.currentIndex()
        return self.found.found[index.row()] if self.isVisible() and index.isValid() else None
