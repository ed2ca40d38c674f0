"""The panel of bills: what was billed and what of it is open, what an account owed on any date, and its statement."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from csr_desk.domain.money import shown
from csr_desk.domain.receivable.statement import StatedBill
from csr_desk.ui.account_panel import AccountPanel
from csr_desk.ui.context import Context
from csr_desk.ui.dates import us_date
from csr_desk.ui.pages.customer.billing_presenter import BillingPicture, BillingPresenter, BillRow
from csr_desk.ui.widgets import Card, EmptyState, KeyButton, KeyValues, Label
from csr_desk.ui.widgets.bar_chart import Bar, BarChart
from csr_desk.ui.widgets.figures_table import Cell, Column, FiguresTable, Row

_SIDE = 308
_ITEMS = 196
_CHART, _LEAST_CHART = 150, 70
_WHOLE = 100
"""Cents of a dollar: bars say whole dollars."""


class BillingPanel(AccountPanel):
    """Bills and their items on the left, the balance of a day on the right; ``keys`` are offered while in front."""

    def __init__(self, context: Context) -> None:
        """State, widgets, assemble, connect."""
        super().__init__(context)
        self.presenter = BillingPresenter(context, self)
        self.bills = FiguresTable("account-bills", self.tr("Bills, the newest first"), (
            Column(self.tr("Bill"), width=132), Column(self.tr("For")), Column(self.tr("Issued"), width=108),
            Column(self.tr("Due"), width=212), Column(self.tr("Amount"), figures=True, width=92),
            Column(self.tr("Open"), figures=True, width=92),
        ))  # fmt: skip
        self.items = FiguresTable("bill-items", self.tr("What the picked bill is made of"), (
            Column(self.tr("For")), Column(self.tr("Amount"), figures=True, width=110),
        ))  # fmt: skip
        self.none = EmptyState(self.tr("Nothing was billed"), self.tr("A bill that comes in stands here."))
        self.period = Label("", "soft", "bill-period")
        self.first, self.last = self._date("statement-first"), self._date("statement-last")
        self.first.setAccessibleName(self.tr("First day of the statement"))
        self.last.setAccessibleName(self.tr("Day that is looked at, last day of the statement"))
        self.fault = Label("", "fault", "statement-fault")
        self.fault.setWordWrap(True)
        self.ages = KeyValues("account-age")
        self.chart = BarChart("account-months", self.tr("Owed at the end of the last twelve months"))
        self.look = self.key("look-at-day", self.tr("Look at that day"), "", self._look)
        self.paper = self.key("print-statement", self.tr("Print the statement"), "Alt+S", self._print)
        self._assemble()
        self._connect()
        self.show_picture(BillingPicture())

    @staticmethod
    def _date(name: str) -> QLineEdit:
        field = QLineEdit()
        field.setObjectName(name)
        field.setAccessibleIdentifier(name)
        field.setMaxLength(20)
        return field

    def _assemble(self) -> None:
        bills = Card(self.tr("Bills"), self.tr("the newest first"), flush=True)
        bills.body.addWidget(self.bills, 1)
        bills.body.addWidget(self.none, 1)
        items = Card(self.tr("Made of"), flush=True)
        items.head.addWidget(self.period)
        items.body.addWidget(self.items, 1)
        items.setFixedHeight(_ITEMS)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(bills, 1)
        left.addWidget(items)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(left, 1)
        row.addWidget(self._side())

    def _side(self) -> Card:
        side = Card(self.tr("Balance on a day"))
        side.setFixedWidth(_SIDE)
        for words, field in ((self.tr("Statement &from"), self.first), (self.tr("&Until the end of"), self.last)):
            label = Label(words, "small")
            label.setBuddy(field)
            line = QHBoxLayout()
            line.addWidget(label, 1)
            line.addWidget(field, 1)
            side.body.addLayout(line)
        side.body.addWidget(self.fault)
        side.body.addWidget(self.ages)
        side.body.addSpacing(8)
        side.body.addWidget(Label(self.tr("Owed at the end of the month"), "small"))
        self.chart.setMinimumHeight(_LEAST_CHART)
        self.chart.setMaximumHeight(_CHART)
        side.body.addWidget(self.chart)
        side.body.addStretch(1)
        side.body.addWidget(KeyButton.for_action(self.look, key="Enter"))
        side.body.addWidget(KeyButton.for_action(self.paper, "primary"))
        return side

    def _connect(self) -> None:
        self.bills.chosen.connect(lambda _row: self._show_items())
        for field in (self.first, self.last):
            field.returnPressed.connect(self._look)

    def show_account(self, account_no: str) -> None:
        """Show an account as of today."""
        self.presenter.show_account(account_no)

    def first_focus(self) -> QWidget:
        """The table, or the date where there is none."""
        return self.bills if self.presenter.picture.bills else self.last

    def show_picture(self, picture: BillingPicture) -> None:
        """Show what the presenter read."""
        self.bills.setVisible(bool(picture.bills))
        self.none.setVisible(not picture.bills)
        self.bills.show_rows([self._bill(row) for row in picture.bills])
        self.first.setText("" if picture.first is None else us_date(picture.first))
        self.last.setText("" if picture.on is None else us_date(picture.on))
        current, over_30, over_60, over_90 = map(shown, picture.aged.columns)
        facts = [
            (self.tr("Not due, or up to 30 days late"), current),
            (self.tr("31 to 60 days late"), over_30),
            (self.tr("61 to 90 days late"), over_60),
            (self.tr("Over 90 days late"), over_90),
            (self.tr("Owed together"), shown(picture.balance)),
        ]
        self.ages.show_facts(facts, figures=True)
        self.chart.show_bars([Bar(f"{day:%m}", cents, f"{cents // _WHOLE:,}") for day, cents in picture.months])
        for action in (self.look, self.paper):
            action.setEnabled(bool(picture.account))
        self._show_items()

    def show_fault(self, field: str, words: str) -> None:
        """Say what is wrong with a date, and put the cursor there."""
        self.fault.setText(words)
        if words:
            (self.first if field == "first" else self.last).setFocus()

    def _look(self) -> None:
        self.presenter.look_at(self.first.text(), self.last.text())

    def _print(self) -> None:
        """Print what the dates say, also where they were keyed and not taken yet."""
        if self.presenter.look_at(self.first.text(), self.last.text()):
            self.presenter.print_statement()

    def _show_items(self) -> None:
        at, rows = self.bills.currentIndex().row(), self.presenter.picture.bills
        row = rows[at] if 0 <= at < len(rows) else None
        if row is None:
            self.items.show_rows([])
            self.period.setText("")
            return
        made: list[Row] = [[item.words, shown(item.amount)] for item in row.bill.items]
        if not made:
            made.append([row.bill.words, shown(row.bill.amount)])
        made += [
            [Cell(self.tr("{0} · added {1}").format(move.words, us_date(move.on) if move.on else ""), tone="warn"),
             Cell(shown(move.amount), tone="warn")]
            for move in row.added
        ]  # fmt: skip
        self.items.show_rows(made)
        self.period.setText(self._period(row.bill))

    def _period(self, bill: StatedBill) -> str:
        told = [bill.number]
        if bill.service_from is not None and bill.service_to is not None:
            told.append(self.tr("{0} to {1}").format(us_date(bill.service_from), us_date(bill.service_to)))
        if bill.usage:
            told.append(bill.usage)
        return " · ".join(told)

    def _bill(self, row: BillRow) -> Row:
        bill = row.bill
        due = us_date(bill.due) if bill.due else self.tr("on demand")
        if row.late:
            day = self.tr("{0} · 1 day late") if row.late == 1 else self.tr("{0} · {1} days late")
            when = Cell(day.format(due, row.late), tone="bad")
        else:
            when = Cell(due)
        issued = us_date(bill.issued) if bill.issued else self.tr("before")
        left = Cell(shown(row.open), strong=True) if row.open else Cell(self.tr("paid"), tone="text_soft")
        return [bill.number, bill.words, issued, when, shown(row.amount), left]
