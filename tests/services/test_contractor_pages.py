"""A customer as the register of contractors knows them, on each engine."""

from __future__ import annotations

from datetime import date

import pytest

from csr_desk.domain.cart import CartLine
from csr_desk.domain.contractor import PaperKind
from csr_desk.domain.customers import CustomerForm
from csr_desk.domain.errors import NotFound
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import contractors, customer_merging, customers_entry, sell
from csr_desk.services.contractor_pages import ContractorPage, contractor_page
from demo_city import City


def page(city: City, customer: str) -> ContractorPage:
    """What the register has."""
    return contractor_page(city.desk, city.who("clerk1"), customer)


def enter(city: City, number: str, name: str = "Bayou Volt Electric") -> None:
    """Enter a customer."""
    command = customers_entry.EnterCustomer(city.key(), CustomerForm(name), number)
    customers_entry.enter_customer(city.desk, city.who("clerk1"), command)


def test_each_trade_says_what_is_missing_and_the_permits_are_theirs(city: City) -> None:
    city.at("2026-07-14T08:00")
    city.open()
    desk, clerk = city.desk, city.who("clerk1")
    enter(city, "C-1")
    assert page(city, "C-1").contractor is None
    new = contractors.RegisterContractor(city.key(), "C-1", ("electrical", "driveway"))
    number = contractors.register_contractor(desk, clerk, new).value
    for kind, ends in ((PaperKind.LICENCE, date(2027, 7, 31)), (PaperKind.INSURANCE, date(2026, 8, 1))):
        paper = contractors.FilePaper(city.key(), number, kind, f"{kind.value} 1", "", "", None, ends)
        contractors.file_paper(desk, clerk, paper)
    lines = (CartLine("ELE-TCI", {"contractor_license": "LICENCE 1", "service_address": "9 Palm St"}),)
    check = (Tender(TenderKind.CHECK, number="4"),)
    sell.complete_sale(desk, clerk, sell.CompleteSale(city.key(), None, lines, check, demo_inputs=True))
    found = page(city, "C-1")
    assert found.contractor is not None
    assert [(one.trade, one.missing) for one in found.trades] == [
        ("driveway", ("No bond is on file.",)), ("electrical", ()),
    ]  # fmt: skip
    assert [(one.site, one.contractor) for one in found.permits] == [("9 Palm St", number)]
    closed = contractors.ChangeContractor(city.key(), number, "Gave the trade up", None, "closed")
    contractors.change_contractor(desk, clerk, closed)
    assert page(city, "C-1").contractor is None


def test_what_was_joined_with_a_customer_is_theirs_and_nobody_is_told_of_no_customer(city: City) -> None:
    enter(city, "C-1", "Bayou Volt")
    enter(city, "C-2")
    desk, clerk = city.desk, city.who("clerk1")
    new = contractors.RegisterContractor(city.key(), "C-1", ("electrical",))
    number = contractors.register_contractor(desk, clerk, new).value
    joined = customer_merging.MergeCustomers(city.key(), "C-2", "C-1", "The same firm")
    customer_merging.merge_customers(desk, city.who("supervisor1"), joined)
    for asked in ("C-1", "C-2"):
        known = page(city, asked).contractor
        assert known is not None
        assert known.number == number
    with pytest.raises(NotFound):
        page(city, "C-9")
