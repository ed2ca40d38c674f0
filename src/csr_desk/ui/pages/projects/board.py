"""A board: what is to be done, in a lane for each state; the lanes are lists that the arrow keys go through."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from csr_desk.ui.pages.projects.picture import CardPicture, LanePicture
from csr_desk.ui.theme import colour, say
from csr_desk.ui.widgets import Card
from csr_desk.ui.widgets.painted import draw_chip, elided, face
from csr_desk.ui.widgets.row_model import Index, RowModel, draw_ground, list_rows

_LINE = 20
_PAD = 9
_CHIP = 26
_EDGE = 12
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class CardPainter(QStyledItemDelegate):
    """Draws a card in the colours of the look in force."""

    def __init__(self, model: RowModel[CardPicture], parent: QListView) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Three lines, and a chip where something is the matter."""
        chip = _CHIP if self._model.rows[index.row()].chip else 0
        return QSize(100, 3 * _LINE + 2 * _PAD + chip)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """What, where, number and who, the chip, line below."""
        card = self._model.rows[index.row()]
        painter.save()
        inner = draw_ground(painter, option).adjusted(_EDGE, _PAD, -_EDGE, -_PAD)
        strong = face(14, QFont.Weight.DemiBold)
        for at, (text, font, ink) in enumerate(
            ((card.title, strong, "text"), (card.site, face(14), "text"), (card.below, face(13), "text_soft"))
        ):
            painter.setFont(font)
            painter.setPen(colour(ink))
            line = QRect(inner.left(), inner.top() + at * _LINE, inner.width(), _LINE)
            painter.drawText(line, _LEFT, elided(text, font, inner.width()))
        if card.chip:
            draw_chip(painter, inner.left(), inner.bottom() - 9, card.chip, card.tone)
        painter.restore()


class Lane(QListView):
    """Cards of one state; Enter opens, left and right go to the next lane that has any."""

    opened = Signal(str)
    stepped = Signal(int)

    def __init__(self, name: str, title: str) -> None:
        """``title`` is the state, for screen readers."""
        super().__init__()
        self.model_of_cards = RowModel[CardPicture](lambda card: card.spoken, lambda card: card.spoken)
        list_rows(self, self.model_of_cards, CardPainter(self.model_of_cards, self), (name, title))
        say(self, role="picks")
        self.doubleClicked.connect(lambda index: self._open(index.row()))

    @property
    def cards(self) -> tuple[CardPicture, ...]:
        """What is shown."""
        return self.model_of_cards.rows

    def show_cards(self, cards: Sequence[CardPicture]) -> None:
        """Show these; the cursor stays on the card it was on."""
        at = self.currentIndex().row()
        was = self.cards[at].opens if 0 <= at < len(self.cards) else ""
        self.model_of_cards.show_rows(cards)
        keys = [card.opens for card in cards]
        if keys:
            self.setCurrentIndex(self.model_of_cards.index(keys.index(was) if was in keys else 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, left and right change the lane."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex().row())
        elif event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.stepped.emit(-1 if event.key() == Qt.Key.Key_Left else 1)
        else:
            super().keyPressEvent(event)

    def _open(self, at: int) -> None:
        if 0 <= at < len(self.cards):
            self.opened.emit(self.cards[at].opens)


class BoardView(QWidget):
    """Lanes side by side; each says how many cards it holds."""

    opened = Signal(str)

    def __init__(self, name: str) -> None:
        """``name`` prefixes the identifiers of the lanes, which are made when they are first shown."""
        super().__init__()
        self._name = name
        self.lanes: dict[str, Lane] = {}
        self._cards: dict[str, Card] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(10)

    def show_lanes(self, lanes: Sequence[LanePicture]) -> None:
        """Show a board."""
        for lane in lanes:
            if lane.key not in self.lanes:
                self._add(lane)
            self.lanes[lane.key].show_cards(lane.cards)
            self._cards[lane.key].hint.setText(str(len(lane.cards)))
            self.lanes[lane.key].setAccessibleDescription(str(len(lane.cards)))

    def first_focus(self) -> QWidget:
        """The first lane that holds anything."""
        return next((lane for lane in self.lanes.values() if lane.cards), self)

    def _add(self, picture: LanePicture) -> None:
        lane = self.lanes[picture.key] = Lane(f"{self._name}-{picture.key}", picture.title)
        lane.opened.connect(self.opened)
        lane.stepped.connect(lambda by, key=picture.key: self._step(key, by))
        card = self._cards[picture.key] = Card(picture.title, " ", flush=True)
        card.body.addWidget(lane, 1)
        self._row.addWidget(card, 1)

    def _step(self, key: str, by: int) -> None:
        keys = list(self.lanes)
        at = keys.index(key) + by
        while 0 <= at < len(keys):
            if self.lanes[keys[at]].cards:
                self.lanes[keys[at]].setFocus(Qt.FocusReason.OtherFocusReason)
                return
            at += by
