"""The panel of bills: what was billed, what was owed on a day, and the statement by a key."""

from __future__ import annotations

import os
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import accounts, penalties, sell, service_bills
from csr_desk.services.lines import BillLine
from csr_desk.ui.pages.customer.billing_panel import BillingPanel
from documents.reading import text
from papers_logged import keep_secret, papers_logged
from ui.counter import Counter, strike

NUMBER = "0041-2277-9"
SINGLE_FAMILY = {"meter_size": "3/4", "impervious_sqft": "2500"}


@pytest.fixture
def panel(selling: Counter) -> BillingPanel:
    """The panel on an account with a year of bills: one paid, one late with its penalty, one not due."""
    desk, clerk = selling.desk, selling.person("clerk3")
    today = desk.today()
    selling.ask(
        lambda: accounts.add_customer(desk, clerk, accounts.NewCustomer(uuid4().hex, "María Álvarez", number="C-1"))
    )
    selling.ask(
        lambda: accounts.add_account(desk, clerk, accounts.NewAccount(uuid4().hex, NUMBER, "C-1", "Water and sewer"))
    )
    for number, days, usage in (("W-1", 100, 3), ("W-2", 62, 4), ("W-3", 5, 5)):
        issued = today - timedelta(days=days)
        command = service_bills.ServiceBill(
            uuid4().hex, NUMBER, issued - timedelta(days=31), issued - timedelta(days=2),
            ("WTR-SFR", "SWR-SFR", "DRN-CURB"), SINGLE_FAMILY, Decimal(usage), issued=issued, number=number,
        )  # fmt: skip
        selling.ask(partial(service_bills.bill_service, desk, clerk, command))
    line, check = BillLine("bill", "W-1"), Tender(TenderKind.CHECK, number="1")
    selling.ask(lambda: sell.complete_sale(desk, clerk, sell.CompleteSale(uuid4().hex, None, (line,), (check,))))
    accountant = selling.person("accountant1")
    selling.ask(lambda: penalties.charge_penalties(desk, accountant, penalties.ChargePenalties(uuid4().hex)))
    made = BillingPanel(selling.space.context)
    made.setParent(selling.window)
    made.resize(1180, 720)
    made.show()
    made.show_account(NUMBER)
    selling.settle()
    return made


def facts(panel: BillingPanel) -> list[str]:
    """The figures of age, the youngest first, and their sum; labels of before go when the event loop comes round."""
    return [panel.ages.findChildren(QLabel, f"account-age-{n}")[-1].text() for n in range(1, 6)]


def test_bills_stand_newest_first_with_what_is_open_and_late(panel: BillingPanel) -> None:
    rows = panel.bills.texts()
    # W-2: 38.09 + 44.16 + 6.67, and a tenth of it (8.892); W-3: 45.56 + 57.41 + 6.67
    assert [(row[0], row[4], row[5]) for row in rows] == [
        ("W-3", "109.64", "109.64"), ("W-2", "97.81", "97.81"), ("W-1", "50.26", "paid"),
    ]  # fmt: skip
    assert rows[1][3].endswith("46 days late")
    assert facts(panel) == ["109.64", "97.81", "0.00", "0.00", "207.45"]
    picture = os.environ.get("CSR_DESK_PICTURES")
    if picture:
        panel.grab().save(str(Path(picture) / "billing-panel.png"))


def test_the_picked_bill_says_what_it_is_made_of_and_what_was_added(panel: BillingPanel) -> None:
    panel.bills.go_to(1)
    rows = panel.items.texts()
    assert [row[1] for row in rows] == ["38.09", "44.16", "6.67", "8.89"]
    assert rows[0][0] == "Single-family water charge, 4 thousand gallons"
    assert "added" in rows[3][0]
    assert panel.period.text().startswith("W-2 · ")
    assert panel.period.text().endswith("4 thousand gallons")


def test_any_day_can_be_looked_at(panel: BillingPanel, selling: Counter) -> None:
    today = selling.desk.today()
    panel.last.setText((today - timedelta(days=61)).isoformat())
    panel.first.setText("")
    strike(panel.last, Qt.Key.Key_Return)
    assert [row[0] for row in panel.bills.texts()] == ["W-2", "W-1"]
    assert facts(panel)[4] == "139.18"  # 88.92 + 50.26: neither paid nor charged by then
    panel.last.setText((today - timedelta(days=200)).isoformat())
    strike(panel.last, Qt.Key.Key_Return)
    assert not panel.bills.isVisible()
    assert panel.none.isVisible()
    assert facts(panel)[4] == "0.00"


@pytest.mark.parametrize(("first", "last"), [("nonsense", "today"), ("today", "nonsense"), ("7/14/2030", "today")])
def test_a_date_that_is_none_is_said_beside_it(panel: BillingPanel, first: str, last: str) -> None:
    before = panel.bills.texts()
    panel.first.setText(first)
    panel.last.setText(last)
    panel.paper.trigger()
    assert panel.fault.text()
    assert panel.bills.texts() == before
    panel.first.setText("")
    panel.last.setText("")
    strike(panel.last, Qt.Key.Key_Return)
    assert panel.fault.text() == ""


def test_a_key_prints_the_statement_of_the_days_shown(
    panel: BillingPanel, selling: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers: list[tuple[str, bytes]] = []
    monkeypatch.setattr(selling.tray, "paper", lambda title, pdf: papers.append((title, pdf)))
    clerk = selling.space.context.actor
    keep_secret(selling.desk, clerk, NUMBER)
    panel.paper.trigger()
    selling.settle()
    ((title, pdf),) = papers
    (logged,) = papers_logged(selling.desk, clerk, NUMBER)
    assert logged.startswith("Statement 2026-")
    assert title.startswith(f"Statement of account {NUMBER}, ")
    told = text(pdf)
    assert "Owed now $207.45" in told
    assert "Late payment penalty" in told


def test_the_months_end_with_what_is_owed_today(panel: BillingPanel, selling: Counter) -> None:
    assert len(panel.chart.bars) == 12
    assert panel.chart.bars[-1].value == 20_745
    days = [day for day, _ in panel.presenter.picture.months]
    assert days[-1] == selling.desk.today()
    assert all((day + timedelta(days=1)).day == 1 for day in days[:-1])
    assert date(days[0].year, days[0].month, 1) == days[0].replace(day=1)


def test_without_an_account_nothing_can_be_printed(selling: Counter) -> None:
    made = BillingPanel(selling.space.context)
    assert not made.paper.isEnabled()
    assert not made.presenter.look_at("", "")
    made.presenter.print_statement()
    assert made.first_focus() is made.last
