"""What was found by a number or an address: what is due on it onto the sale, or its page. Knows no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csr_desk.domain.cart_lines import CartLine
from csr_desk.domain.permits import RENEWS
from csr_desk.ui.context import Tone
from csr_desk.ui.dates import us_date
from csr_desk.ui.pages.sell.picture import Suggestion
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.services.permit_renewals import Renewable
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

    def renew(self, number: str) -> None:
        """Put the line that renews a permit onto the sale, at the renewal price of today; refused with its sentence."""
        desk, actor = self._sale.context.desk, self._sale.context.actor

        def read() -> Renewable:
            from csr_desk.services.permit_renewals import renewal_of

            return renewal_of(desk, actor, number)

        self._sale.context.read(read, self._renew)

    def _renew(self, found: Renewable) -> None:
        sale = self._sale
        if any(isinstance(one, CartLine) and one.inputs.get(RENEWS) == found.permit for one in sale.cart.lines):
            sale.view.show_hint(tr("{name} stands in the cart already").format(name=found.permit), fault=True)
            return
        sale.add(found.line)
        said = tr("Permit {number} is renewed until {day} as soon as this is paid.")
        sale.context.shell.banner(said.format(number=found.permit, day=us_date(found.until)), Tone.INFO)
