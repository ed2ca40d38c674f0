"""The outside reviewer's list by keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from csr_desk.domain.people import Role
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import corrections, deferred, people_changes, policies
from csr_desk.ui.context import Tone
from csr_desk.ui.pages.balancing.reviews_panel import ReviewsPanel
from csr_desk.ui.pages.balancing.view import BalancingPage
from ui.back_office import BackOffice, in_front, press, type_in

KEY = Qt.Key


def test_the_outsider_finds_one_act_in_order_and_another_not(dressed: QApplication, office: BackOffice) -> None:
    admin = office.actor("admin1")
    new = people_changes.AddPerson("k", "treasurer", "Vera Lang", "Treasurer", Role.REVIEWER, "a long secret")
    people_changes.add_person(office.desk, admin, new)
    for user in ("supervisor1", "supervisor2"):
        people_changes.deactivate(office.desk, admin, user)
    policies.set_policy(office.desk, admin, policies.SetPolicy("p", {"outside_reviewer": "treasurer"}))
    office.open_drawer("clerk1", "HPC-1")
    for _ in range(2):
        number = office.sell_copies("clerk1", 12, Tender(TenderKind.CASH, 120)).number
        corrections.void(office.desk, office.actor("clerk1"), corrections.Void(number, number, "Wrong item"))
    context, shell = office.context("treasurer")
    page = BalancingPage(context)
    panel = page.places["reviews"]
    assert isinstance(panel, ReviewsPanel)
    with in_front(page):
        assert panel.pick().chip == "2 to review"
        page.presenter.choose("reviews")
        page.show_chosen()
        panel.first_focus().setFocus()
        assert [row[1:] for row in panel.table.texts()] == [
            ["Maria Delgado", "Void", "HPC1-0000002", "1.20"], ["Maria Delgado", "Void", "HPC1-0000004", "1.20"]
        ]  # fmt: skip
        press(page, KEY.Key_Return, ctrl=True)
        assert shell.banners[-1] == ("Recorded: in order.", Tone.OK)
        press(page, KEY.Key_Delete, ctrl=True)
        assert len(shell.problems) == 1  # not in order needs words, and the cursor stands where they are keyed
        assert page.focusWidget() is panel.words
        type_in(page, "No form")
        press(page, KEY.Key_Delete, ctrl=True)
        assert panel.pick().chip == ""
    assert deferred.deferred(office.desk, office.actor("treasurer")) == ()
