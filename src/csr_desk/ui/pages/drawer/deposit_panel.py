"""The bag for the bank: accepted batches ticked, cash counted into it, verified by a second person (D12–D14)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from csr_desk.domain.drawer import Batch
from csr_desk.domain.money import shown
from csr_desk.services.deposits import Part
from csr_desk.ui.context import Tone
from csr_desk.ui.dates import long_day
from csr_desk.ui.pages.drawer.bag_card import fill_bag_card
from csr_desk.ui.widgets import BigFigure, Card, Chip, KeyButton, KeyValues, Label, PiecesGrid
from csr_desk.ui.widgets.tick import Tick


class DepositPanel(QWidget):
    """Batches on the left with what they hold, the cash by pieces on the right."""

    ticked = Signal()
    prepare_wanted = Signal()

    def __init__(self, prepare: QAction, back: QAction) -> None:
        super().__init__()
        self.boxes: list[tuple[Batch, Tick]] = []
        self._box = QVBoxLayout()
        self.facts = KeyValues("deposit-part")
        self.grid = PiecesGrid("deposit")
        self.cash = BigFigure("deposit-cash")
        self.verdict = Chip("", Tone.INFO, "deposit-verdict")
        self.bag = QLineEdit()
        self.bag.setObjectName("deposit-bag")
        self.bag.setAccessibleIdentifier("deposit-bag")
        self.bag.setMaxLength(40)
        self.back_button = KeyButton.for_action(back)
        self.prepare_button = KeyButton.for_action(prepare, "primary")
        self._expected: int | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._batch_card())
        row.addWidget(self._cash_card(), 1)
        self.grid.changed.connect(self._compare)
        self.grid.finished.connect(self.bag.setFocus)
        self.bag.returnPressed.connect(self.prepare_wanted)

    def _batch_card(self) -> Card:
        card = Card(self.tr("1 · Accepted drawers"), self.tr("Space to tick"))
        card.setFixedWidth(380)
        card.body.addLayout(self._box)
        card.body.addSpacing(10)
        card.body.addWidget(self.facts)
        card.body.addStretch(1)
        card.body.addWidget(self.back_button)
        return card

    def _cash_card(self) -> Card:
        card = Card(self.tr("2 · Cash in the bag"), self.tr("(pieces, without the float)"), flush=True)
        figures = (Label(self.tr("Cash counted into the bag"), "small"), self.cash, self.verdict)
        fill_bag_card(
            card, self.grid, (Label(self.tr("3 · Bag number"), "title"), self.bag), figures, self.prepare_button
        )
        return card

    def show_batches(self, batches: Sequence[Batch]) -> None:
        """Show the batches that wait for a bag, ticked."""
        if [batch.batch_id for batch in batches] == [batch.batch_id for batch, _ in self.boxes]:
            return
        for _, old in self.boxes:
            old.hide()
            old.deleteLater()
        self.boxes = []
        for batch in batches:
            words = f"{batch.drawer_name} · {batch.custodian_name} · {long_day(batch.business_date)}"
            box = Tick(words)
            box.setChecked(True)
            box.setAccessibleIdentifier(f"deposit-batch-{batch.batch_id}")
            box.toggled.connect(lambda _on: self.ticked.emit())
            self._box.addWidget(box)
            self.boxes.append((batch, box))

    def chosen(self) -> tuple[str, ...]:
        """The batches that are ticked, in order."""
        return tuple(sorted(batch.batch_id for batch, box in self.boxes if box.isChecked()))

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Show what the ticked batches put into the bag."""
        cash = sum(part.drawer_cash + part.drops for part in parts)
        self._expected = cash if parts else None
        facts = [
            (self.tr("Cash of the drawers"), sum(part.drawer_cash for part in parts)),
            (self.tr("Dropped to the safe"), sum(part.drops for part in parts)),
            (self.tr("Checks"), sum(part.checks for part in parts)),
            (self.tr("Money orders"), sum(part.money_orders for part in parts)),
            (self.tr("In the bag"), sum(part.total for part in parts)),
            (self.tr("Float that stays here"), sum(part.float_amount for part in parts)),
        ]
        self.facts.show_facts([(words, shown(cents)) for words, cents in facts], figures=True)
        self._compare()

    def clear(self) -> None:
        """Ready for the next bag."""
        self.grid.clear()
        self.bag.clear()

    def first_focus(self) -> QWidget:
        """Where keying begins."""
        return self.grid.first_field()

    def _compare(self) -> None:
        total = self.grid.total()
        self.cash.show_cents(total)
        if self._expected is None or not total:
            self.verdict.show_state("", Tone.INFO)
        elif total == self._expected:
            self.verdict.show_state(self.tr("Cash complete"), Tone.OK)
        else:
            off = total - self._expected
            words = self.tr("{0} too much") if off > 0 else self.tr("{0} missing")
            self.verdict.show_state(words.format(shown(abs(off))), Tone.WARN)
        self.verdict.setAlignment(Qt.AlignmentFlag.AlignCenter)
