"""The place of unclaimed property: what nobody asked for in years, saved for the state with an entry that says so."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtWidgets import QApplication

from csr_desk.data.queries import entries
from csr_desk.domain.ledger import EventKind
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import accounts, sell
from csr_desk.services.lines import BillLine
from csr_desk.ui import taken_reports
from csr_desk.ui.pages.balancing.dormant_place import DormantPlace
from csr_desk.ui.pages.balancing.view import BalancingPage
from ui import collection_office
from ui.back_office import BackOffice, RecordingShell, in_front

NUMBER = "0041-0000-0"
LATER = date(2030, 7, 15)


def place_of(office: BackOffice, user: str) -> tuple[BalancingPage, DormantPlace, RecordingShell]:
    """The place in front of a person."""
    context, shell = office.context(user)
    page = BalancingPage(context)
    place = page.places["dormant"]
    assert isinstance(place, DormantPlace)
    return page, place, shell


def paid_ahead(office: BackOffice) -> None:
    """Have 30.00 paid ahead on an account."""
    desk, clerk = office.desk, office.actor("clerk1")
    office.open_drawer("clerk1", "HPC-1")
    accounts.add_customer(desk, clerk, accounts.NewCustomer(uuid4().hex, "Rosa Alvarez", number="C-1"))
    accounts.add_account(desk, clerk, accounts.NewAccount(uuid4().hex, NUMBER, "C-1", "water"))
    ahead = (BillLine("account", NUMBER, 3000),)
    sell.complete_sale(desk, clerk, sell.CompleteSale(uuid4().hex, None, ahead, (Tender(TenderKind.CASH),)))


def test_credit_that_nobody_asked_for_in_years_is_listed_and_saved_for_the_state(
    dressed: QApplication, office: BackOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paid_ahead(office)
    page, place, _ = place_of(office, "accountant1")
    with in_front(page):
        assert place.pick().words == "Unclaimed property, None"
        assert not place.allowed(place.save)
    collection_office.at(office, "2030-07-15T09:00")
    page, place, shell = place_of(office, "accountant1")
    saved: dict[str, bytes] = {}

    def keep(name: str, content: bytes) -> Path:
        saved[name] = content
        return tmp_path / name

    monkeypatch.setattr(taken_reports, "save_file", keep)
    with in_front(page):
        page.list.picked.emit("dormant")
        place.load()
        assert [row[2:] for row in place.money.table.texts()] == [["credit", NUMBER, "Rosa Alvarez", "30.00"]]
        assert place.money.total.text() == "30.00 on 1 account"
        assert place.pick().words == "Unclaimed property, 30.00"
        place.save.trigger()
        place.look.trigger()
    ((name, content),) = saved.items()
    assert name == "unclaimed-2030-07-15.csv"
    assert f"credit,{NUMBER}".encode() in content
    assert "customer" in shell.gone_to[-1]
    with office.desk.read() as work:
        taken = entries.day_events(work.conn, LATER, LATER, (EventKind.REPORT_EXPORTED,))
    assert [(one.facts["report"], one.facts["rows"], one.actor) for one in taken] == [("unclaimed", 1, "accountant1")]


def test_a_clerk_has_no_place_of_unclaimed_property(dressed: QApplication, office: BackOffice) -> None:
    context, _ = office.context("clerk1")
    assert "dormant" not in BalancingPage(context).places
