"""What nobody asked for in years: deposits of closed accounts and credit, listed for the report to the state."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.domain.changes import Topic
from csr_desk.domain.money import shown
from csr_desk.services import dormant
from csr_desk.services.dormant import Dormant
from csr_desk.ui.dates import us_date
from csr_desk.ui.page import Page
from csr_desk.ui.pages.balancing.money_card import MoneyCard
from csr_desk.ui.pages.balancing.places import PlacePanel
from csr_desk.ui.taken_reports import Taken, take_file
from csr_desk.ui.widgets import EmptyState, KeyButton
from csr_desk.ui.widgets.figures_table import Cell, Column, Row
from csr_desk.ui.widgets.pick_list import Pick

KEY = "dormant"


class DormantPlace(PlacePanel):
    """A table, the oldest first, what it sums to, and a key that saves it as the state wants it."""

    shows: ClassVar[frozenset[Topic]] = frozenset({Topic.ACCOUNTS, Topic.RECEIPTS, Topic.POLICY})

    def __init__(self, page: Page) -> None:
        """Nothing is read yet."""
        super().__init__(page)
        self.rows: tuple[Dormant, ...] = ()
        columns = (
            Column(self.tr("Unclaimed since"), width=130), Column(self.tr("Last heard"), width=104),
            Column(self.tr("What it is"), width=170), Column(self.tr("Account"), width=128),
            Column(self.tr("Customer")), Column(self.tr("Amount"), figures=True, width=104),
        )  # fmt: skip
        none = EmptyState(
            self.tr("Nothing is unclaimed"),
            self.tr("Deposits and credit come here once nobody was heard of for the months of the policy."),
        )
        words = (self.tr("Unclaimed property"), self.tr("Property Code ch. 72, the oldest first"))
        self.money = MoneyCard("dormant", words, columns, none)
        self.save = self.key("dormant-save", self.tr("Save for the state"), "Ctrl+P", self._save)
        self.look = self.key("dormant-look", self.tr("Look at the account"), "Ctrl+G", self._look)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(KeyButton.for_action(self.look))
        buttons.addWidget(KeyButton.for_action(self.save, "primary"))
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
        self.context.read(lambda: dormant.dormant(desk, actor), self._show)

    def _show(self, rows: tuple[Dormant, ...]) -> None:
        self.rows = rows
        self.money.show_money([(one.account, one.amount, self._row(one)) for one in rows])
        self.changed.emit()

    def _row(self, one: Dormant) -> Row:
        what = self.tr("deposit {0}").format(one.number) if one.kind == dormant.DEPOSIT else self.tr("credit")
        return [
            us_date(one.since), us_date(one.last_heard), what, one.account, one.name,
            Cell(shown(one.amount), strong=True),
        ]  # fmt: skip

    def pick(self) -> Pick:
        """What it comes to."""
        total = shown(sum(one.amount for one in self.rows))
        return Pick(KEY, self.tr("Unclaimed property"), "", total if self.rows else self.tr("None"),
                    "warn" if self.rows else "ok")  # fmt: skip

    def allowed(self, action: object) -> bool:
        """Saved where there is something; an account is looked at where one is picked and this person may see it."""
        if action is self.save:
            return bool(self.rows)
        return self.money.picked() is not None

    def first_focus(self) -> QWidget:
        """The table."""
        return self.money.table

    def _save(self) -> None:
        desk, actor, today = self.context.desk, self.context.actor, self.context.desk.today()

        def make() -> tuple[bytes, int]:
            listed = dormant.dormant(desk, actor)
            return dormant.dormant_csv(listed), len(listed)

        take_file(self.context, Taken("unclaimed", today, today), f"unclaimed-{today.isoformat()}.csv", make)

    def _look(self) -> None:
        if (account := self.money.picked()) is not None:
            self.context.shell.go("customer", f"account:{account}")
