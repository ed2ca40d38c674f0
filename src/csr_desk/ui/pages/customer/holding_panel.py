"""The panel of deposits and holds: what the city keeps for a customer, and what stops a sale to them."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from csr_desk.domain.holds import Hold, Stops
from csr_desk.domain.money import shown
from csr_desk.domain.receivable.guarantee import Guarantee, GuaranteeState
from csr_desk.ui.account_panel import AccountPanel
from csr_desk.ui.context import Context
from csr_desk.ui.dates import us_date
from csr_desk.ui.pages.customer.holding_presenter import HoldingPicture, HoldingPresenter
from csr_desk.ui.widgets import Card, EmptyState, Label
from csr_desk.ui.widgets.figures_table import Cell, Column, FiguresTable, Row
from csr_desk.ui.widgets.key_row import KeyRow


class HoldingPanel(AccountPanel):
    """Deposits above, holds below, each with what may be done about it; ``keys`` are offered while in front."""

    def __init__(self, context: Context) -> None:
        """State, widgets, assemble."""
        super().__init__(context)
        self.presenter = HoldingPresenter(context, self)
        self.deposits = FiguresTable("account-deposits", self.tr("Refundable deposits"), (
            Column(self.tr("Deposit"), width=210), Column(self.tr("Where it stands")),
            Column(self.tr("Amount"), figures=True, width=120),
        ))  # fmt: skip
        self.holds = FiguresTable("account-holds", self.tr("Holds in force"), (
            Column(self.tr("On"), width=210), Column(self.tr("Why")), Column(self.tr("Stops"), width=180),
            Column(self.tr("Until"), width=150),
        ))  # fmt: skip
        self.no_deposit = EmptyState(
            self.tr("No deposit"), self.tr("A deposit that is taken with a receipt stands here until it is settled.")
        )
        self.no_hold = EmptyState(
            self.tr("No hold"), self.tr("Nothing stops a sale to this customer or on this account.")
        )
        self.held = Label("", "soft", "deposits-held")
        self.settle = self.key(
            "settle-deposit", self.tr("Settle the deposit"), "Alt+D", lambda: self._settle(closes=False)
        )
        self.close_account = self.key(
            "close-account", self.tr("Settle and close the account"), "Alt+C", lambda: self._settle(closes=True)
        )
        self.place = self.key("place-hold", self.tr("Place a hold"), "Alt+H", self.presenter.place)
        self.lift = self.key("lift-hold", self.tr("Lift the hold"), "Alt+L", self._lift)
        self._assemble()
        self.show_picture(HoldingPicture())

    def _assemble(self) -> None:
        deposits = Card(self.tr("Deposits of the customer"), self.tr("a liability until they are settled"), flush=True)
        deposits.head.addWidget(self.held)
        deposits.body.addWidget(self.deposits, 1)
        deposits.body.addWidget(self.no_deposit, 1)
        deposits.body.addWidget(KeyRow(self.settle, self.close_account))
        holds = Card(self.tr("Holds"), self.tr("in force today, on the account or on its customer"), flush=True)
        holds.body.addWidget(self.holds, 1)
        holds.body.addWidget(self.no_hold, 1)
        holds.body.addWidget(KeyRow(self.place, self.lift))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(deposits, 1)
        column.addWidget(holds, 1)

    def show_account(self, account_no: str) -> None:
        """Show an account."""
        self.presenter.show_account(account_no)

    def first_focus(self) -> QWidget:
        """The table with something in it."""
        return self.deposits if self.presenter.picture.deposits else self.holds

    def show_picture(self, picture: HoldingPicture) -> None:
        """Show what the presenter read."""
        self.deposits.setVisible(bool(picture.deposits))
        self.no_deposit.setVisible(not picture.deposits)
        self.holds.setVisible(bool(picture.holds))
        self.no_hold.setVisible(not picture.holds)
        self.deposits.show_rows([self._deposit(one) for one in picture.deposits])
        self.deposits.go_to(
            next((at for at, one in enumerate(picture.deposits) if one.state is GuaranteeState.HELD), 0)
        )
        self.holds.show_rows([self._hold(one) for one in picture.holds])
        self.held.setText(self.tr("{0} held").format(shown(picture.held)))
        for action in (self.settle, self.close_account):
            action.setEnabled(picture.may_settle and bool(picture.held))
        for action, may in (
            (self.settle, picture.may_settle), (self.close_account, picture.may_settle),
            (self.place, picture.may_hold), (self.lift, picture.may_hold),
        ):  # fmt: skip
            action.setVisible(may)
        self.place.setEnabled(picture.may_hold and bool(picture.account))
        self.lift.setEnabled(picture.may_hold and bool(picture.holds))

    def _settle(self, *, closes: bool) -> None:
        self.presenter.settle(self.deposits.currentIndex().row(), closes=closes)

    def _lift(self) -> None:
        self.presenter.lift(self.holds.currentIndex().row())

    def _deposit(self, one: Guarantee) -> Row:
        states = {
            GuaranteeState.HELD: self.tr("held for the customer"),
            GuaranteeState.APPLIED: self.tr("paid what was owed"),
            GuaranteeState.REFUNDED: self.tr("given back"),
            GuaranteeState.UNCLAIMED: self.tr("handed to the state, unclaimed"),
        }
        held = one.state is GuaranteeState.HELD
        words = Cell(states[one.state], tone="" if held else "text_soft")
        return [one.deposit_no, words, Cell(shown(one.amount), strong=held, tone="" if held else "text_soft")]

    def _hold(self, hold: Hold) -> Row:
        kind, _, number = hold.subject.partition(":")
        on = {
            "customer": self.tr("customer {0}"),
            "account": self.tr("account {0}"),
            "project": self.tr("project {0}"),
            "permit": self.tr("permit {0}"),
            "contractor": self.tr("contractor {0}"),
        }.get(kind, self.tr("an address"))
        stops = {
            Stops.NEW: self.tr("what is new"),
            Stops.ALL: self.tr("everything"),
            Stops.RELEASE: self.tr("releases"),
        }[hold.stops]
        until = us_date(hold.expires_on) if hold.expires_on else self.tr("it is lifted")
        return [on.format(number), hold.words, Cell(stops, tone="bad" if hold.stops is Stops.ALL else "warn"), until]
