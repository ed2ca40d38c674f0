"""The panel of payments on account: what a payment would cover in order, what was paid, what stands to credit."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.domain.money import shown
from csr_desk.services.owing import OpenDebt, PaidLine
from csr_desk.ui.account_panel import AccountPanel
from csr_desk.ui.context import Context
from csr_desk.ui.dates import us_date
from csr_desk.ui.pages.customer.applying_presenter import ApplyingPicture, ApplyingPresenter
from csr_desk.ui.widgets import Card, EmptyState, KeyButton, KeyValues
from csr_desk.ui.widgets.figures_table import Cell, Column, FiguresTable, Row

_SIDE = 320


class ApplyingPanel(AccountPanel):
    """Two tables and a card; ``keys`` are offered while the panel is in front."""

    def __init__(self, context: Context) -> None:
        """State, widgets, assemble, connect."""
        super().__init__(context)
        self.presenter = ApplyingPresenter(context, self)
        self.debts = FiguresTable("open-debts", self.tr("What is owed, in the order in which a payment covers it"), (
            Column(self.tr("Next"), width=56), Column(self.tr("Bill"), width=130), Column(self.tr("What for")),
            Column(self.tr("Due"), width=170), Column(self.tr("Amount"), figures=True, width=110),
            Column(self.tr("Open"), figures=True, width=110),
        ))  # fmt: skip
        self.paid = FiguresTable("payments-made", self.tr("What was paid, and what it went to"), (
            Column(self.tr("Date"), width=120), Column(self.tr("Receipt"), width=150), Column(self.tr("What")),
            Column(self.tr("Went to"), width=130), Column(self.tr("Amount"), figures=True, width=110),
        ))  # fmt: skip
        self.nothing = EmptyState(
            self.tr("Nothing is owed"), self.tr("What is paid now stands to the account’s credit.")
        )
        self.unpaid = EmptyState(
            self.tr("Nothing was paid yet"), self.tr("Scan the bill or key the account on the Sell page.")
        )
        self.facts = KeyValues("applying-fact")
        self.use = self.key("use-credit", self.tr("Use the credit"), "Ctrl+U", self.presenter.use_credit)
        self.undo = self.key("undo-credit", self.tr("Take a used credit back"), "Ctrl+Shift+U", self._undo)
        self._assemble()
        self.paid.chosen.connect(lambda _row: self._let())

    def _assemble(self) -> None:
        owed = Card(self.tr("Owed"), self.tr("in the order in which a payment covers it"), flush=True)
        owed.body.addWidget(self.debts, 1)
        owed.body.addWidget(self.nothing, 1)
        made = Card(self.tr("Paid"), self.tr("and what it went to, newest first"), flush=True)
        made.body.addWidget(self.paid, 1)
        made.body.addWidget(self.unpaid, 1)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(owed, 1)
        left.addWidget(made, 1)
        side = Card(self.tr("Standing"))
        side.setFixedWidth(_SIDE)
        side.body.addWidget(self.facts)
        side.body.addStretch(1)
        side.body.addWidget(KeyButton.for_action(self.use, "primary"))
        side.body.addWidget(KeyButton.for_action(self.undo))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(left, 1)
        row.addWidget(side)
        self.show_picture(ApplyingPicture())

    def show_account(self, account_no: str) -> None:
        """Show an account."""
        self.presenter.show_account(account_no)

    def first_focus(self) -> QWidget:
        """The table that has something to read."""
        return self.debts if self.presenter.picture.debts else self.paid

    def show_picture(self, picture: ApplyingPicture) -> None:
        """Show what the presenter read."""
        self.debts.setVisible(bool(picture.debts))
        self.nothing.setVisible(not picture.debts)
        self.debts.show_rows([self._debt(n, one) for n, one in enumerate(picture.debts, start=1)])
        self.paid.setVisible(bool(picture.paid))
        self.unpaid.setVisible(not picture.paid)
        self.paid.show_rows([self._paid(one) for one in picture.paid])
        facts = [
            (self.tr("Owed in all"), shown(picture.owed)),
            (self.tr("Of this late"), shown(sum(one.open for one in picture.debts if one.late))),
            (self.tr("To its credit"), shown(picture.credit)),
        ]
        self.facts.show_facts(facts, figures=True)
        self._let()

    def chosen(self) -> PaidLine | None:
        """The payment that is picked."""
        at, paid = self.paid.currentIndex().row(), self.presenter.picture.paid
        return paid[at] if 0 <= at < len(paid) else None

    def _let(self) -> None:
        self.use.setEnabled(self.presenter.may_use)
        self.undo.setEnabled(self.presenter.may_undo(self.chosen()))

    def _undo(self) -> None:
        self.presenter.undo(self.chosen())

    def _debt(self, place: int, one: OpenDebt) -> Row:
        due = us_date(one.due) if one.due else self.tr("on demand")
        when = Cell(self.tr("{0} · late").format(due), tone="bad") if one.late else Cell(due)
        return [str(place), one.bill, one.name, when, shown(one.amount), Cell(shown(one.open), strong=True)]

    def _paid(self, one: PaidLine) -> Row:
        went = one.bill or self.tr("credit")
        words = {
            "sale": self.tr("Payment"),
            "void": self.tr("Payment voided"),
            "refund": self.tr("Payment given back"),
            "credit_applied": self.tr("Credit used") if one.amount > 0 or not one.bill else self.tr("Taken back"),
        }
        number = one.receipt or one.entry
        amount = Cell(shown(one.amount), tone="bad" if one.amount < 0 and one.bill else "", strong=True)
        return [us_date(one.day), number, words.get(one.kind, one.kind), went, amount]
