"""The cart as an order for the cashier: priced today, printed with a code, paid at any counter (A14). Knows no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from csr_desk.domain.cart_lines import CartLine
from csr_desk.domain.money import shown
from csr_desk.ui.context import Field, Tone
from csr_desk.ui.dates import us_date
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.domain.orders import Order
    from csr_desk.ui.pages.sell.presenter import SellPresenter


class Ordering:
    """The key of one sell page that makes an order of its cart."""

    def __init__(self, sale: SellPresenter) -> None:
        """Order the cart of ``sale``."""
        self.sale = sale
        self._key = ""

    def start(self) -> None:
        """Shift+F3: ask for the project and whose it is, then price, print and clear the cart."""
        sale = self.sale
        if not sale.cart.lines:
            sale.view.show_hint(tr("Put items into the cart first"), fault=True)
            return
        if not all(isinstance(line, CartLine) for line in sale.cart.lines):
            sale.view.show_hint(tr("An order has items only. What is owed is paid as it is"), fault=True)
            return
        if sale.papers.refuses_hold():
            return
        self._key = uuid4().hex
        fields = (
            Field("project", tr("Project"), _project_of(sale), hint=tr("its number, or empty")),
            Field("customer", tr("Customer"), sale.cart.customer),
            Field("memo", tr("Note for the cashier")),
        )
        title = tr("Order for the cashier. Its prices hold for {days} days.")
        days = sale.context.desk.policy.order_days
        sale.context.shell.ask_fields(title.format(days=days), fields, self._prepare, tr("Price and print"))

    def _prepare(self, values: dict[str, str]) -> str | None:
        from csr_desk.services import orders

        sale = self.sale
        desk, actor = sale.context.desk, sale.context.actor
        command = orders.PrepareOrder(
            self._key,
            sale.cart.plain_lines(),
            values["project"],
            sale.cart.customer_id,
            customer_name=values["customer"],
            memo=values["memo"],
        )
        sale.context.act(lambda: orders.prepare_order(desk, actor, command), self._prepared)
        return None

    def _prepared(self, order: Order) -> None:
        sale = self.sale
        sale.drafts.forget()
        sale.clear()
        words = tr("Order {number}: {amount}, to be paid by {day} at any counter.")
        said = words.format(number=order.number, amount=shown(order.total), day=us_date(order.expires_on))
        sale.context.shell.banner(said, Tone.INFO)
        self.print_paper(order.number)

    def print_paper(self, number: str) -> None:
        """Print an order, with the code that a counter scans."""
        desk, actor = self.sale.context.desk, self.sale.context.actor

        def make() -> bytes:
            from csr_desk.documents.order_paper import order_pdf
            from csr_desk.services import orders

            return order_pdf(orders.order_paper(desk, actor, number))

        self.sale.context.shell.print_paper(tr("Order {number}").format(number=number), make)


def _project_of(sale: SellPresenter) -> str:
    """Return the project that the lines name already, where they name one."""
    from csr_desk.domain.permit_fees import PROJECT

    named = {line.inputs.get(PROJECT, "").strip() for line in sale.cart.lines if isinstance(line, CartLine)} - {""}
    return named.pop() if len(named) == 1 else ""
