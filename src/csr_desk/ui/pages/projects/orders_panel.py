"""The panel of orders: each with its prices' day and its last day, and the lines that one of them will sell."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from csr_desk.domain.money import shown
from csr_desk.domain.orders import Order, OrderState
from csr_desk.ui.context import Context
from csr_desk.ui.dates import us_date
from csr_desk.ui.pages.projects.orders_presenter import OrdersPicture, OrdersPresenter
from csr_desk.ui.project_panel import ProjectPanel
from csr_desk.ui.project_words import state_words
from csr_desk.ui.widgets import Card, EmptyState
from csr_desk.ui.widgets.figures_table import Cell, Column, FiguresTable, Row
from csr_desk.ui.widgets.key_row import KeyRow


class OrdersPanel(ProjectPanel):
    """Orders above, the lines of the one of the cursor below; ``keys`` are offered while in front."""

    def __init__(self, context: Context) -> None:
        """State, widgets, assemble."""
        super().__init__(context)
        self.presenter = OrdersPresenter(context, self)
        self._picked = ""
        self.orders = FiguresTable("project-orders", self.tr("Orders"), (
            Column(self.tr("Order"), width=150), Column(self.tr("For whom and what")),
            Column(self.tr("State"), width=110), Column(self.tr("Prices of"), width=120),
            Column(self.tr("Pay by"), width=120), Column(self.tr("Amount"), figures=True, width=120),
        ))  # fmt: skip
        self.lines = FiguresTable("order-lines", self.tr("What it sells"), (
            Column(self.tr("Item"), width=150), Column(self.tr("What")),
            Column(self.tr("Amount"), figures=True, width=120),
        ))  # fmt: skip
        self.nothing = EmptyState(
            self.tr("No order"), self.tr("Shift+F3 on the sale makes an order of the cart, for any cashier to take.")
        )
        self.pay = self.key("pay-order", self.tr("Take its payment"), "Alt+S", self._do(self.presenter.pay))
        self.printed = self.key("print-order", self.tr("Print it again"), "Alt+P", self._do(self.presenter.print_paper))
        self.cancel = self.key("cancel-order", self.tr("Call it off…"), "Alt+K", self._do(self.presenter.cancel))
        self._assemble()
        self.orders.selectionModel().currentRowChanged.connect(lambda *_rows: self._show_one())
        self.show_picture(OrdersPicture())

    def _assemble(self) -> None:
        orders = Card(self.tr("Orders for the cashier"), self.tr("at the prices of their day"), flush=True)
        orders.body.addWidget(self.orders, 1)
        orders.body.addWidget(self.nothing, 1)
        orders.body.addWidget(KeyRow(self.pay, self.printed, self.cancel))
        self.sold = Card(self.tr("What it sells"), flush=True)
        self.sold.body.addWidget(self.lines, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(orders, 3)
        column.addWidget(self.sold, 2)

    def show_project(self, project_no: str) -> None:
        """Show the orders of a project."""
        self.presenter.show_project(project_no)

    def pick(self, number: str) -> None:
        """Put the cursor on an order, as soon as it was read."""
        self._picked = number
        self._go_to_picked()

    def first_focus(self) -> QWidget:
        """The orders."""
        return self.orders

    def show_picture(self, picture: OrdersPicture) -> None:
        """Show what the presenter read."""
        at = max(self.orders.currentIndex().row(), 0)
        for widget in (self.orders, self.sold):
            widget.setVisible(bool(picture.orders))
        self.nothing.setVisible(not picture.orders)
        self.orders.show_rows([self._order(order) for order in picture.orders])
        if picture.orders:
            self.orders.go_to(min(at, len(picture.orders) - 1))
        self._go_to_picked()
        self._show_one()

    def _go_to_picked(self) -> None:
        numbers = [order.number for order in self.presenter.picture.orders]
        if self._picked in numbers:
            self.orders.go_to(numbers.index(self._picked))
            self._picked = ""

    def _show_one(self) -> None:
        at = self.orders.currentIndex().row()
        orders = self.presenter.picture.orders
        lines = orders[at].lines if 0 <= at < len(orders) else ()
        self.lines.show_rows([[line.item, line.name, shown(line.amount)] for line in lines])
        offered = self.presenter.offered(at)
        for action, on in ((self.pay, offered.pay), (self.printed, offered.again), (self.cancel, offered.cancel)):
            action.setEnabled(on)

    def _do(self, act: Callable[[int], None]) -> Callable[[], None]:
        """Do something with the order of the cursor."""
        return lambda: act(self.orders.currentIndex().row())

    def _order(self, order: Order) -> Row:
        today = self.context.desk.today()
        standing = order.standing(today)
        said = " · ".join(part for part in (order.customer_name, order.memo) if part) or order.lines[0].name
        over = standing is OrderState.EXPIRED
        state = Cell(state_words(standing.value), tone=_TONES.get(standing, ""))
        last = Cell(us_date(order.expires_on), tone="bad" if over else "")
        return [order.number, said, state, us_date(order.price_date), last, Cell(shown(order.total), strong=True)]


_TONES = {OrderState.PAID: "ok", OrderState.EXPIRED: "bad", OrderState.CANCELLED: "warn"}
