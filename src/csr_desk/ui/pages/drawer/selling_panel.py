"""While the drawer sells: how it stands, cash to the safe, lock, and the end of selling (C5, C6, C8)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from csr_desk.domain.drawer import Band, Batch
from csr_desk.ui.context import Tone
from csr_desk.ui.pages.drawer.bag_card import fill_bag_card
from csr_desk.ui.widgets import BigFigure, Card, Chip, KeyButton, KeyValues, Label, PiecesGrid
from csr_desk.ui.widgets.counted_row import PassOn


class SellingPanel(QWidget):
    """The open drawer on the left, a drop on the right; no amount that the drawer holds is shown (D3)."""

    drop_wanted = Signal()

    def __init__(self, drop: QAction, custody: tuple[QAction, QAction], lock: QAction, stop: QAction) -> None:
        super().__init__()
        self.state = Chip("", Tone.OK, "drawer-state")
        self.band = Chip("", Tone.OK, "drawer-band")
        self.facts = KeyValues("drawer-fact")
        self.advice = Label("", "soft", "drawer-advice")
        self.advice.setWordWrap(True)
        self.grid = PiecesGrid("drop")
        self.bag = QLineEdit()
        self.bag.setObjectName("drop-bag")
        self.bag.setAccessibleIdentifier("drop-bag")
        self.bag.setMaxLength(40)
        PassOn(self.bag)
        self.amount = BigFigure("drop-amount")
        self.custody_buttons = [KeyButton.for_action(action) for action in custody]
        self.lock_button = KeyButton.for_action(lock)
        self.stop_button = KeyButton.for_action(stop, "primary")
        self.drop_button = KeyButton.for_action(drop)
        self._assemble()
        self.grid.changed.connect(lambda: self.amount.show_cents(self.grid.total()))
        self.grid.finished.connect(self.bag.setFocus)
        self.bag.returnPressed.connect(self.drop_wanted)

    def _assemble(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._state_card())
        row.addWidget(self._drop_card(), 1)

    def _state_card(self) -> Card:
        card = Card(self.tr("Your drawer"))
        card.setFixedWidth(380)
        chips = QHBoxLayout()
        chips.addWidget(self.state)
        chips.addWidget(self.band)
        chips.addStretch(1)
        card.body.addLayout(chips)
        for part in (self.facts, self.advice):
            card.body.addSpacing(6)
            card.body.addWidget(part)
        card.body.addStretch(1)
        for button in self.custody_buttons:
            card.body.addWidget(button)
        card.body.addWidget(self.lock_button)
        card.body.addWidget(self.stop_button)
        return card

    def _drop_card(self) -> Card:
        card = Card(self.tr("Cash to the safe"), self.tr("(counted by two; the witness signs)"), flush=True)
        figures = (Label(self.tr("To the safe"), "small"), self.amount)
        fill_bag_card(
            card, self.grid, (Label(self.tr("Bag or envelope number"), "small"), self.bag), figures, self.drop_button
        )
        return card

    def show_batch(self, batch: Batch, band: Band, opened: str) -> None:
        """Show how the drawer stands; ``opened`` is the time of the office."""
        if batch.suspended:
            self.state.show_state(self.tr("Locked"), Tone.WARN)
            self.lock_button.say_text(self.tr("Unlock the drawer"))
        else:
            self.state.show_state(self.tr("Open"), Tone.OK)
            self.lock_button.say_text(self.tr("Lock the drawer"))
        words = {
            Band.NORMAL: ("", Tone.OK, self.tr("Nobody else can sell from this drawer while it is yours.")),
            Band.WARN: (
                self.tr("Cash drop due"),
                Tone.WARN,
                self.tr("Carry cash to the safe at the next quiet moment."),
            ),
            Band.LOCKED: (self.tr("Cash limit reached"), Tone.BAD, self.tr("Drop cash before you take more cash.")),
        }[band]
        self.band.show_state(words[0], words[1])
        self.advice.setText(words[2])
        self.facts.show_facts([
            (self.tr("Drawer"), batch.drawer_name),
            (self.tr("Custodian"), batch.custodian_name),
            (self.tr("Opened"), opened),
            (self.tr("Receipts"), str(batch.receipts)),
            (self.tr("Batch"), batch.batch_id),
        ])  # fmt: skip

    def clear_drop(self) -> None:
        """Start the next drop from nothing."""
        self.grid.clear()
        self.bag.clear()
