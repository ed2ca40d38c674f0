"""Taking money: cash, checks, cards and the rest, in any order, removable until the sale is finished. Knows no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csr_desk.domain.errors import Refusal
from csr_desk.domain.keyed_amount import read_keyed
from csr_desk.domain.money import shown
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.ui.context import Tone
from csr_desk.ui.pages.sell import tenders
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.ui.pages.sell.presenter import SellPresenter


class Till:
    """The tender keys of one sell page."""

    def __init__(self, sale: SellPresenter) -> None:
        """Take money for the cart of ``sale``."""
        self.sale = sale

    def cash(self, text: str, *, finish: bool = True) -> None:
        """F5: cash, exact when nothing is keyed; what covers the rest finishes the sale."""
        if not self._may_take():
            return
        rest = self.sale.picture.rest
        before = [one for one in self.sale.cart.tenders if one.kind is TenderKind.CASH]
        others = [one for one in self.sale.cart.tenders if one.kind is not TenderKind.CASH]
        amount: int | None = None
        if text.strip():
            try:
                amount = read_keyed(text, rest, cash=True) + sum(one.amount or 0 for one in before)
            except Refusal as refusal:
                self.sale.view.show_hint(refusal.message, fault=True)
                return
        if rest > 0 or amount is not None:
            self._take([*others, Tender(TenderKind.CASH, amount)])
        self.sale.view.set_search("")
        if finish and self.sale.picture.paid:
            self.sale.finish()

    def tender(self, kind: TenderKind, text: str) -> None:
        """F6, F7, F10: ask for what this tender needs; its fee is shown before it is taken."""
        if not self._may_take():
            return
        rest = self.sale.picture.rest
        try:
            amount = read_keyed(text, rest, cash=False) if text.strip() else rest
            fee = self.sale.cart.fee(kind, amount)
        except Refusal as refusal:
            self.sale.view.show_hint(refusal.message, fault=True)
            return
        if amount <= 0 or amount > rest:
            words = tr("At most {amount}: change is given from cash only")
            self.sale.view.show_hint(words.format(amount=shown(rest)), fault=True)
            return

        def take(values: dict[str, str]) -> str | None:
            fault = tenders.fault_of(kind, amount, values, self._rules())
            return fault or self._add(tenders.tender_of(kind, amount, values, self._rules()))

        title = tenders.headline(kind, amount, fee)
        self.sale.context.shell.ask_fields(title, tenders.fields_of(kind), take)

    def read_check(self, burst: str) -> None:
        """The line of a check came from a reader: it pays what is left, up to what the clerk then says."""
        if not self._may_take():
            return
        rest = self.sale.picture.rest
        fault = tr("Nothing is left to pay") if rest <= 0 else None
        fault = fault or tenders.fault_of(TenderKind.CHECK, rest, {"number": burst}, self._rules())
        self.sale.view.set_search("")
        if fault is None:
            fault = self._add(tenders.tender_of(TenderKind.CHECK, rest, {"number": burst}, self._rules()))
        if fault is not None:
            self.sale.view.show_hint(fault, fault=True)

    def _rules(self) -> tenders.CheckRules:
        desk = self.sale.context.desk
        cart = self.sale.cart
        # the business date, as the sale itself goes by; a paper receipt is entered on another day than it was written
        return tenders.CheckRules(desk.today() if cart.paper else cart.price_date, desk.policy.stale_check_days)

    def _add(self, tender: Tender) -> str | None:
        """Add a tender to the cart; returns why it cannot be."""
        refused = self._take([*self.sale.cart.tenders, tender])
        if refused is not None:
            return refused.message
        self.sale.view.set_search("")
        if self.sale.picture.paid:
            self.sale.view.show_hint(tr("Paid: Enter finishes"))
        if tender.routing and tender.account:
            self._warn(tender)
        return None

    def _warn(self, tender: Tender) -> None:
        """Say at once where the account of a check is on the returned-check list (B7)."""
        desk, actor, shell = self.sale.context.desk, self.sale.context.actor, self.sale.context.shell

        def look() -> str:
            from csr_desk.services.check_list import warning_of

            return warning_of(desk, actor, (tender,))

        def say(warning: str) -> None:
            if warning:
                shell.banner(warning, Tone.WARN)

        self.sale.context.read(look, say)

    def other(self, text: str) -> None:
        """F10: choose another tender by its digit."""
        if self._may_take():
            self.sale.context.shell.ask_reason(
                tr("Other tenders"), tenders.other_choices(), lambda kind: self.tender(TenderKind(kind), text)
            )

    def take_back(self, at: int = -1) -> None:
        """Give a tender back before the sale is finished."""
        if self.sale.cart.tenders and not self.sale.sending:
            del self.sale.cart.tenders[at]
            self.sale.changed()
            self.sale.view.focus_search()

    def _may_take(self) -> bool:
        if self.sale.sending or not self.sale.picture.rows:
            return False
        return not self.sale.go_to_fault()

    def _take(self, wanted: list[Tender]) -> Refusal | None:
        before = self.sale.cart.tenders
        self.sale.cart.tenders = wanted
        self.sale.changed()
        refusal = self.sale.picture.refusal
        if refusal is not None:
            self.sale.cart.tenders = before
            self.sale.changed()
            self.sale.view.show_hint(refusal.message, fault=True)
        return refusal
