"""The order of a made-up project: a demolition with what the program added to it, and a sewer connection."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from csr_desk.domain.cart_lines import LineKind, PricedLine
from csr_desk.domain.distribution import Share
from csr_desk.domain.orders import Order, OrderPaper, OrderState
from csr_desk.domain.receipt import Office

_SHARES = (Share("2301", "2000050001", "421010"),)
ORDER = Order(
    "SO26-000001-3", "26-000001-0", "C-100", "K26-00001-9", OrderState.OPEN,
    (
        PricedLine(
            1, LineKind.ITEM, "BLD-DEMO", "Building demolition", Decimal(1), 14100, _SHARES,
            inputs={"project_number": "26-000001-0", "service_address": "4107 Leeland St Unit B", "stories": "2"},
        ),
        PricedLine(2, LineKind.ADMIN_FEE, "ADM-FEE", "Administrative fee", Decimal(1), 3356, _SHARES, 1),
        PricedLine(
            3, LineKind.ITEM, "PLB-SEWER", "Sewer connection", Decimal(1), 5371, _SHARES,
            inputs={"project_number": "26-000001-0", "quantity": "1"},
        ),
        PricedLine(4, LineKind.MINIMUM, "PLB-SEWER", "To the minimum permit fee", Decimal(1), 4385, _SHARES, 3),
    ),
    "ÁLVAREZ, María", "Plans at the front desk", date(2026, 7, 14), date(2026, 7, 14), date(2026, 8, 13), 27212,
    "clerk1",
)  # fmt: skip


def order_for(office: Office) -> OrderPaper:
    """Give the order as it is printed on its day."""
    return OrderPaper(
        office, ORDER, "ÁLVAREZ, María", "Second storey", "4107 Leeland St Unit B", "Dana Whitfield", date(2026, 7, 14)
    )


def paid(office: Office) -> OrderPaper:
    """Give the same order after it was paid."""
    order = replace(ORDER, state=OrderState.PAID, receipt="HPC1-0000007")
    return replace(order_for(office), order=order)
