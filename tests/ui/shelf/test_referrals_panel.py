"""Referrals in the window: found by what people say, the city limits asked for, slip printed, followed up, kept."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from csr_desk.domain.customers import CustomerForm
from csr_desk.services import customers_entry, demo_agencies, referral_lists, referrals, staff
from csr_desk.services.desk import open_desk
from csr_desk.ui.pages.info_desk.referrals_panel import ReferralsPanel
from csr_desk.ui.pages.info_desk.view import InfoDeskPage
from documents import reading
from ui.counter import Counter
from ui.shelf.paper_tray import PaperTray

ENTER = Qt.Key.Key_Return
PEOPLE = {
    "C-103": CustomerForm("Tran, Minh", language="vi"), "C-104": CustomerForm("Okafor, Chidi"),
    "C-106": CustomerForm("Johnson, Dorothy"),
    "C-900": CustomerForm("Lucia Hernandez", language="es", address="5900 FM 529, Houston, TX 77095"),
}  # fmt: skip


def opened(counter: Counter) -> ReferralsPanel:
    """Go to the directory."""
    counter.space.go("info_desk")
    counter.settle()
    page = counter.space.page
    assert isinstance(page, InfoDeskPage)
    page.choose_view("need")
    counter.settle()
    panel = page.panels["need"]
    assert isinstance(panel, ReferralsPanel)
    return panel


@pytest.fixture
def demo(office_url: str) -> None:
    """The demo city's directory, before anybody opens the window: a busy machine takes its time for it."""
    desk = open_desk(office_url)
    clerk = staff.person(desk, "clerk3")
    for number, known in PEOPLE.items():
        command = customers_entry.EnterCustomer(f"enter {number}", known, number)
        customers_entry.enter_customer(desk, clerk, command)
    demo_agencies.settle(desk)
    desk.close()


@pytest.fixture
def directory(demo: None, selling: Counter) -> ReferralsPanel:
    """The directory of the demo city, as a clerk sees it."""
    selling.window.printing.papers = PaperTray()
    return opened(selling)


def slips(counter: Counter) -> list[str]:
    """What the slips say that came out of the printer."""
    assert isinstance(counter.window.printing.papers, PaperTray)
    return [reading.text(pdf) for _title, pdf in counter.window.printing.papers.kept]


def test_a_houston_address_is_asked_for_before_anybody_is_sent_to_the_county(
    directory: ReferralsPanel, selling: Counter
) -> None:
    directory.look_at("customer:C-900")
    selling.settle()
    selling.press("fence")
    selling.settle()
    assert [pick.below for pick in directory.list.picks] == ["Harris County Engineering, Permits", "Houston 311"]
    assert "mailing address says nothing" in directory.limits.text()
    directory.warm.trigger()
    selling.settle()
    selling.press("2")  # outside
    selling.settle()
    selling.press("Fence at the back", ENTER, ENTER)
    selling.settle()
    (said,) = slips(selling)
    assert "Dónde le ayudan" in said
    assert "Harris County Engineering, Permits" in said
    assert "Hernandez" not in said
    clerk = selling.person("clerk3")
    (made,) = selling.ask(lambda: referral_lists.referrals_of(selling.desk, clerk, ("C-900",)))
    assert (made.kind.value, made.reason, made.language) == ("warm", "Fence at the back", "es")
    assert "followed up on" in selling.text("banner-text")
    assert made.number in [row[0] for row in directory.waiting.texts()]


def test_inside_the_city_the_county_is_not_even_offered(directory: ReferralsPanel, selling: Counter) -> None:
    selling.press("fence")
    directory.inside.trigger()
    assert [pick.below for pick in directory.list.picks] == ["Houston 311"]
    assert directory.side.text() == "inside the city"
    directory.outside.trigger()
    assert [pick.below for pick in directory.list.picks] == ["Harris County Engineering, Permits"]
    directory.outside.trigger()
    assert len(directory.list.picks) == 2
    directory.inside.trigger()
    directory.search.set_text("nothing like this")
    assert directory.none.isVisible()
    assert not directory.cold.isEnabled()


def test_where_it_does_not_matter_nobody_asks_and_the_slip_comes_again(
    directory: ReferralsPanel, selling: Counter
) -> None:
    selling.press("eviction")
    directory.cold.trigger()
    selling.settle()
    selling.press(ENTER, ENTER)
    selling.settle()
    assert len(slips(selling)) == 1
    assert "Where you get help" in slips(selling)[0]
    directory.again.trigger()
    selling.settle()
    assert len(slips(selling)) == 2


def test_what_came_of_it_is_written_down_and_counted(directory: ReferralsPanel, selling: Counter) -> None:
    first, second = (row[0] for row in directory.waiting.texts())
    assert {bar.label: bar.value for bar in directory.chart.bars}["211 Texas"] == 1
    directory.helped.trigger()
    selling.settle()
    selling.press(ENTER)
    assert selling.shown("fields-fault")
    selling.press("The rent is paid", ENTER)
    selling.settle()
    assert [row[0] for row in directory.waiting.texts()] == [second]
    directory.look_at(f"referral:{second}")
    directory.nobody_knows.trigger()
    selling.settle()
    assert directory.all_known.isVisible()
    directory.count.trigger()
    assert directory.counted.text() == "by need"
    directory.count.trigger()
    assert {bar.label: bar.value for bar in directory.chart.bars} == {"helped": 3, "not helped": 1, "unknown": 1}
    assert first != second


def test_late_follow_ups_are_marked_and_another_page_sends_somebody_here(
    directory: ReferralsPanel, selling: Counter
) -> None:
    selling.space.go("info_desk", "need:HELP")
    selling.settle()
    assert directory.title.text() == "211 Texas"
    assert directory.about() == ("need:HELP",)
    directory.look_at("customer:C-103")
    selling.settle()
    assert directory.about() == ("need:HELP", "customer:C-103")
    directory.forget.trigger()
    assert directory.about() == ("need:HELP",)


def test_a_supervisor_keeps_needs_answers_and_places(directory: ReferralsPanel, selling: Counter) -> None:
    assert not directory.need.isVisible()
    selling.work_as("supervisor1")
    kept = opened(selling)
    supervisor = selling.person("supervisor1")
    kept.need.trigger()
    selling.settle()
    selling.press("PARK", ENTER, "Picnic in a park", ENTER, "tree table", ENTER, ENTER)
    selling.settle()
    found = {one.code: one for one in selling.ask(lambda: referrals.needs(selling.desk, supervisor))}
    assert found["PARK"].keywords == "tree table"
    kept.look_at("need:HELP")
    selling.settle()
    kept.place.trigger()
    selling.settle()
    selling.press("By telephone only", ENTER, ENTER, ENTER, ENTER)
    selling.settle()
    kept.edit.trigger()
    selling.settle()
    selling.press("nearby", ENTER, ENTER, ENTER)
    assert "none of" in selling.text("fields-fault")
    selling.press(Qt.Key.Key_Escape)
    kept.agency.trigger()
    selling.settle()
    selling.press("houston health", ENTER)
    selling.settle()
    selling.press(ENTER, "Vaccination too", ENTER, ENTER)
    selling.settle()
    found = {one.code: one for one in selling.ask(lambda: referrals.needs(selling.desk, supervisor))}
    assert found["HELP"].agencies[0].places[0].address == "By telephone only"
    assert [(one.name, one.advice) for one in found["HELP"].agencies][1:] == [
        ("Houston Health Department", "Vaccination too")
    ]  # fmt: skip
