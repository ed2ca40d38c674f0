"""The register of releases: a batch with one key, and what nobody answered in plain sight."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from csr_desk.services import service_release_acknowledging as acknowledging
from csr_desk.services import service_release_batches as batches
from csr_desk.ui.pages.projects.register_panel import ReleaseRegisterPanel
from demo_city import City
from services.release_city import ELECTRIC, ReleaseCity, lay_out
from ui.counter import Counter


@pytest.fixture
def place(selling: Counter) -> ReleaseCity:
    """Two releases that are ready, and one that is held back."""
    city = City(selling.desk, "")

    def lay() -> ReleaseCity:
        made = lay_out(city, city.sell(user="clerk3").number)
        for n, inspected in ((1, "passed"), (2, "passed"), (3, "failed")):
            made.ask(made.permit(f"{n} ELLA BLVD", inspected=inspected))
        return made

    return selling.ask(lay)


@pytest.fixture
def panel(selling: Counter, place: ReleaseCity) -> ReleaseRegisterPanel:
    """The register."""
    made = ReleaseRegisterPanel(selling.space.context)
    made.setParent(selling.window)
    made.resize(1280, 760)
    made.show()
    made.refresh()
    selling.settle()
    return made


def test_one_key_sends_what_is_ready_and_the_banner_says_what_is_held_back(
    panel: ReleaseRegisterPanel, selling: Counter
) -> None:
    assert [(row[0], row[3], row[4]) for row in panel.companies.texts()] == [
        ("Bayou Gas", "", ""), ("CenterPoint Energy", "1", "2"),
    ]  # fmt: skip
    assert panel.companies.currentIndex().row() == 1, "the cursor is on the company for which something waits"
    panel.companies.go_to(0)
    assert not panel.send.isEnabled()
    panel.companies.go_to(1)
    panel.send.trigger()
    selling.settle()
    assert [(row[1], row[2], row[3]) for row in panel.batches.texts()] == [("CenterPoint Energy", "2", "Sent")]
    assert "The last inspection was failed." in selling.text("banner-text")
    assert panel.all_matches.isVisible()


def test_what_an_answer_leaves_out_stands_on_the_unmatched_list(
    panel: ReleaseRegisterPanel, selling: Counter, place: ReleaseCity
) -> None:
    city = place.city
    clerk = city.who("clerk1")

    def answer() -> None:
        made = batches.make_batch(city.desk, clerk, batches.MakeBatch(city.key(), ELECTRIC)).value
        said = (acknowledging.Answer("R26-000001-9", "CNP-1"),)
        command = acknowledging.AcknowledgeBatch(city.key(), made.number, "Dispatch", said)
        acknowledging.acknowledge_batch(city.desk, clerk, command)

    selling.ask(answer)
    panel.refresh()
    selling.settle()
    assert [row[3] for row in panel.batches.texts()] == ["1 of 2 matched"]
    assert [row[1] for row in panel.unmatched.texts()] == ["not in the answer: 2 ELLA BLVD"]
    assert not panel.answer.isEnabled()
    folder = os.environ.get("CSR_DESK_PICTURES")
    if folder:
        panel.grab().save(str(Path(folder) / "release-register.png"))
