"""Orders of a project: paid one by one, printed again, called off from the projects page. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

from csr_desk.domain.orders import OrderState
from csr_desk.domain.people import Act
from csr_desk.ui.context import Choice, Context
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.domain.orders import Order


@dataclass(frozen=True, slots=True)
class OrdersPicture:
    """All that the panel shows."""

    project: str = ""
    orders: tuple[Order, ...] = ()


@dataclass(frozen=True, slots=True)
class Offered:
    """What may be done with the order of the cursor."""

    pay: bool = False
    again: bool = False
    cancel: bool = False


class OrdersScreen(Protocol):
    """What the presenter asks of the panel."""

    def show_picture(self, picture: OrdersPicture) -> None:
        """Show it."""


class OrdersPresenter:
    """One project at a time."""

    def __init__(self, context: Context, screen: OrdersScreen) -> None:
        """Nothing is shown yet."""
        self.context, self.screen = context, screen
        self.picture = OrdersPicture()

    def show_project(self, project: str) -> None:
        """Read the orders of a project, those that wait for a cashier first."""
        desk, actor = self.context.desk, self.context.actor
        self.picture = OrdersPicture(project)

        def read() -> OrdersPicture:
            from csr_desk.services import orders

            found, today = orders.orders_on(desk, actor, project), desk.today()
            waits = sorted(found, key=lambda order: order.standing(today) is not OrderState.OPEN)
            return OrdersPicture(project, tuple(waits))

        def show(found: OrdersPicture) -> None:
            if self.picture.project == project:  # else another was asked for meanwhile
                self.picture = found
                self.screen.show_picture(found)

        self.context.read(read, show)

    def offered(self, at: int) -> Offered:
        """Say what may be done with an order by its row."""
        if not 0 <= at < len(self.picture.orders):
            return Offered()
        order, actor = self.picture.orders[at], self.context.actor
        waits = order.why_not_paid(self.context.desk.today()) is None
        return Offered(
            pay=waits and actor.may(Act.SELL), again=waits,
            cancel=order.state is OrderState.OPEN and actor.may(Act.PREPARE_ORDER),
        )  # fmt: skip

    def pay(self, at: int) -> None:
        """Put this order alone onto a sale."""
        self.context.shell.go("sell", f"order:{self.picture.orders[at].number}")

    def print_paper(self, at: int) -> None:
        """Print an order again, with the code that a counter scans."""
        desk, actor, number = self.context.desk, self.context.actor, self.picture.orders[at].number

        def make() -> bytes:
            from csr_desk.documents.order_paper import order_pdf
            from csr_desk.services import orders

            return order_pdf(orders.order_paper(desk, actor, number))

        self.context.shell.print_paper(tr("Order {number}").format(number=number), make)

    def cancel(self, at: int) -> None:
        """Ask why, then call an order off."""
        number = self.picture.orders[at].number
        reasons = (tr("The customer gave it up"), tr("It was priced wrongly"), tr("Prepared twice"))
        choices = [Choice(str(n), text, text) for n, text in enumerate(reasons, 1)]

        def cancel(reason: str) -> None:
            from csr_desk.services import orders

            desk, actor = self.context.desk, self.context.actor
            command = orders.CancelOrder(uuid4().hex, number, reason)
            self.context.act(
                lambda: orders.cancel_order(desk, actor, command), lambda _done: self.show_project(self.picture.project)
            )

        title = tr("Why is order {number} called off?").format(number=number)
        self.context.shell.ask_reason(title, choices, cancel, free_text=True)
