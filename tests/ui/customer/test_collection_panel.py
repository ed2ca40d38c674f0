"""The panel of collection: where an account stands, what is offered, plans and more time by the shell."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from csr_desk.domain.errors import BadInput
from csr_desk.services import collecting
from csr_desk.ui.context import Tone
from csr_desk.ui.pages.customer.collection_panel import CollectionPanel
from csr_desk.ui.widgets import Label
from papers_logged import keep_secret, papers_logged
from ui import collection_office
from ui.back_office import BackOffice, RecordingShell, dressed, office, office_template

__all__ = ["dressed", "office", "office_template"]


@pytest.fixture
def owing(office: BackOffice) -> BackOffice:
    """The office with accounts at every stage."""
    collection_office.lay_out(office)
    return office


def panel_of(office: BackOffice, user: str, account: str) -> tuple[CollectionPanel, RecordingShell]:
    """The panel of a person, at an account."""
    context, shell = office.context(user)
    panel = CollectionPanel(context)
    panel.resize(1180, 620)
    panel.show_account(account)
    return panel, shell


def offered(panel: CollectionPanel) -> list[str]:
    """The keys that may be pressed."""
    return [action.objectName() for action in panel.keys.actions() if action.isEnabled()]


def facts_of(panel: CollectionPanel) -> list[str]:
    """Labels and values of the facts."""
    return [label.text() for label in panel.facts.findChildren(Label) if not label.isHidden()]


def test_an_account_on_a_plan_shows_its_parts_and_every_step(
    dressed: QApplication, owing: BackOffice, tmp_path: Path
) -> None:
    panel, _ = panel_of(owing, "clerk1", "0041-2277-9")
    assert panel.stage.text() == "Order to restore is out"
    assert panel.plan_state.text() == "Kept so far"
    parts = panel.parts.texts()
    assert parts[0][0] == "Down payment"
    assert parts[0][3] == "Paid"
    assert len(parts) == 7
    assert [row[1] for row in panel.steps.texts()] == [
        "Order to restore", "Cut off", "Put on the cut-off list", "Notice of cut-off", "Reminder",
    ]  # fmt: skip
    assert panel.steps.texts()[0][4] == "HPC1-0000001"
    assert offered(panel) == ["end-plan", "print-letter"]
    assert panel.grab().save(str(tmp_path / "plan.png"))


def test_what_is_offered_follows_stage_and_role(dressed: QApplication, owing: BackOffice) -> None:
    panel, _ = panel_of(owing, "clerk1", "0041-2279-5")
    assert (panel.stage.text(), offered(panel)) == ("Cut off", ["make-plan"])
    assert "Restores the service" in facts_of(panel)
    panel, _ = panel_of(owing, "supervisor1", "0041-2279-5")
    assert offered(panel) == ["order-restore"]
    panel, _ = panel_of(owing, "clerk1", "0041-2278-7")
    assert (panel.stage.text(), offered(panel)) == ("On the cut-off list", ["make-plan"])
    assert "1 of 3 this year" in facts_of(panel)
    panel, _ = panel_of(owing, "clerk1", "0041-2280-1")
    assert (panel.stage.text(), offered(panel)) == ("Not in collection", ["extend", "make-plan"])
    assert "Reminded, with the next round" in facts_of(panel)


def test_more_time_is_asked_for_with_a_day_and_refused_with_words(dressed: QApplication, owing: BackOffice) -> None:
    panel, shell = panel_of(owing, "clerk1", "0041-2280-1")
    shell.answers = {"until": "not a day"}
    panel.extend.trigger()
    assert shell.faults == ["“not a day” is not a date. Key it as “7/14/2026” or “2026-07-14”."]
    shell.answers = {"until": "9/1/2026"}
    panel.extend.trigger()
    assert isinstance(shell.problems[-1], BadInput)
    shell.answers = {"until": "8/5/2026"}
    panel.extend.trigger()
    assert shell.banners[-1] == ("Account 0041-2280-1 has time until 8/5/2026; nobody cuts it off before.", Tone.OK)
    assert "8/5/2026" in facts_of(panel)


def test_a_plan_is_agreed_printed_for_the_signature_and_ended(dressed: QApplication, owing: BackOffice) -> None:
    panel, shell = panel_of(owing, "clerk1", "0041-2280-1")
    shell.answers = {"parts": "", "down": "20"}
    panel.plan.trigger()
    assert shell.faults == ["Key how many instalments."]
    shell.answers = {"parts": "3", "down": "x"}
    panel.plan.trigger()
    shell.answers = {"parts": "3", "down": "19.38"}
    panel.plan.trigger()
    words, tone = shell.banners[-1]
    assert tone is Tone.OK
    assert "19.38 today, then 44.99 in 3 instalments from 8/29/2026. Take the down payment now." in words
    assert [title for title, _ in shell.papers] == ["plan-0041-2280-1"]
    assert panel.plan_state.text() == "Down payment due today"
    shell.answers = {"reason": ""}
    panel.end.trigger()
    assert shell.faults[-1] == "Say why the plan ends."
    shell.answers = {"reason": "Paid by the owner"}
    panel.end.trigger()
    assert panel.plan_state.text() == "Ended by agreement"


def test_the_service_is_ordered_back_for_a_reason(dressed: QApplication, owing: BackOffice) -> None:
    panel, shell = panel_of(owing, "supervisor1", "0041-2279-5")
    shell.answers = {"reason": " "}
    panel.restore.trigger()
    assert shell.faults == ["Say why the service is given back before it is paid."]
    shell.answers = {"reason": "Ill child"}
    panel.restore.trigger()
    assert panel.stage.text() == "Order to restore is out"
    assert panel.steps.texts()[0][4] == "Ill child"


def test_the_letter_of_the_stage_is_printed(dressed: QApplication, owing: BackOffice) -> None:
    collecting.run_round(owing.desk, owing.actor("supervisor1"), collecting.RunRound("again"))
    keep_secret(owing.desk, owing.actor("clerk1"), "0041-2280-1")
    panel, shell = panel_of(owing, "supervisor1", "0041-2280-1")
    panel.letter.trigger()
    assert [title for title, _ in shell.papers] == ["reminder-0041-2280-1"]
    assert papers_logged(owing.desk, owing.actor("supervisor1"), "0041-2280-1") == ["Letter: reminder"]
    panel, shell = panel_of(owing, "clerk1", "0041-2277-9")
    panel.letter.trigger()
    assert [title for title, _ in shell.papers] == ["plan-0041-2277-9"]


def test_an_account_that_pays_shows_nothing_but_that(dressed: QApplication, office: BackOffice) -> None:
    collection_office.owing(office, "0041-0001-1", "Alma Reyes")
    panel, _ = panel_of(office, "clerk1", "0041-0001-1")
    assert (panel.stage.text(), offered(panel)) == ("Not in collection", [])
    assert panel.no_plan.isHidden() is False
    assert panel.no_steps.isHidden() is False
