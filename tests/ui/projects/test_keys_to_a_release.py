"""How many keys it takes from the look-up to the release that was sent, pressed one by one in the real window.

The look-up is the number or address itself, typed or scanned; every key behind it counts, Enter on what was found too.
"""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from csr_desk.domain.release_register import ReleaseView
from csr_desk.services import service_release_lists as lists
from csr_desk.ui.pages.projects.view import ProjectsPage
from demo_city import City
from services.release_city import ESI, PROJECT, lay_out
from ui.counter import Counter

ENTER = Qt.Key.Key_Return
MOST = 12
"""What the issue allows, from the look-up to the release that was sent."""
TAKES = 6
"""Enter, the tab, ask, the meter, the address, send."""


@pytest.fixture
def permit(counter: Counter) -> str:
    """A project that owes nothing, with a permit that was inspected; its ESI ID was keyed with the permit."""
    counter.work_as("clerk3", "HPC-3")
    city = City(counter.desk, "")

    def lay() -> str:
        made = lay_out(city, city.sell(user="clerk3").number)
        return made.permit(inputs=f'{{"1":{{"esi_id":"{ESI}"}}}}')

    return counter.ask(lay)


def look_up(counter: Counter, page: str, what: str) -> None:
    """Type what is looked up where the cursor stands: these keys are the look-up, and are not counted."""
    counter.space.go(page)
    counter.settle()
    counter.press(what)
    counter.keys = 0


def alt(counter: Counter, key: Qt.Key) -> None:
    """Press Alt and a key: one."""
    QTest.keyClick(counter.focus(), key, Qt.KeyboardModifier.AltModifier)
    counter.keys += 1
    counter.settle()


def release(counter: Counter) -> ReleaseView:
    """The one release there is."""
    desk, actor = counter.desk, counter.space.context.actor
    (found,) = counter.ask(lambda: lists.list_releases(desk, actor, lists.Wanted()))
    return found


def ask_and_send(counter: Counter) -> None:
    """The tab of releases; ask, with what is known of the meter and the address; send."""
    page = cast("ProjectsPage", counter.space.page)
    assert page.tabs.current == "overview"
    alt(counter, Qt.Key.Key_6)
    alt(counter, Qt.Key.Key_R)
    counter.press(ENTER, ENTER)
    alt(counter, Qt.Key.Key_S)


@pytest.mark.parametrize("what", [PROJECT, "4107 leeland"])
def test_from_the_projects_page_it_takes_six(counter: Counter, permit: str, what: str) -> None:
    look_up(counter, "projects", what)
    counter.press(ENTER)
    ask_and_send(counter)
    found = release(counter)
    assert (found.state, found.permit, found.premise) == ("sent", permit, ESI)
    assert counter.keys == TAKES <= MOST


def test_from_the_sell_page_it_takes_six_as_well(counter: Counter, permit: str) -> None:
    look_up(counter, "sell", PROJECT)
    counter.press(ENTER)
    ask_and_send(counter)
    assert (release(counter).state, release(counter).permit) == ("sent", permit)
    assert counter.keys == TAKES <= MOST
