"""What is due, what was given, what goes back: the lower right of the sell page."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from csr_desk.domain.ledger import TenderRole
from csr_desk.domain.money import Cents, shown
from csr_desk.domain.tender import Settlement, TenderKind, kind_name
from csr_desk.ui.cart.cart import CartPicture
from csr_desk.ui.pages.sell.picture import Finished
from csr_desk.ui.pages.sell.tenders import words_of
from csr_desk.ui.theme import say
from csr_desk.ui.widgets import BigFigure, Card, KeyButton, KeyValues, Label, rule


class PayPanel(Card):
    """Totals, tenders, change, and the keys that take money."""

    taken_back = Signal(int)
    """Somebody gives a tender back (its place)."""

    def __init__(self, actions: dict[str, QAction], finish: QAction) -> None:
        """``actions`` are cash, check, card and other."""
        super().__init__()
        self.total = BigFigure("total-due")
        self.rest = BigFigure("still-to-pay", "accent")
        self.total_word = Label(self.tr("Total due"), "small")
        self.rest_word = Label(self.tr("Still to pay"), "small")
        self.tenders = QVBoxLayout()
        self.tenders.setSpacing(0)
        self.change_card = QFrame()
        say(self.change_card, role="card", state="inner")
        self.change_word = Label(self.tr("Change"), "strong", "change-word")
        say(self.change_word, tone="okay")
        self.change = BigFigure("change", "ok")
        self.paid_words = Label("", "soft", "paid-words")
        self.paid_with = KeyValues("paid")
        self.paid_with.hide()
        self.paid_keys = Label(self.tr("F8 takes this receipt back, Shift F8 prints it again."), "small")
        self.paid_keys.hide()
        self.finish = KeyButton.for_action(finish, "primary", "Enter")
        self.finish.setFixedHeight(46)
        self.keys = {name: KeyButton.for_action(action) for name, action in actions.items()}
        self._assemble()

    def _assemble(self) -> None:
        figures = QGridLayout()
        figures.setVerticalSpacing(0)
        right = Qt.AlignmentFlag.AlignRight
        figures.addWidget(self.total_word, 0, 0)
        figures.addWidget(self.rest_word, 0, 1, right)
        figures.addWidget(self.total, 1, 0)
        figures.addWidget(self.rest, 1, 1, right)
        change = QHBoxLayout()
        change.addWidget(self.change_word)
        change.addStretch(1)
        change.addWidget(self.change)
        inner = QVBoxLayout(self.change_card)
        inner.setContentsMargins(12, 6, 12, 6)
        inner.setSpacing(0)
        inner.addLayout(change)
        inner.addWidget(self.paid_words)
        self.change_card.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        for name in ("cash", "check", "card"):
            row.addWidget(self.keys[name], 1)
        last = QHBoxLayout()
        last.setSpacing(8)
        self.keys["other"].setFixedHeight(46)
        last.addWidget(self.keys["other"])
        last.addWidget(self.finish, 1)
        self.body.addLayout(figures)
        self.body.addLayout(self.tenders)
        self.body.addWidget(self.change_card)
        self.body.addSpacing(4)
        self.body.addWidget(self.paid_with)
        self.body.addWidget(self.paid_keys)
        self.body.addStretch(1)
        self.body.addLayout(row)
        self.body.addSpacing(2)
        self.body.addLayout(last)

    def show_cart(self, picture: CartPicture) -> None:
        """Show what is due and what was given so far."""
        self.total.show_cents(picture.total)
        self.rest.show_cents(picture.rest)
        self._show_tenders(picture.settlement)
        settled = picture.settlement
        change = settled.change if settled is not None and settled.rest == 0 else 0
        self.change_card.setVisible(change > 0)
        if change:
            self._show_change(change, "", giant=False)

    def show_finished(self, finished: Finished | None) -> None:
        """The sale is done: the change in giant figures until the next customer starts."""
        for widget in (self.total_word, self.rest_word, self.total, self.rest):
            widget.setVisible(finished is None)
        self.change_card.setVisible(finished is not None)
        self.paid_with.setVisible(finished is not None)
        self.paid_keys.setVisible(finished is not None)
        if finished is not None:
            self.paid_with.show_facts(_paid_with(finished), figures=True)
            self._show_change(finished.change, finished.words, giant=True)

    def _show_change(self, change: Cents, words: str, *, giant: bool) -> None:
        say(self.change, role="giant" if giant else "figure")
        self.change.show_cents(change)
        self.change_word.setText(self.tr("Change") if change or not giant else self.tr("Paid, no change"))
        self.change.setVisible(bool(change) or not giant)
        self.paid_words.setText(words)
        self.paid_words.setVisible(bool(words))

    def _show_tenders(self, settlement: Settlement | None) -> None:
        while (item := self.tenders.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for at, part in enumerate(settlement.tenders if settlement is not None else ()):
            cash = part.tender.kind is TenderKind.CASH
            name, details = words_of(part, settlement.rounding if settlement is not None and cash else 0)
            self.tenders.addWidget(self._tender_row(at, name, details, part.given + part.fee))
            self.tenders.addWidget(rule())

    def _tender_row(self, at: int, name: str, details: str, given: Cents) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(4, 5, 4, 5)
        line.addWidget(Label(name, "strong", f"tender-{at + 1}-name"))
        line.addWidget(Label(details, "soft", f"tender-{at + 1}-details"), 1)
        line.addWidget(Label(shown(given), "", f"tender-{at + 1}-amount"))
        back = QPushButton("×")
        back.setAccessibleName(self.tr("Give back {0} {1}").format(name, shown(given)))
        back.setAccessibleIdentifier(f"tender-{at + 1}-back")
        back.setFixedSize(26, 26)
        back.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        say(back, role="mini")
        back.clicked.connect(partial(self.taken_back.emit, at))
        line.addWidget(back)
        return row


def _paid_with(finished: Finished) -> list[tuple[str, str]]:
    """The finished receipt in a few figures: total, service fee, each tender as it was handed over."""
    receipt = finished.receipt
    facts = [(QCoreApplication.translate("PayPanel", "Total"), shown(receipt.total))]
    for row in receipt.tenders:
        name = kind_name(row.kind)
        if row.role is TenderRole.FEE:
            facts.append((QCoreApplication.translate("PayPanel", "{0} service fee").format(name), shown(row.amount)))
        elif row.role is TenderRole.TAKEN:
            facts.append((f"{name} {row.check_number or row.last4}".strip(), shown(row.amount)))
    if receipt.rounding:
        facts.append((QCoreApplication.translate("PayPanel", "Rounding"), shown(receipt.rounding)))
    return facts
