"""Money of accounts that waits for somebody: a table, the oldest first, and what it sums to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from csr_desk.domain.money import Cents
from csr_desk.ui.pages.balancing.words import on_accounts
from csr_desk.ui.widgets import Card, EmptyState, Label
from csr_desk.ui.widgets.figures_table import Column, FiguresTable, Row

Waiting: TypeAlias = tuple[str, Cents, Row]
"""The account, its cents, and the row that shows them."""


class MoneyCard(Card):
    """The table with its sum in the head, or in few words that there is nothing."""

    def __init__(self, name: str, words: tuple[str, str], columns: Sequence[Column], none: EmptyState) -> None:
        """Nothing is shown yet; ``words`` are the title and what it says beside it."""
        super().__init__(*words, flush=True)
        self.table = FiguresTable(name, words[0], columns)
        self.none = none
        self.total = Label("", "strong", f"{name}-total")
        self.head.addWidget(self.total)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.none, 1)
        self._accounts: tuple[str, ...] = ()

    def show_money(self, rows: Sequence[Waiting]) -> None:
        """Show what waits, as it is ordered."""
        self._accounts = tuple(account for account, _, _ in rows)
        self.table.setVisible(bool(rows))
        self.none.setVisible(not rows)
        self.table.blockSignals(True)
        self.table.show_rows([row for _, _, row in rows])
        self.table.blockSignals(False)
        self.total.setText(on_accounts(sum(cents for _, cents, _ in rows), len(set(self._accounts))))

    def picked(self) -> str | None:
        """Return the account of the picked row."""
        at = self.table.currentIndex().row()
        return self._accounts[at] if 0 <= at < len(self._accounts) else None
