"""The accounts of a customer with the age of what is owed, and how the balance went over the year."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QWidget

from csr_desk.ui.pages.customer.picture import AccountRow
from csr_desk.ui.pages.customer.words import NOTHING
from csr_desk.ui.theme import say
from csr_desk.ui.widgets import Card, KeyButton, Label
from csr_desk.ui.widgets.figures_table import Cell, Column, FiguresTable
from csr_desk.ui.widgets.line_chart import LineChart

_CHART_WIDTH = 206
_MOST_ROWS = 4
"""Accounts seen at once; the rest scrolls."""
_HEIGHT = 130
_KEY_HEIGHT = 28


class AccountsCards(QWidget):
    """Two cards side by side."""

    def __init__(self, record: QAction) -> None:
        """Nobody's yet; ``record`` looks at parts and joined records."""
        super().__init__()
        self.accounts = FiguresTable("customer-accounts", self.tr("Accounts"), self._columns())
        self.words = Label("", "soft", "customer-account-words")
        self.nothing = Label(self.tr("No account in their name, and no part in another."), "soft", "no-accounts")
        self.chart = LineChart("customer-months", self.tr("Balance, last 12 months"), self.tr("Nothing was owed."))
        card = Card(self.tr("Accounts"), flush=True)
        button = KeyButton.for_action(record)
        say(button, fit="small")
        button.setFixedHeight(_KEY_HEIGHT)
        card.head.addWidget(button)
        card.body.addWidget(self.accounts)
        self.nothing.setContentsMargins(12, 0, 12, 10)
        card.body.addWidget(self.nothing)
        self.words.setContentsMargins(12, 4, 12, 8)
        self.words.setWordWrap(True)
        card.body.addWidget(self.words)
        card.body.addStretch(1)
        months = Card(self.tr("Balance, last 12 months"))
        months.body.addWidget(self.chart, 1)
        months.setFixedWidth(_CHART_WIDTH)
        months.setMinimumHeight(_HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(card, 1)
        row.addWidget(months)

    def _columns(self, ages: Sequence[int] = (0,)) -> tuple[Column, ...]:
        """Only the columns of age in which something stands: what is old is seen at once."""
        heads = (self.tr("Now"), self.tr("30+"), self.tr("60+"), self.tr("90+"))
        return (
            Column(self.tr("Account"), width=128),
            Column(self.tr("Service")),
            *(Column(heads[at], figures=True, width=94) for at in ages),
            Column(self.tr("Balance"), figures=True, width=94),
        )

    def show_accounts(self, rows: Sequence[AccountRow], picked: str) -> None:
        """Show these, with one of them picked; nobody is told of that pick."""
        numbers = [row.number for row in rows]
        ages = [at for at in range(4) if at == 0 or any(row.ages[at] != NOTHING for row in rows)]
        self.accounts.blockSignals(True)
        self.accounts.show_rows([_account(row, ages) for row in rows], self._columns(ages))
        if picked in numbers:
            self.accounts.go_to(numbers.index(picked))
        self.accounts.blockSignals(False)
        self.accounts.fit()
        if len(rows) > _MOST_ROWS:
            row = self.accounts.verticalHeader().defaultSectionSize()
            self.accounts.setFixedHeight(self.accounts.height() - row * (len(rows) - _MOST_ROWS))
        self.nothing.setVisible(not rows)
        self.accounts.setVisible(bool(rows))

    def show_words(self, words: str) -> None:
        """Say of the picked one what has no room in the table."""
        self.words.setText(words)
        self.words.setVisible(bool(words))


def _account(row: AccountRow, ages: Sequence[int]) -> list[str | Cell]:
    tone = "" if row.own else "text_soft"
    return [
        Cell(row.number, tone, strong=row.own), Cell(row.service, tone), *(Cell(row.ages[at], tone) for at in ages),
        Cell(row.balance, tone, strong=row.own),
    ]  # fmt: skip
