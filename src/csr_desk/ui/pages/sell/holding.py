"""Parking a cart and taking one up again (A13). Knows no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csr_desk.ui.context import Tone
from csr_desk.ui.pages.sell import searching
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.services.sell import Held
    from csr_desk.ui.pages.sell.presenter import SellPresenter


class Holding:
    """The hold key of one sell page."""

    def __init__(self, sale: SellPresenter) -> None:
        """Park the cart of ``sale``."""
        self.sale = sale

    def hold(self) -> None:
        """F3: park the cart, or show what is parked."""
        sale = self.sale
        if sale.papers.refuses_hold():
            return
        if not sale.cart.lines:
            self._offer_held()
            return
        from csr_desk.services import sell

        desk, actor, draft = sale.context.desk, sale.context.actor, sale.drafts.draft_of(sale.cart)

        def held(one: Held) -> None:
            sale.drafts.forget()
            sale.clear()
            words = tr("Held as {number}. F3 brings it back, at any counter.")
            sale.context.shell.banner(words.format(number=one.number), Tone.INFO)

        sale.context.act(lambda: sell.hold(desk, actor, sell.Hold(draft, title=sale.cart.customer)), held)

    def _offer_held(self) -> None:
        sale = self.sale
        sale.view.set_search("")
        if sale.finding.held:
            sale.view.show_suggestions(searching.held_suggestions(sale.finding.held, ""), picked=True)
            sale.view.focus_search()
        else:
            sale.view.show_hint(tr("No sale is held"))

    def resume(self, number: str) -> None:
        """Go on with a held sale."""
        sale = self.sale
        if sale.cart.lines:
            sale.view.show_hint(tr("Hold or finish this cart first"), fault=True)
            return
        from csr_desk.services import sell

        desk, actor = sale.context.desk, sale.context.actor
        sale.context.act(lambda: sell.resume(desk, actor, number), sale.take_draft)
