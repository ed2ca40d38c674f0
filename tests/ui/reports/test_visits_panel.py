"""Who came, on the Reports page: charts with their numbers beside them, saved as a file that leaves its entry."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QApplication

from csr_desk.services import demo_queue, visits
from csr_desk.services.clock import TrainingClock
from csr_desk.ui.pages.reports.view import ReportsPage
from csr_desk.ui.pages.reports.visits_panel import VisitsPanel
from csr_desk.ui.saved_files import exports_folder
from ui.back_office import BackOffice, in_front
from ui.reports.test_audit_panels import go_to, taken


def shown(page: ReportsPage) -> VisitsPanel:
    """The panel."""
    go_to(page, "visits")
    panel = page.panel
    assert isinstance(panel, VisitsPanel)
    return panel


def test_the_morning_is_shown_by_hour_and_reason_with_its_waiting_times(
    dressed: QApplication, office: BackOffice
) -> None:
    came = demo_queue.play(office.desk)
    page = ReportsPage(office.context("supervisor1")[0])
    with in_front(page):
        panel = shown(page)
        hours = [(bar.label, bar.value) for bar in panel.hours.bars]
        assert hours[0] == ("08", 12 + 2)
        assert sum(value for _hour, value in hours) == came
        assert sum(bar.value for bar in panel.reasons.bars) == came
        rows = {row[0]: row for row in panel.table.texts()}
        assert rows["Permits and fees"][4:6] == ["10 minutes", "21 minutes"]
        assert rows["A question"][3] == "1"  # left before anybody called
        assert rows["Maria Delgado"][2] == "7"
        assert "08: 14" in panel.hours.accessibleDescription()
        panel.save()
    (file,) = exports_folder().glob("visits-*.csv")
    assert "reason,Permits and fees," in file.read_text(encoding="utf-8")
    assert any("visits" in line for line in taken(office))


def test_a_period_in_which_nobody_came_says_what_would_count(dressed: QApplication, office: BackOffice) -> None:
    page = ReportsPage(office.context("supervisor1")[0])
    with in_front(page):
        panel = shown(page)
        assert panel.none.isVisible()
        assert panel.hours.bars == ()


def test_an_hour_in_which_nobody_came_is_a_gap_in_the_chart(dressed: QApplication, office: BackOffice) -> None:
    clerk, clock = office.actor("clerk1"), office.desk.clock
    assert isinstance(clock, TrainingClock)
    for key in ("first", "second"):
        visits.log_contact(office.desk, clerk, visits.LogContact(key, "question", 3))
        clock.set(clock.now() + timedelta(hours=3))
    page = ReportsPage(office.context("supervisor1")[0])
    with in_front(page):
        bars = shown(page).hours.bars
    assert [bar.value for bar in bars] == [1, 0, 0, 1]
    assert [int(bar.label) for bar in bars] == list(range(int(bars[0].label), int(bars[0].label) + 4))
