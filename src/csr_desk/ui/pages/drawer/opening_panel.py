"""Before the first sale: choose a drawer, count its float (C1–C3)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.domain.money import shown
from csr_desk.domain.training import Standing
from csr_desk.services.drawers import DrawerCard
from csr_desk.ui.context import Tone
from csr_desk.ui.dates import us_date
from csr_desk.ui.widgets import BigFigure, Card, Chip, KeyButton, Label, PiecesGrid
from csr_desk.ui.widgets.pick_list import Pick, PickList


class OpeningPanel(QWidget):
    """Drawers on the left, the float in pieces on the right."""

    open_wanted = Signal()

    def __init__(self, open_action: QAction) -> None:
        super().__init__()
        self._cards: tuple[DrawerCard, ...] = ()
        self.list = PickList("drawer-list", self.tr("Drawers"))
        self.grid = PiecesGrid("float")
        self.counted = BigFigure("float-counted")
        self.verdict = Chip("", Tone.INFO, "float-verdict")
        self.note = Label("", "soft", "float-note")
        self.training = Chip("", Tone.WARN, "training-state")
        self.open_button = KeyButton.for_action(open_action, "primary")
        self._assemble()
        self.list.picked.connect(lambda _key: self._show_float())
        self.list.entered.connect(lambda _key: self.grid.first_field().setFocus())
        self.grid.changed.connect(self._show_float)
        self.grid.finished.connect(self.open_button.setFocus)

    def _assemble(self) -> None:
        left = Card(self.tr("1 · Your drawer"), self.tr("↑ ↓ to choose, Enter to count"), flush=True)
        left.setFixedWidth(330)
        left.body.addWidget(self.list, 1)
        right = Card(self.tr("2 · Cash in the drawer"), self.tr("(pieces; Tab or ↓ for the next)"), flush=True)
        right.body.addWidget(self.grid)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 10, 12, 0)
        words = QVBoxLayout()
        words.addWidget(self.verdict)
        words.addWidget(self.note)
        words.addWidget(self.training)
        words.addStretch(1)
        foot.addLayout(words, 1)
        figures = QVBoxLayout()
        caption = Label(self.tr("Counted float"), "small")
        figures.addWidget(caption)
        figures.addWidget(self.counted)
        figures.addStretch(1)
        foot.addLayout(figures)
        right.body.addLayout(foot)
        right.body.addStretch(1)
        end = QHBoxLayout()
        end.setContentsMargins(12, 0, 12, 12)
        end.addStretch(1)
        end.addWidget(self.open_button)
        right.body.addLayout(end)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(left)
        row.addWidget(right, 1)

    def show_cards(self, cards: Sequence[DrawerCard]) -> None:
        """Show the drawers of the office; one in use says by whom."""
        self._cards = tuple(cards)
        self.list.show_picks([self._pick(card) for card in self._cards], self._first_free())
        self._show_float()

    def show_training(self, standing: Standing | None) -> None:
        """Say when the person's training in handling cash runs out within thirty days, or does not hold (J11)."""
        if standing is None or (standing.holds and not standing.soon):
            self.training.show_state("", Tone.INFO)
        elif standing.until is None:
            self.training.show_state(self.tr("No cash training on file: a supervisor records it first"), Tone.BAD)
        elif not standing.holds:
            words = self.tr("Cash training ran out on {0}: a supervisor records the next one first")
            self.training.show_state(words.format(us_date(standing.until)), Tone.BAD)
        else:
            words = self.tr("Your cash training runs out on {0}")
            self.training.show_state(words.format(us_date(standing.until)), Tone.WARN)

    def chosen(self) -> DrawerCard | None:
        """The drawer that is picked."""
        key = self.list.current_key()
        return next((card for card in self._cards if card.drawer == key), None)

    def sizeHint(self) -> QSize:
        """The page decides."""
        return QSize(900, 600)

    def _pick(self, card: DrawerCard) -> Pick:
        if card.batch is None:
            below = self.tr("Float {0}").format(shown(card.float_amount))
            return Pick(card.drawer, card.name, below, self.tr("Free"), "ok")
        return Pick(card.drawer, card.name, card.batch.custodian_name, self.tr("In use"), "warn")

    def _first_free(self) -> str | None:
        kept = self.chosen()
        if kept is not None and kept.batch is None and self.grid.total():
            return kept.drawer
        return next((card.drawer for card in self._cards if card.batch is None), None)

    def _show_float(self) -> None:
        counted = self.grid.total()
        self.counted.show_cents(counted)
        card = self.chosen()
        if card is None:
            self.verdict.show_state("", Tone.INFO)
            return
        self.note.setText(self.tr("{0} is issued with a float of {1}.").format(card.name, shown(card.float_amount)))
        difference = counted - card.float_amount
        if not counted:
            self.verdict.show_state("", Tone.INFO)
        elif not difference:
            self.verdict.show_state(self.tr("Float complete"), Tone.OK)
        else:
            words = (
                self.tr("{0} over: a reason and a second person")
                if difference > 0
                else self.tr("{0} short: a reason and a second person")
            )
            self.verdict.show_state(words.format(shown(abs(difference))), Tone.WARN)
