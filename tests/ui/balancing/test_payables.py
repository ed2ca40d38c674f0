"""The accountant's place of requests to payables, by keys on the real page."""

from __future__ import annotations

from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from csr_desk.domain.cart_lines import CartLine
from csr_desk.domain.people import Act
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import payables, refunds, sell, staff
from csr_desk.ui.context import Tone
from csr_desk.ui.pages.balancing import payables_panel
from csr_desk.ui.pages.balancing.payables_panel import PayablesPanel
from csr_desk.ui.pages.balancing.view import BalancingPage
from ui.back_office import BackOffice, in_front, press

KEY = Qt.Key


def refund_by_payables(office: BackOffice, customer: str, address: str) -> str:
    """Refund a permit of 127.40 that was paid by check: 32.70; return the number of the request."""
    clerk, desk = office.actor("clerk1"), office.desk
    line = CartLine("BLD-STRUCT", {"valuation": "21300"})
    check = Tender(TenderKind.CHECK, number="1")
    sale = sell.CompleteSale(uuid4().hex, None, (line,), (check,), customer, demo_inputs=True)
    number = sell.complete_sale(desk, clerk, sale).value.number
    command = refunds.Refund(uuid4().hex, number, ((1, None),), "Withdrawn", payee=refunds.Payee(address=address))
    yes = staff.approval_by(desk, office.actor("supervisor1"), Act.REFUND, number, 3270)
    return f"P-{refunds.refund(desk, clerk, command, yes).value.number}"


def test_what_is_ready_is_handed_over_once_and_the_rest_waits(
    dressed: QApplication, office: BackOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.open_drawer("clerk1", "HPC-1")
    ready = refund_by_payables(office, "Ana Lopez", "1 Pine St")
    waiting = refund_by_payables(office, "Bayou Electric LLC", "")
    saved: dict[str, bytes] = {}
    monkeypatch.setattr(payables_panel, "save_file", lambda name, content: saved.setdefault(name, content) and name)
    context, shell = office.context("accountant1")
    page = BalancingPage(context)
    with in_front(page):
        panel = page.places["payables"]
        assert isinstance(panel, PayablesPanel)
        assert panel.pick().words == "Payables, 1 ready, 1 to complete, To complete"
        while page.list.current_key() != "payables":
            press(page, KEY.Key_Down)
        assert panel.table.texts() == [
            [ready, "Ana Lopez", "32.70", "Ready"],
            [waiting, "Bayou Electric LLC", "32.70", "Address is missing"],
        ]
        press(page, KEY.Key_Return, ctrl=True)
        ((name, content),) = saved.items()
        number = name.removeprefix("payables-").removesuffix(".csv")
        said = f"List {number} with 32.70 is handed over; it is saved as {name} and printed."
        assert shell.banners[-1] == (said, Tone.OK)
        assert [(title, pdf[:4]) for title, pdf in shell.papers] == [(f"payables-{number}", b"%PDF")]
        assert b"Ana Lopez,1 Pine St,32.70" in content
        panel.load()
        assert panel.pick().below == "0 ready, 1 to complete"
        done = payables.CompletePayables(uuid4().hex, waiting, "Bayou Electric LLC", "2 Elm St")
        payables.complete_payables(office.desk, office.actor("accountant1"), done)
        panel.load()
        assert panel.pick().chip == "Ready"


def test_a_supervisor_has_no_place_of_payables(dressed: QApplication, office: BackOffice) -> None:
    context, _ = office.context("supervisor1")
    assert "payables" not in BalancingPage(context).places
