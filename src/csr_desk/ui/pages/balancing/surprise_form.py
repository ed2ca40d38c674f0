"""The form of an unannounced count: pieces and tapes; nothing of what should be there (C10)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.domain.drawer import CountSheet
from csr_desk.ui.widgets import BigFigure, Card, KeyButton, Label, PiecesGrid, TapeRows

_PREFIX = "surprise-"
_TENDERS = ("check", "cashiers_check", "money_order")


class SurpriseForm(QWidget):
    """What the counter keys in the presence of who holds the money."""

    send_wanted = Signal()

    def __init__(self, send: QAction, back: QAction) -> None:
        super().__init__()
        self.grid = PiecesGrid("surprise")
        self.counted = BigFigure("surprise-total")
        names = (self.tr("Checks"), self.tr("Cashier’s checks"), self.tr("Money orders"))
        self.tapes = TapeRows([(_PREFIX + kind, name) for kind, name in zip(_TENDERS, names, strict=True)])
        self.card = Card(" ", " ", flush=True)
        self.card.body.addWidget(self.grid)
        self.card.body.addWidget(self.tapes)
        self.card.body.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 6, 12, 12)
        note = Label(
            self.tr("Count together with the holder, who signs. The drawer goes on selling afterwards."), "soft"
        )
        note.setWordWrap(True)
        foot.addWidget(note, 1)
        figures = QVBoxLayout()
        figures.addWidget(Label(self.tr("Counted cash"), "small"))
        figures.addWidget(self.counted)
        foot.addLayout(figures)
        foot.addSpacing(12)
        foot.addWidget(KeyButton.for_action(back))
        foot.addWidget(KeyButton.for_action(send, "primary"))
        self.card.body.addLayout(foot)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.card)
        self.grid.changed.connect(lambda: self.counted.show_cents(self.grid.total()))
        self.grid.finished.connect(self._after_cash)
        self.tapes.finished.connect(self.send_wanted)

    def begin(self, place: str, holder: str, *, drawer: bool) -> None:
        """Start a count of a place, from nothing; a fund is cash only."""
        self.grid.clear()
        self.tapes.clear()
        self.tapes.setVisible(drawer)
        self.card.title.setText(self.tr("Unannounced count: {0}").format(place))
        self.card.hint.setText(self.tr("in the presence of {0}").format(holder) if holder else "")

    def sheet(self) -> CountSheet:
        """What is keyed; raise BadInput naming the field."""
        others = {kind.removeprefix(_PREFIX): tape for kind, tape in self.tapes.tapes().items()}
        return CountSheet(self.grid.pieces(), others)

    def focus_field(self, name: str) -> bool:
        """Put the cursor into a field of the form."""
        return self.tapes.focus_field(name)

    def _after_cash(self) -> None:
        if self.tapes.isVisible():
            self.tapes.rows[0].items.setFocus()
        else:
            self.send_wanted.emit()
