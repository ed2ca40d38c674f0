"""What would it cost? Nothing is recorded, every figure is the catalogue's, and the paper says it is no receipt."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from csr_desk.ui.pages.info_desk.estimate_panel import EstimatePanel
from csr_desk.ui.pages.info_desk.view import InfoDeskPage
from csr_desk.ui.pages.sell.view import SellPage
from ui.counter import Counter

ENTER, ESC, F7 = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_F7


@pytest.fixture
def panel(selling: Counter) -> EstimatePanel:
    """The calculator, as a clerk."""
    selling.space.go("info_desk")
    selling.settle()
    page = selling.space.page
    assert isinstance(page, InfoDeskPage)
    selling.press(F7)
    found = page.panels["item"]
    assert isinstance(found, EstimatePanel)
    return found


def names(panel: EstimatePanel) -> list[tuple[str, int | None]]:
    """The lines that are put together."""
    return [(row.code, row.amount) for row in panel.presenter.picture.cart.rows]


def test_an_item_is_put_in_with_enter_and_its_fees_join_it(panel: EstimatePanel, selling: Counter) -> None:
    selling.press("reconnection", ENTER)
    assert names(panel) == [("ELE-RECON", 9400), ("ADM-114", 3356)]
    assert panel.total.text() == "$127.56"
    assert selling.focused_name() == "estimate-search"  # its price depends on nothing: on to the next
    assert panel.search.text() == ""
    assert "no receipt" in panel.day.text()
    assert "7/14/2026" in panel.day.text()


def test_only_what_prices_an_item_is_asked_for_and_the_price_follows_each_key(
    panel: EstimatePanel, selling: Counter
) -> None:
    selling.press("fence permit", ENTER)
    assert selling.focused_name() == "input-linear_feet"
    line = panel.presenter.picture.line
    assert line is not None
    assert [field.name for field in line.fields] == ["linear_feet"]
    assert not panel.print.isEnabled()
    selling.press("1")
    first = panel.total.cents
    selling.press("200")
    assert panel.total.cents > first
    assert panel.print.isEnabled()
    selling.press(ENTER)
    assert selling.focused_name() == "estimate-search"
    selling.press("reconnection", ENTER)
    assert names(panel)[0][0] == "BLD-FENCE"
    assert panel.presenter.picture.picked == 1
    panel.drop.trigger()
    assert "ELE-RECON" not in dict(names(panel))
    panel.anew.trigger()
    assert names(panel) == []
    assert not panel.print.isEnabled()


def test_f1_shows_every_step_of_the_price(panel: EstimatePanel, selling: Counter) -> None:
    selling.press("ALM-RES", ENTER)
    panel.why.trigger()
    assert "price in force since 1/1/2011" in selling.text("explain-1")
    panel.why.trigger()
    assert not selling.shown("explain-1")


def test_it_is_printed_in_the_language_that_is_chosen(panel: EstimatePanel, selling: Counter) -> None:
    made: list[tuple[str, Callable[[], bytes]]] = []
    selling.space.print_paper = lambda title, make: made.append((title, make))  # type: ignore[method-assign]
    panel.print.trigger()
    assert made == []  # nothing is put together
    selling.press("reconnection", ENTER)
    panel.tongue.trigger()
    assert panel.tongue.text() == "In Spanish"
    panel.print.trigger()
    selling.settle()
    ((title, make),) = made
    assert title == "estimate-2026-07-14"
    assert make().startswith(b"%PDF")
    assert "no receipt" in selling.text("banner-text")


def test_one_key_puts_it_on_the_sale(panel: EstimatePanel, selling: Counter) -> None:
    selling.press("reconnection", ENTER)
    panel.sale.trigger()
    selling.settle()
    page = selling.space.page
    assert isinstance(page, SellPage)
    assert [row.code for row in page.presenter.picture.rows] == ["ELE-RECON", "ADM-114"]
    assert names(panel) == []


def test_a_supervisor_estimates_and_puts_nothing_on_a_sale(selling: Counter) -> None:
    selling.window.work_as(selling.person("supervisor1"))
    selling.settle()
    selling.space.go("info_desk", "item:ALM-RES")
    selling.settle()
    page = selling.space.page
    assert isinstance(page, InfoDeskPage)
    found = page.panels["item"]
    assert isinstance(found, EstimatePanel)
    assert names(found) == [("ALM-RES", 5000)]
    assert not found.sale.isVisible()
    found.look_at("item:NO-SUCH")
    assert "NO-SUCH" in selling.text("banner-text")
    assert names(found) == [("ALM-RES", 5000)]


def test_nothing_that_matches_is_put_in_by_no_enter(panel: EstimatePanel, selling: Counter) -> None:
    selling.press("zebra", ENTER)
    assert names(panel) == []
    selling.press(ESC)
    assert panel.search.text() == ""
