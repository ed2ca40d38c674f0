"""An order made from the cart of the real window, and paid at another counter by its number."""

from __future__ import annotations

from PySide6.QtCore import Qt

from csr_desk.domain.orders import Order
from csr_desk.services import orders
from ui.counter import Counter

ENTER, F3, F5 = Qt.Key.Key_Return, Qt.Key.Key_F3, Qt.Key.Key_F5


def start_order(selling: Counter) -> None:
    """Put an alarm permit into the cart, filled in, and make an order of it."""
    selling.press("alm-res", ENTER)
    selling.page.presenter.fill_demonstration()
    selling.press(F3, shift=True)


def waiting(selling: Counter) -> tuple[Order, ...]:
    """Return the orders that wait for a cashier."""
    clerk = selling.person("clerk3")
    return selling.ask(lambda: orders.open_orders(selling.desk, clerk))


def test_a_cart_becomes_an_order_and_the_next_cart_is_empty(selling: Counter) -> None:
    start_order(selling)
    selling.press(ENTER, "Rosa Alvarez", ENTER, ENTER)
    (order,) = waiting(selling)
    assert (order.total, order.customer_name, order.lines[0].item) == (5000, "Rosa Alvarez", "ALM-RES")
    assert selling.page.presenter.cart.lines == []
    assert selling.last_receipt() is None


def test_an_order_is_paid_by_its_scanned_number_and_one_key(selling: Counter) -> None:
    start_order(selling)
    selling.press(ENTER, "Rosa Alvarez", ENTER, ENTER)
    (order,) = waiting(selling)
    selling.scan(order.number)
    assert [(row.code, row.amount) for row in selling.page.presenter.picture.rows] == [("ALM-RES", 5000)]
    selling.keys = 0
    selling.press(F5)
    assert selling.keys == 1
    receipt = selling.last_receipt()
    assert receipt is not None
    assert (receipt.total, receipt.customer) == (5000, "Rosa Alvarez")
    assert waiting(selling) == ()


def test_an_empty_cart_makes_no_order(selling: Counter) -> None:
    selling.press(F3, shift=True)
    assert waiting(selling) == ()
