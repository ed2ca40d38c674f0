"""What was found by a number or an address: what is due on it onto the sale, or its page. Knows no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csr_desk.ui.pages.sell.picture import Suggestion

if TYPE_CHECKING:
    from csr_desk.ui.pages.sell.presenter import SellPresenter

PAID_HERE = frozenset({"project", "order", "permit"})
"""What is sold by its number."""


class Things:
    """Projects, permits, orders and releases on the sell page."""

    def __init__(self, sale: SellPresenter) -> None:
        """Put what is due into the cart of ``sale``."""
        self._sale = sale

    def choose(self, chosen: Suggestion) -> None:
        """Enter: what is due on a project or an order onto the sale; everything else on its own page."""
        noun, _, number = chosen.key.partition(":")
        if noun in PAID_HERE and chosen.right:
            self._sale.debts.look_up(number)
        else:
            self.see(chosen)

    def see(self, chosen: Suggestion) -> None:
        """F4: the page of it."""
        self._sale.context.shell.go("projects", chosen.key)
