"""The panel of a new account that is looked into: five things, none of them left out silently (F13)."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from csr_desk.domain.account_check import Item, State
from csr_desk.domain.money import shown
from csr_desk.domain.new_account import ItemRecord, Verification
from csr_desk.ui.account_panel import AccountPanel
from csr_desk.ui.context import Context
from csr_desk.ui.pages.customer.verifying_presenter import (
    VerifyingPicture,
    VerifyingPresenter,
    item_words,
    rule_words,
    state_words,
)
from csr_desk.ui.widgets import Card, EmptyState, KeyValues, Label
from csr_desk.ui.widgets.figures_table import Cell, Column, FiguresTable, Row
from csr_desk.ui.widgets.key_row import KeyRow

_TONES = {State.OPEN: "text_soft", State.MET: "ok", State.NOT_MET: "bad", State.SKIPPED: "warn"}


class VerifyingPanel(AccountPanel):
    """The list above, what it comes to below."""

    def __init__(self, context: Context) -> None:
        """State, widgets, assemble."""
        super().__init__(context)
        self.presenter = VerifyingPresenter(context, self)
        self.table = FiguresTable("verification-items", self.tr("What is looked into"), (
            Column(self.tr("What"), width=230), Column(self.tr("Where it stands"), width=130),
            Column(self.tr("What was shown or said")), Column(self.tr("Who was asked"), width=340),
            Column(self.tr("By"), width=150),
        ))  # fmt: skip
        self.table.show_at_least(len(Item))
        self.none = EmptyState(
            self.tr("Nobody looked into this account yet"),
            self.tr("Start the list: identity, lease or deed, what is owed, the address, standing elsewhere."),
        )
        self.sentence = Label("", "", "verification-sentence")
        self.facts = KeyValues("verification-fact")
        self.begin = self.key("verification-start", self.tr("Start the list"), "Alt+V", self.presenter.start)
        self.look = self.key("verification-look", self.tr("Look into it"), "Alt+I", self._look)
        self.skip = self.key("verification-skip", self.tr("Leave it out…"), "Alt+O", self._skip)
        self.settle = self.key("verification-decide", self.tr("Decide"), "Alt+Y", self.presenter.decide)
        self.sell = self.key("verification-sell", self.tr("Sell the deposit"), "Alt+D", self.presenter.sell)
        self.off = self.key("verification-off", self.tr("Call it off"), "Alt+X", self.presenter.cancel)
        self._assemble()
        self.show_picture(VerifyingPicture())

    def _assemble(self) -> None:
        items = Card(self.tr("New account"), self.tr("nothing is left out silently"), flush=True)
        items.body.addWidget(self.table, 1)
        items.body.addWidget(self.none, 1)
        items.body.addWidget(KeyRow(self.begin, self.look, self.skip, self.settle, self.sell, self.off))
        whole = Card(self.tr("What it comes to"), " ")
        whole.body.addWidget(self.sentence)
        whole.body.addWidget(self.facts)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(items, 1)
        column.addWidget(whole)
        self.whole = whole

    def show_account(self, account_no: str) -> None:
        """Show an account."""
        self.presenter.show_account(account_no)

    def first_focus(self) -> QWidget:
        """The list."""
        return self.table

    def show_picture(self, picture: VerifyingPicture) -> None:
        """Show what the presenter read."""
        found = picture.found
        at = self.table.currentIndex().row()
        self.table.setVisible(found is not None)
        self.none.setVisible(found is None)
        self.whole.setVisible(found is not None)
        self.table.show_rows([] if found is None else [self._row(one) for one in found.items])
        if found is not None:
            still = next((n for n, one in enumerate(found.items) if one.state is State.OPEN), max(at, 0))
            self.table.go_to(still)
        self.sentence.setText(picture.sentence)
        self.whole.hint.setText("" if found is None else self._which(found))
        self.facts.show_facts([] if found is None else self._facts(found, picture.to_sell))
        self.begin.setEnabled(picture.may and bool(picture.account) and not picture.is_open)
        for action in (self.look, self.skip, self.settle, self.off):
            action.setEnabled(picture.may and picture.is_open)
        self.sell.setEnabled(picture.sells and picture.to_sell > 0)
        self.sell.setVisible(found is not None and found.deposit == "charged")

    def _look(self) -> None:
        self.presenter.look_into(self.table.currentIndex().row())

    def _skip(self) -> None:
        self.presenter.skip(self.table.currentIndex().row())

    def _row(self, one: ItemRecord) -> Row:
        asked = ", ".join(part for part in (one.asked, one.company_name, one.reference) if part)
        words = Cell(state_words(one.state), strong=one.state is not State.OPEN, tone=_TONES[one.state])
        return [item_words(one.item), words, one.answer or "–", asked or "–", one.checked_by or "–"]

    def _which(self, found: Verification) -> str:
        """Its number, and how it stands."""
        states = {
            "open": self.tr("being looked into"), "verified": self.tr("verified"), "refused": self.tr("refused"),
            "cancelled": self.tr("called off"),
        }  # fmt: skip
        return f"{found.number} · {states[found.state]}"

    def _facts(self, found: Verification, to_sell: int) -> list[tuple[str, str]]:
        who = self.tr("the owner") if found.tenure == "owner" else self.tr("a tenant")
        facts = [(self.tr("Address, as applied for"), found.address), (self.tr("Customer is"), who)]
        if found.rule:
            facts.append((self.tr("By the rule"), rule_words(found.rule)))
        if found.deposit == "charged":
            held = self.tr("{0}, of it held {1}, to sell {2}")
            words = held.format(shown(found.deposit_amount), shown(found.paid), shown(to_sell))
            facts.append((self.tr("Deposit"), words))
        elif found.deposit == "waived":
            facts.append((self.tr("Deposit"), self.tr("waived")))
        return facts
