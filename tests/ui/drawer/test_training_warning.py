"""The Drawer page warns thirty days before a training in handling cash runs out, and says when it did."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from csr_desk.services import policies
from csr_desk.services.clock import TrainingClock, read_stamp
from csr_desk.ui.pages.drawer.view import DrawerPage
from ui.back_office import BackOffice, in_front


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2028-12-12T14:00:00Z", ""),  # 31 days before 12 January 2029
        ("2028-12-13T14:00:00Z", "Your cash training runs out on 1/12/2029"),
        ("2029-01-13T14:00:00Z", "Cash training ran out on 1/12/2029: a supervisor records the next one first"),
    ],
)
def test_the_page_says_how_long_the_training_still_holds(
    dressed: QApplication, office: BackOffice, now: str, words: str
) -> None:
    clock = office.desk.clock
    assert isinstance(clock, TrainingClock)
    clock.set(read_stamp(now))
    context, _ = office.context("clerk1")
    page = DrawerPage(context)
    with in_front(page):
        assert page.opening.training.text() == words
    policy = policies.SetPolicy("p", {"training_months": "0"})
    policies.set_policy(office.desk, office.actor("admin1"), policy)
    page = DrawerPage(context)
    with in_front(page):
        assert page.opening.training.text() == ""
