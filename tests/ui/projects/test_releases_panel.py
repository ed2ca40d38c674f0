"""The panel of releases: few keys from the project to the company, both writings of an address side by side."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from csr_desk.ui.pages.projects.releases_panel import ReleasesPanel
from demo_city import City
from services.release_city import ESI, PROJECT, SITE, ReleaseCity, lay_out
from ui.counter import Counter, strike

ALT = Qt.KeyboardModifier.AltModifier
ENTER = Qt.Key.Key_Return


@pytest.fixture
def place(selling: Counter) -> ReleaseCity:
    """A project with a permit whose inspection is passed; its ESI ID was keyed with the permit."""
    city = City(selling.desk, "")

    def lay() -> ReleaseCity:
        made = lay_out(city, city.sell(user="clerk3").number)
        made.permit(inputs=f'{{"1":{{"esi_id":"{ESI}"}}}}')
        return made

    return selling.ask(lay)


@pytest.fixture
def panel(selling: Counter, place: ReleaseCity) -> ReleasesPanel:
    """The panel on that project."""
    made = ReleasesPanel(selling.space.context)
    made.setParent(selling.window)
    made.resize(1280, 760)
    made.show()
    show(made, selling)
    return made


def show(panel: ReleasesPanel, selling: Counter) -> None:
    """Look at the project anew."""
    panel.show_project(PROJECT)
    selling.settle()
    panel.table.setFocus()


def picture(panel: ReleasesPanel, name: str) -> None:
    """Keep a picture where somebody wants one."""
    folder = os.environ.get("CSR_DESK_PICTURES")
    if folder:
        panel.grab().save(str(Path(folder) / f"{name}.png"))


def test_from_the_project_to_the_company_it_takes_four_keys(panel: ReleasesPanel, selling: Counter) -> None:
    assert panel.nothing.isVisible()
    for key, held in ((Qt.Key.Key_R, ALT), (ENTER, None), (ENTER, None), (Qt.Key.Key_S, ALT)):
        strike(selling.focus(), key, held or Qt.KeyboardModifier.NoModifier)
        selling.settle()
    assert [(row[1], row[3], row[4]) for row in panel.table.texts()] == [("Reconnect", SITE, "Sent")]
    assert panel.story.text().startswith("Sent on 7/14/2026 by email to releases@")
    picture(panel, "releases-sent")


def test_an_address_with_unit_b_is_shown_side_by_side_and_not_sent(
    panel: ReleasesPanel, selling: Counter, place: ReleaseCity
) -> None:
    selling.ask(lambda: place.ask(place.permit("4109 LEELAND ST B"), utility_site="4109 LEELAND ST UNIT B"))
    show(panel, selling)
    assert [row[1] for row in panel.address.texts()] == ["4109 LEELAND ST B", "4109 LEELAND ST UNIT B"]
    meanings = {row[2] for row in panel.address.texts()}
    assert meanings == {"4109 Leeland St Unit B"}
    assert "written otherwise" in panel.match.text()
    assert panel.verdict.text() == "1 condition is missing: it cannot be sent."
    assert [row[0] for row in panel.conditions.texts() if row[0].startswith("✗")] == ["✗ Address"]
    picture(panel, "releases-mismatch")
    panel.send.trigger()
    selling.settle()
    assert [row[4] for row in panel.table.texts()] == ["Requested"]
    assert "written otherwise" in selling.text("banner-text")


def test_a_clerk_is_offered_what_a_release_may_do_now_and_never_to_take_it_back(
    panel: ReleasesPanel, selling: Counter, place: ReleaseCity
) -> None:
    number = selling.ask(lambda: place.send(place.ask(place.permit("1 ELLA BLVD")).number)).number
    show(panel, selling)
    panel.pick(number)
    assert (panel.confirm.isEnabled(), panel.reject.isEnabled(), panel.live.isEnabled()) == (True, True, True)
    seen = [name for name in ("ask", "send", "correct", "confirm", "live", "reject", "revoke", "hand", "paper")
            if getattr(panel, name).isVisible()]  # fmt: skip
    assert seen == ["ask", "confirm", "live", "reject", "hand", "paper"]
    assert not panel.send.isEnabled()
    assert panel.live.text() == "Energized"


def test_what_changed_after_it_was_sent_is_no_refusal(
    panel: ReleasesPanel, selling: Counter, place: ReleaseCity
) -> None:
    def send_then_owe() -> str:
        permit = place.permit("1 ELLA BLVD")
        number = place.send(place.ask(permit).number).number
        place.owe(permit, 804)
        return number

    number = selling.ask(send_then_owe)
    show(panel, selling)
    panel.pick(number)
    assert panel.verdict.text() == "When it was sent on 7/14/2026 nothing was missing."
    assert panel.conditions_card.hint.text() == "as they stand today, after it went out"
    first = panel.conditions.figures.rows[0]
    assert (first[0].text, first[0].tone, first[1].tone) == ("✗ Fees", "warn", "warn")


def test_three_releases_are_seen_in_the_smallest_window(
    panel: ReleasesPanel, selling: Counter, place: ReleaseCity
) -> None:
    selling.ask(lambda: [place.ask(place.permit(f"{n} ELLA BLVD")) for n in range(3)])
    panel.resize(1234, 476)  # what 1366x768 leaves to a panel
    show(panel, selling)
    QApplication.processEvents()
    below = panel.table.visualRect(panel.table.figures.index(2, 0)).bottom()
    assert below <= panel.table.viewport().height()


def test_a_confirmation_is_recorded_with_its_number(panel: ReleasesPanel, selling: Counter, place: ReleaseCity) -> None:
    selling.ask(lambda: place.send(place.ask(place.permit("1 ELLA BLVD")).number))
    show(panel, selling)
    panel.confirm.trigger()
    selling.settle()
    selling.press(*"CNP-5", ENTER, ENTER)
    selling.settle()
    assert [(row[4], row[5]) for row in panel.table.texts()] == [("Confirmed", "CNP-5")]
