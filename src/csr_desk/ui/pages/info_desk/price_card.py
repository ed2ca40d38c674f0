"""Beside a card: what its item costs today and why, who answers for the card and until when it was found right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from csr_desk.domain.cards import LivePrice
from csr_desk.domain.money import shown
from csr_desk.ui.dates import sentence_words, us_date
from csr_desk.ui.widgets import KeyValues, Label, rule

if TYPE_CHECKING:
    from csr_desk.services.cards import CardView


class PriceCard(QWidget):
    """The live price above, the facts of the card below."""

    def __init__(self, today: Callable[[], date]) -> None:
        """``today`` is the office's date: a price without its day is no information."""
        super().__init__()
        self._today = today
        self.head = Label("", "small", "card-price-head")
        self.amount = Label("", "figure", "card-price")
        self.why = Label("", "soft", "card-price-why")
        self.explained = Label("", "", "card-price-steps")
        for label in (self.why, self.explained):
            label.setWordWrap(True)
        self.line = rule()
        self.facts = KeyValues("card-fact")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self.head, self.amount, self.why, self.explained, self.line, self.facts):
            column.addWidget(part)
        column.addStretch(1)

    def show_view(self, view: CardView | None, *, explained: bool) -> None:
        """Show the price and the facts of a card."""
        price = view.price if view else None
        for part in (self.head, self.amount, self.why, self.line):
            part.setVisible(price is not None)
        if price is not None:
            self._show_price(price)
        steps = price.explain if price is not None and explained else ()
        self.explained.setText("\n".join(f"{at}. {sentence_words(step)}" for at, step in enumerate(steps, start=1)))
        self.explained.setVisible(bool(steps))
        self.facts.setVisible(not steps)
        self.line.setVisible(price is not None and not steps)
        card = view.card if view else None
        self.facts.show_facts([] if card is None else [(word, value) for word, value in (
            (self.tr("Topic"), card.heading), (self.tr("Also called"), ", ".join(card.keywords)),
            (self.tr("Item"), card.item), (self.tr("Form"), card.form_no), (self.tr("Referral"), card.need_code),
            (self.tr("Owner"), view.owner_name if view else ""), (self.tr("Changed"), us_date(card.changed_on)),
            (self.tr("Review by"), us_date(card.review_on)), (self.tr("Card"), card.number),
        ) if value])  # fmt: skip

    def _show_price(self, price: LivePrice) -> None:
        self.head.setText(self.tr("Costs today, {0}").format(us_date(self._today())))
        if price.amount is not None:
            self.amount.setText(f"${shown(price.amount)}")
        else:
            self.amount.setText("–" if price.why_not else self.tr("depends"))
        since = self.tr("In force since {0}").format(us_date(price.since)) if price.since else ""
        asks = self.tr("It depends on: {0}. Alt+W works it out.").format(", ".join(price.asks)) if price.asks else ""
        words = ", ".join(part for part in (since, price.authority) if part)
        self.why.setText("\n".join(part for part in (price.why_not, asks, words) if part))
