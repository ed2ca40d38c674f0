"""The panel of a customer as a contractor: trades that are in order or not, papers, the permits that they bought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.domain.money import shown
from csr_desk.ui.account_panel import AccountPanel
from csr_desk.ui.context import Context
from csr_desk.ui.dates import sentence_words, us_date
from csr_desk.ui.pages.customer.contractor_presenter import ContractorPicture, ContractorPresenter, ends_words
from csr_desk.ui.pages.customer.contractor_words import (
    contractor_state_words,
    days_words,
    kind_words,
    paper_state_words,
    trade_words,
)
from csr_desk.ui.project_words import state_tone, state_words
from csr_desk.ui.widgets import Card, Chip, EmptyState
from csr_desk.ui.widgets.figures_table import Cell, Column, FiguresTable, Row
from csr_desk.ui.widgets.key_row import KeyRow

if TYPE_CHECKING:
    from csr_desk.services.contractor_pages import InOrder, PaperRecord, PermitRecord

_TONES = {"ok": "ok", "bad": "bad", "warn": "warn", "info": ""}
_SOON = 30
"""Days left that are told in another colour."""


class ContractorPanel(AccountPanel):
    """Trades and permits above, papers below; a customer who is no contractor is offered to be registered."""

    def __init__(self, context: Context) -> None:
        """State, widgets, assemble."""
        super().__init__(context)
        self.presenter = ContractorPresenter(context, self)
        go = self.presenter
        self.trades = FiguresTable("contractor-trades", self.tr("Trades"), (
            Column(self.tr("Trade"), width=110), Column(self.tr("May buy today, or why not")),
        ))  # fmt: skip
        self.permits = FiguresTable("contractor-permits", self.tr("Permits that they bought"), (
            Column(self.tr("Permit"), width=150), Column(self.tr("Address")), Column(self.tr("State"), width=100),
            Column(self.tr("Holds to"), width=120),
        ))  # fmt: skip
        self.papers = FiguresTable("contractor-papers", self.tr("Papers"), (
            Column(self.tr("Paper"), width=120), Column(self.tr("Number, who issued it")),
            Column(self.tr("For"), width=120), Column(self.tr("Amount"), figures=True, width=130),
            Column(self.tr("Last day"), width=120), Column(self.tr("Left"), width=130),
            Column(self.tr("State"), width=110),
        ))  # fmt: skip
        self.nobody = EmptyState("", "")
        self.no_paper = EmptyState(
            self.tr("No paper"), self.tr("A licence, an insurance, a bond or a registration stands here once filed.")
        )
        self.no_permit = EmptyState(self.tr("No permit"), self.tr("Those that this contractor buys stand here."))
        self.state = Chip(name="contractor-state")
        self.register = self.key("contractor-register", self.tr("Register"), "Alt+R", go.set_trades)
        self.change = self.key("contractor-trades", self.tr("Change the trades"), "Alt+T", go.set_trades)
        self.suspend = self.key("contractor-turn", self.tr("Suspend"), "Alt+S", go.turn)
        self.close_key = self.key("contractor-close", self.tr("Close"), "Alt+C", go.close)
        self.file = self.key("paper-file", self.tr("File a paper"), "Alt+P", go.file)
        self.follow = self.key("paper-replace", self.tr("File its successor"), "Alt+N", lambda: go.replace(self.at()))
        self.withdraw = self.key("paper-withdraw", self.tr("Withdraw it"), "Alt+W", lambda: go.withdraw(self.at()))
        self._assemble()
        self.papers.chosen.connect(lambda _row: self._let_acts())
        self.permits.activated.connect(lambda index: go.open_permit(index.row()))
        self.show_picture(ContractorPicture())

    def _assemble(self) -> None:
        self.trades_card = Card(self.tr("Contractor"), flush=True)
        self.trades_card.head.addWidget(self.state)
        self.trades_card.body.addWidget(self.trades, 1)
        self.trades_card.body.addWidget(self.nobody, 1)
        self.trades_card.body.addWidget(KeyRow(self.register, self.change, self.suspend, self.close_key))
        self.permits_card = Card(self.tr("Permits"), self.tr("the newest first; Enter opens one"), flush=True)
        self.permits_card.body.addWidget(self.permits, 1)
        self.permits_card.body.addWidget(self.no_permit, 1)
        self.papers_card = Card(self.tr("Papers"), self.tr("what they showed, and until when it holds"), flush=True)
        self.papers_card.body.addWidget(self.papers, 1)
        self.papers_card.body.addWidget(self.no_paper, 1)
        self.papers_card.body.addWidget(KeyRow(self.file, self.follow, self.withdraw))
        above = QHBoxLayout()
        above.setSpacing(12)
        above.addWidget(self.trades_card, 1)
        above.addWidget(self.permits_card, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(above, 9)
        column.addWidget(self.papers_card, 10)

    def show_customer(self, number: str) -> None:
        """Show a customer."""
        self.presenter.show_customer(number)

    def first_focus(self) -> QWidget:
        """The papers, or the trades where there is none."""
        return self.papers if self.presenter.picture.papers else self.trades

    def at(self) -> int:
        """The paper of the cursor; below zero for none."""
        return self.papers.currentIndex().row()

    def show_picture(self, picture: ContractorPicture) -> None:
        """Show what the presenter read."""
        known = picture.contractor
        self.trades_card.title.setText(
            self.tr("Contractor {0}").format(known.number) if known else self.tr("Contractor")
        )
        self.trades_card.hint.setText(self.tr("since {0}").format(us_date(known.since)) if known else "")
        stands = contractor_state_words(known.state) if known is not None else ""
        self.state.show_state(stands, "ok" if known is not None and known.state == "active" else "bad")
        words = self.tr("Register them with their trades; then file what they show.")
        self.nobody.show_words(self.tr("Not in the register of contractors"), words if picture.may else "")
        for widget, seen in (
            (self.trades, known is not None), (self.nobody, known is None and picture.page is not None),
            (self.permits_card, known is not None), (self.papers_card, known is not None),
            (self.papers, bool(picture.papers)), (self.no_paper, not picture.papers),
            (self.permits, bool(picture.permits)), (self.no_permit, not picture.permits),
        ):  # fmt: skip
            widget.setVisible(seen)
        self.trades.show_rows([_trade(one, self.tr("in order")) for one in picture.trades])
        self.permits.show_rows([_permit(one) for one in picture.permits])
        self.papers.show_rows([self._paper(one) for one in picture.papers])
        self._let_acts()

    def _let_acts(self) -> None:
        """Offer what can be done now to whoever may; others see no keys."""
        picture = self.presenter.picture
        known, at = picture.contractor, self.at()
        on_file = 0 <= at < len(picture.papers) and picture.papers[at].state == "valid"
        suspends = known is None or known.state == "active"
        self.suspend.setText(self.tr("Suspend") if suspends else self.tr("Let them work again"))
        for action, seen, can in (
            (self.register, known is None and picture.page is not None, True),
            (self.change, known is not None, True), (self.suspend, known is not None, True),
            (self.close_key, known is not None, True),
            (self.file, known is not None, True), (self.follow, known is not None, on_file),
            (self.withdraw, known is not None, on_file),
        ):  # fmt: skip
            action.setVisible(picture.may and seen)
            action.setEnabled(picture.may and seen and can)

    def _paper(self, one: PaperRecord) -> Row:
        paper = one.paper
        held = one.state == "valid"
        left, tone = "", ""
        if held and paper.expires_on is not None and self.presenter.picture.page is not None:
            days = (paper.expires_on - self.presenter.picture.page.day).days
            left, tone = days_words(days), "bad" if days < 0 else "warn" if days <= _SOON else ""
        said = " · ".join(part for part in (one.number, one.issuer) if part)
        soft = "" if held else "text_soft"
        return [
            Cell(kind_words(paper.kind), soft, strong=held), Cell(said, soft), Cell(trade_words(paper.trade), soft),
            Cell("" if paper.amount is None else shown(paper.amount), soft), Cell(ends_words(paper.expires_on), soft),
            Cell(left, tone, strong=tone == "bad"), Cell(paper_state_words(one.state), soft),
        ]  # fmt: skip


def _trade(one: InOrder, fine: str) -> Row:
    words = Cell(sentence_words(" ".join(one.missing)), "bad") if one.missing else Cell(fine, "ok")
    return [Cell(trade_words(one.trade), strong=True), words]


def _permit(one: PermitRecord) -> Row:
    state = Cell(state_words(one.state), _TONES[state_tone(one.state)])
    return [one.number, one.site or one.description, state, ends_words(one.expires_on)]
