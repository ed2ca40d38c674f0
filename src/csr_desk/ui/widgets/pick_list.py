"""A list to pick from: a name in bold, a line below it, a chip with its state at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from csr_desk.ui.theme import colour, say
from csr_desk.ui.widgets.row_model import Index, RowModel, list_rows

_EDGE = 12
_MARK_WIDTH = 3
_FRAME = 2
_TALL = 57
_SHORT = 37


@dataclass(frozen=True, slots=True)
class Pick:
    """One line of the list."""

    key: str
    title: str
    below: str = ""
    chip: str = ""
    tone: str = "info"
    right: str = ""
    """A figure at the right of the title."""

    @property
    def words(self) -> str:
        """Everything it says, for a screen reader."""
        return ", ".join(part for part in (self.title, self.right, self.below, self.chip) if part)


class PickPainter(QStyledItemDelegate):
    """Draws a line with the colours of the look in force."""

    def __init__(self, model: RowModel[Pick], parent: QListView) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """High enough for two lines of words, or one."""
        return QSize(120, _TALL if self._model.rows[index.row()].below else _SHORT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, mark, words, chip, line below."""
        pick = self._model.rows[index.row()]
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(rect, colour("select"))
            painter.fillRect(rect.left(), rect.top(), _MARK_WIDTH, rect.height(), colour("accent"))
        painter.setPen(colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if chosen and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(colour("accent"), _FRAME))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        inner = rect.adjusted(_EDGE, 0, -_EDGE, -1)
        if pick.chip:
            room = self._chip(painter, inner, pick)
            inner.setRight(inner.right() - room)
        bold = QFont(painter.font())
        bold.setPixelSize(15)
        bold.setWeight(QFont.Weight.DemiBold)
        quiet = QFont(painter.font())
        quiet.setPixelSize(13)
        quiet.setWeight(QFont.Weight.Normal)  # the chip has been at this painter before
        if pick.right and pick.below:
            self._figure(painter, inner, pick.right, bold)
        if pick.below:
            upper, lower = QRect(inner), QRect(inner)
            upper.setHeight(inner.height() // 2 + 2)
            lower.setTop(inner.top() + inner.height() // 2 + 1)
            room = QFontMetrics(bold).horizontalAdvance(pick.right) + 8 if pick.right else 0
            self._words(painter, upper.adjusted(0, 8, -room, 0), pick.title, bold, "text")
            self._words(painter, lower.adjusted(0, 0, 0, -6), pick.below, quiet, "text_soft")
        else:
            self._words(painter, inner, pick.title, bold, "text")
        painter.restore()

    @staticmethod
    def _words(painter: QPainter, rect: QRect, text: str, font: QFont, tone: str) -> None:
        painter.setFont(font)
        painter.setPen(colour(tone))
        cut = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, cut)

    @staticmethod
    def _figure(painter: QPainter, inner: QRect, text: str, font: QFont) -> None:
        painter.setFont(font)
        painter.setPen(colour("text"))
        upper = QRect(inner)
        upper.setHeight(inner.height() // 2 + 2)
        painter.drawText(upper.adjusted(0, 8, 0, 0), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)

    @staticmethod
    def _chip(painter: QPainter, inner: QRect, pick: Pick) -> int:
        font = QFont(painter.font())
        font.setPixelSize(12)
        font.setWeight(QFont.Weight.DemiBold)
        width = QFontMetrics(font).horizontalAdvance(pick.chip) + 20
        height = 22
        top = inner.top() + (7 if pick.below else (inner.height() - height) // 2)
        box = QRect(inner.right() - width + 1, top, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = colour(f"{pick.tone}_ground")
        painter.setBrush(ground)
        painter.setPen(ground if ground.value() else colour(pick.tone))  # on black the chip needs an outline
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setFont(font)
        painter.setPen(colour(pick.tone))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, pick.chip)
        return width + 8


class PickList(QListView):
    """Arrow keys pick, ``picked`` tells the key of the line; Enter says ``entered``."""

    picked = Signal(str)
    entered = Signal(str)

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        """``title`` is what the list holds, for screen readers."""
        super().__init__(parent)
        self._model = RowModel[Pick](lambda pick: pick.words)
        list_rows(self, self._model, PickPainter(self._model, self), (name, title))
        say(self, role="picks")
        self.selectionModel().currentChanged.connect(self._moved)
        self.clicked.connect(lambda index: self.entered.emit(self._model.rows[index.row()].key))

    @property
    def picks(self) -> tuple[Pick, ...]:
        """What is shown."""
        return self._model.rows

    def show_picks(self, picks: Sequence[Pick], current: str | None = None) -> None:
        """Show these lines with ``current`` picked (the first when there is no such line); nothing is signalled."""
        if tuple(picks) != self._model.rows:
            self.selectionModel().blockSignals(True)
            self._model.show_rows(picks)
            self.selectionModel().blockSignals(False)
        self.pick(current if current is not None else self.current_key())

    def pick(self, key: str | None) -> None:
        """Mark a line without telling anybody."""
        rows = [pick.key for pick in self.picks]
        if not rows:
            return
        index = self._model.index(rows.index(key) if key in rows else 0)
        self.selectionModel().blockSignals(True)
        self.setCurrentIndex(index)
        self.selectionModel().blockSignals(False)
        self.viewport().update()

    def current_key(self) -> str | None:
        """The key of the picked line."""
        row = self.currentIndex().row()
        return self.picks[row].key if 0 <= row < len(self.picks) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes forward; the rest is as in every list."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not (
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            key = self.current_key()
            if key is not None:
                self.entered.emit(key)
            return
        super().keyPressEvent(event)

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.picked.emit(self._model.rows[now.row()].key)
