"""Draws the information desk for the docs: python tools/draw_info_desk.py [FOLDER [light|dark|contrast]]."""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from draw_back_office import Pictures, asked, open_up
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from csr_desk.services import demo_cards, demo_people
from csr_desk.services.desk import Desk
from csr_desk.services.setup import make_demo_office
from csr_desk.ui.pages.info_desk.cards_panel import CardsPanel
from csr_desk.ui.pages.info_desk.view import InfoDeskPage


def build(desk: Desk) -> None:
    """Put cards and notices into the office."""
    open_up(desk, "clerk3")
    demo_cards.settle(desk)


def type_in(pictures: Pictures, text: str) -> None:
    """Type where the focus is."""
    QTest.keyClicks(QApplication.focusWidget() or pictures.window, text)
    pictures.rest()


def enter(pictures: Pictures) -> None:
    """Press Enter where the focus is."""
    QTest.keyClick(QApplication.focusWidget() or pictures.window, Qt.Key.Key_Return)
    pictures.rest()


def away(pictures: Pictures) -> None:
    """Take the sheet away that lies over the page."""
    if (space := pictures.window.workspace) is not None and space.sheet is not None:
        space.sheet.cancel()
    pictures.rest()


def draw_cards(pictures: Pictures, page: InfoDeskPage) -> None:
    """The list, a card with its live price, two languages, the form it is written in."""
    panel = page.panels["card"]
    if not isinstance(panel, CardsPanel):
        raise SystemExit("The cards did not open.")
    pictures.draw("cards")
    panel.search.set_text("elektricity bak on")
    pictures.rest()
    panel.second.trigger()
    panel.why.trigger()
    pictures.draw("card-two-languages")
    panel.search.set_text("fense")
    pictures.rest()
    pictures.draw("card-depends")
    panel.show_it.trigger()
    pictures.rest()
    pictures.draw("card-shown", over=True)
    away(pictures)


def draw(pictures: Pictures) -> None:
    """Draw everything."""
    pictures.go("clerk3", "sell")
    space = pictures.window.workspace
    if space is None or space.sheet is None:
        raise SystemExit("The notice of the day did not come up.")
    pictures.draw("notice-at-sign-in", over=True)
    away(pictures)
    page = pictures.go("clerk3", "info_desk")
    if not isinstance(page, InfoDeskPage):
        raise SystemExit("The information desk did not open.")
    pictures.rest()
    draw_cards(pictures, page)
    page.choose_view("notice")
    pictures.draw("notices")
    page.choose_view("item")
    pictures.rest()
    for text in ("fence permit", "reconnection"):
        type_in(pictures, text)
        if text == "fence permit":
            pictures.draw("estimate-items")
        enter(pictures)
        if text == "fence permit":
            type_in(pictures, "120")
            enter(pictures)
    pictures.draw("estimate")
    pictures.go("supervisor1", "sell")
    away(pictures)
    page = pictures.go("supervisor1", "info_desk")
    pictures.rest()
    if isinstance(page, InfoDeskPage) and isinstance(panel := page.panels["card"], CardsPanel):
        panel.old.trigger()
        pictures.rest()
        pictures.draw("cards-stale")
        panel.edit.trigger()
        pictures.rest()
        pictures.draw("card-form", over=True)
        away(pictures)
        page.choose_view("notice")
        pictures.draw("notices-supervisor")


def main() -> None:
    """Make the office and draw it."""
    folder, _app = asked()
    url = f"sqlite:///{Path(os.environ['CSR_DESK_HOME']) / 'pictures.db'}"
    make_demo_office(url)
    demo_people.fill(url)
    pictures = Pictures(folder, url)
    pictures.do(build)
    draw(pictures)
    pictures.window.close()


if __name__ == "__main__":
    main()
