"""The panel of inspections: asked for, set for a day, passed and failed with few keys, each refused with words."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from csr_desk.domain.errors import Ineligible, MissingInput
from csr_desk.domain.inspections import InspectionKind
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import accounts, inspections
from csr_desk.ui.context import Tone
from csr_desk.ui.pages.projects.inspections_panel import InspectionsPanel
from services.work_trials import begin_project, grant_permit
from ui.back_office import BackOffice, RecordingShell

PERMIT = "P26-000901-6"


@pytest.fixture
def building(office: BackOffice) -> str:
    """A project with a permit; number of the project."""
    office.open_drawer("clerk1", "HPC-1")
    sold = office.sell_copies("clerk1", 10, Tender(TenderKind.CASH))
    who = accounts.NewCustomer("owner", "María Álvarez", number="C-1")
    accounts.add_customer(office.desk, office.actor("clerk1"), who)
    project = begin_project(office.desk, "C-1")
    grant_permit(office.desk, PERMIT, sold.number, project_no=project, customer_id="C-1")
    return project


def panel_of(office: BackOffice, user: str, project: str, reason: str = "") -> tuple[InspectionsPanel, RecordingShell]:
    """The panel of a person, at a project."""
    context, shell = office.context(user, reason=reason)
    panel = InspectionsPanel(context)
    panel.resize(1180, 620)
    panel.show_project(project)
    return panel, shell


def offered(panel: InspectionsPanel) -> list[str]:
    """The keys that may be pressed."""
    return [action.objectName() for action in panel.keys.actions() if action.isEnabled()]


def test_one_is_asked_for_failed_redone_and_passed(dressed: QApplication, office: BackOffice, building: str) -> None:
    panel, shell = panel_of(office, "clerk1", building, "cover")
    assert (panel.rows.isHidden(), panel.nothing.isHidden(), offered(panel)) == (True, False, ["look-ask"])
    shell.answers = {"on": "", "contact": "Ana 713-555-0142"}
    panel.ask.trigger()
    assert shell.banners[-1] == ("I26-000001-9 is asked for, due 7/16/2026.", Tone.OK)
    assert panel.rows.texts() == [
        ["I26-000001-9", "Cover", PERMIT, "Asked for", "nobody yet", "7/16/2026"],
    ]
    assert panel.words.text() == "4107 Leeland St #B   ·   Ana 713-555-0142"
    assert offered(panel) == ["look-ask", "look-schedule", "look-passed", "look-failed", "look-cancel"]
    shell.answers = {"on": "never"}
    panel.schedule.trigger()
    assert shell.faults[-1].startswith("“never” is not a date.")
    shell.answers = {"on": "7/15/2026", "inspector": "R. Diaz"}
    panel.schedule.trigger()
    assert shell.banners[-1] == ("I26-000001-9 is set for 7/15/2026.", Tone.OK)
    shell.answers = {"result": ""}
    panel.failed.trigger()
    assert isinstance(shell.problems[-1], MissingInput)
    shell.answers = {"result": "No ground rod"}
    panel.failed.trigger()
    assert shell.banners[-1] == ("I26-000001-9 was failed. Tell the customer what to mend.", Tone.OK)
    assert offered(panel) == ["look-ask"]
    shell.answers = {"on": "", "inspector": "R. Diaz"}
    panel.ask.trigger()
    assert "redoes I26-000001-9" in panel.words.text()
    panel.passed.trigger()
    assert [row[3] for row in panel.rows.texts()] == ["Failed", "Passed"]
    assert shell.banners[-1] == ("I26-000002-4 was passed.", Tone.OK)


def test_what_is_late_says_so_and_the_final_one_is_refused_until_all_is_passed(
    dressed: QApplication, office: BackOffice, building: str
) -> None:
    clerk = office.actor("clerk1")
    for kind in (InspectionKind.COVER, InspectionKind.FINAL):
        inspections.request_inspection(
            office.desk, clerk, inspections.RequestInspection(kind.value, PERMIT, kind, on=date(2026, 7, 14))
        )
    panel, shell = panel_of(office, "clerk1", building, "Not ready")
    panel.pick("I26-000002-4")
    shell.answers = {"inspector": "R. Diaz", "on": ""}
    panel.passed.trigger()
    assert isinstance(shell.problems[-1], Ineligible)
    panel.pick("I26-000001-9")
    panel.cancel.trigger()
    assert shell.banners[-1] == ("I26-000001-9 is called off.", Tone.OK)
    panel.pick("I26-000002-4")
    panel.passed.trigger()
    assert shell.banners[-1] == (f"I26-000002-4 was passed: permit {PERMIT} is finished.", Tone.OK)
    assert offered(panel) == []
    if picture := os.environ.get("CSR_DESK_PICTURES"):
        panel.grab().save(str(Path(picture) / "inspections-panel.png"))


def test_an_auditor_reads_and_changes_nothing(dressed: QApplication, office: BackOffice, building: str) -> None:
    clerk = office.actor("clerk1")
    asked = inspections.RequestInspection("a", PERMIT, InspectionKind.COVER, "Ana 713-555-0142")
    inspections.request_inspection(office.desk, clerk, asked)
    panel, _ = panel_of(office, "auditor1", building)
    assert offered(panel) == []
    assert "555" not in panel.words.text()
