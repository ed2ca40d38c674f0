"""The projects page in the real window, by its keys; and projects found from the sell page."""

from __future__ import annotations

from collections import Counter as Tally
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLineEdit, QWidget

from building_sites import LEELAND, MILAM, POLK, SCOTT, build
from csr_desk.domain.money import shown
from csr_desk.services import staff
from csr_desk.services.project_pages import project_page
from csr_desk.ui.actions import LOCK, PALETTE, SIGN_OUT
from csr_desk.ui.pages.projects.panels import PANELS
from csr_desk.ui.pages.projects.presenter import PROJECT, RELEASES, WORK
from csr_desk.ui.pages.projects.tabs import OVERVIEW
from csr_desk.ui.pages.projects.view import ProjectsPage
from csr_desk.ui.pages.projects.views import VIEWS
from ui.counter import Counter

ENTER, ESC, DOWN, RIGHT = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_Right
WINDOW = {LOCK.shortcut, PALETTE.shortcut, SIGN_OUT.shortcut, *(f"Ctrl+{at}" for at in range(1, 10))}


@pytest.fixture
def sites(counter: Counter) -> tuple[str, ...]:
    """clerk3 at the projects page with a drawer open; the demo's sites."""
    counter.work_as("clerk3", "HPC-3")
    numbers = counter.ask(lambda: build(counter.desk, "clerk3"))
    counter.space.go("projects")
    counter.settle()
    counter.keys = 0
    return numbers


def page_of(counter: Counter) -> ProjectsPage:
    """The projects page in front."""
    return cast("ProjectsPage", counter.space.page)


def due_on(counter: Counter, number: str) -> int:
    """What is due on a project (cents, never nothing)."""
    due = counter.ask(lambda: project_page(counter.desk, staff.person(counter.desk, "clerk1"), number)).due
    assert due > 0
    return due


def alt(counter: Counter, key: Qt.Key) -> None:
    """Press Alt and a key."""
    QTest.keyClick(counter.focus(), key, Qt.KeyboardModifier.AltModifier)
    counter.settle()


def listed(counter: Counter) -> list[str]:
    """The keys of the list at the left."""
    return [pick.key for pick in page_of(counter).found.picks]


def test_the_newest_stand_in_the_list_and_enter_opens_the_one_that_is_picked(
    counter: Counter, sites: tuple[str, ...]
) -> None:
    assert listed(counter) == [f"project:{number}" for number in reversed(sites)]
    counter.press(DOWN, ENTER)
    assert counter.text("project-number") == sites[POLK]
    assert counter.focused_name() == "project-search"


def test_a_number_opens_its_project_with_what_is_due_and_what_warns(counter: Counter, sites: tuple[str, ...]) -> None:
    counter.press("26000001", ENTER)
    assert counter.text("project-number") == sites[LEELAND]
    assert counter.text("project-due") == f"${shown(due_on(counter, sites[LEELAND]))}"
    assert counter.text("project-due-words") == "Due on 1 order"
    assert "ÁLVAREZ, María" in counter.text("project-who")
    assert counter.text("project-alert-1") == "The insurance ran out on 7/8/2026."
    assert [row.number for row in page_of(counter).tabs.things.things.rows][:2] == ["I26-000002-4", "W26-000002-4"]
    assert page_of(counter).tabs.buttons["permit"].words() == "Permits (2)"


def test_a_wrong_figure_is_told_and_the_number_that_was_meant_is_one_key_away(
    counter: Counter, sites: tuple[str, ...]
) -> None:
    counter.press("26-000010-9")
    assert "a figure is wrong" in counter.text("projects-list-words")
    assert page_of(counter).found.picks[0].chip == "Meant?"
    counter.press(ENTER)
    assert counter.text("project-number") == sites[LEELAND]


def test_a_permit_number_opens_its_project_at_that_permit(counter: Counter, sites: tuple[str, ...]) -> None:
    counter.press("p26000002", ENTER)
    page = page_of(counter)
    assert (page.presenter.page and page.presenter.page.number, page.tabs.current) == (sites[LEELAND], "permit")
    assert not page.search.isVisible()
    counter.press(ESC)
    assert (page.tabs.current, counter.focused_name()) == (OVERVIEW, "project-search")


def test_each_tab_comes_by_its_key_with_the_keys_in_it(counter: Counter, sites: tuple[str, ...]) -> None:
    counter.press("26000001", ENTER)
    page = page_of(counter)
    for at, spec in enumerate(PANELS, start=2):
        alt(counter, Qt.Key(Qt.Key.Key_0 + at))
        assert page.tabs.current == spec.key
        assert page.tabs.isAncestorOf(counter.focus()), spec.key


def test_enter_on_a_line_of_the_overview_opens_its_tab(counter: Counter, sites: tuple[str, ...]) -> None:
    counter.press("26000001", ENTER)
    page = page_of(counter)
    alt(counter, Qt.Key.Key_1)
    counter.press(ENTER)
    assert page.tabs.current == "inspection"


