"""The deposits of a day: what is in each bag, and what the bank says it received (D13, D16)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from csr_desk.domain.deposit import Deposit
from csr_desk.domain.money import shown
from csr_desk.ui.pages.balancing.words import deposit_state
from csr_desk.ui.widgets import Card, EmptyState, KeyButton, KeyValues, Label, MoneyField
from csr_desk.ui.widgets.figures_table import Cell, Column, FiguresTable


class BankPanel(QWidget):
    """A table of bags; the accountant confirms the one that is picked."""

    confirm_wanted = Signal()
    picked = Signal()
    """Another bag was picked."""

    def __init__(self, confirm: QAction, slip: QAction) -> None:
        super().__init__()
        self._deposits: tuple[Deposit, ...] = ()
        self.card = Card(self.tr("Deposits"), flush=True)
        self.table = FiguresTable("deposits", self.tr("Deposits"), (
            Column(self.tr("Deposit")), Column(self.tr("Bag"), width=120),
            Column(self.tr("Cash"), figures=True, width=110), Column(self.tr("Checks"), figures=True, width=110),
            Column(self.tr("Money orders"), figures=True, width=110), Column(self.tr("Total"), figures=True, width=120),
            Column(self.tr("State"), width=150),
        ))  # fmt: skip
        self.none = EmptyState(
            self.tr("No deposit of this day yet"),
            self.tr(
                "The custodian of an accepted drawer prepares the bag on the Drawer page; a second person verifies it."
            ),
        )
        self.facts = KeyValues("deposit-fact")
        self.bank_date = QLineEdit()
        self.bank_amount = MoneyField("bank-amount", self.tr("Amount that the bank received"))
        self.confirm_button = KeyButton.for_action(confirm, "primary")
        self.slip_button = KeyButton.for_action(slip)
        self.form = Card(self.tr("What the bank received"))
        self._assemble()
        self.table.chosen.connect(lambda _row: self._show_chosen())
        self.table.chosen.connect(lambda _row: self.picked.emit())
        self.bank_date.returnPressed.connect(self.bank_amount.setFocus)
        self.bank_amount.returnPressed.connect(self.confirm_wanted)

    def _assemble(self) -> None:
        self.card.body.addWidget(self.table, 1)
        self.card.body.addWidget(self.none, 1)
        self.bank_date.setObjectName("bank-date")
        self.bank_date.setAccessibleIdentifier("bank-date")
        self.bank_date.setAccessibleName(self.tr("Date of the bank"))
        self.bank_date.setPlaceholderText(self.tr("7/14/2026"))
        row = QHBoxLayout()
        for caption, field in ((self.tr("Date of the bank"), self.bank_date), (self.tr("Amount"), self.bank_amount)):
            column = QVBoxLayout()
            label = Label(caption, "small")
            label.setBuddy(field)
            column.addWidget(label)
            column.addWidget(field)
            row.addLayout(column)
        row.addStretch(1)
        self.form.body.addLayout(row)
        self.form.body.addStretch(1)
        about = Card(self.tr("In the bag"))
        about.body.addWidget(self.facts)
        about.body.addStretch(1)
        lower = QHBoxLayout()
        lower.setSpacing(12)
        lower.addWidget(about, 1)
        lower.addWidget(self.form, 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.slip_button)
        buttons.addWidget(self.confirm_button)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(self.card, 3)
        box.addLayout(lower, 2)
        box.addLayout(buttons)

    def show_deposits(self, deposits: Sequence[Deposit], *, may_confirm: bool) -> None:
        """Show the bags of the day."""
        self._deposits = tuple(deposits)
        self.table.setVisible(bool(deposits))
        self.none.setVisible(not deposits)
        self.form.setVisible(may_confirm)
        self.table.show_rows([_row(deposit) for deposit in deposits])
        self._show_chosen()

    def chosen(self) -> Deposit | None:
        """The bag that is picked."""
        row = self.table.currentIndex().row()
        return self._deposits[row] if 0 <= row < len(self._deposits) else None

    def _show_chosen(self) -> None:
        deposit = self.chosen()
        if deposit is None:
            self.facts.show_facts(())
            return
        facts = [
            (self.tr("Drawers"), ", ".join(deposit.batches)),
            (self.tr("Checks and orders"), str(len(deposit.items))),
            (self.tr("Prepared by"), deposit.prepared_by),
            (self.tr("Verified by"), deposit.verified_by),
        ]
        if deposit.bank_amount is not None and deposit.bank_date is not None:
            facts.append((self.tr("Bank"), f"{shown(deposit.bank_amount)} · {deposit.bank_date:%-m/%-d/%Y}"))
        self.facts.show_facts(facts)


def _row(deposit: Deposit) -> list[str | Cell]:
    parts = (deposit.cash, deposit.checks, deposit.money_orders)
    total = Cell(shown(deposit.total), strong=True)
    return [deposit.deposit_id, deposit.bag, *(shown(cents) for cents in parts), total, Cell(*deposit_state(deposit))]
