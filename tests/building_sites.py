"""Owners, a contractor and the demo's building sites, for tests of the projects page and what stands behind it."""

from __future__ import annotations

from csr_desk.domain.customers import CustomerForm, CustomerKind
from csr_desk.services import customers_entry, demo_projects, staff
from csr_desk.services.desk import Desk

OWNERS = {
    "C-101": "ÁLVAREZ, María",
    "C-103": "Tran, Minh",
    "C-104": "OKAFOR, Chidi",
    "C-105": "Nguyễn, Thị Hoa",
    "C-106": "GUTIERREZ, José Luis",
    "C-107": "Johnson, Dorothy Mae",
}
LEELAND, MILAM, ALMEDA, BELLAIRE, POLK, SCOTT = range(6)
"""The sites, as places in what ``build`` returns."""


def build(desk: Desk, user: str) -> tuple[str, ...]:
    """Enter the people and build; return the numbers of the projects. The drawer of ``user`` is open."""
    clerk = staff.person(desk, user)
    for number, name in OWNERS.items():
        command = customers_entry.EnterCustomer(f"enter {number}", CustomerForm(name), number)
        customers_entry.enter_customer(desk, clerk, command)
    firm = CustomerForm("ALVAREZ ELECTRIC LLC", CustomerKind.FIRM)
    customers_entry.enter_customer(desk, clerk, customers_entry.EnterCustomer("enter firm", firm, demo_projects.FIRM))
    return demo_projects.settle(desk, user)
