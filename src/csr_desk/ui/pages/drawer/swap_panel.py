"""A change order: what goes out of the drawer on the left, what comes into it on the right (C7)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.domain.money import shown
from csr_desk.ui.context import Tone
from csr_desk.ui.widgets import BigFigure, Card, Chip, KeyButton, Label, PiecesGrid


class SwapPanel(QWidget):
    """Two grids that must come to the same."""

    send_wanted = Signal()

    def __init__(self, send: QAction, back: QAction) -> None:
        super().__init__()
        self.out, self.into = PiecesGrid("swap-out"), PiecesGrid("swap-in")
        self.out_total, self.into_total = BigFigure("swap-out-total"), BigFigure("swap-in-total")
        self.verdict = Chip("", Tone.INFO, "swap-verdict")
        cards = QHBoxLayout()
        cards.setSpacing(12)
        cards.addWidget(self._card(self.tr("Out of the drawer"), self.tr("into the safe"), self.out, self.out_total))
        cards.addWidget(self._card(self.tr("Into the drawer"), self.tr("out of the safe"), self.into, self.into_total))
        foot = QHBoxLayout()
        words = Label(
            self.tr("Count both together with the witness. What the drawer should hold stays the same."), "soft"
        )
        foot.addWidget(words)
        foot.addStretch(1)
        foot.addWidget(self.verdict)
        foot.addWidget(KeyButton.for_action(back))
        foot.addWidget(KeyButton.for_action(send, "primary"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addLayout(cards, 1)
        box.addLayout(foot)
        self.out.changed.connect(self._compare)
        self.into.changed.connect(self._compare)
        self.out.finished.connect(lambda: self.into.first_field().setFocus())
        self.into.finished.connect(self.send_wanted)

    def _card(self, title: str, hint: str, grid: PiecesGrid, total: BigFigure) -> Card:
        card = Card(title, hint, flush=True)
        card.body.addWidget(grid)
        line = QHBoxLayout()
        line.setContentsMargins(12, 10, 12, 12)
        line.addWidget(Label(self.tr("Amount"), "small"))
        line.addStretch(1)
        line.addWidget(total)
        card.body.addLayout(line)
        card.body.addStretch(1)
        return card

    def clear(self) -> None:
        """Ready for the next one."""
        self.out.clear()
        self.into.clear()

    def _compare(self) -> None:
        out, into = self.out.total(), self.into.total()
        self.out_total.show_cents(out)
        self.into_total.show_cents(into)
        if not out or not into:
            self.verdict.show_state("", Tone.INFO)
        elif out == into:
            self.verdict.show_state(self.tr("The same amount"), Tone.OK)
        else:
            words = self.tr("{0} more goes out") if out > into else self.tr("{0} more comes in")
            self.verdict.show_state(words.format(shown(abs(out - into))), Tone.WARN)