def test_the_boards_show_the_office_and_lead_to_the_project(counter: Counter, sites: tuple[str, ...]) -> None:
    page = page_of(counter)
    counter.press(Qt.Key.Key_F8)
    assert {key: len(lane.cards) for key, lane in page.boards[WORK].lanes.items()} == {
        "open": 1, "assigned": 1, "started": 1, "done": 0, "not_done": 0,
    }  # fmt: skip
    assert counter.focused_name() == "work-board-open"
    counter.press(RIGHT, RIGHT)
    assert counter.focused_name() == "work-board-started"
    counter.press(RIGHT)
    assert counter.focused_name() == "work-board-started"
    counter.press(ENTER)
    assert (page.presenter.view, counter.text("project-number")) == (PROJECT, sites[POLK])
    counter.press(Qt.Key.Key_F8, shift=True)
    assert [card.title for card in page.boards[RELEASES].lanes["sent"].cards] == ["Reconnect"]
    assert [card.chip for card in page.boards[RELEASES].lanes["rejected"].cards] == ["rejected by the company"]
    counter.press(ESC)
    assert (page.presenter.view, counter.focused_name()) == (PROJECT, "project-search")


def test_every_view_comes_by_its_key(counter: Counter, sites: tuple[str, ...]) -> None:
    page = page_of(counter)
    for spec in VIEWS:
        held, _, key = spec.shortcut.rpartition("+")
        shift = Qt.KeyboardModifier.ShiftModifier if held else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(counter.focus(), Qt.Key(Qt.Key.Key_F1 + int(key[1:]) - 1), shift)
        counter.settle()
        assert page.presenter.view == spec.key
        front = page.views.currentWidget()
        assert front is not None
        assert front.isAncestorOf(counter.focus()) or spec.module, spec.key
    assert counter.space.sheet is None


def test_a_key_means_one_thing_on_the_page_its_panels_and_its_views(counter: Counter, sites: tuple[str, ...]) -> None:
    page = page_of(counter)
    own = [action.shortcut().toString() for action in page.keys.actions() if not action.shortcut().isEmpty()]
    made = [spec.factory(counter.space.context) for spec in PANELS]
    made += [spec.make(counter.space.context) for spec in VIEWS if spec.module]  # type: ignore[misc]
    for panel in made:
        keys = [action.shortcut().toString() for action in panel.keys.actions() if not action.shortcut().isEmpty()]
        twice = [key for key, number in Tally([*own, *keys, *WINDOW]).items() if number > 1]
        assert twice == [], type(panel).__name__
        panel.deleteLater()
    counter.settle()


def test_what_is_due_goes_onto_the_sale_by_one_key(counter: Counter, sites: tuple[str, ...]) -> None:
    counter.press("26000002", ENTER)
    page = page_of(counter)
    assert page.pay_key.isEnabled()
    counter.press(Qt.Key.Key_F5)
    assert counter.space.page is not page
    assert counter.page.presenter.cart.lines
    assert counter.page.presenter.picture.total == due_on(counter, sites[MILAM])
    assert counter.text("owed-fact-1") == "Tran, Minh"


def test_nothing_due_offers_no_payment(counter: Counter, sites: tuple[str, ...]) -> None:
    counter.press("26000006", ENTER)
    assert counter.text("project-number") == sites[SCOTT]
    assert not page_of(counter).pay_key.isEnabled()
    assert counter.text("project-due-words") == "Nothing is due"


def test_the_owner_is_one_key_away(counter: Counter, sites: tuple[str, ...]) -> None:
    counter.press("26000001", ENTER, Qt.Key.Key_F6)
    assert counter.text("customer-name") == "ÁLVAREZ, María"


def test_whoever_may_not_sell_sees_projects_and_is_offered_no_payment(counter: Counter, sites: tuple[str, ...]) -> None:
    counter.work_as("auditor1")
    counter.space.go("projects")
    counter.settle()
    counter.press("26000002", ENTER)
    assert counter.text("project-number") == sites[MILAM]
    assert not page_of(counter).pay_key.isEnabled()


def test_the_sell_page_finds_projects_permits_and_releases(counter: Counter, sites: tuple[str, ...]) -> None:
    counter.space.go("sell")
    counter.settle()
    counter.press("4107 leeland")
    found = counter.page.suggestions.found.found
    assert next(one.code for one in found if one.kind == "thing") == sites[LEELAND]
    assert {one.key.partition(":")[0] for one in found if one.kind == "thing"} >= {"project", "permit", "release"}
    counter.press(ESC)
    counter.press("r26000001", ENTER)
    assert page_of(counter).tabs.current == "release"
    assert counter.text("project-number") == sites[LEELAND]


def test_a_project_number_at_the_till_sells_what_is_due_on_it(counter: Counter, sites: tuple[str, ...]) -> None:
    counter.space.go("sell")
    counter.settle()
    counter.press("26-000001-9", ENTER)
    assert counter.page.presenter.picture.total == due_on(counter, sites[LEELAND])
    counter.press("26-000002-4", Qt.Key.Key_F4)
    assert counter.text("project-number") == sites[MILAM]


def test_a_wrong_figure_of_a_project_is_told_at_the_till(counter: Counter, sites: tuple[str, ...]) -> None:
    counter.space.go("sell")
    counter.settle()
    counter.press("26-000010-9")
    assert "a figure is wrong" in counter.page.search.hint.text()
    assert counter.page.suggestions.found.found[0].code == sites[LEELAND]


def test_everything_that_takes_keys_has_a_name(counter: Counter, sites: tuple[str, ...]) -> None:
    counter.press("26000001", ENTER)
    for widget in page_of(counter).findChildren(QWidget):
        if isinstance(widget, QAbstractButton | QLineEdit | QAbstractItemView):
            assert widget.accessibleName() or widget.accessibleIdentifier(), widget
