"""The panels of an account on the customer page: each by its key, over the whole page, its keys its own."""

from __future__ import annotations

from collections import Counter as Tally
from datetime import date
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from csr_desk.services import accounts
from csr_desk.ui.actions import LOCK, PALETTE, SIGN_OUT
from csr_desk.ui.pages.customer.panels import PANELS
from csr_desk.ui.pages.customer.tabs import TIMELINE
from ui.counter import Counter
from ui.customer.conftest import add_account, page_of

ENTER, ESC, F4 = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_F4
WINDOW = {LOCK.shortcut, PALETTE.shortcut, SIGN_OUT.shortcut, *(f"Ctrl+{at}" for at in range(1, 10))}


@pytest.fixture
def opened(people: Counter) -> Counter:
    """María with a bill on her account."""
    who = people.person("clerk1")
    item = accounts.BillItem(None, "Water, 5,000 gallons", 6437)
    command = accounts.NewBill(uuid4().hex, "0041-2277-9", (item,), date(2026, 7, 18), "W-2607", date(2026, 7, 2))
    people.ask(lambda: accounts.add_bill(people.desk, who, command))
    people.press("maria", ENTER)
    return people


def alt(counter: Counter, key: Qt.Key) -> None:
    """Press Alt and a key."""
    QTest.keyClick(counter.focus(), key, Qt.KeyboardModifier.AltModifier)
    counter.settle()


def test_each_panel_comes_by_its_key_and_shows_the_account(opened: Counter) -> None:
    page = page_of(opened)
    for at, spec in enumerate(PANELS, start=3):
        alt(opened, Qt.Key(Qt.Key.Key_0 + at % 10))
        assert page.tabs.current == spec.key
        assert page.tabs.isAncestorOf(opened.focus()), spec.key
        assert opened.focus().isVisible()
    alt(opened, Qt.Key.Key_3)
    assert opened.focused_name() == "account-bills"
    assert opened.text("tab-account") == "0041-2277-9 · Water and sewer"


def test_a_panel_has_the_page_until_somebody_searches(opened: Counter) -> None:
    page = page_of(opened)
    alt(opened, Qt.Key.Key_3)
    assert not page.search.isVisible()
    assert not page.accounts.isVisible()
    opened.press(F4)
    assert (page.tabs.current, opened.focused_name()) == (TIMELINE, "customer-search")
    assert page.accounts.isVisible()
    alt(opened, Qt.Key.Key_4)
    opened.press(ESC)
    assert opened.focused_name() == "customer-search"


def test_another_account_is_one_key_away(opened: Counter) -> None:
    add_account(opened, "ALM-77120", "C-101")
    page = page_of(opened)
    page.enter()
    opened.settle()
    alt(opened, Qt.Key.Key_3)
    first = opened.text("tab-account")
    seen = [first]
    for _ in range(2):
        alt(opened, Qt.Key.Key_Down)
        seen.append(opened.text("tab-account"))
    assert seen[1] != first
    assert seen[2] == first
    assert page.presenter.account == first


def test_a_key_means_one_thing_on_the_page_and_each_of_its_panels(opened: Counter) -> None:
    page = page_of(opened)
    panels = [spec.factory(opened.space.context) for spec in PANELS]
    own = [action.shortcut().toString() for action in page.keys.actions() if not action.shortcut().isEmpty()]
    for panel in panels:
        keys = [action.shortcut().toString() for action in panel.keys.actions() if not action.shortcut().isEmpty()]
        twice = [key for key, number in Tally([*own, *keys, *WINDOW]).items() if number > 1]
        assert twice == [], type(panel).__name__
        panel.deleteLater()


def test_a_sheet_silences_the_keys_of_the_panel_below_and_the_palette_knows_them(opened: Counter) -> None:
    page = page_of(opened)
    alt(opened, Qt.Key.Key_5)
    panel = page.tabs.stack.currentWidget()
    names = [command.text for command in opened.space.commands()]
    assert "More time…" in names
    action = next(one for one in page.keys.actions() if one.objectName() == "extend")
    assert action.isEnabled()
    alt(opened, Qt.Key.Key_M)
    assert opened.space.sheet is not None
    assert not action.isEnabled()
    opened.press(ESC)
    assert action.isEnabled()
    assert page.tabs.stack.currentWidget() is panel
    assert not page.search.isVisible()
    alt(opened, Qt.Key.Key_1)
    assert "More time…" not in [command.text for command in opened.space.commands()]
