"""Places of the balancing page about accounts: adjustments to decide, money that no bill has taken."""

from __future__ import annotations

from datetime import timedelta
from typing import cast
from uuid import uuid4

import pytest

from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import accounts, adjustments, sell
from csr_desk.services.adjustment_cases import Wanted
from csr_desk.services.lines import BillLine
from csr_desk.ui.pages.balancing.adjusting_place import AdjustingPlace
from csr_desk.ui.pages.balancing.unapplied_place import UnappliedPlace
from csr_desk.ui.pages.balancing.view import BalancingPage
from ui.counter import Counter

NUMBER = "0041-2277-9"


@pytest.fixture
def asked(selling: Counter) -> Counter:
    """An account with a bill that an adjustment is asked for, and 30.00 paid ahead on another; a supervisor looks."""
    clerk, desk = selling.person("clerk3"), selling.desk
    due = desk.today() + timedelta(days=9)

    def lay_out() -> None:
        accounts.add_customer(desk, clerk, accounts.NewCustomer(uuid4().hex, "Rosa Alvarez", number="C-1"))
        for number in (NUMBER, "0041-0000-0"):
            accounts.add_account(desk, clerk, accounts.NewAccount(uuid4().hex, number, "C-1", "water"))
        item = accounts.BillItem(None, "Water", 9000)
        accounts.add_bill(desk, clerk, accounts.NewBill(uuid4().hex, NUMBER, (item,), due, "W-1"))
        ahead = sell.CompleteSale(
            uuid4().hex, None, (BillLine("account", "0041-0000-0", 3000),), (Tender(TenderKind.CASH),)
        )
        sell.complete_sale(desk, clerk, ahead)
        wanted = Wanted(NUMBER, "COR", amount=1250, evidence=(("finding", "Read as 14, was 15"),))
        adjustments.request(desk, clerk, adjustments.RequestAdjustment(uuid4().hex, wanted))

    selling.ask(lay_out)
    selling.work_as("supervisor1")
    selling.space.go("balancing")
    selling.settle()
    return selling


def page_of(counter: Counter) -> BalancingPage:
    return cast("BalancingPage", counter.space.page)


def picked(counter: Counter, key: str) -> None:
    """Pick a place of the list."""
    page_of(counter).list.picked.emit(key)
    counter.settle()


def line(counter: Counter, key: str) -> tuple[str, str]:
    """What the list says of a place: its title and its chip."""
    return next((one.title, one.chip) for one in page_of(counter).list.picks if one.key == key)


def offered(counter: Counter) -> set[str]:
    return {command.text for command in counter.space.commands()}


def test_what_waits_for_a_decision_is_decided_on_the_balancing_page(asked: Counter) -> None:
    assert line(asked, "adjustments") == ("Adjustments to decide", "1 waits")
    assert "Approve…" not in offered(asked)
    picked(asked, "adjustments")
    place = page_of(asked).places["adjustments"]
    assert isinstance(place, AdjustingPlace)
    assert place.panel.rows.texts()[0][1].startswith(NUMBER)
    assert {"Approve…", "Refuse…"} <= offered(asked)
    place.panel.approve.trigger()
    asked.settle()
    assert asked.space.sheet is not None
    assert not place.panel.refuse.isEnabled()
    asked.press("\r")
    assert line(asked, "adjustments") == ("Adjustments to decide", "None")
    picked(asked, "unapplied")
    assert "Letter" not in offered(asked)


def test_money_that_no_bill_has_taken_is_listed_with_its_sum(asked: Counter) -> None:
    assert line(asked, "unapplied") == ("Unapplied money", "30.00")
    picked(asked, "unapplied")
    place = page_of(asked).places["unapplied"]
    assert isinstance(place, UnappliedPlace)
    assert [row[1:4] for row in place.money.table.texts()] == [["0041-0000-0", "Rosa Alvarez", "credit"]]
    assert asked.text("unapplied-total") == "30.00 on 1 account"
    place.again.trigger()
    asked.settle()
    assert place.look.isEnabled()
    place.look.trigger()
    asked.settle()
    assert asked.text("customer-name") == "Rosa Alvarez"


def test_an_auditor_sees_the_money_and_has_nothing_to_decide(asked: Counter) -> None:
    asked.work_as("auditor1")
    asked.space.go("balancing")
    asked.settle()
    page = page_of(asked)
    assert isinstance(page, BalancingPage)
    assert "adjustments" not in page.places
    assert "unapplied" in page.places
