"""A customer who was found: their page, or onto the sale with everything that warns of them. Knows no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csr_desk.domain.customers import Level
from csr_desk.ui.context import Choice, Tone
from csr_desk.ui.customer_words import alert_words, receipt_words
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.services.customer_pages import CustomerPage
    from csr_desk.ui.pages.sell.presenter import SellPresenter


class Patrons:
    """Acts of the sell page on people of the customer files."""

    def __init__(self, owner: SellPresenter) -> None:
        """Acts on the cart that its owner has open."""
        self._owner = owner

    def choose(self, number: str) -> None:
        """Enter on a person: onto the sale that is open; without one, to their page."""
        if self._owner.cart.lines:
            self.put(number)
        else:
            self._owner.context.shell.go("customer", f"customer:{number}")

    def put(self, number: str) -> None:
        """Put a person on the sale; what stops is read first, what warns is said above the page (F12)."""
        desk, actor = self._owner.context.desk, self._owner.context.actor

        def read() -> CustomerPage:
            from csr_desk.services.customer_pages import customer_page

            return customer_page(desk, actor, number)

        self._owner.context.read(read, self._warn)

    def _warn(self, page: CustomerPage) -> None:
        stops = [note for note in page.notes if note.level is Level.STOP]
        if not stops:
            self._take(page)
            return
        title = tr("{customer}: {words}").format(
            customer=page.form.name, words=" · ".join(alert_words(note) for note in stops)
        )
        yes = Choice("1", tr("I have read this: put them on the sale"), "yes")
        self._owner.context.shell.ask_reason(title, (yes,), lambda _yes: self._take(page))

    def _take(self, page: CustomerPage) -> None:
        self._owner.take_customer(receipt_words(page))
        said = [alert_words(note) for note in page.notes if note.level is not Level.INFO]
        if said:
            self._owner.context.shell.banner(" · ".join(said), Tone.WARN)
        self._owner.view.focus_search()
