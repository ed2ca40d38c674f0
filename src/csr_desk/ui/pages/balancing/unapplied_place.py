"""Money that no bill has taken yet: whose it is, since when, from which receipts; listed until it is nothing (A5)."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.domain.changes import Topic
from csr_desk.domain.money import shown
from csr_desk.services import account_credit
from csr_desk.services.account_credit import Unapplied
from csr_desk.ui.dates import us_date
from csr_desk.ui.page import Page
from csr_desk.ui.pages.balancing.money_card import MoneyCard
from csr_desk.ui.pages.balancing.places import PlacePanel
from csr_desk.ui.widgets import EmptyState, KeyButton
from csr_desk.ui.widgets.figures_table import Cell, Column, Row
from csr_desk.ui.widgets.pick_list import Pick

KEY = "unapplied"


class UnappliedPlace(PlacePanel):
    """A table, the oldest first, and what it sums to."""

    shows: ClassVar[frozenset[Topic]] = frozenset({Topic.ACCOUNTS, Topic.RECEIPTS})

    def __init__(self, page: Page) -> None:
        """Nothing is read yet."""
        super().__init__(page)
        self.rows: tuple[Unapplied, ...] = ()
        columns = (
            Column(self.tr("Since"), width=112), Column(self.tr("Account"), width=140), Column(self.tr("Customer")),
            Column(self.tr("What it is"), width=190), Column(self.tr("Came by"), width=170),
            Column(self.tr("Amount"), figures=True, width=120),
        )  # fmt: skip
        none = EmptyState(self.tr("Nothing is unapplied"), self.tr("Whatever was paid has gone to what was owed."))
        words = (self.tr("Unapplied money"), self.tr("credit and overpaid bills, the oldest first"))
        self.money = MoneyCard("unapplied", words, columns, none)
        self.again = self.key("unapplied-again", self.tr("Read again"), "Shift+F5", self.load)
        self.look = self.key("unapplied-look", self.tr("Look at the account"), "Ctrl+G", self._look)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(KeyButton.for_action(self.again))
        buttons.addWidget(KeyButton.for_action(self.look, "primary"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(self.money, 1)
        box.addLayout(buttons)
        self.money.table.chosen.connect(lambda _row: self.changed.emit())
        self._show(())

    def load(self) -> None:
        """Read the list."""
        desk, actor = self.context.desk, self.context.actor
        self.context.read(lambda: account_credit.unapplied(desk, actor), self._show)

    def _show(self, rows: tuple[Unapplied, ...]) -> None:
        self.rows = rows
        self.money.show_money([(one.account, one.amount, self._row(one)) for one in rows])
        self.changed.emit()

    def _row(self, one: Unapplied) -> Row:
        since = us_date(one.since) if one.since else self.tr("adjusted")
        what = self.tr("overpaid {0}").format(one.bill) if one.bill else self.tr("credit")
        came = one.sources[0] if len(one.sources) == 1 else self.tr("{0} receipts").format(len(one.sources))
        return [
            since, one.account, one.customer, Cell(what, tone="warn" if one.bill else ""), came if one.sources else "",
            Cell(shown(one.amount), strong=True),
        ]  # fmt: skip

    def pick(self) -> Pick:
        """What it comes to."""
        total = shown(sum(one.amount for one in self.rows))
        return Pick(KEY, self.tr("Unapplied money"), "", total if self.rows else self.tr("None"),
                    "info" if self.rows else "ok")  # fmt: skip

    def allowed(self, action: object) -> bool:
        """An account is looked at where one is picked."""
        return action is not self.look or self.money.picked() is not None

    def first_focus(self) -> QWidget:
        """The table."""
        return self.money.table

    def _look(self) -> None:
        if (account := self.money.picked()) is not None:
            self.context.shell.go("customer", f"account:{account}")
