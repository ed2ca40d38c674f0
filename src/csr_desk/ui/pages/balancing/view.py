"""The Balancing page: the drawers of a day on the left, what is picked on the right."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from csr_desk.domain.changes import Topic
from csr_desk.domain.deposit import DailyRevenue, DepositState
from csr_desk.domain.difference import Explanation
from csr_desk.domain.drawer import ZReport
from csr_desk.domain.errors import BadInput
from csr_desk.domain.money import shown
from csr_desk.domain.people import Act
from csr_desk.domain.receipt import Receipt
from csr_desk.ui.context import Context, Tone
from csr_desk.ui.dates import long_day, parse_day
from csr_desk.ui.page import Page
from csr_desk.ui.pages.balancing.bank_panel import BankPanel
from csr_desk.ui.pages.balancing.board import drawers_accepted, drawers_in
from csr_desk.ui.pages.balancing.causes import Causes
from csr_desk.ui.pages.balancing.day_panel import DayPanel
from csr_desk.ui.pages.balancing.places import PLACES, PlacePanel
from csr_desk.ui.pages.balancing.presenter import DAY, DEPOSITS, BalancingPresenter, DayFacts
from csr_desk.ui.pages.balancing.sheet_panel import SheetPanel
from csr_desk.ui.pages.balancing.words import deposits_pick, drawer_pick
from csr_desk.ui.taken_reports import Taken, take_paper
from csr_desk.ui.widgets import BigFigure, Card, Label
from csr_desk.ui.widgets.bar_chart import Bar, BarChart
from csr_desk.ui.widgets.pick_list import Pick, PickList

LOOK_MS = 5_000
"""How often the day is read anew while the page is in front: its drawers are worked at other stations."""
_SHOWS = frozenset({Topic.BATCHES, Topic.RECEIPTS, Topic.DEPOSITS, Topic.DAY, Topic.DRAWER})


class BalancingPage(Page):
    """Accept, send back, reopen; deposits; the end of the day."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.presenter = BalancingPresenter(context, self)
        self.causes = Causes(context, self)
        self._make_keys()
        self.list = PickList("board", self.tr("Drawers of the day"))
        self.card = Card(self.tr("Drawers"), flush=True)
        self.count_in = Label("", "soft", "drawers-in")
        self.total = BigFigure("day-total")
        self.chart = BarChart("receipts-by-hour", self.tr("Receipts an hour"))
        self.sheet = SheetPanel(self._sheet_keys)
        self.bank = BankPanel(self.confirm_key, self.slip_key)
        self.day = DayPanel(self.close_key, self.paper_key)
        self.places: dict[str, PlacePanel] = {
            spec.key: spec.factory(self) for spec in PLACES if context.actor.may(spec.act)
        }
        self.presenter.places = frozenset(self.places)
        self.stack = QStackedWidget()
        self._assemble()
        self.list.picked.connect(self._pick)
        self.bank.confirm_wanted.connect(self._confirm)
        self.bank.picked.connect(self._allow)
        self.sheet.causes.wanted.connect(self.causes.look_at)
        self.looks = QTimer(self)
        self.looks.setInterval(LOOK_MS)
        self.looks.timeout.connect(self.presenter.look_again)
        for panel in self.places.values():
            panel.changed.connect(self._place_changed)
        self._allow()

    def _make_keys(self) -> None:
        do = self.presenter
        self._sheet_keys = {
            "reopen": self.key("batch-reopen", self.tr("Reopen…"), "Ctrl+Shift+O", do.reopen),
            "z": self.key("batch-z", self.tr("Z report"), "Ctrl+P", do.z_report),
            "why": self.key("batch-why", self.tr("Why it may be off"), "Ctrl+D", self._why),
            "back": self.key("batch-back", self.tr("Send back to recount"), "Ctrl+B", do.send_back),
            "reason": self.key("batch-reason", self.tr("Accept with a reason…"), "Ctrl+R", do.accept_with_reason),
            "accept": self.key("batch-accept", self.tr("Accept batch"), "Ctrl+Return", do.accept),
        }
        self.confirm_key = self.key("deposit-confirm", self.tr("Confirm the deposit"), "Ctrl+Return", self._confirm)
        self.slip_key = self.key("deposit-slip", self.tr("Deposit slip"), "Ctrl+P", self._slip)
        self.close_key = self.key("day-close", self.tr("Close the day"), "Ctrl+Return", do.close_day)
        self.paper_key = self.key("day-paper", self.tr("Daily revenue report"), "Ctrl+P", self._revenue_paper)
        self.key("day-before", self.tr("The day before"), "Alt+Left", lambda: do.step_day(-1))
        self.key("day-after", self.tr("The day after"), "Alt+Right", lambda: do.step_day(1))

    def _assemble(self) -> None:
        self.card.body.addWidget(self.list, 1)
        self.card.head.addWidget(self.count_in)
        today = Card()
        caption = Label(self.tr("Taken, all drawers"), "small")
        captions = QHBoxLayout()
        captions.addWidget(caption, 1)
        captions.addWidget(Label(self.tr("receipts an hour"), "small"))
        today.body.addLayout(captions)
        today.body.addWidget(self.total)
        today.body.addWidget(self.chart)
        today.setFixedHeight(172)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.card, 1)
        left.addWidget(today)
        holder = QWidget()
        holder.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        holder.setFixedWidth(330)
        for panel in (self.sheet, self.bank, self.day, *self.places.values()):
            self.stack.addWidget(panel)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(holder)
        row.addWidget(self.stack, 1)

    # what the window asks of a page
    def refresh(self, topics: frozenset[Topic]) -> None:
        """Read again when something of the day changed."""
        if not topics or topics & _SHOWS:
            self.presenter.load()
        for panel in self.places.values():
            if not topics or topics & panel.shows:
                panel.load()

    def enter(self) -> None:
        """Read the day."""
        self.presenter.load()
        for panel in self.places.values():
            panel.load()

    def showEvent(self, event: QShowEvent) -> None:
        """Look again while in front."""
        super().showEvent(event)
        self.looks.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while nobody looks."""
        super().hideEvent(event)
        self.looks.stop()

    def first_focus(self) -> QWidget:
        """The list of drawers."""
        return self.list

    # what the presenter shows
    def show_day(self, day: DayFacts) -> None:
        """Show the board, and on the right what is picked."""
        board = day.board
        self.card.title.setText(self.tr("Drawers of {0}").format(long_day(board.business_date)))
        inside = self.tr("{0} of {1} in").format(drawers_in(board.sheets), len(board.sheets))
        self.count_in.setText(inside if board.sheets else "")
        picks = [drawer_pick(sheet, self.context.desk.policy.tolerance) for sheet in board.sheets]
        today = self.context.desk.today()
        picks.append(deposits_pick(DEPOSITS, len(day.deposits), day.undeposited, today))
        picks.extend(replace(panel.pick(), below="") for panel in self.places.values())  # short: many share the list
        closed = (self.tr("Closed"), "ok") if board.closed else (self.tr("Open"), "info")
        picks.append(Pick(DAY, self.tr("The day"), self.tr("three-way tie and close"), *closed))
        self.list.show_picks(picks, self.presenter.chosen)
        self.total.show_cents(board.total)
        self.chart.show_bars([Bar(f"{hour}:00", number) for hour, number in board.by_hour])
        actor = self.context.actor
        self.bank.show_deposits(day.deposits, may_confirm=actor.may(Act.CONFIRM_DEPOSIT))
        self.day.show_day(board, day.revenue)
        self.show_chosen()

    def show_paper(self, z_report: ZReport) -> None:
        """Print the Z report once more."""
        title = f"z-report-{z_report.sheet.batch.drawer}-{z_report.z_number}"
        day = z_report.sheet.batch.business_date
        take_paper(self.context, Taken("z_report", day, day), title, lambda: (_z_paper(z_report), 1))
        self.context.shell.banner(self.tr("Z report {0} goes to the printer.").format(z_report.z_number), Tone.INFO)

    def show_accepted(self, z_report: ZReport) -> None:
        """Say so; the paper comes from the outbox."""
        batch = z_report.sheet.batch
        words = self.tr("{0} is accepted: Z report {1}.").format(batch.drawer_name, z_report.z_number)
        self.context.shell.banner(words, Tone.OK)

    def show_closed(self, revenue: DailyRevenue) -> None:
        """Say that the day is closed, with its total."""
        words = self.tr("{0} is closed with {1}.").format(long_day(revenue.first), shown(revenue.total))
        self.context.shell.banner(words, Tone.OK)

    def show_causes(self, found: Explanation | None) -> None:
        """Show why the drawer in front may be off."""
        self.sheet.show_causes(found)
        self._allow()

    def show_suspect(self, receipt: Receipt, place: int, of: int) -> None:
        """Show a receipt that a cause hangs on."""
        self.sheet.causes.show_suspect(receipt, place, of)

    def focus_field(self, name: str) -> bool:
        """Put the cursor into the named field."""
        fields: dict[str, QWidget] = {"bank-date": self.bank.bank_date, "bank-amount": self.bank.bank_amount}
        field = fields.get(name)
        if field is not None:
            field.setFocus()
        return field is not None

    # keys
    def _pick(self, key: str) -> None:
        self.presenter.choose(key)
        self.show_chosen()

    def show_chosen(self) -> None:
        """Show on the right what is picked on the left."""
        chosen, sheet = self.presenter.chosen, self.presenter.sheet
        if sheet is not None:
            self.sheet.show_sheet(sheet, self.context.desk.policy.tolerance)
            self.stack.setCurrentWidget(self.sheet)
        else:
            fixed = {DEPOSITS: self.bank, **self.places}
            self.stack.setCurrentWidget(fixed.get(chosen or "", self.day))
        self._allow()
        self.causes.look_for(sheet)

    def _why(self) -> None:
        """Go to the causes; from them back to what happened and to the list of drawers."""
        inside = self.sheet.sees_causes() and self.sheet.causes.list.hasFocus()
        self.sheet.look_at_causes(seen=not inside)
        (self.list if inside else self.sheet.causes.focus_widget()).setFocus()
        self._allow()

    def _allow(self) -> None:
        """One meaning of a key at a time: that of the panel in front; what cannot be done is not shown."""
        front, actor, offered = self.stack.currentWidget(), self.context.actor, self.presenter.offered
        can = offered if front is self.sheet else None
        bag = self.bank.chosen() if front is self.bank else None
        prepared = bag is not None and bag.state is DepositState.PREPARED
        board = self.presenter.facts.board if self.presenter.facts else None
        closing = board is not None and not board.closed
        balanced = board is not None and drawers_accepted(board.sheets) == len(board.sheets)
        for action, allowed in (
            (self._sheet_keys["accept"], can is not None and can.accept),
            (self._sheet_keys["reason"], can is not None and can.accept),
            (self._sheet_keys["back"], can is not None and can.send_back),
            (self._sheet_keys["reopen"], can is not None and can.reopen),
            (self._sheet_keys["why"], front is self.sheet and self.causes.found is not None),
            (self._sheet_keys["z"], can is not None and can.z_report),
            (self.confirm_key, prepared and actor.may(Act.CONFIRM_DEPOSIT)),
            (self.slip_key, bag is not None),
            (self.close_key, front is self.day and closing and actor.may(Act.CLOSE_DAY)),
            (self.paper_key, front is self.day),
        ):
            action.setEnabled(allowed)
            action.setVisible(allowed)
        for panel in self.places.values():
            panel.let_keys(front=front is panel)
        self.close_key.setEnabled(self.close_key.isEnabled() and balanced)  # seen before its time, with the reason

    def _place_changed(self) -> None:
        if self.presenter.facts is not None:
            self.show_day(self.presenter.facts)

    def _confirm(self) -> None:
        deposit = self.bank.chosen()
        if deposit is None:
            return
        try:
            bank_date = parse_day(self.bank.bank_date.text(), deposit.business_date, field="bank-date")
        except BadInput as problem:
            self.presenter.refuse(problem)
            return
        self.presenter.confirm(deposit, bank_date, self.bank.bank_amount.text())

    def _slip(self) -> None:
        deposit = self.bank.chosen()
        if deposit is not None:
            from csr_desk.documents.deposit_slip import deposit_slip_pdf

            what = Taken("deposit_slip", deposit.business_date, deposit.business_date)
            take_paper(self.context, what, deposit.deposit_id, lambda: (deposit_slip_pdf(deposit), len(deposit.items)))

    def _revenue_paper(self) -> None:
        revenue = self.presenter.facts.revenue if self.presenter.facts else None
        if revenue is not None:
            what, rows = Taken("revenue", revenue.first, revenue.last), len(revenue.by_item)
            title = f"Revenue {revenue.first.isoformat()}"
            take_paper(self.context, what, title, lambda: (_revenue_pdf(revenue), rows))


def _z_paper(report: ZReport) -> bytes:
    from csr_desk.documents.z_report import z_report_pdf

    return z_report_pdf(report)


def _revenue_pdf(revenue: DailyRevenue) -> bytes:
    from csr_desk.documents.daily_revenue import daily_revenue_pdf

    return daily_revenue_pdf(revenue)
