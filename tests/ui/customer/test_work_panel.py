"""The work orders of an account: opened, given to a crew, closed with few keys; the slip goes to the printer."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from csr_desk.domain.work_orders import Priority, WorkKind
from csr_desk.services import accounts, work_orders
from csr_desk.ui.context import Tone
from csr_desk.ui.pages.customer.work_panel import WorkPanel
from csr_desk.ui.pages.projects.work_orders_panel import WorkOrdersPanel
from services.work_trials import begin_project
from ui.back_office import BackOffice, RecordingShell

NUMBER = "0041-2277-9"


@pytest.fixture
def account(office: BackOffice) -> str:
    """An account of María's, with its site at her address."""
    desk, clerk = office.desk, office.actor("clerk1")
    who = accounts.NewCustomer("owner", "María Álvarez", address="4107 Leeland St Unit B", number="C-1")
    accounts.add_customer(desk, clerk, who)
    accounts.add_account(desk, clerk, accounts.NewAccount("account", NUMBER, "C-1", "Water"))
    return NUMBER


def panel_of(office: BackOffice, user: str, account: str, reason: str = "") -> tuple[WorkPanel, RecordingShell]:
    """The panel of a person, at an account."""
    context, shell = office.context(user, reason=reason)
    panel = WorkPanel(context)
    panel.resize(1180, 620)
    panel.show_account(account)
    return panel, shell


def offered(panel: WorkPanel) -> list[str]:
    """The keys that may be pressed."""
    return [action.objectName() for action in panel.keys.actions() if action.isEnabled()]


def test_a_leak_is_reported_given_to_a_crew_and_closed(dressed: QApplication, office: BackOffice, account: str) -> None:
    panel, shell = panel_of(office, "clerk1", account, "leak")
    assert offered(panel) == ["work-open"]
    assert not panel.list.nothing.isHidden()
    shell.answers = {"work": "Water runs from the meter box", "priority": "soon"}
    panel.list.open.trigger()
    assert shell.faults == ["How soon is a figure from 1 to 4."]
    shell.answers = {"work": "Water runs from the meter box", "priority": "2"}
    panel.list.open.trigger()
    assert shell.banners[-1] == ("W26-000001-9 is open.", Tone.OK)
    assert panel.list.orders.texts() == [
        ["W26-000001-9", "Look for a leak", "Urgent", "Open", "nobody", "7/15/2026"],
    ]
    assert panel.list.words.text() == "4107 Leeland St Unit B: Water runs from the meter box"
    shell.reason = "Water crew 3"
    panel.list.assign.trigger()
    panel.list.start.trigger()
    assert panel.list.orders.texts()[0][3:5] == ["Begun", "Water crew 3"]
    assert offered(panel) == ["work-open", "work-done", "work-undone", "work-slip"]
    if picture := os.environ.get("CSR_DESK_PICTURES"):
        panel.grab().save(str(Path(picture) / "work-panel.png"))
    shell.reason = "Curb stop replaced"
    panel.list.done.trigger()
    assert panel.list.words.text().endswith("→ Curb stop replaced")
    shell.reason = "It did not last"
    panel.list.again.trigger()
    assert panel.list.orders.texts()[0][3:5] == ["Open", "nobody"]
    shell.reason = "Reported twice"
    panel.list.cancel.trigger()
    assert offered(panel) == ["work-open", "work-slip"]
    assert shell.problems == []


def test_the_slip_is_printed_and_an_order_that_came_back_is_shown_as_such(
    dressed: QApplication, office: BackOffice, account: str
) -> None:
    panel, shell = panel_of(office, "clerk1", account, "Nobody let the crew in")
    command = work_orders.OpenWorkOrder("w", WorkKind.LEAK, "Wet", subject=f"account:{account}", crew="Water crew 3")
    work_orders.open_work_order(office.desk, office.actor("clerk1"), command)
    panel.show_account(account)
    panel.list.slip.trigger()
    assert [title for title, _ in shell.papers] == ["work-order-W26-000001-9"]
    panel.list.undone.trigger()
    assert panel.list.orders.texts()[0][3] == "Came back undone"


def test_an_auditor_only_reads_and_prints(dressed: QApplication, office: BackOffice, account: str) -> None:
    command = work_orders.OpenWorkOrder("w", WorkKind.LEAK, "Wet", subject=f"account:{account}")
    work_orders.open_work_order(office.desk, office.actor("clerk1"), command)
    panel, _ = panel_of(office, "auditor1", account)
    assert offered(panel) == ["work-slip"]


def test_a_project_has_the_same_list(dressed: QApplication, office: BackOffice, account: str) -> None:
    project = begin_project(office.desk, "C-1")
    for at, soon in enumerate((Priority.LOW, Priority.EMERGENCY)):
        command = work_orders.OpenWorkOrder(f"w{at}", WorkKind.STREET, "Dig", "", f"project:{project}", priority=soon)
        work_orders.open_work_order(office.desk, office.actor("clerk1"), command)
    context, _ = office.context("clerk1")
    panel = WorkOrdersPanel(context)
    panel.pick("W26-000001-9")
    panel.show_project(project)
    rows = panel.list.orders.texts()
    assert [row[2] for row in rows] == ["Emergency", "Low"]
    assert panel.list.orders.currentIndex().row() == 1
    del account
